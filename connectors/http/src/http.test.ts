// The generic connector: signatures by the Standard Webhooks specification, templates that no value can leave, and every status.
import { describe, expect, it } from '@jest/globals';
import { isConnectorFailure, type HttpClient, type HttpRequest, type HttpResponse, type JsonObject } from '@waybill/sdk';
import { answeringHttp, describeConnector, describeOperation, testContext } from '@waybill/sdk/conformance';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createHmac } from 'node:crypto';
import { contractsOf } from '../../../tools/contracts-for-tests.mjs';
import { http } from './index.js';
import { at } from './pointer.js';
import { instantOf } from './records.js';
import { fill } from './template.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const key = Buffer.from('a key of thirty-two bytes, indeed');
const secret = `whsec_${key.toString('base64')}`;
const now = new Date('2026-11-23T12:00:00Z');
const settings: JsonObject = {
  system: 'orders',
  signingSecret: secret,
  baseUrl: 'http://127.0.0.1:1',
  pollPath: '/orders',
  requestPath: '/orders',
  findPath: '/orders?ref={{key}}',
};
const body = JSON.stringify({ type: 'order.created', timestamp: '2026-11-23T11:59:00Z', id: 'ord_1', total: '12.50' });
const seconds = String(now.getTime() / 1000);
const v1 = (text: string, with_: Buffer = key, id = 'msg_1', t = seconds): string =>
  `v1,${createHmac('sha256', with_).update(`${id}.${t}.${text}`).digest('base64')}`;
const headers = (signature: string, t = seconds) => ({ 'webhook-id': 'msg_1', 'webhook-timestamp': t, 'webhook-signature': signature });

describeConnector(http, {
  describe, it, expect: expect as never, ajv, settings,
  webhook: {
    secretField: 'signingSecret',
    signatureHeaders: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
    toleranceSeconds: 300,
    request: (at_) => {
      const t = String(at_.getTime() / 1000);
      return { body: Buffer.from(body), headers: headers(v1(body, key, 'msg_1', t), t), query: {} };
    },
  },
  unpack: { deliveries: [{ id: 'msg_1', body, via: 'webhook' }] },
}); // prettier-ignore

describe('Standard Webhooks', () => {
  const verify = (signature: string, with_ = settings) =>
    http.webhook.verify({ body: Buffer.from(body), headers: headers(signature), query: {} }, with_, now);
  const { missing, text } = contractsOf('standard-webhooks');
  (missing ? it.skip : it)(
    `the specification says what is signed, and which parts the header has${missing ? ` (skipped: ${missing})` : ''}`,
    () => {
      const specification = text('standard-webhooks.md');
      for (const said of ['HMAC-SHA256', 'whsec_', 'webhook-id', 'webhook-timestamp', 'webhook-signature', 'space delimited'])
        expect(specification).toContain(said);
      const example = /webhook-signature: (\S+ \S+)/.exec(specification)![1]!;
      expect(verify(example)).toMatchObject({ ok: false, code: 'signature-wrong' }); // well formed, of another message
      expect(verify(`${example} ${v1(body)}`).ok).toBe(true);
    },
  );
  it('takes any v1 of the list, and both secrets of a rotation', () => {
    const other = Buffer.from('another key of thirty-two bytes..');
    expect(verify(`${v1(body, other)} ${v1(body)}`)).toEqual({ ok: true, deliveryId: 'msg_1' });
    expect(verify(v1(body, other)).ok).toBe(false);
    expect(verify(v1(body, other), { ...settings, previousSigningSecret: `whsec_${other.toString('base64')}` }).ok).toBe(true);
  });
  it('refuses a v1a signature alone, and an id or a time that was not signed', () => {
    expect(verify(v1(body).replace('v1,', 'v1a,')).ok).toBe(false);
    expect(verify(v1(body, key, 'msg_2')).ok).toBe(false);
    expect(verify(v1(body, key, 'msg_1', '1')).ok).toBe(false);
  });
});

