import { defineConnector, type Stream } from '@waybill/sdk';
import { check } from './check.js';
import { rowStream, unpackRow } from './delivery.js';
import { documentation } from './documentation.js';
import { errorTable } from './errors.js';
import { file } from './file.js';
import { readRows } from './reading.js';
import { accountOf, settingsSchema } from './settings.js';

const rows: Stream = {
  title: 'Rows',
  summary: 'Rows of CSV files, file after file, each row by its columns as text.',
  kind: 'operational',
  schema: { type: 'object', description: 'The columns of the row; every value is text.' },
  key: '$delivery.key',
  hydrate: 'never',
  poll: { everySeconds: 30, read: readRows },
};

export const csv = defineConnector({
  name: 'csv',
  title: 'CSV files',
  summary: 'Rows of CSV files in a folder or on an SFTP server in; files out.',
  documentation,
  vendorApi: 'RFC 4180; SFTP version 3',
  settings: settingsSchema,
  account: accountOf,
  streams: { [rowStream]: rows },
  unpack: unpackRow,
  operations: { file },
  lookups: {},
  errors: errorTable,
  limits: { concurrency: 2, scope: 'user' },
  check,
});

export { errorTable };
export default csv;
