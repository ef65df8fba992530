import { money, rejected, type JsonObject } from '@waybill/sdk';
import type { Reference, References } from './references.js';
import { setting } from './settings.js';
import { exact, type ExactObject } from './wire.js';

type Line = Record<'item' | 'description' | 'quantity' | 'amount', string> & {
  unitPrice?: string;
  taxCodes?: string[];
  deferral?: { template: string; from: string; to: string };
} & Segments;
type TaxLine = Record<'taxCode' | 'base' | 'amount', string> & { name?: string; rate?: string };
export type Segments = { department?: string; class?: string; location?: string };
const segmentKinds = ['department', 'class', 'location'] as const;

const linesOf = (document: JsonObject): Line[] => (document['lines'] ?? []) as unknown as Line[];
const taxLinesOf = (document: JsonObject): TaxLine[] =>
  ((document['taxLines'] ?? []) as unknown as TaxLine[]).filter(({ amount }) => !money.isZero(amount));
const appliesTo = (document: JsonObject): { invoice: string; amount: string }[] =>
  (document['appliesTo'] ?? []) as unknown as { invoice: string; amount: string }[];
const taxAsLines = (settings: JsonObject): boolean => setting(settings, 'taxPosting') === 'lines';

/** Refuses a document whose parts are not its totals, before anything is asked of NetSuite. */
export function assertSums(document: JsonObject): void {
  const check = (name: string, said: unknown, sum: string): void => {
    if (money.equals(String(said), sum)) return;
    throw rejected({
      code: 'totals-do-not-add-up',
      category: 'transformation',
      message: `${name} of ${String(document['number'])} is ${String(said)}, its parts sum to ${sum} ${String(document['currency'])}.`,
      path: `/${name}`,
      cause: 'totals do not add up',
      remedy: 'Correct the mapping: lines and taxes must be the totals.',
    });
  };
  check('subtotal', document['subtotal'], money.sum(linesOf(document).map(({ amount }) => amount)));
  check('taxTotal', document['taxTotal'], money.sum(taxLinesOf(document).map(({ amount }) => amount)));
  check('total', document['total'], money.add(String(document['subtotal']), String(document['taxTotal'])));
}

export function segmentReferences(of: Segments, path: string): Reference[] {
  return segmentKinds.flatMap((kind) => (of[kind] === undefined ? [] : [{ kind, code: of[kind], path: `${path}/${kind}` }]));
}

export function segments(of: Segments, ids: References): ExactObject {
  return Object.fromEntries(segmentKinds.flatMap((kind) => (of[kind] === undefined ? [] : [[kind, { id: ids.id(kind, of[kind]) }]])));
}

/** All that an invoice or credit memo names. */
export function saleReferences(document: JsonObject, settings: JsonObject): Reference[] {
  const taxKind = taxAsLines(settings) ? 'item' : 'tax-code';
  return [
    { kind: 'customer', code: String(document['customer']), path: '/customer' },
    { kind: 'currency', code: String(document['currency']), path: '/currency' },
    ...segmentReferences(document as Segments, ''),
    ...linesOf(document).flatMap((line, at): Reference[] => [
      { kind: 'item', code: line.item, path: `/lines/${at}/item` },
      ...segmentReferences(line, `/lines/${at}`),
    ]),
    ...taxLinesOf(document).map((tax, at): Reference => ({ kind: taxKind, code: tax.taxCode, path: `/taxLines/${at}/taxCode` })),
    ...appliesTo(document).map((one, at): Reference => ({ kind: 'invoice', code: one.invoice, path: `/appliesTo/${at}/invoice` })),
  ];
}

