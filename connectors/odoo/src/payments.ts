import { amountOf, inDoubt, isConnectorFailure, money, rejected, type ConnectorContext, type JsonObject, type Receipt, type SendRequest } from '@waybill/sdk'; // prettier-ignore
import { ask, change, idOf, madeId, nameIn, search, textIn } from './api.js';
import { currencyOf, journalOf, partnerOf, refuseClosed, sameId, type Company } from './master-data.js';
import { afterwards, invoiceNumbered, roundedIn } from './moves.js';
import { baseUrlOf } from './settings.js';

const fields = ['name', 'memo', 'state', 'payment_type', 'partner_id', 'amount', 'currency_id', 'date'];
/** States of `account.payment` since Odoo 18: `in_process` is posted and not yet seen on a bank statement. */
const booked = ['in_process', 'paid'];

/** The key stands before the words of the memo. */
const keyOf = (row: JsonObject): string | undefined => textIn(row['memo'])?.split(' ')[0];
export const wordsOf = ({ document, key }: SendRequest): string =>
  [key, document['invoice'], document['reference']].filter((word) => typeof word === 'string').join(' ').slice(0, 400); // prettier-ignore

async function byKey(context: ConnectorContext, company: Company, key: string): Promise<{ made?: JsonObject; drafts: JsonObject[] }> {
  const rows = await search(context, {
    model: 'account.payment',
    domain: [
      ['company_id', '=', idOf(company.id)],
      ['memo', '=like', `${key}%`],
    ],
    fields,
    limit: 10,
    company: company.id,
  });
  const ours = rows.filter((row) => keyOf(row) === key);
  const made = ours.filter(({ state }) => [...booked, 'canceled'].includes(String(state)));
  if (made.length > 1)
    throw rejected({
      code: 'key-ambiguous',
      category: 'duplicate',
      message: `Odoo holds ${made.length} payments for ${key}: ${made.map(({ name }) => String(name)).join(', ')}.`,
      remedy: 'Cancel the surplus one in Odoo, then resolve this.',
    });
  return { ...(made[0] ? { made: made[0] } : {}), drafts: ours.filter(({ state }) => state === 'draft') };
}

async function paymentOf(context: ConnectorContext, company: Company, id: string): Promise<JsonObject | undefined> {
  const [row] = await search(context, { model: 'account.payment', domain: [['id', '=', idOf(id)]], fields, company: company.id });
  return row?.['id'] === id ? row : undefined;
}

function receiptOf(context: ConnectorContext, row: JsonObject): Receipt {
  const [id, number, currency] = [String(row['id']), textIn(row['name']), nameIn(row['currency_id']) ?? ''];
  return {
    documentId: id,
    ...(number === undefined ? {} : { documentNumber: number }),
    url: `${baseUrlOf(context.settings)}/odoo/account.payment/${id}`,
    totals: { currency, total: roundedIn(row, 'amount', currency) },
    details: { state: row['state'] ?? null, accountingDate: row['date'] ?? null },
  };
}

/**
 * Money in goes through Odoo's own form, which makes the payment, posts it and matches it with the invoice in one transaction
 * (`account.payment.register`, `action_create_payments`). The form itself is no document: making it changes no books.
 */
export async function pay(context: ConnectorContext, company: Company, request: SendRequest): Promise<Receipt> {
  const { document, key } = request;
  const { made } = await byKey(context, company, key);
  if (made) return receiptOf(context, made);
  refuseClosed(company, 'entry', String(document['date']));
  const partner = await partnerOf(context, company, { number: String(document['customer']) });
  const invoice = await invoiceNumbered(context, company, { number: String(document['invoice'] ?? ''), partner });
  refuseSurplus(invoice, document);
  const currency = await currencyOf(context, company, String(document['currency']));
  const journal = await journalOf(context, company, String(document['journal']), '/journal');
  const what = `register the payment of ${String(document['invoice'])}`;
  const on = { active_model: 'account.move', active_ids: [idOf(String(invoice['id']))] };
  const form = madeId(
    await ask(context, {
      model: 'account.payment.register',
      method: 'create',
      company: company.id,
      context: on,
      args: {
        vals_list: [
          {
            journal_id: idOf(journal),
            currency_id: idOf(currency.id),
            amount: amountOf(String(document['amount'])),
            payment_date: document['date'],
            communication: wordsOf(request),
            // What is not paid stays open.
            payment_difference_handling: 'open',
          },
        ],
      },
      what,
    }),
    what,
  );
  await change(context, { model: 'account.payment.register', method: 'action_create_payments', ids: [form], company: company.id, context: on, what });
  return afterwards(() => seen(context, company, request));
} // prettier-ignore

async function seen(context: ConnectorContext, company: Company, { key, document }: SendRequest): Promise<Receipt> {
  const { made } = await byKey(context, company, key);
  if (!made) throw inDoubt({ code: 'not-posted', message: `Odoo took the call and shows no payment for ${key}.`, remedy: 'It is looked up again.' });
  const receipt = receiptOf(context, made);
  if (money.equals(receipt.totals!.total, String(document['amount']))) return receipt;
  throw rejected({
    code: 'totals-differ',
    category: 'posting-rejection',
    message: `Payment ${String(made['name'])} of Odoo is ${receipt.totals!.total} ${receipt.totals!.currency}, the source says ${String(document['amount'])} ${String(document['currency'])}.`,
    path: '/amount',
    cause: 'Odoo says other than the source',
    remedy: `Cancel ${String(made['name'])} in Odoo, then resolve or replay.`,
  });
} // prettier-ignore

