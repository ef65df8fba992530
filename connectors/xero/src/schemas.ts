import { Type } from '@waybill/sdk';

/** What the operations take. Accounts, items and tax rates go by Xero's codes, contacts by their id or by the number they were posted with. */
const amount = (title: string) => Type.String({ title, pattern: '^-?(0|[1-9]\\d{0,14})(\\.\\d{1,7})?$' });
const date = (title: string) => Type.String({ title, format: 'date' });
const text = (title: string, maxLength: number) => Type.String({ title, minLength: 1, maxLength });
const closed = { additionalProperties: false };
const number = text('Number of the document', 255);
const head = {
  currency: Type.String({ title: 'ISO currency', pattern: '^[A-Z]{3}$' }),
  currencyRate: Type.Optional(amount('Units of the document’s currency for one of the home currency')),
  date: date('Accounting date'),
};
const contact = {
  contactId: Type.Optional(text('Contact, by its id in Xero', 50)),
  contactNumber: Type.Optional(text('Contact, by its number', 50)),
};
const line = Type.Object(
  {
    description: text('What was sold', 4_000),
    amount: amount('Amount before tax'),
    quantity: Type.Optional(amount('Quantity')),
    unitPrice: Type.Optional(amount('Price of one')),
    account: text('Account code', 10),
    item: Type.Optional(text('Item code', 30)),
    taxType: Type.Optional(text('Tax rate, by its TaxType', 50)),
    tax: Type.Optional(amount('Tax of the line, as billing has it')),
  },
  closed,
);
const sale = {
  ...head,
  ...contact,
  number,
  reference: Type.Optional(text('Reference', 200)),
  lines: Type.Array(line, { minItems: 1, maxItems: 1_000 }),
  total: amount('Lines and tax'),
};

export const invoiceInput = Type.Object({ ...sale, dueDate: date('Payable until') }, closed);
export const creditNoteInput = Type.Object(
  {
    ...sale,
    appliesTo: Type.Optional(
      Type.Array(Type.Object({ invoice: number, amount: amount('How much of it') }, closed), {
        title: 'Invoices it is applied to at once',
        minItems: 1,
        maxItems: 100,
      }),
    ),
  },
  closed,
);
export const paymentInput = Type.Object(
  {
    ...head,
    ...contact,
    invoice: Type.Optional(text('Number of the invoice that it pays; a payment needs it, a refund does not', 255)),
    creditNote: Type.Optional(text('Number of the credit note that a refund pays back; without it, the one that fits', 255)),
    amount: amount('Money received, or returned'),
    account: text('Account that the money waits on, by its code', 10),
    reference: Type.Optional(text('Reference', 200)),
  },
  closed,
);
export const journalEntryInput = Type.Object(
  {
    currency: head.currency,
    date: head.date,
    narration: text('What it is for', 3_900),
    lines: Type.Array(
      Type.Object(
        {
          account: text('Account code', 10),
          debit: Type.Optional(amount('Debit')),
          credit: Type.Optional(amount('Credit')),
          description: Type.Optional(text('Words of the line', 4_000)),
          taxType: Type.Optional(text('Tax rate, by its TaxType', 50)),
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
    number: text('Number of the customer at the source; by it the contact is known', 50),
    name: text('Name, unique among contacts', 255),
    email: Type.Optional(text('Address for documents', 255)),
    taxNumber: Type.Optional(text('Tax number', 50)),
    currency: Type.Optional(Type.String({ title: 'ISO currency', pattern: '^[A-Z]{3}$' })),
    address: Type.Optional(
      Type.Object(
        {
          line1: Type.Optional(text('Street', 500)),
          city: Type.Optional(text('City', 255)),
          region: Type.Optional(text('Region', 255)),
          postalCode: Type.Optional(text('Postal code', 50)),
          country: Type.Optional(text('Country', 50)),
        },
        { ...closed, title: 'Postal address' },
      ),
    ),
  },
  closed,
);
