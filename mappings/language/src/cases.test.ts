// A golden case holds, or says where the output is another one.
import { describe, expect, it } from '@jest/globals';
import { bindingsOf, differencesOf, valueAt } from './cases.js';
import { compile } from './compile.js';

const failure = { code: 'MAPPING_REQUIRED', category: 'master-data', message: 'No legal entity for BR' } as const;

describe('a golden case', () => {
  it('expects the whole output, in whatever order', () => {
    const expects = { kind: 'whole', output: { a: 1, l: [{ x: '1' }], n: null } } as const;
    expect(differencesOf(expects, { output: { n: null, l: [{ x: '1' }], a: 1 } })).toEqual([]);
    expect(differencesOf(expects, { output: { a: '1', l: [{ x: '1' }, { x: '2' }], 'b/c': 2, n: null } })).toEqual([
      { path: '/a', expected: 1, got: '1' },
      { path: '/l/1', expected: undefined, got: { x: '2' } },
      { path: '/b~1c', expected: undefined, got: 2 },
    ]);
  });
  it('or single paths, one of which may have to be absent', () => {
    const expects = { kind: 'paths', values: [{ path: '/l/0/x', value: '1' }, { path: '/gone' }] } as const;
    const paths = { ...expects, values: [...expects.values] };
    expect(differencesOf(paths, { output: { l: [{ x: '1' }], other: 5 } })).toEqual([]);
    expect(differencesOf(paths, { output: { l: [], gone: 1 } })).toEqual([
      { path: '/l/0/x', expected: '1', got: undefined },
      { path: '/gone', expected: undefined, got: 1 },
    ]);
  });
  it('or that the sample is refused', () => {
    const expects = { kind: 'failure', category: 'master-data', contains: 'No legal entity' } as const;
    expect(differencesOf(expects, { failure })).toEqual([]);
    expect(differencesOf(expects, { output: {} })).toMatchObject([{ words: expect.stringContaining('made an output') }]);
    expect(differencesOf({ ...expects, category: 'transformation' }, { failure })).toMatchObject([{ got: 'master-data' }]);
    expect(differencesOf({ kind: 'whole', output: {} }, { failure })).toMatchObject([
      { words: expect.stringContaining('No legal entity for BR') },
    ]);
  });
  it('brings rows of its own in the place of the tables as they are', async () => {
    const table = (value: string) => ({ name: 't', version: 1, key: ['k'], rows: [{ key: { k: 'a' }, values: { v: value }, validFrom: null, validTo: null }] }); // prettier-ignore
    const one = { id: '1', name: 'n', tags: [], input: {}, asOf: '2026-01-01', expects: { kind: 'whole', output: {} } } as const;
    const run = (tables: ReturnType<typeof table>[]) =>
      compile('$table("t", {"k": "a"}).v').evaluate({}, bindingsOf({ ...one, tags: [], tables }, { t: table('now') }));
    expect([await run([]), await run([table('own')])]).toEqual(['now', 'own']);
  });
  it('reads a value at a pointer', () =>
    expect(['/a/0/b~1c', '/a/x', '/toString', ''].map((path) => valueAt({ a: [{ 'b/c': 1 }] }, path))).toEqual([1, undefined, undefined, { a: [{ 'b/c': 1 }] }])); // prettier-ignore
});
