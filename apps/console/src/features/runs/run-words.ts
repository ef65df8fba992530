import type { Run } from '../../api/operate.js';

export const kindWords: Record<Run['kind'], string> = { poll: 'Poll', backfill: 'Backfill', replay: 'Replay' };

/** What a run is, in a few words: `Poll of stripe · invoices`. */
export function runTitle(run: Run): string {
  const of = run.connection ? `${run.connection}${run.stream ? ` · ${run.stream}` : ''}` : run.flow;
  return run.kind === 'replay' ? `Replay${run.flow ? ` in ${run.flow}` : ''}` : `${kindWords[run.kind]}${of ? ` of ${of}` : ''}`;
}
