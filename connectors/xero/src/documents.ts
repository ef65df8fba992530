import { amountOf, money, type ExactJson, type JsonObject, type SendRequest } from '@waybill/sdk';

/** What Xero is sent, in the shapes of its Accounting OpenAPI; numbers with every digit they have. */
type Made = Pick<SendRequest, 'document' | 'key'>;
const number = (text: unknown): ExactJson => (typeof text === 'string' ? amountOf(text) : undefined);
export const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);

/** Our key ends the reference, or the narration, of what we made. */
const withKey = (words: unknown, key: string): string => (typeof words === 'string' ? `${words} ${key}` : key);
export const isOurs = (found: JsonObject, key: string): boolean =>
  [found['Reference'], found['Narration']].some((words) => typeof words === 'string' && (words === key || words.endsWith(` ${key}`)));

const contactOf = ({ contactId, contactNumber }: JsonObject): ExactJson =>
  contactId === undefined ? { ContactNumber: contactNumber } : { ContactID: contactId };

/** Decimals of prices that each write asks for; without asking, Xero rounds to two. */
export const unitDecimals = 4;
const decimalsIn = (value: string): number => value.split('.')[1]?.replace(/0+$/, '').length ?? 0;

function saleLine(line: JsonObject): ExactJson {
  const { amount, quantity, unitPrice: price } = line as Record<string, string | undefined>;
  // Xero refuses a line whose amount is not quantity times price, and the amount counts: then it is sold once for its amount. So is one whose price or
  // quantity has more decimals than Xero keeps (Accounting OpenAPI: `unitdp`, and `Quantity` with four).
  const told =
    quantity !== undefined &&
    price !== undefined &&
    Math.max(decimalsIn(quantity), decimalsIn(price)) <= unitDecimals &&
    money.equals(money.multiply(quantity, price), amount!);
  return {
    Description: line['description'],
    Quantity: number(told ? quantity : '1'),
    UnitAmount: number(told ? price : amount),
    LineAmount: number(amount),
    AccountCode: line['account'],
    ItemCode: line['item'],
    TaxType: line['taxType'],
    TaxAmount: number(line['tax']),
  };
}

const saleOf = ({ document, key }: Made): Record<string, ExactJson> => ({
  Contact: contactOf(document),
  Date: document['date'],
  LineAmountTypes: 'Exclusive',
  LineItems: listOf(document['lines']).map(saleLine),
  Reference: withKey(document['reference'], key),
  CurrencyCode: document['currency'],
  CurrencyRate: number(document['currencyRate']),
  Status: 'AUTHORISED',
});

export const invoiceOf = (made: Made): ExactJson => ({
  Invoices: [{ Type: 'ACCREC', InvoiceNumber: made.document['number'], DueDate: made.document['dueDate'], ...saleOf(made) }],
});
export const creditNoteOf = (made: Made): ExactJson => ({
  CreditNotes: [{ Type: 'ACCRECCREDIT', CreditNoteNumber: made.document['number'], ...saleOf(made) }],
});
export const allocationsOf = ({ document }: Made, invoices: readonly { id: string; amount: string }[]): ExactJson => ({
  Allocations: invoices.map(({ id, amount }) => ({ Amount: number(amount), Date: document['date'], Invoice: { InvoiceID: id } })),
});

export const paymentOf = ({ document, key }: Made, invoiceId: string): ExactJson => ({
  Payments: [
    {
      Invoice: { InvoiceID: invoiceId },
      Account: { Code: document['account'] },
      Date: document['date'],
      Amount: number(document['amount']),
      CurrencyRate: number(document['currencyRate']),
      Reference: withKey(document['reference'], key),
    },
  ],
});

/** Money back: what pays a credit note. */
export const refundOf = ({ document, key }: Made, creditNoteId: string): ExactJson => ({
  Payments: [
    {
      CreditNote: { CreditNoteID: creditNoteId },
      Account: { Code: document['account'] },
      Date: document['date'],
      Amount: number(document['amount']),
      CurrencyRate: number(document['currencyRate']),
      Reference: withKey(document['reference'], key),
    },
  ],
});

/** Credits are negative amounts in a manual journal. */
export const journalOf = ({ document, key }: Made): ExactJson => ({
  ManualJournals: [
    {
      Narration: withKey(document['narration'], key),
      Date: document['date'],
      Status: 'POSTED',
      LineAmountTypes: 'NoTax',
      JournalLines: listOf(document['lines']).map((line): ExactJson => {
        const { debit, credit } = line as Record<string, string | undefined>;
        const amount = money.subtract(debit ?? '0', credit ?? '0');
        return { LineAmount: amountOf(amount), AccountCode: line['account'], Description: line['description'], TaxType: line['taxType'] };
      }),
    },
  ],
});

export function contactBody({ document }: Made): ExactJson {
  const address = document['address'] as JsonObject | undefined;
  return {
    Contacts: [
      {
        ContactNumber: document['number'],
        Name: document['name'],
        EmailAddress: document['email'],
        TaxNumber: document['taxNumber'],
        DefaultCurrency: document['currency'],
        Addresses: address && [
          {
            AddressType: 'POBOX',
            AddressLine1: address['line1'],
            City: address['city'],
            Region: address['region'],
            PostalCode: address['postalCode'],
            Country: address['country'],
          },
        ],
      },
    ],
  };
}
