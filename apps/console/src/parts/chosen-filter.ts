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

/** A filter that is set by choosing. */
export interface ChosenFilter {
  label: string;
  value: string | undefined;
  choices: Choice[];
  onChange: (value: string | undefined) => void;
  multiple?: boolean;
  /** Where its values are counted; other values than the choices come from there too. */
  facet?: FacetQuery;
}

/** The value after one was picked: of several it is added, or taken away where it was there. */
export function picked({ value, multiple }: Pick<ChosenFilter, 'value' | 'multiple'>, one: string): string | undefined {
  if (!multiple) return one === value ? undefined : one;
  const chosen = value ? value.split(',') : [];
  const next = chosen.includes(one) ? chosen.filter((v) => v !== one) : [...chosen, one];
  return next.length ? next.join(',') : undefined;
}
