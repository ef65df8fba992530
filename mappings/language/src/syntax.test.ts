// Every part of an expression has its place in the text, so that it can be evaluated, shown and renamed where it stands.
import { describe, expect, it } from '@jest/globals';
import { compile } from './compile.js';
import { parseSyntax, seeing, seeingFunction, subExpressionAt, variableAt } from './syntax.js';

const partsOf = (source: string) => parseSyntax(source)!.subExpressions().map(({ from, to }) => source.slice(from, to)); // prettier-ignore
/** What one part of an expression was, each time that it was evaluated. */
async function seen(source: string, part: string, input: unknown): Promise<unknown[]> {
  const from = source.indexOf(part);
  const values: unknown[] = [];
  const look = (value: unknown) => (values.push(value), value);
  await compile(seeing(source, { from, to: from + part.length })).evaluate(input, { asOf: '2026-01-01', tables: {}, more: { [seeingFunction]: look } }); // prettier-ignore
  return values.map((value) => JSON.parse(JSON.stringify(value ?? null)) as unknown);
}

describe('the parts of an expression', () => {
  it.each([
    ['a.b[c=1].{"x": d, "y": -1}', ['a.b[c=1].{"x": d, "y": -1}', 'a.b[c=1]', 'a', 'c=1', 'c', '1', 'd', '-1']],
    ['$money.add(a, "1") / 2', ['$money.add(a, "1") / 2', '$money.add(a, "1")', 'a', '"1"', '2']],
    ['($f := function($y){ $y.z }; $f(x))', ['($f := function($y){ $y.z }; $f(x))', '$y.z', '$y', '$f(x)', 'x']],
    ['a ~> |x|{"y":1}| ~> $count', ['a ~> |x|{"y":1}| ~> $count', 'a ~> |x|{"y":1}|', 'a', 'x', '{"y":1}', '1', '$count']],
    ['(1+2)*b[]', ['(1+2)*b[]', '(1+2)', '1+2', '1', '2', 'b[]']],
    ['/* a( */ $match("(", /[/]\\)/i) & b', ['$match("(", /[/]\\)/i) & b', '$match("(", /[/]\\)/i)', '"("', '/[/]\\)/i', 'b']],
  ])('%s', (source, parts) => expect(partsOf(source)).toEqual(parts));
  it('finds the smallest one under a pointer, and the one that is selected', () => {
    const source = '{"t": $money.add(lines.amount, tax)}';
    const at = (from: number, to?: number) => {
      const found = subExpressionAt(parseSyntax(source)!, from, to)!;
      return source.slice(found.from, found.to);
    };
    expect(at(source.indexOf('ines'))).toBe('lines');
    expect(at(source.indexOf('mount'))).toBe('lines.amount');
    expect(at(source.indexOf('money'))).toBe('$money.add(lines.amount, tax)');
    expect(at(source.indexOf('amount'), source.indexOf('tax'))).toBe('$money.add(lines.amount, tax)');
  });
  it('says nothing of what is no expression', () => expect([parseSyntax('{"a": '), parseSyntax(' ')]).toEqual([undefined, undefined]));
});

describe('the value of a part', () => {
  it('is what it was where it stands, once for each time', async () => {
    const input = { lines: [{ a: 1 }, { a: 2 }], f: 10 };
    expect(await seen('{"x": lines.{"y": a * 2}, "z": f}', 'a * 2', input)).toEqual([2, 4]);
    expect(await seen('{"x": lines.a, "z": f}', 'lines', input)).toEqual([input.lines]);
    expect(await seen('($g := function($l) { $l.a + 1 }; $map(lines, $g))', '$l.a', input)).toEqual([1, 2]);
    expect(await seen('{"x": lines[a = 2].a}', 'a = 2', input)).toEqual([false, true]);
    expect(await seen('nothing.here', 'nothing', input)).toEqual([null]);
  });
});

describe('the places of a variable', () => {
  const source = '($x := 1; $f := function($x){ $x + 1 }; $f($x) + ($x := 3; $x) + $source.x)';
  const places = (at: number) => variableAt(parseSyntax(source)!, at)?.ranges.map(({ from }) => from);
  it('are those of its own binding, not of another one with its name', () => {
    const outer = [source.indexOf('$x'), source.indexOf('$x) + (')];
    expect(places(outer[0]!)).toEqual(outer);
    expect(places(outer[1]! + 1)).toEqual(outer);
    const parameter = source.indexOf('$x){');
    expect(places(parameter)).toEqual([parameter, source.indexOf('$x + 1')]);
    const inner = source.indexOf('$x := 3');
    expect(places(inner)).toEqual([inner, source.indexOf('$x) + $source')]);
  });
  it('are nowhere for what the engine gives', () => expect(places(source.indexOf('$source') + 2)).toBeUndefined());
});
