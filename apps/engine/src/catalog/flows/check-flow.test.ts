// What a flow refers to is there, or the problem names it and what there is; flows that would wait for each other are refused.
import { describe, expect, it } from '@jest/globals';
import { installedConnectors } from '../connections/installed.js';
import { checkFlow, type FlowWorld } from './check-flow.js';
import type { FlowDefinition } from './definition.js';
import { phaseOf } from './phase.js';

const world = (more: Partial<FlowWorld> = {}): FlowWorld => ({
  connections: new Map([['stripe', { connector: 'stripe' }], ['erp', { connector: 'sandbox-erp' }]]),
  connectors: installedConnectors,
  mappings: new Map([['map', '{}'], ['reads', '$table("rates", {"country": "US"})'], ['reads-unknown', '$table("unknown", {})']]),
  tables: new Map([['rates', { key: ['country'] }]]),
  hasSchema: (name) => ['invoice@1', 'payment@1', 'contract@1', 'stripe/invoices'].includes(name),
  roles: ['admin', 'finance-approver'],
  waits: [],
  ...more,
}); // prettier-ignore
const flow = (more: Partial<FlowDefinition> = {}): FlowDefinition => ({
  flow: 'f',
  description: '',
  from: { connection: 'stripe', stream: 'invoices' },
  map: 'map',
  enrich: {},
  permit: [],
  to: { canonical: 'invoice@1' },
  waitFor: [],
  retry: { attempts: 8, fromMs: 1, toMs: 2 },
  blocks: 'document',
  ...more,
});
const outbound = (more: Partial<FlowDefinition> = {}): FlowDefinition =>
  flow({ from: { canonical: 'invoice@1' }, to: { connection: 'erp', operation: 'invoice' }, ...more });
const problems = (definition: FlowDefinition, more?: Partial<FlowWorld>) =>
  checkFlow(definition, world(more)).map(({ code, path }) => `${code} ${path}`);

