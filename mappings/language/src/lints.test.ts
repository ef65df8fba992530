// What is probably not meant is said with its place, a sentence and what to do instead; mappings that work are left in peace.
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainFunctions, refusedFunctions } from './functions.js';
import { isDecimalSchema, lintExpression, type LintWorld } from './lints.js';
import jsonata from 'jsonata';

const amount = { type: 'string', pattern: '^-?\\d{1,30}(\\.\\d{1,20})?$' };
const target = { type: 'object', properties: { total: amount, n: { type: 'number' }, lines: { type: 'array', items: { type: 'object', properties: { amount, codes: { type: 'array' } } } } } }; // prettier-ignore
const told = (source: string, world: LintWorld = { target }) =>
  lintExpression(source, world).map(({ code, from, position }) => [code, source.slice(from, position)]);

describe('lints', () => {
  it.each([
    ['a key in back quotes', '{`total`: "1"}', [['MAPPING_KEY_IS_FIELD', '`total`']]],
    ['a field given twice', '{"a": 1, "b": 2, "a": 3}', [['MAPPING_KEY_TWICE', '"a"']]],
    ['a function that is not there', '{"a": $lastOf(x), "b": $f(1)}', [['MAPPING_FUNCTION_ABSENT', '$lastOf'], ['MAPPING_FUNCTION_ABSENT', '$f']]], // prettier-ignore
    ['a double in a money field', '($t := net * 1.19; {"total": $t, "n": net * 2})', [['MAPPING_FLOAT_TO_MONEY', '$t']]],
    ['a double in the money of a line', '{"lines": [lines.{"amount": $sum(parts)}]}', [['MAPPING_FLOAT_TO_MONEY', '$sum(parts)']]],
    ['one item where a list is asked for', '{"lines": $map(lines, function($l) { {"amount": $l.a} })}', [['MAPPING_LIST_OR_ONE', '$map(lines, function($l) { {"amount": $l.a} })']]], // prettier-ignore
    ['a list where one value is asked for', '{"total": [a]}', [['MAPPING_LIST_OR_ONE', '[a]']]],
  ])('%s', (_, source, expected) => expect(told(source)).toEqual(expected));
  it('a path that is nowhere is told once, at the name that is wrong', () => {
    const fields = new Set(['customer', 'customer.id', 'lines', 'lines.net']);
    const knows: LintWorld['knows'] = ({ root, path }) => (root === 'source' ? fields.has(path.join('.')) : undefined);
    expect(told('{"a": customer.idd.deep, "b": lines.net, "c": $enriched.any}', { knows })).toEqual([
      ['MAPPING_PATH_UNKNOWN', 'customer.idd'],
    ]);
    expect(lintExpression('{"a": customer.idd}', { knows })[0]).toMatchObject({ severity: 'warning', message: expect.stringContaining('customer.idd is in no recorded payload'), remedy: expect.any(String) }); // prettier-ignore
    expect(told('{"a": customer.idd}', {})).toEqual([]);
  });
  it('say nothing of what works', () =>
    expect(told('($f := function($x) { $x.a }; {"total": $money.add(a, "1"), "lines": [$map(lines, $f)], "n": 1 + 2, "k": x.{ id: 1 }})')).toEqual([])); // prettier-ignore
  it('say nothing of the mappings of the packs', () => {
    const packs = join(import.meta.dirname, '../..');
    for (const file of readdirSync(packs, { recursive: true, encoding: 'utf8' }).filter((name) => /^[a-z-]+\/[a-z-]+\.jsonata$/.test(name)))
      expect([file, lintExpression(readFileSync(join(packs, file), 'utf8'))]).toEqual([file, []]);
  });
});

describe('the table of functions', () => {
  it('lists every function of JSONata but those that are refused, and none that is not there', async () => {
    for (const { name } of plainFunctions) expect([name, await jsonata(`$type(${name})`).evaluate({})]).toEqual([name, 'function']);
    expect(plainFunctions.map(({ name }) => name.slice(1)).filter((name) => refusedFunctions.includes(name))).toEqual([]);
  });
});

it('knows decimal text by its pattern', () => {
  expect(isDecimalSchema(amount)).toBe(true);
  expect([isDecimalSchema({ type: 'string', pattern: '^[a-z]+$' }), isDecimalSchema({ type: 'string' }), isDecimalSchema({ type: 'number' })]).toEqual([false, false, false]); // prettier-ignore
});
