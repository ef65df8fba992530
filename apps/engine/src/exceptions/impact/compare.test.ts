// What a draft of a table does to recorded payloads is told by field, by document and by currency.
import { describe, expect, it } from '@jest/globals';
import type { Rehearsed } from '../../pipeline/index.js';
import { changedFields, flowImpact } from './compare.js';

const made = (id: string, output: object | undefined, amount?: string, failure?: string): Rehearsed =>
  ({
    row: { id },
    tried: { enriched: {}, ...(output ? { output } : {}), ...(failure ? { failure: { cause: failure } } : {}) },
    money: amount === undefined ? undefined : { amount, currency: 'EUR' },
  }) as unknown as Rehearsed;

describe('changedFields', () => {
  it('names leaves, and folds the places of a list', () =>
    expect(
      changedFields(
        { code: 'A', lines: [{ tax: '1' }, { tax: '2' }], same: { deep: true } },
        { code: 'B', lines: [{ tax: '1' }, { tax: '3' }, { tax: '4' }], same: { deep: true }, more: null },
      ),
    ).toEqual([
      { path: '/code', before: 'A', after: 'B' },
      { path: '/lines/*/tax', before: '2', after: '3' },
      { path: '/lines/*', before: null, after: { tax: '4' } },
    ]));
  it('finds none where all is the same, in whatever order', () => expect(changedFields({ a: 1, b: [2] }, { b: [2], a: 1 })).toEqual([]));
});

describe('flowImpact', () => {
  it('tells what changes, what begins to work, what begins to fail, and the money of what goes on', () => {
    const before = [
      made('m1', { code: 'A', lines: [{ tax: 'x' }, { tax: 'x' }] }, '10.10'),
      made('m2', undefined, undefined, 'no row'),
      made('m3', { code: 'A' }, '5'),
      made('m4', { code: 'A' }, '1'),
    ];
    const after = [
      made('m1', { code: 'A', lines: [{ tax: 'y' }, { tax: 'y' }] }, '10.10'),
      made('m2', { code: 'A' }, '7.05'),
      made('m3', undefined, '5', 'a row is gone'),
      made('m4', { code: 'A' }, '1'),
    ];
    expect(flowImpact('invoices', before, after, (id) => `title of ${id}`)).toEqual({
      flow: 'invoices',
      tried: 4,
      unchanged: 1,
      changed: 1,
      worksNow: 1,
      failsNow: 1,
      before: [{ currency: 'EUR', amount: '16.10' }],
      after: [{ currency: 'EUR', amount: '18.15' }],
      fields: [{ path: '/lines/*/tax', count: 1, before: 'x', after: 'y' }],
      examples: [
        { messageId: 'm1', title: 'title of m1', what: '/lines/*/tax: "x" becomes "y"' },
        { messageId: 'm2', title: 'title of m2', what: 'would go on' },
        { messageId: 'm3', title: 'title of m3', what: 'would stop: a row is gone' },
      ],
    });
  });
});
