// Golden cases guard a mapping: made of recorded records, run by the engine on every save, and a red one stops it, unless somebody who may says why.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ErasureStore } from '../src/assurance/index.js';
import { SchemaBook } from '../src/catalog/index.js';
import { DriftStore } from '../src/pipeline/drift/drift.store.js';
import { everything } from '../src/platform/database/index.js';
import { messageIn, setUpCompany } from './demo-company.js';
import { person, type Person } from './people.js';
import { deliver, event, invoice } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(240_000);
const mapping = 'stripe-invoice';
const params = { name: mapping };
let bench: Bench;
let integrator: Person;
/** Sees what belongs to another legal entity. */
let elsewhere: Person;
let recorded: string;
let source: string;

const red = (text: string) => text.replace('"number": $require(', '"number": "X-" & $require(');
const save = (text: string) => integrator.call('putMapping', { params, body: { source: text } });
const refused = (text: string, by = integrator) => by.problem('putMapping', { params, body: { source: text } });
const audited = async (action: string) => (await bench.api.call('listAudit', { query: { action } })).items;
const casesOf = async (by: Person | Bench['api'] = integrator) => (await by.call('listCases', { params })).items; // prettier-ignore

beforeAll(async () => {
  bench = await openBench({ settings: { roles: ['api', 'worker'] } });
  await setUpCompany(bench);
  integrator = await person(bench, { roles: ['integrator'], name: 'Ivy Integrator' });
  elsewhere = await person(bench, { roles: ['integrator'], name: 'Else Where', legalEntities: ['DE'] });
  await deliver(bench, event({ ...invoice({ id: 'in_case' }), customer_name: 'Eulalia Plantagenet' }));
  await deliver(bench, event(invoice({ id: 'in_other' })));
  await messageIn(bench, { key: 'in_other' }, 'posted');
  recorded = (await messageIn(bench, { flow: 'stripe-invoices', key: 'in_case' }, 'posted')).id;
  source = (await bench.api.call('getMapping', { params })).source;
});
afterAll(() => bench?.stop());

describe('the fields of recorded payloads', () => {
  it('are told with how often they are filled, beside the schemas and the tables around the mapping', async () => {
    const { payloads, fields, more, source: from, targets, tables } = await integrator.call('listMappingFields', { params });
    expect([payloads, more]).toEqual([2, false]);
    const field = (...path: string[]) => fields.find((one) => one.root === 'source' && one.path.join('.') === path.join('.'));
    expect(field('customer_name')).toMatchObject({ types: expect.arrayContaining(['string']), example: expect.any(String), of: 2 });
    expect(field('lines', 'data', 'amount')).toMatchObject({ types: ['number'], filled: field('lines', 'data', 'amount')!.of });
    expect(from).toMatchObject({ schema: { type: 'object' } });
    expect(targets).toEqual([
      {
        flow: 'stripe-invoices',
        name: 'invoice@1',
        schema: expect.objectContaining({ title: 'Invoice' }),
        stamps: expect.arrayContaining(['sourceId']),
      },
    ]);
    expect(tables.find(({ name }) => name === 'legal-entity')).toMatchObject({
      key: ['country'],
      columns: expect.arrayContaining(['entity']),
    });
  });
  it('are those that the caller sees', async () => expect(await elsewhere.call('listMappingFields', { params })).toMatchObject({ payloads: 0, fields: [] })); // prettier-ignore
  it('find a sample by the beginning of its key', async () =>
    expect((await integrator.call('listSamples', { params, query: { q: 'in_ca' } })).items).toMatchObject([{ messageId: recorded, revision: expect.any(String), facts: { name: 'stripe-invoices' } }])); // prettier-ignore
});

