import {
  inDoubt,
  reading,
  rejected,
  retryable,
  type ConnectorContext,
  type HttpResponse,
  type JsonObject,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { gzipSync } from 'node:zlib';
import { exchange, failureFrom, sha256 } from './api.js';
import { bucketUrl, text } from './settings.js';

export const recordsMax = 10_000;
export const objectBytesMax = 5 * 1024 * 1024;

/** What each object says of itself, beside its content. */
const [keyHeader, checksumHeader, countHeader] = ['x-amz-meta-waybill-key', 'x-amz-meta-waybill-sha256', 'x-amz-meta-waybill-records'];

/** Prefix, partition, name and key: the same for every try, so that a repeat is the same object. Pure. */
export function nameOf(document: JsonObject, key: string, settings: JsonObject): string {
  const [prefix, partition, date] = [text(settings, 'prefix'), text(settings, 'partition'), String(document['date'])];
  const part = partition === 'day' ? [`date=${date}`] : partition === 'month' ? [`month=${date.slice(0, 7)}`] : [];
  const ending = text(settings, 'compression') === 'gzip' ? '.ndjson.gz' : '.ndjson';
  return [...(prefix === '' ? [] : [prefix]), ...part, `${String(document['name'])}-${key}${ending}`].join('/');
}

/** One JSON object a line. Pure, so that a repeat has the same bytes. */
export function contentOf(document: JsonObject): string {
  const records = document['records'] as JsonObject[];
  const content = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  const bytes = Buffer.byteLength(content, 'utf8');
  if (bytes <= objectBytesMax) return content;
  throw rejected({
    code: 'object-too-large',
    category: 'transformation',
    message: `The object would have ${bytes} bytes; ${objectBytesMax} are the most.`,
    remedy: 'Let the mapping put fewer records into one object.',
    path: '/records',
  });
}

const addressOf = (name: string, settings: JsonObject): string =>
  `${bucketUrl(settings)}/${name.split('/').map(encodeURIComponent).join('/')}`;

/** `If-None-Match: *` keeps what is there: of two that write one name at once, one is told so and looks. */
async function send(context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  const { settings } = context;
  const name = nameOf(request.document, request.key, settings);
  const content = contentOf(request.document);
  const packed = text(settings, 'compression') === 'gzip';
  const response = await exchange(context, {
    method: 'PUT',
    url: addressOf(name, settings),
    headers: {
      'content-type': packed ? 'application/gzip' : 'application/x-ndjson',
      'if-none-match': '*',
      [keyHeader]: request.key,
      [checksumHeader]: sha256(content),
      [countHeader]: String((request.document['records'] as unknown[]).length),
    },
    body: packed ? gzipSync(content) : Buffer.from(content, 'utf8'),
  });
  const call = { what: `keep the object ${name}`, writes: true, about: `bucket ${text(settings, 'bucket')}` };
  if (response.status === 412) {
    const found = await find(context, request);
    if (found) return found;
  }
  if (response.status < 200 || response.status > 299) throw failureFrom(response, context, call);
  // Whatever kept an object gives it a tag.
  if (response.status === 200 && (response.headers['etag'] ?? '') !== '')
    return receiptOf(name, response.headers['etag']!, sha256(content));
  throw inDoubt({
    code: 'answer-without-etag',
    message: `The answer to "${call.what}" is HTTP ${response.status} without a tag of the object.`,
    vendorWords: response.text,
    httpStatus: response.status,
    remedy: 'Check the endpoint and any proxy before it.',
  });
}

/** The first byte of the object under our name, and what it says of itself. S3 reads its own writes (strong consistency since December 2020). */
async function find(context: ConnectorContext, { document, key }: SendRequest): Promise<Receipt | null> {
  const name = nameOf(document, key, context.settings);
  const what = `look for the object ${name}`;
  const response = await reading(what, () => exchange(context, { method: 'GET', url: addressOf(name, context.settings), headers: { range: 'bytes=0-0' } }));
  if (response.status === 404 && response.text.includes('<Code>NoSuchKey</Code>')) return null;
  if (response.status !== 200 && response.status !== 206) throw failureFrom(response, context, { what, writes: false });
  const { [keyHeader]: owner, [checksumHeader]: checksum, etag } = response.headers;
  if (owner === key && etag !== undefined && checksum !== undefined) return receiptOf(name, etag, checksum);
  throw foreign(response, name);
} // prettier-ignore

function foreign(response: HttpResponse, name: string) {
  const facts = {
    code: 'object-foreign',
    httpStatus: response.status,
    remedy: 'Look at the object; move it away, or take another prefix.',
  };
  const isObject = (response.headers['etag'] ?? '') !== '';
  return isObject
    ? rejected({ ...facts, category: 'duplicate', message: `An object ${name} is there, and it does not carry our key.` })
    : retryable({
        ...facts,
        code: 'answer-without-etag',
        message: `The answer when asked for ${name} is no object.`,
        vendorWords: response.text,
      });
}

const receiptOf = (name: string, etag: string, checksum: string): Receipt => ({
  documentId: name,
  details: { etag: etag.replaceAll('"', ''), sha256: checksum },
});

export const object = {
  title: 'Object',
  summary: 'One object with one JSON object a line; never written over.',
  kind: 'operational',
  document: 'object',
  effects: ['create', 'void', 'apply', 'refund', 'write-off'],
  input: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'date', 'records'],
    properties: {
      name: { type: 'string', title: 'Name', description: 'What the name begins with, such as invoices; our key follows.', pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$' },
      date: { type: 'string', title: 'Date', description: 'The day of the partition: 2026-11-27. The document’s own date, not today.', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' },
      records: {
        type: 'array',
        title: 'Records',
        description: `The lines: amounts as text. At most ${recordsMax} and ${objectBytesMax} bytes before compression.`,
        minItems: 1,
        maxItems: recordsMax,
        items: { type: 'object' },
      },
    },
  },
  writes: 'once',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 60,
  send,
  find,
} satisfies Operation; // prettier-ignore
