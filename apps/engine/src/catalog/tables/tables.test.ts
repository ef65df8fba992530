// Rows of reference data: what a new row means for those that are there, what is wrong with rows, and CSV.
import { describe, expect, it } from '@jest/globals';
import { forgottenCells, readCsv } from './csv.js';
import { dayBefore, planRow, rowProblems, type RowInput, type StoredRow, type TableShape } from './rows.js';

const stored = (id: string, validFrom: string | null, validTo: string | null, v = 'old'): StoredRow => ({
  id,
  key: { k: 'a' },
  values: { v },
  validFrom,
  validTo,
});
const input = (validFrom: string | null, validTo: string | null, v: string | null = 'new'): RowInput => ({
  key: { k: 'a' },
  values: { v },
  validFrom,
  validTo,
});
const spans = (plan: ReturnType<typeof planRow>) =>
  'overlap' in plan ? plan.overlap : plan.add.map((row) => `${row.validFrom ?? ''}..${row.validTo ?? ''} ${row.values['v']}`);

describe('planRow', () => {
  it('adds a first row', () =>
    expect(planRow([], input(null, null))).toEqual({
      retire: [],
      add: [expect.objectContaining({ validFrom: null, validTo: null })],
      unchanged: false,
    }));
  it('ends the row before the day before', () => {
    const plan = planRow([stored('r1', '2026-01-01', null)], input('2026-03-01', null));
    expect(plan).toMatchObject({ retire: ['r1'] });
    expect(spans(plan)).toEqual(['2026-03-01.. new', '2026-01-01..2026-02-28 old']);
  });
  it('corrects a row that begins on the same day', () =>
    expect(planRow([stored('r1', '2026-01-01', null)], input('2026-01-01', null))).toMatchObject({
      retire: ['r1'],
      add: [{ values: { v: 'new' } }],
    }));
  it('changes nothing when all is the same', () =>
    expect(planRow([stored('r1', '2026-01-01', null)], input('2026-01-01', null, 'old'))).toEqual({
      retire: [],
      add: [],
      unchanged: true,
    }));
  it('takes empty text for null', () =>
    expect(planRow([{ ...stored('r1', null, null), values: { v: null } }], input(null, null, ''))).toMatchObject({ unchanged: true }));
  it('ends the day before a row that is known to come', () =>
    expect(spans(planRow([stored('r1', '2026-06-01', null)], input('2026-01-01', null)))).toEqual(['2026-01-01..2026-05-31 new']));
  it('refuses to overlap a row that is known to come', () =>
    expect(planRow([stored('r1', '2026-06-01', null)], input('2026-01-01', '2026-06-01'))).toEqual({
      overlap: expect.stringContaining('2026-06-01'),
    }));
  it('leaves a row alone that has ended', () =>
    expect(planRow([stored('r1', '2025-01-01', '2025-12-31')], input('2026-01-01', null))).toMatchObject({ retire: [] }));
});

describe('days', () => {
  it('steps back over a leap day and a year', () =>
    expect([dayBefore('2024-03-01'), dayBefore('2026-01-01')]).toEqual(['2024-02-29', '2025-12-31']));
});

const table: TableShape = { name: 'rates', key: ['country'], columns: [{ name: 'rate', type: 'decimal', required: true }, { name: 'note', type: 'text', required: false }, { name: 'since', type: 'date', required: false }, { name: 'on', type: 'boolean', required: false }] }; // prettier-ignore

describe('rowProblems', () => {
  const problems = (row: RowInput) => rowProblems(table, [row], (i) => ({ line: i + 2 })).map((problem) => problem.detail);
  it('finds nothing wrong with a good row', () =>
    expect(
      problems({
        key: { country: 'US' },
        values: { rate: '8.875', since: '2026-01-01', on: 'true' },
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
      }),
    ).toEqual([]));
  it('tells everything at once, with its place', () => {
    const row = {
      key: { country: '', planet: 'Earth' },
      values: { rate: '1,5', since: 'soon', on: 'yes', colour: 'red' },
      validFrom: '2026-02-30',
      validTo: null,
    };
    expect(problems(row)).toHaveLength(7);
    expect(rowProblems(table, [row], () => ({ path: '/put/0' })).map(({ path }) => path)).toEqual(['/put/0/key/country', '/put/0/key/planet', '/put/0/values/colour', '/put/0/values/rate', '/put/0/values/since', '/put/0/values/on', '/put/0/validFrom']); // prettier-ignore
  });
  it('wants what is required', () => expect(problems({ key: { country: 'US' }, values: {} })).toEqual(['rate is required']));
  it('wants an end after the beginning', () =>
    expect(problems({ key: { country: 'US' }, values: { rate: '1' }, validFrom: '2026-02-01', validTo: '2026-01-01' })).toHaveLength(1));
});

