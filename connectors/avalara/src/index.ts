import { defineConnector, pauseAsked } from '@waybill/sdk';
import { check } from './check.js';
import { commit } from './commit.js';
import { documentation } from './documentation.js';
import { errorTable } from './errors.js';
import { quote } from './quote.js';
import { accountOf, settingsSchema } from './settings.js';
import { transactions } from './transaction.js';

export const avalara = defineConnector({
  name: 'avalara',
  title: 'Avalara AvaTax',
  summary: 'Tax quotes in; transactions, commits and voids out.',
  documentation,
  vendorApi: 'REST v2',
  settings: settingsSchema,
  account: accountOf,
  streams: {},
  operations: {
    invoice: transactions('SalesInvoice', 'invoice', 'Invoice'),
    'credit-memo': transactions('ReturnInvoice', 'credit-memo', 'Credit memo'),
    commit,
  },
  lookups: { quote },
  errors: errorTable,
  // The numbers depend on the plan and are not published; AvaTax says 429 when they are passed.
  limits: { concurrency: 4, perSecond: 10, scope: 'account', pauseMs: pauseAsked({ otherwiseMs: 5_000 }) },
  check,
});

export { errorTable };
export default avalara;
