// Which schemas a flow is checked by: its stream's or its canonical type's, its target's, unless its file names others.
import { describe, expect, it } from '@jest/globals';
import type { FlowDefinition } from '../flows/definition.js';
import { usesOf } from './uses.js';

const known = {
  connectorOf: (name: string) => ({ billing: 'stripe', books: 'tryton' })[name],
  meant: (name: string) =>
    name.includes('@') ? { kind: 'canonical' as const, name } : name.startsWith('stripe/') ? { kind: 'source' as const, name: name.endsWith('s') ? name : `${name}s` } : undefined,
}; // prettier-ignore
const used = (definition: Partial<FlowDefinition>) =>
  usesOf({ flow: 'f', map: 'm', ...definition } as FlowDefinition, known).map(({ side, kind, name }) => `${side} ${kind} ${name}`);
const inbound = { connection: 'billing', stream: 'invoices' };
const outbound = { connection: 'books', operation: 'invoice' };

describe('the schemas of a flow', () => {
  it.each<[string, Partial<FlowDefinition>, string[]]>([
    ['into the hub', { from: inbound, to: { canonical: 'invoice@1' } }, ['reads source stripe/invoices', 'writes canonical invoice@1']],
    ['out of the hub', { from: { canonical: 'invoice@1' }, to: outbound }, ['reads canonical invoice@1', 'writes operation tryton/invoice']],
    ['past the hub', { from: inbound, to: outbound }, ['reads source stripe/invoices', 'writes operation tryton/invoice']],
    ['that accepts and produces others', { from: inbound, accept: 'stripe/credit-note', to: outbound, produce: 'payment@1' }, ['reads source stripe/credit-notes', 'writes canonical payment@1']],
    ['whose connections are gone', { from: { ...inbound, connection: 'x' }, to: { ...outbound, connection: 'y' } }, []],
  ])('%s', (_, definition, uses) => expect(used(definition)).toEqual(uses)); // prettier-ignore

  it('are told with the flow and its mapping', () =>
    expect(usesOf({ flow: 'f', map: 'm', from: inbound, to: { canonical: 'invoice@1' } } as FlowDefinition, known)[0]).toEqual({
      flow: 'f',
      mapping: 'm',
      side: 'reads',
      kind: 'source',
      name: 'stripe/invoices',
    }));
});
