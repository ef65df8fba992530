import { jetstream } from '@nats-io/jetstream';
import transportNode, { type NatsConnection } from '@nats-io/transport-node';
import { misconfigured, outgoingEvent, outgoingInput, type ConnectorContext, type Operation, type Receipt } from '@waybill/sdk';
import { connectTo } from './client.js';
import { readFailure, writeFailure } from './failures.js';
import { text } from './settings.js';

/** What a stream remembers when nobody says otherwise (JetStream: duplicate_window). */
const rememberedMs = 120_000;
const answeredWithinMs = 20_000;

/** NATS protocol binding 1.0, 3.1.3.2: what is not printable ASCII, space, quote and percent are bytes of UTF-8 as %XX. */
const encoded = (value: string): string =>
  value.replace(/[^!-~]|["%]/gu, (c) =>
    Array.from(Buffer.from(c), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );

async function connected(context: ConnectorContext): Promise<NatsConnection> {
  try {
    return await connectTo(context);
  } catch (error) {
    throw readFailure(error, 'connect to the servers');
  }
}

export const publish: Operation = {
  title: 'Publish',
  summary: 'A CloudEvent for each version of a document, acknowledged by the stream that listens to the subject.',
  kind: 'event-notice',
  document: 'event',
  effects: ['create', 'void', 'apply', 'refund', 'write-off'],
  input: {
    ...outgoingInput,
    properties: {
      ...outgoingInput.properties,
      subjectOfStream: { type: 'string', pattern: '^[^\\s*>]{1,200}$', description: 'The NATS subject; else the one of the connection' },
    },
  },
  writes: 'upsert',
  idempotency: { mode: 'idempotency-key', keyTtlMs: rememberedMs },
  maxUpstreamSeconds: 30,
  async send(context, request): Promise<Receipt> {
    const { subjectOfStream, ...document } = request.document;
    const subject = (subjectOfStream as string | undefined) ?? text(context.settings, 'publishSubject');
    if (subject === '')
      throw misconfigured({
        code: 'setting-missing',
        message: 'Neither the document nor the connection names a subject.',
        remedy: 'Fill in the subject to publish to, or let the mapping give one.',
      });
    const { attributes, data } = outgoingEvent({ key: request.key, document }, `/waybill/${text(context.settings, 'system')}`);
    const headers = transportNode.headers();
    for (const [name, value] of Object.entries(attributes)) headers.set(`ce-${name}`, encoded(value));
    headers.set('content-type', 'application/json');
    const connection = await connected(context);
    try {
      const stored = await jetstream(connection)
        .publish(subject, data, { msgID: attributes['id']!, headers, timeout: answeredWithinMs, retries: 0 })
        .catch((error: unknown) => {
          throw writeFailure(error, `publish to ${subject}`);
        });
      return {
        documentId: `${stored.stream}/${stored.seq}`,
        details: { stream: stored.stream, sequence: stored.seq, duplicate: stored.duplicate, id: attributes['id']! },
      };
    } finally {
      await connection.close().catch(() => undefined); // what was sent is settled by then
    }
  },
};
