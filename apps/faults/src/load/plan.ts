import type { JsonObject } from '@waybill/sdk';
import type { Dice } from '../random.js';
import { awkward, currencies, decimal, type Currency } from './amounts.js';

export const entities = ['US', 'DE'] as const;
export type Entity = (typeof entities)[number];
export const documentTypes = ['invoice', 'credit-memo', 'payment', 'journal-entry'] as const;
export type DocumentType = (typeof documentTypes)[number];

/** A document of the source and what must be in the books for it in the end. */
export interface PlannedDocument {
  id: string;
  type: DocumentType;
  entity: Entity;
  currency: Currency;
  postingDate: string;
  /** Of a journal: the sum of its debits. */
  total: string;
  /** `voided`: nothing, or a document and its void. */
  outcome: 'posted' | 'voided';
  /** Versions, oldest first. */
  versions: SourceRecord[];
}

/** One version of a document as the source tells it. */
export interface SourceRecord extends JsonObject {
  id: string;
  type: DocumentType;
  timestamp: string;
  revision: number;
  content: JsonObject;
}

/** One webhook: when it is sent, and how badly. */
export interface Emission {
  record: SourceRecord;
  /** Sent so many times at once. */
  copies: number;
  /** Never sent; only the poll tells of it. */
  dropped: boolean;
}

export interface Plan {
  documents: PlannedDocument[];
  /** In the order in which the source makes them known. */
  emissions: Emission[];
}

export interface PlanOptions {
  /** Before every id, so that loads of one world do not meet. */
  prefix: string;
  counts: Record<DocumentType, number>;
  dice: Dice;
  /** Where the source's clock begins; each record is seven seconds younger than the one before. */
  beginsAt: Date;
  /** Shares; each may be zero. */
  voided?: number;
  paid?: number;
  repeated?: number;
  dropped?: number;
  outOfOrder?: number;
  /** Only into these books. */
  entities?: readonly Entity[];
  /** Minor units of a line of an invoice; below what asks for an approval when left out. */
  amount?: (dice: Dice) => bigint;
}

/** The mix of the headline gate: 10,000 invoices, 2,000 credit memos, 2,000 payments, 500 journals. */
export function mixOf(documents: number): Record<DocumentType, number> {
  const part = (share: number) => Math.max(1, Math.round((documents * share) / 14_500));
  const [memos, payments, journals] = [part(2_000), part(2_000), part(500)];
  return {
    invoice: Math.max(1, documents - memos - payments - journals),
    'credit-memo': memos,
    payment: payments,
    'journal-entry': journals,
  };
}

export const invoicesOnly = (invoices: number): Record<DocumentType, number> => ({
  invoice: invoices,
  'credit-memo': 0,
  payment: 0,
  'journal-entry': 0,
});

export function makePlan(options: PlanOptions): Plan {
  const { counts, prefix, voided = 0.04, paid = 0.05 } = options;
  const dice = options.dice.fork('documents');
  const head = () => {
    const entity = dice.pick(options.entities ?? entities);
    const currency = dice.pick(entity === 'US' ? (['USD', 'JPY', 'KWD'] as const) : (['EUR', 'JPY', 'KWD'] as const));
    const day = String(dice.whole(1, 20)).padStart(2, '0');
    return { entity, currency, postingDate: `2026-${dice.pick(['09', '10', '11'])}-${day}` };
  };
  const invoices = Array.from({ length: counts.invoice }, (_, n) => {
    const fate = dice.next();
    const change = fate < voided ? 'void' : fate < voided + paid ? 'paid' : undefined;
    const { amount = belowApproval } = options;
    return invoiceOf({ ...head(), id: `${prefix}-inv-${n}`, customer: customerOf(n), dice, change, amount });
  });
  const standing = invoices.filter((invoice) => invoice.outcome === 'posted');
  const applied = <T extends DocumentType>(type: T, make: (id: string, to: PlannedDocument) => PlannedDocument) =>
    Array.from({ length: standing.length === 0 ? 0 : counts[type] }, (_, n) =>
      make(`${prefix}-${type}-${n}`, standing[n % standing.length]!),
    );
  const memos = applied('credit-memo', (id, to) => memoOf(id, to, dice));
  const payments = applied('payment', (id, to) => paymentOf(id, to, dice));
  const journals = Array.from({ length: counts['journal-entry'] }, (_, n) => journalOf({ ...head(), id: `${prefix}-jnl-${n}`, dice }));
  const documents = [...invoices, ...memos, ...payments, ...journals];
  return { documents, emissions: emissionsOf(documents, options) };
}

const customerOf = (n: number): string => `F-${(n % 5) + 1}`;

interface Head {
  id: string;
  entity: Entity;
  currency: Currency;
  postingDate: string;
  dice: Dice;
}

function documentOf(head: Omit<Head, 'dice'>, type: DocumentType, total: string, contents: JsonObject[]): PlannedDocument {
  const { id, entity, currency, postingDate } = head;
  return {
    id,
    type,
    entity,
    currency,
    postingDate,
    total,
    outcome: contents.at(-1)!['status'] === 'void' ? 'voided' : 'posted',
    versions: contents.map((content, at) => ({ id, type, timestamp: '', revision: at + 1, content })),
  };
}

const common = ({ entity, currency, postingDate }: Omit<Head, 'dice' | 'id'>) => ({
  legalEntity: entity,
  currency,
  documentDate: postingDate,
  postingDate,
});

