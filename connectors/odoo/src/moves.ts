import {
  amountOf,
  inDoubt,
  isConnectorFailure,
  isTransportFailure,
  money,
  rejected,
  type ConnectorContext,
  type ExactJson,
  type JsonObject,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { change, idOf, madeId, nameIn, search, textIn } from './api.js';
import { idsOf, journalOf, partnerOf, refuseClosed, sameId, type Company } from './master-data.js';
import { isTaxed, listOf, saleValues, type SaleValues } from './sale-values.js';
import { baseUrlOf, entriesJournalOf } from './settings.js';
import { adjustTax } from './tax.js';

export type MoveType = 'out_invoice' | 'out_refund' | 'entry';

const fields = [
  'name', 'ref', 'invoice_origin', 'move_type', 'state', 'posted_before', 'payment_state', 'partner_id', 'currency_id', 'invoice_date', 'date',
  'amount_untaxed', 'amount_tax', 'amount_total', 'amount_residual',
]; // prettier-ignore

/** Customers' documents carry the key as their origin; journal entries begin their reference with it. */
const keyOf = (row: JsonObject): string | undefined =>
  row['move_type'] === 'entry' ? textIn(row['ref'])?.split(' ')[0] : textIn(row['invoice_origin']);

/** Posted, or posted once and cancelled by somebody since: both count as made. */
const wasPosted = (row: JsonObject): boolean => row['state'] === 'posted' || (row['state'] === 'cancel' && row['posted_before'] === true);

interface Found {
  made?: JsonObject;
  drafts: JsonObject[];
}

async function byKey(context: ConnectorContext, company: Company, of: { key: string; type: MoveType }): Promise<Found> {
  const rows = await search(context, {
    model: 'account.move',
    domain: [
      ['company_id', '=', idOf(company.id)],
      ['move_type', '=', of.type],
      of.type === 'entry' ? ['ref', '=like', `${of.key}%`] : ['invoice_origin', '=', of.key],
    ],
    fields,
    limit: 10,
    company: company.id,
  });
  const ours = rows.filter((row) => keyOf(row) === of.key);
  const made = ours.filter(wasPosted);
  if (made.length > 1)
    throw rejected({
      code: 'key-ambiguous',
      category: 'duplicate',
      message: `Odoo holds ${made.length} posted entries for ${of.key}: ${made.map(({ name }) => String(name)).join(', ')}.`,
      remedy: 'Credit or cancel the surplus one in Odoo, then resolve this.',
    });
  return { ...(made[0] ? { made: made[0] } : {}), drafts: ours.filter((row) => row['state'] === 'draft') };
}

async function moveOf(context: ConnectorContext, company: Company, id: string): Promise<JsonObject | undefined> {
  const [row] = await search(context, { model: 'account.move', domain: [['id', '=', idOf(id)]], fields, company: company.id });
  return row?.['id'] === id ? row : undefined;
}

/** An amount of Odoo's is a double: `108.88000000000001` is 108.88. */
export const roundedIn = (row: JsonObject, field: string, currency: string): string =>
  money.round(String(row[field]), money.minorUnits(currency));

export function receiptOf(context: ConnectorContext, row: JsonObject): Receipt {
  const currency = nameIn(row['currency_id']) ?? '';
  const number = textIn(row['name']);
  const id = String(row['id']);
  return {
    documentId: id,
    ...(number === undefined ? {} : { documentNumber: number }),
    url: `${baseUrlOf(context.settings)}/odoo/account.move/${id}`,
    totals: {
      currency,
      total: roundedIn(row, 'amount_total', currency),
      ...(row['move_type'] === 'entry' ? {} : { tax: roundedIn(row, 'amount_tax', currency) }),
    },
    details: { state: row['state'] ?? null, accountingDate: row['date'] ?? null },
  };
}

/** What differs between an entry of Odoo's and the document, in words; nothing when they say the same. */
function differenceOf(row: JsonObject, document: JsonObject): { path: string; words: string } | undefined {
  const currency = String(document['currency']);
  if (nameIn(row['currency_id']) !== currency) return { path: '/currency', words: `currency ${nameIn(row['currency_id'])} and not ${currency}` };
  for (const [field, name] of [['amount_untaxed', 'subtotal'], ['amount_tax', 'taxTotal'], ['amount_total', 'total']] as const) {
    const [theirs, ours] = [roundedIn(row, field, currency), String(document[name])];
    if (!money.equals(theirs, ours)) return { path: `/${name}`, words: `${name} ${theirs} ${currency} and not ${ours} ${currency}` };
  }
  if (row['date'] !== document['postingDate'])
    return { path: '/postingDate', words: `the accounting date ${String(row['date'])} and not ${String(document['postingDate'])}` };
  return undefined;
} // prettier-ignore

function refuseDifference(row: JsonObject, document: JsonObject): void {
  const difference = differenceOf(row, document);
  if (!difference) return;
  const posted = row['state'] !== 'draft';
  throw rejected({
    code: 'totals-differ',
    category: posted ? 'duplicate' : 'posting-rejection',
    message: `Odoo says ${difference.words} for ${posted ? String(row['name']) : 'the draft'} of ${String(document['number'])}.`,
    path: difference.path,
    cause: 'Odoo says other than the source',
    remedy: posted
      ? `Compare ${String(row['name'])} in Odoo with billing; credit the one that is wrong, then resolve or replay.`
      : 'Nothing was posted. Correct the mapping or the tax set-up in Odoo, then replay.',
  });
}

/** The posted invoice of a number, which a payment or a credit acts on. */
export async function invoiceNumbered(
  context: ConnectorContext,
  company: Company,
  of: { number: string; partner: string },
): Promise<JsonObject> {
  const rows = await search(context, {
    model: 'account.move',
    domain: [
      ['company_id', '=', idOf(company.id)],
      ['move_type', '=', 'out_invoice'],
      ['state', '=', 'posted'],
      ['ref', '=', of.number],
      ['partner_id', '=', idOf(of.partner)],
    ],
    fields,
    company: company.id,
  });
  const found = rows.filter((row) => row['ref'] === of.number && sameId(row['partner_id'], of.partner));
  if (found.length === 1) return found[0]!;
  throw rejected({
    code: found.length === 0 ? 'invoice-unknown' : 'invoice-ambiguous',
    category: 'posting-rejection',
    message: `Odoo has ${found.length === 0 ? 'no' : 'more than one'} posted invoice ${of.number} of this customer.`,
    path: '/invoice',
    cause: `invoice ${of.number} ${found.length === 0 ? 'not' : 'twice'} in Odoo`,
    remedy: 'Post the invoice first, or correct its number in Odoo, then replay.',
  });
}

/** Create, then post, resumable at either: what is posted is taken, a draft that says the same is posted, any other is made anew. */
export async function postSale(context: ConnectorContext, company: Company, of: { request: SendRequest; type: 'out_invoice' | 'out_refund' }): Promise<Receipt> {
  const { request: { document, key }, type } = of;
  const { made, drafts } = await byKey(context, company, { key, type });
  if (made) {
    refuseDifference(made, document);
    return receiptOf(context, made);
  }
  refuseClosed(company, isTaxed(document) ? 'taxed-sale' : 'untaxed-sale', String(document['postingDate']));
  const credits = typeof document['invoice'] === 'string' && type === 'out_refund' ? await creditedBy(context, company, document) : undefined;
  const sale = await saleValues(context, company, { document, key, type, credits });
  const id = await draftFor(context, company, { sale, document, drafts });
  return post(context, company, { id, what: `post ${String(document['number'])}`, document });
} // prettier-ignore

async function creditedBy(context: ConnectorContext, company: Company, document: JsonObject): Promise<string> {
  const partner = await partnerOf(context, company, { number: String(document['customer']) });
  return String((await invoiceNumbered(context, company, { number: String(document['invoice']), partner }))['id']);
}

/** Our draft that says what we would say, or a new one. */
async function draftFor(
  context: ConnectorContext,
  company: Company,
  of: { sale: SaleValues; document: JsonObject; drafts: JsonObject[] },
): Promise<string> {
  const { sale, document, drafts } = of;
  const [only, other] = drafts;
  if (only && !other && sameId(only['partner_id'], sale.partner) && differenceOf(only, document) === undefined) return String(only['id']);
  for (const draft of drafts) await removeDraft(context, company, String(draft['id']));
  const what = `create the draft of ${String(document['number'])}`;
  const id = await create(context, company, { values: sale.values, what, about: `customer ${String(document['customer'])}` });
  try {
    const draft = await draftNow(context, company, id);
    if (!money.equals(roundedIn(draft, 'amount_tax', sale.currency.code), String(document['taxTotal'])))
      await adjustTax(context, company, { id, document, type: String(draft['move_type']), currency: sale.currency });
    refuseDifference(await draftNow(context, company, id), document);
  } catch (error) {
    await withdraw(context, company, { id, error });
    throw error;
  }
  return id;
}

/** A draft that is not told is no answer: nothing is in the books, and the next send begins with a look. */
async function draftNow(context: ConnectorContext, company: Company, id: string): Promise<JsonObject> {
  const row = await moveOf(context, company, id);
  if (row) return row;
  throw inDoubt({ code: 'draft-gone', message: `Odoo made the draft ${id} and does not show it.`, remedy: 'It is looked up.' });
}

async function create(
  context: ConnectorContext,
  company: Company,
  of: { values: Record<string, ExactJson>; what: string; about?: string },
): Promise<string> {
  const { values, what, about } = of;
  const args = { vals_list: [{ company_id: idOf(company.id), ...values }] };
  const answer = await change(context, { model: 'account.move', method: 'create', company: company.id, args, what, ...(about === undefined ? {} : { about }) }); // prettier-ignore
  return madeId(answer, what);
}

async function post(context: ConnectorContext, company: Company, of: { id: string; what: string; document: JsonObject }): Promise<Receipt> {
  const { id, what, document } = of;
  try {
    await change(context, { model: 'account.move', method: 'action_post', ids: [id], company: company.id, what });
  } catch (error) {
    await withdraw(context, company, { id, error });
    throw error;
  }
  return afterwards(async () => {
    const row = await moveOf(context, company, id);
    if (!row || row['state'] !== 'posted')
      throw inDoubt({
        code: 'not-posted',
        message: `Odoo took the call but entry ${id} is ${String(row?.['state'] ?? 'gone')}.`,
        remedy: 'It is looked up again.',
      });
    if (row['move_type'] !== 'entry') refuseDifference(row, document);
    return receiptOf(context, row);
  });
}

/** Something is in the books by now: whatever goes wrong from here on is in doubt, unless it is a definite refusal. */
export async function afterwards<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (isConnectorFailure(error) && ['rejected', 'in-doubt'].includes(error.facts.recovery)) throw error;
    if (!isConnectorFailure(error) && !isTransportFailure(error)) throw error;
    throw inDoubt({
      code: 'read-back-failed',
      message: `Posted, but reading it back failed: ${error.message}`,
      remedy: 'It is looked up.',
    });
  }
}

