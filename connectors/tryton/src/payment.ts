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
import { exchanged, exchangeMethodOf, inCurrency } from './exchange.js';
import { nested, rpc, search } from './rpc.js';
import { attach, moveReceipt } from './reversals.js';
import { setting } from './settings.js';
import { openLines, wizard } from './settlement.js';
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
  const amount = String(document['amount']);
  const invoice = await invoiceOf(context, company, document);
  const done = await postedMove(context, company, key);
  if (!done) refuseSurplus(invoice, document);
  if (nested(invoice, 'currency')['code'] !== company.currency)
    return done ? foreignReceipt(context, company, { move: done, invoice, request }) : payByWizard(context, company, { request, invoice });
  const move = done ?? (await postMove(context, company, {
    key,
    description: wordsOf(document),
    day: String(document['date']),
    journal: 'cashJournal',
    origin: `account.invoice,${String(invoice['id'])}`,
    lines: [
      { account: await accountIdOf(context, company, String(document['clearingAccount']), '/clearingAccount'), debit: decimal(amount), credit: decimal('0') },
      { account: Number(invoice['account']), party: Number(nested(invoice, 'party')['id']), debit: decimal('0'), credit: decimal(amount) },
    ],
  })); // prettier-ignore
  await afterwards(() => attach(context, company, { move, invoice }));
  return moveReceipt(move, { currency: company.currency, total: amount });
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

/** Another currency than the company's needs Tryton's rate, which only its own wizard applies; gain and loss are the ERP's. */
async function payByWizard(
  context: ConnectorContext,
  company: Company,
  of: { request: SendRequest; invoice: JsonObject },
): Promise<Receipt> {
  const { document, key } = of.request;
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
    invoice_account: Number(of.invoice['account']),
    currency_digits: 2,
  };
  const full = money.equals(String(document['amount']), String(of.invoice['amount_to_pay']));
  const exchange = full ? await exchangeMethodOf(context, company) : undefined;
  // Each line of an invoice is converted by itself, so its whole seldom is the sum of them: Tryton asks what to do with the rest.
  const ask =
    exchange === undefined
      ? { type: 'partial' }
      : {
          type: 'writeoff',
          writeoff: exchange,
          lines: (await openLines(context, company, of.invoice['lines_to_pay'])).map(({ id }) => id),
        };
  await wizard(context, company, {
    name: 'account.invoice.pay',
    step: 'pay',
    values: { start, ask: { ...ask, currency_digits_writeoff: 2 } },
    model: 'account.invoice',
    ids: [Number(of.invoice['id'])],
  });
  return afterwards(async () => {
    const move = await postedMove(context, company, key);
    if (!move)
      throw rejected({
        code: 'payment-not-made',
        category: 'posting-rejection',
        message: `Tryton’s payment wizard ended without a payment for ${key}.`,
        remedy: 'See the invoice in Tryton.',
      });
    return foreignReceipt(context, company, { move, invoice: of.invoice, request: of.request });
  });
}

/** Tryton leaves the entry of an exchange difference a draft: it is posted with the payment. Safe to repeat. */
async function foreignReceipt(
  context: ConnectorContext,
  company: Company,
  { move, invoice, request: { document } }: { move: Move; invoice: JsonObject; request: SendRequest },
): Promise<Receipt> {
  const [line] = await search(context, {
    model: 'account.move.line',
    domain: [
      ['move', '=', move.id],
      ['account', '=', Number(invoice['account'])],
    ],
    fields: ['reconciliation'],
    company: company.id,
  });
  const reconciliation = line?.['reconciliation'];
  const drafts =
    typeof reconciliation === 'number'
      ? await search(context, {
          model: 'account.move',
          domain: [
            ['lines.reconciliation', '=', reconciliation],
            ['state', '=', 'draft'],
          ],
          fields: ['state'],
          company: company.id,
        })
      : [];
  if (drafts.length > 0)
    await rpc(context, {
      method: 'model.account.move.post',
      params: [drafts.map(({ id }) => Number(id)), { company: company.id }],
      what: 'post the exchange difference',
      writes: true,
    });
  return moveReceipt(move, { currency: String(document['currency']), total: String(document['amount']) });
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
    // the half that may have been lost
    if (effect === 'create' && typeof document['invoice'] === 'string') {
      const invoice = await invoiceOf(context, company, document);
      if (nested(invoice, 'currency')['code'] !== company.currency) return foreignReceipt(context, company, { move, invoice, request });
      await attach(context, company, { move, invoice });
    }
    return moveReceipt(move, { currency: String(document['currency']), total: String(document['amount']) });
  },
};
