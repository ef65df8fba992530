// What differs is named once, and the bars lead from one sum to the other to the last digit, whatever the sides are.
import { describe, expect, it } from '@jest/globals';
import { money } from '@waybill/sdk';
import { compare, placesOf, type Place, type SideRow, type Terms } from './matching.js';
import { Waterfall } from './waterfall.js';

const exact: Terms = { match: 'one-to-one', amount: {}, tax: {}, days: 0 };
const row = (side: SideRow['side'], more: Partial<SideRow> = {}): SideRow => ({
  side, id: `${side}-1`, key: 'wb-1', number: 'A-1', reference: 'in_1', type: 'invoice', currency: 'USD', amount: '108.88', tax: '8.88', date: '2026-10-05', live: true, within: true, ...more,
}); // prettier-ignore
const billing = (more: Partial<SideRow> = {}) => row('billing', more);
const erp = (more: Partial<SideRow> = {}) => row('erp', more);
const told = (place: Place, terms = exact) => compare(place, terms).map(({ kind, difference }) => `${kind} ${difference}`);

describe('one document', () => {
  it.each<[string, Place, string[]]>([
    ['the same on both sides', { billing: billing(), erp: [erp()] }, []],
    ['the same, written with other zeros', { billing: billing({ amount: '108.880', tax: '8.8800' }), erp: [erp()] }, []],
    ['not in the ERP', { billing: billing(), erp: [] }, ['missing-in-erp -108.88']],
    ['not in billing', { billing: undefined, erp: [erp({ key: null })] }, ['missing-in-billing 108.88']],
    ['another amount', { billing: billing(), erp: [erp({ amount: '180.88' })] }, ['amount 72.00']],
    ['another tax', { billing: billing(), erp: [erp({ tax: '9.88' })] }, ['tax 0.00']],
    ['another date', { billing: billing(), erp: [erp({ date: '2026-10-06' })] }, ['date 0.00']],
    ['a date in another period', { billing: billing(), erp: [erp({ date: '2026-11-01', within: false })] }, ['date -108.88']],
    ['a date that came into the period', { billing: billing({ within: false }), erp: [erp()] }, ['date 108.88']],
    ['both in another period', { billing: billing({ within: false }), erp: [erp({ within: false, amount: '1' })] }, []],
    ['another currency', { billing: billing(), erp: [erp({ currency: 'EUR' })] }, ['currency -108.88', 'currency 108.88']],
    ['voided in the ERP', { billing: billing(), erp: [erp({ live: false })] }, ['voided -108.88']],
    ['void in billing, and still in the books', { billing: billing({ live: false }), erp: [erp()] }, ['not-voided 108.88']],
    ['void on both sides', { billing: billing({ live: false }), erp: [erp({ live: false })] }, []],
    ['never in the books, and void', { billing: billing({ live: false }), erp: [] }, []],
    ['there twice', { billing: billing(), erp: [erp({ id: 'erp-2', key: null }), erp()] }, ['duplicate 108.88']],
    ['there twice, one of them voided', { billing: billing(), erp: [erp(), erp({ id: 'erp-2', key: null, live: false })] }, []],
    ['voided and entered again by hand', { billing: billing(), erp: [erp({ live: false }), erp({ id: 'erp-2', key: null })] }, []],
  ])('%s', (_name, place, expected) => expect(told(place)).toEqual(expected));

  it('tells the amount first, and what else differs with it', () => {
    const [gap] = compare({ billing: billing(), erp: [erp({ amount: '1', tax: '0', date: '2026-10-07' })] }, exact);
    expect(gap).toMatchObject({ kind: 'amount', also: ['tax', 'date'] });
  });
  it('takes the posted one for the document and the other for its double, in any order', () => {
    const [posted, copy] = [erp({ id: 'erp-9' }), erp({ id: 'erp-1', key: null })];
    for (const rows of [[posted, copy], [copy, posted]]) expect(compare({ billing: billing(), erp: rows }, exact)[0]!.erp!.id).toBe('erp-1'); // prettier-ignore
  });
});

describe('tolerance', () => {
  const loose: Terms = { match: 'one-to-one', amount: { USD: '0.01' }, tax: { USD: '0.01' }, days: 2 };
  it('is a bar of its own, so that the sums still add up', () =>
    expect(told({ billing: billing(), erp: [erp({ amount: '108.89', tax: '8.89', date: '2026-10-07' })] }, loose)).toEqual(['rounding 0.01']));
  it('ends one digit further', () => {
    expect(told({ billing: billing(), erp: [erp({ amount: '108.90' })] }, loose)).toEqual(['amount 0.02']);
    expect(told({ billing: billing(), erp: [erp({ tax: '8.90' })] }, loose)).toEqual(['tax 0.00']);
    expect(told({ billing: billing(), erp: [erp({ date: '2026-10-08' })] }, loose)).toEqual(['date 0.00']);
  });
  it('of one currency is not that of another', () =>
    expect(told({ billing: billing({ currency: 'EUR' }), erp: [erp({ currency: 'EUR', amount: '108.89' })] }, loose)).toEqual(['amount 0.01']));
}); // prettier-ignore

