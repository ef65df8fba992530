import { defineConnector, pauseAsked } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { lookups } from './lookups.js';
import { operations } from './operations.js';
import { accountOf, settingsSchema, vendorApi } from './settings.js';
import { errorTable } from './status-codes/index.js';
import { streams, unpack } from './streams.js';

export const netsuite = defineConnector({
  name: 'netsuite',
  title: 'NetSuite',
  summary: 'Customers, items, invoices, credit memos, payments and journal entries to NetSuite, and its books back.',
  documentation,
  vendorApi,
  settings: settingsSchema,
  account: accountOf,
  streams,
  unpack,
  operations,
  lookups,
  // The account's budget, shared with everything else that talks to it: 5 in a developer account, 15 and more in others (section_1500275531).
  limits: { concurrency: 5, scope: 'account', pauseMs: pauseAsked({ otherwiseMs: 2_000 }) },
  errors: errorTable,
  contract: 'Oracle’s list of status codes, 2023.2 (no REST schema is published: it is per account)',
  check,
});

export default netsuite;
