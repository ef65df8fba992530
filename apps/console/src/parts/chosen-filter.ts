import { listed, t } from '../language/index.js';

/** The values of one filter with how many rows have each, under the other filters that are set. */
export interface FacetAnswer {
  items: { value: string; count: number }[];
  more: boolean;
  atLeast: boolean;
  asOf: string;
}
/** How a list asks for them; with letters, for those that have them. */
export type FacetQuery = (find?: string) => {
  queryKey: readonly unknown[];
  queryFn: (context: { signal: AbortSignal }) => Promise<FacetAnswer>;
  staleTime: number;
};

export type Choice = { value: string; label: string };

/** How much a filter asks for: `>24h`, `1000..5000`. */
export interface Compared {
  /** What it says; undefined: it is not understood. */
  words: (text: string) => string | undefined;
  /** It may become something while it is typed. */
  isBegun: (text: string) => boolean;
  /** Why it is not understood, with an example. */
  problem: (text: string) => string;
  examples: readonly string[];
  /** What has to be known of it. */
  note?: string;
}

/** A filter that is set by choosing. */
export interface ChosenFilter {
  label: string;
  /** A value; several with commas where it takes several, or `-a,-b`: all but those. */
  value: string | undefined;
  choices: Choice[];
  onChange: (value: string | undefined) => void;
  multiple?: boolean;
  /** Values can be left out. */
  not?: boolean;
  /** It can be said how much. */
  compared?: Compared;
  /** Where its values are counted; other values than the choices come from there too. */
  facet?: FacetQuery;
  /** What its counts know nothing of. */
  facetNote?: string;
}

const isOut = (value: string): boolean => value.startsWith('-');

/** The value after one was picked: of several it is added, or taken away where it was there. What is wanted and what is not do not stand beside each other. */
export function picked({ value, multiple, not }: Pick<ChosenFilter, 'value' | 'multiple' | 'not'>, one: string): string | undefined {
  const out = not === true && isOut(one);
  if (!multiple && !out) return one === value ? undefined : one;
  const chosen = value ? value.split(',').filter((v) => !not || isOut(v) === out) : [];
  const next = chosen.includes(one) ? chosen.filter((v) => v !== one) : [...chosen, one];
  return next.length ? next.join(',') : undefined;
}

/** What it is set to, part by part. */
export const chosenOf = ({ value, multiple, not }: Pick<ChosenFilter, 'value' | 'multiple' | 'not'>): string[] => {
  if (!value) return [];
  return multiple || (not && isOut(value)) ? value.split(',') : [value];
};

/** One part of it in words. */
export function wordOf({ choices, not, compared }: Pick<ChosenFilter, 'choices' | 'not' | 'compared'>, part: string): string {
  if (not && isOut(part)) return t('not {{value}}', { value: wordOf({ choices }, part.slice(1)) });
  return choices.find(({ value }) => value === part)?.label ?? compared?.words(part) ?? part;
}

/** The value of an address where all of it is known: it may have been typed by hand. */
export function knownOf(value: string | undefined, isKnown: (one: string) => boolean, { multiple = false } = {}): string | undefined {
  if (value === undefined) return undefined;
  const parts = chosenOf({ value, multiple, not: true });
  return parts.every((part) => isKnown(part.replace(/^-/, '')) && (multiple || parts.length === 1 || isOut(part))) ? value : undefined;
}

/** The same in a sentence: what it is, or is not. */
export const saidOf = (parts: readonly string[], word: (one: string) => string): string => {
  const [not, is] = [parts.filter(isOut), parts.filter((part) => !isOut(part))];
  return listed([
    ...(is.length > 0 ? [is.map(word).join(` ${t('or')} `)] : []),
    ...not.map((part) => t('not {{value}}', { value: word(part.slice(1)) })),
  ]);
};
