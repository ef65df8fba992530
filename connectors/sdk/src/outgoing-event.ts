import { createHash } from 'node:crypto';
import type { SendRequest } from './connector.js';
import type { JsonObject, JsonSchema } from './json.js';

/** What a mapping produces for an operation that publishes: the part of a CloudEvent that only it knows. */
export const outgoingInput = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'data'],
  properties: {
    type: { type: 'string', minLength: 1, maxLength: 255, description: 'Type of the CloudEvent' },
    data: { type: 'object', description: 'What it says' },
    subject: { type: 'string', minLength: 1, maxLength: 1024 },
    time: { type: 'string', format: 'date-time' },
    key: { type: 'string', minLength: 1, maxLength: 1024, description: 'What order is kept by; else the subject, else the posting key' },
  },
} as const satisfies JsonSchema;

export interface OutgoingEvent {
  /** Without the data: `id`, `source`, `specversion`, `type`, and `subject` and `time` where there are any. */
  attributes: Record<string, string>;
  /** JSON. */
  data: string;
  key: string;
}

/**
 * The CloudEvent of a document. The same content under the same posting key has the same id, so that whoever reads it twice folds it; a newer version
 * has another. Pure.
 */
export function outgoingEvent({ key, document }: Pick<SendRequest, 'key' | 'document'>, source: string): OutgoingEvent {
  const { type, data, subject, time, key: orderedBy } = document as { type: string; data: JsonObject } & Record<string, string | undefined>;
  const content = createHash('sha256').update(JSON.stringify(document)).digest('hex').slice(0, 16);
  const attributes = {
    id: `${key}-${content}`,
    source,
    specversion: '1.0',
    type,
    ...(subject ? { subject } : {}),
    ...(time ? { time } : {}),
  };
  return { attributes, data: JSON.stringify(data), key: orderedBy ?? subject ?? key };
}
