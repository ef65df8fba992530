import { amountOf, type ExactJson, type Json, type JsonObject, type JsonSchema } from '@waybill/sdk';

const decimal = { type: 'string', pattern: '^-?\\d{1,18}(\\.\\d{1,10})?$' } as const;
const words = (maxLength: number): JsonSchema => ({ type: 'string', minLength: 1, maxLength });

const address: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['country'],
  properties: {
    line1: words(50),
    line2: words(100),
    city: words(50),
    region: words(3),
    postalCode: words(11),
    country: { type: 'string', pattern: '^[A-Z]{2}$' },
  },
};

/** Lengths: `CreateTransactionModel` and `LineItemModel` of the REST reference. */
export const saleProperties: Record<string, JsonSchema> = {
  date: { type: 'string', format: 'date', title: 'Date', description: 'The date of the document; its rates are in force.' },
  customer: { ...words(50), title: 'Customer', description: 'The code by which certificates of exemption are found.' },
  currency: { type: 'string', title: 'Currency', pattern: '^[A-Z]{3}$' },
  shipTo: { ...address, title: 'Place of delivery' },
  shipFrom: { ...address, title: 'Place of origin', description: 'Left out: the default location of the company.' },
  entityUseCode: { ...words(25), title: 'Entity use code', description: 'Why the customer pays no tax.' },
  lines: {
    type: 'array',
    title: 'Lines',
    minItems: 1,
    maxItems: 1000,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['number', 'amount'],
      properties: {
        number: words(50),
        amount: { ...decimal, description: 'Before tax; negative where it is taken back.' },
        quantity: decimal,
        taxCode: words(25),
        itemCode: words(50),
        description: words(2096),
      },
    },
  },
};

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: Json | undefined): ExactJson => (typeof value === 'string' ? amountOf(value) : undefined);

/** A `CreateTransactionModel`, as far as quotes and transactions are alike. Pure. */
export function modelOf(document: JsonObject, { type, companyCode }: { type: string; companyCode: string }): Record<string, ExactJson> {
  const { shipTo, shipFrom } = document;
  return {
    type,
    companyCode,
    date: textOf(document['date']),
    customerCode: textOf(document['customer']),
    currencyCode: textOf(document['currency']),
    entityUseCode: textOf(document['entityUseCode']),
    addresses: { shipTo: shipTo as ExactJson, ...(shipFrom === undefined ? {} : { shipFrom: shipFrom as ExactJson }) },
    lines: (document['lines'] as JsonObject[]).map(({ amount, quantity, ...line }) => ({
      ...(line as Record<string, ExactJson>),
      amount: number(amount),
      quantity: number(quantity),
    })),
  };
}
