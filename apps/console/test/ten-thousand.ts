import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'openapi-fetch';
import pg from 'pg';
import type { paths } from '../src/api/schema.js';
import { access, databaseOf, root } from './living-company.js';

/** Rows of a list that grows with the company. */
export const many = 10_000;
/** Definitions: more of them than anybody keeps. */
export const definitions = 1_000;
/** Controls stand on a board, a line of days each. */
export const controls = 50;

/** The one among them that is looked for. */
export const needle = 'needle';
const needleAt = 7_777;

/** What the rows are of. */
export const of = {
  flow: 'erp-us-invoices',
  mapping: 'erp-invoice',
  control: 'erp-us-invoices',
  meter: 'api-calls',
  table: 'long-table',
  check: 'stripe-to-erp-us',
  draft: idOf('drf', 1),
  replay: idOf('run', many + 1),
  controlRun: idOf('ctr', 1),
  summary: idOf('usm', needleAt),
} as const;
/** A day that is over, and the day before it, of which the needle is. */
const [day, dayOfNeedle] = [dayBefore(1), dayBefore(2)];
export const periodOfNeedle = dayOfNeedle;

function idOf(prefix: string, n: number): string {
  return `${prefix}_${String(n).padStart(26, '0')}`;
}
function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

const id = (prefix: string, n = 'n'): string => `'${prefix}_' || lpad((${n})::text, 26, '0')`;
const word = (begin: string): string => `case when n = ${needleAt} then '${needle}' else '${begin}' || lpad(n::text, 5, '0') end`;
const rows = (count = many): string => `generate_series(1, ${count}) n`;
/** A definition that is there, once more under other names. */
const copies = (table: string, where: string, other: string, { count = definitions, overriding = '' } = {}): string =>
  `insert into ${table} ${overriding} select (jsonb_populate_record(o, ${other})).* from ${table} o, ${rows(count)} where ${where}`;
const named = "'long-' || lpad(n::text, 5, '0')";

const people = [
  `insert into user_account (id, email, name, roles) select ${id('usr')}, ${word('person-')} || '@example.org', ${word('Person ')}, '{viewer}' from ${rows()}`,
  `insert into session (id, user_id, token_hash, created_at, expires_at, address, device)
   select ${id('ses')}, ${id('usr')}, sha256(('of ' || n)::bytea), now() - n * interval '1 second', now() + interval '1 day', '10.0.' || n / 256 || '.' || n % 256, 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0' from ${rows()}`,
  `insert into session (id, user_id, token_hash, created_at, expires_at, address, device)
   select ${id('ses', `${many} + n`)}, u.id, sha256(('own ' || n)::bytea), now() - n * interval '1 second', now() + interval '1 day', '10.1.' || n / 256 || '.' || n % 256, 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0'
   from ${rows()}, user_account u where u.email = '${access.email}'`,
  `insert into api_key (id, name, prefix, key_hash, roles, created_at, created_by, revoked_at)
   select ${id('key')}, ${word('job-')}, 'wb_' || substr(md5(n::text), 1, 4), sha256(('key ' || n)::bytea), '{viewer}', now() - n * interval '1 minute', 'Somebody', case when n % 2 = 0 then now() end from ${rows()}`,
  `insert into service_account (id, name, purpose, permissions, created_by) select ${id('sva')}, ${word('program-')}, 'It sends what it has', '{flow.read}', 'Somebody' from ${rows(definitions)}`,
  `insert into audit_entry (id, at, actor_kind, actor_id, actor_name, action, object_kind, object_id, summary, leaf)
   select ${id('aud')}, now() - n * interval '1 minute', 'user', 'usr_1', ${word('person-')}, 'table.rows-changed', 'table', 'customer', 'Somebody changed row ' || n, sha256(n::text::bytea) from ${rows()}`,
  `insert into erasure (id, source_system, customer, reason, state, makers, requested_by, ended_at) select ${id('era')}, 'stripe', ${word('cus_')}, 'They asked for it', 'withdrawn', '[]', 'Somebody', now() from ${rows()}`,
];

