import { rejected, type ConnectorContext, type JsonObject } from '@waybill/sdk';
import { list, readOne } from './api.js';
import { literal } from './keys.js';

/** The value of `blocked` that blocks nothing; OData writes the option with a blank name so. */
export const unblocked = ['_x0020_', ' ', ''];

/** The customer, who must be there and not blocked: told by name before anything is written. */
export async function customerOf(context: ConnectorContext, number: unknown): Promise<JsonObject> {
  const code = String(number);
  const [customer] = await list(context, 'customers', { filter: `number eq ${literal(code)}`, top: 1 }, `look customer ${code} up`);
  if (!customer)
    throw rejected({
      code: 'customer-unknown',
      category: 'master-data',
      message: `Customer ${code} is not in Business Central.`,
      path: '/customer',
      cause: `customer ${code} is not there`,
      remedy: 'Create the customer in Business Central or correct the table that names it, then replay.',
    });
  if (!unblocked.includes(String(customer['blocked'] ?? '')))
    throw rejected({
      code: 'customer-blocked',
      category: 'master-data',
      message: `Customer ${code} is blocked (${String(customer['blocked'])}) in Business Central.`,
      path: '/customer',
      cause: `customer ${code} is blocked`,
      remedy: 'Unblock the customer in Business Central, then replay.',
    });
  return customer;
}

/** A posted invoice by the biller's number, which stands in its customer's order reference. */
export async function invoiceOf(context: ConnectorContext, number: string): Promise<JsonObject> {
  const filter = `customerPurchaseOrderReference eq ${literal(number)}`;
  const found = (await list(context, 'salesInvoices', { filter, top: 5 }, `look invoice ${number} up`)).filter((one) => isPosted(one));
  if (found.length === 1) return found[0]!;
  const many = found.length > 1;
  throw rejected({
    code: many ? 'invoice-ambiguous' : 'invoice-unknown',
    category: 'posting-rejection',
    message: many
      ? `${found.length} posted invoices carry the number ${number} in Business Central.`
      : `Invoice ${number} is not posted in Business Central.`,
    path: '/invoice',
    cause: many ? `invoice ${number} is there more than once` : `invoice ${number} not posted`,
    remedy: many ? 'Credit the surplus one in Business Central, then replay.' : 'Post the invoice first, then replay.',
  });
}

const posted = ['Open', 'Paid', 'Canceled', 'Corrective'];
export const isPosted = (document: JsonObject): boolean => posted.includes(String(document['status']));

/** The currency that the company's books are in. */
export async function localCurrency(context: ConnectorContext): Promise<string> {
  const setup = (await list(context, 'generalLedgerSetup', { top: 1 }, 'read the general ledger setup'))[0];
  return String(setup?.['localCurrencyCode'] ?? '');
}

export async function companyOf(context: ConnectorContext): Promise<JsonObject | undefined> {
  return readOne(context, `/companies(${String(context.settings['companyId'])})`, 'read the company');
}

/** Journals of API v2.0 know no currency: what is not in the company's own cannot be posted through them. */
export async function assertLocal(context: ConnectorContext, document: JsonObject): Promise<string> {
  const local = await localCurrency(context);
  if (document['currency'] === local) return local;
  throw rejected({
    code: 'foreign-currency',
    category: 'posting-rejection',
    message: `An amount in ${String(document['currency'])} cannot be posted through a journal of Business Central’s API, whose lines are in ${local}.`,
    path: '/currency',
    cause: `journals in ${local} only`,
    remedy: 'Convert it with a rate table in the mapping, or post it in Business Central and resolve this.',
  });
}
