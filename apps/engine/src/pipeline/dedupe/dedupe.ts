import { stop, type Journey, type StageResult } from '../journey.js';

export interface Earlier {
  id: string;
  revision: string;
  hash: string;
  state: string;
}

/**
 * The idempotent receiver. Same document, version and content: a duplicate. Same version, other content: somebody must look.
 * Older than what came before: superseded. A replay skips this stage, never the posting's own uniqueness.
 */
export function dedupe(journeys: readonly Journey[], earlier: ReadonlyMap<string, readonly Earlier[]>): StageResult {
  return journeys.flatMap((journey) => {
    if (journey.row.replayed || journey.kept) return [];
    const ended = judge(journey, earlier.get(journey.row.id) ?? []);
    return ended ? [ended] : [];
  });
}

function judge(journey: Journey, before: readonly Earlier[]): StageResult[number] | undefined {
  const { revision, contentHash, key } = journey.row;
  const same = before.find((m) => m.revision === revision && m.state !== 'duplicate');
  if (same && same.hash === contentHash)
    return stop(journey, { to: 'duplicate', reason: `the same version of the document came before, as ${same.id}` });
  if (same) {
    return stop(journey, {
      to: 'exception',
      facts: {
        category: 'duplicate',
        code: 'REVISION_CONFLICT',
        cause: `The same version of ${key} came before with other content, as ${same.id}.`,
        causeKey: `revision conflict ${key} ${revision}`,
        remedy: 'Compare the two messages; replay this one if it is right, resolve it if not.',
        fix: { kind: 'source' },
      },
    });
  }
  const newer = before.find((m) => m.revision > revision);
  return newer ? stop(journey, { to: 'superseded', reason: `a newer version of the document came before, as ${newer.id}` }) : undefined;
}