/** Half of the messages have stopped, each for a cause of its own, and were sent again in one replay. */
const documents = [
  `insert into run (id, kind, state, started_by, ended_at) values ('${of.replay}', 'replay', 'succeeded', 'Somebody', now())`,
  `insert into run (id, kind, connection, stream, state, started_by, started_at, ended_at, read, added)
   select ${id('run')}, case when n = ${needleAt} then 'backfill' else 'poll' end, 'stripe', 'invoices', 'succeeded', 'schedule', now() - n * interval '1 minute', now() - n * interval '1 minute', 5, 5 from ${rows()}`,
  `insert into message (id, flow, release_id, lane, ordering_key, key, revision, content_hash, effect, state, stage, reason, attempts, source_system, connection, stream, correlation_id, run_id, occurred_at, received_at, settled_at,
     title, customer, legal_entity, amount, currency, document_number)
   select ${id('msg')}, f.name, f.release_id, n % 8, 'long in_' || n, 'in_' || n, '1', sha256(n::text::bytea), 'create', case when n <= ${many} then 'exception' else 'posted' end, 'send', case when n <= ${many} then 'it stopped' end, 1,
     'stripe', 'stripe', 'invoices', 'cor_' || n, case when n <= ${many} then '${of.replay}' end, now(), now() - n * interval '1 minute', case when n > ${many} then now() end,
     ${word('INV-')}, 'Customer ' || n % 100, 'US', n / 100.0, 'USD', case when n > ${many} then 'ERP-' || n end from ${rows(2 * many)}, flow f where f.name = '${of.flow}'`,
  `insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, stage, fix, opened_at)
   select ${id('exc')}, ${id('msg')}, '${of.flow}', 'master-data', 'ROW_MISSING', 'No legal entity for country ' || n, 'cause-' || n, 'Add the row, then replay.', 'enrich', '{"kind": "table", "table": "legal-entity", "by": {"country": "BR"}}', now() - n * interval '1 minute'
   from ${rows()}`,
  `insert into replay_record (run_id, message_id, exception_id, refused) select '${of.replay}', ${id('msg')}, ${id('exc')}, case when n = ${needleAt} then 'it is being edited' end from ${rows()}`,
  `insert into approval (id, kind, subject, role, rule, summary, content_hash, content, state, requested_at) select ${id('apr')}, 'table-draft', ${id('drf', 'n + 1')}, 'admin', 'table customer', 'change of the table customer: 1 added', md5(n::text), '{}',
     case when n = ${needleAt} then 'rejected' else 'open' end, now() - n * interval '1 minute' from ${rows()}`,
  `insert into inbox (id, connection, delivery_id, via, raw, received_at, state, problem) select ${id('inb')}, case when n = ${needleAt} then 'erp-us' else 'stripe' end, 'evt_' || n, 'webhook', 'no JSON', now() - n * interval '1 minute', 'failed', 'It is no JSON.' from ${rows()}`,
];

const watching = [
  `insert into alert (id, rule, subject, severity, title, detail, link, amounts, since, opened_at, ended_at) select ${id('alt')}, 'stopped', 'cause-' || n, 'medium', 'Documents stopped: cause ' || n, 'Add the row.', '/exceptions', '[]', now(), now() - n * interval '1 minute',
     case when n = ${needleAt} then now() end from ${rows()}`,
  `insert into alert_notice (id, channel, rule, occasion, alerts, state, due_at, subject, text, tried_at, sent_at) select ${id('ntc')}, 'long-00001', 'stopped', 'opened', '{}', case when n = ${needleAt} then 'failed' else 'sent' end, now(), 'Documents stopped', 'Add the row.', now(), now() from ${rows()}`,
  `insert into alert_channel (name, kind, description, addresses, updated_by) select ${named}, 'email', 'The desk', '{desk@example.org}', 'Somebody' from ${rows(definitions)}`,
  copies('alert_rule', "o.name = 'long'", `jsonb_build_object('name', ${named}, 'state', 'paused')`),
  `insert into synthetic_run (id, check_name, version, legal_entities, state, result, started_by, started_by_id, started_at, ended_at, read_at)
   select ${id('syn')}, c.name, 1, '{US}', 'ended', 'passed', 'schedule', 'engine', now() - n * interval '5 minutes', now() - n * interval '5 minutes', now() from ${rows()}, synthetic_check c`,
  // The copies are there before the run of the gaps, so a control has days on the board.
  copies('control', `o.name = '${of.control}'`, `jsonb_build_object('name', ${named}, 'state', 'paused', 'active', 1)`, {
    count: controls,
  }),
  copies('control_version', `o.control = '${of.control}' and o.version = 1`, `jsonb_build_object('control', ${named})`, {
    count: controls,
  }),
  `insert into control_run (id, control, version, period, starts, ends, legal_entities, day, kind, state, started_by, started_by_id, ended_at, matched)
   select ${id('ctr', 'n * 100 + d')}, ${named}, 1, '2026-10', '2026-10-01', '2026-10-31', '{US}', current_date - d, 'daily', 'done', 'schedule', 'engine', now(), 100 from ${rows(controls)}, generate_series(0, 13) d`,
  `insert into control_run (id, control, version, period, starts, ends, legal_entities, day, kind, state, started_by, started_by_id, ended_at, matched, gaps, open_gaps)
   values ('${of.controlRun}', '${of.control}', 1, '2026-10', '2026-10-01', '2026-10-31', '{US}', current_date, 'demand', 'done', 'Somebody', 'usr_1', now(), 0, ${many}, ${many})`,
  `insert into control_total (run_id, legal_entity, currency, billing_rows, erp_rows, billing, erp, billing_tax, erp_tax) values ('${of.controlRun}', 'US', 'USD', ${many}, ${many}, 20000, 10000, 0, 0)`,
  `insert into control_bar (run_id, legal_entity, currency, kind, gaps, amount) values ('${of.controlRun}', 'US', 'USD', 'amount', ${many}, 10000)`,
  `insert into gap (id, run_id, n, fingerprint, kind, cause, drift, legal_entity, currency, difference, type, number, sentence, remedy)
   select ${id('gap')}, '${of.controlRun}', n, sha256(n::text::bytea), 'amount', 'amount', false, 'US', 'USD', 1, 'invoice', ${word('INV-')}, 'Invoice ' || n || ' is 2.00 USD in billing and 1.00 USD in the ERP.', 'Post it again.' from ${rows()}`,
];

