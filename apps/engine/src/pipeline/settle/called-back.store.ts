import type { Tx } from '../../platform/database/index.js';
import type { MessageRow } from '../journey.js';
import type { MessageStore } from '../messages.store.js';
import { park } from './followers.store.js';

type Back = Pick<MessageRow, 'id' | 'flow' | 'key' | 'sourceSystem' | 'seq'>;

/**
 * Takes messages back that were sent again and that nobody has begun: they are exceptions again, with the cause they had. Whatever a worker has
 * touched since goes on, because a call may be on its way. Returns the ids of those that were taken back.
 */
export async function callBack(tx: Tx, ids: readonly string[], by: string, messages: Pick<MessageStore, 'withdraw'>): Promise<string[]> {
  const rows = await tx.query<Back>(
    `with back as (update message m set state = 'exception', reason = e.cause, stage = e.stage, updated_at = now() from exception e
       where m.id = any($1::text[]) and m.replayed and m.state = 'ready' and m.stage is null and e.message_id = m.id and e.state = 'replaying' returning m.id, m.flow, m.key, m.source_system, m.seq),
     told as (insert into message_history (message_id, from_state, to_state, reason, by_actor) select id, 'ready', 'exception', 'the replay was cancelled', $2 from back)
     select id, flow, key, source_system as "sourceSystem", seq from back`,
    [ids, by],
  );
  if (rows.length === 0) return [];
  await park(tx, rows);
  const voided = await tx.query<Pick<Back, 'flow' | 'key' | 'sourceSystem'>>(
    `select distinct m.flow, m.key, m.source_system as "sourceSystem" from message m join unnest($1::text[], $2::text[], $3::text[]) as g(flow, key, system) on m.flow = g.flow and m.key = g.key and m.source_system = g.system
     where m.effect = 'void' and m.state in ('ready','blocked')`,
    [rows.map((row) => row.flow), rows.map((row) => row.key), rows.map((row) => row.sourceSystem)],
  );
  for (const { flow, key, sourceSystem } of voided) await messages.withdraw(tx, flow, sourceSystem, key);
  return rows.map((row) => row.id);
}
