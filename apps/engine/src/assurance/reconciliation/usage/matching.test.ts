// Sealed usage against what billing counts: each difference leads to its summary, and the bars lead from one sum to the other to the last digit, whatever the sides are.
import { describe, expect, it } from '@jest/globals';
import { compareUsage, usageFoundKinds, usagePlacesOf, type SummaryRow, type UsagePlace, type UsageRow } from './matching.js';
import { QuantityWaterfall } from './waterfall.js';

const summary = (more: Partial<SummaryRow> = {}): SummaryRow => ({ id: 'usm_1', kind: 'period', period: '2026-10', quantity: '100', sent: 'yes', sentQuantity: null, ...more }); // prettier-ignore
const place = (counted: string | undefined, ...summaries: SummaryRow[]): UsagePlace => ({ meter: 'api-calls', unit: 'call', customer: 'cus_1', day: '2026-10-31', summaries, counted }); // prettier-ignore
const told = (given: UsagePlace, tolerance = '0') => compareUsage(given, tolerance).map(({ kind, difference, summary: about }) => [kind, difference, about?.id].filter(Boolean).join(' ')); // prettier-ignore
const [one, late] = [summary(), summary({ id: 'usm_2', kind: 'adjustment', quantity: '-12.5' })];

describe('one customer, meter and day', () => {
  it.each<[string, UsagePlace, string[]]>([
    ['the same on both sides', place('100', one), []],
    ['the same, written with other zeros', place('100.00', one), []],
    ['nothing was used, and nothing is counted', place(undefined, summary({ quantity: '0' })), []],
    ['not sent', place(undefined, summary({ sent: 'no' })), ['missing-in-billing -100 usm_1']],
    ['sent, and not counted', place('0', one), ['missing-in-billing -100 usm_1']],
    ['not in the ledger', place('7'), ['missing-in-ledger 7']],
    ['counted, and not by us', place('7', summary({ sent: 'no' })), ['missing-in-billing -100 usm_1', 'missing-in-ledger 7']],
    ['counted though it is in doubt', place('100', summary({ sent: 'maybe' })), []],
    ['counted twice', place('200', one), ['counted-twice 100 usm_1']],
    ['sent with another quantity', place('90', summary({ sentQuantity: '90' })), ['quantity -10 usm_1']],
    ['counted with another quantity', place('93', one), ['quantity -7 usm_1']],
    ['sent with another quantity, and counted with a third', place('91', summary({ sentQuantity: '90' })), ['quantity -10 usm_1', 'quantity 1 usm_1']],
    ['an adjustment that was not sent', place('100', one, summary({ ...late, sent: 'no' })), ['missing-in-billing 12.5 usm_2']],
    ['both were sent', place('87.5', one, late), []],
    ['one of two is not counted', place('-12.5', one, late), ['missing-in-billing -100 usm_1']],
    ['the adjustment is counted twice', place('75.0', one, late), ['counted-twice -12.5 usm_2']],
    ['neither explains it', place('80', late, one), ['quantity -7.5 usm_1']],
    ['nothing of two is counted', place(undefined, one, late), ['missing-in-billing -100 usm_1', 'missing-in-billing 12.5 usm_2']],
  ])('%s', (_name, given, expected) => expect(told(given)).toEqual(expected));

  it('a tolerance is a bar of its own, so that the sums still add up, and ends one digit further', () => {
    expect(told(place('100.5', one), '0.5')).toEqual(['rounding 0.5 usm_1']);
    expect(told(place('100.51', one), '0.5')).toEqual(['quantity 0.51 usm_1']);
    expect(told(place('0.5', summary({ sent: 'no' })), '0.5')).toEqual(['missing-in-billing -100 usm_1', 'rounding 0.5']);
  });
}); // prettier-ignore

describe('the waterfall', () => {
  /** The same sides for the same seed: mulberry32. */
  const dice = (seed: number) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  it('adds up for whatever sides, for each meter by itself, and every kind of difference comes about', () => {
    const kinds = new Map<string, number>();
    for (let seed = 1; seed <= 200; seed += 1) {
      const chance = dice(seed);
      const pick = <T>(...all: T[]): T => all[Math.floor(chance() * all.length)]!;
      const all = new QuantityWaterfall();
      for (let at = 0; at < 40; at += 1) {
        const summaries = Array.from({ length: Math.floor(chance() * 4) }, (_, n) =>
          summary({ id: `usm_${at}_${n}`, quantity: pick('1', '1.00', '-7.5', '0', '999999999999999.999'), sent: pick('yes', 'yes', 'maybe', 'no'), sentQuantity: pick(null, null, '1', '2') }),
        );
        const given = { ...place(pick(undefined, '0', '1', '2', '-6.5', '0.999', '999999999999999.999'), ...summaries), meter: pick('calls', 'bytes') };
        all.place(given);
        for (const { kind, place: { meter }, difference } of compareUsage(given, pick('0', '0.01'))) {
          all.gap(kind, { meter, difference });
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        }
      }
      expect([seed, all.broken()]).toEqual([seed, []]);
    }
    expect(usageFoundKinds.filter((kind) => (kinds.get(kind) ?? 0) < 20)).toEqual([]);
  }); // prettier-ignore
  it('says so when a bar is missing', () => {
    const all = new QuantityWaterfall();
    all.place(place('93', one));
    expect(all.broken()).toEqual(['api-calls']);
    all.gap('quantity', { meter: 'api-calls', difference: '-7' });
    expect(all.broken()).toEqual([]);
    expect(all.shown()).toEqual({
      totals: [{ meter: 'api-calls', unit: 'call', summaries: 1, countedDays: 1, ledger: '100', billing: '93' }],
      bars: [{ meter: 'api-calls', kind: 'quantity', gaps: 1, quantity: '-7' }],
    });
  });
});

describe('usagePlacesOf', () => {
  const where = { meter: 'api-calls', unit: 'call', customer: 'cus_1', day: '2026-10-31' };
  async function* stream(rows: UsageRow[]) {
    for (const row of rows) yield await Promise.resolve(row);
  }
  it('holds one place at a time', async () => {
    const rows: UsageRow[] = [
      { ...where, side: 'billing', counted: '100' },
      { ...where, side: 'ledger', summary: one },
      { ...where, side: 'ledger', summary: late },
      { ...where, day: '2026-11-01', side: 'ledger', summary: one },
      { ...where, customer: 'cus_2', side: 'billing', counted: '1' },
    ];
    const places: UsagePlace[] = [];
    for await (const each of usagePlacesOf(stream(rows))) places.push(each);
    expect(places.map((each) => [each.customer, each.day, each.summaries.length, each.counted])).toEqual([
      ['cus_1', '2026-10-31', 2, '100'],
      ['cus_1', '2026-11-01', 1, undefined],
      ['cus_2', '2026-10-31', 0, '1'],
    ]);
  });
  it('adds up what a meter counts under two names', async () => {
    const places: UsagePlace[] = [];
    const rows = ['1.5', '2'].map((counted): UsageRow => ({ ...where, side: 'billing', counted }));
    for await (const each of usagePlacesOf(stream(rows))) places.push(each);
    expect(places.map(({ counted }) => counted)).toEqual(['3.5']);
  });
});
