import { isConnectorFailure, type ConnectorContext, type ExactJson, type Operation, type Receipt, type SendRequest } from '@waybill/sdk';
import { create, write } from './api.js';
import { customerInput, journalInput, paymentInput, saleInput } from './inputs.js';
import { postJournal } from './journals.js';
import { customerNumbered } from './master-data.js';
import { postPayment } from './payments.js';
import { postSale } from './sales.js';
import { setting } from './settings.js';
import { findVoid, findVoucher, keyFieldOf, voidVoucher, type Voucher } from './vouchers.js';

/** Frappe's workers end a request after two minutes (gunicorn's timeout as bench sets it, 120 s). */
const posting = {
  kind: 'financial-posting',
  writes: 'once',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 120,
} as const;

const operation = (type: Voucher, post: (context: ConnectorContext, request: SendRequest) => Promise<Receipt>) => ({
  ...posting,
  send: (context: ConnectorContext, request: SendRequest): Promise<Receipt> =>
    request.effect === 'void' ? voidVoucher(context, { type, request, currency: String(request.document['currency']) }) : post(context, request),
  find(context: ConnectorContext, request: SendRequest): Promise<Receipt | null> {
    const currency = String(request.document['currency']);
    return request.effect === 'void' ? findVoid(context, { type, request, currency }) : findVoucher(context, { type, key: request.key, currency });
  },
}); // prettier-ignore

const invoice = {
  ...operation('Sales Invoice', (context, request) => postSale(context, request, 1)),
  title: 'Invoice',
  summary: 'A sales invoice, created and submitted, with billing’s tax to the cent; a void cancels it.',
  document: 'invoice',
  effects: ['create', 'void'],
  input: saleInput,
} satisfies Operation;

const creditMemo = {
  ...operation('Sales Invoice', (context, request) => postSale(context, request, -1)),
  title: 'Credit memo',
  summary: 'A return without goods, created and submitted; it lowers what is open on the invoice that it names. A void cancels it.',
  document: 'credit-memo',
  effects: ['create', 'void'],
  input: saleInput,
} satisfies Operation;

const payment = {
  ...operation('Payment Entry', postPayment),
  title: 'Payment',
  summary: 'Money received, applied to its invoice; as refund, money returned; a void cancels it.',
  document: 'payment',
  effects: ['create', 'refund', 'void'],
  input: paymentInput,
} satisfies Operation;

const journalEntry = {
  ...operation('Journal Entry', postJournal),
  title: 'Journal entry',
  summary: 'Debits and credits, created and submitted; a void cancels them.',
  document: 'journal-entry',
  effects: ['create', 'void'],
  input: journalInput,
} satisfies Operation;

async function writeCustomer(context: ConnectorContext, { document }: SendRequest): Promise<Receipt> {
  const number = String(document['number']);
  const words = { what: `write the customer ${number}`, about: `customer ${number}` };
  const known = await customerNumbered(context, number);
  const values: Record<string, ExactJson> = {
    customer_name: document['name'],
    tax_id: document['taxNumber'],
    default_currency: document['currency'],
    customer_group: document['group'],
    territory: document['territory'],
    ...(typeof document['active'] === 'boolean' ? { disabled: document['active'] ? 0 : 1 } : {}),
    [keyFieldOf(context)]: number,
  };
  const fresh = {
    customer_type: 'Company',
    ...values,
    customer_group: document['group'] ?? setting(context.settings, 'customerGroup'),
    territory: document['territory'] ?? setting(context.settings, 'territory'),
  };
  const made = known
    ? await write(context, { type: 'Customer', name: String(known['name']), values }, words)
    : await create(context, 'Customer', fresh, words);
  return { documentId: String(made['name']), documentNumber: number };
}

const customer = {
  title: 'Customer',
  summary: 'A customer with group, territory, tax number and currency, written over by our number.',
  kind: 'operational',
  document: 'customer',
  effects: ['create'],
  input: customerInput,
  writes: 'upsert',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 120,
  async send(context: ConnectorContext, request: SendRequest) {
    try {
      return await writeCustomer(context, request);
    } catch (error) {
      // Made by another process between our look and our write: now there is something to write over. A name that somebody else has stays refused.
      const raced = isConnectorFailure(error) && error.facts.category === 'duplicate' && (await customerNumbered(context, String(request.document['number'])));
      if (raced) return writeCustomer(context, request);
      throw error;
    }
  },
} satisfies Operation; // prettier-ignore

export const operations = { customer, invoice, 'credit-memo': creditMemo, payment, 'journal-entry': journalEntry };
