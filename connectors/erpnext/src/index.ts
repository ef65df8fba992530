import { defineConnector, pauseAsked, unpackBooked } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { documents } from './documents.js';
import { errorTable } from './errors.js';
import { lookups } from './lookups.js';
import { operations } from './operations.js';
import { account, settings, vendorApi } from './settings.js';

export { errorTable } from './errors.js';

export const erpnext = defineConnector({
  name: 'erpnext',
  title: 'ERPNext',
  summary: 'Customers, invoices, credit memos, payments and journal entries to ERPNext, and its books back.',
  documentation,
  vendorApi,
  settings,
  account,
  streams: { documents },
  unpack: unpackBooked,
  operations,
  lookups,
  errors: errorTable,
  limits: {
    concurrency: 2,
    scope: 'account',
    // `frappe/rate_limiter.py`: microseconds that are left of the site's window, and seconds until it begins again.
    pauseMs: pauseAsked({
      otherwiseMs: 10_000,
      budgets: [{ remaining: 'x-ratelimit-remaining', resetSeconds: 'x-ratelimit-reset', forMs: 60_000 }],
    }),
  },
  check,
});

export default erpnext;
