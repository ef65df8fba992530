import { Type } from '@waybill/sdk';

/** What the operations take. Ids are QuickBooks' own: tables of the flow, or look-ups, lead from the source's words to them. */
const amount = (title: string) => Type.String({ title, pattern: '^-?(0|[1-9]\\d{0,14})(\\.\\d{1,7})?$' });
const date = (title: string) => Type.String({ title, format: 'date' });
const id = (title: string) => Type.String({ title: `${title}, by its id in QuickBooks`, minLength: 1, maxLength: 50 });
const text = (title: string, maxLength: number) => Type.String({ title, minLength: 1, maxLength });
const closed = { additionalProperties: false };

/** 21 characters: `DocNumber` of the API reference. */
const number = text('Number of the document', 21);
const head = {
  currency: Type.String({ title: 'ISO currency', pattern: '^[A-Z]{3}$' }),
  date: date('Accounting date'),
  exchangeRate: Type.Optional(amount('Home currency for one unit of the document’s')),
  memo: Type.Optional(text('Private note', 3_900)),
  department: Type.Optional(id('Location')),
};
const appliesTo = (title: string) =>
  Type.Optional(
    Type.Array(Type.Object({ invoice: text('Number of the invoice', 21), amount: amount('How much of it') }, closed), {
      title,
      minItems: 1,
      maxItems: 100,
    }),
  );

const saleLine = Type.Object(
  {
    description: Type.Optional(text('What was sold', 4_000)),
    amount: amount('Amount before tax'),
    quantity: Type.Optional(amount('Quantity')),
    unitPrice: Type.Optional(amount('Price of one')),
    item: id('Product or service'),
    taxCode: Type.Optional(id('Tax code')),
    class: Type.Optional(id('Class')),
    serviceDate: Type.Optional(date('Date of the service')),
  },
  closed,
);
const taxLine = Type.Object(
  {
    rate: id('Tax rate'),
    amount: amount('Tax'),
    base: Type.Optional(amount('Taxed amount')),
    percent: Type.Optional(amount('Percentage')),
  },
  closed,
);

const sale = {
  ...head,
  number,
  customer: id('Customer'),
  email: Type.Optional(text('Address for the document', 100)),
  lines: Type.Array(saleLine, { minItems: 1, maxItems: 1_000 }),
  tax: Type.Optional(amount('Sum of the tax, as billing has it')),
  taxCode: Type.Optional(id('Tax code of the whole document')),
  taxLines: Type.Optional(Type.Array(taxLine, { maxItems: 100 })),
  taxCalculation: Type.Optional(
    Type.Unsafe<string>({
      type: 'string',
      enum: ['TaxExcluded', 'TaxInclusive', 'NotApplicable'],
      title: 'How tax is meant; companies outside the United States',
    }),
  ),
  total: amount('Lines and tax'),
};

export const invoiceInput = Type.Object({ ...sale, dueDate: Type.Optional(date('Payable until')) }, closed);
export const creditMemoInput = Type.Object({ ...sale, appliesTo: appliesTo('Invoices it is applied to at once') }, closed);

export const paymentInput = Type.Object(
  {
    ...head,
    customer: id('Customer'),
    amount: amount('Money received, or returned'),
    reference: Type.Optional(text('Reference number', 21)),
    depositTo: Type.Optional(id('Account that the money waits on; a refund needs it, a bank account,')),
    receivable: Type.Optional(id('Receivables account of a refund, where the company has several in its currency,')),
    method: Type.Optional(id('Payment method')),
    appliesTo: appliesTo('Invoices it pays; without any it stays a credit of the customer. A refund pays none'),
  },
  closed,
);

export const journalEntryInput = Type.Object(
  {
    ...head,
    number: Type.Optional(number),
    lines: Type.Array(
      Type.Object(
        {
          account: id('Account'),
          debit: Type.Optional(amount('Debit')),
          credit: Type.Optional(amount('Credit')),
          description: Type.Optional(text('Words of the line', 4_000)),
          customer: Type.Optional(id('Customer, for receivable accounts')),
          class: Type.Optional(id('Class')),
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
    displayName: text('Display name; by it the customer is known, so it must not change', 500),
    companyName: Type.Optional(text('Company', 100)),
    givenName: Type.Optional(text('First name', 100)),
    familyName: Type.Optional(text('Last name', 100)),
    email: Type.Optional(text('Address for documents', 100)),
    phone: Type.Optional(text('Telephone', 30)),
    currency: Type.Optional(Type.String({ title: 'ISO currency; fixed when the customer is made', pattern: '^[A-Z]{3}$' })),
    address: Type.Optional(
      Type.Object(
        {
          line1: Type.Optional(text('Street', 500)),
          line2: Type.Optional(text('Second line', 500)),
          city: Type.Optional(text('City', 255)),
          region: Type.Optional(text('State or region', 255)),
          postalCode: Type.Optional(text('Postal code', 30)),
          country: Type.Optional(text('Country', 255)),
        },
        { ...closed, title: 'Billing address' },
      ),
    ),
    taxable: Type.Optional(Type.Boolean({ title: 'Taxable' })),
  },
  closed,
);
