import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconProgress } from '@tabler/icons-react';
import type { ControlRun } from '../api/reconcile.js';
import { locale, t } from '../language/index.js';
import { StateMark } from './badge.js';
import { formatCount } from './money.js';

/** What a run says in a word: nothing open is green, whatever was accepted. */
export function outcomeOf(run: ControlRun): { word: string; tone: 'ok' | 'bad' | 'warn' | 'live' } {
  if (run.state === 'running') return { word: t('Running'), tone: 'live' };
  if (run.state === 'failed') return { word: t('Failed'), tone: 'bad' };
  if (run.drift > 0 && run.openGaps > 0)
    return { word: t('{{openGaps}} open, drift', { openGaps: formatCount(run.openGaps) }), tone: 'bad' };
  if (run.openGaps > 0) return { word: t('{{openGaps}} open', { openGaps: formatCount(run.openGaps) }), tone: 'warn' };
  return { word: run.gaps > 0 ? t('Accepted') : t('Agrees'), tone: 'ok' };
}

const icons = { ok: IconCircleCheck, bad: IconCircleX, warn: IconAlertTriangle, live: IconProgress };

export function RunOutcome({ run }: { run: ControlRun }) {
  const { word, tone } = outcomeOf(run);
  return (
    <StateMark icon={icons[tone]} tone={tone}>
      {word}
    </StateMark>
  );
}

/** `October 2026`. */
export const monthWord = (period: string): string =>
  new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${period}-01T00:00:00Z`));
