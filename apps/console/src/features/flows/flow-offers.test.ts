// Where the cursor is in a flow file, and what can be written there.
import { describe, expect, it } from '@jest/globals';
import { flowKeys } from './flow-keys.js';
import { offersAt, spotAt, summaryAt } from './flow-offers.js';

/** What is at `|`. */
function at(text: string) {
  return spotAt(text.replace('|', ''), text.indexOf('|'));
}
function offered(text: string): string[] {
  const spot = at(text);
  return spot ? offersAt(spot, flowKeys).map(({ label }) => label) : [];
}
const head = 'flow: a\nfrom: { connection: stripe, stream: invoices }\nmap: m\nto: { canonical: invoice@1 }\n';

describe('keys', () => {
  it('of the file: those that are not there, required ones first', () => {
    expect(offered('|').slice(0, 4)).toEqual(['flow', 'from', 'map', 'to']);
    expect(offered(`${head}|`)).toEqual(expect.arrayContaining(['permit', 'retry', 'priority']));
    expect(offered(`${head}|`)).not.toEqual(expect.arrayContaining(['flow']));
    expect(offered('flow: a\n|\nmap: m\n').slice(0, 2)).toEqual(['from', 'to']);
  });
  it('half written, above other lines', () => {
    expect(at(`pri|\n${head}`)).toMatchObject({ writing: 'key', path: [], typed: 'pri', from: 0, colon: false });
    expect(offered(`pri|\n${head}`)).toContain('priority');
  });
  it('get no second colon', () => {
    const spot = at(`${head}pri|ority: high`)!;
    expect(spot.colon).toBe(true);
    expect(offersAt(spot, flowKeys).find(({ label }) => label === 'priority')?.apply).toBe('priority');
    expect(offersAt(at(`${head}pri|`)!, flowKeys).find(({ label }) => label === 'priority')?.apply).toBe('priority: ');
  });
  it('of a mapping by indentation, and by braces, open or closed', () => {
    for (const text of [
      `${head}retry:\n  attempts: 3\n  |`,
      `${head}retry:\n  |\n  attempts: 3\nblocks: document\n`,
      `${head}retry: { attempts: 3, | }\nblocks: document\n`,
      `retry: { attempts: 3, |\n${head}`,
    ])
      expect({ text, keys: offered(text) }).toEqual({ text, keys: ['from', 'to'] });
    expect(offered('retry:\n  |\nmap: m\n')).toEqual(['attempts', 'from', 'to']);
  });
  it('that go with those that are there', () => {
    expect(offered('from: { | }')).toEqual(['connection', 'stream', 'canonical']);
    expect(offered('from: { connection: stripe, | }')).toEqual(['stream']);
    expect(offered('from: { canonical: invoice@1, | }')).toEqual([]);
    expect(offered('enrich:\n  entity: { table: legal-entity, | }')).toEqual(['by', 'asOf']);
  });
  it('of an item of a list', () => {
    expect(offered('permit:\n  - |')).toEqual(['rule', 'then', 'when', 'unless', 'on']);
    expect(offered('permit:\n  - rule: a\n    when: b\n    |\n  - rule: c\n')).toEqual(['then', 'on']);
    expect(offered('permit:\n  - {\n      rule: a,\n      |\n    }\n')).toEqual(['then', 'when', 'unless', 'on']);
    expect(offered('waitFor: [{ posted: invoice@1, | }]')).toEqual(['key', 'within']);
    expect(offered('permit:\n  - { rule: a, then: { hold: duplicate, | } }')).toEqual(['say']);
  });
  it('are the file’s own below enrich and by', () => {
    expect(offered('enrich:\n  |')).toEqual([]);
    expect(offered('enrich:\n  entity: { table: t, by: { | } }')).toEqual([]);
  });
});

describe('values', () => {
  it('are the constants of the shape', () => {
    expect(offered(`${head}priority: |`)).toEqual(['high', 'normal', 'low']);
    expect(offered(`${head}blocks: doc|\nedits: free\n`)).toEqual(['document', 'orderingKey']);
    expect(offered('edits: |')).toEqual(['free', 'never']);
    expect(offered('permit:\n  - { rule: a, on: |, then: skip }')).toEqual(['source', 'output']);
    expect(offered('permit:\n  - rule: a\n    then: |')).toEqual(['skip']);
    expect(offered('permit: [{ then: { hold: | } }]')).toContain('master-data');
  });
  it('know what is beside them', () => {
    const spot = at('from: { stream: |, connection: stripe }')!;
    expect(spot).toMatchObject({ writing: 'value', path: ['from', 'stream'] });
    expect(spot.beside.get('connection')).toBe('stripe');
  });
});

describe('nothing', () => {
  it.each([
    ['in a comment', `${head}# pri|`],
    ['in a comment behind a value', `${head}blocks: document # pri|`],
    ['in a quoted expression', `${head}when: 'status = pri|'`],
    ['in a quoted expression in braces', 'permit: [{ rule: a, when: "fl|", then: skip }]'],
    ['in the middle of a sentence', 'flow: a\ndescription: what it d|oes\n'],
    ['in a sentence of two lines', 'flow: a\ndescription: what\n  it|\nmap: m\n'],
    ['in a block of text', 'flow: a\ndescription: |-\n  fl¦\n'.replace('|', '>').replace('¦', '|')],
    ['where an expression is written', `${head}key: i|`],
    ['below a key that no flow has', 'other:\n  |'],
  ])('%s', (_, text) => expect(offered(text)).toEqual([]));
});

describe('the summary of a key', () => {
  it('stand over the key alone', () => {
    expect(summaryAt(`${head}priority: high\n`, head.length + 3, flowKeys)).toMatchObject({ name: 'priority', from: head.length, summary: flowKeys['priority']!.summary }); // prettier-ignore
    expect(summaryAt('retry: { attempts: 3 }', 12, flowKeys)).toMatchObject({ name: 'attempts' });
    expect(summaryAt(`${head}priority: high\n`, head.length + 12, flowKeys)).toBeUndefined();
  });
});
