// The connector of S3 over the engine's own client and a real socket: what is signed is what arrives, bytes and all.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { s3 } from '@waybill/connector-s3';
import { double, settings, type State } from '@waybill/connector-s3/double';
import { recoveryOf, testContext } from '@waybill/sdk/conformance';
import { startDouble, type RunningDouble } from '@waybill/sdk/double';
import { gunzipSync } from 'node:zlib';
import { addressRules, EgressClient } from '../src/platform/egress/index.js';

const egress = new EgressClient(addressRules(['127.0.0.0/8']));
const document = { name: 'invoices', date: '2026-11-26', records: [{ number: 'INV-1', customer: 'Grüße & Söhne €', total: '10.10' }] };
const request = { effect: 'create' as const, key: 'wb-a', attempt: 1, document };
let bucket: RunningDouble<State>;
let server: { url: string; close(): Promise<void> };
beforeAll(async () => {
  bucket = startDouble(double);
  server = await bucket.listen();
});
afterAll(async () => {
  await egress.close();
  await server?.close();
});
const contextOf = (compression: string, name: string) =>
  testContext({
    settings: { ...settings, endpoint: server.url, compression, prefix: name },
    http: egress.bind({}),
    now: () => bucket.state.now,
  });

describe('an object over the wire', () => {
  it.each(['none', 'gzip'])('with compression %s arrives as it was signed, is found, and a repeat is the same', async (compression) => {
    const context = contextOf(compression, compression);
    const receipt = await s3.operations.object.send(context, request);
    const { content } = bucket.state.objects.get(receipt.documentId)!;
    expect((compression === 'gzip' ? gunzipSync(content) : content).toString()).toBe(`${JSON.stringify(document.records[0])}\n`);
    expect(await s3.operations.object.find(context, request)).toEqual(receipt);
    expect(await s3.operations.object.send(context, { ...request, attempt: 2 })).toEqual(receipt);
    expect(await s3.check(context)).toMatchObject([{ ok: true, detail: 'Objects lie under the prefix.' }]);
  });
  it('whose answer is lost is in doubt and found', async () => {
    const context = contextOf('none', 'lost');
    bucket.fault('lost-after');
    expect(await recoveryOf(() => s3.operations.object.send(context, request))).toBe('in-doubt');
    expect(await s3.operations.object.find(context, request)).not.toBeNull();
  });
});
