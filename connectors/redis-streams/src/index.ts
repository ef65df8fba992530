import { defineConnector, misconfigured, pageOf, recordSchema, unpackRecord, type Stream, type UsageSource } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { followKey } from './following.js';
import { accountOf, settingsSchema, text, texts } from './settings.js';

const records: Stream = {
  title: 'Records',
  summary: 'JSON objects of one stream, in its order.',
  kind: 'event-notice',
  schema: recordSchema,
  key: '$delivery.key',
  hydrate: 'never',
  poll: {
    everySeconds: 5,
    async read(context, { cursor, limit }) {
      const stream = text(context.settings, 'recordStream');
      if (stream === '')
        throw misconfigured({
          code: 'setting-missing',
          message: 'The connection names no stream with records.',
          remedy: 'Fill it in, or pause the flows that begin at records.',
        });
      return pageOf(stream, await followKey(context, { stream, position: cursor }), cursor, limit);
    },
  },
};

const usage: UsageSource = {
  summary: 'Streams whose entries are CloudEvents, in binary or structured mode. No consumer group is made.',
  attributes: { prefix: 'ce_', percentEncoded: false },
  streams: (settings) => texts(settings, 'usageStreams'),
  open: followKey,
};

export const redisStreams = defineConnector({
  name: 'redis-streams',
  title: 'Redis Streams',
  summary: 'Streams of Redis and Valkey: usage and records in.',
  documentation,
  vendorApi: 'Redis 7, RESP 2',
  settings: settingsSchema,
  account: accountOf,
  streams: { records },
  usage,
  unpack: unpackRecord,
  operations: {},
  lookups: {},
  limits: { concurrency: 4, scope: 'account' },
  check,
});

export default redisStreams;
