// The checker of usage is shown a ledger in which one thing is wrong, and must name it; and the same ledger without it, and must be silent.
import { describe, expect, it } from '@jest/globals';
import { callMeter, collidingPairs, expectedUsage, loginMeter, sourceOf, usageEvent } from '../load/usage-plan.js';
import { usageDifferences, type UsageSeen } from './usage.js';

const brought = [{ source: sourceOf('t'), events: 230 }];
const seen: UsageSeen = {
  sources: [{ source: sourceOf('t'), rows: 230, ids: 230 }],
  buckets: [...expectedUsage(brought)].map(([key, { events, hundredths }]) => {
    const [meter, subject] = key.split(' ') as [string, string];
    return { meter, subject, events, hundredths: String(hundredths) };
  }),
  control: { ok: true, events: { accepted: 230, ledgered: 230, difference: 0 } },
};
const said = (but: Partial<UsageSeen>) => usageDifferences({ ...seen, ...but }, brought).map(({ checker, harm }) => `${checker} ${harm}`);
const first = (change: Partial<UsageSeen['buckets'][0]>) => seen.buckets.map((bucket, n) => (n === 0 ? { ...bucket, ...change } : bucket));

describe('what is expected of usage', () => {
  it('is what the events of a load say, added another way', () => {
    const events = Array.from({ length: 230 }, (_, n) => usageEvent(sourceOf('t'), n, 'now'));
    const calls = events.filter(({ type, subject }) => type === 'faults.call' && subject === 'used-by-3');
    const sum = calls.reduce((all, { data }) => all + Number(data['calls']) * 100, 0);
    expect(expectedUsage(brought).get(`${callMeter} used-by-3`)).toEqual({ events: calls.length, hundredths: BigInt(sum) });
    expect(expectedUsage(brought).get(`${loginMeter} used-by-9`)).toEqual({ events: 5, hundredths: 0n });
    expect(new Set(events.map(({ id }) => id)).size).toBe(230);
  });
});

describe('the checker of usage', () => {
  it('is silent about what is as it must be', () => expect(said({})).toEqual([]));
  it('names an event that is lost, and one that is there twice', () => {
    expect(said({ sources: [{ source: sourceOf('t'), rows: 229, ids: 229 }] })).toEqual(['C-a lost']);
    expect(said({ sources: [] })).toEqual(['C-a lost']);
    expect(said({ sources: [{ source: sourceOf('t'), rows: 231, ids: 230 }] })).toEqual(['C-a duplicated']);
    expect(said({ sources: [{ source: sourceOf('t'), rows: 231, ids: 231 }] })).toEqual(['C-a duplicated']);
  });
  it('names a meter that comes to something else, and counts by how much', () => {
    const total = BigInt(seen.buckets[0]!.hundredths!);
    const [found] = usageDifferences({ ...seen, buckets: first({ hundredths: String(total - 7n) }) }, brought);
    expect(found).toMatchObject({ checker: 'C-c', harm: 'difference', minorUnits: 7n });
    expect(said({ buckets: first({ events: 0 }) })).toEqual(['C-c difference']);
    expect(said({ buckets: seen.buckets.slice(1) })).toEqual(['C-c difference']);
  });
  it('believes the control of the ledger when that is red', () => {
    expect(said({ control: { ...seen.control, ok: false } })).toEqual(['C-c difference']);
    expect(said({ control: { ok: true, events: { accepted: 231, ledgered: 230, difference: 1 } } })).toEqual(['C-c difference']);
  });
});

it('ten thousand pairs that a careless key confuses are ten thousand pairs', () => {
  const pairs = collidingPairs(10_000);
  expect(pairs).toHaveLength(10_000);
  expect(new Set(pairs.map((pair) => JSON.stringify(pair))).size).toBe(10_000);
  const careless = new Set(pairs.map(([source, id]) => `${source}-${id}`.toLowerCase()));
  expect(careless.size).toBeLessThan(2_000);
  const few = collidingPairs(2_000).map(([source, id]) => `${source}-${id}`);
  expect(new Set(few).size).toBeLessThan(1_900);
});
