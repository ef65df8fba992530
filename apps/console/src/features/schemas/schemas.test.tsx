// Schemas on screen: what there is and who uses it, a schema field by field, what payloads say against it, and what a version breaks.
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import type { Compatibility, SchemaDrift, SchemaItem, SchemaMark } from '../../api/build.js';
import type { EventTypeMark, EventTypeVersion, Meter } from '../../api/usage.js';
import { createFakeEngine, problem } from '../../../test/fake-engine.js';
import { admin, ago, permissions } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

const item = (name: string, more: Partial<SchemaItem>): SchemaItem => ({ name, title: name, kind: 'source', version: null, connector: 'stripe', inUse: true, flows: 0, mappings: 0, ...more }); // prettier-ignore
const items = [
  item('invoice@1', { kind: 'canonical', connector: null, version: 1, title: 'Invoice', flows: 2, mappings: 1 }),
  item('stripe/invoices', { title: 'Stripe: Invoices', flows: 1, mappings: 1 }),
  item('xero/invoice', { kind: 'operation', connector: 'xero', title: 'Xero: Invoice', inUse: false }),
];
const mark: SchemaMark = { kind: 'source', name: 'stripe/invoices', payloads: 50, unknown: 3, unseen: 0, otherTypes: 1 };
const eventMark = (type: string, version: number | null): EventTypeMark => ({
  type,
  version,
  events: 50,
  unknown: 0,
  unseen: 0,
  otherTypes: 2,
});
const drift: SchemaDrift = {
  payloads: 200,
  flows: ['stripe-invoices'],
  side: 'reads',
  from: ago(900),
  to: ago(1),
  unknown: [{ path: ['lines', 'sku'], types: ['string'], filled: 399, of: 400, example: '"S-1"', firstAt: ago(800), lastAt: ago(1), refused: false }],
  unseen: [{ path: ['memo'], types: ['string'], required: true, of: 200 }],
  otherTypes: [{ path: ['total'], inList: false, declared: ['string'], type: 'number', count: 1, of: 200, example: '1.5', firstAt: ago(9), lastAt: ago(9) }],
  more: false,
}; // prettier-ignore
const compatibility: Compatibility = { verdict: 'forward', more: false, differences: [{ path: '/calls', breaks: 'senders', detail: 'is required now' }, { path: '/zone', breaks: null, detail: 'is added, and may be left out' }] }; // prettier-ignore
const version = (n: number, beside: Compatibility | null): EventTypeVersion => ({ type: 'api.call', version: n, schema: { required: ['calls'], properties: { calls: { type: 'integer', minimum: 1, description: 'So many' } } }, description: 'Calls of the API', createdBy: 'Ivy', createdAt: ago(60), compatibility: beside }); // prettier-ignore

function open(address: string, identity = { ...admin, permissions: [...permissions, 'usage.read'] }) {
  const engine = createFakeEngine({ identity });
  engine.answer('GET /v1/schemas', () => ({ items, next: null }));
  engine.answer('GET /v1/schema-drift', () => ({ items: [mark], next: null }));
  engine.answer('GET /v1/usage/event-types', ({ query }) => ({ items: [version(query.get('cursor') ? 2 : 1, null)].map((one) => ({ ...one, type: query.get('cursor') ? 'api.call' : 'a.first' })), next: query.get('cursor') ? null : 'more' })); // prettier-ignore
  engine.answer('GET /v1/usage/event-types/:type', ({ params }) =>
    params['type'] === 'bytes.moved'
      ? problem(404, 'NOT_FOUND', 'There is no usage event type bytes.moved.')
      : { type: 'api.call', versions: [version(2, compatibility), version(1, null)] },
  );
  engine.answer('GET /v1/usage/meters', () => ({
    items: [{ name: 'api-calls', description: '', events: ['api.call'] } as Partial<Meter>],
    next: null,
  }));
  engine.answer('GET /v1/schemas/:kind/:name', () => ({ description: 'What billing issued', required: ['id'], properties: { id: { type: 'string' }, lines: { type: 'array', items: { properties: { net: { type: 'number' } } } } } })); // prettier-ignore
  engine.answer('GET /v1/schemas/:kind/:name/consumers', () => ({ items: [{ flow: 'stripe-invoices', state: 'on', mapping: 'stripe-invoice', side: 'reads' }], next: null })); // prettier-ignore
  engine.answer('GET /v1/schemas/:kind/:name/drift', () => drift);
  const { payloads: events, from, to, unknown, unseen, otherTypes } = drift;
  engine.answer('GET /v1/usage/event-drift', () => ({ items: [eventMark('api.call', 2), eventMark('bytes.moved', null)], next: null }));
  engine.answer('GET /v1/usage/event-types/:type/drift', () => ({
    version: 2,
    events,
    from,
    to,
    unknown,
    unseen,
    otherTypes,
    more: false,
  }));
  engine.answer('GET /v1/usage/event-types/:type/inferred', ({ query }) => ({ events, from, to, more: false, schema: { title: query.get('onto') ?? 'of events' } })); // prettier-ignore
  return { ...openConsole(address, engine), engine };
}
const rowOf = async (table: string, text: string | RegExp) => within((await within(await screen.findByRole('table', { name: table })).findByText(text)).closest('tr')!); // prettier-ignore

