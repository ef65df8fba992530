import { defineConnector, pauseAsked, unpackBooked } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { documents } from './documents.js';
import { errorTable } from './errors.js';
import { lookups } from './lookups.js';
import { operations } from './operations.js';
import { account, settings, vendorApi } from './settings.js';

export { errorTable } from './errors.js';

export const odoo = defineConnector({
  name: 'odoo',
  title: 'Odoo',
  summary: 'Customers, invoices, credit memos, payments and journal entries to Odoo, and its books back.',
  documentation,
  vendorApi,
  settings,
  account,
  streams: { documents },
  unpack: unpackBooked,
  operations,
  lookups,
  errors: errorTable,
  // Postings of a journal wait for the number of the one before; more at a time would only collide.
  limits: { concurrency: 2, scope: 'account', pauseMs: pauseAsked({ otherwiseMs: 10_000 }) },
  check,
});

export default odoo;
