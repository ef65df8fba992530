/** What a filter of a list may be set to besides one value: `-a`, not this; `>24h`, `<=250.50`, `1000..5000`, how much. Pure. */
import { money } from '@waybill/sdk';
import { Problem } from '../platform/problems/index.js';
import { ages, isOfAge, type Age } from './ageing.js';

/** Values that one filter names. */
export const namedMax = 20;
/** The longest age that is asked for. */
export const ageDaysMax = 3_650;
/** Digits of an amount, before the point and behind it. */
export const amountDigits = { before: 20, behind: 10 } as const;

export interface Named<T extends string = string> {
  is: readonly T[];
  not: readonly T[];
}

const refused = (field: string, detail: string, remedy: string) => new Problem('REQUEST_INVALID', detail, { path: `/${field}`, remedy });

/**
 * `a`, one value as it is; `-a` or `-a,-b`, every value but these. Several values with a comma are any of them, where the filter takes several. A value that begins with a
 * minus cannot be asked for.
 */
export function namedBy(field: string, text: string | undefined, { several = false } = {}): Named {
  const words = (text ?? '').split(',').map((word) => word.trim()).filter(Boolean); // prettier-ignore
  const not = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1));
  if (not.includes('')) throw refused(field, `In ${field} stands a minus without a value.`, `Write ${field}=-value for all but that one.`);
  if (!several && not.length > 0 && not.length < words.length)
    throw refused(field, `${field} is both one value and others that it is not.`, 'Give one value, or a minus before each of those to leave out.'); // prettier-ignore
  const is = several ? words.filter((word) => !word.startsWith('-')) : not.length > 0 || !text ? [] : [text];
  if (words.length > namedMax) throw refused(field, `${field} names ${words.length} values.`, `Name at most ${namedMax} of them.`);
  return { is, not };
}

/** The same of a closed list of values. */
export function namedAmong<T extends string>(field: string, text: string | undefined, known: readonly T[], how = { several: false }): Named<T> {
  const { is, not } = namedBy(field, text, how);
  const odd = [...is, ...not].find((word) => !(known as readonly string[]).includes(word));
  if (odd !== undefined) throw refused(field, `There is no ${field} ${odd}.`, `There are ${known.join(', ')}.`);
  return { is: is as T[], not: not as T[] };
} // prettier-ignore

type Sign = '=' | '>' | '>=' | '<' | '<=';
export interface Bound {
  sign: Sign;
  value: string;
}

/** `>a`, `>=a`, `<a`, `<=a`, `a..b` with both ends, or `a` alone. Undefined: it is none of those. */
export function boundsOf(text: string, isValue: (text: string) => boolean): Bound[] | undefined {
  const ends = text.split('..');
  const bounds: Bound[] =
    ends.length === 2
      ? [
          { sign: '>=', value: ends[0]! },
          { sign: '<=', value: ends[1]! },
        ]
      : [{ sign: (/^[<>]=?/.exec(text)?.[0] ?? '=') as Sign, value: text.replace(/^[<>]=?/, '') }];
  return bounds.every(({ value }) => isValue(value)) ? bounds : undefined;
}

const seconds = { m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;
const secondsOf = (age: string): number => Number(age.slice(0, -1)) * seconds[age.at(-1) as keyof typeof seconds];
const isAge = (text: string): boolean => /^\d{1,7}[mhdw]$/.test(text) && secondsOf(text) <= ageDaysMax * seconds.d;

/** Whether an instant is of an age, as SQL: of a bucket of days, or over, under or between what is said. Only numbers that were read here stand in the text. */
export function isAged(column: string, text: string): string {
  if ((ages as readonly string[]).includes(text)) return isOfAge(column, text as Age);
  const bounds = boundsOf(text, isAge);
  if (bounds === undefined || bounds[0]!.sign === '=' || (bounds[1] && secondsOf(bounds[0]!.value) > secondsOf(bounds[1].value)))
    throw refused('age', `${text} is no age.`, `Give ${ages.join(', ')} in days, or up to ${ageDaysMax} days as a number with m, h, d or w, such as >24h, <15m or 1d..7d.`); // prettier-ignore
  // The older came the earlier.
  const turned = { '>': '<', '>=': '<=', '<': '>', '<=': '>=', '=': '=' } as const;
  return `(${bounds.map(({ sign, value }) => `${column} ${turned[sign]} now() - interval '${secondsOf(value)} seconds'`).join(' and ')})`;
}

const amountPattern = new RegExp(`^-?\\d{1,${amountDigits.before}}(\\.\\d{1,${amountDigits.behind}})?$`);

/** How much an amount has to be. It is compared as a number, to the last digit, in whatever currency it is. */
export function amountsAskedFor(text: string): Bound[] {
  const bounds = boundsOf(text, (value) => amountPattern.test(value));
  if (bounds === undefined || (bounds[1] && money.compare(bounds[0]!.value, bounds[1].value) > 0))
    throw refused('amount', `${text} is no amount.`, `Give a decimal number without separators of thousands, ${amountDigits.before} digits and ${amountDigits.behind} behind the point at most, such as 250.50, >1000, <=250.50 or 1000..5000.`); // prettier-ignore
  return bounds;
}

/** `erp-us-invoices@3`. */
export function releasesBy(text: string | undefined): Named {
  const releases = namedBy('release', text);
  const odd = [...releases.is, ...releases.not].find((word) => !/^[a-z][a-z0-9-]{0,79}@\d{1,9}$/.test(word));
  if (odd !== undefined) throw refused('release', `${odd} is no release.`, 'Give a flow and the version of it, such as erp-us-invoices@3.');
  return releases;
}
