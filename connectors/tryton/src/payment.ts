import {
  money,
  rejected,
  type ConnectorContext,
  type JsonObject,
  type JsonSchema,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { readInvoices } from './invoice-rows.js';
import { afterwards } from './invoices.js';
import { accountIdOf, companyOf, currencyIdOf, partyOf, type Company } from './master-data.js';
import { postedMove, postMove, type Move } from './moves.js';
import { exchanged, exchangeMethodOf, inCurrency, type ExchangeMethod } from './exchange.js';
import { nested, search } from './rpc.js';
import { attach, moveReceipt } from './reversals.js';
import { setting } from './settings.js';
import { openLines, openOf, relievedBy, wizard } from './settlement.js';
import { date, decimal } from './wire.js';

const text = (description: string): JsonSchema => ({ type: 'string', minLength: 1, maxLength: 255, description });
const input: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['customer', 'currency', 'amount', 'date', 'clearingAccount'],
  properties: {
    customer: text('Party code.'),
    invoice: text('The biller’s number of the invoice it pays. Mandatory for a payment, not for a refund.'),
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    amount: { type: 'string', pattern: '^\\d{1,30}(\\.\\d{1,20})?$', description: 'Positive.' },
    date: { type: 'string', format: 'date' },
    clearingAccount: text('Code of the account that the money waits on.'),
    reference: { type: 'string', maxLength: 255, description: 'The provider’s reference, for people.' },
  },
};

const wordsOf = (document: JsonObject): string =>
  [document['invoice'], document['reference']].filter((word) => typeof word === 'string').join(' ');

/** Money in: the clearing account against the customer's receivable, on the invoice; reconciled when it closes it. */
async function pay(context: ConnectorContext, company: Company, request: SendRequest): Promise<Receipt> {
  const { document, key } = request;
  const invoice = await invoiceOf(context, company, document);
  const done = await postedMove(context, company, key);
  if (!done) refuseSurplus(invoice, document);
  const move = done ?? (await postPayment(context, company, { request, invoice }));
  await afterwards(() => attach(context, company, { move, invoice }));
  return moveReceipt(move, { currency: String(document['currency']), total: String(document['amount']) });
}

interface Paying {
  request: SendRequest;
  invoice: JsonObject;
}

async function postPayment(context: ConnectorContext, company: Company, of: Paying): Promise<Move> {
  const { request, invoice } = of;
  const { document, key } = request;
  const foreign = nested(invoice, 'currency')['code'] !== company.currency;
  const method = foreign ? await exchangeMethodOf(context, company) : undefined;
  if (foreign && !method) return payByWizard(context, company, of);
  const clearing = await accountIdOf(context, company, String(document['clearingAccount']), '/clearingAccount');
  return postMove(context, company, {
    key,
    description: wordsOf(document),
    day: String(document['date']),
    journal: 'cashJournal',
    origin: `account.invoice,${String(invoice['id'])}`,
    lines: method
      ? await exchangedLines(context, company, { ...of, clearing, method })
      : paymentLines(invoice, { clearing, received: String(document['amount']), relieved: String(document['amount']) }),
  });
}

/** What is received stands on the clearing account, what it relieves on the customer's. `second` is the amount in another currency than the company's. */
function paymentLines(
  invoice: JsonObject,
  { clearing, received, relieved, second }: { clearing: number; received: string; relieved: string; second?: { currencyId: number; amount: string } },
): JsonObject[] {
  return [
    { account: clearing, debit: decimal(received), credit: decimal('0'), ...(second ? inCurrency(second.currencyId, second.amount) : {}) },
    { account: Number(invoice['account']), party: Number(nested(invoice, 'party')['id']), debit: decimal('0'), credit: decimal(relieved), ...(second ? inCurrency(second.currencyId, money.negate(second.amount)) : {}) },
  ];
} // prettier-ignore

/**
 * Received at Tryton's rate of the day; the receivable is relieved at what it is carried with, in parts by the part that is paid. Between the two lies a gain or a loss, and be
 * it the cent by which the whole of an invoice differs from the sum of its lines: it goes to the accounts of the write-off method.
 */
async function exchangedLines(
  context: ConnectorContext,
  company: Company,
  { request: { document }, invoice, clearing, method }: Paying & { clearing: number; method: ExchangeMethod },
): Promise<JsonObject[]> {
  const [amount, currency, day] = [String(document['amount']), String(document['currency']), String(document['date'])];
  const open = await openLines(context, company, [invoice['lines_to_pay'], invoice['payment_lines']].flat());
  const { currencyId, worth, digits } = (await exchanged(context, company, { amount, currency, day }))!;
  const relieved = relievedBy(amount, openOf(open), digits);
  const gain = money.subtract(worth, relieved);
  const side = money.isNegative(gain)
    ? { account: method.debitAccount, debit: decimal(money.negate(gain)), credit: decimal('0') }
    : { account: method.creditAccount, debit: decimal('0'), credit: decimal(gain) };
  return [
    ...paymentLines(invoice, { clearing, received: worth, relieved, second: { currencyId, amount } }),
    ...(money.isZero(gain) ? [] : [side]),
  ];
}

