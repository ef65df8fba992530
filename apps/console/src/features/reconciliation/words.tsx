import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconLock, IconLockOpen, IconProgress, IconSignature } from '@tabler/icons-react';
import type { Checkpoint, ControlRun, GapKind } from '../../api/reconcile.js';
import { StateMark } from '../../parts/badge.js';
import { formatCount } from '../../parts/money.js';

export const comparedWords: Record<string, string> = { invoice: 'Invoices', 'credit-memo': 'Credit memos', payment: 'Payments' };

/** In the order of the waterfall: what needs a person first, what the engine explains last. */
export const kindWords: Record<GapKind, string> = {
  'missing-in-erp': 'Missing in the ERP',
  'missing-in-billing': 'Missing in billing',
  amount: 'Amount differs',
  tax: 'Tax differs',
  date: 'Date differs',
  currency: 'Currency differs',
  duplicate: 'Twice in the ERP',
  voided: 'Voided in the ERP',
  'not-voided': 'Not voided in the ERP',
  timing: 'Timing',
  'left-out': 'Left out by a rule',
  'taken-back': 'Taken back otherwise',
  rounding: 'Within tolerance',
};
export const kindOrder = Object.keys(kindWords) as GapKind[];

/** What a run says in a word: nothing open is green, whatever was accepted. */
export function outcomeOf(run: ControlRun): { word: string; tone: 'ok' | 'bad' | 'warn' | 'live' } {
  if (run.state === 'running') return { word: 'Running', tone: 'live' };
  if (run.state === 'failed') return { word: 'Failed', tone: 'bad' };
  if (run.drift > 0 && run.openGaps > 0) return { word: `${formatCount(run.openGaps)} open, drift`, tone: 'bad' };
  if (run.openGaps > 0) return { word: `${formatCount(run.openGaps)} open`, tone: 'warn' };
  return { word: run.gaps > 0 ? 'Accepted' : 'Agrees', tone: 'ok' };
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

const checkpointLooks = {
  prepared: { word: 'Prepared', icon: IconSignature, tone: 'live' },
  locked: { word: 'Locked', icon: IconLock, tone: 'ok' },
  reopened: { word: 'Reopened', icon: IconLockOpen, tone: 'warn' },
  void: { word: 'Void', icon: IconCircleX, tone: 'idle' },
} as const;

export function CheckpointMark({ state }: { state: Checkpoint['state'] }) {
  const { word, icon, tone } = checkpointLooks[state];
  return (
    <StateMark icon={icon} tone={tone}>
      {word}
    </StateMark>
  );
}

/** `October 2026`. */
export const monthWord = (period: string): string =>
  new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${period}-01T00:00:00Z`));
