// The mapping language: money without floats, tables by date, nothing that a clock or chance decides, and limits that hold.
import { describe, expect, it } from '@jest/globals';
import { checkExpression, pathsRead, tablesRead } from './check.js';
import { compile, output, type Bindings } from './compile.js';
import { plainJsonata } from './dialect.js';
import { isMappingFailure } from './failure.js';
import { findRow, type TableRows } from './tables.js';

const entity: TableRows = {
  name: 'legal-entity',
  version: 3,
  key: ['country'],
  rows: [
    { key: { country: 'DE' }, values: { entity: 'DE' }, validFrom: null, validTo: '2025-12-31' },
    { key: { country: 'DE' }, values: { entity: 'EU' }, validFrom: '2026-01-01', validTo: null },
    { key: { country: '*' }, values: { entity: 'US' }, validFrom: null, validTo: null },
  ],
};
const bindings: Bindings = { asOf: '2026-11-23T04:00:00Z', tables: { 'legal-entity': entity } };
const run = (source: string, input: unknown = {}, more: Partial<Bindings> = {}) =>
  compile(source).evaluate(input, { ...bindings, ...more });
const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!isMappingFailure(error)) throw new Error(`expected a failure, got ${String(error)}`);
  return error.facts;
};

describe('money in mappings', () => {
  it('sees the input in its arguments', async () => expect(await run('$money.add(total, tax)', { total: '0.1', tax: '0.2' })).toBe('0.3'));
  it('works as a value and inside paths', async () => {
    expect(await run('$reduce(lines.amount, $money.add)', { lines: [{ amount: '1.10' }, { amount: '2.20' }] })).toBe('3.30');
    expect(output(await run('lines.$money.fromMinor(cents, 2)', { lines: [{ cents: 5 }, { cents: 120 }] }))).toBe('["0.05","1.20"]');
    expect(await run('$money.sum(lines.amount)', { lines: { amount: '7' } })).toBe('7');
  });
  it('names the function and the value when an argument is no amount', async () => {
    expect(await failure(run('$money.add(total, "1")', {}))).toMatchObject({
      code: 'MAPPING_ARGUMENT',
      message: expect.stringContaining('$money.add'),
    });
  });
  it('leaves strings, comments and regular expressions alone', () => {
    expect(plainJsonata(`"$money.add" & '$date.of' /* $money.add */ ~> $replace(/$money.add/, "")`)).toContain(
      '"$money.add" & \'$date.of\' /* $money.add */',
    );
    expect(plainJsonata('a / $money.add(b) / c')).toBe('a / $money_add(b) / c');
  });
});

describe('tables in mappings', () => {
  it('finds the row valid on the day', async () => {
    expect(await run('$table("legal-entity", {"country": "DE"}, "2025-06-30").entity')).toBe('DE');
    expect(await run('$table("legal-entity", {"country": "DE"}).entity')).toBe('EU');
  });
  it('prefers the exact row to *', () => {
    expect(findRow(entity, { country: 'FR' }, '2026-01-01')?.values['entity']).toBe('US');
    expect(findRow({ ...entity, rows: entity.rows.slice(0, 2) }, { country: 'FR' }, '2026-01-01')).toBeUndefined();
  });
  it('says which row was missing when a required value is absent', async () => {
    const strict = { ...entity, rows: [] };
    expect(
      await failure(
        run(
          '$require($table("legal-entity", {"country": c}).entity, "No legal entity for " & c)',
          { c: 'FR' },
          { tables: { 'legal-entity': strict } },
        ),
      ),
    ).toEqual({
      code: 'MAPPING_REQUIRED',
      category: 'master-data',
      message: 'No legal entity for FR',
      missing: { table: 'legal-entity', by: { country: 'FR' } },
    });
  });
  it('knows which fields an expression reads, inside functions, conditions and predicates too', () =>
    expect(
      pathsRead('($f := function($l) { $l.period.start }; lines.data[kind = "x"].$f($).y; a.(b; c.d); total > 0 ? $x.e : [z])').sort(),
    ).toEqual([['a'], ['b'], ['c', 'd'], ['e'], ['kind'], ['lines', 'data'], ['period', 'start'], ['total'], ['y'], ['z']]));
  it('knows which tables an expression reads', () => expect(tablesRead('$table("a", {}) & b.$table("c", {})')).toEqual(['a', 'c']));
});

describe('limits', () => {
  it.each([
    ['a loop', '($f := function($x) { $f($x + 1) }; $f(1))', 'D1012'],
    ['deep recursion', '($f := function($x) { 1 + $f($x + 1) }; $f(1))', 'D1011'],
    ['a long range', '[1..9999999]', 'D2015'],
  ])('%s ends with %s', async (_, source, code) => {
    // JSONata's clock is on the wall: a machine that is busy with other things may end an evaluation before its real limit does.
    let seen = (await failure(run(source))).code;
    for (let again = 0; again < 9 && seen === 'D1012' && code !== seen; again += 1) seen = (await failure(run(source))).code;
    expect(seen).toBe(code);
  });
  it('refuses clock, chance and text as code', async () => {
    for (const name of ['now()', 'millis()', 'random()', 'eval("1")'])
      expect((await failure(run(`$${name}`))).code).toBe('MAPPING_FUNCTION_REFUSED');
  });
  it('refuses output that is too large, too deep or nothing', () => {
    expect(() => output('x'.repeat(300_000))).toThrow(/bytes/);
    expect(() => output(undefined)).toThrow(/nothing/);
    let deep: unknown = 1;
    for (let i = 0; i < 40; i += 1) deep = [deep];
    expect(() => output(deep)).toThrow(/deeper/);
  });
});

describe('checks before saving', () => {
  it.each([
    ['{ "a": }', 'S0211'],
    ['$now()', 'MAPPING_FUNCTION_REFUSED'],
    ['$money.plus(1, 2)', 'MAPPING_FUNCTION_UNKNOWN'],
    ['amount * 0.0125', 'MAPPING_MONEY_FLOAT'],
    ['$match(x, /^(a+)+$/)', 'MAPPING_REGEX_UNSAFE'],
    ['', 'MAPPING_EMPTY'],
  ])('%p has %s', (source, code) => expect(checkExpression(source).map((p) => p.code)).toContain(code));
  it('finds nothing wrong with a good one', () =>
    expect(checkExpression('{ "total": $money.add(total, "1.00"), "n": quantity + 1 }')).toEqual([]));
});

describe('dates', () => {
  it.each([
    ['$date.fromUnix(1784419199, "Europe/Berlin")', '2026-07-19'],
    ['$date.of("2026-10-25T00:30:00Z", "America/New_York")', '2026-10-24'],
    ['$date.addMonths("2026-01-31", 1)', '2026-02-28'],
    ['$date.endOfMonth("2028-02-03")', '2028-02-29'],
    ['$date.daysBetween("2026-03-28", "2026-03-30")', 2],
  ])('%s', async (source, expected) => expect(await run(source)).toBe(expected));
  it('refuses a date that does not exist', async () =>
    expect((await failure(run('$date.addDays("2026-02-30", 1)'))).message).toContain('2026-02-30'));
});
