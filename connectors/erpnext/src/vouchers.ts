import { inDoubt, isConnectorFailure, money, rejected, type ConnectorContext, type ExactJson, type JsonObject, type Receipt, type SendRequest } from '@waybill/sdk'; // prettier-ignore
import { create, isOn, list, remove, textIn, write, type DocType, type Filter } from './api.js';
import { setting } from './settings.js';

/** Documents that are created as drafts, submitted into the books, and cancelled out of them. */
export type Voucher = Extract<DocType, 'Sales Invoice' | 'Payment Entry' | 'Journal Entry'>;

const fields: Record<Voucher, readonly string[]> = {
  'Sales Invoice': [
    'name', 'docstatus', 'amended_from', 'customer', 'currency', 'party_account_currency', 'debit_to', 'is_return', 'posting_date', 'net_total',
    'total_taxes_and_charges', 'grand_total', 'base_grand_total', 'outstanding_amount', 'conversion_rate',
  ],
  'Payment Entry': ['name', 'docstatus', 'amended_from', 'party', 'payment_type', 'paid_from_account_currency', 'paid_amount', 'posting_date'],
  'Journal Entry': ['name', 'docstatus', 'amended_from', 'posting_date', 'total_debit'],
}; // prettier-ignore

export const keyFieldOf = ({ settings }: ConnectorContext): string => setting(settings, 'keyField');
export const numberFieldOf = ({ settings }: ConnectorContext): string => setting(settings, 'numberField');

const statusOf = (row: JsonObject): 'draft' | 'submitted' | 'cancelled' =>
  String(row['docstatus']) === '1' ? 'submitted' : String(row['docstatus']) === '2' ? 'cancelled' : 'draft';

export const rowsOf = (context: ConnectorContext, type: Voucher, filters: readonly Filter[], limit?: number): Promise<JsonObject[]> =>
  list(context, type, { fields: [...fields[type], keyFieldOf(context)], filters, ...(limit === undefined ? {} : { limit }) });

const amendmentsMax = 20;

/**
 * What carries our key: made, or a draft. Somebody may have cancelled the document and amended it, which is another document without our key; then the
 * newest submitted amendment is what is in the books. Cancelled without one still counts as made.
 */
async function byKey(context: ConnectorContext, type: Voucher, key: string): Promise<{ made?: JsonObject; draft?: JsonObject }> {
  const field = keyFieldOf(context);
  const [row] = (await rowsOf(context, type, [[field, '=', key]])).filter((one) => one[field] === key);
  if (!row) return {};
  if (statusOf(row) === 'draft') return { draft: row };
  let made = row;
  for (let steps = 0; statusOf(made) === 'cancelled' && steps < amendmentsMax; steps += 1) {
    const name = String(made['name']);
    const next: JsonObject | undefined = (await rowsOf(context, type, [['amended_from', '=', name]])).find(
      (one) => one['amended_from'] === name && statusOf(one) !== 'draft',
    );
    if (!next) break;
    made = next;
  }
  return { made };
}

export async function rowNamed(context: ConnectorContext, type: Voucher, name: string): Promise<JsonObject | undefined> {
  const [row] = await rowsOf(context, type, [['name', '=', name]]);
  return row?.['name'] === name ? row : undefined;
}

/** Without the sign of a return, and without the tail of a double. */
export const amountIn = (row: JsonObject, field: string, currency: string): string =>
  money.absolute(money.round(String(row[field] ?? '0'), money.minorUnits(currency)));

const routes: Record<Voucher, string> = {
  'Sales Invoice': 'sales-invoice',
  'Payment Entry': 'payment-entry',
  'Journal Entry': 'journal-entry',
};

export function receiptOf(context: ConnectorContext, of: { type: Voucher; row: JsonObject; currency: string }): Receipt {
  const { type, row, currency } = of;
  const name = String(row['name']);
  const [total, tax] = totalsIn(type, row, currency);
  return {
    documentId: name,
    documentNumber: name,
    url: `${setting(context.settings, 'baseUrl')}/app/${routes[type]}/${encodeURIComponent(name)}`,
    totals: { currency, total, ...(tax === undefined ? {} : { tax }) },
    details: {
      status: statusOf(row),
      accountingDate: row['posting_date'] ?? null,
      ...(textIn(row['amended_from']) === undefined ? {} : { amendedFrom: row['amended_from'] }),
    },
  };
}

