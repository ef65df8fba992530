import { Type, type Static } from '@sinclair/typebox';
import type { Delivery, SourceRecord } from './connector.js';
import { rejected } from './failure.js';
import { isJsonObject, type JsonObject } from './json.js';

export const bookedTypes = ['invoice', 'credit-memo', 'payment', 'refund'] as const;
export type BookedType = (typeof bookedTypes)[number];

/** The name of the stream by which a target's books are read back. */
export const bookedStream = 'documents';

const amount = (description: string) => Type.String({ description, pattern: '^-?\\d{1,30}(\\.\\d{1,20})?$' });

export const bookedParts = ['customer', 'revenue', 'tax', 'money', 'other'] as const;
export type BookedPart = (typeof bookedParts)[number];

export const BookedLine = Type.Object({
  id: Type.String({ description: 'Id in the target', minLength: 1 }),
  account: Type.String({ description: 'Code of the account' }),
  name: Type.Union([Type.String(), Type.Null()], { description: 'What people call the account; null for one of a customer' }),
  part: Type.Union(
    bookedParts.map((one) => Type.Literal(one)),
    { description: 'What it books: what the customer owes, what was earned, the tax, the money itself' },
  ),
  debit: amount('In the currency of the books'),
  credit: amount('In the currency of the books'),
  amount: amount('In the currency of the document, as a debit: a credit is below zero'),
});
export type BookedLine = Static<typeof BookedLine>;

/** The journal entry by which a document stands in the books. */
export const BookedEntry = Type.Object({
  id: Type.String({ description: 'Id in the target', minLength: 1 }),
  number: Type.Union([Type.String(), Type.Null()], { description: 'The number that the journal gave it' }),
  currency: Type.String({ description: 'Of the books', pattern: '^[A-Z]{3}$' }),
  date: Type.String({ format: 'date' }),
  lines: Type.Array(BookedLine),
});
export type BookedEntry = Static<typeof BookedEntry>;

/**
 * A document as the books of a target hold it now, in one shape for all targets: what a control compares with. Whatever is in the books is told, also
 * what people entered there by hand; what is not told is not there. Drafts are not in the books.
 */
export const BookedDocument = Type.Object({
  id: Type.String({ description: 'Id in the target; the same as in a receipt', minLength: 1 }),
  number: Type.Union([Type.String(), Type.Null()], { description: 'The number that people there know it by' }),
  type: Type.Union(bookedTypes.map((one) => Type.Literal(one))),
  key: Type.Union([Type.String(), Type.Null()], { description: 'Our key, as it was posted with; null for what was entered there' }),
  reference: Type.Union([Type.String(), Type.Null()], { description: 'Number or id of the document in the system it came from' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  total: amount('What it comes to, without the sign of its type: a credit memo of 10.00 says 10.00'),
  tax: Type.Union([amount('Tax in the total'), Type.Null()]),
  date: Type.String({ description: 'Accounting date', format: 'date' }),
  state: Type.Union([Type.Literal('posted'), Type.Literal('void')], { description: 'void: it was taken back and comes to nothing' }),
  entry: Type.Optional(BookedEntry),
});
export type BookedDocument = Static<typeof BookedDocument>;

/** One element of a page. A document that has changed is another delivery. */
export const bookedDelivery = (document: BookedDocument): Delivery => ({
  id: `${bookedStream}/${document.type}/${document.id}/${document.state}/${document.total}/${document.date}`,
  body: JSON.stringify(document),
  via: 'poll',
  stream: bookedStream,
});

/** `unpack` of the stream. */
export function unpackBooked(delivery: Delivery): SourceRecord[] {
  const body = parsed(delivery.body);
  const { id, date, state } = body ?? {};
  if (!body || typeof id !== 'string' || typeof date !== 'string' || Number.isNaN(Date.parse(date)))
    throw rejected({
      code: 'not-a-document',
      category: 'transformation',
      message: 'What was read back is no document: it has no id or no date.',
      vendorWords: delivery.body,
    });
  return [{ stream: bookedStream, body, revision: `${date} ${String(state)}`, occurredAt: new Date(date).toISOString() }];
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // no JSON is no document; whoever asks says so
  }
}
