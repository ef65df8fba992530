/** Why an expression gave no value. */
export interface MappingFailureFacts {
  /** A JSONata code (`S0202`, `D1012`) or one of ours (`MAPPING_…`). */
  code: string;
  message: string;
  category: 'transformation' | 'master-data';
  /** Offset in the source just after the token that failed. */
  position?: number;
  /** Set when a row of a table was asked for and absent just before. */
  missing?: { table: string; by: Record<string, string> };
}

const mark = Symbol.for('waybill.mapping-failure');

export class MappingFailure extends Error {
  readonly [mark] = true;
  readonly facts: MappingFailureFacts;
  constructor(facts: MappingFailureFacts) {
    super(facts.message);
    this.name = 'MappingFailure';
    this.facts = facts;
  }
}

export function isMappingFailure(error: unknown): error is MappingFailure {
  return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[mark] === true;
}

/** Any error of JSONata or of our functions as facts. */
export function failureFacts(error: unknown): MappingFailureFacts {
  if (isMappingFailure(error)) return error.facts;
  const raw = error as { code?: unknown; message?: unknown; position?: unknown };
  const code = typeof raw?.code === 'string' ? raw.code : 'MAPPING_FAILED';
  const message = typeof raw?.message === 'string' && raw.message !== '' ? raw.message : 'the expression failed';
  return { code, message, category: 'transformation', ...(typeof raw?.position === 'number' ? { position: raw.position } : {}) };
}
