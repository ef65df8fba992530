import {
  bookedDelivery,
  BookedDocument,
  isJsonObject,
  misconfigured,
  money,
  type BookedType,
  type ConnectorContext,
  type JsonObject,
  type Page,
  type Stream,
} from '@waybill/sdk';
import { get, query, quoted, type Entity } from './api.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

const sources = { Invoice: 'invoice', CreditMemo: 'credit-memo', Payment: 'payment', RefundReceipt: 'refund', Purchase: 'refund' } as const satisfies Partial<Record<Entity, BookedType>>; // prettier-ignore
type Source = keyof typeof sources;
const order = Object.keys(sources) as Source[];

/** One kind after another, each by id and from a place in the list: what is posted meanwhile may push others on, which are told twice then and never missed. */
interface Cursor {
  of: Source;
  start: number;
}
const pageMax = 1_000;

async function readPage(context: ConnectorContext, ask: Ask): Promise<Page> {
  const at: Cursor = ask.cursor === null ? { of: 'Invoice', start: 1 } : parseCursor(ask.cursor);
  const limit = Math.min(ask.limit, pageMax);
  const range = ` where TxnDate >= ${quoted(ask.since ?? '1970-01-01')} and TxnDate <= ${quoted(ask.until ?? '9999-12-31')}`;
  const rows = await query(context, at.of, `${range} orderby Id startposition ${at.start} maxresults ${limit}`);
  // Companies with one currency name none on their documents.
  const home = rows.some((row) => currencyIn(row) === undefined) ? await homeOf(context) : '';
  const full = rows.length === limit;
  const following = order[order.indexOf(at.of) + 1];
  const next: Cursor = full || following === undefined ? { of: at.of, start: at.start + rows.length } : { of: following, start: 1 };
  return {
    deliveries: rows.flatMap((row) => told(row, at.of, home) ?? []).map(bookedDelivery),
    cursor: JSON.stringify(next),
    more: full || following !== undefined,
  };
}

const currencyIn = ({ CurrencyRef: ref }: JsonObject): string | undefined =>
  isJsonObject(ref) && typeof ref['value'] === 'string' ? ref['value'] : undefined;

async function homeOf(context: ConnectorContext): Promise<string> {
  const { CurrencyPrefs: prefs } = await get(context, 'Preferences');
  const home = isJsonObject(prefs) && isJsonObject(prefs['HomeCurrency']) ? prefs['HomeCurrency']['value'] : undefined;
  if (typeof home === 'string') return home;
  throw misconfigured({
    code: 'no-home-currency',
    message: 'QuickBooks names no home currency in its preferences.',
    remedy: 'Look at Account and settings, Advanced, Currency of the company.',
  });
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
/** Our line of the private note. */
const keyIn = (note: unknown): string | null => /Waybill (wb-[a-z0-9-]{1,80})\s*$/m.exec(String(note ?? ''))?.[1] ?? null;
/** A voided transaction keeps its place with an amount of nothing, and its note begins with the word. */
const isVoid = (row: JsonObject): boolean =>
  money.isZero(String(row['TotalAmt'] ?? '0')) && /\bvoided\b/i.test(String(row['PrivateNote'] ?? ''));

/** Money back is an expense whose payee is a customer; a refund of a credit card's is money in. */
const isRefund = ({ EntityRef: payee, Credit }: JsonObject): boolean => isJsonObject(payee) && payee['type'] === 'Customer' && Credit !== true; // prettier-ignore

function told(row: JsonObject, of: Source, home: string): BookedDocument | undefined {
  if (of === 'Purchase' && !isRefund(row)) return undefined;
  const type: BookedType = sources[of];
  const [void_, total] = [isVoid(row), String(row['TotalAmt'] ?? '0')];
  // A payment of nothing joins a credit memo to its invoices; no money moved.
  if (type === 'payment' && money.isZero(total) && !void_) return undefined;
  const currency = currencyIn(row) ?? home;
  const decimals = money.minorUnits(currency);
  const tax = isJsonObject(row['TxnTaxDetail']) ? row['TxnTaxDetail']['TotalTax'] : undefined;
  return {
    id: String(row['Id']),
    number: textOf(row['DocNumber']),
    type,
    key: keyIn(row['PrivateNote']),
    reference: textOf(row['DocNumber'] ?? row['PaymentRefNum']),
    currency,
    total: money.round(total, decimals),
    tax: of === 'Payment' || of === 'Purchase' ? null : money.round(String(void_ ? '0' : (tax ?? '0')), decimals),
    date: String(row['TxnDate']),
    state: void_ ? 'void' : 'posted',
  };
}

function parseCursor(text: string): Cursor {
  try {
    const { of, start } = JSON.parse(text) as Cursor;
    if (order.includes(of) && Number.isSafeInteger(start) && start >= 1) return { of, start };
  } catch {
    // falls through to the sentence below
  }
  throw misconfigured({
    code: 'cursor-unreadable',
    message: `The cursor ${text.slice(0, 80)} is not one of this stream.`,
    remedy: 'Read it from the start.',
  });
}

export const documents: Stream = {
  title: 'Documents',
  summary: 'Invoices, credit memos, payments, refund receipts and expenses that pay customers back as the books hold them now, by accounting date: what controls compare with.',
  kind: 'bulk-extraction',
  schema: BookedDocument,
  key: 'type & "/" & id',
  readsBack: true,
  poll: { everySeconds: 3600, read: readPage },
  hydrate: 'never',
}; // prettier-ignore