describe('readCsv', () => {
  it('reads quotes, a byte order mark, CR LF and empty cells', () =>
    expect(readCsv('\ufeffcountry,rate,note,validFrom\r\nUS,8.875,"New York, ""NY""",2026-01-01\r\nDE,19,,\r\n', table)).toEqual({
      problems: [],
      rows: [
        {
          key: { country: 'US' },
          values: { rate: '8.875', note: 'New York, "NY"', since: null, on: null },
          validFrom: '2026-01-01',
          validTo: null,
        },
        { key: { country: 'DE' }, values: { rate: '19', note: null, since: null, on: null }, validFrom: null, validTo: null },
      ],
      lines: [2, 3],
      absent: ['since', 'on', 'validTo'],
    }));
  it.each([
    ['', 'empty'],
    ['rate\n1', 'country'],
    ['country,rate,colour\nUS,1,red', 'colour'],
    ['country,rate\nUS', '1 cells'],
    ['country,rate\n"US,1', 'Quote'],
    ['country,rate,rate\nUS,1,2', 'the column "rate" stands there 2 times'],
    ['country,rate,country\nUS,1,DE', 'the column "country" stands there 2 times'],
  ])('refuses %j and says why', (text, word) =>
    expect(readCsv(text, table)).toMatchObject({ rows: [], problems: [{ code: 'TABLE_INVALID', detail: expect.stringContaining(word) }] }),
  );
  it.each(['\n', '\r\n', '\r'])(
    'names the line that a person finds it on, after cells of several lines and empty lines, which end with %j',
    (end) => {
      const text = ['country,rate,note', 'US,1,"a', 'b"', '', 'DE,2,"c', '', 'd"', '', '', 'FR,3'].join(end);
      expect(readCsv(text, table).problems).toEqual([{ code: 'TABLE_INVALID', line: 10, detail: 'has 2 cells; the header has 3' }]);
      expect(readCsv(`${text},x${end}`, table).lines).toEqual([2, 5, 10]);
    },
  );
  it('names the line', () => expect(readCsv('country,rate\nUS,1\nDE', table).problems).toEqual([expect.objectContaining({ line: 3 })]));
});

describe('forgottenCells', () => {
  const stored = (more: Partial<StoredRow>): StoredRow => ({ id: 'row_1', key: { country: 'DE' }, values: { rate: '19', note: 'kept', since: null, on: null }, validFrom: null, validTo: null, ...more }); // prettier-ignore
  const of = (text: string, ...rows: StoredRow[]) =>
    forgottenCells(readCsv(text, table), rows).map(({ line, detail }) => [line, detail.replace(/;.*/, '')]);
  it('are what a row says where the file has no column', () =>
    expect(of('country,rate\nUS,1\nDE,20\n', stored({}))).toEqual([[3, 'the row has a note, and the file has no column note']]));
  it('are none where the cell is empty, or of another row', () => {
    expect(of('country,rate,note\nDE,20,\n', stored({}))).toEqual([]);
    expect(of('country,rate,validFrom\nDE,20,2027-01-01\n', stored({}))).toEqual([]);
  });
  it('are a last day as well, unless the row that follows ends it', () => {
    const ended = stored({ validTo: '2026-12-31', values: { rate: '19' } });
    expect(of('country,rate\nDE,20\n', ended)).toEqual([[2, 'the row has a validTo, and the file has no column validTo']]);
    expect(of('country,rate\nDE,20\n', ended, stored({ id: 'row_2', validFrom: '2027-01-01' }))).toEqual([]);
  });
});