function totalsIn(type: Voucher, row: JsonObject, currency: string): [total: string, tax?: string] {
  if (type === 'Sales Invoice') return [amountIn(row, 'grand_total', currency), amountIn(row, 'total_taxes_and_charges', currency)];
  return [amountIn(row, type === 'Payment Entry' ? 'paid_amount' : 'total_debit', currency)];
}

/** What ERPNext's totals must be, by field; `path` is where the document says it. */
export interface Expected {
  currency: string;
  postingDate: string;
  datePath: string;
  amounts: readonly { field: string; amount: string; path: string }[];
}

function differenceOf(
  row: JsonObject,
  { currency, postingDate, datePath, amounts }: Expected,
): { path: string; words: string } | undefined {
  for (const { field, amount, path } of amounts) {
    const theirs = amountIn(row, field, currency);
    if (!money.equals(theirs, money.absolute(amount)))
      return { path, words: `${field} ${theirs} ${currency} and not ${amount} ${currency}` };
  }
  if (row['posting_date'] === postingDate) return undefined;
  return { path: datePath, words: `the posting date ${String(row['posting_date'])} and not ${postingDate}` };
}

function refuseDifference(row: JsonObject, expected: Expected): void {
  const difference = differenceOf(row, expected);
  if (!difference) return;
  const [name, posted] = [String(row['name']), statusOf(row) !== 'draft'];
  throw rejected({
    code: 'totals-differ',
    category: posted ? 'duplicate' : 'posting-rejection',
    message: `ERPNext says ${difference.words} for ${posted ? name : `the draft ${name}`}.`,
    path: difference.path,
    cause: 'ERPNext says other than the source',
    remedy: posted
      ? `Compare ${name} in ERPNext with billing; cancel the one that is wrong, then resolve or replay.`
      : 'Nothing was posted. Correct the mapping or the set-up in ERPNext, then replay.',
  });
}

export interface Posting {
  type: Voucher;
  request: SendRequest;
  expected: Expected;
  /** Looks up what the document names; called only when something is to be written. */
  values: () => Promise<Record<string, ExactJson>>;
  what: string;
  about?: string;
}

/** Create, then submit, resumable at either. */
export async function postVoucher(context: ConnectorContext, posting: Posting): Promise<Receipt> {
  const { type, request, expected } = posting;
  const { made, draft } = await byKey(context, type, request.key);
  if (made) return taken(context, { type, made, expected });
  const values = { ...(await posting.values()), [keyFieldOf(context)]: request.key };
  const ready = draft ? await brought(context, posting, { draft, values }) : await drafted(context, posting, values);
  if ('made' in ready) return taken(context, { type, made: ready.made, expected });
  const name = String(ready.draft['name']);
  try {
    refuseDifference(ready.draft, expected);
    const submitted = await write(context, { type, name, values: { docstatus: 1 } }, wordsOf(posting));
    if (statusOf(submitted) !== 'submitted')
      throw inDoubt({ code: 'not-submitted', message: `ERPNext took the call but ${name} is a draft.`, remedy: 'It is looked up again.' });
    refuseDifference(submitted, expected);
    return receiptOf(context, { type, row: submitted, currency: expected.currency });
  } catch (error) {
    // Nothing is in the books after a refusal, so no draft is left lying about. Where the user may not delete it, the next send goes on from it.
    if (isConnectorFailure(error) && error.facts.recovery === 'rejected' && error.facts.category !== 'duplicate')
      await remove(context, type, name).catch(() => undefined);
    throw error;
  }
}

const wordsOf = ({ what, about }: Posting) => ({ what, ...(about === undefined ? {} : { about }) });

/** What somebody amended may say other than billing: that is theirs, and the difference is shown by reconciliation and not here. */
function taken(context: ConnectorContext, of: { type: Voucher; made: JsonObject; expected: Expected }): Receipt {
  const { type, made, expected } = of;
  if (textIn(made['amended_from']) === undefined) refuseDifference(made, expected);
  return receiptOf(context, { type, row: made, currency: expected.currency });
}

