import type { Bindings, MappingFailureFacts, TableRows } from '@waybill/mapping-language';

/** One expression to evaluate on one input. */
export interface EvaluationItem extends Omit<Bindings, 'tables'> {
  expression: string;
  input: unknown;
  /** True where "nothing" is an answer (conditions, keys of look-ups); false where it is a failure (mappings). */
  optional?: boolean;
}

/** The JSON text of the value, nothing, or why there is none. */
export type EvaluationResult = { text: string } | { empty: true } | { failure: MappingFailureFacts };

/** An item on its way to a child: what it names twice travels once. */
export type SentItem = Omit<EvaluationItem, 'input'> & ({ input: unknown } | { inputIs: 'source' | 'output' });

/** A table that is tried: it is live nowhere, has a version below zero, and is known to a child for one batch alone. */
export const isTrial = ({ version }: Pick<TableRows, 'version'>): boolean => version < 0;

export interface BatchMessage {
  items: SentItem[];
  /** Versions that the expressions may read. */
  tableVersions: [name: string, version: number][];
  /** Those among them that this child has not seen. */
  newTables: TableRows[];
}

export type ChildAnswer = { ready: true } | ({ index: number } & EvaluationResult);

export function sent(item: EvaluationItem): SentItem {
  const { input, ...rest } = item;
  if (typeof input !== 'object' || input === null) return item;
  if (input === item.source) return { ...rest, inputIs: 'source' };
  return input === item.more?.['output'] ? { ...rest, inputIs: 'output' } : item;
}

export function received(item: SentItem): EvaluationItem {
  if (!('inputIs' in item)) return item;
  const { inputIs, ...rest } = item;
  return { ...rest, input: inputIs === 'source' ? rest.source : rest.more?.['output'] };
}

/** What values weigh as JSON, each measured once: the four questions of a record have the record in common. */
const known = new WeakMap<object, number>();

function weightOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  const weight = known.get(value) ?? JSON.stringify(value).length;
  known.set(value, weight);
  return weight;
}

/** The first items that weigh no more than this together, as characters of JSON; one at least, however heavy. */
export function within(items: readonly EvaluationItem[], weightMax: number): EvaluationItem[] {
  let weight = 0;
  const end = items.findIndex((item, index) => {
    weight += Object.values(sent(item)).reduce<number>((sum, value) => sum + weightOf(value), 0);
    return index > 0 && weight > weightMax;
  });
  return end < 0 ? [...items] : items.slice(0, end);
}
