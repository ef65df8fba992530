import { defineConnector, pauseAsked } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { errorTable } from './error-codes.js';
import { lookups } from './lookups.js';
import { operations } from './operations.js';
import { accountOf, settingsSchema, vendorApi } from './settings.js';
import { streams, unpack } from './streams.js';
import { webhook } from './webhook.js';

export const businessCentral = defineConnector({
  name: 'business-central',
  title: 'Business Central',
  summary: 'Customers, invoices, credit memos, payments and journal entries to Dynamics 365 Business Central, and its books back.',
  documentation,
  vendorApi,
  settings: settingsSchema,
  account: accountOf,
  streams,
  webhook,
  unpack,
  operations,
  lookups,
  // A user's: 5 calls at a time, 6,000 in five minutes; 503 says that a call waited too long in the queue (dynamics-current-limits).
  limits: { concurrency: 5, perSecond: 20, scope: 'user', pauseMs: pauseAsked({ statuses: [429, 503], otherwiseMs: 30_000 }) },
  errors: errorTable,
  contract: '`$metadata` of API v2.0, version 26',
  check,
});

export default businessCentral;