/** Nothing is in the books after a refusal, so no draft is left lying about. Where that fails, the next send finds the draft and goes on from it. */
async function withdraw(context: ConnectorContext, company: Company, of: { id: string; error: unknown }): Promise<void> {
  if (!isConnectorFailure(of.error) || of.error.facts.recovery !== 'rejected') return;
  await removeDraft(context, company, of.id).catch(() => undefined);
}

const removeDraft = (context: ConnectorContext, company: Company, id: string): Promise<unknown> =>
  change(context, { model: 'account.move', method: 'unlink', ids: [id], company: company.id, what: `delete the half-made draft ${id}` });

export async function findMove(context: ConnectorContext, company: Company, of: { key: string; type: MoveType }): Promise<Receipt | null> {
  const { made } = await byKey(context, company, of);
  return made ? receiptOf(context, made) : null;
}

/** The entry that a void acts on, as it is in the books now. */
async function originalOf(context: ConnectorContext, company: Company, { original, effect }: SendRequest): Promise<JsonObject> {
  const id = original?.documentId ?? '';
  const row = /^[1-9]\d*$/.test(id) ? await moveOf(context, company, id) : undefined;
  if (row) return row;
  throw rejected({
    code: 'original-missing',
    category: 'posting-rejection',
    message: `The document ${original?.documentNumber ?? id} to ${effect} is not in Odoo.`,
    cause: `${effect} without a posted document`,
    remedy: 'Look whether it was deleted in Odoo, then resolve.',
  });
}

