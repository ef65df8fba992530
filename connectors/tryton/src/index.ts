import { defineConnector } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { documents } from './documents.js';
import { lookups } from './lookups.js';
import { operations } from './operations.js';
import { postings, unpack } from './postings.js';
import { accountOf, settingsSchema, vendorApi } from './settings.js';

export const tryton = defineConnector({
  name: 'tryton',
  title: 'Tryton',
  summary: 'Customers, invoices, credit memos, payments and journal entries to Tryton, and its postings back.',
  documentation,
  vendorApi,
  settings: settingsSchema,
  account: accountOf,
  streams: { documents, postings },
  unpack,
  operations,
  lookups,
  // parallel posts fail on the lock of the number sequence
  limits: { concurrency: 1, scope: 'account' },
  check,
});

export default tryton;
