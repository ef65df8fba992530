/** What may be compared: a canonical type, and the types of documents that it becomes in an ERP. */
export const compared = {
  invoice: ['invoice'],
  'credit-memo': ['credit-memo'],
  payment: ['payment', 'refund'],
} as const;
export type Compared = keyof typeof compared;

/** All that a control may be of: documents against the books of an ERP, or sealed usage against what billing counts. */
export const comparable = [...(Object.keys(compared) as Compared[]), 'usage'] as const;

interface Calendar {
  control: string;
  description: string;
  daily: { at: string; timeZone: string; months: number };
  /** So long a document, or a summary, may be on its way before it is missing. */
  settleMs: number;
}

/** A control of documents as its file says, with what the file leaves out filled in. */
export interface DocumentControl extends Calendar {
  compare: Compared;
  billing: { legalEntity: string; system?: string };
  erp: { connection: string; stream: string };
  /** In this order: what a document of the ERP is found by. */
  keys: ('posting' | 'number')[];
  /** `one-to-many`: what stands in the ERP under one document of billing is added up; else a second one is a duplicate. */
  match: 'one-to-one' | 'one-to-many';
  /** Per currency, decimal text. */
  tolerance: { amount: Record<string, string>; tax: Record<string, string>; days: number };
}

/** A control of usage: the sealed summaries of the ledger against the quantities that a billing platform counts. */
export interface UsageControl extends Calendar {
  compare: 'usage';
  /** Left out: every meter. */
  ledger: { legalEntity: string; meters?: string[] };
  /** The column of a table with the key `meter` says what a meter is called in billing. */
  billing: { connection: string; meters: { table: string; column: string } };
  /** Per meter, decimal text. */
  tolerance: { quantity: Record<string, string> };
}

export type ControlDefinition = DocumentControl | UsageControl;

export const isOfUsage = (definition: ControlDefinition): definition is UsageControl => definition.compare === 'usage';
/** Whose rows, gaps and checkpoints they are. */
export const legalEntityOf = (definition: ControlDefinition): string => (isOfUsage(definition) ? definition.ledger.legalEntity : definition.billing.legalEntity); // prettier-ignore
/** The connection that is read back, and where the file names it. */
export const readBackOf = (definition: ControlDefinition): { connection: string; path: string } =>
  isOfUsage(definition)
    ? { connection: definition.billing.connection, path: '/billing/connection' }
    : { connection: definition.erp.connection, path: '/erp/connection' };
