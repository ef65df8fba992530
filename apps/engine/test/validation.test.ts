// What a flow would do with a document, asked before anything happens to it: its schema, its rules, its mapping, and whether it is in the books.
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { JsonObject } from '@waybill/sdk';
import { inBooks, messageIn, setUpCompany } from './demo-company.js';
import { person } from './people.js';
import { deliver, event, invoice } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(120_000);
let bench: Bench;
/** What the hub holds of an invoice that is posted. */
let posted: JsonObject;

const ask = (flow: string, document: JsonObject, more: JsonObject = {}, by = bench.api) =>
  by.call('validateDocument', { params: { name: flow }, body: { document, ...more } });
const refused = (flow: string, document: JsonObject, more: JsonObject = {}, by = bench.api) =>
  by.problem('validateDocument', { params: { name: flow }, body: { document, ...more } });
const stored = async () =>
  (await bench.sql('select (select count(*) from message) as messages, (select count(*) from posting) as postings, (select count(*) from approval) as approvals'))[0]; // prettier-ignore

beforeAll(async () => {
  bench = await openBench();
  await setUpCompany(bench);
  await deliver(bench, event(invoice({ id: 'in_there' })));
  const { id } = await messageIn(bench, { flow: 'erp-us-invoices', key: 'in_there' }, 'posted');
  posted = (await (await bench.api.send('getStagePayload', { params: { id, stage: 'accept' } })).json()) as JsonObject;
});
afterAll(() => bench?.stop());

it('passes a document of a source, shows what becomes of it, and stores and sends nothing', async () => {
  const before = await stored();
  expect(await ask('stripe-invoices', invoice({ id: 'in_asked' }))).toMatchObject({
    verdict: 'passes',
    stage: null,
    reason: null,
    release: 1,
    mapping: { name: 'stripe-invoice', version: 1 },
    key: 'in_asked',
    document: { number: 'NUM-in_asked', legalEntity: 'US', amount: { amount: '100.00', currency: 'USD' } },
    approval: null,
    exception: null,
    problems: [],
    output: { sourceId: 'in_asked', total: '100.00' },
  });
  expect(await stored()).toEqual(before);
  expect(inBooks(bench, 'in_asked')).toHaveLength(0);
});

it('says of what the flow does not take that it does not', async () => {
  expect(await ask('stripe-invoices', invoice({ id: 'in_draft', status: 'draft' }))).toMatchObject({
    verdict: 'not-taken',
    stage: null,
    reason: expect.stringContaining('status != "draft"'),
    output: null,
  });
});

it('names what a table misses, as the exception would', async () => {
  expect(await ask('stripe-invoices', invoice({ id: 'in_brazil', country: 'BR' }))).toMatchObject({
    verdict: 'exception',
    stage: 'map',
    exception: { category: 'master-data', cause: expect.stringContaining('BR'), remedy: expect.stringContaining('legal-entity') },
  });
});

it('holds what a rule holds, and names who decides', async () => {
  const large = { ...posted, sourceId: 'in_large', number: 'LARGE', total: '60000.00', subtotal: '60000.00', lines: [{ ...(posted['lines'] as JsonObject[])[0], amount: '60000.00' }] }; // prettier-ignore
  expect(await ask('erp-us-invoices', large)).toMatchObject({
    verdict: 'held',
    stage: 'permit',
    approval: { rule: 'large-amount', role: 'finance-approver' },
    posted: null,
  });
});

it('knows what is in the books, and what stands there with another amount', async () => {
  const again = await ask('erp-us-invoices', posted);
  expect(again).toMatchObject({ verdict: 'duplicate', stage: 'send', posted: { connection: 'erp-us' } });
  expect(again.posted!.documentNumber).toMatch(/^INV-US-/);
  expect(again.reason).toContain(again.posted!.documentNumber!);
  const line = (posted['lines'] as JsonObject[])[0];
  expect(await ask('erp-us-invoices', { ...posted, total: '101.00', subtotal: '101.00', lines: [{ ...line, amount: '101.00' }] })).toMatchObject({ verdict: 'exception', stage: 'send', exception: { code: 'POSTED_DIFFERENTLY' } }); // prettier-ignore
  expect(await ask('erp-us-invoices', { ...posted, sourceId: 'in_new', number: 'NEW' })).toMatchObject({ verdict: 'passes', posted: null });
  expect(await ask('erp-us-invoices', { ...posted, sourceId: 'in_new' }, { effect: 'void' })).toMatchObject({
    verdict: 'superseded',
    reason: 'nothing to reverse: the document was never posted in this ledger',
  });
  // What it is to do in the books is read from the document, where nobody says it.
  expect(await ask('erp-us-invoices', { ...posted, sourceId: 'in_new', status: 'void' })).toMatchObject({ verdict: 'superseded' });
});

it('compares with earlier versions where a version is given', async () => {
  const [row] = await bench.sql("select revision from message where flow = 'stripe-invoices' and key = 'in_there'");
  const revision = row!['revision'] as string;
  expect(await ask('stripe-invoices', invoice({ id: 'in_there' }), { revision })).toMatchObject({
    verdict: 'duplicate',
    stage: 'dedupe',
    posted: null,
  });
  expect(await ask('stripe-invoices', invoice({ id: 'in_there', amounts: [200] }), { revision })).toMatchObject({ verdict: 'exception', exception: { code: 'REVISION_CONFLICT' } }); // prettier-ignore
});

it('says each place where a document does not fit', async () => {
  const { total: _, ...without } = posted;
  expect(await ask('erp-us-invoices', { ...without, currency: 'dollars' })).toMatchObject({
    verdict: 'exception',
    stage: 'accept',
    exception: { code: 'RECORD_INVALID' },
    problems: expect.arrayContaining([
      expect.objectContaining({ path: '/currency' }),
      expect.objectContaining({ path: '/', detail: 'needs total' }),
    ]),
  });
  const nameless = await ask('stripe-invoices', { ...invoice({ id: 'in_x' }), id: null });
  expect(nameless).toMatchObject({ verdict: 'exception', stage: 'accept', key: null });
});

it('refuses what it cannot know, by name', async () => {
  expect(await refused('no-such-flow', posted)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  expect(await refused('erp-us-invoices', posted, { release: 9 })).toMatchObject({ code: 'NOT_FOUND', path: '/release' });
  expect(await refused('erp-us-invoices', posted, { effect: 'destroy' })).toMatchObject({ path: '/effect' });
});

it('shows who sees one legal entity nothing of another, and nothing that look-ups found', async () => {
  const german = await person(bench, { roles: ['finance-operator'], legalEntities: ['DE'] });
  const american = await person(bench, { roles: ['finance-operator'], legalEntities: ['US'] });
  expect(await refused('erp-us-invoices', posted, {}, german)).toMatchObject({ code: 'FORBIDDEN', path: '/document' });
  expect(await ask('erp-us-invoices', posted, {}, american)).toMatchObject({ verdict: 'duplicate', enriched: null, output: null });
});
