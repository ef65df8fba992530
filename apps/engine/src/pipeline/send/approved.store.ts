import { useApprovals } from '../../governance/index.js';
import type { Tx } from '../../platform/database/index.js';
import type { Ended, Ending, ExceptionFacts, Journey } from '../journey.js';

const missingApproval: ExceptionFacts = {
  category: 'posting-rejection',
  code: 'APPROVAL_MISSING',
  cause: 'It is marked as approved, and there is no approval of this content.',
  causeKey: 'approval missing',
  remedy: 'Find out who changed the row in the database; then replay, and a new approval is asked for.',
  fix: { kind: 'decision' },
};

/**
 * Messages that go by an approval use it here, in the transaction that lets them go: to a connection before the first byte, into the hub with
 * the version that it becomes. One without goes nowhere, whatever its row says.
 */
export async function unapproved(tx: Tx, journeys: readonly Journey[]): Promise<Map<Journey, Ending>> {
  const bound = journeys.filter(({ row }) => row.approvedHash !== null);
  const { missing } = await useApprovals(
    tx,
    'message',
    bound.map(({ row }) => ({ subject: row.id, hash: row.approvedHash! })),
  );
  return new Map(bound.filter(({ row }) => missing.has(row.id)).map((journey) => [journey, { to: 'exception', facts: missingApproval }]));
}

/**
 * What is about to go into the hub, with an exception in the place of each that has no approval: asked before the rows move, because a row that has
 * been posted cannot be stopped any more. Rows that another worker has taken over use nothing; what is said of them is dropped anyway.
 */
export async function stopUnapproved(tx: Tx, ended: readonly Ended[]): Promise<readonly Ended[]> {
  const bound = ended.filter(({ journey, ending }) => ending.to === 'posted' && ending.hub && journey.row.approvedHash !== null);
  if (bound.length === 0) return ended;
  const ours = await tx.query<{ id: string }>(
    'select m.id from unnest($1::text[], $2::int[]) as g(id, epoch) join message m on m.id = g.id and m.epoch = g.epoch order by m.id for update of m',
    [bound.map(({ journey }) => journey.row.id), bound.map(({ journey }) => journey.row.epoch)],
  );
  const ids = new Set(ours.map(({ id }) => id));
  const stopped = await unapproved(
    tx,
    bound.map(({ journey }) => journey).filter(({ row }) => ids.has(row.id)),
  );
  return ended.map((one) => ({ ...one, ending: stopped.get(one.journey) ?? one.ending }));
}