/** Below the amounts that ask for an approval, whatever the currency. */
const lineMax = 99_99n;
const belowApproval = (dice: Dice): bigint => awkward(dice, lineMax);

function invoiceOf(
  head: Head & { customer: string; change: 'void' | 'paid' | undefined; amount: (dice: Dice) => bigint },
): PlannedDocument {
  const { id, dice, entity, currency } = head;
  const decimals = currencies[currency];
  const amounts = Array.from({ length: dice.whole(1, 4) }, () => head.amount(dice));
  const subtotal = amounts.reduce((sum, amount) => sum + amount, 0n);
  const tax = dice.chance(0.6) ? awkward(dice, subtotal / 5n + 1n) : 0n;
  const taxCode = entity === 'US' ? 'SALES-8.875' : 'VAT-19';
  const money = (minor: bigint) => decimal(minor, decimals);
  const content = {
    ...common(head),
    number: id.toUpperCase(),
    status: 'open',
    customer: { sourceId: `src-${head.customer}`, number: head.customer },
    lines: amounts.map((amount, at) => ({
      id: `${id}-${at}`,
      description: `Line ${at} of ${id}`,
      quantity: '1',
      amount: money(amount),
      revenueAccount: dice.pick(['4010', '4020', '4030']),
      ...(tax > 0n ? { taxCodes: [taxCode] } : {}),
    })),
    taxLines: tax > 0n ? [{ taxCode, base: money(subtotal), amount: money(tax) }] : [],
    subtotal: money(subtotal),
    taxTotal: money(tax),
    total: money(subtotal + tax),
  };
  const versions = head.change === undefined ? [content] : [content, { ...content, status: head.change }];
  return documentOf(head, 'invoice', content.total, versions);
}

/** Half of an invoice at most, so that a credit memo and a payment both fit on it. */
function part(of: PlannedDocument, dice: Dice): bigint {
  const whole = BigInt(of.total.replace('.', ''));
  return whole < 4n ? 0n : BigInt(dice.whole(1, Number(whole / 4n)));
}

function memoOf(id: string, to: PlannedDocument, dice: Dice): PlannedDocument {
  const head = { id, entity: to.entity, currency: to.currency, postingDate: to.postingDate };
  const minor = part(to, dice);
  const total = decimal(minor === 0n ? 1n : minor, currencies[to.currency]);
  const content = {
    ...common(head),
    number: id.toUpperCase(),
    status: 'issued',
    invoice: { sourceId: to.id },
    customer: to.versions[0]!.content['customer']!,
    lines: [{ id: `${id}-0`, description: 'Credit', quantity: '1', amount: total, revenueAccount: '4900' }],
    taxLines: [],
    subtotal: total,
    taxTotal: '0',
    total,
    allocations: minor === 0n ? [{ kind: 'customer-balance', amount: total }] : [{ kind: 'applied', invoice: to.id, amount: total }],
  };
  return documentOf(head, 'credit-memo', total, [content]);
}

function paymentOf(id: string, to: PlannedDocument, dice: Dice): PlannedDocument {
  const head = { id, entity: to.entity, currency: to.currency, postingDate: to.postingDate };
  const minor = part(to, dice);
  const amount = decimal(minor === 0n ? 1n : minor, currencies[to.currency]);
  const content = {
    ...common(head),
    kind: 'payment',
    status: 'succeeded',
    customer: to.versions[0]!.content['customer']!,
    ...(minor === 0n ? {} : { invoice: { sourceId: to.id } }),
    amount,
    clearingAccount: '1060',
  };
  return documentOf(head, 'payment', amount, [content]);
}

function journalOf(head: Head): PlannedDocument {
  const { id, dice, currency } = head;
  const amount = decimal(awkward(dice, lineMax), currencies[currency]);
  const content = {
    ...common(head),
    number: id.toUpperCase(),
    description: `Journal ${id}`,
    lines: [
      { account: '2400', debit: amount, credit: '0' },
      { account: '4010', debit: '0', credit: amount },
    ],
  };
  return documentOf(head, 'journal-entry', amount, [content]);
}

/** The order of the source; then some are told late, some many times, some never. */
function emissionsOf(documents: readonly PlannedDocument[], options: PlanOptions): Emission[] {
  const { repeated = 0.05, dropped = 0.1, outOfOrder = 0.1, beginsAt } = options;
  const dice = options.dice.fork('emissions');
  // What acts on a document comes after it; a shuffle within each kind keeps the kinds mixed in time.
  const placed = dice.shuffled(documents).flatMap((document) => {
    const base = document.type === 'invoice' ? dice.next() * 0.9 : dice.next() * 0.5 + 0.5;
    return document.versions.map((record) => ({ record, at: base + (record.revision - 1) * 0.1 * dice.next() }));
  });
  const told = placed.sort((a, b) => a.at - b.at);
  told.forEach(({ record }, n) => (record.timestamp = new Date(beginsAt.getTime() + n * 7_000).toISOString()));
  const late = told.map((entry, n) => ({ ...entry, place: dice.chance(outOfOrder) ? n + dice.whole(1, 40) : n }));
  return late
    .sort((a, b) => a.place - b.place)
    .map(({ record }) => ({ record, copies: dice.chance(repeated) ? 5 : 1, dropped: dice.chance(dropped) }));
}
