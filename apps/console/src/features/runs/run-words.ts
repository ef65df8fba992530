import type { Run } from '../../api/operate.js';
import { t } from '../../language/index.js';

export const kindWords: Record<Run['kind'], string> = { poll: t('Poll'), backfill: t('Backfill'), replay: t('Replay') };

export const runStateWords: Record<Run['state'], string> = {
  running: t('Running'),
  succeeded: t('Succeeded'),
  failed: t('Failed'),
  cancelled: t('Cancelled'),
};

/** What a run is, in a few words: `Poll of stripe · invoices`. */
export function runTitle(run: Run): string {
  const of = run.connection ? `${run.connection}${run.stream ? ` · ${run.stream}` : ''}` : run.flow;
  if (run.kind === 'replay') return run.flow ? t('Replay in {{flow}}', { flow: run.flow }) : t('Replay');
  return of ? t('{{kind}} of {{source}}', { kind: kindWords[run.kind], source: of }) : kindWords[run.kind];
}