/** Quantity and price where their product is the amount exactly; otherwise one piece at the amount, and the words hold both. */
export function priced(line: Pick<Line, 'description' | 'quantity' | 'unitPrice' | 'amount'>): ExactObject {
  const { description, quantity, unitPrice, amount } = line;
  const fits = unitPrice !== undefined && money.equals(money.multiply(quantity, unitPrice), amount);
  if (fits) return { description, quantity: exact(quantity), rate: exact(unitPrice), amount: exact(amount) };
  const words = unitPrice === undefined ? description : `${description} (${quantity} × ${unitPrice})`;
  return { description: words, quantity: exact('1'), rate: exact(amount), amount: exact(amount) };
}

/** The body of an invoice or a credit memo: lines, and the biller's tax to the cent. Pure. */
export function saleBody(document: JsonObject, ids: References, of: { externalId: string; settings: JsonObject }): ExactObject {
  const lines = linesOf(document).map((line, at): ExactObject => ({
    item: { id: ids.id('item', line.item) },
    ...priced(line),
    ...segments(line, ids),
    ...(taxAsLines(of.settings) ? {} : { taxDetailsReference: `line-${at + 1}` }),
    ...(line.deferral
      ? { revRecSchedule: { id: line.deferral.template }, revRecStartDate: line.deferral.from, revRecEndDate: line.deferral.to }
      : {}),
  }));
  const subsidiary = setting(of.settings, 'subsidiaryId');
  return {
    externalId: of.externalId,
    entity: { id: ids.id('customer', document['customer']) },
    ...(subsidiary === undefined ? {} : { subsidiary: { id: subsidiary } }),
    currency: { id: ids.id('currency', document['currency']) },
    tranDate: String(document['documentDate']),
    ...(ids.period === undefined ? {} : { postingPeriod: { id: ids.period } }),
    ...(document['dueDate'] === undefined ? {} : { dueDate: String(document['dueDate']) }),
    otherRefNum: String(document['number']),
    ...(document['memo'] === undefined ? {} : { memo: String(document['memo']) }),
    ...segments(document as Segments, ids),
    ...(taxAsLines(of.settings)
      ? { item: { items: [...lines, ...taxItems(document, ids)] } }
      : { item: { items: lines }, ...taxDetails(document, ids) }),
    ...(appliesTo(document).length === 0 ? {} : { apply: { items: applications(document, ids) } }),
  };
}

const applications = (document: JsonObject, ids: References): ExactObject[] =>
  appliesTo(document).map((one) => ({ doc: { id: ids.id('invoice', one.invoice) }, apply: true, amount: exact(one.amount) }));

/** Tax as lines of items of their own: for accounts without SuiteTax, whose tax REST cannot set (section_161488248489). */
const taxItems = (document: JsonObject, ids: References): ExactObject[] =>
  taxLinesOf(document).map((tax) => ({
    item: { id: ids.id('item', tax.taxCode) },
    ...priced({ description: tax.name ?? tax.taxCode, quantity: '1', amount: tax.amount }),
  }));

/** SuiteTax details that override what it computes: one for each tax, on the largest line that carries its code. */
function taxDetails(document: JsonObject, ids: References): ExactObject {
  const lines = linesOf(document);
  const items = taxLinesOf(document).map((tax): ExactObject => {
    const carrying = lines.map((line, at) => ({ line, at })).filter(({ line }) => line.taxCodes?.includes(tax.taxCode));
    const among = carrying.length > 0 ? carrying : lines.map((line, at) => ({ line, at }));
    const largest = among.reduce((a, b) => (money.compare(money.absolute(b.line.amount), money.absolute(a.line.amount)) > 0 ? b : a));
    return {
      taxDetailsReference: `line-${largest.at + 1}`,
      taxType: { id: ids.taxType(tax.taxCode) },
      taxCode: { id: ids.id('tax-code', tax.taxCode) },
      taxBasis: exact(tax.base),
      ...(tax.rate === undefined ? {} : { taxRate: exact(tax.rate) }),
      taxAmount: exact(tax.amount),
    };
  });
  return { taxDetailsOverride: true, taxDetails: { items } };
}
