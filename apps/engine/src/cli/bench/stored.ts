import type { Site } from './site.js';

const chunk = 200_000;

/** The rows of messages `$1` to `$2`, like those of the run but for their bodies, which are short: so many long ones would only fill the disk. */
const statements = [
  `insert into inbox (id, connection, delivery_id, via, raw, received_at, state)
   select 'inb_' || lpad(n::text, 26, '0'), 'bench-in', 'stored-' || n, 'webhook', '{}'::bytea, now() - interval '30 days', 'done' from generate_series($1::int, $2::int) n`,
  `insert into posting (id, ledger, effect, source_system, kind, source_id, effect_number, external_key, connection, operation, message_id, state, sent_at, document_id, settled_at)
   select 'pst_' || lpad(n::text, 26, '0'), 'http/bench-out', 'create', 'http/bench-in', 'document', 's' || n, 1, 'stored-' || md5(n::text), 'bench-out', 'keyed-request', 'msg_' || lpad(n::text, 26, '0'),
     'posted', now() - interval '30 days', 'doc-' || n, now() - interval '30 days' from generate_series($1::int, $2::int) n`,
  `insert into attempt (id, message_id, posting_id, number, request_hash, sent_at, ended_at, outcome)
   select 'att_' || lpad(n::text, 26, '0'), 'msg_' || lpad(n::text, 26, '0'), 'pst_' || lpad(n::text, 26, '0'), 1, sha256(n::text::bytea), now() - interval '30 days', now() - interval '30 days', 'posted'
   from generate_series($1::int, $2::int) n`,
  `insert into message_body (message_id, stage, body, hash) select 'msg_' || lpad(n::text, 26, '0'), stage, '{}', '\\x00' from generate_series($1::int, $2::int) n, unnest(array['accept','map','send']) stage`,
  `insert into message_history (message_id, from_state, to_state) select 'msg_' || lpad(n::text, 26, '0'), f, t from generate_series($1::int, $2::int) n, (values (null, 'ready'), ('claimed', 'in_flight'), ('in_flight', 'posted')) v(f, t)`,
  `insert into message (id, flow, release_id, lane, ordering_key, key, revision, content_hash, effect, state, stage, attempts, source_system, connection, stream, inbox_id, correlation_id, occurred_at, received_at, updated_at, settled_at, document_number, posting_id)
   select 'msg_' || lpad(n::text, 26, '0'), 'bench', (select release_id from flow where name = 'bench'), n % 8, 'http/bench-in s' || n, 's' || n, '2026-10-01T00:00:00.000Z', sha256(n::text::bytea), 'create', 'posted', 'settle', 1,
     'http/bench-in', 'bench-in', 'records', 'inb_' || lpad(n::text, 26, '0'), 'cor_' || md5(n::text), now() - interval '30 days', now() - interval '30 days', now() - interval '30 days', now() - interval '30 days', 'N-' || n, 'pst_' || lpad(n::text, 26, '0')
   from generate_series($1::int, $2::int) n`,
];

/** Fills the database with messages of the past, all their rows and indexes, as if they had travelled the flow `bench`. */
export async function storeMessages(site: Site, count: number, say: (line: string) => void): Promise<void> {
  for (let from = 1; from <= count; from += chunk) {
    const to = Math.min(count, from + chunk - 1);
    for (const statement of statements) await site.sql(statement, [from, to]);
    if (to % (10 * chunk) === 0) say(`  ${to} messages stored`);
  }
  await site.sql('vacuum (analyze)');
}
