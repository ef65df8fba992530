import { amountOf, money, rejected, type ConnectorContext, type ExactJson, type JsonObject, type Receipt, type SendRequest } from '@waybill/sdk'; // prettier-ignore
import { accountsOf, companyOf, customerOf, type Account, type Company } from './master-data.js';
import { invoiceNumbered } from './sales.js';
import { amountIn, postVoucher } from './vouchers.js';

/** Money in, applied to its invoice; as refund, money out, which stays on the customer's account and meets the credit note there. */
export async function postPayment(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const { document, effect } = request;
  return postVoucher(context, {
    type: 'Payment Entry',
    request,
    expected: {
      currency: String(document['currency']),
      postingDate: String(document['date']),
      datePath: '/date',
      amounts: [{ field: 'paid_amount', amount: String(document['amount']), path: '/amount' }],
    },
    values: () => (effect === 'refund' ? refundValues(context, request) : paymentValues(context, request)),
    what: `post the ${effect === 'refund' ? 'refund' : `payment of ${String(document['invoice'])}`}`,
    about: `customer ${String(document['customer'])}`,
  });
}

async function clearingOf(context: ConnectorContext, company: Company, document: JsonObject): Promise<Account> {
  const code = String(document['clearingAccount']);
  return (await accountsOf(context, company, { codes: [code], at: () => '/clearingAccount' })).get(code)!;
}

/** Both sides of one currency: then no rate is needed but ERPNext's own. */
function refuseCurrency(document: JsonObject, of: { account: string; currency: string }): void {
  if (of.currency === document['currency']) return;
  throw rejected({
    code: 'payment-currency',
    category: 'posting-rejection',
    message: `The payment is in ${String(document['currency'])} and account ${of.account} in ${of.currency}; the rate between them is a person’s to choose.`,
    path: '/currency',
    cause: `${String(document['currency'])} on account ${of.account}`,
    remedy: 'Use accounts in the currency of the payment, or post it in ERPNext and resolve this.',
  });
}

function valuesOf(request: SendRequest, company: Company, of: { type: 'Receive' | 'Pay'; customer: string; from: Account; to: Account }): Record<string, ExactJson> {
  const { document, key } = request;
  const amount = amountOf(String(document['amount']));
  const atHome = document['currency'] === company.currency;
  return {
    payment_type: of.type,
    company: company.name,
    posting_date: document['date'],
    party_type: 'Customer',
    party: of.customer,
    paid_from: of.from.name,
    paid_to: of.to.name,
    paid_from_account_currency: of.from.currency,
    paid_to_account_currency: of.to.currency,
    paid_amount: amount,
    received_amount: amount,
    ...(atHome ? { source_exchange_rate: 1, target_exchange_rate: 1 } : {}),
    // Accounts of type Bank need both.
    reference_no: document['reference'] ?? key,
    reference_date: document['date'],
  };
} // prettier-ignore

async function paymentValues(context: ConnectorContext, request: SendRequest): Promise<Record<string, ExactJson>> {
  const { document } = request;
  const company = await companyOf(context);
  const customer = await customerOf(context, company, { number: String(document['customer']) });
  const invoice = await invoiceNumbered(context, company, { number: String(document['invoice'] ?? ''), customer });
  const receivable = { name: String(invoice['debit_to']), currency: String(invoice['party_account_currency'] ?? company.currency) };
  const clearing = await clearingOf(context, company, document);
  for (const { name, currency } of [receivable, clearing]) refuseCurrency(document, { account: name, currency });
  const open = amountIn(invoice, 'outstanding_amount', receivable.currency);
  if (money.compare(String(document['amount']), open) > 0)
    throw rejected({
      code: 'payment-too-large',
      category: 'posting-rejection',
      message: `A payment of ${String(document['amount'])} ${receivable.currency} does not fit ${String(invoice['name'])}, of which ${open} ${receivable.currency} is open.`,
      path: '/amount',
      cause: `payment does not fit ${String(invoice['name'])}`,
      remedy: 'Post the surplus as an advance in ERPNext, or correct the payment, then replay.',
    });
  return {
    ...valuesOf(request, company, { type: 'Receive', customer, from: receivable, to: clearing }),
    references: [
      { reference_doctype: 'Sales Invoice', reference_name: invoice['name'], allocated_amount: amountOf(String(document['amount'])) },
    ],
  };
}

async function refundValues(context: ConnectorContext, request: SendRequest): Promise<Record<string, ExactJson>> {
  const company = await companyOf(context);
  const customer = await customerOf(context, company, { number: String(request.document['customer']) });
  const clearing = await clearingOf(context, company, request.document);
  refuseCurrency(request.document, { account: clearing.name, currency: clearing.currency });
  if (company.receivable === undefined)
    throw rejected({
      code: 'no-receivable-account',
      category: 'master-data',
      message: `${company.name} has no default receivable account.`,
      cause: `no receivable account in ${company.name}`,
      remedy: 'Set it in ERPNext (Company, Accounts), then replay.',
    });
  const { receivable } = company;
  const to = (await accountsOf(context, company, { codes: [receivable], at: () => '/customer' })).get(receivable)!;
  refuseCurrency(request.document, { account: to.name, currency: to.currency });
  return valuesOf(request, company, { type: 'Pay', customer, from: clearing, to });
}
