/** A filter that says how much: `age:>24h`, `amount:1000..5000`. What is typed in words, and what is wrong with it. Pure. */
import { counted, t } from '../language/index.js';
import { ageOf, ages } from './ages.js';
import type { Choice, Compared } from './chosen-filter.js';
import { compareAmounts, formatAmount, formatDecimal } from './money.js';

interface Grammar {
  isValue: (text: string) => boolean;
  isBegunValue: (text: string) => boolean;
  /** Whether the first is not more than the second. */
  inOrder: (from: string, to: string) => boolean;
}

type Sign = '' | '>' | '>=' | '<' | '<=';
type Read = { sign: Sign; value: string } | { from: string; to: string };

/** The engine reads the same: `filter-words.ts` there. */
function read(text: string, { isValue, inOrder }: Grammar): Read | undefined {
  const [from, to, ...more] = text.split('..');
  if (to !== undefined) return more.length === 0 && isValue(from!) && isValue(to) && inOrder(from!, to) ? { from: from!, to } : undefined;
  const sign = /^(?:[<>]=?)?/.exec(text)![0] as Sign;
  const value = text.slice(sign.length);
  return isValue(value) ? { sign, value } : undefined;
}

const begun = (text: string, { isBegunValue }: Grammar): boolean => {
  const ends = text.replace(/^[<>]=?/, '').split('..');
  return ends.length <= 2 && ends.every((end, at) => isBegunValue(at === 0 && ends.length === 1 ? end.replace(/\.$/, '') : end));
};

const seconds = { m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;
const ageDaysMax = 3_650;
const secondsOf = (age: string): number => Number(age.slice(0, -1)) * seconds[age.at(-1) as keyof typeof seconds];
const ageGrammar: Grammar = {
  isValue: (text) => /^\d{1,7}[mhdw]$/.test(text) && secondsOf(text) <= ageDaysMax * seconds.d,
  isBegunValue: (text) => /^\d{0,7}[mhdw]?$/.test(text),
  inOrder: (from, to) => secondsOf(from) <= secondsOf(to),
};

function spanWords(age: string): string {
  const number = Number(age.slice(0, -1));
  if (age.endsWith('w')) return counted(number, '{{count}} week', '{{count}} weeks');
  if (age.endsWith('d')) return counted(number, '{{count}} day', '{{count}} days');
  return age.endsWith('h') ? t('{{number}} h', { number }) : t('{{number}} min', { number });
}

function wordsOfAge(text: string): string | undefined {
  const age = read(text, ageGrammar);
  if (age === undefined) return undefined;
  if ('from' in age) return t('{{from}} to {{to}} old', { from: spanWords(age.from), to: spanWords(age.to) });
  const span = spanWords(age.value);
  if (age.sign === '>') return t('older than {{span}}', { span });
  if (age.sign === '>=') return t('at least {{span}} old', { span });
  if (age.sign === '<') return t('newer than {{span}}', { span });
  return age.sign === '<=' ? t('at most {{span}} old', { span }) : undefined;
}

export const comparedAge: Compared = {
  words: wordsOfAge,
  isBegun: (text) => begun(text, ageGrammar) || ages.some(({ value }) => value.startsWith(text)),
  problem: (text) =>
    t('“{{text}}” is no age. Write a number with m, h, d or w behind > or <, such as {{example}}.', { text, example: 'age:>24h' }),
  examples: ['>24h', '<15m', '1d..7d'],
};

/** A bucket, or what is compared; an address may be typed by hand. */
export const ageAskedFor = (value: string | undefined): string | undefined =>
  ageOf(value) ?? (value !== undefined && wordsOfAge(value) !== undefined ? value : undefined);
export const wordOfAge = (value: string): string => ages.find((age) => age.value === value)?.label ?? wordsOfAge(value) ?? value;

const digitsBefore = 20;
const digitsBehind = 10;
const amountPattern = new RegExp(`^-?\\d{1,${digitsBefore}}(\\.\\d{1,${digitsBehind}})?$`);
const amountGrammar: Grammar = {
  isValue: (text) => amountPattern.test(text),
  isBegunValue: (text) => /^-?\d*(\.\d*)?$/.test(text),
  inOrder: (from, to) => compareAmounts(from, to) <= 0,
};

function wordsOfAmount(text: string, written: (amount: string) => string): string | undefined {
  const asked = read(text, amountGrammar);
  if (asked === undefined) return undefined;
  if ('from' in asked) return t('{{from}} to {{to}}', { from: written(asked.from), to: written(asked.to) });
  const bound = written(asked.value);
  if (asked.sign === '>') return t('more than {{bound}}', { bound });
  if (asked.sign === '>=') return t('at least {{bound}}', { bound });
  if (asked.sign === '<') return t('less than {{bound}}', { bound });
  return asked.sign === '<=' ? t('at most {{bound}}', { bound }) : bound;
}

/** Amounts, in the currency that is asked for; without one, each in its own. */
export function comparedAmount(currency: string | undefined): Compared {
  const one = currency !== undefined && /^[A-Z]{3}$/.test(currency) ? currency : undefined;
  return {
    words: (text) => wordsOfAmount(text, (amount) => (one === undefined ? formatDecimal(amount) : formatAmount(amount, one))),
    isBegun: (text) => begun(text, amountGrammar),
    problem: (text) =>
      t('“{{text}}” is no amount. Write a number without separators of thousands, such as {{example}}.', { text, example: 'amount:>1000' }),
    examples: ['>1000', '<=250.50', '1000..5000'],
    ...(one === undefined
      ? { note: t('Without a currency the number is compared in the currency of each document; no rate is assumed.') }
      : {}),
  };
}
export const amountAskedFor = (value: string | undefined): string | undefined =>
  value !== undefined && wordsOfAmount(value, String) !== undefined ? value : undefined;

/** What can be chosen while it is typed: what it says so far, then the examples that begin so. Each shows how it is typed. */
export function comparedOffers({ words, examples }: Compared, typed: string): (Choice & { spelling: string })[] {
  const begins = examples.filter((example) => example.startsWith(typed));
  return [...(typed === '' || begins.includes(typed) ? [] : [typed]), ...begins].flatMap((value) => {
    const label = words(value);
    return label === undefined ? [] : [{ value, label, spelling: value }];
  });
}