const usage = [
  `insert into usage_event (seq, received_at, occurred_at, source, id, type, subject, data) select 65536000000 + n, now(), now() - n * interval '1 second', '/long', n::text, 'api.call', ${word('subject-')}, '{"calls": 1, "billable": true}' from ${rows()}`,
  `insert into usage_conflict (id, key, content, first_seq, received_at, via, by, source, event_id, event) select ${id('ucf')}, sha256(n::text::bytea), sha256(n::text::bytea), 65536000000 + n, now() - n * interval '1 second', 'http', 'Somebody', '/long', n::text, '{"id": "1"}' from ${rows()}`,
  `insert into usage_refusal (id, stream, position, received_at, raw, code, detail, connection) select ${id('urf')}, 'kafka/usage', n::text, now() - n * interval '1 second', 'no event', 'USAGE_EVENT_INVALID', 'It is no event.', 'kafka' from ${rows()}`,
  `insert into usage_stream (connection, stream, state) select 'kafka', ${word('topic-')}, 'waiting' from ${rows(definitions)}`,
  `insert into usage_bucket (version, starts, subject, group_key, grouped, events, total, roll)
   select v.id, case when n = ${needleAt} then '${dayOfNeedle}T00:00:00Z' else '${day}T00:00:00Z' end::timestamptz, ${word('nobody-')}, md5('')::uuid, '{}', 1, 100, 1 from ${rows()}, usage_meter_version v where v.meter = '${of.meter}'`,
  `insert into usage_seal (id, meter, version, period, starts, ends, roll, summaries, unattributed, sealed_by, sealed_by_id)
   select ${id('usl', '1')}, v.meter, v.id, '2026-10-05', '2026-10-05T00:00:00Z', '2026-10-06T00:00:00Z', 1, ${many}, 0, 'Somebody', 'usr_1' from usage_meter_version v where v.meter = '${of.meter}'`,
  `insert into usage_summary (id, seal, kind, meter, version, period, used_in, grain_key, starts, ends, customer, legal_entity, grouped, group_key, quantity, added, removed, digest, roll, whole, whole_events)
   select ${id('usm')}, z.id, 'period', z.meter, z.version, z.period, z.period, md5(n::text), z.starts, z.ends, ${word('cus_')}, 'US', '{}', md5('')::uuid, n, 1, 0, sha256(n::text::bytea), 1, n, 1 from ${rows()}, usage_seal z`,
  `insert into usage_event_type (type, version, schema, hash, created_by, created_by_id) select ${word('long.')}, 1, '{"type": "object"}', md5(n::text), 'Somebody', 'usr_1' from ${rows(definitions)}`,
  copies('usage_meter', `o.name = '${of.meter}'`, `jsonb_build_object('name', ${named})`),
  copies('usage_meter_version', `o.meter = '${of.meter}'`, `jsonb_build_object('id', ${many} + n, 'meter', ${named}, 'rolls', false)`, {
    overriding: 'overriding system value',
  }),
];

