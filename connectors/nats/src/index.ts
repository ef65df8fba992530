import { defineConnector, misconfigured, pageOf, recordSchema, unpackRecord, type Stream, type UsageSource } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { followStream } from './following.js';
import { publish } from './publish.js';
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
      return pageOf(stream, await followStream(context, { stream, position: cursor }), cursor, limit);
    },
  },
};

const usage: UsageSource = {
  summary:
    'Streams whose messages are CloudEvents, in binary or structured mode (NATS protocol binding 1.0). Nothing is acknowledged at the server.',
  attributes: { prefix: 'ce-', percentEncoded: true },
  streams: (settings) => texts(settings, 'usageStreams'),
  open: followStream,
};

export const nats = defineConnector({
  name: 'nats',
  title: 'NATS',
  summary: 'NATS JetStream: usage and records in, events out.',
  documentation,
  vendorApi: 'JetStream of nats-server 2.9',
  settings: settingsSchema,
  account: accountOf,
  streams: { records },
  usage,
  unpack: unpackRecord,
  operations: { publish },
  lookups: {},
  limits: { concurrency: 4, scope: 'account' },
  check,
});

export default nats;