/** Odoo's `button_cancel` takes a posted entry back to draft and cancels it in one transaction, and undoes its matchings; so a matched one is refused. */
export async function voidMove(context: ConnectorContext, company: Company, request: SendRequest): Promise<Receipt> {
  const row = await originalOf(context, company, request);
  if (row['state'] === 'cancel') return receiptOf(context, row);
  if (row['move_type'] !== 'entry' && row['payment_state'] !== 'not_paid')
    throw rejected({
      code: 'document-is-settled',
      category: 'posting-rejection',
      message: `${String(row['name'])} is ${String(row['payment_state'])}: payments or credits are matched with it, so it is not voided.`,
      cause: `${String(row['name'])} is settled`,
      remedy: 'Undo the matching in Odoo or credit the document, then replay.',
    });
  const id = String(row['id']);
  await change(context, { model: 'account.move', method: 'button_cancel', ids: [id], company: company.id, what: `cancel ${String(row['name'])}` });
  return afterwards(async () => {
    const now = await moveOf(context, company, id);
    if (now?.['state'] === 'cancel') return receiptOf(context, now);
    throw inDoubt({ code: 'not-cancelled', message: `Odoo took the call but ${String(row['name'])} is ${String(now?.['state'])}.`, remedy: 'It is looked up again.' });
  });
} // prettier-ignore

