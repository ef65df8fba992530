import { Type } from '@waybill/sdk';

/** What the operations take from a mapping. Customers go by the number they were posted with, accounts by number or name, items by code. */
const amount = (title: string) => Type.String({ title, pattern: '^-?\\d{1,30}(\\.\\d{1,20})?$' });
const positive = (title: string) => Type.String({ title, pattern: '^\\d{1,30}(\\.\\d{1,20})?$' });
const date = (title: string) => Type.String({ title, format: 'date' });
const text = (title: string, maxLength = 140) => Type.String({ title, minLength: 1, maxLength });
const closed = { additionalProperties: false };
const currency = Type.String({ title: 'ISO currency', pattern: '^[A-Z]{3}$' });
const customer = text('Number of the customer');

export const saleInput = Type.Object(
  {
    customer,
    number: text('Number of the biller; by it payments and credits find the document'),
    currency,
    documentDate: Type.Optional(date('Date on the document; ERPNext has the accounting date alone')),
    postingDate: date('Accounting date'),
    dueDate: Type.Optional(date('Payable until')),
    invoice: Type.Optional(text('For a credit memo: the biller’s number of the invoice that it credits')),
    memo: Type.Optional(text('Words on the document', 2_000)),
    lines: Type.Array(
      Type.Object(
        {
          description: text('What was sold', 2_000),
          quantity: amount('Quantity'),
          unitPrice: Type.Optional(amount('Price of one')),
          amount: amount('Amount before tax; it counts'),
          account: text('Income account, by its number or name'),
          item: Type.Optional(text('Item, by its code')),
          costCenter: Type.Optional(text('Cost centre, by its name; else the company’s')),
        },
        closed,
      ),
      { minItems: 1, maxItems: 1_000 },
    ),
    taxLines: Type.Array(
      Type.Object(
        {
          taxCode: text('Words for the tax'),
          account: text('Tax account, by its number or name'),
          base: amount('Taxed amount'),
          amount: amount('Tax'),
        },
        closed,
      ),
      { maxItems: 200 },
    ),
    subtotal: amount('Sum of the lines'),
    taxTotal: amount('Sum of the taxes'),
    total: amount('Subtotal and tax'),
  },
  closed,
);

export const paymentInput = Type.Object(
  {
    customer,
    invoice: Type.Optional(text('The biller’s number of the invoice that it pays; a payment needs it, a refund does not')),
    currency,
    amount: positive('Money received or returned'),
    date: date('Accounting date'),
    clearingAccount: text('Account that the money waits on, by its number or name'),
    reference: Type.Optional(text('Reference at the provider')),
  },
  closed,
);

export const journalInput = Type.Object(
  {
    description: text('Words', 2_000),
    currency,
    postingDate: date('Accounting date'),
    lines: Type.Array(
      Type.Object(
        {
          account: text('Account, by its number or name'),
          debit: positive('Debit'),
          credit: positive('Credit'),
          description: Type.Optional(text('Words of the line', 2_000)),
          customer: Type.Optional(customer),
          costCenter: Type.Optional(text('Cost centre, by its name')),
        },
        closed,
      ),
      { minItems: 2, maxItems: 1_000 },
    ),
  },
  closed,
);

export const customerInput = Type.Object(
  {
    number: customer,
    name: text('Name'),
    active: Type.Optional(Type.Boolean({ title: 'May be billed; left as it is where this is not given' })),
    currency: Type.Optional(currency),
    taxNumber: Type.Optional(text('Tax number')),
    group: Type.Optional(text('Customer group; else the connection’s, for a new customer')),
    territory: Type.Optional(text('Territory; else the connection’s, for a new customer')),
  },
  closed,
);
