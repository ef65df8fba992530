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

export const quickbooksOnline = defineConnector({
  name: 'quickbooks-online',
  title: 'QuickBooks Online',
  summary: 'Customers, invoices, credit memos, payments and journal entries out; what the books hold in.',
  documentation,
  vendorApi: 'v3, minor version 75',
  contract: 'Intuit Finance.xsd (QuickBooks-V3-Java-SDK)',
  settings,
  account,
  consent,
  streams: { documents, ...streams },
  unpack,
  operations,
  lookups,
  errors: errorTable,
  // "API call limits and throttles": 500 requests a minute for a company, ten at once for an app and a company.
  limits: { concurrency: 10, perSecond: 8, scope: 'realm', pauseMs: pauseAsked({ otherwiseMs: 60_000 }) },
  check,
});

export { errorTable };
export default quickbooksOnline;