describe('checkFlow', () => {
  it('finds nothing wrong with good flows', () => {
    expect(problems(flow({ map: 'reads' }))).toEqual([]);
    expect(problems(flow({ enrich: { e: { canonical: 'contract@1', by: { customer: 'b', sourceSystem: '"x"' }, asOf: 'c' } } }))).toEqual(
      [],
    );
    expect(problems(outbound({ waitFor: [{ posted: 'payment@1', key: 'x', withinMs: 1 }] }))).toEqual([]);
  });
  it.each<[string, FlowDefinition]>([
    ['FLOW_CONNECTION_UNKNOWN /from/connection', flow({ from: { connection: 'nobody', stream: 'invoices' } })],
    ['FLOW_STREAM_UNKNOWN /from/stream', flow({ from: { connection: 'stripe', stream: 'nothing' } })],
    ['FLOW_SCHEMA_UNKNOWN /from/canonical', outbound({ from: { canonical: 'nothing@1' } })],
    ['FLOW_SCHEMA_UNKNOWN /accept', flow({ accept: 'stripe/nothing' })],
    ['FLOW_SCHEMA_UNKNOWN /to/canonical', flow({ to: { canonical: 'nothing@1' } })],
    ['FLOW_SCHEMA_UNKNOWN /produce', outbound({ produce: 'nothing@1' })],
    ['FLOW_FIELD /produce', flow({ produce: 'payment@1' })],
    ['FLOW_FIELD /to', flow({ from: { canonical: 'invoice@1' } })],
    ['FLOW_FIELD /waitFor', flow({ waitFor: [{ posted: 'payment@1', key: 'x', withinMs: 1 }] })],
    ['FLOW_CONNECTION_UNKNOWN /to/connection', outbound({ to: { connection: 'nobody', operation: 'invoice' } })],
    ['FLOW_OPERATION_UNKNOWN /to/operation', outbound({ to: { connection: 'erp', operation: 'nothing' } })],
    ['FLOW_TABLE_UNKNOWN /enrich/e/table', flow({ enrich: { e: { table: 'nothing', by: { a: 'b' } } } })],
    ['FLOW_FIELD /enrich/e/by/city', flow({ enrich: { e: { table: 'rates', by: { city: 'b' } } } })],
    ['FLOW_CONNECTION_UNKNOWN /enrich/e/connection', flow({ enrich: { e: { connection: 'nobody', lookup: 'x', by: { a: 'b' } } } })],
    ['FLOW_LOOKUP_UNKNOWN /enrich/e/lookup', flow({ enrich: { e: { connection: 'erp', lookup: 'nothing', by: { a: 'b' } } } })],
    ['FLOW_SCHEMA_UNKNOWN /enrich/e/canonical', flow({ enrich: { e: { canonical: 'treaty@1', by: { sourceId: 'b' } } } })],
    ['FLOW_FIELD /enrich/e/by/city', flow({ enrich: { e: { canonical: 'contract@1', by: { customer: 'b', city: 'c' } } } })],
    ['FLOW_FIELD /enrich/e/by/customer', flow({ enrich: { e: { canonical: 'payment@1', by: { sourceId: 'a', customer: 'b' } } } })],
    ['FLOW_FIELD /enrich/e/by', flow({ enrich: { e: { canonical: 'contract@1', by: { sourceSystem: '"x"' } } } })],
    ['FLOW_FIELD /enrich/e/asOf', flow({ enrich: { e: { canonical: 'invoice@1', by: { number: 'b' }, asOf: 'c' } } })],
    ['FLOW_EXPRESSION /enrich/e/asOf', flow({ enrich: { e: { canonical: 'contract@1', by: { number: 'b' }, asOf: '(' } } })],
    ['FLOW_MAPPING_UNKNOWN /map', flow({ map: 'nothing' })],
    ['FLOW_TABLE_UNKNOWN /map', flow({ map: 'reads-unknown' })],
    ['FLOW_EXPRESSION /key', flow({ key: 'a +' })],
    ['FLOW_EXPRESSION /when', flow({ when: '$eval("1")' })],
    ['FLOW_EXPRESSION /permit/0/unless', flow({ permit: [{ rule: 'r', unless: ')', then: 'skip' }] })],
    ['FLOW_EXPRESSION /enrich/e/by/country', flow({ enrich: { e: { table: 'rates', by: { country: '(' } } } })],
    [
      'FLOW_TEMPLATE /permit/0/then/say',
      flow({ permit: [{ rule: 'r', when: 'true', then: { hold: 'master-data', say: '{{#each source}}x{{/each}}' } }] }),
    ],
    ['FLOW_FIELD /permit/0/then/approve', flow({ permit: [{ rule: 'r', when: 'true', then: { approve: 'nobody' } }] })],
    ['FLOW_FIELD /edits/approve', flow({ edits: { approve: 'nobody' } })],
  ])('tells %s', (told, definition) => expect(problems(definition)).toEqual([told]));
  it('names what there is', () =>
    expect(checkFlow(flow({ from: { connection: 'strip', stream: 'x' } }), world())[0]).toMatchObject({
      detail: expect.stringContaining('"strip"'),
      remedy: 'There are erp, stripe.',
    }));

  describe('waits', () => {
    const waits = (from: string, ...posted: string[]) =>
      outbound({ from: { canonical: from }, waitFor: posted.map((type) => ({ posted: type, key: 'x', withinMs: 1 })) });
    it('refuses a flow that waits for itself', () => expect(problems(waits('invoice@1', 'invoice@1'))).toEqual(['FLOW_CYCLE /waitFor/0']));
    it('refuses a cycle of two', () =>
      expect(problems(waits('invoice@1', 'payment@1'), { waits: [{ produces: 'payment@1', waitsFor: 'invoice@1' }] })).toEqual([
        'FLOW_CYCLE /waitFor/0',
      ]));
    it('refuses a long way round', () =>
      expect(problems(waits('invoice@1', 'payment@1'), { waits: [{ produces: 'payment@1', waitsFor: 'credit-memo@1' }, { produces: 'credit-memo@1', waitsFor: 'customer@1' }, { produces: 'customer@1', waitsFor: 'invoice@1' }] })).toEqual(['FLOW_CYCLE /waitFor/0'])); // prettier-ignore
    it('takes a cycle elsewhere for no fault of this flow', () =>
      expect(problems(waits('invoice@1', 'payment@1'), { waits: [{ produces: 'payment@1', waitsFor: 'customer@1' }, { produces: 'customer@1', waitsFor: 'payment@1' }] })).toEqual([])); // prettier-ignore
  });
});

describe('phaseOf', () => {
  const phase = (when: string, then: 'skip' | { approve: string } = { approve: 'admin' }) => phaseOf({ rule: 'r', when, then });
  it.each([
    ['$exists($enriched.entity)', 'source'],
    ['$source.status = "draft"', 'source'],
    ['total > 10', 'output'],
    ['$source.status = "draft" and total > 10', 'output'],
    ['$money.gte(total, "10")', 'output'],
    ['lines[amount = $source.amount]', 'output'],
  ])('of %s is %s', (when, expected) => expect(phase(when)).toBe(expected));
  it('of a skip that reads fields is both, of one that does not is source', () =>
    expect([phase('total < 0', 'skip'), phase('$source.x', 'skip')]).toEqual(['both', 'source']));
  it('is what the rule says', () => expect(phaseOf({ rule: 'r', when: '$source.x', on: 'output', then: 'skip' })).toBe('output'));
});
