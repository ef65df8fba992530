import { Problem } from '../../platform/problems/index.js';
import { isJsonType } from './uris.js';

/** How a transport writes attributes into headers. HTTP and NATS encode their values, Kafka writes them as they are. */
export interface AttributeHeaders {
  prefix: string;
  percentEncoded: boolean;
}

export const httpHeaders: AttributeHeaders = { prefix: 'ce-', percentEncoded: true };
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export type Headers = Readonly<Record<string, string>>;

/** Is it an event whose attributes are headers (CloudEvents HTTP binding 1.0, 3.1)? */
export const isBinaryMode = (headers: Headers, { prefix } = httpHeaders): boolean =>
  Object.keys(headers).some((name) => name.startsWith(prefix));

/**
 * The event of a request or a record in binary mode, as its JSON would be. The body is the data: JSON as `readJson` gives it, other text as text,
 * and what is neither as base64. Throws a problem for what cannot be read. Pure.
 */
export function binaryEvent(
  headers: Headers,
  body: Buffer,
  readJson: (bytes: Buffer) => unknown,
  { prefix, percentEncoded } = httpHeaders,
): Record<string, unknown> {
  // Without a prototype: a header may have any name.
  const event = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith(prefix)) continue;
    const attribute = name.slice(prefix.length);
    if (attribute === 'data' || attribute === 'data_base64' || attribute === 'datacontenttype')
      throw new Problem('USAGE_EVENT_INVALID', `${name} is no header of an event: the body and content-type say it.`, {
        path: `/${attribute}`,
      });
    event[attribute] = percentEncoded ? decoded(value, name) : value;
  }
  const type = headers['content-type']?.trim();
  if (type) event['datacontenttype'] = type;
  if (body.length === 0) return event;
  if (type === undefined || type === '' || isJsonType(type)) event['data'] = readJson(body);
  else if (isText(type)) event['data'] = text(body);
  else event['data_base64'] = body.toString('base64');
  return event;
}

const isText = (type: string): boolean => /^(?:text\/|[^;]*(?:\/|\+)xml[ \t]*(?:;|$))/i.test(type);

function text(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new Problem('USAGE_EVENT_INVALID', 'The body is said to be text, and is not UTF-8.', { path: '/data' });
  }
}

/** A header's value (3.1.3.2): quotes around it are taken away, then each %XX is a byte of UTF-8. */
function decoded(value: string, name: string): string {
  const bare = /^"(?:[^"\\]|\\.)*"$/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
  if (!bare.includes('%')) return bare;
  try {
    return decodeURIComponent(bare);
  } catch {
    throw new Problem('USAGE_EVENT_INVALID', `The header ${name} has a % that begins no byte of UTF-8.`, {
      path: `/${name.slice(httpHeaders.prefix.length)}`,
      remedy: 'Write % as %25, and what is not printable ASCII as the bytes of its UTF-8.',
    });
  }
}
