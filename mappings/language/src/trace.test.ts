// Where values come from, by the tree alone: exact where the tree can tell, and where it cannot, it says why instead of guessing.
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeText, trace, type Place } from './trace.js';

const told = (source: string, path: string) => {
  const { exact, why, trails, reads, decides } = trace(source)!.originOf(path.split('/').slice(1));
  return {
    exact,
    ...(why ? { why } : {}),
    by: trails.map((trail) => trail.map(({ from, to }) => source.slice(from, to))),
    reads: reads.map(placeText),
    decides: decides.map(placeText),
  };
};
const source = (path: string): Place => ({ root: 'source', path: path.split('.') });

describe('the origin of an output value', () => {
  it('is the expression of its field, what its variables were bound to, and the fields that it is made of', () => {
    expect(told('($d := 2; {"total": $money.round(total, $d), "who": customer})', '/total')).toEqual({ exact: true, by: [['$money.round(total, $d)']], reads: ['total'], decides: [] }); // prettier-ignore
    expect(told('($t := total; {"total": $t})', '/total')).toMatchObject({ by: [['$t', 'total']], reads: ['total'] });
    expect(told('{"who": customer}', '/who/name')).toEqual({ exact: true, by: [['customer']], reads: ['customer.name'], decides: [] });
  });
  it('goes through lists, functions of the mapping, $map and predicates', () => {
    expect(told('{"lines": lines.{"amount": net}}', '/lines/3/amount')).toMatchObject({ exact: true, by: [['net']], reads: ['lines.net'] });
    expect(told('($l := function($x) { {"a": $x.net} }; {"lines": [$map(lines.data, function($y) { $l($y) })]})', '/lines/0/a')).toMatchObject({ exact: true, by: [['$x.net']], reads: ['lines.data.net'] }); // prettier-ignore
    expect(told('{"a": lines[kind = "x"].net}', '/a')).toMatchObject({ reads: ['lines.net'], decides: ['lines.kind'] });
  });
  it('has a trail for each branch, and what decides between them', () =>
    expect(told('{"a": paid ? b : $string(c)}', '/a')).toEqual({ exact: true, by: [['paid ? b : $string(c)', 'b'], ['paid ? b : $string(c)', '$string(c)']], reads: ['b', 'c'], decides: ['paid'] })); // prettier-ignore
  it('names the column of a table, and what chose the row', () =>
    expect(told('($e := $require($table("legal-entity", {"country": country}), "none"); {"entity": $e.entity})', '/entity')).toMatchObject({ exact: true, reads: ['table legal-entity · entity'], decides: ['country'] })); // prettier-ignore
  it('knows merged objects, looked-up names and what was looked up outside', () => {
    expect(told('$merge([{"a": x}, {"b": y}])', '/b')).toMatchObject({ exact: true, reads: ['y'] });
    expect(told('{"a": $lookup(names, "en")}', '/a')).toMatchObject({ exact: true, reads: ['names.en'] });
    expect(told('{"a": $enriched.customer.id}', '/a')).toMatchObject({ reads: ['$enriched.customer.id'] });
  });
  it('says why where it cannot be known', () => {
    expect(told('{"a": $each(o, function($v, $k) { $k })}', '/a/x')).toMatchObject({ exact: false, why: 'a function made it as a whole' });
    expect(told('$merge([{"a": x}, other])', '/b')).toMatchObject({ exact: false, why: expect.stringContaining('merged') });
    expect(told('{"a": *.b}', '/a')).toMatchObject({ exact: false, why: expect.stringContaining('every field') });
    expect(told('{"a": o ~> |x|{"y": 1}|}', '/a')).toMatchObject({ exact: false, why: expect.stringContaining('transform') });
    expect(told('($f := function($n) { $n > 0 ? $f($n - 1) : x }; {"a": $f(3)})', '/a').reads).toContain('x');
    expect(told('{"a": x}', '/b')).toMatchObject({ exact: false, why: 'the expression makes no such field', reads: [] });
  });
  it('has nothing to say of what is no expression', () => expect(trace('{"a": ')).toBeUndefined());
});

describe('what an expression reads', () => {
  const text = '($l := function($x) { {"a": $x.net} }; {"lines": [$map(lines, $l)], "who": customer, "n": $exists(memo) ? "y" : "n"})';
  const traced = trace(text)!;
  it('is used, with what is inside of what is taken as a whole; the rest is not', () => {
    for (const used of ['lines.net', 'lines', 'customer', 'customer.name', 'memo']) expect([used, traced.isUsed(source(used))]).toEqual([used, true]); // prettier-ignore
    for (const not of ['lines.tax', 'other', 'memo.text']) expect([not, traced.isUsed(source(not))]).toEqual([not, false]);
  });
  it('is not used where only something that goes nowhere depends on it', () => {
    const aside = trace('($aside := flag ? a : b; {"c": paid ? c : d})')!;
    expect(['flag', 'a', 'paid', 'c', 'd'].map((path) => aside.isUsed(source(path)))).toEqual([false, false, true, true, true]);
  });
  it('is found where it stands', () => {
    const read = (path: string) => {
      const { exact, at } = traced.readersOf(source(path));
      return { exact, at: at.map(({ from, to }) => text.slice(from, to)) };
    };
    expect(read('lines.net')).toEqual({ exact: true, at: ['$x.net'] });
    expect(read('customer.name')).toEqual({ exact: false, at: ['customer'] });
    expect(read('lines.tax')).toEqual({ exact: true, at: [] });
  });
});

it('follows every mapping of the packs to every field that it makes, none to the limit of what is looked at', () => {
  const packs = join(import.meta.dirname, '../..');
  const files = readdirSync(packs, { recursive: true, encoding: 'utf8' }).filter((file) => /^[a-z-]+\/[a-z-]+\.jsonata$/.test(file));
  expect(files.length).toBeGreaterThan(30);
  for (const file of files) {
    const { why } = trace(readFileSync(join(packs, file), 'utf8'))!.originOf([]);
    expect([file, why]).toEqual([file, undefined]);
  }
});
