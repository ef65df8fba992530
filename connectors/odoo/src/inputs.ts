import { Type } from '@waybill/sdk';

/** What the operations take from a mapping. Customers go by their reference, accounts and journals by code, taxes by name, items by internal reference. */
const amount = (title: string) => Type.String({ title, pattern: '^-?\\d{1,30}(\\.\\d{1,20})?$' });
const positive = (title: string) => Type.String({ title, pattern: '^\\d{1,30}(\\.\\d{1,20})?$' });
const date = (title: string) => Type.String({ title, format: 'date' });
const text = (title: string, maxLength: number) => Type.String({ title, minLength: 1, maxLength });
const closed = { additionalProperties: false };
const currency = Type.String({ title: 'ISO currency', pattern: '^[A-Z]{3}$' });
const customer = text('Reference of the customer', 100);

const line = Type.Object(
  {
    description: text('What was sold', 2_000),
    quantity: amount('Quantity'),
    unitPrice: Type.Optional(amount('Price of one')),
    amount: amount('Amount before tax; it counts'),
    account: text('Revenue account, by its code', 64),
    item: Type.Optional(text('Product, by its internal reference', 100)),
    taxCodes: Type.Optional(Type.Array(text('Tax, by its name', 100), { maxItems: 10 })),
  },
  closed,
);

export const saleInput = Type.Object(
  {
    customer,
    number: text('Number of the biller; by it payments and credits find the document', 100),
    currency,
    documentDate: date('Date on the document'),
    postingDate: date('Accounting date'),
    dueDate: Type.Optional(date('Payable until')),
    invoice: Type.Optional(text('For a credit memo: the biller’s number of the invoice that it credits', 100)),
    memo: Type.Optional(text('Words on the document', 2_000)),
    lines: Type.Array(line, { minItems: 1, maxItems: 1_000 }),
    taxLines: Type.Array(
      Type.Object({ taxCode: text('Tax, by its name', 100), base: amount('Taxed amount'), amount: amount('Tax') }, closed),
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
    invoice: Type.Optional(text('The biller’s number of the invoice that it pays; a payment needs it, a refund does not', 100)),
    currency,
    amount: positive('Money received or returned'),
    date: date('Accounting date'),
    journal: text('Journal of the bank or of the payment provider, by its code', 10),
    reference: Type.Optional(text('Reference at the provider', 255)),
  },
  closed,
);

export const journalInput = Type.Object(
  {
    description: text('Words', 255),
    currency,
    postingDate: date('Accounting date'),
    lines: Type.Array(
      Type.Object(
        {
          account: text('Account, by its code', 64),
          debit: positive('Debit'),
          credit: positive('Credit'),
          description: Type.Optional(text('Words of the line', 255)),
          customer: Type.Optional(customer),
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
    number: text('Number of the customer; kept as the contact’s reference', 100),
    name: text('Name', 255),
    email: Type.Optional(text('Address for invoices', 255)),
    phone: Type.Optional(text('Phone', 60)),
    active: Type.Optional(Type.Boolean({ title: 'May be billed; left as it is where this is not given' })),
    taxNumber: Type.Optional(text('Tax number', 60)),
    address: Type.Optional(
      Type.Object(
        {
          line1: Type.Optional(text('Street', 255)),
          line2: Type.Optional(text('Second line', 255)),
          city: Type.Optional(text('City', 255)),
          postalCode: Type.Optional(text('Postal code', 30)),
          country: Type.Optional(Type.String({ title: 'Country', pattern: '^[A-Z]{2}$' })),
        },
        closed,
      ),
    ),
  },
  closed,
);
