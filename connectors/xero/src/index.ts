import { defineConnector, pauseAsked } from '@waybill/sdk';
import { check } from './check.js';
import { consent } from './consent.js';
import { documentation } from './documentation.js';
import { errorTable } from './errors.js';
import { lookups } from './lookups.js';
import { operations } from './operations.js';
import { documents } from './read-back.js';
import { account, settings } from './settings.js';
import { streams, unpack } from './streams.js';
import { webhook } from './webhook.js';

export const xero = defineConnector({
  name: 'xero',
  title: 'Xero',
  summary: 'Contacts, invoices, credit notes, payments and manual journals out; what the books hold in, and webhooks.',
  documentation,
  vendorApi: 'Accounting API 2.0',
  contract: 'Xero Accounting OpenAPI 16.1.0',
  settings,
  account,
  consent,
  streams: { documents, ...streams },
  webhook,
  unpack,
  operations,
  lookups,
  errors: errorTable,
  // Xero, "Rate limits": per organisation 5 calls at once, 60 a minute, 5,000 a day; the app's 10,000 a minute is far above. Headers tell what is left.
  limits: {
    concurrency: 5,
    perSecond: 1,
    perDay: 5_000,
    scope: 'realm',
    pauseMs: pauseAsked({
      otherwiseMs: 60_000,
      budgets: [
        { remaining: 'x-minlimit-remaining', forMs: 60_000 },
        { remaining: 'x-appminlimit-remaining', forMs: 60_000 },
        { remaining: 'x-daylimit-remaining', forMs: 3_600_000 },
      ],
    }),
  },
  check,
});

export { errorTable };
export default xero;