function refuseSurplus(invoice: JsonObject, document: JsonObject): void {
  const currency = nameIn(invoice['currency_id']) ?? '';
  const [open, amount] = [roundedIn(invoice, 'amount_residual', currency), String(document['amount'])];
  if (currency === document['currency'] && money.compare(amount, open) <= 0) return;
  throw rejected({
    code: currency === document['currency'] ? 'payment-too-large' : 'payment-currency',
    category: 'posting-rejection',
    message: `A payment of ${amount} ${String(document['currency'])} does not fit ${String(invoice['name'])}, of which ${open} ${currency} is open.`,
    path: '/amount',
    cause: `payment does not fit ${String(invoice['name'])}`,
    remedy: 'Post the surplus as a payment on account in Odoo, or correct the payment, then replay.',
  });
}

/** Money out stays on the customer's account, where it meets the credit memo: a payment is made, then posted. A half-made one is gone on from. */
export async function refund(context: ConnectorContext, company: Company, request: SendRequest): Promise<Receipt> {
  const { document, key } = request;
  const { made, drafts } = await byKey(context, company, key);
  if (made) return receiptOf(context, made);
  refuseClosed(company, 'entry', String(document['date']));
  const partner = await partnerOf(context, company, { number: String(document['customer']) });
  const currency = await currencyOf(context, company, String(document['currency']));
  const journal = await journalOf(context, company, String(document['journal']), '/journal');
  const [only, other] = drafts;
  const same =
    only && !other && sameId(only['partner_id'], partner) && sameId(only['currency_id'], currency.id) && only['date'] === document['date'] &&
    money.equals(roundedIn(only, 'amount', currency.code), String(document['amount'])); // prettier-ignore
  const id = same ? String(only['id']) : await makeRefund(context, company, { request, partner, currency: currency.id, journal, drafts });
  try {
    await change(context, { model: 'account.payment', method: 'action_post', ids: [id], company: company.id, what: 'post the refund' });
  } catch (error) {
    // Nothing is in the books after a refusal; where the draft stays, the next send goes on from it.
    if (isConnectorFailure(error) && error.facts.recovery === 'rejected') await unlink(context, company, id).catch(() => undefined);
    throw error;
  }
  return afterwards(() => seen(context, company, request));
}

async function makeRefund(
  context: ConnectorContext,
  company: Company,
  of: { request: SendRequest; partner: string; currency: string; journal: string; drafts: JsonObject[] },
): Promise<string> {
  const { request, partner, currency, journal, drafts } = of;
  for (const draft of drafts) await unlink(context, company, String(draft['id']));
  const what = 'create the refund';
  const answer = await change(context, {
    model: 'account.payment',
    method: 'create',
    company: company.id,
    args: {
      vals_list: [
        {
          payment_type: 'outbound',
          partner_type: 'customer',
          partner_id: idOf(partner),
          amount: amountOf(String(request.document['amount'])),
          currency_id: idOf(currency),
          date: request.document['date'],
          journal_id: idOf(journal),
          memo: wordsOf(request),
        },
      ],
    },
    what,
  });
  return madeId(answer, what);
}

const unlink = (context: ConnectorContext, company: Company, id: string): Promise<unknown> =>
  change(context, {
    model: 'account.payment',
    method: 'unlink',
    ids: [id],
    company: company.id,
    what: `delete the half-made payment ${id}`,
  });

async function originalOf(context: ConnectorContext, company: Company, { original, effect }: SendRequest): Promise<JsonObject> {
  const id = original?.documentId ?? '';
  const row = /^[1-9]\d*$/.test(id) ? await paymentOf(context, company, id) : undefined;
  if (row) return row;
  throw rejected({
    code: 'original-missing',
    category: 'posting-rejection',
    message: `The payment ${original?.documentNumber ?? id} to ${effect} is not in Odoo.`,
    cause: `${effect} without a posted payment`,
    remedy: 'Look whether it was deleted in Odoo, then resolve.',
  });
}

/** Odoo takes the payment's entry out of the books and undoes its matching in one transaction; the invoice is open again. */
export async function voidPayment(context: ConnectorContext, company: Company, request: SendRequest): Promise<Receipt> {
  const row = await originalOf(context, company, request);
  if (row['state'] === 'canceled') return receiptOf(context, row);
  const id = String(row['id']);
  await change(context, { model: 'account.payment', method: 'action_cancel', ids: [id], company: company.id, what: `cancel ${String(row['name'])}` });
  return afterwards(async () => {
    const now = await paymentOf(context, company, id);
    if (now?.['state'] === 'canceled') return receiptOf(context, now);
    throw inDoubt({ code: 'not-cancelled', message: `Odoo took the call but ${String(row['name'])} is ${String(now?.['state'])}.`, remedy: 'It is looked up again.' });
  });
} // prettier-ignore

export async function findPayment(context: ConnectorContext, company: Company, request: SendRequest): Promise<Receipt | null> {
  if (request.effect === 'void') {
    const row = await originalOf(context, company, request);
    return row['state'] === 'canceled' ? receiptOf(context, row) : null;
  }
  const { made } = await byKey(context, company, request.key);
  return made ? receiptOf(context, made) : null;
}
