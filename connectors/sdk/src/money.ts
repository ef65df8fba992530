/**
 * Money as decimal strings. Every function takes and returns text such as `"1204.50"`; none ever sees a float.
 * Rounding is named by whoever calls: `half-up` (commercial), `half-even` (banker's), `down` (cut), `up`.
 */
import Big from 'big.js';

export type Rounding = 'half-up' | 'half-even' | 'down' | 'up';
const modes: Record<Rounding, 0 | 1 | 2 | 3> = { down: 0, 'half-up': 1, 'half-even': 2, up: 3 };
const decimalPattern = /^-?\d{1,30}(\.\d{1,20})?$/;

export class MoneyError extends Error {}

/** True for what this module accepts: an optional minus, 1 to 30 digits, optionally a point and 1 to 20 digits. */
export function isDecimal(value: unknown): value is string {
  return typeof value === 'string' && decimalPattern.test(value);
}

function read(value: string | number, name = 'amount'): Big {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (!isDecimal(text)) throw new MoneyError(`${name} must be a decimal string such as "12.50", not ${JSON.stringify(value) ?? 'nothing'}`);
  return new Big(text);
}

const write = (value: Big): string => {
  const text = value.toFixed();
  return text.startsWith('-') && value.eq(0) ? text.slice(1) : text;
};

const scaleOf = (value: string | number): number => String(value).split('.')[1]?.length ?? 0;
/** The result with at least the decimals of its most precise input, so "1.00" + "2.50" is "3.50", not "3.5". */
const keepScale = (value: Big, ...inputs: (string | number)[]): string => {
  const scale = Math.max(...inputs.map(scaleOf));
  const text = write(value);
  return scaleOf(text) < scale ? write2(value, scale) : text;
};
const write2 = (value: Big, decimals: number): string => {
  const text = value.toFixed(decimals);
  return value.eq(0) ? text.replace('-', '') : text;
};

export function add(...amounts: (string | number)[]): string {
  return keepScale(
    amounts.reduce<Big>((sum, a) => sum.plus(read(a)), new Big(0)),
    ...amounts,
    0,
  );
}
export const sum = (amounts: (string | number)[]): string => add(...amounts);
export const subtract = (a: string | number, b: string | number): string => keepScale(read(a).minus(read(b)), a, b);
export const multiply = (a: string | number, b: string | number): string => write(read(a).times(read(b)));
export const negate = (a: string | number): string => keepScale(read(a).times(-1), a);
export const absolute = (a: string | number): string => keepScale(read(a).abs(), a);

export function round(amount: string | number, decimals: number, rounding: Rounding = 'half-up'): string {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 20) throw new MoneyError(`decimals must be 0 to 20, not ${decimals}`);
  const mode = modes[rounding];
  if (mode === undefined) throw new MoneyError(`rounding must be half-up, half-even, down or up, not ${JSON.stringify(rounding)}`);
  return write2(read(amount).round(decimals, mode), decimals);
}

/** Divides and rounds once; there is no unrounded division. */
export function divide(a: string | number, b: string | number, decimals: number, rounding: Rounding = 'half-up'): string {
  const divisor = read(b, 'divisor');
  if (divisor.eq(0)) throw new MoneyError(`cannot divide ${a} by zero`);
  const mode = modes[rounding];
  if (mode === undefined) throw new MoneyError(`rounding must be half-up, half-even, down or up, not ${JSON.stringify(rounding)}`);
  const Division = Big(); // a constructor of its own: precision and rounding are settings of the constructor, not of the call
  Division.DP = decimals;
  Division.RM = mode;
  return write2(new Division(read(a)).div(divisor), decimals);
}

/** -1, 0 or 1. */
export const compare = (a: string | number, b: string | number): -1 | 0 | 1 => read(a).cmp(read(b));
export const equals = (a: string | number, b: string | number): boolean => compare(a, b) === 0;
export const isZero = (a: string | number): boolean => read(a).eq(0);
export const isNegative = (a: string | number): boolean => read(a).lt(0);

/** `fromMinor(12345, 2)` is `"123.45"`; `fromMinor(500, 0)` is `"500"`. */
export function fromMinor(minor: string | number, exponent: number): string {
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > 8) throw new MoneyError(`exponent must be 0 to 8, not ${exponent}`);
  const whole = read(minor, 'minor units');
  return write2(whole.div(new Big(10).pow(exponent)), Math.max(exponent, scaleOf(minor) + exponent));
}

/** The exact opposite; refuses an amount with more decimals than the currency has. */
export function toMinor(amount: string | number, exponent: number): string {
  const minor = read(amount).times(new Big(10).pow(exponent));
  if (!minor.round(0, 0).eq(minor)) throw new MoneyError(`${amount} has more than ${exponent} decimals`);
  return minor.toFixed(0);
}

/** Splits `amount` by weights so that the parts sum to it exactly; the remainder goes to the largest weights first. */
export function allocate(amount: string, weights: (string | number)[], decimals: number): string[] {
  const total = weights.reduce<Big>((s, w) => s.plus(read(w, 'weight')), new Big(0));
  if (weights.length === 0 || total.lte(0)) throw new MoneyError('weights must be given and sum to more than zero');
  const unit = new Big(10).pow(-decimals);
  const whole = read(amount);
  const parts = weights.map((w) => new Big(divide(write(whole.times(read(w))), write(total), decimals, 'down')));
  let rest = whole.minus(parts.reduce((s, p) => s.plus(p), new Big(0)));
  const step = rest.lt(0) ? unit.times(-1) : unit;
  const order = weights.map((w, i) => ({ i, w: read(w) })).sort((a, b) => b.w.cmp(a.w) || a.i - b.i);
  for (let n = 0; rest.abs().gte(unit); n += 1) {
    const at = order[n % order.length]!.i;
    parts[at] = parts[at]!.plus(step);
    rest = rest.minus(step);
  }
  return parts.map((p) => write2(p, decimals));
}

/**
 * Decimals of a currency in ISO 4217 that differ from two.
 * Source: ISO 4217 list of currencies, table A.1, column "minor unit".
 */
const isoExponents: Record<string, number> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4,
}; // prettier-ignore

/** Minor-unit decimals of an ISO currency: JPY 0, EUR 2, KWD 3. A vendor's own exponents may differ and belong to its connector. */
export function minorUnits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) throw new MoneyError(`currency must be three capital letters, not ${JSON.stringify(currency)}`);
  return isoExponents[currency] ?? 2;
}
