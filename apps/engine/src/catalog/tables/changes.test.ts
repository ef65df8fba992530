// A change set says what each of its rows does, cell by cell, before anything is written; equal sets are equal, whatever order they were said in.
import { describe, expect, it } from '@jest/globals';
import { countsOf, countWords, mergeChanges, planChanges, putChange, repeatedRows, versionEntries, type RowChange } from './changes.js';
import type { StoredRow, TableShape } from './rows.js';

const table: TableShape = {
  name: 'tax-code',
  key: ['country'],
  columns: [
    { name: 'code', type: 'text', required: true },
    { name: 'rate', type: 'decimal', required: false },
  ],
};
const stored = (country: string, code: string, validFrom: string | null = null, validTo: string | null = null): StoredRow => ({
  id: `row ${country} ${validFrom ?? ''}`,
  key: { country },
  values: { code, rate: null },
  validFrom,
  validTo,
});
const put = (country: string, code: string | null, validFrom: string | null = null, validTo: string | null = null): RowChange =>
  putChange({ key: { country }, values: { code, rate: null }, validFrom, validTo });
const remove = (country: string, validFrom: string | null = null): RowChange => ({
  op: 'remove',
  key: { country },
  validFrom,
  values: {},
  validTo: null,
});

describe('planChanges', () => {
  it('tells what is added, changed, ended, removed and left as it is, with the cells that differ', () => {
    const rows = [stored('DE', 'DE19'), stored('US', 'US0'), stored('FR', 'FR20'), stored('IT', 'IT22')];
    const plan = planChanges(table, rows, [put('AT', 'AT20'), put('DE', 'DE7'), put('US', 'US0', null, '2026-12-31'), remove('FR'), put('IT', 'IT22')]); // prettier-ignore
    expect(plan.entries.map(({ kind, cells }) => [kind, cells])).toEqual([
      ['added', [{ column: 'code', before: null, after: 'AT20' }]],
      ['changed', [{ column: 'code', before: 'DE19', after: 'DE7' }]],
      ['ended', []],
      ['removed', [{ column: 'code', before: 'FR20', after: null }]],
      ['unchanged', []],
    ]);
    expect(plan.retire.sort()).toEqual(['row DE ', 'row FR ', 'row US ']);
    expect(plan.add.map(({ key, validTo }) => [key['country'], validTo])).toEqual([['AT', null], ['DE', null], ['US', '2026-12-31']]); // prettier-ignore
    expect(countWords(countsOf(plan.entries))).toBe('1 added, 1 changed, 1 ended, 1 removed');
  });

  it('says what a row that begins later does to the one before it', () => {
    const plan = planChanges(table, [stored('DE', 'DE19')], [put('DE', 'DE21', '2027-01-01')]);
    expect(plan.entries[0]).toMatchObject({ kind: 'changed', note: 'the row before it ends on 2026-12-31', before: { code: 'DE19' } });
    expect(plan.add).toHaveLength(2);
  });

  it('lets each change see what those before it left, and writes no row that the set itself replaces', () => {
    const plan = planChanges(table, [], [put('DE', 'DE19'), put('DE', 'DE21', '2027-01-01')]);
    expect(plan.retire).toEqual([]);
    expect(plan.add.map(({ validFrom, validTo }) => [validFrom, validTo]).sort()).toEqual([[null, '2026-12-31'], ['2027-01-01', null]].sort()); // prettier-ignore
    expect(planChanges(table, [stored('DE', 'DE19')], [remove('DE'), put('DE', 'DE7', '2026-06-01')]).entries[1]).toMatchObject({
      kind: 'added',
    });
  });

  it('refuses by cell, with the line of the file, and does nothing for it', () => {
    const plan = planChanges(table, [stored('DE', 'DE19', '2026-06-01')], [
      putChange({ key: { country: 'AT' }, values: { code: '', rate: 'much' } }, 7),
      put('DE', 'DE7', '2026-01-01', '2026-07-01'),
      remove('ES'),
    ]); // prettier-ignore
    expect(plan).toMatchObject({ retire: [], add: [] });
    expect(plan.entries.flatMap(({ problems }) => problems)).toEqual([
      { code: 'TABLE_INVALID', path: '/changes/0/values/code', line: 7, detail: 'code is required' },
      { code: 'TABLE_INVALID', path: '/changes/0/values/rate', line: 7, detail: expect.stringContaining('a decimal such as 12.50') },
      { code: 'TABLE_OVERLAP', path: '/changes/1/validTo', detail: expect.stringContaining('2026-06-01') },
      { code: 'TABLE_INVALID', path: '/changes/2', detail: expect.stringContaining('no row of this key') },
    ]);
    expect(countsOf(plan.entries)).toMatchObject({ refused: 3 });
  });
});

describe('mergeChanges', () => {
  it('keeps the last word on each row, in one order, whatever order it was said in', () => {
    const one = mergeChanges([put('DE', 'DE19'), put('AT', 'AT20')], { changes: [remove('AT'), put('DE', 'DE7')] });
    expect(one).toEqual(mergeChanges([put('DE', 'DE7')], { changes: [remove('AT')] }));
    expect(one.map(({ op, key }) => [op, key['country']])).toEqual([['remove', 'AT'], ['put', 'DE']]); // prettier-ignore
  });
  it('forgets what is dropped, by key and first day', () =>
    expect(
      mergeChanges([put('DE', 'DE19'), put('DE', 'DE21', '2027-01-01')], { drop: [{ key: { country: 'DE' }, validFrom: null }] }),
    ).toEqual([put('DE', 'DE21', '2027-01-01')]));
  it('finds rows that a file names twice', () => {
    const row = { key: { country: 'DE' }, values: { code: 'a' } };
    expect(repeatedRows([putChange(row, 2), putChange({ ...row, validFrom: '2026-01-01' }, 3), putChange(row, 4)])).toEqual([
      { code: 'TABLE_INVALID', line: 4, detail: 'repeats the row of line 2' },
    ]);
  });
});

it('tells what a version did from the rows that it ended and began', () =>
  expect(
    versionEntries(
      [stored('DE', 'DE19'), stored('FR', 'FR20'), stored('US', 'US0')],
      [stored('DE', 'DE7'), stored('AT', 'AT20'), stored('US', 'US0', null, '2026-12-31')],
    ).map(({ kind, key }) => [kind, key['country']]),
  ).toEqual([['changed', 'DE'], ['added', 'AT'], ['ended', 'US'], ['removed', 'FR']])); // prettier-ignore
