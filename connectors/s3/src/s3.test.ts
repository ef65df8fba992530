// What every connector owes; every signature by a calculation of its own; one object for one document, whatever is repeated or lost.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { isConnectorFailure, type JsonObject, type SendRequest } from '@waybill/sdk';
import { describeConnector, describeOperation, recoveryOf, testContext } from '@waybill/sdk/conformance';
import { startDouble, type RunningDouble } from '@waybill/sdk/double';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { gunzipSync } from 'node:zlib';
import { double, settings, type State } from '../test/double.js';
import { wrongWith } from '../test/signature.js';
import { errorTable } from './errors.js';
import { s3 } from './index.js';
import { contentOf, objectBytesMax } from './object.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const now = () => new Date('2026-11-27T06:00:00Z');
const document = {
  name: 'invoices',
  date: '2026-11-26',
  records: [
    { number: 'INV-1', total: '10.10' },
    { number: 'INV-2', total: '3.00' },
  ],
};

describeConnector(s3, { describe, it, expect, ajv, settings });

const running: RunningDouble<State>[] = [];
describeOperation(s3, 'object', {
  describe, it, expect, ajv,
  target: () => {
    running.unshift(startDouble(double));
    return Promise.resolve({ settings, http: running[0]!.http, now });
  },
  document: () => document,
  count: (key) => Promise.resolve([...running[0]!.state.objects.keys()].filter((name) => name.includes(key)).length),
}); // prettier-ignore

let bucket: RunningDouble<State>;
beforeEach(() => {
  bucket = startDouble(double);
});
const contextOf = (more: JsonObject = {}, at = now) => testContext({ settings: { ...settings, ...more }, http: bucket.http, now: at });
const request = (more: Partial<SendRequest> = {}): SendRequest => ({ effect: 'create', key: 'wb-a', attempt: 1, document, ...more });
const send = (more: JsonObject = {}, ask: Partial<SendRequest> = {}) => s3.operations.object.send(contextOf(more), request(ask));
const factsOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isConnectorFailure(error) ? error.facts : error;
};
const only = () => [...bucket.state.objects][0]!;

describe('an object', () => {
  it('has a line for each record, under prefix, partition, name and key', async () => {
    expect(await send()).toMatchObject({ documentId: 'waybill/invoices/date=2026-11-26/invoices-wb-a.ndjson' });
    const [name, { content, headers }] = only();
    expect(name).toBe('waybill/invoices/date=2026-11-26/invoices-wb-a.ndjson');
    expect(content.toString()).toBe('{"number":"INV-1","total":"10.10"}\n{"number":"INV-2","total":"3.00"}\n');
    expect(headers).toMatchObject({
      'content-type': 'application/x-ndjson',
      'x-amz-meta-waybill-key': 'wb-a',
      'x-amz-meta-waybill-records': '2',
    });
  });
  it('is compressed where that is asked for, to the same bytes each time', async () => {
    await send({ compression: 'gzip', partition: 'month' });
    const [name, { content, headers }] = only();
    expect(name).toMatch(/month=2026-11\/invoices-wb-a\.ndjson\.gz$/);
    expect(headers['content-type']).toBe('application/gzip');
    expect(gunzipSync(content).toString()).toBe(contentOf(document));
    bucket = startDouble(double);
    await send({ compression: 'gzip', partition: 'month' });
    expect(only()[1].content).toEqual(content);
  });
  it('stands where the bucket is part of the host', async () => {
    await send({ addressing: 'host', prefix: '', partition: 'none' }).catch(() => undefined);
    expect(bucket.requests.at(-1)!.path).toBe('/invoices-wb-a.ndjson');
  });
  it('that is there stays as it is, and a repeat is told which it is', async () => {
    const first = await send();
    expect(await send({}, { attempt: 2, document: { ...document, records: [{ other: true }] } })).toEqual(first);
    expect(only()[1].content.toString()).toContain('INV-1');
  });
  it('of somebody else under our name is not taken for ours', async () => {
    await send();
    delete only()[1].headers['x-amz-meta-waybill-key'];
    expect(await factsOf(send())).toMatchObject({ recovery: 'rejected', category: 'duplicate', code: 'object-foreign' });
  });
  it('is one, also at a service that does not know the condition', async () => {
    bucket.state.ignoresCondition = true;
    await send();
    await send({}, { attempt: 2 });
    expect(bucket.state.objects.size).toBe(1);
  });
  it('has an end: records and bytes', () => {
    const valid = ajv.compile(s3.operations.object.input);
    const many = (count: number) => ({ ...document, records: Array.from({ length: count }, () => ({})) });
    expect([valid(many(10_000)), valid(many(10_001)), valid(many(0)), valid({ ...document, date: '2026-13-01' }), valid({ ...document, name: '../x' })]).toEqual([true, false, false, false, false]); // prettier-ignore
    expect(() => contentOf({ ...document, records: [{ x: 'y'.repeat(objectBytesMax) }] })).toThrow(/5242880 are the most/);
    expect(contentOf({ ...document, records: [{ x: 'y'.repeat(objectBytesMax - 9) }] })).toHaveLength(objectBytesMax);
  });
});