describe('a schema', () => {
  const at = { kind: 'source', name: 'stripe.invoices' };
  it('is told with the flows and mappings that it checks, and of connectors that are in use', async () => {
    const { items } = await integrator.call('listSchemas', {});
    const item = (name: string) => items.find((one) => one.name === name);
    expect(item('stripe/invoices')).toMatchObject({ kind: 'source', connector: 'stripe', version: null, inUse: true, flows: 1, mappings: 1 });
    expect(item('invoice@1')).toMatchObject({ kind: 'canonical', connector: null, version: 1, inUse: true });
    expect(item('xero/invoice')).toMatchObject({ kind: 'operation', inUse: false, flows: 0, mappings: 0 });
    expect((await integrator.call('listSchemaConsumers', { params: at })).items).toEqual([{ flow: 'stripe-invoices', state: 'on', mapping, side: 'reads' }]);
    expect((await integrator.call('listSchemaVersions', { params: { kind: 'canonical', name: 'invoice@1' } })).items).toMatchObject([{ name: 'invoice@1', version: 1, compatibility: null }]);
    for (const operation of ['getSchema', 'listSchemaConsumers', 'listSchemaVersions', 'getSchemaDrift'] as const)
      expect(await integrator.problem(operation, { params: { kind: 'source', name: 'stripe.nothing' } })).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
  it('is compared with what was recorded, and reading that is an entry of the audit log', async () => {
    const drift = await integrator.call('getSchemaDrift', { params: at });
    expect(drift).toMatchObject({ payloads: 2, flows: ['stripe-invoices'], side: 'reads', otherTypes: [], more: false });
    expect(drift.unknown.find(({ path }) => path.join('.') === 'customer_name')).toMatchObject({ types: ['string'], filled: expect.any(Number), of: 2, refused: false });
    expect([drift.from! <= drift.to!, drift.unknown.length > 0]).toEqual([true, true]);
    expect(await audited('schema.payloads-read')).toMatchObject([{ actor: 'Ivy Integrator', objectKind: 'schema', objectId: 'source stripe/invoices' }]);
    const written = await integrator.call('getSchemaDrift', { params: { kind: 'canonical', name: 'invoice@1' } });
    expect(written).toMatchObject({ payloads: 2, side: 'writes', unknown: [], otherTypes: [] });
    expect(written.unseen.length).toBeGreaterThan(0);
    const { items } = await integrator.call('listSchemaDrift', {});
    expect(items.find(({ name }) => name === 'stripe/invoices')).toEqual({ kind: 'source', name: 'stripe/invoices', payloads: 2, unknown: drift.unknown.length, unseen: drift.unseen.length, otherTypes: 0 });
  });
  it('is made of what was recorded, alone or onto what it says, and of nothing that the caller does not see', async () => {
    const alone = await integrator.call('getInferredSchema', { params: at });
    expect(alone).toMatchObject({ payloads: 2, more: false, schema: { type: 'object', properties: { customer_name: { type: 'string' }, lines: { properties: { data: { type: 'array' } } } } } });
    expect(alone.schema).not.toHaveProperty('required');
    const own = await integrator.call('getSchema', { params: at });
    const onto = (await integrator.call('getInferredSchema', { params: at, query: { onto: 'schema' } })).schema as { properties: object };
    expect(onto).toMatchObject({ required: (own as { required?: string[] }).required });
    expect(Object.keys(onto.properties)).toEqual(expect.arrayContaining([...Object.keys((own as unknown as { properties: object }).properties), 'customer_name']));
    expect(await elsewhere.call('getInferredSchema', { params: at })).toEqual({ payloads: 0, schema: { type: 'object' }, more: false });
  });
  it('is compared with no more payloads, of no more messages, than are asked for', async () => {
    const of = async (most: { payloads: number; messages?: number }) =>
      (await bench.engine.app.get(DriftStore).of(bench.engine.app.get(SchemaBook).named('source', 'stripe.invoices'), everything, most)).payloads;
    expect([await of({ payloads: 200 }), await of({ payloads: 1 }), await of({ payloads: 200, messages: 1 })]).toEqual([2, 1, 1]);
  });
  it('is not compared with what a flow read before it was changed', async () => {
    const flow = { params: { name: 'stripe-invoices' } };
    const { yaml } = await bench.api.call('getFlow', flow);
    const other = yaml.replace('stream: invoices', 'stream: credit-notes');
    expect(other).not.toBe(yaml);
    await bench.api.call('putFlow', { ...flow, body: { yaml: other } });
    const drift = await integrator.call('getSchemaDrift', { params: { ...at, name: 'stripe.credit-notes' } });
    expect(drift).toMatchObject({ payloads: 0, flows: ['stripe-invoices'], side: 'reads' });
    expect(await integrator.call('getSchemaDrift', { params: at })).toMatchObject({ payloads: 0, flows: [], side: null });
    await bench.api.call('putFlow', { ...flow, body: { yaml } });
  });
  it('is compared with what the caller sees', async () => {
    const none = { payloads: 0, unknown: [], unseen: [], otherTypes: [], from: null };
    expect(await elsewhere.call('getSchemaDrift', { params: at })).toMatchObject(none);
    expect((await elsewhere.call('listSchemaDrift', {})).items.map(({ payloads }) => payloads).filter((n) => n > 0)).toEqual([]);
  });
}); // prettier-ignore

describe('a golden case', () => {
  it('is a copy of a recorded record in one click, and expects what the mapping makes of it', async () => {
    const made = await integrator.call('makeCase', { params, body: { messageId: recorded, tags: ['paid'] } });
    const sample = (await integrator.call('listSamples', { params, query: { q: recorded } })).items[0]!;
    expect(made).toMatchObject({ origin: 'recorded', messageId: recorded, input: sample.input, inputHash: sample.hash, tags: ['paid'], revision: 1, expects: { kind: 'whole', output: { legalEntity: 'US' } } });
    expect(await audited('mapping.case-made')).toMatchObject([{ actor: 'Ivy Integrator', after: { case: made.id, message: recorded } }]);
    expect(await integrator.call('runCases', { params, body: {} })).toEqual({ ok: true, results: [{ id: made.id, name: made.name, ok: true, differences: [] }] });
    expect(await integrator.problem('makeCase', { params, body: { messageId: recorded } })).toMatchObject({ status: 409, code: 'MAPPING_CASE_EXISTS' });
    expect(await elsewhere.problem('makeCase', { params, body: { messageId: recorded } })).toMatchObject({ status: 404, path: '/messageId' });
  }); // prettier-ignore

  it('or a sample of one\'s own, with single paths, or a refusal', async () => {
    await integrator.call('makeCase', { params, body: { name: 'no country', input: { id: 'in_x', created: 1, currency: 'usd' }, asOf: '2026-01-01T00:00:00Z', tags: ['master-data'] } });
    const [one] = (await casesOf()).filter(({ name }) => name === 'no country');
    expect(one).toMatchObject({ origin: 'pasted', messageId: null, expects: { kind: 'failure', category: 'master-data', contains: expect.stringContaining('in_x has no customer country') } });
    for (const body of [{ name: 'both', messageId: recorded, input: {} }, { name: 'neither' }, { input: {} }])
      expect(await integrator.problem('makeCase', { params, body })).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    expect(await integrator.problem('makeCase', { params, body: { name: 'big', input: { x: 'y'.repeat(600_000) } } })).toMatchObject({ code: 'REQUEST_INVALID', detail: expect.stringContaining('524288') });
  }); // prettier-ignore

  it('that is red stops a save, names itself, and its neighbours are not in the way', async () => {
    const before = await bench.api.call('getMapping', { params });
    const [one] = await casesOf();
    const problem = await refused(red(source));
    expect(problem).toMatchObject({ status: 409, code: 'MAPPING_CASES_RED', detail: expect.stringContaining(one!.name) });
    expect(problem.problems).toEqual([{ code: 'MAPPING_CASE_RED', path: '/number', detail: expect.stringContaining(one!.name) }]);
    expect((await bench.api.call('getMapping', { params })).version).toBe(before.version);
    expect(await integrator.call('runCases', { params, body: { source: red(source) } })).toMatchObject({ ok: false, results: expect.arrayContaining([expect.objectContaining({ name: one!.name, ok: false, differences: [expect.objectContaining({ path: '/number' })] })]) });
    expect(await save(`/* as it was */\n${source}`)).toMatchObject({ unchanged: false, version: before.version + 1 });
  }); // prettier-ignore

  it('of a legal entity that somebody does not see stops them too, without its name or its values', async () => {
    expect(await elsewhere.call('listCases', { params })).toMatchObject({ hidden: 1, items: [{ name: 'no country' }] });
    const problem = await refused(red(source), elsewhere);
    expect(problem).toMatchObject({
      code: 'MAPPING_CASES_RED',
      detail: expect.stringContaining('a case of a legal entity that you do not see'),
    });
    const { results } = await elsewhere.call('runCases', { params, body: { source: red(source) } });
    expect(results.find(({ id }) => id === null)).toEqual({
      id: null,
      name: 'a case of a legal entity that you do not see',
      ok: false,
      differences: [],
    });
    const id = (await casesOf()).find(({ messageId }) => messageId === recorded)!.id;
    expect(await elsewhere.problem('removeCase', { params: { ...params, id }, body: { reason: 'in the way' } })).toMatchObject({
      status: 404,
    });
    const rows = await bench.asPerson<{ name: string }>({ entities: ['DE'], unassigned: true }, 'select name from mapping_case');
    expect(rows).toEqual([{ name: 'no country' }]);
  });

  it('is overridden only by who may, with a reason, and that is an entry of the audit log', async () => {
    const given = { params, body: { source: red(source), reason: 'agreed with finance' } };
    expect(await integrator.problem('overrideMapping', given)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    const saved = await bench.api.call('overrideMapping', given);
    const [one] = await casesOf();
    expect(await audited('mapping.cases-overridden')).toMatchObject([{ reason: 'agreed with finance', after: { version: saved.version, cases: [one!.id] } }]);
    await save(source);
  }); // prettier-ignore

  it('accepts a new output with a reason, against the revision that was seen', async () => {
    const [one] = await casesOf();
    const at = { ...params, id: one!.id };
    const expects = { kind: 'paths' as const, values: [{ path: '/currency', value: 'USD' }, { path: '/memo' }] };
    expect(await integrator.problem('changeCase', { params: at, body: { revision: 1, expects } })).toMatchObject({ path: '/reason' });
    const changed = await integrator.call('changeCase', { params: at, body: { revision: 1, expects, reason: 'numbers differ by design' } });
    expect(changed).toMatchObject({ revision: 2, expects, reason: 'numbers differ by design', inputHash: one!.inputHash });
    expect(await integrator.problem('changeCase', { params: at, body: { revision: 1, name: 'late' } })).toMatchObject({ status: 409, code: 'MAPPING_CASE_CHANGED' });
    expect(await integrator.problem('changeCase', { params: at, body: { revision: 2, name: 'no country' } })).toMatchObject({ status: 409, code: 'MAPPING_CASE_EXISTS' });
    expect(await audited('mapping.case-expectation-changed')).toMatchObject([{ reason: 'numbers differ by design', before: { case: one!.id }, after: { case: one!.id } }]);
    expect(await save(red(source))).toMatchObject({ unchanged: false });
    await save(source);
  }); // prettier-ignore

  it('of a pack is taken over with the rows that it needs, once', async () => {
    const { packs } = await integrator.call('listCases', { params });
    const brought = packs.find(({ pack }) => pack === 'stripe')!;
    const taken = await integrator.call('importCases', { params, body: { pack: 'stripe' } });
    expect([taken.added.length, taken.left]).toEqual([brought.cases, []]);
    const { ok, results } = await integrator.call('runCases', { params, body: {} });
    expect([ok, results.filter((one) => !one.ok)]).toEqual([true, []]);
    const again = await integrator.call('importCases', { params, body: { pack: 'stripe' } });
    expect([again.added, again.left.length]).toEqual([[], brought.cases]);
    expect(await integrator.problem('importCases', { params, body: { pack: 'tryton' } })).toMatchObject({ status: 404, path: '/pack' });
  });

  it('is taken away with a reason', async () => {
    const one = (await casesOf()).find(({ origin }) => origin === 'pack')!;
    expect(await integrator.call('removeCase', { params: { ...params, id: one.id }, body: { reason: 'not one of ours' } })).toEqual({ removed: true });
    expect(await audited('mapping.case-removed')).toMatchObject([{ reason: 'not one of ours', before: { case: one.id } }]);
    expect((await casesOf()).map(({ id }) => id)).not.toContain(one.id);
  }); // prettier-ignore

  it('is erased with its customer, and is not run any more', async () => {
    const second = await person(bench, { roles: ['admin'], name: 'Somebody else' });
    const pasted = { id: 'in_y', customer: 'cus_globex', customer_name: 'Eulalia Plantagenet' };
    await integrator.call('makeCase', { params, body: { name: 'pasted of the same customer', input: pasted } });
    const work = () => bench.engine.app.get(ErasureStore).work(() => true);
    const { id } = await bench.api.call('requestErasure', { body: { connection: 'stripe', customer: 'cus_globex', reason: 'asked for by letter' } });
    await work();
    expect(await bench.api.call('getErasure', { params: { id } })).toMatchObject({ found: { cases: 2 }, waitsFor: [] });
    await second.call('confirmErasure', { params: { id } });
    await work();
    await work();
    expect(await bench.api.call('getErasure', { params: { id } })).toMatchObject({ state: 'done', erased: { cases: 2 } });
    const held = await bench.sql<{ text: string }>('select c::text as text from mapping_case c');
    expect(held.filter(({ text }) => text.includes('Plantagenet'))).toEqual([]);
    expect((await integrator.call('getSchemaDrift', { params: { kind: 'source', name: 'stripe.invoices' } })).payloads).toBe(0);
    const erased = (await casesOf()).filter((one) => one.erased);
    expect(erased).toHaveLength(2);
    const { results } = await integrator.call('runCases', { params, body: { source: red(source) } });
    expect(results.map((one) => one.id)).not.toEqual(expect.arrayContaining([erased[0]!.id]));
    expect(await integrator.problem('changeCase', { params: { ...params, id: erased[0]!.id }, body: { revision: erased[0]!.revision, name: 'again' } })).toMatchObject({ code: 'MAPPING_CASE_ERASED' });
  }); // prettier-ignore
});

describe('a check of a mapping', () => {
  it('says what is probably not meant, beside what it refuses', async () =>
    expect(await integrator.call('checkMapping', { body: { source: '{\n  `total`: $lastOf(x)\n}' } })).toEqual({
      ok: true,
      problems: [],
      warnings: [
        expect.objectContaining({ code: 'MAPPING_KEY_IS_FIELD', line: 2, remedy: expect.any(String) }),
        expect.objectContaining({ code: 'MAPPING_FUNCTION_ABSENT', line: 2 }),
      ],
    }));
});
