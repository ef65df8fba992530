import { misconfigured, money, rejected, type JsonObject } from '@waybill/sdk';
import { externalNumberOf } from './keys.js';
import { setting } from './settings.js';
import { exact, type ExactObject } from './wire.js';

export interface SaleKind {
  set: 'salesInvoices' | 'salesCreditMemos';
  lines: 'salesInvoiceLines' | 'salesCreditMemoLines';
  date: 'invoiceDate' | 'creditMemoDate';
  /** For people. */
  name: string;
}

export const invoiceKind: SaleKind = { set: 'salesInvoices', lines: 'salesInvoiceLines', date: 'invoiceDate', name: 'invoice' };
export const creditKind: SaleKind = { set: 'salesCreditMemos', lines: 'salesCreditMemoLines', date: 'creditMemoDate', name: 'credit memo' };

type Line = Record<'description' | 'quantity' | 'amount', string> & {
  item?: string;
  account?: string;
  unitPrice?: string;
  taxCode?: string;
};
type TaxLine = Record<'base' | 'amount', string> & { taxCode?: string; name?: string; account?: string };
const linesOf = (document: JsonObject): Line[] => document['lines'] as unknown as Line[];
const taxesOf = (document: JsonObject): TaxLine[] =>
  (document['taxLines'] as unknown as TaxLine[]).filter(({ amount }) => !money.isZero(amount));
export const taxAsLines = (settings: JsonObject): boolean => setting(settings, 'taxPosting') === 'lines';

const transformation = (code: string, message: string, path: string) =>
  rejected({ code, category: 'transformation', message, path, cause: code, remedy: 'Correct the mapping, then replay.' });

/** Refuses a document whose parts are not its totals, before anything is asked. */
export function assertSums(document: JsonObject): void {
  const check = (name: string, sum: string): void => {
    if (!money.equals(String(document[name]), sum))
      throw transformation(
        'totals-do-not-add-up',
        `${name} of ${String(document['number'])} is ${String(document[name])}, its parts sum to ${sum}.`,
        `/${name}`,
      );
  };
  check('subtotal', money.sum(linesOf(document).map(({ amount }) => amount)));
  check('taxTotal', money.sum(taxesOf(document).map(({ amount }) => amount)));
  check('total', money.add(String(document['subtotal']), String(document['taxTotal'])));
}

const cut = (words: string): string => [...words].slice(0, 100).join(''); // salesInvoiceLine.description holds 100

/** Quantity and price where their product is the amount exactly; otherwise one piece at the amount, and the words hold both. */
export function priced(line: Pick<Line, 'description' | 'quantity' | 'unitPrice' | 'amount'>): ExactObject {
  const { description, quantity, unitPrice, amount } = line;
  const fits = unitPrice !== undefined && !money.isNegative(unitPrice) && money.equals(money.multiply(quantity, unitPrice), amount);
  if (fits) return { description: cut(description), quantity: exact(quantity), unitPrice: exact(unitPrice) };
  const words = unitPrice === undefined ? description : `${description} (${quantity} × ${unitPrice})`;
  // a price is not negative in Business Central; what is taken off goes as a negative quantity
  return { description: cut(words), quantity: exact(money.isNegative(amount) ? '-1' : '1'), unitPrice: exact(money.absolute(amount)) };
}

function target(line: Line, at: number): ExactObject {
  if (line.item !== undefined) return { lineType: 'Item', lineObjectNumber: line.item };
  if (line.account !== undefined) return { lineType: 'Account', lineObjectNumber: line.account };
  throw transformation('line-without-item', `Line ${at + 1} names neither an item nor an account.`, `/lines/${at}`);
}

/** The biller's tax as lines on its accounts, and no tax of Business Central's beside it. */
function taxLines(document: JsonObject, noTaxCode: string): ExactObject[] {
  return taxesOf(document).map((tax, at) => {
    if (tax.account === undefined)
      throw transformation('tax-without-account', `Tax line ${at + 1} names no account to post to.`, `/taxLines/${at}`);
    const words = tax.name ?? tax.taxCode ?? 'Tax';
    return {
      lineType: 'Account',
      lineObjectNumber: tax.account,
      ...priced({ description: words, quantity: '1', amount: tax.amount }),
      taxCode: noTaxCode,
    };
  });
}

function noTaxCodeOf(settings: JsonObject): string {
  const code = setting(settings, 'noTaxCode');
  if (code !== undefined) return code;
  throw misconfigured({
    code: 'no-tax-code-missing',
    message: 'Tax is posted as lines, and the connection names no tax code without tax.',
    remedy: 'Enter a tax group or VAT product posting group at zero in the connection.',
  });
}

/** The body of a draft with its lines, made in one request. Pure. */
export function saleBody(document: JsonObject, of: { key: string; kind: SaleKind; settings: JsonObject; appliesTo?: string }): ExactObject {
  const asLines = taxAsLines(of.settings);
  const noTax = asLines ? noTaxCodeOf(of.settings) : undefined;
  const lines = linesOf(document).map((line, at): ExactObject => {
    const taxCode = noTax ?? line.taxCode;
    return { ...target(line, at), ...priced(line), ...(taxCode === undefined ? {} : { taxCode }) };
  });
  return {
    externalDocumentNumber: externalNumberOf(of.key),
    [of.kind.date]: String(document['documentDate']),
    postingDate: String(document['postingDate']),
    ...(document['dueDate'] === undefined ? {} : { dueDate: String(document['dueDate']) }),
    customerNumber: String(document['customer']),
    currencyCode: String(document['currency']),
    ...(of.kind.set === 'salesInvoices' ? { customerPurchaseOrderReference: String(document['number']) } : {}),
    ...(of.appliesTo === undefined ? {} : { invoiceId: of.appliesTo }),
    [of.kind.lines]: noTax === undefined ? lines : [...lines, ...taxLines(document, noTax)],
  };
}

/** What Business Central has to say of the document's totals: with tax as lines it knows of no tax. */
export function expectedTotals(
  document: JsonObject,
  settings: JsonObject,
): { totalAmountIncludingTax: string; totalAmountExcludingTax: string } {
  const total = String(document['total']);
  return { totalAmountIncludingTax: total, totalAmountExcludingTax: taxAsLines(settings) ? total : String(document['subtotal']) };
}
