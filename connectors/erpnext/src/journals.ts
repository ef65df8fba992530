import { amountOf, money, rejected, type ConnectorContext, type ExactJson, type JsonObject, type Receipt, type SendRequest } from '@waybill/sdk'; // prettier-ignore
import { accountsOf, companyOf, customerOf } from './master-data.js';
import { listOf } from './sales.js';
import { postVoucher } from './vouchers.js';

export const debitOf = (document: JsonObject): string => money.sum(listOf(document['lines']).map((line) => String(line['debit'])));

export async function postJournal(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const { document } = request;
  const [debit, credit] = [debitOf(document), money.sum(listOf(document['lines']).map((line) => String(line['credit'])))];
  if (!money.equals(debit, credit))
    throw rejected({
      code: 'entry-unbalanced',
      category: 'transformation',
      message: `Debits of ${debit} and credits of ${credit} differ.`,
      path: '/lines',
      remedy: 'Correct the mapping.',
    });
  return postVoucher(context, {
    type: 'Journal Entry',
    request,
    expected: {
      currency: String(document['currency']),
      postingDate: String(document['postingDate']),
      datePath: '/postingDate',
      amounts: [{ field: 'total_debit', amount: debit, path: '/lines' }],
    },
    values: () => journalValues(context, document),
    what: 'post the journal entry',
  });
}

async function journalValues(context: ConnectorContext, document: JsonObject): Promise<Record<string, ExactJson>> {
  const company = await companyOf(context);
  if (document['currency'] !== company.currency)
    throw rejected({
      code: 'foreign-currency',
      category: 'posting-rejection',
      message: `A journal entry in ${String(document['currency'])} is not posted to ${company.name}, whose books are in ${company.currency}.`,
      path: '/currency',
      remedy: 'Convert it with a rate table in the mapping.',
    });
  const lines = listOf(document['lines']);
  const codes = lines.map((line) => String(line['account']));
  const accounts = await accountsOf(context, company, { codes, at: (code) => `/lines/${codes.indexOf(code)}/account` });
  const customers = new Map<string, string>();
  for (const [at, { customer }] of lines.entries())
    if (typeof customer === 'string' && !customers.has(customer))
      customers.set(customer, await customerOf(context, company, { number: customer, path: `/lines/${at}/customer` }));
  return {
    voucher_type: 'Journal Entry',
    company: company.name,
    posting_date: document['postingDate'],
    user_remark: document['description'],
    accounts: lines.map((line): ExactJson => ({
      account: accounts.get(String(line['account']))!.name,
      debit_in_account_currency: amountOf(String(line['debit'])),
      credit_in_account_currency: amountOf(String(line['credit'])),
      ...(typeof line['customer'] === 'string' ? { party_type: 'Customer', party: customers.get(line['customer'])! } : {}),
      ...(typeof line['description'] === 'string' ? { user_remark: line['description'] } : {}),
      ...(typeof line['costCenter'] === 'string' ? { cost_center: line['costCenter'] } : {}),
    })),
  };
}
