import type { ConnectorContext, JsonObject } from '@waybill/sdk';
import type { Company } from './master-data.js';
import { search, type Domain } from './rpc.js';

const fields = [
  'number', 'reference', 'description', 'state', 'currency.code', 'untaxed_amount', 'tax_amount', 'total_amount', 'amount_to_pay',
  'invoice_date', 'accounting_date', 'move', 'move.post_number', 'party.code', 'account', 'lines_to_pay', 'payment_lines',
]; // prettier-ignore

/** Customer invoices and credit notes of the company, drafts too, with what the connector needs to know of them. */
export const readInvoices = (context: ConnectorContext, company: Company, domain: Domain): Promise<JsonObject[]> =>
  search(context, {
    model: 'account.invoice',
    domain: [['company', '=', company.id], ['type', '=', 'out'], ...domain],
    fields,
    limit: 5,
    company: company.id,
  });
