// What the Studio works out without a page: values of parts, runs of cases, names, places, and what nothing reads.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parseSyntax, subExpressionAt, trace, type GoldenCase } from '@waybill/mapping-language';
import { expectationOf } from './cases-panel.js';
import type { CaseRun, EvaluateAnswer, EvaluateTask, Given, Seen } from './evaluate.worker.js';
import { deliveryOf, givenOf, isInstant } from './given.js';
import { spotsOf } from './json-places.js';
import { documentationAt, seenWords } from './looking.js';
import { pickedOf, pickedText, shownBy } from './origin-panel.js';
import { nameProblem, renamed, renamingAt } from './rename-dialog.js';
import { unreadSpots } from './studio.js';

/** The worker's own program, without a worker around it. */
let ask: (task: EvaluateTask) => Promise<EvaluateAnswer>;
beforeAll(async () => {
  const scope = globalThis as unknown as { postMessage: (answer: EvaluateAnswer) => void; onmessage: (event: { data: unknown }) => void };
  let answered: (answer: EvaluateAnswer) => void;
  scope.postMessage = (answer) => answered(answer);
  await import('./evaluate.worker.js');
  ask = (task) =>
    new Promise((done) => {
      answered = done;
      scope.onmessage({ data: { ...task, id: 1 } });
    });
});

const table = { name: 't', version: 1, key: ['k'], rows: [
  { key: { k: 'a' }, values: { v: 'old' }, validFrom: null, validTo: '2025-12-31' },
  { key: { k: 'a' }, values: { v: 'new' }, validFrom: '2026-01-01', validTo: null },
] }; // prettier-ignore
const given: Given = {
  input: { total: '1.00', lines: [{ n: 1 }, { n: 2 }] },
  enriched: undefined,
  flow: { name: 'f' },
  delivery: {},
  revision: '7',
  asOf: '2026-06-01',
  tables: [table],
};
const outputOf = async (task: EvaluateTask): Promise<unknown> => {
  const answer = await ask(task);
  if (!answer.ok) throw new Error(answer.failure.message);
  return JSON.parse(answer.output) as unknown;
};

describe('the worker', () => {
  const run = (source: string, changed: Partial<Given> = {}) => outputOf({ kind: 'run', source, given: { ...given, ...changed } });
  it('runs with tables, by the day that is given, and with every binding', async () => {
    const source = '{ "v": $table("t", {"k": "a"}).v, "f": $flow.name, "r": $revision }';
    expect(await run(source)).toEqual({ v: 'new', f: 'f', r: '7' });
    expect(await run(source, { asOf: '2025-06-01' })).toMatchObject({ v: 'old' });
  });
  it('sees what a part was, also before the expression failed', async () => {
    const see = (source: string, part: string) => {
      const from = source.indexOf(part);
      return outputOf({ kind: 'see', source, given, part: { from, to: from + part.length } }) as Promise<Seen>;
    };
    expect(await see('{ "a": lines.(n * 2) }', 'n * 2')).toEqual({ times: 2, values: ['2', '4'] });
    expect(await see('{ "a": total, "b": $fail("X", "no") }', 'total')).toEqual({ times: 1, values: ['"1.00"'] });
    expect(await see('($f := function($x) { $x + 1 }; { "a": total })', '$x + 1')).toEqual({ times: 0, values: [] });
    expect((await ask({ kind: 'see', source: '{ "a": $fail("X", "no") }', given, part: { from: 0, to: 25 } })).ok).toBe(false);
  });
  it('runs cases, each for itself, and gives the output of those that are red', async () => {
    const one = (id: string, more: Partial<GoldenCase>): GoldenCase => ({ id, name: id, tags: [], input: { n: 1 }, asOf: '2026-06-01', expects: { kind: 'whole', output: { n: 1 } }, ...more });
    const cases = [one('holds', {}), one('red', { input: { n: 2 } }), one('fails', { input: {} }), one('refused', { input: {}, expects: { kind: 'failure', contains: 'missing' } })];
    expect(await outputOf({ kind: 'cases', source: '{ "n": $require(n, "n is missing") }', cases, tables: [] })).toEqual([
      { id: 'holds', differences: [] },
      { id: 'red', differences: [{ path: '/n', expected: 1, got: 2 }], output: { n: 2 } },
      { id: 'fails', differences: [expect.objectContaining({ path: '' })], failure: expect.objectContaining({ message: 'n is missing' }) },
      { id: 'refused', differences: [] },
    ]);
  }); // prettier-ignore
});