describe('one to many', () => {
  const many: Terms = { ...exact, match: 'one-to-many' };
  const parts = ['100.00', '8.88'].map((amount, at) => erp({ id: `erp-${at}`, amount, tax: at === 0 ? '8.00' : '0.88' }));
  it('adds the parts up', () => expect(told({ billing: billing(), erp: parts }, many)).toEqual([]));
  it('names what is missing of the whole', () => expect(told({ billing: billing(), erp: parts.slice(0, 1) }, many)).toEqual(['amount -8.88']));
  it('leaves a part in another currency by itself', () =>
    expect(told({ billing: billing(), erp: [...parts, erp({ id: 'erp-7', currency: 'EUR', amount: '5' })] }, many)).toEqual(['missing-in-billing 5']));
}); // prettier-ignore

describe('the waterfall', () => {
  /** The same sides for the same seed: mulberry32. */
  const dice = (seed: number) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  function sides(seed: number): Place[] {
    const chance = dice(seed);
    const pick = <T>(...all: T[]): T => all[Math.floor(chance() * all.length)]!;
    const some = (side: SideRow['side'], id: string): SideRow => ({
      side, id, key: pick('wb-1', null), number: 'A', reference: null, type: pick('invoice', 'refund'), currency: pick('USD', 'USD', 'JPY'), amount: pick('10.00', '10.01', '-7.5', '0', '999999999999999.999'),
      tax: pick('1.00', '1.01', null), date: pick('2026-10-05', '2026-10-06'), live: chance() > 0.2, within: chance() > 0.2,
    }); // prettier-ignore
    return Array.from({ length: 40 }, (_, at) => ({
      billing: chance() > 0.2 ? some('billing', `b${at}`) : undefined,
      erp: Array.from({ length: Math.floor(chance() * 4) }, (__, n) => some('erp', `e${at}-${n}`)),
    }));
  }

  it.each([exact, { ...exact, match: 'one-to-many' }, { match: 'one-to-one', amount: { USD: '0.01' }, tax: {}, days: 1 }] as Terms[])(
    'sums exactly to the difference over 500 pairs of sides that chance made (%j)',
    (terms) => {
      let gaps = 0;
      for (let seed = 1; seed <= 500; seed += 1) {
        const all = new Waterfall();
        for (const place of sides(seed)) {
          all.rows(place);
          for (const one of compare(place, terms)) {
            all.gap(one.kind, one.currency, one.difference);
            gaps += 1;
          }
        }
        expect([seed, all.broken()]).toEqual([seed, []]);
      }
      expect(gaps).toBeGreaterThan(5_000);
    },
  );

  it('says so when a bar is missing', () => {
    const all = new Waterfall();
    all.rows({ billing: billing(), erp: [] });
    expect(all.broken()).toEqual(['USD']);
    all.gap('missing-in-erp', 'USD', '-108.88');
    expect(all.broken()).toEqual([]);
    expect(all.shown().totals[0]).toMatchObject({ billing: '108.88', erp: '0', billingTax: '8.88', billingRows: 1 });
    expect(money.isZero(all.shown().totals[0]!.erpTax)).toBe(true);
  });
});

describe('placesOf', () => {
  async function* stream(rows: { place: number; row: SideRow }[]) {
    for (const one of rows) yield await Promise.resolve(one);
  }
  it('holds one place at a time', async () => {
    const places: Place[] = [];
    const given = [{ place: -2, row: erp() }, { place: 1, row: billing() }, { place: 1, row: erp() }, { place: 1, row: erp({ id: 'erp-2' }) }, { place: 2, row: billing() }]; // prettier-ignore
    for await (const place of placesOf(stream(given))) places.push(place);
    expect(places.map((one) => [one.billing !== undefined, one.erp.length])).toEqual([[false, 1], [true, 2], [true, 0]]); // prettier-ignore
  });
  it('refuses two documents of billing in one place', async () => {
    const all = (async () => {
      for await (const _ of placesOf(
        stream([
          { place: 1, row: billing() },
          { place: 1, row: billing({ id: 'b' }) },
        ]),
      ));
    })();
    await expect(all).rejects.toThrow('place 1');
  });
});
