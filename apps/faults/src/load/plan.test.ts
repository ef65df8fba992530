// A plan follows from its seed alone; its amounts add up in minor units; what acts on a document comes after it in the source.
import { describe, expect, it } from '@jest/globals';
import { diceOf } from '../random.js';
import { decimal, decimalsOf, minorUnits } from './amounts.js';
import { makePlan, mixOf } from './plan.js';

const plan = (seed: string) => makePlan({ prefix: 'p', counts: mixOf(400), dice: diceOf(seed), beginsAt: new Date(0) });

describe('a plan', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(JSON.stringify(plan('a'))).toBe(JSON.stringify(plan('a')));
    expect(JSON.stringify(plan('a'))).not.toBe(JSON.stringify(plan('b')));
  });
  it('has the mix that was asked for, some of it voided, repeated, dropped and late', () => {
    const { documents, emissions } = plan('a');
    expect(documents).toHaveLength(400);
    expect(documents.filter((d) => d.outcome === 'voided').length).toBeGreaterThan(3);
    expect(emissions.filter((e) => e.dropped).length).toBeGreaterThan(15);
    expect(emissions.filter((e) => e.copies === 5).length).toBeGreaterThan(8);
    const told = emissions.map((e) => e.record.timestamp);
    expect(told).not.toEqual([...told].sort());
  });
  it('has invoices whose lines and tax are their total', () => {
    for (const { type, versions, currency, total } of plan('a').documents) {
      if (type !== 'invoice') continue;
      const { lines, taxLines } = versions[0]!.content as { lines: { amount: string }[]; taxLines: { amount: string }[] };
      const sum = [...lines, ...taxLines].reduce((all, { amount }) => all + minorUnits(amount, decimalsOf(currency)), 0n);
      expect(decimal(sum, decimalsOf(currency))).toBe(total);
    }
  });
  it('tells a later version of a document with a later instant', () => {
    for (const { versions } of plan('a').documents)
      expect(versions.map((v) => v.timestamp)).toEqual(versions.map((v) => v.timestamp).sort());
  });
});

describe('amounts', () => {
  it.each([['0', 0, 0n], ['12', 0, 12n], ['0.01', 2, 1n], ['-1.005', 3, -1005n], ['7', 3, 7000n]] as const)('%s with %i decimals is %s', (text, decimals, minor) => {
    expect(minorUnits(text, decimals)).toBe(minor);
    expect(minorUnits(decimal(minor, decimals), decimals)).toBe(minor);
  }); // prettier-ignore
  it('refuse digits that the currency does not have', () => expect(() => minorUnits('1.001', 2)).toThrow('more than 2 decimals'));
});