describe('words', () => {
  it('say what a function does, and nothing of what is none', () => {
    expect(documentationAt('{"a": $money.add(b)}', 8)).toMatchObject({ name: '$money.add', signature: '(a, b, …)' });
    expect(documentationAt('$uppercase(b)', 3)).toMatchObject({ name: '$uppercase' });
    expect([documentationAt('$mine(b)', 3), documentationAt('abc', 1), documentationAt('$map(b)', 5)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
  it('say what a part was', () => {
    const words = (seen: Seen) => seenWords({ ok: true, ms: 1, output: JSON.stringify(seen) });
    expect(words({ times: 0, values: [] })).toBe('With this sample it is not evaluated.');
    expect(words({ times: 1, values: [null] })).toBe('nothing');
    expect(words({ times: 3, values: ['1', '1', '2'] })).toBe('1 · 2 (evaluated 3 times)');
    expect(words({ times: 40, values: ['1', '2', '3', '4'] })).toBe('1 · 2 · 3 · … (evaluated 40 times)');
  });
});

describe('a rename', () => {
  const source = '($x := 1; $f := function($x) { $x }; $f($x))';
  it('changes the places of one variable alone', () => {
    const renaming = renamingAt(source, source.lastIndexOf('$x') + 1)!;
    expect(renamed(source, renaming, 'total')).toBe('($total := 1; $f := function($x) { $x }; $f($total))');
    expect(subExpressionAt(parseSyntax(renamed(source, renaming, 'total'))!, 1)).toBeDefined();
  });
  it('takes no name of the language, and none that is used', () => {
    const renaming = renamingAt(source, 2)!;
    expect(['1a', 'f', 'sum', 'source', 'now', 'money'].map((name) => typeof nameProblem(source, renaming, name))).toEqual(
      Array(6).fill('string'),
    );
    expect(['x', 'total'].map((name) => nameProblem(source, renaming, name))).toEqual([undefined, undefined]);
    expect(renamingAt(source, source.indexOf('function'))).toBeUndefined();
  });
});

describe('what is picked', () => {
  it('stands in the address', () => {
    for (const picked of [
      { in: 'output', path: ['lines', '0', 'a/b'] },
      { in: 'source', path: ['x'] },
      { in: 'enriched', path: [] },
    ] as const)
      expect(pickedOf(pickedText({ ...picked, path: [...picked.path] }))).toEqual(picked);
    expect([pickedOf(undefined), pickedOf('nowhere:/x')]).toEqual([undefined, undefined]);
  });
  it('is shown where it is made and where it is read', () => {
    const source = '{"total": net, "all": lines.n}';
    const shown = shownBy({ in: 'output', path: ['total'] }, trace(source));
    expect(shown).toEqual({ ranges: [{ from: 10, to: 13 }], places: [{ root: 'source', path: ['net'] }] });
    expect(shownBy({ in: 'source', path: ['lines', '4', 'n'] }, trace(source)).ranges).toEqual([{ from: 22, to: 29 }]);
  });
});

it('finds the outermost values of a sample that nothing reads', () => {
  const text = JSON.stringify({
    id: 1,
    lines: [
      { n: 1, tax: { a: 1 } },
      { n: 2, tax: { b: 2 } },
    ],
    other: { deep: [1] },
  });
  const traced = trace('{"id": id, "n": lines.n}')!;
  const unread = unreadSpots(spotsOf(text), (path) => traced.isUsed({ root: 'source', path }));
  expect(unread.map(({ path }) => path.join('/'))).toEqual(['lines/0/tax', 'lines/1/tax', 'other']);
});

describe('what is given', () => {
  it('is as it was recorded, and of a sample of one\'s own as one that happens now', () => {
    const recorded = { occurredAt: '2026-01-02T00:00:00Z', flow: 'f', revision: '3', delivery: { type: 'x' } };
    expect(givenOf(recorded as never, 'g', {}, 'now')).toEqual({ asOf: '2026-01-02T00:00:00Z', flow: 'f', revision: '3', delivery: '{\n  "type": "x"\n}' });
    expect(givenOf(undefined, 'g', { occurredAt: '2026-05-05' }, 'now')).toMatchObject({ asOf: '2026-05-05', flow: 'g', revision: '0' });
    expect(givenOf(undefined, undefined, undefined, '2026-01-01T00:00:00Z')).toMatchObject({ asOf: '2026-01-01T00:00:00Z', flow: '' });
  }); // prettier-ignore
  it('is read, or said to be wrong', () => {
    expect([deliveryOf('{"a": 1}'), deliveryOf(''), deliveryOf('[]'), deliveryOf('{')]).toEqual([{ a: 1 }, {}, undefined, undefined]);
    expect(['2026-11-23', '2026-11-23T04:00:00Z', '2026-11-23T04:00:00+02:00', '2026-13-40', 'today', '2026'].map(isInstant)).toEqual([true, true, true, false, false, false]); // prettier-ignore
  });
});

it('accepts a new output in the way that the case expects it', () => {
  const run: CaseRun = { id: 'c', differences: [], output: { a: 1, l: [{ x: 2 }] } };
  expect(expectationOf({ kind: 'whole', output: {} }, run)).toEqual({ kind: 'whole', output: run.output });
  expect(expectationOf({ kind: 'paths', values: [{ path: '/l/0/x', value: 9 }, { path: '/gone', value: 1 }] }, run)).toEqual({ kind: 'paths', values: [{ path: '/l/0/x', value: 2 }, { path: '/gone' }] }); // prettier-ignore
  expect(expectationOf({ kind: 'whole', output: {} }, { id: 'c', differences: [], failure: { code: 'X', category: 'master-data', message: 'no row' } })).toEqual({ kind: 'failure', category: 'master-data', contains: 'no row' }); // prettier-ignore
});
