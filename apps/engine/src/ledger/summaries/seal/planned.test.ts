// What is late for a sealed period is the difference to what it was told to come to, payer by payer.
import { describe, expect, it } from '@jest/globals';
import { contentOf, differences, firstTime, partRows, type Told, type Whole } from './planned.js';

const whole = (customer: string, quantity: string, events: string, more: Partial<Whole> = {}): Whole => ({
  meter: 'calls',
  meterVersion: 1,
  versionId: '7',
  definition: { aggregate: 'sum', unit: 'call' } as Whole['definition'],
  period: '2026-10',
  starts: '2026-10-01T00:00:00.000Z',
  ends: '2026-11-01T00:00:00.000Z',
  grainKey: customer,
  groupKey: 'g',
  customer,
  subscription: null,
  plan: null,
  region: null,
  legalEntity: 'US',
  dimensions: {},
  events,
  quantity,
  roll: '12',
  parts: [{ subject: customer, starts: '2026-10-01T00:00:00Z', ends: '2026-10-03T00:00:00Z' }],
  ...more,
});
const told = (customer: string, quantity: string, events: string): Told => ({
  ...whole(customer, quantity, events, { roll: '5' }),
  id: `usm_${customer}`,
});
const november = { period: '2026-11', starts: '2026-11-01T00:00:00.000Z', ends: '2026-12-01T00:00:00.000Z' };
const late = (now: Whole[], before: Told[], policy: 'next-period' | 'credit-memo' = 'next-period') =>
  differences(now, before, { ...november, policy }).map(({ kind, quantity, whole: { customer }, adjusts }) => [
    customer,
    kind,
    quantity,
    adjusts?.id,
  ]);

describe('differences', () => {
  it('are none where nothing changed', () => expect(late([whole('a', '1.50', '2')], [told('a', '1.5', '2')])).toEqual([]));
  it('are told to the last digit, for more and for less', () =>
    expect(late([whole('a', '0.3', '3'), whole('b', '9', '1')], [told('a', '0.1', '1'), told('b', '10.000000000000000001', '1')])).toEqual([
      ['a', 'adjustment', '0.2', 'usm_a'],
      ['b', 'adjustment', '-1.000000000000000001', 'usm_b'],
    ]));
  it('begin with nothing for a payer that is new, and end with nothing for one that is gone', () =>
    expect(late([whole('new', '4', '1')], [told('gone', '4', '1')])).toEqual([
      ['new', 'adjustment', '4', undefined],
      ['gone', 'adjustment', '-4', 'usm_gone'],
    ]));
  it('ask for a credit memo where the policy says so and it is less, never where it is more', () =>
    expect(late([whole('a', '1', '1'), whole('b', '3', '1')], [told('a', '2', '1'), told('b', '2', '1')], 'credit-memo')).toEqual([
      ['a', 'credit-request', '-1', 'usm_a'],
      ['b', 'adjustment', '1', 'usm_b'],
    ]));
  it('tell of an event more that changes no quantity: it has to be a member of something', () =>
    expect(late([whole('a', '1', '2')], [told('a', '1', '1')])).toEqual([['a', 'adjustment', '0', 'usm_a']]));
});

describe('a planned summary', () => {
  it('is made of what has events', () => expect(firstTime([whole('a', '0', '0'), whole('b', '0', '1')])).toHaveLength(1));
  it('is measured by its parts, and those of what it adjusts', () => {
    const [planned] = differences([whole('a', '2', '2')], [told('a', '1', '1')], { ...november, policy: 'next-period' });
    expect(partRows(planned!, 3).map(({ n, side, roll }) => [n, side, roll])).toEqual([[3, 'now', '12'], [3, 'before', '5']]);
  });
  it('happened in the last second of the period that it is billed in, and leaves out what is not known', () => {
    const [planned] = differences([whole('a', '2', '2')], [told('a', '1', '1')], { ...november, policy: 'next-period' });
    const content = contentOf('usm_x', planned!, { added: '1', removed: '0', digest: 'ab' });
    expect(content).toMatchObject({
      occurredAt: '2026-11-30T23:59:59.000Z',
      kind: 'adjustment',
      adjusts: 'usm_a',
      quantity: '1',
      usedIn: { from: '2026-10-01T00:00:00.000Z' },
      digest: 'sha256:ab',
    });
    expect(Object.keys(content)).not.toContain('plan');
  });
}); // prettier-ignore
