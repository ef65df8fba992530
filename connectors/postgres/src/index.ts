import { defineConnector, misconfigured, pageOf, recordSchema, unpackRecord, type Stream, type UsageSource } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { errorTable } from './errors.js';
import { lookups } from './lookups.js';
import { followOutbox } from './outbox.js';
import { readRows, rowStream, unpackRow } from './rows.js';
import { accountOf, settingsSchema, text, texts } from './settings.js';
import { upsert } from './upsert.js';

const rows: Stream = {
  title: 'Rows',
  summary: 'Rows of one table that were made or changed, by a watermark. Rows that were deleted do not come.',
  kind: 'operational',
  schema: { type: 'object', description: 'The columns of the row; numbers as text.' },
  key: '$delivery.key',
  hydrate: 'never',
  poll: { everySeconds: 60, read: readRows },
};

const records: Stream = {
  title: 'Records',
  summary: 'JSON objects of one outbox, in the order of its transactions.',
  kind: 'event-notice',
  schema: recordSchema,
  key: '$delivery.key',
  hydrate: 'never',
  poll: {
    everySeconds: 5,
    async read(context, { cursor, limit }) {
      const stream = text(context.settings, 'outbox');
      if (stream === '')
        throw misconfigured({
          code: 'setting-missing',
          message: 'The connection names no outbox with records.',
          remedy: 'Fill it in, or pause the flows that begin at records.',
        });
      return pageOf(stream, await followOutbox(context, { stream, position: cursor }), cursor, limit);
    },
  },
};

const usage: UsageSource = {
  summary: 'Outboxes whose payloads are CloudEvents as JSON.',
  attributes: { prefix: 'ce_', percentEncoded: false },
  streams: (settings) => texts(settings, 'usageOutboxes'),
  open: followOutbox,
};

export const postgres = defineConnector({
  name: 'postgres',
  title: 'PostgreSQL',
  summary: 'A database: rows by a watermark, records and usage from an outbox in; rows out.',
  documentation,
  vendorApi: 'PostgreSQL 13 to 18',
  settings: settingsSchema,
  account: accountOf,
  streams: { rows, records },
  usage,
  unpack: (delivery) => (delivery.stream === rowStream ? unpackRow(delivery) : unpackRecord(delivery)),
  operations: { upsert },
  lookups,
  errors: errorTable,
  limits: { concurrency: 4, scope: 'user' },
  check,
});

export { errorTable };
export default postgres;
