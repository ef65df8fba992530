// C-g and C-h are shown one thing too many, and must name it; and a clean world, and must be silent.
import { describe, expect, it } from '@jest/globals';
import { leftOvers, type AtRest, type ProcessFact } from './baseline.js';
import { secretsIn } from './leaks.js';

const engine = (pid: number): ProcessFact => ({ pid, parent: 1, group: pid, command: 'node engine-child.js', residentMb: 150 });
const mapping = (pid: number, parent: number, group = parent): ProcessFact => ({
  pid,
  parent,
  group,
  command: 'node x/mapping-runtime/child.js',
  residentMb: 50,
});
const rest: AtRest = {
  processes: [engine(10), mapping(11, 10), engine(20), mapping(21, 20), mapping(99, 98)],
  engines: new Map([[10, 'api'], [20, 'worker-1']]),
  groups: new Set([10, 15, 20]),
  connections: { open: 30, idle: 0 },
}; // prettier-ignore
const with_ = (change: Partial<AtRest>) => leftOvers({ ...rest, ...change }).map(({ checker, sentence }) => `${checker}: ${sentence}`);

describe('C-h', () => {
  it('is silent at rest, whatever other worlds run', () => expect(with_({})).toEqual([]));
  it('names a mapping process that outlived its engine', () =>
    expect(with_({ processes: [...rest.processes, mapping(16, 1, 15)] })).toEqual(['C-h: the mapping process 16 outlived its engine']));
  it('names a second mapping process', () =>
    expect(with_({ processes: [...rest.processes, mapping(12, 10)] })).toEqual(['C-h: api has 2 mapping processes']));
  it('names an engine that holds memory', () =>
    expect(with_({ processes: [{ ...engine(10), residentMb: 700 }, engine(20)] })).toEqual(['C-h: api holds 700 MB']));
  it('names connections that nobody gave back, and one that idles in a transaction', () =>
    expect(with_({ connections: { open: 49, idle: 1 } })).toEqual(['C-h: 49 connections are open; 48 at most are', 'C-h: 1 connections idle in a transaction']));
}); // prettier-ignore

describe('C-g', () => {
  const secrets = [['erpToken', 'erp-token-1'], ['apiKey', 'api-key-2']] as const; // prettier-ignore
  it('is silent where no planted secret stands', () => expect(secretsIn('{"token":"***"}', 'the log of api', secrets)).toEqual([]));
  it('names the secret and the place', () =>
    expect(secretsIn('{"token":"erp-token-1"}', 'the log of api', secrets)).toMatchObject([
      { checker: 'C-g', harm: 'leak', sentence: 'the erpToken stands in the log of api' },
    ]));
});
