import { money, rejected, type ConnectorContext, type JsonObject, type Operation, type Receipt, type SendRequest } from '@waybill/sdk';
import { create, list } from './api.js';
import { paymentInput } from './inputs.js';
import { findJournal, postJournal } from './journals.js';
import { documentNumberOf, externalNumberOf, literal } from './keys.js';
import { assertLocal, customerOf, invoiceOf } from './master-data.js';
import { setting } from './settings.js';
import { exact } from './wire.js';

const text = (document: JsonObject, name: string): string => String(document[name]);

/** Money received, or with the effect refund returned: the customer against the clearing account. */
async function post(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const { document, effect } = request;
  const [amount, customer] = [text(document, 'amount'), text(document, 'customer')];
  const currency = await assertLocal(context, document);
  const back = effect === 'refund';
  const description = `${back ? 'Refund' : 'Payment'} ${typeof document['invoice'] === 'string' ? document['invoice'] : ''}`.trim();
  const comment = typeof document['reference'] === 'string' ? { comment: document['reference'] } : {};
  if (!(await isPostedAlready(context, request, currency))) await customerOf(context, customer);
  return postJournal(context, request, {
    entries: [
      { customer, amount: back ? amount : money.negate(amount), description, ...comment },
      { account: text(document, 'clearingAccount'), amount: back ? money.negate(amount) : amount, description, ...comment },
    ],
    date: text(document, 'date'),
    currency,
    what: `post the ${back ? 'refund' : 'payment'} of ${amount} ${currency}`,
    about: `customer ${customer}`,
  });
}

/** A customer that was blocked after the posting does not hide that it was posted. */
const isPostedAlready = async (context: ConnectorContext, request: SendRequest, currency: string): Promise<boolean> =>
  (await findJournal(context, request, currency)) !== null;

async function journalId(context: ConnectorContext, code: string): Promise<string> {
  const [journal] = await list(
    context,
    'customerPaymentJournals',
    { filter: `code eq ${literal(code.toUpperCase())}`, top: 1 },
    `look the payment journal ${code} up`,
  );
  if (journal) return String(journal['id']);
  throw rejected({
    code: 'payment-journal-unknown',
    category: 'master-data',
    message: `There is no customer payment journal ${code} in Business Central.`,
    cause: `payment journal ${code} is not there`,
    remedy: 'Create the journal in Business Central or correct the setting, then replay.',
  });
}

const lineReceipt = (line: JsonObject, document: JsonObject): Receipt => ({
  documentId: String(line['id']),
  documentNumber: String(line['documentNumber']),
  totals: { currency: text(document, 'currency'), total: money.absolute(String(line['amount'] ?? '0')) },
  details: { state: 'prepared', journal: line['journalDisplayName'] ?? null },
});

async function preparedLine(context: ConnectorContext, request: SendRequest, journal: string): Promise<Receipt | null> {
  const filter = `externalDocumentNumber eq ${literal(externalNumberOf(request.key))}`;
  const [line] = await list(
    context,
    `customerPaymentJournals(${journal})/customerPayments`,
    { filter, top: 2 },
    'look a prepared payment up',
  );
  return line ? lineReceipt(line, request.document) : null;
}

/** A line in the customer payment journal, applied to its invoice; finance posts the journal. */
async function prepare(context: ConnectorContext, request: SendRequest, code: string): Promise<Receipt> {
  const { document, key } = request;
  const journal = await journalId(context, code);
  const found = (await findJournal(context, request, text(document, 'currency'))) ?? (await preparedLine(context, request, journal));
  if (found) return found;
  await assertLocal(context, document);
  const customer = await customerOf(context, document['customer']);
  const invoice = typeof document['invoice'] === 'string' ? await invoiceOf(context, document['invoice']) : undefined;
  const line = await create(
    context,
    `customerPaymentJournals(${journal})/customerPayments`,
    {
      customerNumber: String(customer['number']),
      postingDate: text(document, 'date'),
      documentNumber: documentNumberOf(key),
      externalDocumentNumber: externalNumberOf(key),
      amount: exact(money.negate(text(document, 'amount'))),
      ...(invoice ? { appliesToInvoiceNumber: String(invoice['number']) } : {}),
      description: `Payment ${typeof document['invoice'] === 'string' ? document['invoice'] : ''}`.trim(),
      ...(typeof document['reference'] === 'string' ? { comment: document['reference'] } : {}),
    },
    {
      what: `prepare the payment of ${text(document, 'amount')} ${text(document, 'currency')}`,
      about: `customer ${text(document, 'customer')}`,
    },
  );
  return lineReceipt(line, document);
}

/** The journal that payments are prepared in; refunds are always posted, for nothing is applied by them. */
const prepares = (context: ConnectorContext, request: SendRequest): string | undefined =>
  request.effect === 'create' ? setting(context.settings, 'paymentJournal') : undefined;

export const payment: Operation = {
  title: 'Payment',
  summary:
    'Money received, posted on the customer against the clearing account, or prepared in a payment journal and applied to its invoice; as refund, money returned.',
  kind: 'financial-posting',
  document: 'payment',
  effects: ['create', 'refund'],
  input: paymentInput,
  writes: 'once',
  idempotency: { mode: 'lookup-only' },
  maxUpstreamSeconds: 600,
  send(context, request) {
    const journal = prepares(context, request);
    return journal === undefined ? post(context, request) : prepare(context, request, journal);
  },
  async find(context, request) {
    const posted = await findJournal(context, request, text(request.document, 'currency'));
    const journal = prepares(context, request);
    return posted ?? (journal === undefined ? null : preparedLine(context, request, await journalId(context, journal)));
  },
};
