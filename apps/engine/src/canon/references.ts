import { money, type Json, type JsonObject } from '@waybill/sdk';

/** What a document says of another: usage that its lines bill, the invoice that it belongs to, the customer whose contract it is. Pure. */
export interface Reference {
  relation: 'usage' | 'invoice' | 'customer';
  /** A meter, or the id of an invoice or of a customer in the document's own system. */
  target: string;
  customer: string | null;
  starts: string | null;
  ends: string | null;
  /** Decimal text: what the lines of the document bill of the usage, and for how much before tax. */
  quantity: string | null;
  amount: string | null;
  lines: number | null;
}

const alone = { customer: null, starts: null, ends: null, quantity: null, amount: null, lines: null };

/** Documents that belong to one other: the field that names it. */
const relationOf: Readonly<Record<string, 'invoice' | 'customer'>> = {
  payment: 'invoice',
  'credit-memo': 'invoice',
  contract: 'customer',
  subscription: 'customer',
};
/** Types whose documents say something of others. */
export const referring: readonly string[] = ['invoice', ...Object.keys(relationOf)];

export function referencesOf(type: string, content: JsonObject): Reference[] {
  if (type === 'invoice') return usageOf(content);
  const relation = relationOf[type];
  const target = relation === undefined ? null : textIn(content[relation], 'sourceId');
  return relation === undefined || target === null ? [] : [{ relation, target, ...alone }];
}

/** A tier is a line of its own: lines of one meter and one period are one reference. An invoice that is void bills nothing. */
function usageOf(content: JsonObject): Reference[] {
  const customer = textIn(content['customer'], 'sourceId');
  if (customer === null || content['status'] === 'void' || !Array.isArray(content['lines'])) return [];
  const found = new Map<string, Reference & { quantity: string; amount: string; lines: number }>();
  for (const line of content['lines'] as JsonObject[]) {
    const [target, starts, ends] = ['meter', 'from', 'to'].map((field) => textIn(line['usage'], field)) as [
      string | null,
      string | null,
      string | null,
    ];
    if (target === null || starts === null || ends === null) continue;
    const key = JSON.stringify([target, starts, ends]);
    const known = found.get(key) ?? { relation: 'usage' as const, target, customer, starts, ends, quantity: '0', amount: '0', lines: 0 };
    known.quantity = money.add(known.quantity, line['quantity'] as string);
    known.amount = money.add(known.amount, line['amount'] as string);
    known.lines += 1;
    found.set(key, known);
  }
  return [...found.values()];
}

function textIn(value: Json | undefined, field: string): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const found = value[field];
  return typeof found === 'string' && found !== '' ? found : null;
}
