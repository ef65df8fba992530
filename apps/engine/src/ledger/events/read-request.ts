import { decodeText, JsonRefused, readJson, type JsonRead } from '../../platform/json/index.js';
import { Problem } from '../../platform/problems/index.js';
import { binaryEvent, isBinaryMode, type Headers } from './binary-mode.js';
import { checkEvent, type CheckData, type CheckedEvent } from './cloud-event.js';
import type { Flaw } from './flaw.js';
import { limits } from './limits.js';

export const mediaTypes = {
  event: 'application/cloudevents+json',
  batch: 'application/cloudevents-batch+json',
  lines: 'application/x-ndjson',
} as const;

export interface ReadRequest {
  /** One event, which is answered with a problem of its own; or a batch, whose items have each their result. */
  single: boolean;
  events: (CheckedEvent | Flaw)[];
}

/** The media type without its parameters, in small letters. */
export const bareType = (contentType: string | undefined): string => (contentType ?? '').split(';', 1)[0]!.trim().toLowerCase();

/** The events of a request, each checked. Throws a problem when the body as a whole cannot be read. Pure. */
export function readRequest(headers: Headers, body: Buffer, check: CheckData): ReadRequest {
  const contentType = headers['content-type'];
  const type = bareType(contentType);
  if (type === mediaTypes.event || type === mediaTypes.batch) {
    refuseOtherCharset(contentType!);
    const { value, ...facts } = read(body);
    if (type === mediaTypes.event) return { single: true, events: [checkEvent(value, check, facts)] };
    return { single: false, events: itemsOf(value).map((item) => checkEvent(item, check, facts)) };
  }
  if (!isBinaryMode(headers) || type.startsWith('application/cloudevents'))
    throw new Problem('CONTENT_TYPE_UNKNOWN', `${type || 'No content type'} without headers that begin with ce- is no CloudEvent.`, {
      remedy: `Send ${Object.values(mediaTypes).join(' or ')}, or the attributes as headers such as ce-id.`,
    });
  const facts = { escaped: true, written: true };
  const event = binaryEvent(headers, body, (bytes) => {
    const { value, ...found } = read(bytes);
    Object.assign(facts, found);
    return value;
  });
  return { single: true, events: [checkEvent(event, check, { ...facts, escaped: true })] };
}

function itemsOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Problem('USAGE_EVENT_INVALID', 'A batch is a JSON array of events.', { path: '' });
  if (value.length > limits.batchItemsMax)
    throw new Problem('USAGE_BATCH_TOO_LONG', `The batch has ${value.length} events; ${limits.batchItemsMax} are read at once.`);
  return value;
}

function read(body: Buffer): JsonRead {
  try {
    return readJson(decodeText(body));
  } catch (error) {
    if (error instanceof JsonRefused) throw new Problem(error.code, `The body cannot be read: ${error.message}.`);
    throw error;
  }
}

function refuseOtherCharset(contentType: string): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(charset))
    throw new Problem('CONTENT_TYPE_UNKNOWN', `JSON in ${charset.slice(0, 40)} is not read here.`, { remedy: 'Send UTF-8.' });
}
