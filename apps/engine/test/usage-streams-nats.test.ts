// Usage from NATS JetStream, on a real nats-server: both modes, a subject of a stream, a server that is killed and comes back, messages that are gone.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect as connectNats, headers, type NatsConnection } from '@nats-io/transport-node';
import type { JsonObject } from '@waybill/sdk';
import { ConnectionCalls, connectorNamed } from '../src/catalog/index.js';
import { eventually } from './eventually.js';
import { missingNats, startTestNats, type TestNats } from './test-brokers.js';
import { openBench, type Bench } from './test-bench.js';
import { connect, countOf, idsOf, streamOf, streamWhen } from './usage-in-streams.js';
import { send, usage } from './usage-sender.js';

jest.setTimeout(180_000);
const missing = missingNats();
const suite = missing ? describe.skip : describe;

suite(`usage from NATS${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let bench: Bench;
  let nats: TestNats;
  let connection: NatsConnection;
  let manager: JetStreamManager;
  let js: JetStreamClient;
  const open = async () => {
    connection = await connectNats({ servers: nats.server, reconnect: false });
    manager = await jetstreamManager(connection);
    js = jetstream(connection);
  };
  const streams = (...usageStreams: string[]) => ({ servers: [nats.server], usageStreams });
  const publish = (subject: string, event: unknown, given: Record<string, string> = {}) => {
    const carried = headers();
    for (const [name, value] of Object.entries(given)) carried.set(name, value);
    return js.publish(subject, typeof event === 'string' ? event : JSON.stringify(event), { headers: carried });
  };
  beforeAll(async () => {
    nats = await startTestNats();
    await open();
    bench = await openBench({ settings: { roles: ['api', 'worker'] } });
  });
  afterAll(async () => {
    await connection?.close();
    await bench?.stop();
    await nats?.stop();
  });

  it('comes in both modes, of one subject if so asked; the same by HTTP is a duplicate; what is no event is kept', async () => {
    await manager.streams.add({ name: 'METERING', subjects: ['metering.>'] });
    const event = usage({ source: '/nats', id: 'structured' });
    await publish('metering.api', event, { 'Content-Type': 'application/cloudevents+json' });
    await publish('metering.api', { calls: 2 }, {
      'ce-specversion': '1.0', 'ce-id': 'binary', 'ce-source': '/nats', 'ce-type': 'api.calls', 'ce-subject': '%C3%9Cber%20all', 'content-type': 'application/json',
    });
    await publish('metering.other', usage({ source: '/nats', id: 'of another subject' }));
    await publish('metering.api', 'rubbish');
    await publish('metering.api', usage({ source: '/nats', id: 'plain' }));
    await connect(bench, 'nats', 'nats', streams('METERING/metering.api'));
    const stream = await streamWhen(bench, 'nats', ({ read }) => read === 4);
    expect(stream).toMatchObject({ state: 'reading', accepted: 3, refused: 1, lag: 0 });
    expect(await idsOf(bench, '/nats')).toEqual(['binary', 'plain', 'structured']);
    expect(await send(bench, event)).toMatchObject({ accepted: 0, duplicates: 1 });
    const { items } = await bench.api.call('listUsageEvents', { query: { source: '/nats', id: 'binary' } });
    expect(items[0]).toMatchObject({ subject: 'Über all', data: { calls: 2 } });
    const { items: refused } = await bench.api.call('listUsageRefusals', { query: { connection: 'nats' } });
    expect(refused).toMatchObject([{ code: 'BODY_NOT_JSON', text: 'rubbish', stream: 'METERING/metering.api' }]);
    expect(refused[0]!.at).toMatch(/^4@\d+$/);
    expect(await bench.api.call('checkConnection', { params: { name: 'nats' } })).toMatchObject({ ok: true });
  }); // prettier-ignore

  it('a server that is killed and comes back loses nothing and brings nothing twice', async () => {
    await manager.streams.add({ name: 'KILLED', subjects: ['killed'] });
    await connect(bench, 'killed', 'nats', streams('KILLED'));
    const total = 3_000;
    const bring = async (from: number, to: number) => {
      for (let n = from; n < to; n += 500)
        await Promise.all(
          Array.from({ length: Math.min(500, to - n) }, (_, m) => publish('killed', usage({ source: '/nats-killed', id: `k-${n + m}` }))),
        );
    };
    await bring(0, 1_500);
    await streamWhen(bench, 'killed', ({ read }) => read > 0);
    await connection.close();
    await nats.kill();
    const failing = await streamWhen(bench, 'killed', ({ state, failures }) => state === 'failing' && failures >= 2);
    expect(failing.detail).toMatch(/Could not|was lost/);
    await nats.start();
    await open();
    await bring(1_500, total);
    await bench.sql("update usage_stream set next_at = now() where connection = 'killed'");
    const stream = await streamWhen(bench, 'killed', ({ read }) => read >= total);
    expect(stream).toMatchObject({ read: total, accepted: total, duplicates: 0, refused: 0, failures: 0 });
    expect(await countOf(bench, '/nats-killed')).toBe(total);
  });

  it('says which messages were removed before they were read, and that a stream was made anew', async () => {
    await manager.streams.add({ name: 'SHORT', subjects: ['short'], max_msgs: 5 });
    for (let n = 1; n <= 3; n += 1) await publish('short', usage({ source: '/short', id: `s-${n}` }));
    await connect(bench, 'short', 'nats', streams('SHORT'));
    await streamWhen(bench, 'short', ({ read }) => read === 3);
    await bench.api.call('pauseConnection', { params: { name: 'short' } });
    await eventually(async () => (await streamOf(bench, 'short'))?.state === 'waiting');
    for (let n = 4; n <= 12; n += 1) await publish('short', usage({ source: '/short', id: `s-${n}` }));
    await bench.api.call('resumeConnection', { params: { name: 'short' } });
    await streamWhen(bench, 'short', ({ read }) => read === 8);
    expect(await countOf(bench, '/short')).toBe(8);
    const lost = async () =>
      (await bench.api.call('listUsageRefusals', { query: { connection: 'short' } })).items.map(({ detail }) => detail);
    expect(await lost()).toEqual(['The messages from 4 to before 8 were removed from the stream before they were read.']);
    await bench.api.call('pauseConnection', { params: { name: 'short' } });
    await eventually(async () => (await streamOf(bench, 'short'))?.state === 'waiting');
    await manager.streams.delete('SHORT');
    await manager.streams.add({ name: 'SHORT', subjects: ['short'] });
    await publish('short', usage({ source: '/short', id: 's-13' }));
    await bench.api.call('resumeConnection', { params: { name: 'short' } });
    await streamWhen(bench, 'short', ({ read }) => read === 9);
    expect((await lost())[0]).toContain('made anew');
  });

  it('publishes CloudEvents that it reads itself; a repeat is folded by the stream', async () => {
    await manager.streams.add({ name: 'OUT', subjects: ['out.>'] });
    await connect(bench, 'out', 'nats', { servers: [nats.server], publishSubject: 'out.invoices' });
    const publish = connectorNamed('nats').operations['publish']!;
    const send = (document: JsonObject) =>
      bench.engine.app.get(ConnectionCalls).call('out', (context) => publish.send(context, { effect: 'create', key: 'wb-1', document, attempt: 1 }));
    const document = { type: 'invoice.posted', data: { number: 'US-1' }, subject: 'INV 1' };
    const first = await send(document);
    const again = await send(document);
    expect(first).toMatchObject({ documentId: 'OUT/1', details: { duplicate: false } });
    expect(again).toMatchObject({ documentId: 'OUT/1', details: { duplicate: true } });
    expect((await send({ ...document, data: { number: 'US-2' } })).documentId).toBe('OUT/2');
    await connect(bench, 'in-again', 'nats', streams('OUT'));
    await streamWhen(bench, 'in-again', ({ read }) => read === 2);
    const { items } = await bench.api.call('listUsageEvents', { query: { source: '/waybill/out', id: first.details!['id'] as string } });
    expect(items).toMatchObject([{ subject: 'INV 1', type: 'invoice.posted', data: { number: 'US-1' } }]);
    await expect(send({ ...document, subjectOfStream: 'nobody.listens' }).catch((error: { facts: unknown }) => error.facts)).resolves.toMatchObject({ recovery: 'misconfigured' });
  }); // prettier-ignore

  it('says what is wrong with a stream that is none, and with one that would lose what is read', async () => {
    await connect(bench, 'none', 'nats', streams('NONE'));
    expect((await streamWhen(bench, 'none', ({ state }) => state === 'failing')).detail).toMatch(/stream not found.*Make the stream/);
    await manager.streams.add({ name: 'WORK', subjects: ['work'], retention: 'workqueue' as never });
    await connect(bench, 'none', 'nats', streams('WORK'));
    expect((await streamWhen(bench, 'none', ({ stream, state }) => stream === 'NONE' || state === 'failing')).state).toBe('failing');
    expect(await bench.api.call('checkConnection', { params: { name: 'none' } })).toMatchObject({
      ok: false,
      steps: [{ ok: true }, { ok: false }],
    });
  });
});
