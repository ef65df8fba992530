import { defineConnector } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { unpack } from './events.js';
import { pauseMs } from './failures.js';
import { lookups } from './lookups.js';
import { meterEvent } from './meter-event.js';
import { accountOf, settingsSchema, vendorApi } from './settings.js';
import { streams } from './streams.js';
import { webhook } from './webhook.js';

export const stripe = defineConnector({
  name: 'stripe',
  title: 'Stripe Billing',
  summary: 'Invoices, credit notes, payments, refunds, customers and subscriptions in; meter events out.',
  documentation,
  vendorApi,
  contract: 'Stripe OpenAPI and fixtures of 2023-08-16 and 2026-08',
  settings: settingsSchema,
  account: accountOf,
  streams,
  webhook,
  unpack,
  operations: { 'meter-event': meterEvent },
  lookups,
  limits: { concurrency: 10, perSecond: 25, scope: 'account', pauseMs },
  check,
});

export default stripe;
