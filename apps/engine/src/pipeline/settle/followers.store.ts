import type { Tx } from '../../platform/database/index.js';
import { bookingOf, type Ended, type MessageRow } from '../journey.js';
import type { MessageStore, Rung } from '../messages.store.js';
import { stoppedStates } from '../states.js';
import { isFinal, type MessageState } from '../vocabulary.js';

/** Whom an end sets going or stops: later versions of the document, other orders of the same key, and whoever waits for what was posted. */

/** A stop parks later versions of the document outside the due index; a void among them may end it all. */
export async function followersStop(tx: Tx, ended: readonly Ended[], messages: Pick<MessageStore, 'withdraw'>): Promise<void> {
  const rows = ended.filter(({ ending }) => isStop(ending.to)).map(({ journey }) => journey.row);
  if (rows.length === 0) return;
  await park(tx, rows);
  for (const row of rows) await messages.withdraw(tx, row.flow, row.sourceSystem, row.key);
}

/** Later versions of documents that have stopped wait behind them. */
export async function park(tx: Tx, rows: readonly Pick<MessageRow, 'flow' | 'key' | 'sourceSystem' | 'seq'>[]): Promise<void> {
  await tx.query(
    `with stopped as (select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as g(flow, key, system, seq)),
     parked as (update message m set state = 'blocked', reason = 'an earlier version of the document has stopped', updated_at = now() from stopped s
       where m.flow = s.flow and m.key = s.key and m.source_system = s.system and m.seq > s.seq and m.state = 'ready' returning m.id)
     insert into message_history (message_id, from_state, to_state, reason) select id, 'ready', 'blocked', 'an earlier version of the document has stopped' from parked`,
    [rows.map((row) => row.flow), rows.map((row) => row.key), rows.map((row) => row.sourceSystem), rows.map((row) => row.seq)],
  );
}

/**
 * What an end sets free: the next version of the document, whoever waits for what was posted, and whoever has just lain down beside something
 * that is posted already. Returns the lanes to ring.
 */
export async function othersGo(tx: Tx, ended: readonly Ended[]): Promise<Rung[]> {
  const rows = ended.filter(({ ending }) => isFinal(ending.to)).map(({ journey }) => journey.row);
  const posted = ended.flatMap(({ ending }) => bookingOf(ending)?.key ?? []);
  const keys = [...posted, ...(await alreadyPosted(tx, ended))];
  if (rows.length + keys.length === 0) return [];
  return tx.query<Rung>(
    `with ended as (select distinct flow, key from unnest($1::text[], $2::text[]) as g(flow, key)),
     freed as (update message m set state = 'ready', reason = null, due_at = now(), updated_at = now() from ended e where m.flow = e.flow and m.ordering_key = e.key and m.state = 'blocked'
       and not exists (select 1 from message h where h.flow = m.flow and h.ordering_key = m.ordering_key and h.key = m.key and h.seq < m.seq and h.state in ('waiting','held','exception')) returning m.id, m.flow, m.lane),
     woken as (update message set state = 'ready', reason = null, due_at = now(), depends_on = null, updated_at = now() where state = 'waiting' and depends_on = any($3) returning id, flow, lane),
     told as (insert into message_history (message_id, from_state, to_state, reason)
       select id, 'blocked', 'ready', 'the version before it has ended' from freed union all select id, 'waiting', 'ready', 'what it waited for is posted' from woken)
     select flow, lane from freed union select flow, lane from woken`,
    [rows.map((row) => row.flow), rows.map((row) => row.orderingKey), keys],
  );
}

/** Keys that somebody of these waits for and that are posted: whoever posted them looked before this one lay down. */
async function alreadyPosted(tx: Tx, ended: readonly Ended[]): Promise<string[]> {
  const awaited = ended.flatMap(({ ending }) => (ending.to === 'waiting' ? [ending.dependsOn] : []));
  if (awaited.length === 0) return [];
  const rows = await tx.query<{ external_key: string }>(
    "select external_key from posting where external_key = any($1) and state = 'posted'",
    [awaited],
  );
  return rows.map((row) => row.external_key);
}

/** Wakes whoever waited for a call on its own document: the call has ended without a posting. Returns the lanes to ring. */
export async function ownWaitersGo(tx: Tx, keys: readonly string[]): Promise<Rung[]> {
  if (keys.length === 0) return [];
  return tx.query<Rung>(
    `with woken as (update message set state = 'ready', reason = null, due_at = now(), depends_on = null, updated_at = now() where state = 'waiting' and depends_on = any($1) and depends_until is null returning id, flow, lane),
     told as (insert into message_history (message_id, from_state, to_state, reason) select id, 'waiting', 'ready', 'what it waited for has ended' from woken)
     select distinct flow, lane from woken`,
    [keys],
  );
}

const isStop = (state: MessageState): boolean => (stoppedStates as readonly string[]).includes(state);
