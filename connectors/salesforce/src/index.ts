import { defineConnector, pauseAsked } from '@waybill/sdk';
import { check } from './check.js';
import { consent } from './consent.js';
import { documentation } from './documentation.js';
import { errorTable } from './error-codes.js';
import { lookups } from './lookups.js';
import { operations } from './operations.js';
import { accountOf, settingsSchema, vendorApi } from './settings.js';
import { streams, unpack } from './streams.js';

export const salesforce = defineConnector({
  name: 'salesforce',
  title: 'Salesforce',
  summary: 'Billing status to Salesforce by external id, and its accounts, contracts, orders and products back.',
  documentation,
  vendorApi,
  settings: settingsSchema,
  account: accountOf,
  consent,
  streams,
  unpack,
  operations,
  lookups,
  // The organization's: 25 long requests at the same time in production, 5 in a developer edition.
  limits: { concurrency: 5, scope: 'account', pauseMs: pauseAsked({ otherwiseMs: 10_000 }) },
  errors: errorTable,
  check,
});

export default salesforce;
