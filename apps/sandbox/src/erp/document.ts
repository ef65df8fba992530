export const documentKinds = ['invoice', 'credit-memo', 'payment', 'refund', 'journal-entry', 'write-off', 'void'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** The letters before a document's number: `INV-US-000001`. */
export const numberPrefix: Record<DocumentKind, string> = {
  invoice: 'INV',
  'credit-memo': 'CRM',
  payment: 'PAY',
  refund: 'RFD',
  'journal-entry': 'JNL',
  'write-off': 'WOF',
  void: 'VOI',
};

/** One document as the books hold it. Amounts are text with the currency's decimals; a document is never changed, only voided. */
export interface ErpDocument {
  id: string;
  kind: DocumentKind;
  number: string;
  entity: string;
  /** The caller's own key, unique in the entity; absent for what people booked by hand. */
  externalId: string | null;
  /** Number of the document in the system it came from, as customers know it. */
  reference: string | null;
  /** Id of the document in the system it came from. */
  origin: string | null;
  /** For a credit memo: origin of the invoice that it credits, whether or not it is applied to it. */
  credits: string | null;
  customer: string | null;
  currency: string;
  documentDate: string;
  postingDate: string;
  dueDate: string | null;
  description: string | null;
  lines: DocumentLine[];
  taxLines: TaxLine[];
  subtotal: string;
  tax: string;
  total: string;
  /** What it was applied to, and for how much. */
  applications: { document: string; amount: string }[];
  /** Invoices and credit memos: what is still open. */
  open: string;
  status: 'posted' | 'voided';
  /** For a void and a write-off: the document it acts on. */
  actsOn: string | null;
  /** For a voided document: the void. */
  voidedBy: string | null;
  createdAt: string;
}

export interface DocumentLine {
  description: string;
  quantity: string;
  unitPrice?: string;
  amount: string;
  account: string;
  item?: string;
  taxCodes: string[];
  servicePeriod?: { from: string; to: string };
}

export interface TaxLine {
  taxCode: string;
  base: string;
  amount: string;
}

/** What a line of the ledger books: what the customer owes, a tax line of the document, or one of its other lines. */
export type LedgerPart = 'receivable' | 'tax' | 'line';

/** One line of the general ledger. Exactly one of debit and credit is not zero. */
export interface LedgerLine {
  document: string;
  number: string;
  entity: string;
  postingDate: string;
  account: string;
  currency: string;
  debit: string;
  credit: string;
  customer: string | null;
  description: string;
  part: LedgerPart;
}