export async function findVoid(context: ConnectorContext, company: Company, request: SendRequest): Promise<Receipt | null> {
  const row = await originalOf(context, company, request);
  return row['state'] === 'cancel' ? receiptOf(context, row) : null;
}

export async function postEntry(context: ConnectorContext, company: Company, { document, key }: SendRequest): Promise<Receipt> {
  const { made, drafts } = await byKey(context, company, { key, type: 'entry' });
  if (made) return receiptOf(context, made);
  refuseClosed(company, 'entry', String(document['postingDate']));
  const values = await entryValues(context, company, { document, key });
  // A draft of an entry is made anew: its lines are the document, and comparing them one by one would be a second mapping.
  for (const draft of drafts) await removeDraft(context, company, String(draft['id']));
  const id = await create(context, company, { values, what: 'create the journal entry' });
  return post(context, company, { id, what: 'post the journal entry', document });
}

async function entryValues(
  context: ConnectorContext,
  company: Company,
  { document, key }: { document: JsonObject; key: string },
): Promise<Record<string, ExactJson>> {
  const lines = listOf(document['lines']);
  const [debit, credit] = (['debit', 'credit'] as const).map((side) => money.sum(lines.map((line) => String(line[side]))));
  if (!money.equals(debit!, credit!))
    throw rejected({
      code: 'entry-unbalanced',
      category: 'transformation',
      message: `Debits of ${debit} and credits of ${credit} differ.`,
      path: '/lines',
      remedy: 'Correct the mapping.',
    });
  if (document['currency'] !== company.currency)
    throw rejected({
      code: 'foreign-currency',
      category: 'posting-rejection',
      message: `A journal entry in ${String(document['currency'])} is not posted to ${company.name}, whose books are in ${company.currency}.`,
      path: '/currency',
      remedy: 'Convert it with a rate table in the mapping.',
    });
  const codes = lines.map((line) => String(line['account']));
  const accounts = await idsOf(context, company, { what: 'account', codes, at: (code) => `/lines/${codes.indexOf(code)}/account` });
  const partners = new Map<string, string>();
  for (const [at, { customer }] of lines.entries())
    if (typeof customer === 'string' && !partners.has(customer))
      partners.set(customer, await partnerOf(context, company, { number: customer, path: `/lines/${at}/customer` }));
  return {
    move_type: 'entry',
    journal_id: idOf(await journalOf(context, company, entriesJournalOf(context.settings), '/journal')),
    ref: `${key} ${String(document['description'])}`,
    date: document['postingDate'],
    line_ids: lines.map((line): ExactJson => [
      0,
      0,
      {
        account_id: idOf(accounts.get(String(line['account']))!),
        name: line['description'] ?? document['description'],
        debit: amountOf(String(line['debit'])),
        credit: amountOf(String(line['credit'])),
        ...(typeof line['customer'] === 'string' ? { partner_id: idOf(partners.get(line['customer'])!) } : {}),
      },
    ]),
  };
}
