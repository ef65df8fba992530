// Two walls, each of which stands alone; and the pipeline, which belongs to no caller, pays for neither.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { messageIn } from '../demo-company.js';
import { eventually } from '../eventually.js';
import { person } from '../people.js';
import { deliver, event, invoice } from '../stripe-events.js';
import { openTarget, type Target } from './target.js';

jest.setTimeout(300_000);
let target: Target;
const scopedTables = ['message', 'exception', 'exception_act', 'selection', 'selection_member', 'replay_record', 'approval', 'posting', 'attempt', 'message_body', 'message_history', 'canonical_object', 'canonical_reference', 'canonical_version', 'inbox', 'run', 'audit_entry', 'erasure',
  'usage_commit', 'usage_event', 'usage_key', 'usage_correction', 'usage_conflict', 'usage_duplicate', 'usage_refusal', 'usage_refusal_answer', 'usage_bucket', 'usage_distinct', 'usage_unreadable', 'usage_summary', 'usage_summary_part',
  'control_run', 'control_row', 'control_total', 'control_bar', 'control_usage_row', 'control_quantity_total', 'control_quantity_bar', 'gap', 'gap_acceptance', 'checkpoint', 'payload_edit', 'booked_entry', 'mapping_case', 'shadow_outcome', 'alert', 'alert_notice', 'synthetic_run', 'synthetic_step']; // prettier-ignore

/** How PostgreSQL would run statements of the pipeline for the application's role. */
async function plansOf(statements: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    const plans = [];
    for (const statement of statements) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (costs off, verbose) ${statement}`);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    }
    return plans;
  } finally {
    await client.end();
  }
}
let appUrl: string;

/** One of each kind that the pipeline lives on: a claim, a search by prefix, a move, an insert, a look-up by key. */
const hot = [
  `update message m set state = 'claimed' from (select m.id from message m join flow f on f.name = m.flow where m.flow = 'erp-us-invoices' and m.lane = 3 and m.state = 'ready' and m.due_at <= now() and m.crashes = 0
     and not exists (select 1 from message h where h.flow = m.flow and h.ordering_key = m.ordering_key and h.seq < m.seq and h.state not in ('posted','skipped')) order by m.seq limit 50 for update of m skip locked) due where m.id = due.id`,
  "select id from message where title like 'US-%' limit 10",
  "insert into message_history (message_id, to_state) values ('msg_1', 'ready')",
  "insert into inbox (id, connection, delivery_id, via, raw) values ('inb_1', 'stripe', 'd', 'push', '') on conflict (connection, delivery_id) do nothing",
  "select * from posting where external_key = any('{a,b}') for update",
  "insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, stage, fix) values ('exc_1','msg_1','f','c','c','c','c','r','s','{}') on conflict (message_id) where state <> 'resolved' do update set cause = excluded.cause",
];

describe('the two walls', () => {
  beforeAll(async () => {
    target = await openTarget();
    appUrl = target.bench.databaseUrl;
  });
  afterAll(() => target?.bench.stop());

  it('stand on every table whose rows belong to somebody, also against the owner', async () => {
    const rows = await target.bench.sql<{ relname: string }>('select relname from pg_class where relrowsecurity and relforcerowsecurity');
    expect(new Set(rows.map(({ relname }) => relname))).toEqual(new Set(scopedTables));
  });

  it('show nothing to a caller whose scope was not told', async () => {
    const client = new pg.Client({ connectionString: appUrl });
    await client.connect();
    try {
      await client.query('begin; set local role waybill_person');
      for (const table of scopedTables.filter((name) => name !== 'audit_entry'))
        expect([table, (await client.query(`select 1 from ${table} limit 1`)).rowCount]).toEqual([table, 0]);
      await client.query('rollback');
    } finally {
      await client.end();
    }
  });

  it('the condition of the queries holds alone, with row-level security switched off', async () => {
    const viewer = await person(target.bench, { roles: ['viewer'], legalEntities: ['DE'] });
    for (const table of scopedTables) await target.bench.sql(`alter table ${table} disable row level security`);
    try {
      const foreign = (prefix: string) => target.kinds.get(prefix)!.foreign[0]!;
      for (const id of target.kinds.get('msg')!.foreign) {
        expect((await viewer.send('getMessage', { params: { id } })).status).toBe(404);
        expect((await viewer.send('getStagePayload', { params: { id, stage: 'map' } })).status).toBe(404);
      }
      for (const [name, prefix] of [
        ['getException', 'exc'],
        ['getApproval', 'apr'],
        ['getRun', 'run'],
      ] as const)
        expect([name, (await viewer.send(name, { params: { id: foreign(prefix) } })).status]).toEqual([name, 404]);
      expect((await viewer.send('getCanonical', { params: { type: 'invoice', id: foreign('can') } })).status).toBe(404);
      for (const name of [
        'listMessages',
        'listExceptions',
        'listExceptionGroups',
        'getExceptionAgeing',
        'getUnpostedAgeing',
        'listApprovals',
        'listRuns',
        'getOverview',
        'listServiceLevels',
      ] as const) {
        const text = await (await viewer.send(name)).text();
        expect([name, target.secrets.filter((word) => text.includes(word))]).toEqual([name, []]);
      }
      for (const name of ['getMessageFacet', 'getExceptionFacet'] as const)
        for (const field of ['flow', 'legalEntity'] as const) {
          const { items } = await viewer.call(name, { query: { field } });
          expect([name, field, items.filter(({ value }) => /^US$|erp-us/.test(value))]).toEqual([name, field, []]);
        }
      const found = await viewer.call('searchPayloads', { body: { payload: '{"customer": {}}' } });
      expect(found.items.filter(({ legalEntity }) => legalEntity !== 'DE')).toEqual([]);
    } finally {
      for (const table of scopedTables) await target.bench.sql(`alter table ${table} enable row level security`);
    }
  });

  it('tell a screen of one legal entity nothing of what moves in another', async () => {
    const viewer = await person(target.bench, { roles: ['viewer'], legalEntities: ['DE'] });
    const reader = (await viewer.send('streamEvents')).body!.getReader();
    const heard: string[] = [];
    const listening = (async () => {
      for (let next = await reader.read(); !next.done; next = await reader.read())
        for (const [, name] of Buffer.from(next.value as Uint8Array)
          .toString()
          .matchAll(/^event: (\w+)$/gm))
          heard.push(name!);
    })();
    const bring = (id: string, country: string) => deliver(target.bench, event(invoice({ id, country, amounts: [6_000_000] })));
    const ofDocuments = () => heard.filter((name) => ['messages', 'exceptions', 'approvals'].includes(name));
    await sleep(4_000); // it looks every second and a half, and the first look is what later ones are compared with
    await bring('in_us_live', 'US');
    await messageIn(target.bench, { flow: 'erp-us-invoices', key: 'in_us_live' }, 'held');
    await sleep(4_000);
    expect(ofDocuments()).toEqual([]);
    await bring('in_de_live', 'DE');
    await eventually(() => ['messages', 'approvals'].every((name) => heard.includes(name)));
    await reader.cancel();
    await listening;
  });

  it('cost the pipeline nothing: its statements are planned the same with row-level security and without', async () => {
    const guarded = await plansOf(hot);
    for (const plan of guarded) expect(plan).not.toMatch(/waybill_sees|current_setting/);
    for (const table of scopedTables) await target.bench.sql(`alter table ${table} disable row level security`);
    try {
      expect(guarded).toEqual(await plansOf(hot));
    } finally {
      for (const table of scopedTables) await target.bench.sql(`alter table ${table} enable row level security`);
    }
  });
});
