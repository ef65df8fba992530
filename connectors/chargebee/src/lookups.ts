import { isConnectorFailure, isJsonObject, Type, type Lookup } from '@waybill/sdk';
import { read } from './api.js';

function lookup(path: string, object: string, title: string): Lookup {
  return {
    title,
    summary: `The ${title.toLowerCase()} as it is now, by its id; null without a call where there is no id.`,
    by: Type.Object(
      { id: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], title: `${title} id`, maxLength: 100 })) },
      { additionalProperties: false },
    ),
    async run(context, by) {
      const id = by['id'];
      if (typeof id !== 'string' || id === '') return null;
      try {
        const found = (await read(context, `${path}/${encodeURIComponent(id)}`, undefined, `read the ${title.toLowerCase()} ${id}`))[
          object
        ];
        return isJsonObject(found) && found['deleted'] !== true ? found : null;
      } catch (error) {
        if (isConnectorFailure(error) && error.facts.httpStatus === 404) return null;
        throw error;
      }
    },
  };
}

export const lookups = {
  customer: lookup('/customers', 'customer', 'Customer'),
  invoice: lookup('/invoices', 'invoice', 'Invoice'),
  'credit-note': lookup('/credit_notes', 'credit_note', 'Credit note'),
  transaction: lookup('/transactions', 'transaction', 'Transaction'),
  subscription: lookup('/subscriptions', 'subscription', 'Subscription'),
  'item-price': lookup('/item_prices', 'item_price', 'Item price'),
} satisfies Record<string, Lookup>;
