import { defineConnector, misconfigured, pageOf, recordSchema, unpackRecord, type Stream, type UsageSource } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { followTopic } from './following.js';
import { publish } from './publish.js';
import { accountOf, settingsSchema, text, texts } from './settings.js';

const records: Stream = {
  title: 'Records',
  summary: 'JSON objects of one topic, in the order of their keys.',
  kind: 'event-notice',
  schema: recordSchema,
  key: '$delivery.key',
  hydrate: 'never',
  poll: {
    everySeconds: 5,
    async read(context, { cursor, limit }) {
      const stream = text(context.settings, 'recordTopic');
      if (stream === '')
        throw misconfigured({
          code: 'setting-missing',
          message: 'The connection names no topic with records.',
          remedy: 'Fill it in, or pause the flows that begin at records.',
        });
      return pageOf(stream, await followTopic(context, { stream, position: cursor }), cursor, limit);
    },
  },
};

const usage: UsageSource = {
  summary: 'Topics whose records are CloudEvents, in binary or structured mode (Kafka protocol binding 1.0). No consumer group is joined.',
  attributes: { prefix: 'ce_', percentEncoded: false },
  streams: (settings) => texts(settings, 'usageTopics'),
  open: followTopic,
};

export const kafka = defineConnector({
  name: 'kafka',
  title: 'Kafka',
  summary: 'Apache Kafka and what speaks its protocol: usage and records in, events out.',
  documentation,
  vendorApi: 'Kafka protocol, Fetch 4 to 11',
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

export default kafka;