const settings = [
  copies('connection', "o.name = 'erp-us'", `jsonb_build_object('name', ${named}, 'state', 'paused')`),
  copies('mapping_version', `o.name = '${of.mapping}' and o.version = 1`, `jsonb_build_object('name', ${named})`),
  copies('mapping_version', `o.name = '${of.mapping}' and o.version = 1`, "jsonb_build_object('version', n + 1, 'note', 'Change ' || n)"),
  copies('reference_table', "o.name = 'customer'", `jsonb_build_object('name', ${named}, 'title', 'Table ' || n)`),
  copies('release', `o.flow = '${of.flow}'`, `jsonb_build_object('id', ${id('rel')}, 'flow', ${named})`),
  copies('flow', `o.name = '${of.flow}'`, `jsonb_build_object('name', ${named}, 'release_id', ${id('rel')}, 'state', 'paused')`),
  copies('release', `o.flow = '${of.flow}' and o.version = 1`, `jsonb_build_object('id', ${id('rel', `${many} + n`)}, 'version', n + 1, 'yaml', '', 'definition', '{}'::jsonb, 'state', 'superseded', 'note', 'Change ' || n)`, { count: many }),
  `insert into release_event (flow, release_id, from_state, to_state, reason, by_name, by_id) select '${of.flow}', ${id('rel', `${many} + n`)}, 'live', 'superseded', 'Change ' || n, 'Somebody', 'usr_1' from ${rows()}`,
  `insert into reference_table (name, title, key_columns, columns, version) values ('${of.table}', 'Long table', '{code}', '[{"name": "said", "type": "text", "required": false}]', ${many})`,
  `insert into table_row (id, table_name, key, "values", from_version, created_by) select ${id('row')}, '${of.table}', jsonb_build_object('code', 'C-' || lpad(n::text, 5, '0')), jsonb_build_object('said', ${word('value-')}), n, 'Somebody' from ${rows()}`,
  `insert into table_version (table_name, version, by_name, reason) select '${of.table}', n, 'Somebody', 'Row ' || n from ${rows()}`,
  `insert into table_draft (id, table_name, state, base_version, reason, origin, changes, makers, created_by, changed_by, changed_by_id)
   select '${of.draft}', '${of.table}', 'open', ${many}, 'A file', 'csv', jsonb_agg(jsonb_build_object('op', 'put', 'key', jsonb_build_object('code', 'C-' || lpad(n::text, 5, '0')), 'values', jsonb_build_object('said', 'Said ' || n), 'validFrom', null, 'validTo', null) order by n), '[]',
     'Somebody', 'Somebody', 'usr_1' from ${rows()}`,
  `insert into table_draft (id, table_name, state, base_version, reason, origin, changes, makers, created_by, changed_by, changed_by_id) select ${id('drf', 'n + 1')}, '${of.table}', 'open', 1, 'Draft ' || n, 'hand', '[]', '[]', 'Somebody', 'Somebody', 'usr_1' from ${rows()}`,
]; // prettier-ignore

/** What has to be right in itself comes by the API once, and is there many times then. */
async function originals(api: Client<paths>): Promise<void> {
  const yaml = await readFile(join(root, `mappings/sandbox-erp/${of.check}.synthetic.yaml`), 'utf8');
  for (const { error } of [
    await api.PUT('/v1/alert-rules/{name}', {
      params: { path: { name: 'long' } },
      body: {
        description: '',
        watch: 'usage',
        where: {},
        limits: {},
        severity: 'medium',
        channels: [],
        digestMinutes: 0,
        repeatHours: null,
        tellEnd: false,
        quiet: null,
        highBreaksQuiet: false,
        subject: null,
        text: null,
      },
    }),
    await api.PUT('/v1/synthetic-checks/{name}', { params: { path: { name: of.check } }, body: { yaml } }),
  ])
    if (error) throw new Error(`refused: ${JSON.stringify(error)}`);
}

/**
 * Fills the lists of an engine that has the demo company's settings and no worker: straight into its database, as if years had passed. Then PostgreSQL
 * looks at what is there, as its own vacuum would.
 */
export async function seedTenThousand({ api, dataDir }: { api: Client<paths>; dataDir: string }): Promise<void> {
  await originals(api);
  const client = new pg.Client({ connectionString: await databaseOf(dataDir) });
  await client.connect();
  try {
    for (const statement of [...people, ...documents, ...watching, ...usage, ...settings])
      await client.query(statement).catch((error: Error) => {
        throw new Error(`${error.message}: ${statement.slice(0, 120)}`, { cause: error });
      });
    await client.query('analyze');
  } finally {
    await client.end();
  }
}
