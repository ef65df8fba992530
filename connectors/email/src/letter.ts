import { type ConnectorContext, type Operation, type Receipt, type SendRequest } from '@waybill/sdk';
import { createHash } from 'node:crypto';
import { failureOf } from './failures.js';
import { text } from './settings.js';
import { postOf } from './transport.js';

const address = { type: 'string', format: 'email', maxLength: 254 } as const;
const addresses = { type: 'array', minItems: 1, maxItems: 20, uniqueItems: true, items: address } as const;

/** The same letter under the same posting key has the same id; mail programs show it once. Pure. */
export function messageIdOf({ key, document }: Pick<SendRequest, 'key' | 'document'>, from: string): string {
  const content = createHash('sha256').update(JSON.stringify(document)).digest('hex').slice(0, 16);
  return `<${key}.${content}@${from.split('@').pop()}>`;
}

async function send(context: ConnectorContext, { key, document }: SendRequest): Promise<Receipt> {
  const { settings } = context;
  const from = text(settings, 'from');
  const to = document['to'] as string[];
  const call = { what: `send a letter to ${to.join(', ')}`, settings, about: to[0]! };
  const messageId = messageIdOf({ key, document }, from);
  let post: ReturnType<typeof postOf> | undefined;
  try {
    post = postOf(context);
    const taken = (await post.transport.sendMail({
      from: { name: text(settings, 'fromName'), address: from },
      to,
      ...(Array.isArray(document['cc']) ? { cc: document['cc'] as string[] } : {}),
      ...(text(settings, 'replyTo') === '' ? {} : { replyTo: text(settings, 'replyTo') }),
      subject: String(document['subject']),
      text: String(document['text']),
      messageId,
      date: context.now(),
      // No answer of a machine to a machine.
      headers: { 'Auto-Submitted': 'auto-generated' },
    })) as { accepted: string[]; rejected: string[]; response: string };
    return { documentId: messageId, details: { accepted: taken.accepted, rejected: taken.rejected, response: taken.response } };
  } catch (error) {
    throw failureOf(error, { ...call, sent: post?.isOpen() ?? false });
  } finally {
    post?.transport.close();
  }
}

export const letter = {
  title: 'Letter',
  summary: 'A letter in plain text. A lost answer is sent again under the same Message-ID.',
  kind: 'event-notice',
  document: 'letter',
  effects: ['create', 'void', 'apply', 'refund', 'write-off'],
  input: {
    type: 'object',
    additionalProperties: false,
    required: ['to', 'subject', 'text'],
    properties: {
      to: { ...addresses, title: 'To' },
      cc: { ...addresses, title: 'Copy to' },
      subject: { type: 'string', title: 'Subject', pattern: '^[^\\r\\n]{1,300}$' },
      text: { type: 'string', title: 'Text', minLength: 1, maxLength: 200_000 },
    },
  },
  writes: 'upsert',
  idempotency: { mode: 'at-least-once' },
  maxUpstreamSeconds: 60,
  send,
} satisfies Operation;
