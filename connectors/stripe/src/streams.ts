import type { InterfaceKind, JsonSchema, Stream } from '@waybill/sdk';
import { completeLines } from './complete.js';
import { readPage } from './poll.js';

const id: JsonSchema = { type: 'string', minLength: 1, maxLength: 255 };
const minor: JsonSchema = { type: 'integer' };
const currency: JsonSchema = { type: 'string', pattern: '^[a-z]{3}$' };
const reference: JsonSchema = { anyOf: [id, { type: 'object', required: ['id'], properties: { id } }] };
const list: JsonSchema = { type: 'object', required: ['data'], properties: { data: { type: 'array', items: { type: 'object' } } } };

const object = (required: Record<string, JsonSchema>): JsonSchema => ({
  type: 'object',
  required: ['id', ...Object.keys(required)],
  properties: { id, ...required },
});

interface StreamOf {
  title: string;
  summary: string;
  becomes: string;
  schema: JsonSchema;
  kind?: InterfaceKind;
}

const stream = ({ kind = 'financial-posting', ...rest }: StreamOf): Stream => ({
  ...rest,
  kind,
  key: 'id',
  hydrate: 'never',
  poll: { everySeconds: 120, read: readPage },
});

/** The least that mappings rely on, in the shapes of 2023 and of 2026 alike. */
export const streams = {
  invoices: {
    ...stream({
      title: 'Invoices',
      summary: 'Finalised, paid, voided and uncollectible invoices. A void reverses, uncollectible writes off, paid changes no books.',
      becomes: 'invoice@1',
      schema: object({
        customer: reference,
        currency,
        status: { enum: ['draft', 'open', 'paid', 'void', 'uncollectible'] },
        total: minor,
        subtotal: minor,
        lines: list,
      }),
    }),
    hydrate: 'stale',
    complete: completeLines('/v1/invoices'),
  },
  'credit-notes': {
    ...stream({
      title: 'Credit notes',
      summary: 'Issued, changed and voided credit notes.',
      becomes: 'credit-memo@1',
      schema: object({
        customer: reference,
        currency,
        number: { type: 'string' },
        status: { enum: ['issued', 'void'] },
        total: minor,
        lines: list,
      }),
    }),
    hydrate: 'stale',
    complete: completeLines('/v1/credit_notes'),
  },
  payments: stream({
    title: 'Invoice payments',
    summary: 'Money received for an invoice, one record for each part. Known by the invoice payment’s id (inpay_…).',
    becomes: 'payment@1',
    schema: object({ invoice: reference, currency, amount_paid: { type: ['integer', 'null'] }, status: { type: 'string' } }),
  }),
  refunds: stream({
    title: 'Refunds',
    summary: 'Money returned to a customer.',
    becomes: 'payment@1',
    schema: object({ currency, amount: minor, status: { type: ['string', 'null'] } }),
  }),
  customers: stream({
    title: 'Customers',
    summary: 'Created, changed and deleted customers.',
    becomes: 'customer@1',
    kind: 'operational',
    schema: object({}),
  }),
  subscriptions: stream({
    title: 'Subscriptions',
    summary: 'Started, changed and ended subscriptions.',
    becomes: 'subscription@1',
    kind: 'operational',
    schema: object({ customer: reference, status: { type: 'string' } }),
  }),
} satisfies Record<string, Stream>;
