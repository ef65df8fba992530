import { defineConnector, pauseAsked } from '@waybill/sdk';
import { check } from './check.js';
import { consent } from './consent.js';
import { documentation } from './documentation.js';
import { errorTable } from './errors.js';
import { lookups } from './lookups.js';
import { record } from './record.js';
import { unpack } from './records.js';
import { account, settings } from './settings.js';
import { streams } from './streams.js';
import { webhook } from './webhook.js';

export const hubspot = defineConnector({
  name: 'hubspot',
  title: 'HubSpot',
  summary: 'Billing status to HubSpot by external id, and its companies, contacts and deals back.',
  documentation,
  vendorApi: 'CRM API v3, associations v4',
  settings,
  account,
  consent,
  streams,
  webhook,
  unpack,
  operations: { record },
  lookups,
  errors: errorTable,
  // The search takes 5 requests a second for an account; everything else more (developers.hubspot.com, "API usage guidelines").
  limits: {
    concurrency: 4,
    perSecond: 4,
    scope: 'account',
    pauseMs: pauseAsked({ statuses: [423, 429, 477], otherwiseMs: 10_000, budgets: [{ remaining: 'x-hubspot-ratelimit-remaining', forMs: 2_000 }] }),
  },
  check,
}); // prettier-ignore

export { errorTable };
export default hubspot;