async function invoiceOf(context: ConnectorContext, company: Company, document: JsonObject): Promise<JsonObject> {
  const [number, customer] = [String(document['invoice'] ?? ''), String(document['customer'])];
  const found = await readInvoices(context, company, [
    ['description', '=', number],
    ['party.code', '=', customer],
    ['state', 'in', ['posted', 'paid']],
    ['total_amount', '>', 0],
  ]);
  if (found.length === 1) return found[0]!;
  throw rejected({
    code: found.length === 0 ? 'invoice-unknown' : 'invoice-ambiguous',
    category: 'master-data',
    message: `${found.length === 0 ? 'No' : 'More than one'} posted invoice ${number} of customer ${customer} is in Tryton.`,
    path: '/invoice',
    cause: `invoice ${number} ${found.length === 0 ? 'not' : 'twice'} in Tryton`,
    remedy: 'Post the invoice first, or correct the number, then replay.',
  });
}

function refuseSurplus(invoice: JsonObject, document: JsonObject): void {
  const [open, amount] = [String(invoice['amount_to_pay']), String(document['amount'])];
  const currency = String(nested(invoice, 'currency')['code']);
  if (currency === document['currency'] && money.compare(amount, open) <= 0) return;
  throw rejected({
    code: currency === document['currency'] ? 'payment-too-large' : 'payment-currency',
    category: 'posting-rejection',
    message: `A payment of ${amount} ${String(document['currency'])} does not fit invoice ${String(invoice['number'])}, of which ${open} ${currency} is open.`,
    path: '/amount',
    remedy: 'Post the surplus as a credit of the customer in Tryton, or correct the payment, then replay.',
  });
}

/**
 * A connection that names no accounts for exchange differences leaves them to Tryton's own wizard: it converts at its rate, leaves a cent open on the customer, and refuses what
 * comes to more than the receivable.
 */
async function payByWizard(context: ConnectorContext, company: Company, { request, invoice }: Paying): Promise<Move> {
  const { document, key } = request;
  const name = setting(context.settings, 'bankMethod');
  const [method] = await search(context, {
    model: 'account.invoice.payment.method',
    domain: [
      ['company', '=', company.id],
      ['name', '=', name],
    ],
    fields: ['name'],
    company: company.id,
  });
  if (!method)
    throw rejected({
      code: 'payment-method-unknown',
      category: 'master-data',
      message: `${company.name} has no payment method ${name}.`,
      cause: `payment method ${name} unknown`,
      remedy: 'Create it in Tryton or correct the connection.',
    });
  const start = {
    amount: decimal(String(document['amount'])),
    currency: await currencyIdOf(context, company, String(document['currency'])),
    payment_method: Number(method['id']),
    date: date(String(document['date'])),
    description: `${key} ${wordsOf(document)}`.slice(0, 250),
    company: company.id,
    invoice_account: Number(invoice['account']),
    currency_digits: 2,
  };
  await wizard(context, company, {
    name: 'account.invoice.pay',
    step: 'pay',
    values: { start, ask: { type: 'partial', currency_digits_writeoff: 2 } },
    model: 'account.invoice',
    ids: [Number(invoice['id'])],
  });
  return afterwards(async () => {
    const move = await postedMove(context, company, key);
    if (move) return move;
    throw rejected({
      code: 'payment-not-made',
      category: 'posting-rejection',
      message: `Tryton’s payment wizard ended without a payment for ${key}.`,
      remedy: 'See the invoice in Tryton.',
    });
  });
}

/** Money out: the customer's receivable against the clearing account. It meets the credit memo on the customer's account. */
async function refund(context: ConnectorContext, company: Company, request: SendRequest): Promise<Receipt> {
  const { document, key } = request;
  const amount = String(document['amount']);
  const receiptFor = (move: Move): Receipt => moveReceipt(move, { currency: String(document['currency']), total: amount });
  const done = await postedMove(context, company, key);
  if (done) return receiptFor(done);
  const foreign = await exchanged(context, company, { amount, currency: String(document['currency']), day: String(document['date']) });
  const worth = foreign?.worth ?? amount;
  const party = await partyOf(context, company, String(document['customer']));
  const clearing = await accountIdOf(context, company, String(document['clearingAccount']), '/clearingAccount');
  const move = await postMove(context, company, {
    key,
    description: `refund ${wordsOf(document)}`,
    day: String(document['date']),
    journal: 'cashJournal',
    lines: [
      { account: party.receivableId, party: party.id, debit: decimal(worth), credit: decimal('0'), ...inCurrency(foreign?.currencyId, amount) },
      { account: clearing, debit: decimal('0'), credit: decimal(worth), ...inCurrency(foreign?.currencyId, money.negate(amount)) },
    ],
  }); // prettier-ignore
  return receiptFor(move);
}

export const payment: Operation = {
  title: 'Payment',
  summary: 'Money received for an invoice, to the clearing account; as refund, money returned.',
  kind: 'financial-posting',
  document: 'payment',
  effects: ['create', 'refund'],
  input,
  writes: 'once',
  idempotency: { mode: 'lookup-only' },
  maxUpstreamSeconds: 60,
  async send(context, request) {
    const company = await companyOf(context);
    return request.effect === 'refund' ? refund(context, company, request) : pay(context, company, request);
  },
  async find(context, request) {
    const company = await companyOf(context);
    const move = await postedMove(context, company, request.key);
    if (!move) return null;
    const { document, effect } = request;
    if (effect === 'create' && typeof document['invoice'] === 'string')
      await attach(context, company, { move, invoice: await invoiceOf(context, company, document) }); // the half that may have been lost
    return moveReceipt(move, { currency: String(document['currency']), total: String(document['amount']) });
  },
};
