import {
  inDoubt,
  isTransportFailure,
  misconfigured,
  retryable,
  type ConnectorContext,
  type HttpRequest,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { headersOf, parse } from './exchange.js';
import { failureOf } from './failures.js';
import { at, plainText } from './pointer.js';
import { numbers, text } from './settings.js';
import { fill } from './template.js';

const missing = (title: string) =>
  misconfigured({ code: 'setting-missing', message: `The connection has no ${title}.`, remedy: `Fill in ${title} in the connection.` });

function requestOf(context: ConnectorContext, { document, key }: SendRequest, more: Record<string, string> = {}): HttpRequest {
  const { settings } = context;
  const [base, path, body] = [text(settings, 'baseUrl'), text(settings, 'requestPath'), text(settings, 'requestBody')];
  if (base === '') throw missing('address');
  if (path === '') throw missing('path of a request');
  const own = Object.entries((settings['requestHeaders'] ?? {}) as Record<string, string>);
  const headers = Object.fromEntries(own.map(([name, template]) => [name.toLowerCase(), fill(template, 'header', { document, key })]));
  const content = body === '' ? JSON.stringify(document) : fill(body, 'body', { document, key });
  if (body !== '')
    parse(content, () =>
      misconfigured({
        code: 'template-not-json',
        message: 'The body template does not give JSON.',
        remedy: 'Correct the body template of the connection; values are quoted by themselves.',
      }),
    );
  return {
    method: text(settings, 'requestMethod') as 'POST',
    url: `${base}${fill(path, 'path', { document, key })}`,
    headers: { 'content-type': 'application/json', ...headers, ...headersOf(settings), ...more },
    body: content,
  };
}

/** What an answer tells of the document; an answer that should name it and does not is in doubt. */
function receiptOf(context: ConnectorContext, answer: string, key: string): Receipt {
  const { settings } = context;
  const pointer = text(settings, 'receiptIdPointer');
  const doubt = (what: string) =>
    inDoubt({
      code: 'answer-without-id',
      message: `The target answered success but ${what}.`,
      vendorWords: answer,
      remedy: 'It is looked up; correct the pointer to the id if the target names it elsewhere.',
    });
  if (pointer === '') return { documentId: key };
  const body = parse(answer, () => doubt('its answer is not JSON'));
  const id = plainText(at(body, pointer));
  if (id === undefined || id === '') throw doubt(`its answer has no id at ${pointer}`);
  const number = plainText(at(body, text(settings, 'receiptNumberPointer')));
  return { documentId: id, ...(number ? { documentNumber: number } : {}) };
}

async function exchange(context: ConnectorContext, request: SendRequest, headers: Record<string, string> = {}): Promise<Receipt> {
  const call = requestOf(context, request, headers);
  const response = await context.http.request(call);
  if (!numbers(context.settings, 'successStatuses').includes(response.status))
    throw failureOf(response, context.settings, { what: `${call.method} ${new URL(call.url).pathname}`, writes: true });
  return receiptOf(context, response.text, request.key);
}

/** The document by its key. 404 and an answer without an id mean certainly absent; anything unclear throws. */
async function lookUp(context: ConnectorContext, { document, key }: SendRequest): Promise<Receipt | null> {
  const { settings } = context;
  const path = text(settings, 'findPath');
  if (path === '') throw missing('path of the look-up');
  const url = `${text(settings, 'baseUrl')}${fill(path, 'path', { document, key })}`;
  // nothing is changed by looking: whatever goes wrong may be tried again
  const response = await context.http.request({ method: 'GET', url, headers: headersOf(settings) }).catch((error: unknown) => {
    if (!isTransportFailure(error)) throw error;
    throw retryable({ code: error.code, message: `No answer to the look-up: ${error.message}` });
  });
  if (response.status === 404) return null;
  const doubt = () =>
    retryable({
      code: 'look-up-unclear',
      message: 'The look-up answered success but no JSON.',
      vendorWords: response.text,
      remedy: 'Correct the path of the look-up.',
    });
  if (response.status !== 200) throw failureOf(response, settings, { what: 'look the document up', writes: false });
  const body = parse(response.text, doubt);
  if (typeof body !== 'object' || body === null) throw doubt();
  const id = plainText(at(body, text(settings, 'findPointer')));
  return id ? { documentId: id } : null;
}

const input = { type: 'object', minProperties: 1, description: 'Any object; the templates of the connection say what is sent.' };
const common = { document: 'document', kind: 'financial-posting', effects: ['create'], input, maxUpstreamSeconds: 120 } as const;
const cannotFind = ({ key }: SendRequest) =>
  inDoubt({
    code: 'cannot-be-looked-up',
    message: `Whether ${key} arrived cannot be looked up: the connection has no path of the look-up.`,
    remedy: 'Fill it in, or look in the target and resolve this.',
  });

export const operations = {
  request: {
    ...common,
    title: 'Request',
    summary: 'One request for each document, looked up before every send. For targets that neither know keys nor write over.',
    writes: 'once',
    idempotency: { mode: 'lookup-only' },
    async send(context, request) {
      if (text(context.settings, 'findPath') === '') throw missing('path of the look-up');
      return (await lookUp(context, request)) ?? exchange(context, request);
    },
    find: lookUp,
  },
  'keyed-request': {
    ...common,
    title: 'Request with a key',
    summary: 'One request for each document; the target remembers the key in its header and makes no second document.',
    writes: 'once',
    idempotency: { mode: 'idempotency-key', keyTtlMs: 24 * 3600 * 1000 },
    send: (context, request) => exchange(context, request, { [text(context.settings, 'keyHeader').toLowerCase()]: request.key }),
    find: (context, request) =>
      text(context.settings, 'findPath') === '' ? Promise.reject(cannotFind(request)) : lookUp(context, request),
  },
  upsert: {
    ...common,
    kind: 'operational',
    title: 'Write over',
    summary: 'A request whose path holds {{key}}: the same key is the same document, and every version is written over it.',
    writes: 'upsert',
    idempotency: { mode: 'unique-external-id' },
    async send(context, request) {
      if (!/\{\{\s*key\s*\}\}/.test(text(context.settings, 'requestPath')))
        throw misconfigured({
          code: 'path-without-key',
          message: 'The path of a request has no {{key}}, so a repeat would make a second document.',
          remedy: 'Write the path as /things/{{key}}.',
        });
      return exchange(context, request);
    },
  },
} satisfies Record<string, Operation>;
