import { amountOf, money, rejected, type ConnectorContext, type ExactJson, type JsonObject, type Receipt, type SendRequest } from '@waybill/sdk'; // prettier-ignore
import { accountsOf, companyOf, customerOf, type Company } from './master-data.js';
import { setting } from './settings.js';
import { numberFieldOf, postVoucher, rowsOf, type Expected } from './vouchers.js';

export const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);
const textOf = (row: JsonObject, name: string): string | undefined => (typeof row[name] === 'string' ? row[name] : undefined);

/** The submitted invoice of a number, which a payment or a credit acts on. */
export async function invoiceNumbered(context: ConnectorContext, company: Company, of: { number: string; customer: string }): Promise<JsonObject> {
  const rows = await rowsOf(context, 'Sales Invoice', [
    [numberFieldOf(context), '=', of.number],
    ['company', '=', company.name],
    ['customer', '=', of.customer],
    ['docstatus', '=', 1],
    ['is_return', '=', 0],
  ]);
  if (rows.length === 1) return rows[0]!;
  throw rejected({
    code: rows.length === 0 ? 'invoice-unknown' : 'invoice-ambiguous',
    category: 'posting-rejection',
    message: `ERPNext has ${rows.length === 0 ? 'no' : 'more than one'} submitted invoice ${of.number} of ${of.customer}.`,
    path: '/invoice',
    cause: `invoice ${of.number} ${rows.length === 0 ? 'not' : 'twice'} in ERPNext`,
    remedy: 'Post the invoice first, or correct its number in ERPNext, then replay.',
  });
} // prettier-ignore

const expectedOf = (document: JsonObject): Expected => ({
  currency: String(document['currency']),
  postingDate: String(document['postingDate']),
  datePath: '/postingDate',
  amounts: [
    { field: 'net_total', amount: String(document['subtotal']), path: '/subtotal' },
    { field: 'total_taxes_and_charges', amount: String(document['taxTotal']), path: '/taxTotal' },
    { field: 'grand_total', amount: String(document['total']), path: '/total' },
  ],
});

/** An invoice, or as `-1` a return: a credit note, whose quantities and taxes are negative in ERPNext. */
export async function postSale(context: ConnectorContext, request: SendRequest, sign: 1 | -1): Promise<Receipt> {
  const { document } = request;
  return postVoucher(context, {
    type: 'Sales Invoice',
    request,
    expected: expectedOf(document),
    values: () => saleValues(context, document, sign),
    what: `post the ${sign === 1 ? 'invoice' : 'credit note'} ${String(document['number'])}`,
    about: `customer ${String(document['customer'])}`,
  });
}

async function saleValues(context: ConnectorContext, document: JsonObject, sign: 1 | -1): Promise<Record<string, ExactJson>> {
  const company = await companyOf(context);
  const customer = await customerOf(context, company, { number: String(document['customer']) });
  const [lines, taxes] = [listOf(document['lines']), listOf(document['taxLines'])];
  const accounts = await accountsOf(context, company, {
    codes: [...lines, ...taxes].map((line) => String(line['account'])),
    at: (code) => {
      const at = lines.findIndex((line) => line['account'] === code);
      return at >= 0 ? `/lines/${at}/account` : `/taxLines/${taxes.findIndex((line) => line['account'] === code)}/account`;
    },
  });
  const nameOf = (line: JsonObject): string => accounts.get(String(line['account']))!.name;
  const signed = (value: string): ExactJson => amountOf(sign === 1 ? value : money.negate(value));
  const credited =
    sign === -1 && typeof document['invoice'] === 'string'
      ? await invoiceNumbered(context, company, { number: document['invoice'], customer })
      : undefined;
  return {
    company: company.name,
    customer,
    currency: document['currency'],
    posting_date: document['postingDate'],
    // Without it ERPNext posts today.
    set_posting_time: 1,
    due_date: document['dueDate'] ?? document['postingDate'],
    // The total to the cent: no rounding to whole units, no pricing rules.
    disable_rounded_total: 1,
    ignore_pricing_rule: 1,
    [numberFieldOf(context)]: document['number'],
    remarks: document['memo'] ?? document['number'],
    ...(sign === 1 ? {} : { is_return: 1 }),
    // A credit note that names its invoice lowers what is open on that, at the same rate (validate_return of ERPNext).
    ...(credited === undefined
      ? {}
      : {
          return_against: credited['name'],
          update_outstanding_for_self: 0,
          conversion_rate: amountOf(String(credited['conversion_rate'])),
        }),
    items: lines.map((line): ExactJson => {
      const { quantity, price, words } = priced(line);
      const item = textOf(line, 'item');
      return {
        // A return's items are compared with those of its invoice by code, price among it; money that is credited fits none of them.
        ...(item === undefined || credited !== undefined ? {} : { item_code: item }),
        item_name: words.slice(0, 140),
        description: words,
        qty: signed(quantity),
        rate: amountOf(price),
        uom: setting(context.settings, 'unit'),
        conversion_factor: 1,
        income_account: nameOf(line),
        ...(textOf(line, 'costCenter') === undefined ? {} : { cost_center: line['costCenter'] }),
      };
    }),
    // The biller's tax as it is: a charge of type Actual is not computed.
    taxes: taxes.map((line): ExactJson => ({
      charge_type: 'Actual',
      account_head: nameOf(line),
      description: line['taxCode'],
      tax_amount: signed(String(line['amount'])),
    })),
  };
}

/** Decimals of prices and quantities as ERPNext is delivered (float and currency precision); more would be rounded away. */
const decimalsMax = { quantity: 3, price: 2 };
const decimalsIn = (value: string): number => value.split('.')[1]?.replace(/0+$/, '').length ?? 0;

/** Quantity and price where their product is the amount; else one piece at the amount, and the words say the rest. The amount counts. */
export function priced(line: JsonObject): { quantity: string; price: string; words: string } {
  const [quantity, amount, description] = [String(line['quantity']), String(line['amount']), String(line['description'])];
  const price = textOf(line, 'unitPrice');
  const told =
    price !== undefined &&
    !money.isNegative(quantity) &&
    decimalsIn(quantity) <= decimalsMax.quantity &&
    decimalsIn(price) <= decimalsMax.price &&
    money.equals(money.multiply(quantity, price), amount);
  if (told) return { quantity, price, words: description };
  const rest = money.equals(quantity, '1') ? '' : ` (${quantity}${price === undefined ? '' : ` × ${price}`})`;
  return { quantity: '1', price: amount, words: `${description}${rest}` };
}
