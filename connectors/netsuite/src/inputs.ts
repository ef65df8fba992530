import { Type } from '@waybill/sdk';

/** What the operations take from a mapping. Codes are what people call a record in NetSuite (customer id, item name, account number), or its external id. */
const amount = (title: string) => Type.String({ title, pattern: '^-?\\d{1,30}(\\.\\d{1,20})?$' });
const positive = (title: string) => Type.String({ title, pattern: '^\\d{1,30}(\\.\\d{1,20})?$' });
const date = (title: string) => Type.String({ title, format: 'date' });
const code = (title: string) => Type.String({ title, minLength: 1, maxLength: 255 });
const currency = Type.String({ title: 'ISO currency', pattern: '^[A-Z]{3}$' });
const closed = { additionalProperties: false };
const segments = {
  department: Type.Optional(code('Department')),
  class: Type.Optional(code('Class')),
  location: Type.Optional(code('Location')),
};

const line = Type.Object(
  {
    item: code('Item'),
    description: Type.String({ title: 'Words', minLength: 1, maxLength: 1000 }),
    quantity: amount('Quantity'),
    unitPrice: Type.Optional(amount('Price of one')),
    amount: amount('Amount before tax'),
    taxCodes: Type.Optional(Type.Array(code('Tax code'), { maxItems: 10 })),
    deferral: Type.Optional(
      Type.Object(
        {
          template: Type.String({ title: 'Internal id of the revenue recognition template', pattern: '^[0-9]{1,12}$' }),
          from: date('First day'),
          to: date('Last day'),
        },
        { ...closed, description: 'Deferred revenue: NetSuite makes the schedule of the template over these days.' },
      ),
    ),
    ...segments,
  },
  closed,
);
const taxLine = Type.Object(
  {
    taxCode: code('Tax code of NetSuite; with tax as lines, the item'),
    name: Type.Optional(Type.String({ maxLength: 300 })),
    rate: Type.Optional(amount('Percent')),
    base: amount('Taxed amount'),
    amount: amount('Tax'),
  },
  closed,
);

export const saleInput = Type.Object(
  {
    customer: code('Customer'),
    number: Type.String({ title: 'Number of the biller', minLength: 1, maxLength: 45 }),
    currency,
    documentDate: date('Date on the document'),
    postingDate: date('Accounting date; its period is posted to'),
    dueDate: Type.Optional(date('Payable until')),
    memo: Type.Optional(Type.String({ title: 'Memo', maxLength: 900 })),
    lines: Type.Array(line, { minItems: 1, maxItems: 1000 }),
    taxLines: Type.Array(taxLine, { maxItems: 200 }),
    subtotal: amount('Sum of the lines'),
    taxTotal: amount('Sum of the taxes'),
    total: amount('Subtotal and tax'),
    writtenOff: Type.Optional(positive('For a write-off: how much of the invoice billing wrote off')),
    appliesTo: Type.Optional(
      Type.Array(Type.Object({ invoice: code('Number of the invoice'), amount: positive('How much of it') }, closed), {
        title: 'Invoices that a credit memo is applied to',
        maxItems: 100,
      }),
    ),
    ...segments,
  },
  closed,
);

export const paymentInput = Type.Object(
  {
    customer: code('Customer'),
    invoice: Type.Optional(code('Number of the invoice it pays')),
    currency,
    amount: positive('Amount'),
    date: date('Date of the payment, also its accounting date'),
    clearingAccount: code('Account that the money waits on'),
    reference: Type.Optional(Type.String({ title: 'Reference at the provider', maxLength: 255 })),
  },
  closed,
);

export const journalInput = Type.Object(
  {
    description: Type.String({ title: 'Memo', minLength: 1, maxLength: 900 }),
    currency,
    postingDate: date('Accounting date'),
    lines: Type.Array(
      Type.Object(
        {
          account: code('Account'),
          debit: positive('Debit'),
          credit: positive('Credit'),
          description: Type.Optional(Type.String({ maxLength: 900 })),
          customer: Type.Optional(code('Customer, on receivable lines')),
          ...segments,
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
    number: Type.String({ title: 'Customer number', minLength: 1, maxLength: 80 }),
    name: Type.String({ title: 'Name', minLength: 1, maxLength: 83 }),
    email: Type.Optional(Type.String({ title: 'Address for invoices', maxLength: 254 })),
    phone: Type.Optional(Type.String({ title: 'Phone', maxLength: 32 })),
    currency: Type.Optional(currency),
    active: Type.Optional(Type.Boolean({ title: 'May be billed; true leaves a customer that finance made inactive as it is' })),
    taxNumber: Type.Optional(Type.String({ title: 'Tax registration number', maxLength: 60 })),
    address: Type.Optional(
      Type.Object(
        {
          line1: Type.Optional(Type.String({ maxLength: 150 })),
          line2: Type.Optional(Type.String({ maxLength: 150 })),
          city: Type.Optional(Type.String({ maxLength: 50 })),
          region: Type.Optional(Type.String({ maxLength: 50 })),
          postalCode: Type.Optional(Type.String({ maxLength: 36 })),
          country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const itemInput = Type.Object(
  {
    code: Type.String({ title: 'Item name', minLength: 1, maxLength: 60 }),
    name: Type.String({ title: 'Words for people', minLength: 1, maxLength: 60 }),
    description: Type.Optional(Type.String({ title: 'Description on documents', maxLength: 999 })),
    incomeAccount: code('Income account'),
    deferredAccount: Type.Optional(code('Deferred revenue account')),
  },
  closed,
);
