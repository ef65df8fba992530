import * as money from '@waybill/sdk/money';
import * as date from './dates.js';

/** An argument that is no document or no contract. */
export class TermsError extends Error {}

type Fields = Record<string, unknown>;
type Amount = string | number;

/** At most so many sentences; what is beyond is counted. */
const sentencesMax = 20;

/**
 * What a billing document says otherwise than the contract: currency, days, price list, prices. Sentences for people; none when it agrees with one of the
 * contracts. Where it agrees with none, those of the contract that it is nearest to. The sentences name the contract and the product, never the document, so that
 * documents with one cause say the same.
 *
 * A line is compared by its `product`; one without it (a discount of the whole) or of a part of a period (`prorated`) is not. A price agrees when the line's unit price is a term's, or when quantity
 * times the term's price, rounded half-up to the currency's decimals, is the amount of the line.
 *
 * @param document a canonical invoice or credit memo
 * @param contracts canonical contracts, one or many
 * @throws TermsError when `document` or one of `contracts` is no object
 */
export function contractDifferences(document: unknown, contracts: unknown): string[] {
  const given = fieldsOf(document, 'the first argument is no document');
  const all = many(contracts).map((one) => fieldsOf(one, 'the second argument is no contract'));
  const customer = text(isFields(given['customer']) ? given['customer']['sourceId'] : undefined);
  if (all.length === 0) return [customer === undefined ? 'There is no contract.' : `There is no contract with the customer ${customer}.`];
  let nearest: string[] | undefined;
  for (const contract of all) {
    const found = [...new Set(differences(given, contract))];
    if (found.length === 0) return [];
    if (!nearest || found.length < nearest.length) nearest = found;
  }
  const more = nearest!.length - sentencesMax;
  return more > 0 ? [...nearest!.slice(0, sentencesMax), `There are ${more} more differences.`] : nearest!;
}

function differences(document: Fields, contract: Fields): string[] {
  const named = `contract ${text(contract['number']) ?? text(contract['sourceId']) ?? 'without a number'}`;
  const begun = named.replace('c', 'C');
  const found: string[] = [];
  const status = text(contract['status']);
  if (status === 'draft' || status === 'cancelled') found.push(`${begun} is ${status === 'draft' ? 'a draft' : status}.`);
  const [currency, agreed] = [text(document['currency']), text(contract['currency'])];
  if (currency !== agreed) found.push(`${begun} is in ${agreed ?? 'no currency'}, and the document in ${currency ?? 'none'}.`);
  const [list, listAgreed] = [text(document['pricingVersion']), text(contract['pricingVersion'])];
  if (list !== undefined && listAgreed !== undefined && list !== listAgreed)
    found.push(`${begun} has the prices of ${listAgreed}, and the document was rated by ${list}.`);
  const lines = many(document['lines']).filter(isFields);
  const billed = lines.map((line) => daysOf(line, document));
  const [starts, ends] = [text(contract['startDate']), text(contract['endDate'])];
  const first = billed.map(([from]) => from).sort()[0];
  const last = billed
    .map(([, to]) => to)
    .sort()
    .at(-1);
  if (first !== undefined && starts !== undefined && first < starts)
    found.push(`${begun} starts on ${starts}, and the document bills from ${first}.`);
  if (last !== undefined && ends !== undefined && last > ends)
    found.push(`${begun} ends on ${ends}, and the document bills until ${last}.`);
  const terms = termsByProduct(contract);
  if (terms.size === 0) return found; // nothing was agreed on prices
  lines.forEach((line, at) => {
    const product = text(line['product']);
    if (product !== undefined && line['prorated'] !== true) found.push(...priceDifference({ line, product, day: billed[at]![0], currency, named, terms: terms.get(product) ?? [] }));
  }); // prettier-ignore
  return found;
}

interface Priced {
  line: Fields;
  product: string;
  day: string;
  currency: string | undefined;
  named: string;
  terms: readonly Fields[];
}

function priceDifference({ line, product, day, currency, named, terms }: Priced): string[] {
  const inForce = terms.filter((term) => (text(term['from']) ?? day) <= day && day <= (text(term['to']) ?? day));
  if (inForce.length === 0) return [`The ${named} has no price of product ${product} on ${day}.`];
  const prices = [...new Set(inForce.map((term) => term['price'] as Amount))];
  const { unitPrice, quantity, amount } = line as { unitPrice?: Amount; quantity?: Amount; amount?: Amount };
  if (unitPrice !== undefined && prices.some((price) => money.equals(money.absolute(unitPrice), money.absolute(price)))) return [];
  if (quantity !== undefined && amount !== undefined && currency !== undefined) {
    const decimals = money.minorUnits(currency);
    const agrees = (price: Amount) =>
      money.equals(money.absolute(money.round(money.multiply(quantity, price), decimals)), money.absolute(amount));
    if (prices.some(agrees)) return [];
  }
  const billed = unitPrice !== undefined ? String(unitPrice) : `${amount ?? 'nothing'} for ${quantity ?? 'no quantity'}`;
  return [`Product ${product} costs ${prices.join(' or ')} by ${named}, and ${billed} on the document.`];
}

/** The first and the last day that a line bills: of its service, else of its usage in the document's zone, else the document's date. */
function daysOf(line: Fields, document: Fields): [from: string, to: string] {
  const { servicePeriod, usage } = line;
  const dated = text(document['documentDate']) ?? '';
  const within = (period: Fields): [string, string] => {
    const from = text(period['from']) ?? dated;
    return [from, text(period['to']) ?? from];
  };
  if (isFields(servicePeriod)) return within(servicePeriod);
  if (!isFields(usage)) return [dated, dated];
  const zone = text(document['zone']) ?? 'UTC';
  const [from, to] = within(usage);
  return [date.of(from, zone), date.of(new Date(Date.parse(to) - 1).toISOString(), zone)];
}

function termsByProduct(contract: Fields): Map<string, Fields[]> {
  const found = new Map<string, Fields[]>();
  for (const term of many(contract['terms']).filter(isFields)) {
    const product = text(term['product']);
    if (product !== undefined) found.set(product, [...(found.get(product) ?? []), term]);
  }
  return found;
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const many = (value: unknown): unknown[] => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function fieldsOf(value: unknown, otherwise: string): Fields {
  if (!isFields(value)) throw new TermsError(otherwise);
  return value;
}
