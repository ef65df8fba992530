import { t } from '../language/index.js';
import { knownOf } from './chosen-filter.js';

/** Buckets of age, as the engine counts and filters by them. */
export const ages = [
  { value: '0-1', label: t('Up to a day'), column: t('0–1 d') },
  { value: '1-3', label: t('1 to 3 days'), column: t('1–3 d') },
  { value: '3-7', label: t('3 to 7 days'), column: t('3–7 d') },
  { value: '7-30', label: t('7 to 30 days'), column: t('7–30 d') },
  { value: '30+', label: t('Over 30 days'), column: t('over 30 d') },
] as const;
export type Age = (typeof ages)[number]['value'];

/** A value of the address that is a bucket; an address may be typed by hand. */
export const ageOf = (value: string | undefined): Age | undefined => ages.find((age) => age.value === value)?.value;
export const ageWord = (value: string): string => ages.find((age) => age.value === value)?.label ?? value;

/** What has no amount has no currency. */
export const noCurrency = 'none';
export const currencyWord = (value: string): string => (value === noCurrency ? t('No amount') : value);
export const currencyOf = (value: string | undefined): string | undefined => knownOf(value, (one) => /^([A-Z]{3}|none)$/.test(one));
