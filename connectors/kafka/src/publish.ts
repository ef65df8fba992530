import { misconfigured, outgoingEvent, outgoingInput, type Operation, type Receipt, type SendRequest } from '@waybill/sdk';
import kafkajs, { type Producer } from 'kafkajs';
import { configOf } from './client.js';
import { readFailure, writeFailure } from './failures.js';
import { text } from './settings.js';

/** The record of a document: a CloudEvent in binary mode. */
export function recordFor(request: Pick<SendRequest, 'key' | 'document'>, system: string) {
  const { topic: _, ...document } = request.document;
  const { attributes, data, key } = outgoingEvent({ key: request.key, document }, `/waybill/${system}`);
  const named = Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value] as const);
  return {
    id: attributes['id']!,
    message: { key, value: data, headers: { ...Object.fromEntries(named), 'content-type': 'application/json' } },
  };
}

async function connected(producer: Producer): Promise<void> {
  try {
    await producer.connect();
  } catch (error) {
    throw readFailure(error, 'connect to the cluster');
  }
}

export const publish: Operation = {
  title: 'Publish',
  summary: 'A CloudEvent for each version of a document, acknowledged by all replicas in sync.',
  kind: 'event-notice',
  document: 'event',
  effects: ['create', 'void', 'apply', 'refund', 'write-off'],
  input: {
    ...outgoingInput,
    properties: {
      ...outgoingInput.properties,
      topic: { type: 'string', pattern: '^[a-zA-Z0-9._-]{1,249}$', description: 'Else the one of the connection' },
    },
  },
  writes: 'upsert',
  idempotency: { mode: 'at-least-once' },
  maxUpstreamSeconds: 30,
  async send(context, request): Promise<Receipt> {
    const topic = (request.document['topic'] as string | undefined) ?? text(context.settings, 'publishTopic');
    if (topic === '')
      throw misconfigured({
        code: 'setting-missing',
        message: 'Neither the document nor the connection names a topic.',
        remedy: 'Fill in the topic to publish to, or let the mapping give one.',
      });
    const { id, message } = recordFor(request, text(context.settings, 'system'));
    const producer = new kafkajs.Kafka(configOf(context)).producer({ allowAutoTopicCreation: false, retry: { retries: 0 } });
    try {
      await connected(producer);
      const [stored] = await producer.send({ topic, acks: -1, timeout: 20_000, messages: [message] }).catch((error: unknown) => {
        throw writeFailure(error, `publish to ${topic}`);
      });
      const { partition, baseOffset = '' } = stored!;
      return { documentId: `${topic}/${partition}/${baseOffset}`, details: { topic, partition, offset: baseOffset, id } };
    } finally {
      await producer.disconnect().catch(() => undefined); // what was sent is settled by then
    }
  },
};
