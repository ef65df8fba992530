import { defineConnector, pauseAsked } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { errorTable } from './errors.js';
import { lookups } from './lookups.js';
import { payment } from './payment.js';
import { unpack } from './records.js';
import { account, settings } from './settings.js';
import { streams } from './streams.js';
import { usage } from './usage.js';
import { webhook } from './webhook.js';

export const chargebee = defineConnector({
  name: 'chargebee',
  title: 'Chargebee',
  summary: 'Invoices, credit notes, payments, refunds, customers and subscriptions in; usage and payments out.',
  documentation,
  vendorApi: 'v2, Product Catalog 2.0',
  settings,
  account,
  streams,
  webhook,
  unpack,
  operations: { usage, payment },
  lookups,
  errors: errorTable,
  // 150 calls a minute is what a test site and the smallest plan have (chargebee.com/docs, "What are the Chargebee API limits?").
  limits: { concurrency: 4, perSecond: 2, scope: 'account', pauseMs: pauseAsked({ otherwiseMs: 60_000 }) },
  check,
});

export { errorTable };
export default chargebee;
