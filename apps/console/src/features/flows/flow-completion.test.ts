// Values of a flow file come from what is installed; a list that may not be read offers nothing and breaks nothing.
import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import { createFakeEngine, problem } from '../../../test/fake-engine.js';
import { complete, type Installed } from './flow-completion.js';
import { installedBy } from './use-flow-completion.js';

const installed: Installed = {
  connections: async () => [
    { name: 'stripe', connector: 'stripe' },
    { name: 'erp-us', connector: 'netsuite' },
  ],
  connectors: async () => [
    {
      name: 'stripe',
      streams: [{ name: 'invoices', title: 'Invoices' }],
      operations: [],
      lookups: [{ name: 'customer', title: 'A customer' }],
    },
    { name: 'netsuite', streams: [], operations: [{ name: 'invoice', title: 'Make an invoice' }], lookups: [] },
  ],
  mappings: async () => [{ name: 'stripe-invoice' }],
  tables: async () => [{ name: 'legal-entity', title: 'Legal entities' }],
  schemas: async () => [
    { name: 'invoice@1', title: 'Invoice', kind: 'canonical' },
    { name: 'stripe/invoice', title: 'Invoice', kind: 'source' },
  ],
  roles: async () => [{ name: 'finance-approver', title: 'Finance approver' }],
};
async function offered(text: string, { explicit = false, from = installed } = {}): Promise<string[]> {
  const pos = text.indexOf('|');
  const context = new CompletionContext(EditorState.create({ doc: text.replace('|', '') }), pos, explicit);
  return ((await complete(context, from))?.options ?? []).map(({ label }) => label);
}

describe('values', () => {
  it.each([
    ['from: { connection: | }', ['stripe', 'erp-us']],
    ['from: { connection: stripe, stream: i| }', ['invoices']],
    ['from:\n  stream: i|\n  connection: stripe\n', ['invoices']],
    ['from: { connection: nowhere, stream: i| }', []],
    ['from: { canonical: | }', ['invoice@1']],
    ['accept: |', ['stripe/invoice']],
    ['enrich: { who: { table: l| } }', ['legal-entity']],
    ['enrich:\n  who: { connection: stripe, lookup: | }', ['customer']],
    ['map: str|', ['stripe-invoice']],
    ['produce: inv|', ['invoice@1']],
    ['permit:\n  - { rule: a, when: b, then: { approve: | } }', ['finance-approver']],
    ['to: { connection: erp-us, operation: | }', ['invoice']],
    ['waitFor: [{ posted: inv| }]', ['invoice@1']],
    ['edits: { approve: | }', ['finance-approver']],
  ])('%s', async (text, labels) => expect(await offered(text)).toEqual(labels));
});

describe('where nothing is written yet', () => {
  it('keys come when asked for, so that Enter stays a new line', async () => {
    expect(await offered('retry:\n  |')).toEqual([]);
    expect(await offered('retry:\n  |', { explicit: true })).toEqual(['attempts', 'from', 'to']);
    expect(await offered('edits: |')).toEqual([]);
    expect(await offered('blocks: |')).toEqual(['document', 'orderingKey']);
  });
});

it('a list that may not be read offers nothing, and keys are there as before', async () => {
  const engine = createFakeEngine();
  const refused: string[] = [];
  for (const list of ['mappings', 'connections', 'connectors'])
    engine.answer(`GET /v1/${list}`, () => {
      refused.push(list);
      return problem(403, 'FORBIDDEN', 'You may not read this.');
    });
  globalThis.fetch = ((input: Request) => engine.fetch(input)) as typeof fetch;
  const from = installedBy(new QueryClient());
  expect(await offered('map: s|', { from })).toEqual([]);
  expect(await offered('to: { connection: a, operation: i| }', { from })).toEqual([]);
  expect(await offered('enrich: { who: { table: l| } }', { from })).toContain('legal-entity');
  expect(await offered('pri|', { from })).toContain('priority');
  expect(refused).toEqual(['mappings', 'connections', 'connectors']);
});
