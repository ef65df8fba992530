import { money, type ConnectorContext, type JsonObject, type JsonSchema } from '@waybill/sdk';
import { accountIdOf, currencyIdOf, each, journalIdOf, partyOf, taxIdOf, type Company, type Party } from './master-data.js';
import { date, decimal } from './wire.js';

const text = (description: string, maxLength = 255): JsonSchema => ({ type: 'string', minLength: 1, maxLength, description });
const amount = (description: string): JsonSchema => ({ type: 'string', pattern: '^-?\\d{1,30}(\\.\\d{1,20})?$', description });
const day = (description: string): JsonSchema => ({ type: 'string', format: 'date', description });

/** What a mapping gives for an invoice or a credit memo. Amounts of a credit memo are positive too. */
export const invoiceInput: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['customer', 'number', 'currency', 'invoiceDate', 'lines', 'taxLines', 'subtotal', 'taxTotal', 'total'],
  properties: {
    customer: text('Party code.'),
    number: text('The biller’s number; kept as the description, by which payments find their invoice.', 100),
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    invoiceDate: day('Date on the document.'),
    accountingDate: day('Date in the books; default the invoice date.'),
    dueDate: day('Payable until; default the posting day.'),
    invoice: text('Credit memo: number of the invoice it credits. It is settled with it when it closes it.', 100),
    memo: { type: 'string', maxLength: 2000 },
    lines: {
      type: 'array', minItems: 1, maxItems: 2000,
      items: {
        type: 'object', additionalProperties: false, required: ['description', 'quantity', 'amount', 'account'],
        properties: { description: text('What was sold.', 500), quantity: amount('Quantity.'), unitPrice: amount('Price of one.'), amount: amount('The truth.'), account: text('Account code.') },
      },
    },
    taxLines: {
      type: 'array', maxItems: 200,
      items: {
        type: 'object', additionalProperties: false, required: ['taxCode', 'base', 'amount', 'account'],
        properties: { taxCode: text('Name of the tax.'), description: text('Words on the line.'), base: amount('Taxed amount.'), amount: amount('Tax.'), account: text('Account code.') },
      },
    },
    subtotal: amount('Sum of the lines.'),
    taxTotal: amount('Sum of the tax lines.'),
    total: amount('Subtotal and tax.'),
    writtenOff: amount('For a write-off: how much of the invoice billing wrote off.'),
  },
}; // prettier-ignore

type Line = Record<'description' | 'quantity' | 'amount' | 'account', string> & { unitPrice?: string };
type TaxLine = Record<'taxCode' | 'base' | 'amount' | 'account', string> & { description?: string };

export interface InvoiceValues {
  values: JsonObject;
  party: Party;
}

/** The values of a draft. `sign` is -1 for a credit memo: negative quantities and tax amounts make a credit note of it. */
export async function invoiceValues(
  context: ConnectorContext,
  company: Company,
  ask: { document: JsonObject; key: string; sign: 1 | -1 },
): Promise<InvoiceValues> {
  const { document, key, sign } = ask;
  const lines = document['lines'] as unknown as Line[];
  const taxLines = document['taxLines'] as unknown as TaxLine[];
  const party = await partyOf(context, company, String(document['customer']));
  const currency = await currencyIdOf(context, company, String(document['currency']));
  const accounts = await each(
    lines.map((line) => line.account),
    (code, i) => accountIdOf(context, company, code, `/lines/${i}/account`),
  );
  const taxAccounts = await each(
    taxLines.map((line) => line.account),
    (code, i) => accountIdOf(context, company, code, `/taxLines/${i}/account`),
  );
  const taxes = await each(
    taxLines.map((line) => line.taxCode),
    (name, i) => taxIdOf(context, company, name, `/taxLines/${i}/taxCode`),
  );
  const signed = (value: string): JsonObject => decimal(sign === 1 ? value : money.negate(value));
  const values: JsonObject = {
    company: company.id,
    type: 'out',
    party: party.id,
    invoice_address: party.addressId,
    currency,
    journal: await journalIdOf(context, company, 'revenueJournal'),
    account: party.receivableId,
    reference: key,
    description: String(document['number']),
    comment: typeof document['memo'] === 'string' ? document['memo'] : null,
    invoice_date: date(String(document['invoiceDate'])),
    accounting_date: date(String(document['accountingDate'] ?? document['invoiceDate'])),
    payment_term: null,
    payment_term_date: date(String(document['dueDate'] ?? document['invoiceDate'])),
    lines: [['create', lines.map((line) => ({ type: 'line', company: company.id, currency, account: accounts.get(line.account)!, taxes: [], ...priced(line, sign) }))]],
    // the biller's tax, not Tryton's: manual lines are posted as they are
    taxes: [['create', taxLines.map((line) => ({
      manual: true,
      description: line.description ?? line.taxCode,
      account: taxAccounts.get(line.account)!,
      tax: taxes.get(line.taxCode)!,
      base: signed(line.base),
      amount: signed(line.amount),
    }))]],
  }; // prettier-ignore
  return { values, party };
}

/**
 * Quantity and price, but only where their product is the amount without rounding and a double holds the quantity, which is
 * a float in Tryton; else one piece at the amount, and the words say the rest. The amount is the truth.
 */
export function priced(line: Line, sign: 1 | -1): JsonObject {
  const { quantity, unitPrice, amount: whole } = line;
  const decimals = (value: string): number => value.split('.')[1]?.replace(/0+$/, '').length ?? 0;
  const exact =
    unitPrice !== undefined &&
    decimals(unitPrice) <= 4 &&
    quantity.replace(/\D/g, '').length <= 15 &&
    !money.isZero(quantity) &&
    money.equals(money.multiply(quantity, unitPrice), whole);
  if (exact) return { quantity: sign * Number(quantity), unit_price: decimal(money.round(unitPrice, 4)), description: line.description };
  const words = money.equals(quantity, '1')
    ? line.description
    : `${line.description} (${quantity}${unitPrice === undefined ? '' : ` × ${unitPrice}`})`;
  return { quantity: sign, unit_price: decimal(whole), description: words };
}
