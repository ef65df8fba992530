import type { Tx } from '../../platform/database/index.js';
import { bookingOf, type Ended, type MessageRow } from '../journey.js';
import type { MessageStore, Rung } from '../messages.store.js';
import { stoppedStates } from '../states.js';
import { finalStates, isFinal, type MessageState } from '../vocabulary.js';

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

/** Rows of each kind that one sweep looks at, the oldest: a backlog must not make it dear. */
const mendMax = 2_000;
/** Written out, so that the index of live messages serves. */
const listed = (states: readonly MessageState[]): string => states.map((state) => `'${state}'`).join(',');
/** Younger ones may still be put right by the transaction that they crossed. */
const mendAfterSeconds = 5;

/**
 * A version that was written while the one before it stopped, or went on, saw the other state: two transactions that cross see nothing of each other. Both kinds are put right by what is committed: a
 * ready one behind a version that has stopped lies down, and a blocked one with no version before it that has not ended goes on.
 */
export async function mendFollowers(tx: Tx, messages: Pick<MessageStore, 'withdraw'>): Promise<{ parked: number; freed: number }> {
  const heads = await tx.query<Pick<MessageRow, 'flow' | 'key' | 'sourceSystem' | 'seq'>>(
    `with late as (select flow, ordering_key, key, source_system, seq from message where state = 'ready' and due_at <= now() - interval '${mendAfterSeconds} seconds' order by due_at limit ${mendMax})
     select h.flow, h.key, h.source_system as "sourceSystem", min(h.seq)::text as seq from late m join message h on h.flow = m.flow and h.ordering_key = m.ordering_key and h.key = m.key
       and h.source_system = m.source_system and h.seq < m.seq and h.state in (${listed(stoppedStates)}) group by 1, 2, 3`,
  );
  if (heads.length > 0) await park(tx, heads);
  for (const head of heads) await messages.withdraw(tx, head.flow, head.sourceSystem, head.key);
  const freed = await tx.query(
    `with alone as (select m.id from message m where m.state = 'blocked' and m.updated_at <= now() - interval '${mendAfterSeconds} seconds'
         and not exists (select 1 from message h where h.flow = m.flow and h.ordering_key = m.ordering_key and h.key = m.key and h.seq < m.seq and h.state not in (${listed(finalStates)}))
         order by m.seq limit ${mendMax} for update of m skip locked),
       freed as (update message m set state = 'ready', reason = null, due_at = now(), updated_at = now() from alone where m.id = alone.id returning m.id)
     insert into message_history (message_id, from_state, to_state, reason) select id, 'blocked', 'ready', 'the version before it has ended' from freed returning message_id`,
  );
  return { parked: heads.length, freed: freed.length };
}

const isStop = (state: MessageState): boolean => (stoppedStates as readonly string[]).includes(state);
