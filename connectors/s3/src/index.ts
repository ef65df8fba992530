import { defineConnector, pauseAsked } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { errorTable } from './errors.js';
import { object } from './object.js';
import { accountOf, settingsSchema } from './settings.js';

export const s3 = defineConnector({
  name: 's3',
  title: 'S3 object store',
  summary: 'Newline-delimited JSON into a bucket of S3 or what speaks like it.',
  documentation,
  vendorApi: 'S3 API 2006-03-01, Signature Version 4',
  settings: settingsSchema,
  account: accountOf,
  streams: {},
  operations: { object },
  lookups: {},
  errors: errorTable,
  // S3 takes 3,500 writes a second of a prefix ("Best practices design patterns"); others take far fewer.
  limits: { concurrency: 8, perSecond: 50, scope: 'account', pauseMs: pauseAsked({ statuses: [429, 503], otherwiseMs: 1_000 }) },
  check,
});

export { errorTable };
export default s3;