describe('the list of schemas', () => {
  it('has those in use with who uses them and what differs, and more on request; what is asked for stands in the address', async () => {
    const { person, address } = open('/schemas');
    (await rowOf('Schemas', /Stripe: Invoices/)).getByText('1 of another type');
    (await rowOf('Schemas', /^Invoice/)).getByText('2 flows, 1 mapping');
    const calls = await rowOf('Schemas', /^api\.call/);
    calls.getByText('1 meter');
    calls.getByText('2 of another type');
    (await rowOf('Schemas', /^bytes\.moved/)).getByText('No schema');
    expect(screen.queryByText(/Xero/)).toBeNull();
    await person.click(screen.getByRole('button', { name: /^Connectors/ }));
    await person.click(await screen.findByRole('option', { name: 'Also without a connection' }));
    await screen.findByText(/Xero: Invoice/);
    await person.click(screen.getByRole('button', { name: /^Kind/ }));
    await person.click(await screen.findByRole('option', { name: 'Usage event type' }));
    await waitFor(() => expect(screen.queryByText(/Xero/)).toBeNull());
    expect(address()).toBe('/schemas?use=all&kind=event');
  });

  it('asks for nothing that somebody may not see', async () => {
    const only = { ...admin, permissions: ['schema.read'] };
    open('/schemas', only);
    await rowOf('Schemas', /Stripe: Invoices/);
    expect(screen.queryByRole('columnheader', { name: 'Drift' })).toBeNull();
    expect(screen.queryByText('api.call')).toBeNull();
  });
});

describe('a schema', () => {
  it('is shown field by field, as JSON, and with the flows and mappings that use it', async () => {
    const { person, address } = open('/schemas/source/stripe.invoices');
    await screen.findByRole('heading', { level: 1, name: 'Stripe: Invoices' });
    (await rowOf('Fields of the schema', 'id')).getByText('required');
    (await rowOf('Fields of the schema', 'net')).getByText('optional');
    await person.click(screen.getByRole('tab', { name: 'Used by' }));
    const used = await rowOf('Flows that use the schema', 'stripe-invoices');
    expect(used.getByRole('link', { name: 'stripe-invoice' })).toHaveAttribute('href', '/mappings/stripe-invoice');
    await person.click(screen.getByRole('tab', { name: 'JSON' }));
    await screen.findByRole('region', { name: 'The schema as JSON' });
    expect(address()).toBe('/schemas/source/stripe.invoices?tab=json');
  });

  it('is compared with what was recorded; never 100 % where one is missing', async () => {
    open('/schemas/source/stripe.invoices?tab=drift');
    const sku = await rowOf('Fields not in the schema', 'lines.sku');
    sku.getByText('99 %');
    sku.getByText('"S-1"');
    (await rowOf('Values of another type', 'total')).getByText('1 %');
    (await rowOf('Fields never filled', 'memo')).getByText('required');
  });

  it('says that nothing is recorded yet, and why', async () => {
    const { engine } = open('/schemas/operation/xero.invoice?tab=drift');
    engine.answer('GET /v1/schemas/:kind/:name/drift', () => ({ ...drift, payloads: 0, flows: [], side: null, from: null, to: null, unknown: [], unseen: [], otherTypes: [] })); // prettier-ignore
    await screen.findByText('No payloads recorded yet');
    await screen.findByText(/^No flow uses this schema/);
  });
});

