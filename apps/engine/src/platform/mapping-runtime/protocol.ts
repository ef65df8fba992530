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

export interface BatchMessage {
  items: EvaluationItem[];
  /** Versions that the expressions may read. */
  tableVersions: [name: string, version: number][];
  /** Those among them that this child has not seen. */
  newTables: TableRows[];
}

export type ChildAnswer = { ready: true } | ({ index: number } & EvaluationResult);