describe('a failure', () => {
  it('by SlowDown waits and costs nothing; by a lost answer or a 500 it is looked up', async () => {
    bucket.fault('throttle');
    expect(await factsOf(send())).toMatchObject({ recovery: 'throttled', code: 'SlowDown' });
    for (const [kind, there] of [['lost-after', true], ['lost-before', false], ['error-after', true], ['error-before', false]] as const) {
      bucket = startDouble(double);
      bucket.fault(kind);
      expect(await recoveryOf(() => send())).toBe('in-doubt');
      expect((await s3.operations.object.find(contextOf(), request())) !== null).toBe(there);
      await send({}, { attempt: 1 });
      expect(bucket.state.objects.size).toBe(1);
    }
  }); // prettier-ignore
  it('of credentials that ended, of another secret, region or clock says which', async () => {
    bucket.state.ended = true;
    expect(await factsOf(send())).toMatchObject({
      recovery: 'unauthorized',
      code: 'ExpiredToken',
      remedy: expect.stringMatching(/session token/),
    });
    bucket.state.ended = false;
    expect(await factsOf(send({ secretAccessKey: 'another' }))).toMatchObject({ recovery: 'unauthorized', code: 'SignatureDoesNotMatch' });
    expect(await factsOf(send({ accessKeyId: 'AKIAANOTHER' }))).toMatchObject({ recovery: 'unauthorized', code: 'InvalidAccessKeyId' });
    expect(await factsOf(send({ region: 'us-east-1' }))).toMatchObject({ recovery: 'misconfigured', code: 'AuthorizationHeaderMalformed' });
    const late = () => new Date('2026-11-27T06:15:01Z');
    expect(await factsOf(s3.operations.object.send(contextOf({}, late), request()))).toMatchObject({ recovery: 'misconfigured', code: 'RequestTimeTooSkewed' }); // prettier-ignore
    expect(await factsOf(send({ bucket: 'acme-other' }))).toMatchObject({ recovery: 'misconfigured', code: 'NoSuchBucket' });
    expect(bucket.state.objects.size).toBe(0);
  });
  it('has one row for each code', () => expect(new Set(errorTable.map(({ code }) => code)).size).toBe(errorTable.length));
});

it('the check lists, and says whether anything lies there', async () => {
  expect(await s3.check(contextOf())).toMatchObject([{ ok: true, detail: 'Nothing lies under the prefix yet.' }]);
  await send();
  expect(await s3.check(contextOf())).toMatchObject([{ ok: true, detail: 'Objects lie under the prefix.' }]);
});
it('a session token goes out signed', async () => {
  await send({ sessionToken: 'token-of-the-test' });
  expect(bucket.requests[0]!.headers).toMatchObject({ 'x-amz-security-token': 'token-of-the-test', authorization: expect.stringContaining('x-amz-security-token') }); // prettier-ignore
});

describe('the verification of signatures', () => {
  /** "Example: PUT Object" of "Authenticating Requests: Using the Authorization Header", S3 API reference. */
  const published = {
    method: 'PUT', path: '/test%24file.text', query: {}, bytes: Buffer.from('Welcome to Amazon S3.'),
    headers: {
      host: 'examplebucket.s3.amazonaws.com', date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-date': '20130524T000000Z', 'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      authorization: 'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    },
  }; // prettier-ignore
  const by = { secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', now: new Date('2013-05-24T00:00:00Z') }; // prettier-ignore
  it('takes the example that AWS publishes', () => expect(wrongWith(published, by)).toBeUndefined());
  it.each([
    ['another body', { ...published, bytes: Buffer.from('Welcome to Amazon S4.') }, 'XAmzContentSHA256Mismatch'],
    ['another path', { ...published, path: '/test%24file.txt' }, 'SignatureDoesNotMatch'],
    ['another header', { ...published, headers: { ...published.headers, 'x-amz-storage-class': 'STANDARD' } }, 'SignatureDoesNotMatch'],
    ['a header that is not signed', { ...published, headers: { ...published.headers, 'x-amz-acl': 'public-read' } }, 'AccessDenied'],
    ['no signature', { ...published, headers: { ...published.headers, authorization: '' } }, 'AccessDenied'],
  ])('refuses %s', (_, changed, code) => expect(wrongWith(changed, by)).toBe(code));
});
