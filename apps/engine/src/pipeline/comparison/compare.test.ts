// What a change does to recorded payloads is told by field and shape, by document and by currency; what moves money is never left out for what does not.
import { describe, expect, it } from '@jest/globals';
import type { Rehearsed } from '../rehearsal.store.js';
import { changesMax, documentsMax, flowImpact, Tally, valueCharactersMax } from './compare.js';
import { differences } from './differences.js';

const made = (id: string, output: object | undefined, amount?: string, failure?: string): Rehearsed =>
  ({
    row: { id },
    tried: { enriched: {}, ...(output ? { output } : {}), ...(failure ? { failure: { cause: failure } } : {}) },
    money: amount === undefined ? undefined : { amount, currency: 'EUR' },
  }) as unknown as Rehearsed;

describe('differences', () => {
  it('names leaves with their place, and folds places of a list into one field', () =>
    expect(
      differences(
        { code: 'A', lines: [{ tax: '1' }, { tax: '2' }], same: { deep: true }, 'a/b': 1 },
        { code: 'B', lines: [{ tax: '1' }, { tax: '3' }, { tax: '4' }], same: { deep: true }, more: null },
      ),
    ).toEqual([
      { path: '/code', field: '/code', shape: 'changed', before: 'A', after: 'B' },
      { path: '/lines/1/tax', field: '/lines/*/tax', shape: 'changed', before: '2', after: '3' },
      { path: '/lines/2', field: '/lines/*', shape: 'set', before: null, after: { tax: '4' } },
      { path: '/a~1b', field: '/a~1b', shape: 'emptied', before: 1, after: null },
    ]));
  it('tells another type from another value', () =>
    expect(differences({ a: '1', b: [1], c: { d: 1 } }, { a: 1, b: { 0: 1 }, c: [1] }).map(({ shape }) => shape)).toEqual([
      'type-changed',
      'type-changed',
      'type-changed',
    ]));
  it('finds none where all is the same, in whatever order', () => expect(differences({ a: 1, b: [2] }, { b: [2], a: 1 })).toEqual([]));
});

describe('Tally', () => {
  const about = (n: number) => ({ flow: n % 2 ? 'odd' : 'even', title: `INV-${n}`, receivedAt: new Date(n * 1_000).toISOString() });
  const tallied = (count: number, pair: (n: number) => [Rehearsed, Rehearsed]) => {
    const tally = new Tally();
    for (let n = 0; n < count; n += 1) tally.add(...pair(n), about(n));
    return tally.answer();
  };

  it('shows exactly the documents that change, with the money that each moves', () => {
    const moved = (n: number) => n % 40 === 7;
    const answer = tallied(500, (n) => [made(`m${n}`, { total: '10.00' }, '10.00'), made(`m${n}`, { total: moved(n) ? '10.25' : '10.00' }, moved(n) ? '10.25' : '10.00')]); // prettier-ignore
    expect(answer).toMatchObject({ tried: 500, unchanged: 488, changed: 12, movesMoney: 12, documentsLeftOut: 0 });
    expect(answer.documents).toHaveLength(12);
    expect(answer.documents[0]).toMatchObject({
      messageId: 'm487',
      outcome: 'changed',
      changes: [{ path: '/total', before: '10.00', after: '10.25' }],
      money: { before: { amount: '10.00' }, after: { amount: '10.25' }, delta: { amount: '0.25', currency: 'EUR' } },
    });
    expect([answer.before, answer.after]).toEqual([[{ currency: 'EUR', amount: '5000.00' }], [{ currency: 'EUR', amount: '5003.00' }]]);
    expect(answer.fields).toEqual([{ path: '/total', shape: 'changed', count: 12, before: '10.00', after: '10.25' }]);
    expect(answer.flows).toMatchObject([
      { flow: 'even', tried: 250, changed: 0 },
      { flow: 'odd', tried: 250, changed: 12, movesMoney: 12 },
    ]);
  });

  it('counts the money of what stops, begins to work, or is left out by a rule as gone or come', () => {
    const skipped = made('m2', { a: 1 }, '3');
    skipped.tried.stopped = 'skipped: draft';
    const answer = tallied(3, (n) => [
      [made('m0', { a: 1 }, '1'), made('m0', undefined, undefined, 'no row')],
      [made('m1', undefined, undefined, 'no row'), made('m1', { a: 1 }, '2')],
      [made('m2', { a: 1 }, '3'), skipped],
    ][n] as [Rehearsed, Rehearsed]); // prettier-ignore
    expect(answer).toMatchObject({ worksNow: 1, failsNow: 1, changed: 1, movesMoney: 3, before: [{ amount: '4' }], after: [{ amount: '2' }] }); // prettier-ignore
    expect(answer.documents.map(({ stops, money: { delta } }) => [stops.before, stops.after, delta!.amount])).toEqual([
      [null, 'skipped: draft', '-3'],
      ['no row', null, '2'],
      [null, 'no row', '-1'],
    ]);
  });

  it('has no delta over two currencies', () => {
    const other = made('m0', { a: 1 }, '1');
    other.money = { amount: '1', currency: 'USD' };
    expect(tallied(1, () => [made('m0', { a: 2 }, '1'), other]).documents[0]!.money.delta).toBeNull();
  });

  it('keeps what moves money when more change than are shown, and says how many it leaves out', () => {
    const answer = tallied(documentsMax + 50, (n) => [
      made(`m${n}`, { a: 1 }, '1'),
      made(`m${n}`, { a: 2 }, n >= documentsMax ? '2' : '1'),
    ]);
    expect(answer.documents).toHaveLength(documentsMax);
    expect(answer.documents.filter(({ money: { delta } }) => delta!.amount === '1')).toHaveLength(50);
    expect(answer.documentsLeftOut).toBe(50);
  });

  it('shows only so many changes of a document, and only so much of a value', () => {
    const wide = (value: string) => Object.fromEntries(Array.from({ length: changesMax + 5 }, (_, n) => [`f${n}`, value]));
    const [document] = tallied(1, () => [made('m0', wide('a')), made('m0', wide('b'.repeat(valueCharactersMax + 1)))]).documents;
    expect(document).toMatchObject({ moreChanges: 5 });
    expect(document!.changes).toHaveLength(changesMax);
    expect(document!.changes[0]!.after).toBe(`${'b'.repeat(valueCharactersMax)}…`);
  });
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
