// Words of a filter: one value or all but some, an age, an amount, a release; what cannot be understood is refused with what would be.
import { describe, expect, it } from '@jest/globals';
import type { Problem } from '../platform/problems/index.js';
import { ageDaysMax, amountDigits, amountsAskedFor, isAged, namedAmong, namedBy, namedMax, releasesBy } from './filter-words.js';

const refusal = (read: () => unknown) => {
  try {
    return read();
  } catch (error) {
    const { code, detail, path, remedy } = (error as Problem).body();
    return { code, detail, path, remedy };
  }
};

describe('values', () => {
  it.each([
    [undefined, [], []],
    ['', [], []],
    ['a', ['a'], []],
    ['a,b', ['a,b'], []],
    ['-a', [], ['a']],
    ['-a, -b-c', [], ['a', 'b-c']],
  ])('%j: is %j, is not %j', (text, is, not) => expect(namedBy('flow', text)).toEqual({ is, not }));

  it('are any of several only where a filter takes several', () =>
    expect(namedBy('state', 'a,b,-c', { several: true })).toEqual({ is: ['a', 'b'], not: ['c'] }));

  it.each(['-', 'a,-', 'a,-b', '-a,b'])('%j is refused: one value, or each with a minus', (text) =>
    expect(refusal(() => namedBy('flow', text))).toMatchObject({ code: 'REQUEST_INVALID', path: '/flow', remedy: expect.any(String) }),
  );

  it('of a closed list are of it, also those that are left out', () => {
    expect(namedAmong('state', '-open', ['open', 'done'])).toEqual({ is: [], not: ['open'] });
    for (const text of ['odd', '-odd'])
      expect(refusal(() => namedAmong('state', text, ['open', 'done']))).toMatchObject({
        code: 'REQUEST_INVALID',
        path: '/state',
        detail: 'There is no state odd.',
        remedy: 'There are open, done.',
      });
  });

  it(`are ${namedMax} at most`, () => {
    const text = (n: number) => Array.from({ length: n }, (_, at) => `-f${at}`).join(',');
    expect(namedBy('flow', text(namedMax)).not).toHaveLength(namedMax);
    expect(refusal(() => namedBy('flow', text(namedMax + 1)))).toMatchObject({ code: 'REQUEST_INVALID', path: '/flow' });
  });
});

describe('an age', () => {
  it.each([
    ['>24h', "(t < now() - interval '86400 seconds')"],
    ['>=1d', "(t <= now() - interval '86400 seconds')"],
    ['<15m', "(t > now() - interval '900 seconds')"],
    ['<=2w', "(t >= now() - interval '1209600 seconds')"],
    ['1h..2h', "(t <= now() - interval '3600 seconds' and t >= now() - interval '7200 seconds')"],
    ['0-1', "(not (t <= now() - interval '1 days'))"],
    [`<=${ageDaysMax}d`, `(t >= now() - interval '${ageDaysMax * 86_400} seconds')`],
  ])('%s is %s', (text, condition) => expect(isAged('t', text)).toBe(condition));

  it.each(['>yesterday', '24h', '>24', '>h', '>1.5h', '>-1h', '>1y', '2h..1h', '1h..', '..', '1h..2h..3h', '2-3', `>${ageDaysMax + 1}d`, ">1h'"])(
    '%j is refused with what would be understood',
    (text) =>
      expect(refusal(() => isAged('t', text))).toEqual({
        code: 'REQUEST_INVALID',
        path: '/age',
        detail: `${text} is no age.`,
        remedy: expect.stringContaining('such as >24h, <15m or 1d..7d'),
      }),
  ); // prettier-ignore
});

describe('an amount', () => {
  const [before, behind] = ['9'.repeat(amountDigits.before), '9'.repeat(amountDigits.behind)];
  it.each([
    ['>1000', [{ sign: '>', value: '1000' }]],
    ['<=250.50', [{ sign: '<=', value: '250.50' }]],
    ['250.5', [{ sign: '=', value: '250.5' }]],
    ['-5..0', [{ sign: '>=', value: '-5' }, { sign: '<=', value: '0' }]],
    [`<${before}.${behind}`, [{ sign: '<', value: `${before}.${behind}` }]],
  ])('%s is %j, the text of its number as it stands', (text, bounds) => expect(amountsAskedFor(text)).toEqual(bounds)); // prettier-ignore

  it.each(['>abc', '1,000', '1e3', '>', '.5', '5.', '=5', '> 5', '5000..1000', '10..9.99', '1..', `>1${before}`, `>0.1${behind}`, 'NaN'])(
    '%j is refused with what would be understood',
    (text) =>
      expect(refusal(() => amountsAskedFor(text))).toEqual({
        code: 'REQUEST_INVALID',
        path: '/amount',
        detail: `${text} is no amount.`,
        remedy: expect.stringContaining('such as 250.50, >1000, <=250.50 or 1000..5000'),
      }),
  ); // prettier-ignore
});

describe('a release', () => {
  it('is a flow and its version', () => {
    expect(releasesBy('erp-us-invoices@3')).toEqual({ is: ['erp-us-invoices@3'], not: [] });
    expect(releasesBy('-a@1,-b@2')).toEqual({ is: [], not: ['a@1', 'b@2'] });
  });
  it.each(['3', 'a@', '@3', 'a@b', 'a@1234567890', '-a'])('%j is refused', (text) =>
    expect(refusal(() => releasesBy(text))).toMatchObject({ code: 'REQUEST_INVALID', path: '/release' }),
  );
});