describe('a schema made of payloads', () => {
  it('is of them alone, or what the schema says with what is seen', async () => {
    const { person, engine } = open('/schemas/source/stripe.invoices');
    engine.answer('GET /v1/schemas/:kind/:name/inferred', ({ query }) => ({ payloads: 3, more: false, schema: { title: query.get('onto') ?? 'of payloads' } }));
    await person.click(await screen.findByRole('tab', { name: 'From payloads' }));
    await screen.findByText('"of payloads"');
    await person.click(screen.getByRole('radio', { name: 'This schema and what is seen' }));
    await screen.findByText('"schema"');
  });
}); // prettier-ignore

describe('a type of usage events', () => {
  it('has the meters that count it, and its versions with what each breaks', async () => {
    const { person } = open('/schemas/event/api.call');
    (await rowOf('Fields of the schema', 'calls')).getByText('at least 1');
    await person.click(screen.getByRole('tab', { name: 'Used by' }));
    await rowOf('Meters that count its events', 'api-calls');
    await person.click(screen.getByRole('tab', { name: 'Versions' }));
    await screen.findByText('Forward compatible');
    (await rowOf('Differences of version 2', '/calls')).getByText('Breaks who sends');
    (await rowOf('Differences of version 2', '/zone')).getByText('Harmless');
  });

  it('is compared with the newest events', async () => {
    open('/schemas/event/api.call?tab=drift');
    await screen.findByText(/beside version 2/);
    (await rowOf('Values of another type', 'total')).getByText('1 %');
  });

  it('gets its next version from what is seen, tried before it is saved', async () => {
    const { person, engine, address } = open('/schemas/event/api.call?tab=new', {
      ...admin,
      permissions: [...permissions, 'usage.read', 'usage-type.write'],
    });
    const tried: unknown[] = [];
    engine.answer('POST /v1/usage/event-types/:type/try', ({ body }) => (tried.push(body), { events: 200, from: ago(9), to: ago(1), refused: 2, examples: [{ id: 'ue_7', path: '/data', detail: '/data must have calls' }], compatibility })); // prettier-ignore
    engine.answer('PUT /v1/usage/event-types/:type', ({ body }) => ({ ...version(3, null), ...(body as object) }));
    await person.click(await screen.findByRole('button', { name: 'Add the fields that are seen' }));
    await screen.findByText(/^Made of the newest 200 events/);
    await person.click(screen.getByRole('button', { name: 'Try on the newest events' }));
    await screen.findByText('Would refuse 2 of the newest 200 events');
    await screen.findByText('Forward compatible');
    expect(screen.getByRole('link', { name: 'ue_7' })).toHaveAttribute('href', '/usage?sel=ue_7');
    await person.click(screen.getByRole('button', { name: 'Save…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Save version 3 of api.call' }));
    dialog.getByText(/It would have refused 2 of the newest 200 events/);
    await person.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(address()).toBe('/schemas/event/api.call'));
    expect(tried).toEqual([{ schema: { title: 'schema' } }]);
    expect(engine.writes.find(({ call }) => call.startsWith('PUT '))?.body).toEqual({
      schema: { title: 'schema' },
      description: 'Calls of the API',
    });
  });

  it('without a schema can get one from its events', async () => {
    const { person } = open('/schemas/event/bytes.moved', { ...admin, permissions: [...permissions, 'usage.read', 'usage-type.write'] });
    await screen.findByText(/no schema yet/);
    await person.click(await screen.findByRole('button', { name: 'Write it from events' }));
    await screen.findByText(/"of events"/);
    expect(screen.queryByRole('button', { name: 'Add the fields that are seen' })).toBeNull();
  });
});
