import type { Release } from '../../catalog/index.js';
import { stop, type Ended, type Journey, type MessageRow } from '../journey.js';

/**
 * The first end may have been a neighbour's doing; after it a message is claimed alone. Alone it may still be there by chance when a worker is ended
 * from outside: where workers end every few seconds that happens twice to some of a few hundred messages, and four times to none.
 */
export const crashesMax = 5;

export const isPoison = (row: Pick<MessageRow, 'crashes'>): boolean => row.crashes >= crashesMax;

/** A message that ended its workers, as an exception. Its record is not read: reading it may be what ends them. */
export function condemned(row: MessageRow, release: Release): Ended {
  const journey: Journey = {
    row,
    release,
    sourceText: 'null',
    source: {},
    delivery: {},
    partial: false,
    enriched: {},
    kept: false,
    stage: row.stage ?? 'accept',
    tables: row.tables ?? {},
    bodies: [],
  };
  const unsure = row.state === 'in_doubt' ? ' Whether it was posted before that is not known.' : '';
  const look = row.state === 'in_doubt' ? ', and in the target for the external id' : '';
  return stop(journey, {
    to: 'exception',
    facts: {
      category: 'transformation',
      code: 'POISON',
      cause: `Its worker ended ${row.crashes} times while it had this message, the last times with no other in the same batch.${unsure}`,
      causeKey: `poison ${row.flow}`,
      remedy: `Look at the size and the content of the record and at the log of the worker${look}; correct the mapping or the record, then replay.`,
      fix: { kind: 'mapping', mapping: release.mapping.name },
    },
  });
}
