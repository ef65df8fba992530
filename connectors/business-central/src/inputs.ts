import { Type } from '@waybill/sdk';

/** What the operations take from a mapping. Lengths are those of the fields in the metadata of API v2.0. */
const amount = (title: string) => Type.String({ title, pattern: '^-?\\d{1,30}(\\.\\d{1,20})?$' });
const positive = (title: string) => Type.String({ title, pattern: '^\\d{1,30}(\\.\\d{1,20})?$' });
const date = (title: string) => Type.String({ title, format: 'date' });
const code = (title: string, maxLength = 20) => Type.String({ title, minLength: 1, maxLength });
const currency = Type.String({ title: 'ISO currency', pattern: '^[A-Z]{3}$' });
const closed = { additionalProperties: false };

const line = Type.Object(
  {
    item: Type.Optional(code('Item number')),
    account: Type.Optional(code('Account number, where the line names no item')),
    description: Type.String({ title: 'Words; cut to 100 characters', minLength: 1, maxLength: 500 }),
    quantity: amount('Quantity'),
    unitPrice: Type.Optional(amount('Price of one')),
    amount: amount('Amount before tax'),
    taxCode: Type.Optional(code('Tax group or VAT product posting group', 50)),
  },
  closed,
);
const taxLine = Type.Object(
  {
    taxCode: Type.Optional(code('Tax code', 50)),
    name: Type.Optional(Type.String({ title: 'Words', maxLength: 100 })),
    account: Type.Optional(code('Tax account; needed where tax is posted as lines')),
    base: amount('Taxed amount'),
    amount: amount('Tax'),
  },
  closed,
);

export const saleInput = Type.Object(
  {
    customer: code('Customer number'),
    number: Type.String({ title: 'Number of the biller', minLength: 1, maxLength: 35 }),
    currency,
    documentDate: date('Date on the document'),
    postingDate: date('Accounting date'),
    dueDate: Type.Optional(date('Payable until')),
    invoice: Type.Optional(
      Type.String({ title: 'For a credit memo: the biller’s number of the invoice it credits', minLength: 1, maxLength: 35 }),
    ),
    lines: Type.Array(line, { minItems: 1, maxItems: 1000 }),
    taxLines: Type.Array(taxLine, { maxItems: 200 }),
    subtotal: amount('Sum of the lines'),
    taxTotal: amount('Sum of the taxes'),
    total: amount('Subtotal and tax'),
  },
  closed,
);

export const paymentInput = Type.Object(
  {
    customer: code('Customer number'),
    invoice: Type.Optional(Type.String({ title: 'The biller’s number of the invoice it pays', minLength: 1, maxLength: 35 })),
    currency,
    amount: positive('Amount'),
    date: date('Accounting date'),
    clearingAccount: code('Account that the money waits on'),
    reference: Type.Optional(Type.String({ title: 'Reference at the provider', maxLength: 250 })),
  },
  closed,
);

export const journalInput = Type.Object(
  {
    description: Type.String({ title: 'Words', minLength: 1, maxLength: 100 }),
    currency,
    postingDate: date('Accounting date'),
    lines: Type.Array(
      Type.Object(
        {
          account: Type.Optional(code('Account number, where the line names no customer')),
          customer: Type.Optional(code('Customer number, on receivable lines')),
          debit: positive('Debit'),
          credit: positive('Credit'),
          description: Type.Optional(Type.String({ maxLength: 100 })),
        },
        closed,
      ),
      { minItems: 2, maxItems: 1000 },
    ),
  },
  closed,
);

export const customerInput = Type.Object(
  {
    number: code('Customer number'),
    name: Type.String({ title: 'Name', minLength: 1, maxLength: 100 }),
    email: Type.Optional(Type.String({ title: 'Address for invoices', maxLength: 80 })),
    phone: Type.Optional(Type.String({ title: 'Phone', maxLength: 30 })),
    currency: Type.Optional(currency),
    taxNumber: Type.Optional(Type.String({ title: 'Tax registration number', maxLength: 20 })),
    address: Type.Optional(
      Type.Object(
        {
          line1: Type.Optional(Type.String({ maxLength: 100 })),
          line2: Type.Optional(Type.String({ maxLength: 50 })),
          city: Type.Optional(Type.String({ maxLength: 30 })),
          region: Type.Optional(Type.String({ maxLength: 30 })),
          postalCode: Type.Optional(Type.String({ maxLength: 20 })),
          country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
        },
        closed,
      ),
    ),
  },
  closed,
);
