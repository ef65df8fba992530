import {
  bookedDelivery,
  BookedDocument,
  bookedTypes,
  isJsonObject,
  money,
  type ConnectorContext,
  type JsonObject,
  type Page,
  type Stream,
} from '@waybill/sdk';
import { entityOf, page } from './erp-client.js';

const text = (row: JsonObject, name: string): string | null => (typeof row[name] === 'string' ? row[name] : null);

/** A void, a write-off and a journal entry act on documents or on accounts; they are none of a customer's own. */
function booked(row: JsonObject): BookedDocument | undefined {
  const type = bookedTypes.find((one) => one === row['kind']);
  if (!type) return undefined;
  const owner = type === 'invoice' || type === 'credit-memo';
  return {
    id: String(row['id']),
    number: text(row, 'number'),
    type,
    key: text(row, 'externalId'),
    reference: text(row, 'reference') ?? text(row, 'origin'),
    currency: String(row['currency']),
    total: String(row['total']),
    tax: owner ? text(row, 'tax') : null,
    date: String(row['postingDate']),
    state: row['status'] === 'voided' ? 'void' : 'posted',
    ...entryOf(row, owner),
  };
}

/** The ERP numbers an entry as its document. What is none of the customer's is money in a payment, and earned or tax in an invoice. */
function entryOf(row: JsonObject, owner: boolean): Pick<BookedDocument, 'entry'> {
  const lines = row['ledger'];
  if (!Array.isArray(lines)) return {};
  return {
    entry: {
      id: String(row['id']),
      number: text(row, 'number'),
      currency: String(row['currency']),
      date: String(row['postingDate']),
      lines: lines.filter(isJsonObject).map((line) => {
        const [debit, credit] = [String(line['debit']), String(line['credit'])];
        return {
          id: String(line['id']),
          account: String(line['account']),
          name: null,
          part: line['part'] === 'receivable' ? 'customer' : !owner ? 'money' : line['part'] === 'tax' ? 'tax' : 'revenue',
          debit,
          credit,
          amount: money.subtract(debit, credit),
        };
      }),
    },
  };
}

/** A thousand documents a call. The ERP's lists read their own writes, so what a page does not hold is not in the books. */
async function readPage(context: ConnectorContext, ask: Parameters<NonNullable<Stream['poll']>['read']>[1]): Promise<Page> {
  const { since: from, until: to } = ask;
  const found = await page(context, '/documents', {
    entity: entityOf(context),
    limit: Math.min(ask.limit, 1000),
    after: ask.cursor ?? undefined,
    from,
    to,
    ledger: 'true',
  });
  const documents = found.items.flatMap((row) => booked(row) ?? []);
  return { deliveries: documents.map(bookedDelivery), cursor: found.next, more: found.more };
}

export const documents: Stream = {
  title: 'Documents',
  summary: 'Invoices, credit memos, payments and refunds as the books hold them now, by accounting date: what controls compare with.',
  kind: 'bulk-extraction',
  schema: BookedDocument,
  key: 'id',
  readsBack: true,
  tellsEntries: true,
  poll: { everySeconds: 3600, read: readPage },
  hydrate: 'never',
};
