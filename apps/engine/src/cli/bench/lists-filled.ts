import pg from 'pg';

/** Of the rows that are written, those that the bench asks for by name. */
export const named = {
  flow: 'bench-us-invoices',
  rareEntity: 'IS',
  key: 'in_77',
  run: 'run_00000000000000000000000007',
  correlation: 'cor_77',
  title: 'INV-000077',
  customer: 'Customer 0077',
  causeKey: 'cause-7',
  owner: 'usr_7',
  day: { from: new Date(Date.now() - 40 * 86_400_000).toISOString(), to: new Date(Date.now() - 39 * 86_400_000).toISOString() },
} as const;

const chunk = 100_000;
/** Ninety days of messages: the number of each says when it came, which of three flows it took, whose it is and how it ended. */
const messages = `
insert into message (id, flow, release_id, lane, ordering_key, key, revision, content_hash, effect, state, stage, reason, attempts, source_system, connection, stream, correlation_id, run_id, occurred_at, received_at,
  updated_at, settled_at, title, customer, legal_entity, amount, currency, document_number)
select 'msg_' || lpad(n::text, 26, '0'), (array['bench-us-invoices', 'bench-de-invoices', 'bench-customers'])[1 + n % 3], 'rel_bench', n % 8, 'bench in_' || n, 'in_' || n, '1', sha256(n::text::bytea), 'create', s.state, 'settle',
  case when s.state = 'posted' then null else 'it stopped' end, 1, 'bench', 'bench', 'invoices', 'cor_' || n, case when n % 10007 = 7 then 'run_' || lpad('7', 26, '0') end, t.at, t.at, t.at, t.at,
  'INV-' || lpad(n::text, 6, '0'), 'Customer ' || lpad((n % 5000)::text, 4, '0'), case when n % 20011 = 11 then 'IS' when n % 3 = 1 then 'DE' else 'US' end, (n % 100000) / 100.0, case when n % 3 = 1 then 'EUR' else 'USD' end, 'ERP-' || n
from generate_series($1::int, $2::int) n,
  lateral (select now() - interval '90 days' + n * interval '90 days' / $3::float8 as at) t,
  lateral (select case when n % $4::int = 0 and n / $4::int <= $5::int then 'exception' when n % 5003 = 3 then 'skipped' when n % 5003 = 4 then 'superseded' when n % 5003 = 5 then 'held' else 'posted' end as state) s`;

/** One for each message that stopped, of two hundred causes; a tenth of them has ended. */
const exceptions = `
insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, vendor_words, path, stage, fix, state, assignee, assignee_id, snoozed_until, opened_at, closed_at, closed_by, resolution)
select 'exc_' || lpad(row_number() over (order by m.received_at)::text, 26, '0'), m.id, m.flow, (array['master-data', 'transformation', 'api-failure', 'duplicate', 'posting-rejection'])[1 + i.n % 5], 'bench', 'No legal entity for country ' || i.n % 200,
  'cause-' || i.n % 200, 'Add the row, then replay.', repeat('The ERP said no. ', 12), '/lines/0', 'map', '{"kind": "table-row", "table": "legal-entity"}', case when i.n % 10 = 0 then 'resolved' when i.n % 4 = 1 then 'in-progress' else 'open' end,
  case when i.n % 4 = 1 then 'Person ' || i.n % 20 end, case when i.n % 4 = 1 then 'usr_' || i.n % 20 end, case when i.n % 100 = 3 then now() + interval '1 day' end, m.received_at, case when i.n % 10 = 0 then m.received_at + interval '1 hour' end,
  case when i.n % 10 = 0 then 'Somebody' end, case when i.n % 10 = 0 then 'replayed' end
from message m, lateral (select substr(m.id, 5)::int / $1::int as n) i where m.state = 'exception'`;

/** Fills a migrated database, and lets PostgreSQL look at what is there, as its own vacuum would. */
export async function fillLists(url: string, { messages: count, exceptions: stopped }: { messages: number; exceptions: number }): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Every how many messages one has stopped.
    const each = Math.max(1, Math.floor(count / Math.max(1, stopped)));
    await client.query(
      `insert into release (id, flow, version, yaml, definition, mapping_name, mapping_version, hash, created_by) values ('rel_bench', 'bench-us-invoices', 1, '', '{"to": {"connection": "bench", "operation": "invoice"}}', 'bench', 1, '', 'bench')`,
    );
    for (const flow of ['bench-us-invoices', 'bench-de-invoices', 'bench-customers'])
      await client.query("insert into flow (name, release_id, source_type, target_connection) values ($1, 'rel_bench', 'invoice', 'bench')", [flow]);
    for (let from = 1; from <= count; from += chunk) await client.query(messages, [from, Math.min(count, from + chunk - 1), count, each, stopped]);
    await client.query(exceptions, [each]);
    await client.query('vacuum (analyze) message');
    await client.query('vacuum (analyze) exception');
  } finally {
    await client.end();
  }
} // prettier-ignore
