import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { bytesOf, eventKey } from '../src/ledger/events/event-key.js';
import { contentHash } from '../src/platform/json/index.js';

export interface Used {
  id?: string;
  source?: string;
  type?: string;
  subject?: string | null;
  at?: string;
  data?: unknown;
  /** The place in the ledger of what it corrects, or cancels. */
  corrects?: string;
  cancels?: string;
}

type Sql = Pick<pg.ClientBase, 'query'>;

/** Writes a commit of usage as the door does, in the transaction of the client; returns the places in the ledger. */
export async function writeUsage(sql: Sql, events: readonly Used[]): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>("select nextval('usage_commit_id') as id");
  const commit = BigInt(rows[0]!.id);
  await sql.query("insert into usage_commit (id, events, via, by) values ($1, $2, 'http', 'test')", [String(commit), events.length]);
  const made = events.map((event, place) => {
    const {
      source = 'test',
      id = randomBytes(8).toString('hex'),
      type = 'api.call',
      subject = 'globex',
      at = '2026-01-10T12:00:00Z',
    } = event;
    const corrects = event.corrects ?? event.cancels ?? null;
    const kind = event.corrects ? 'correction' : event.cancels ? 'cancellation' : 'event';
    const row = { seq: String(commit * 65_536n + BigInt(place)), source, id, type, subject, at, data: event.data ?? null, corrects, kind };
    return { ...row, key: bytesOf(eventKey(source, id)).toString('hex'), content: contentHash({ ...row, seq: '' }).toString('hex') };
  });
  await sql.query(
    `with given as (select * from jsonb_to_recordset($1::jsonb) as g(seq bigint, source text, id text, type text, subject text, at timestamptz, data jsonb, corrects bigint, kind text, key text, content text)),
     keys as (insert into usage_key (key, content, seq, received_at) select decode(key, 'hex'), decode(content, 'hex'), seq, now() from given),
     corrections as (insert into usage_correction (corrects, seq, original, kind, received_at, by)
       select corrects, seq, coalesce((select k.original from usage_correction k where k.seq = g.corrects), corrects), kind, now(), 'test' from given g where corrects is not null)
     insert into usage_event (seq, received_at, occurred_at, corrects, kind, source, id, type, subject, data, reason)
     select seq, now(), at, corrects, kind, source, id, type, subject, nullif(data, 'null'), case when corrects is not null then 'test' end from given`,
    [JSON.stringify(made)],
  );
  return made.map(({ seq }) => seq);
}
