import type { Dice } from '../random.js';

/** Minor units as a decimal string with the currency's decimals. No float is near. */
export function decimal(minor: bigint, decimals: number): string {
  const sign = minor < 0n ? '-' : '';
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** A decimal string as minor units; throws when it has more decimals than the currency. */
export function minorUnits(text: string, decimals: number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`${text} is no decimal`);
  const [, sign, whole, fraction = ''] = match;
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  if (/[1-9]/.test(fraction.slice(decimals))) throw new Error(`${text} has more than ${decimals} decimals`);
  const value = BigInt(`${whole}${kept}`);
  return sign === '-' ? -value : value;
}

export const currencies = { USD: 2, EUR: 2, JPY: 0, KWD: 3 } as const;
export type Currency = keyof typeof currencies;
export const decimalsOf = (currency: string): number => currencies[currency as Currency] ?? 2;

/** Amounts that trip arithmetic: one minor unit, all nines, a trailing one, and what a double cannot halve. */
export function awkward(dice: Dice, max: bigint): bigint {
  const shapes: (() => bigint)[] = [
    () => 1n,
    () => BigInt('9'.repeat(dice.whole(1, max.toString().length - 1))),
    () => BigInt(dice.whole(1, Number(max / 10n))) * 10n + 1n,
    () => BigInt(dice.whole(1, Number(max))),
    () => BigInt(dice.whole(1, Number(max))),
  ];
  const made = dice.pick(shapes)();
  return made > max ? max : made;
}

/** Minor units from one to 10^18, as likely short as long: further than a double can count. */
export function extreme(dice: Dice): bigint {
  const digits = dice.whole(1, 18);
  const edges = [1n, 5n, 10n ** BigInt(digits), 10n ** BigInt(digits) - 1n, 2n ** 53n + 1n, 10n ** 15n];
  return dice.chance(0.3) ? dice.pick(edges) : BigInt(digitsOf(dice, digits));
}

/** A decimal with up to 18 digits before the point and 15 behind it. */
export const extremeDecimal = (dice: Dice): string => {
  const [whole, behind] = [digitsOf(dice, dice.whole(1, 18)), dice.whole(0, 15)];
  return behind === 0 ? whole : `${whole}.${digitsOf(dice, behind)}`;
};

const digitsOf = (dice: Dice, howMany: number): string =>
  [dice.whole(1, 9), ...Array.from({ length: howMany - 1 }, () => dice.whole(0, 9))].join('');