describe('plain HMAC and shared values', () => {
  const hmac: JsonObject = {
    ...settings,
    signing: 'hmac',
    signingSecret: 'k',
    signatureHeader: 'X-Hub-Signature-256',
    signaturePrefix: 'sha256=',
    deliveryIdHeader: 'X-Delivery',
  };
  const verify = (with_: JsonObject, given: Record<string, string>, text = body) =>
    http.webhook.verify({ body: Buffer.from(text), headers: given, query: {} }, with_, now);
  const hex = createHmac('sha256', 'k').update(body).digest('hex');
  it('verifies an HMAC with prefix, in either case of hex, by both algorithms and encodings', () => {
    expect(verify(hmac, { 'x-hub-signature-256': `sha256=${hex}`, 'x-delivery': 'd1' })).toEqual({ ok: true, deliveryId: 'd1' });
    expect(verify(hmac, { 'x-hub-signature-256': `sha256=${hex.toUpperCase()}`, 'x-delivery': 'd1' }).ok).toBe(true);
    expect(verify(hmac, { 'x-hub-signature-256': hex, 'x-delivery': 'd1' }).ok).toBe(false);
    expect(verify(hmac, { 'x-hub-signature-256': `sha256=${hex}` })).toMatchObject({ code: 'delivery-id-missing' });
    const base64 = createHmac('sha512', 'k').update(body).digest('base64');
    expect(
      verify(
        { ...hmac, signatureAlgorithm: 'sha512', signatureEncoding: 'base64' },
        { 'x-hub-signature-256': `sha256=${base64}`, 'x-delivery': 'd1' },
      ).ok,
    ).toBe(true);
    expect(verify(hmac, { 'x-hub-signature-256': `sha256=${hex}`, 'x-delivery': 'd1' }, `${body} `).ok).toBe(false);
  });
  it('verifies a shared value, and takes the delivery id from the body or its hash', () => {
    const shared: JsonObject = {
      ...settings,
      signing: 'shared',
      signingSecret: 'open sesame',
      signatureHeader: 'Authorization',
      signaturePrefix: 'Bearer ',
    };
    const given = { authorization: 'Bearer open sesame' };
    expect(verify({ ...shared, deliveryIdPointer: '/id' }, given)).toEqual({ ok: true, deliveryId: 'ord_1' });
    const hashed = verify(shared, given);
    expect(hashed).toEqual(verify(shared, given));
    expect(hashed).not.toEqual(verify(shared, given, `${body}\n`));
    for (const wrong of ['Bearer open sesam', 'open sesame', 'Bearer ', ''])
      expect(verify(shared, { authorization: wrong }).ok).toBe(false);
  });
  it('refuses a way of signing that is not known', () =>
    expect(verify({ ...settings, signing: 'none' }, {})).toMatchObject({ ok: false, code: 'signing-unknown' }));
});

