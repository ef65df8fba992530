import { defineConnector, pauseAsked } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { errorTable } from './errors.js';
import { lookups } from './lookups.js';
import { account, settings } from './settings.js';
import { streams, unpack } from './streams.js';
import { usage } from './usage.js';
import { webhook } from './webhook.js';

export const lago = defineConnector({
  name: 'lago',
  title: 'Lago',
  summary: 'Invoices, credit notes, payments, customers, subscriptions and notices in; usage out.',
  documentation,
  vendorApi: '1.51.0',
  contract: 'Lago OpenAPI 1.51.0, with its 61 webhooks',
  settings,
  account,
  streams,
  webhook,
  unpack,
  operations: { usage },
  lookups,
  errors: errorTable,
  limits: {
    concurrency: 8,
    perSecond: 20,
    scope: 'account',
    pauseMs: pauseAsked({
      otherwiseMs: 10_000,
      budgets: [{ remaining: 'x-ratelimit-remaining', resetSeconds: 'x-ratelimit-reset', forMs: 1_000 }],
    }),
  },
  check,
});

export { errorTable };
export default lago;
