import { isConnectorFailure, isJsonObject, Type, type Lookup } from '@waybill/sdk';
import { read } from './api.js';

function lookup(path: string, object: string, options: { title: string; summary: string; name: string; of: string }): Lookup {
  return {
    title: options.title,
    summary: options.summary,
    by: Type.Object({ [options.name]: Type.String({ title: options.of, minLength: 1, maxLength: 255 }) }, { additionalProperties: false }),
    async run(context, asked) {
      const id = String(asked[options.name]);
      try {
        const body = await read(context, `${path}/${encodeURIComponent(id)}`, undefined, `read the ${options.title.toLowerCase()} ${id}`);
        return isJsonObject(body[object]) ? body[object] : null;
      } catch (error) {
        if (isConnectorFailure(error) && error.facts.httpStatus === 404) return null;
        throw error;
      }
    },
  };
}

export const lookups = {
  customer: lookup('/customers', 'customer', { title: 'Customer', summary: 'A customer by its external id.', name: 'externalId', of: 'External id' }),
  invoice: lookup('/invoices', 'invoice', { title: 'Invoice', summary: 'An invoice with its fees, by Lago’s id.', name: 'id', of: 'Invoice id' }),
  subscription: lookup('/subscriptions', 'subscription', { title: 'Subscription', summary: 'An active subscription by its external id.', name: 'externalId', of: 'External id' }),
  plan: lookup('/plans', 'plan', { title: 'Plan', summary: 'A plan by its code.', name: 'code', of: 'Code' }),
  'tax-code': lookup('/taxes', 'tax', { title: 'Tax', summary: 'A tax by its code.', name: 'code', of: 'Code' }),
  metric: lookup('/billable_metrics', 'billable_metric', { title: 'Billable metric', summary: 'A billable metric by its code.', name: 'code', of: 'Code' }),
} satisfies Record<string, Lookup>; // prettier-ignore