describe('records', () => {
  const unpack = (value: unknown, more: JsonObject = {}) =>
    http.unpack({ id: 'd', body: JSON.stringify(value), via: 'webhook' }, { ...settings, ...more });
  it('are found by pointers, each with key, instant and revision', () => {
    const more = { recordsPointer: '/data', keyPointer: '/order/no', revisionPointer: '/v', occurredAtPointer: '/at' };
    const found = unpack(
      {
        at: 1795431600,
        data: [
          { order: { no: 7 }, v: 3 },
          { order: { no: 8 }, v: 12, at: '2026-11-23T12:00:00+01:00' },
        ],
      },
      more,
    );
    expect(found.map(({ delivery, revision, occurredAt }) => [delivery!['key'], Number(revision), occurredAt])).toEqual([
      ['7', 3, '2026-11-23T11:00:00.000Z'],
      ['8', 12, '2026-11-23T11:00:00.000Z'],
    ]);
    expect(found[0]!.revision < found[1]!.revision).toBe(true);
  });
  it('without key, instant or object are refused with their place', () => {
    for (const [value, words] of [
      [[{ timestamp: '2026-11-23' }], 'Record 0 of the delivery has no key at /id'],
      [{ id: 1 }, 'has no instant at /timestamp'],
      [[1], 'is not an object'],
    ] as const)
      expect(() => unpack(value)).toThrow(words);
  });
  it('read instants with an offset only', () => {
    expect([instantOf('2026-11-23T12:00:00'), instantOf('yesterday'), instantOf(''), instantOf(null)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(instantOf(1795431600000)).toBe(instantOf(1795431600));
  });
  it('pointers never leave own properties', () => {
    expect([
      at({}, '/constructor/name'),
      at({ 'a/b': { '~': 1 } }, '/a~1b/~0'),
      at([1, 2], '/1'),
      at([1], '/length'),
      at('x', '/0'),
    ]).toEqual([undefined, 1, 2, undefined, undefined]);
  });
});

describe('the poll', () => {
  it('pages until there is no next page and starts the next sweep 300 seconds back', async () => {
    const seen: string[] = [];
    const pages: Record<string, unknown> = {
      '': { items: [{ id: 1, timestamp: '2026-11-20T00:00:00Z' }], next: 'p2' },
      p2: { items: [{ id: 2, timestamp: '2026-11-21T00:00:00Z' }], next: null },
    };
    const client: HttpClient = {
      request({ query }) {
        seen.push(String(query!['updatedSince']));
        return Promise.resolve({ status: 200, headers: {}, text: JSON.stringify(pages[String(query!['cursor'] ?? '')]) });
      },
    };
    const context = testContext({ settings: { ...settings, recordsPointer: '/items' }, http: client });
    const read = http.streams.records.poll!.read;
    const first = await read(context, { stream: 'records', cursor: null, limit: 10, since: '2026-11-01' });
    const second = await read(context, { stream: 'records', cursor: first.cursor, limit: 10 });
    expect([
      first.more,
      second.more,
      ...[...first.deliveries, ...second.deliveries].map((one) => http.unpack(one, context.settings)[0]!.delivery!['key']),
    ]).toEqual([true, false, '1', '2']);
    await read(context, { stream: 'records', cursor: second.cursor, limit: 10 });
    expect(seen).toEqual(['2026-11-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z', '2026-11-20T23:55:00.000Z']);
  });
});

describe('templates', () => {
  const document = { number: 'A/1?x=../..', quote: 'he said "no"', total: '12.50', lines: [{ id: 3 }], line: 'a\r\nx-evil: 1', dots: '..' };
  const of = { document, key: 'wb-k' };
  it('encode a value for its place', () => {
    expect(fill('/o/{{/number}}/{{ /lines/0/id }}?k={{key}}', 'path', of)).toBe('/o/A%2F1%3Fx%3D..%2F../3?k=wb-k');
    expect(JSON.parse(fill('{"q": {{/quote}}, "l": {{/lines}}, "n": {{/none}}}', 'body', of))).toEqual({
      q: document.quote,
      l: document.lines,
      n: null,
    });
    expect(fill('t {{/total}}', 'header', of)).toBe('t 12.50');
  });
  it('refuse what would leave its place', () => {
    for (const [template, place] of [
      ['/o/{{/dots}}', 'path'],
      ['/o/{{/none}}', 'path'],
      ['/o/{{/lines}}', 'path'],
      ['{{/line}}', 'header'],
      ['{{number}}', 'path'],
      ['{{constructor}}', 'body'],
    ] as const)
      expect(() => fill(template, place, of)).toThrow();
  });
});

/** A target that keeps documents by key. */
function target() {
  const kept = new Map<string, number>();
  const calls: HttpRequest[] = [];
  const answer = (status: number, value: unknown): HttpResponse => ({ status, headers: {}, text: JSON.stringify(value) });
  const client: HttpClient = {
    request(call) {
      calls.push(call);
      const url = new URL(call.url);
      const ref = url.searchParams.get('ref');
      if (call.method === 'GET') return Promise.resolve(ref && kept.has(ref) ? answer(200, { id: kept.get(ref) }) : answer(404, {}));
      const ours =
        call.headers!['idempotency-key'] ??
        (call.method === 'PUT' ? url.pathname.split('/').pop()! : (JSON.parse(String(call.body)) as { ref: string }).ref);
      if (!kept.has(ours)) kept.set(ours, kept.size + 1);
      return Promise.resolve(answer(201, { id: kept.get(ours), number: `N-${kept.get(ours)}` }));
    },
  };
  return { client, kept, calls };
}

for (const [name, more] of [
  ['request', { requestBody: '{"ref": {{key}}, "total": {{/total}}}' }],
  ['keyed-request', {}],
  ['upsert', { requestMethod: 'PUT', requestPath: '/orders/{{key}}' }],
] as [keyof typeof http.operations, JsonObject][]) {
  const server = target();
  describeOperation(http, name, {
    describe, it, expect: expect as never, ajv,
    target: () => Promise.resolve({ settings: { ...settings, ...more }, http: server.client }),
    document: (unique) => ({ number: unique, total: '12.50' }),
    count: (ours) => Promise.resolve(server.kept.has(ours) ? 1 : 0),
  }); // prettier-ignore
}

describe('statuses', () => {
  const recovery = async (
    response: { status: number; headers?: Record<string, string>; text?: string },
    more: JsonObject = {},
    name: 'keyed-request' | 'upsert' = 'keyed-request',
  ) => {
    const context = testContext({ settings: { ...settings, ...more }, http: answeringHttp(response) });
    const error: unknown = await http.operations[name]
      .send(context, { effect: 'create', key: 'wb-k', document: { a: 1 }, attempt: 1 })
      .then(
        () => 'sent',
        (thrown: unknown) => thrown,
      );
    return isConnectorFailure(error) ? error.facts.recovery : error;
  };
  it('are classed with care for money', async () => {
    const seen: Record<number, unknown> = {};
    for (const status of [302, 400, 401, 403, 404, 409, 418, 422, 425, 429, 500, 502, 503, 504]) seen[status] = await recovery({ status });
    expect(seen).toEqual({
      302: 'misconfigured', 400: 'rejected', 401: 'unauthorized', 403: 'misconfigured', 404: 'rejected', 409: 'rejected', 418: 'rejected', 422: 'rejected',
      425: 'retryable', 429: 'throttled', 500: 'in-doubt', 502: 'in-doubt', 503: 'in-doubt', 504: 'in-doubt',
    }); // prettier-ignore
  });
  it('follow the lists of the connection', async () => {
    expect(await recovery({ status: 503 }, { nothingDoneStatuses: [503] })).toBe('retryable');
    expect(await recovery({ status: 204 }, { receiptIdPointer: '' })).toBe('sent');
    expect(await recovery({ status: 200, text: '{"id":7}' }, { successStatuses: [201] })).toBe('in-doubt');
  });
  it('an upsert without the key in its path, and a body template that gives no JSON, are settings to correct', async () => {
    expect(await recovery({ status: 200 }, {}, 'upsert')).toBe('misconfigured');
    expect(await recovery({ status: 200 }, { requestBody: '{"a": "{{/a}}' })).toBe('misconfigured');
  });
});
