/** What may be compared: a canonical type, and the types of documents that it becomes in an ERP. */
export const compared = {
  invoice: ['invoice'],
  'credit-memo': ['credit-memo'],
  payment: ['payment', 'refund'],
} as const;
export type Compared = keyof typeof compared;

/** A control as its file says, with what the file leaves out filled in. */
export interface ControlDefinition {
  control: string;
  description: string;
  compare: Compared;
  billing: { legalEntity: string; system?: string };
  erp: { connection: string; stream: string };
  /** In this order: what a document of the ERP is found by. */
  keys: ('posting' | 'number')[];
  /** `one-to-many`: what stands in the ERP under one document of billing is added up; else a second one is a duplicate. */
  match: 'one-to-one' | 'one-to-many';
  /** Per currency, decimal text. */
  tolerance: { amount: Record<string, string>; tax: Record<string, string>; days: number };
  daily: { at: string; timeZone: string; months: number };
  /** So long a document may be on its way before it is missing. */
  settleMs: number;
}
