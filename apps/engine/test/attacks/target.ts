import { newId } from '../../src/platform/ids/index.js';
import { eventually } from '../eventually.js';
import { erp, erpSettings, messageIn, setUpCompany } from '../demo-company.js';
import { deliver, event, invoice } from '../stripe-events.js';
import { openBench, type Bench } from '../test-bench.js';

/** Ids of one kind, by who may see them: the caller with the scope DE, nobody but others, or both. */
export interface Kind {
  table: string;
  own: string[];
  foreign: string[];
}

export interface Target {
  bench: Bench;
  /** By the prefix of the id. Found in the tables, so that a new kind of row is attacked as soon as a route names it. */
  kinds: Map<string, Kind>;
  /** Words that stand in documents of others only: ids, keys, titles. */
  secrets: string[];
  /** Ids, and words among them, of what belongs to no legal entity yet. */
  unassigned: Set<string>;
}

const large = 6_000_000;

/** A company with documents of two legal entities, and one that belongs to none yet: posted, held by a rule, and stopped. */
export async function openTarget(): Promise<Target> {
  const bench = await openBench();
  await setUpCompany(bench, { flows: ['stripe-invoices', 'erp-us-invoices'] });
  await bench.api.call('putConnection', {
    params: { name: 'erp-de' },
    body: { connector: 'sandbox-erp', settings: erpSettings(bench, 'DE') },
  });
  await bench.api.call('installPack', { params: { name: 'sandbox-erp' }, body: { flows: ['erp-de-invoices'] } });
  for (const [entity, country] of [
    ['us', 'US'],
    ['de', 'DE'],
  ] as const) {
    const flow = `erp-${entity}-invoices`;
    for (const [number, active] of [
      ['CUST-1001', true],
      ['cus_stopped', false],
    ] as const)
      await erp(bench, 'PUT', `/customers/${number}`, { entity: country, name: 'Globex Corporation', active });
    const bring = (what: string, amount: number, customer = 'cus_globex') =>
      deliver(
        bench,
        event(invoice({ id: `in_${entity}_${what}`, number: `${entity.toUpperCase()}-${what}`, country, customer, amounts: [amount] })),
      );
    await bring('posted', 10_000);
    await bring('held', large);
    await bring('stopped', 20_000, 'cus_stopped');
    await messageIn(bench, { flow, key: `in_${entity}_held` }, 'held');
    await messageIn(bench, { flow, key: `in_${entity}_posted` }, 'posted');
    const stopped = await messageIn(bench, { flow, key: `in_${entity}_stopped` }, 'exception');
    await bench.api.call('startReplay', { body: { messages: [stopped.id], reason: `again, of ${entity}` } });
    await messageIn(bench, { flow, key: `in_${entity}_stopped` }, 'exception');
    const { exceptionId: id } = await bench.api.call('getMessage', { params: { id: stopped.id } });
    const changes = [{ path: '/memo', value: `memo of ${entity}` }];
    const { contentHash } = await bench.api.call('previewEdit', { params: { id: id! }, body: { changes } });
    await bench.api.call('askForEdit', { params: { id: id! }, body: { changes, contentHash, reason: 'a memo' } });
  }
  const row = { key: { country: 'AT' }, values: { entity: 'DE', zone: 'Europe/Vienna', functionalCurrency: 'EUR' } };
  await bench.api.call('makeTableDraft', { params: { name: 'legal-entity' }, body: { put: [row], reason: 'Austria' } });
  await deliver(bench, event(invoice({ id: 'in_nobodys', number: 'BR-nobodys', country: 'BR' })));
  await messageIn(bench, { flow: 'stripe-invoices', key: 'in_nobodys' }, 'exception');
  // What was held or stopped is missing in the ERP: a gap of each legal entity.
  for (const entity of ['us', 'de'] as const) {
    const name = `${entity}-invoices`;
    const file = `control: ${name}\ncompare: invoice\nbilling: { legalEntity: ${entity.toUpperCase()} }\nerp: { connection: erp-${entity} }\n`;
    await bench.api.call('putControl', { params: { name }, body: { yaml: file } });
    const { id } = await bench.api.call('startControlRun', { params: { name }, body: { period: '2026-11' } });
    await eventually(async () => (await bench.api.call('getControlRun', { params: { id } })).state === 'done');
  }
  for (const entity of ['US', 'DE'])
    await bench.sql(
      "insert into synthetic_run (id, check_name, version, legal_entities, state, result, started_by, started_by_id, ended_at) values ($1, 'to-' || lower($2), 1, array[$2], 'ended', 'passed', 'schedule', 'engine', now())",
      [newId('syn'), entity],
    );
  // Nothing moves any more: what an attack changes is the attack's doing.
  await eventually(async () => (await bench.sql("select 1 from message where state in ('ready','claimed','in_flight')")).length === 0);
  const [kinds, secrets, unassigned] = [await kindsOf(bench), await secretsOf(bench), await unassignedOf(bench)];
  return { bench, kinds, secrets, unassigned };
}

/** Every table whose rows have ids, split by what row-level security shows to a caller who sees DE and nothing unassigned. */
async function kindsOf(bench: Bench): Promise<Map<string, Kind>> {
  const kinds = new Map<string, Kind>();
  for (const { name } of await tablesWithIds(bench)) {
    const all = (await bench.sql<{ id: string }>(`select id from "${name}" limit 2000`)).map(({ id }) => id);
    const seen = await asDe(bench, `select id from "${name}" limit 2000`);
    const prefix = all[0]?.split('_')[0];
    if (prefix === undefined) continue;
    kinds.set(prefix, { table: name, own: all.filter((id) => seen.has(id)), foreign: all.filter((id) => !seen.has(id)) });
  }
  return kinds;
}

async function asDe(bench: Bench, query: string): Promise<Set<string>> {
  const rows = await bench.asPerson<{ id: string }>({ entities: ['DE'], unassigned: false }, query);
  return new Set(rows.map(({ id }) => id));
}

async function unassignedOf(bench: Bench): Promise<Set<string>> {
  const nobodys = { entities: [], unassigned: true };
  const found = new Set<string>();
  for (const { name } of await tablesWithIds(bench))
    for (const { id } of await bench.asPerson<{ id: string }>(nobodys, `select id from "${name}" limit 2000`)) found.add(id);
  for (const { word } of await bench.asPerson<{ word: string }>(nobodys, 'select unnest(array[key, title]) as word from message'))
    found.add(word);
  return found;
}

const tablesWithIds = (bench: Bench) =>
  bench.sql<{ name: string }>(
    // A partition is reached through its table alone.
    "select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'id' and data_type = 'text' and not exists (select 1 from pg_class where oid = to_regclass(format('%I.%I', table_schema, table_name)) and relispartition) order by 1",
  );

async function secretsOf(bench: Bench): Promise<string[]> {
  const rows = await bench.sql<{ word: string }>(
    `select unnest(array[id, key, title]) as word from message where not legal_entities && '{DE}' union
     select e.id from exception e join message m on m.id = e.message_id where not m.legal_entities && '{DE}' union
     select id from approval where not legal_entities && '{DE}' union
     select id from canonical_object where not legal_entities && '{DE}' union
     select id from control_run where not legal_entities && '{DE}' union
     select id from gap where legal_entity <> 'DE'`,
  );
  return rows.map(({ word }) => word).filter((word) => word !== null && word.length > 5);
}
