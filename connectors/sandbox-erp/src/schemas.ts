import { Type } from '@waybill/sdk';

/** What the operations take: the ERP's own document shapes, without entity and external id, which the connector adds. */
const amount = (title: string) => Type.String({ title, pattern: '^-?\\d{1,30}(\\.\\d{1,20})?$' });
const date = (title: string) => Type.String({ title, format: 'date' });
const text = (title: string) => Type.String({ title, minLength: 1, maxLength: 500 });
const closed = { additionalProperties: false };

const head = {
  origin: text('Id of the document in the system it came from'),
  reference: Type.Optional(text('Number that the customer knows')),
  currency: Type.String({ title: 'ISO currency', pattern: '^[A-Z]{3}$' }),
  documentDate: date('Date on the document'),
  postingDate: date('Accounting date'),
  description: Type.Optional(text('Words on the document')),
};

const appliesTo = Type.Optional(
  Type.Array(
    Type.Object(
      {
        document: Type.Optional(text('Document id in the ERP')),
        origin: Type.Optional(text('Its id in the source')),
        reference: Type.Optional(text('Its number')),
        amount: amount('How much of it'),
      },
      closed,
    ),
    { title: 'Documents it is applied to', maxItems: 100 },
  ),
);

const line = Type.Object(
  {
    description: text('What was sold'),
    quantity: amount('Quantity'),
    unitPrice: Type.Optional(amount('Price of one')),
    amount: amount('Amount before tax'),
    account: text('Revenue account'),
    item: Type.Optional(text('Item code')),
    taxCodes: Type.Optional(Type.Array(text('Tax code'), { maxItems: 10 })),
    servicePeriod: Type.Optional(Type.Object({ from: date('First day'), to: date('Last day') }, closed)),
  },
  closed,
);
const taxLine = Type.Object({ taxCode: Type.Optional(text('Tax code')), base: amount('Taxed amount'), amount: amount('Tax') }, closed);

export const saleInput = Type.Object(
  {
    ...head,
    customer: text('Customer number'),
    credits: Type.Optional(text('For a credit memo: id of the invoice in the source')),
    dueDate: Type.Optional(date('Payable until')),
    lines: Type.Array(line, { minItems: 1, maxItems: 2000 }),
    taxLines: Type.Array(taxLine, { maxItems: 200 }),
    subtotal: amount('Sum of the lines'),
    tax: amount('Sum of the tax lines'),
    total: amount('Subtotal and tax'),
    appliesTo,
    writeOffAccount: Type.Optional(text('Expense account, for a write-off')),
    writtenOff: Type.Optional(amount('How much of the invoice a write-off takes')),
  },
  closed,
);

export const paymentInput = Type.Object(
  {
    ...head,
    customer: text('Customer number'),
    direction: Type.Union([Type.Literal('in'), Type.Literal('out')], { title: 'Received or paid back' }),
    amount: amount('Amount, positive'),
    account: text('Account the money waits on'),
    fee: Type.Optional(amount('Fee kept by the provider')),
    feeAccount: Type.Optional(text('Account for the fee')),
    appliesTo,
  },
  closed,
);

export const journalInput = Type.Object(
  {
    ...head,
    lines: Type.Array(
      Type.Object(
        {
          account: text('Account'),
          debit: amount('Debit'),
          credit: amount('Credit'),
          description: Type.Optional(Type.String({ maxLength: 500 })),
        },
        closed,
      ),
      { minItems: 2, maxItems: 2000 },
    ),
  },
  closed,
);

export const customerInput = Type.Object(
  {
    number: text('Customer number'),
    name: text('Name'),
    email: Type.Optional(text('Address for invoices')),
    country: Type.Optional(Type.String({ title: 'ISO country', pattern: '^[A-Z]{2}$' })),
    currency: Type.Optional(Type.String({ title: 'ISO currency', pattern: '^[A-Z]{3}$' })),
    origin: Type.Optional(text('Its id in the source')),
    active: Type.Optional(Type.Boolean({ title: 'May be billed; kept as it is when absent' })),
  },
  closed,
);
