import { amountOf, money, type ConnectorContext, type ExactJson, type JsonObject } from '@waybill/sdk';
import { idOf } from './api.js';
import { currencyOf, idsOf, journalOf, partnerOf, type Company, type Currency } from './master-data.js';
import { salesJournalOf } from './settings.js';

export const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);
const textOf = (row: JsonObject, name: string): string | undefined => (typeof row[name] === 'string' ? row[name] : undefined);

export interface SaleValues {
  values: Record<string, ExactJson>;
  partner: string;
  currency: Currency;
}

/** The values of a draft: `invoice_origin` carries our key, `ref` the biller's number. */
export async function saleValues(
  context: ConnectorContext,
  company: Company,
  of: { document: JsonObject; key: string; type: 'out_invoice' | 'out_refund'; credits: string | undefined },
): Promise<SaleValues> {
  const { document, key, type, credits } = of;
  const lines = listOf(document['lines']);
  const at =
    (field: string) =>
    (code: string): string =>
      `/lines/${lines.findIndex((line) => line[field] === code || (Array.isArray(line[field]) && line[field].includes(code)))}/${field}`;
  const partner = await partnerOf(context, company, { number: String(document['customer']) });
  const currency = await currencyOf(context, company, String(document['currency']));
  const journal = await journalOf(context, company, salesJournalOf(context.settings), '/journal');
  const codes = (field: string): string[] => lines.flatMap((line) => textOf(line, field) ?? []);
  const accounts = await idsOf(context, company, { what: 'account', codes: codes('account'), at: at('account') });
  const items = await idsOf(context, company, { what: 'item', codes: codes('item'), at: at('item') });
  const taxes = await idsOf(context, company, { what: 'tax code', codes: lines.flatMap((line) => taxCodesOf(line)), at: at('taxCodes') });
  const values: Record<string, ExactJson> = {
    move_type: type,
    partner_id: idOf(partner),
    journal_id: idOf(journal),
    currency_id: idOf(currency.id),
    ref: document['number'],
    invoice_origin: key,
    invoice_date: document['documentDate'],
    date: document['postingDate'],
    invoice_date_due: document['dueDate'] ?? document['documentDate'],
    invoice_payment_term_id: false,
    narration: document['memo'],
    // Odoo matches a credit note with the invoice that it reverses in the transaction that posts it.
    ...(credits === undefined ? {} : { reversed_entry_id: idOf(credits) }),
    invoice_line_ids: lines.map((line): ExactJson => {
      const item = textOf(line, 'item');
      const { quantity, price, words } = priced(line);
      return [
        0,
        0,
        {
          name: words,
          quantity: amountOf(quantity),
          price_unit: amountOf(price),
          account_id: idOf(accounts.get(String(line['account']))!),
          ...(item === undefined ? {} : { product_id: idOf(items.get(item)!) }),
          tax_ids: [[6, 0, taxCodesOf(line).map((name) => idOf(taxes.get(name)!))]],
        },
      ];
    }),
  };
  return { values, partner, currency };
}

const taxCodesOf = (line: JsonObject): string[] => (Array.isArray(line['taxCodes']) ? line['taxCodes'].map(String) : []);

/** Whether the tax report shows the document: a tax of nothing counts too. */
export const isTaxed = (document: JsonObject): boolean => listOf(document['lines']).some((line) => taxCodesOf(line).length > 0);

/** Decimals of `Product Price` and `Product Unit` as Odoo is delivered; more would be rounded away. */
const decimalsMax = 2;
const decimalsIn = (value: string): number => value.split('.')[1]?.replace(/0+$/, '').length ?? 0;

/** Quantity and price where their product is the amount; else one piece at the amount, and the words say the rest. The amount counts. */
export function priced(line: JsonObject): { quantity: string; price: string; words: string } {
  const [quantity, amount, description] = [String(line['quantity']), String(line['amount']), String(line['description'])];
  const price = textOf(line, 'unitPrice');
  const told =
    price !== undefined &&
    Math.max(decimalsIn(quantity), decimalsIn(price)) <= decimalsMax &&
    money.equals(money.multiply(quantity, price), amount);
  if (told) return { quantity, price, words: description };
  const rest = money.equals(quantity, '1') ? '' : ` (${quantity}${price === undefined ? '' : ` × ${price}`})`;
  return { quantity: '1', price: amount, words: `${description}${rest}` };
}