/** A draft that says the same goes on as it is; any other is written over, whole. */
async function brought(
  context: ConnectorContext,
  posting: Posting,
  of: { draft: JsonObject; values: Record<string, ExactJson> },
): Promise<{ draft: JsonObject }> {
  if (differenceOf(of.draft, posting.expected) === undefined) return { draft: of.draft };
  const { type } = posting;
  return { draft: await write(context, { type, name: String(of.draft['name']), values: of.values }, { what: `correct the draft ${String(of.draft['name'])}` }) };
} // prettier-ignore

/** A key that is taken at this moment is taken by ourselves: whatever is there now is gone on from. */
async function drafted(
  context: ConnectorContext,
  posting: Posting,
  values: Record<string, ExactJson>,
): Promise<{ draft: JsonObject } | { made: JsonObject }> {
  try {
    return { draft: await create(context, posting.type, values, wordsOf(posting)) };
  } catch (error) {
    if (!isConnectorFailure(error) || error.facts.category !== 'duplicate') throw error;
    const { made, draft } = await byKey(context, posting.type, posting.request.key);
    if (made) return { made };
    if (draft) return { draft };
    throw error;
  }
}

export async function findVoucher(
  context: ConnectorContext,
  of: { type: Voucher; key: string; currency: string },
): Promise<Receipt | null> {
  const { made } = await byKey(context, of.type, of.key);
  return made ? receiptOf(context, { type: of.type, row: made, currency: of.currency }) : null;
}

async function originalOf(context: ConnectorContext, type: Voucher, { original, effect }: SendRequest): Promise<JsonObject> {
  const name = original?.documentId ?? '';
  const row = name === '' ? undefined : await rowNamed(context, type, name);
  if (row) return row;
  throw rejected({
    code: 'original-missing',
    category: 'posting-rejection',
    message: `The document ${name} to ${effect} is not in ERPNext.`,
    cause: `${effect} without a posted document`,
    remedy: 'Look whether it was deleted in ERPNext, then resolve.',
  });
}

/** ERPNext may cut payments loose when their invoice is cancelled (Accounts Settings), so an invoice that is settled in part is refused here. */
function refuseSettled(row: JsonObject): void {
  const [currency, account] = [String(row['currency']), String(row['party_account_currency'] ?? row['currency'])];
  const whole = amountIn(row, account === currency ? 'grand_total' : 'base_grand_total', account);
  const open = amountIn(row, 'outstanding_amount', account);
  if (money.equals(whole, open) || (isOn(row['is_return']) && money.isZero(open))) return;
  throw rejected({
    code: 'document-is-settled',
    category: 'posting-rejection',
    message: `Of ${String(row['name'])} only ${open} ${account} of ${whole} is open: payments or credits are applied to it, so it is not voided.`,
    cause: `${String(row['name'])} is settled`,
    remedy: 'Cancel those in ERPNext or credit the document, then replay.',
  });
}

export async function voidVoucher(
  context: ConnectorContext,
  of: { type: Voucher; request: SendRequest; currency: string },
): Promise<Receipt> {
  const { type, request, currency } = of;
  const row = await originalOf(context, type, request);
  if (statusOf(row) === 'cancelled') return receiptOf(context, { type, row, currency });
  if (type === 'Sales Invoice') refuseSettled(row);
  const name = String(row['name']);
  const now = await write(context, { type, name, values: { docstatus: 2 } }, { what: `cancel ${name}` });
  if (statusOf(now) === 'cancelled') return receiptOf(context, { type, row: now, currency });
  throw inDoubt({
    code: 'not-cancelled',
    message: `ERPNext took the call but ${name} is not cancelled.`,
    remedy: 'It is looked up again.',
  });
}

export async function findVoid(
  context: ConnectorContext,
  of: { type: Voucher; request: SendRequest; currency: string },
): Promise<Receipt | null> {
  const row = await originalOf(context, of.type, of.request);
  return statusOf(row) === 'cancelled' ? receiptOf(context, { type: of.type, row, currency: of.currency }) : null;
}
