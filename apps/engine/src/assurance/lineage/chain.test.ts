// The shape of a trace: what is said twice stands once, sums are compared to the last digit, and there is an end.
import { describe, expect, it } from '@jest/globals';
import { Chain, nodesMax, sumCheck, type TraceNode } from './chain.js';

const node = (id: string, more: Partial<TraceNode> = {}): TraceNode => ({
  id,
  kind: 'document',
  of: 'invoice',
  title: id,
  detail: null,
  state: null,
  at: null,
  until: null,
  quantity: null,
  amount: null,
  events: null,
  summaries: null,
  lines: null,
  linesLeft: null,
  noEntry: null,
  synthetic: false,
  ...more,
});

describe('sumCheck', () => {
  it('holds for equal decimals, however they are written', () =>
    expect(sumCheck('amount', '10.0', '10.00', 'never')).toMatchObject({ ok: true, because: null }));
  it('tells the difference of what comes out to what goes in, and why', () =>
    expect(sumCheck('quantity', '0.3', '0.1', 'billed elsewhere')).toMatchObject({
      difference: '-0.2',
      ok: false,
      because: 'billed elsewhere',
    }));
});

describe('a chain', () => {
  it('is in the order of the trip, with each node and edge once', () => {
    const chain = new Chain();
    for (const one of [node('d', { kind: 'delivery', of: 'flow' }), node('p', { of: 'payment' }), node('i'), node('u', { kind: 'usage' }), node('s', { kind: 'usage-summary' }), node('e', { kind: 'usage-event' }), node('l', { kind: 'entry-lines', of: 'tax' }), node('j', { kind: 'entry' }), node('x', { of: 'journal-entry' }), node('i')])
      chain.add(one);
    chain.join('i', 'd', 'posted-as');
    chain.join('i', 'd', 'posted-as', sumCheck('amount', '1', '2'));
    chain.join('i', 'nowhere', 'paid-by');
    const { nodes, edges, breaks } = chain.shown();
    expect(nodes.map(({ id }) => id).join('')).toBe('esuipdjlx');
    expect(edges).toHaveLength(1);
    expect(breaks).toBe(1);
  });
  it('ends somewhere, and says how much was left out, each counted once', () => {
    const chain = new Chain();
    for (const _ of ['once', 'again']) for (let n = 0; n < nodesMax + 3; n += 1) chain.add(node(`n${n}`));
    const { nodes, left } = chain.shown();
    expect([nodes.length, left]).toEqual([nodesMax, 3]);
  });
}); // prettier-ignore
