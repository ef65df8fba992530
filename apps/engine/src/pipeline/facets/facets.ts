/** Facets of a list: the values of one field with how many rows have each, under the other filters that are set. Pure. */

/** The filters of the list of messages whose values are counted. */
export const messageFields = ['flow', 'state', 'legalEntity', 'currency', 'age', 'release'] as const;
export type MessageField = (typeof messageFields)[number];

/** Values that are answered at once, the most frequent. */
export const valuesMax = 50;
/** Rows that are counted; of a list with more, the newest where its index says which those are. */
export const rowsMax = 50_000;
/** So long an answer is kept: a person who types asks the same again and again. */
export const keptMs = 10_000;
export const answersMax = 500;

/** A value as it was counted, and how many rows were looked at to count it. */
export interface Counted {
  value: string | null;
  /** That match. */
  n: number;
  /** Of the rows that were looked at: also those that another filter leaves out. */
  looked: number;
}

export interface FacetCounts {
  values: { value: string; count: number }[];
  /** There are more rows than are counted: each count is at least this, and a value of old rows may be missing. */
  atLeast: boolean;
  asOf: string;
}

/** Most first. What no filter can ask for, a null, is no value. */
export function countsOf(counted: readonly Counted[], asOf: string, most = rowsMax): FacetCounts {
  const values = counted.flatMap(({ value, n }) => (value === null || n === 0 ? [] : [{ value, count: n }]));
  values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return { values, atLeast: counted.reduce((sum, { looked }) => sum + looked, 0) > most, asOf };
}

/** The first of them whose name has these letters. */
export function facetOf<F extends string>(field: F, { values, atLeast, asOf }: FacetCounts, letters = '') {
  const wanted = letters.trim().toLowerCase();
  const found = values.filter(({ value }) => value.toLowerCase().includes(wanted));
  return { field, items: found.slice(0, valuesMax), more: found.length > valuesMax, atLeast, asOf };
}

/** Answers for a short while, by what was asked. Who asks the same at once waits for the same answer; a failure is not kept. */
export class BriefAnswers<T> {
  private readonly kept = new Map<string, { until: number; answer: Promise<T> }>();

  constructor(private readonly limits: { keptMs: number; answersMax: number }) {}

  /** `now`: milliseconds of a clock that only goes forward. */
  get(asked: string, now: number, make: () => Promise<T>): Promise<T> {
    const known = this.kept.get(asked);
    if (known && now < known.until) return known.answer;
    const entry = { until: now + this.limits.keptMs, answer: make() };
    this.kept.delete(asked);
    // The one that was asked for first goes first; all of them are too old after the same time.
    if (this.kept.size >= this.limits.answersMax) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(asked, entry);
    entry.answer.catch(() => {
      if (this.kept.get(asked) === entry) this.kept.delete(asked);
    });
    return entry.answer;
  }

  get size(): number {
    return this.kept.size;
  }
}
