// Usage from Kafka, on the cluster of kcat, which speaks the real protocol: CloudEvents' own conformance, partitions, compression, a broker that is lost.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { JsonObject } from '@waybill/sdk';
import { contractsOf } from '../../../tools/contracts-for-tests.mjs';
import { ConnectionCalls, connectorNamed } from '../src/catalog/index.js';
import { eventually } from './eventually.js';
import { missingKafka, startTestKafka, type TestKafka } from './test-brokers.js';
import { openBench, type Bench } from './test-bench.js';
import { connect, countOf, idsOf, streamWhen } from './usage-in-streams.js';
import { send, usage } from './usage-sender.js';

jest.setTimeout(180_000);
const missing = missingKafka();
const suite = missing ? describe.skip : describe;
const contracts = contractsOf('cloudevents');

suite(`usage from Kafka${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let bench: Bench;
  let kafka: TestKafka;
  const topics = (...usageTopics: string[]) => ({ brokers: kafka.brokers, usageTopics });
  beforeAll(async () => {
    kafka = await startTestKafka();
    bench = await openBench({ settings: { roles: ['api', 'worker'] } });
  });
  afterAll(async () => {
    await bench?.stop();
    await kafka?.kill();
  });

  (contracts.missing ? it.skip : it)(
    `passes the conformance feature of the protocol binding${contracts.missing ? ` (skipped: ${contracts.missing})` : ''}`,
    async () => {
      const scenarios = scenariosOf(contracts.text('conformance/features/kafka-protocol-binding.feature'));
      expect(scenarios.map(({ name }) => name)).toEqual([
        'Binary content mode',
        'Structured content mode (application/cloudevents+json)',
        'Structured content mode (application/cloudevents+json; charset=utf-8)',
      ]);
      await connect(bench, 'conformance', 'kafka', topics('conformance'));
      for (const [n, { name, payload, headers, attributes, data }] of scenarios.entries()) {
        // The scenarios share an id; a source of its own for each keeps them apart in a ledger that keeps everything.
        const own = (text: string) => text.replaceAll('/mycontext/subcontext', `/mycontext/subcontext/${n}`);
        const given = Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, own(value)]));
        await kafka.produce('conformance', [{ value: own(payload), headers: given }]);
        const found = await eventually(async () => {
          const query = { source: own(attributes['source']!), id: attributes['id']! };
          const [item] = (await bench.api.call('listUsageEvents', { query })).items;
          return item && bench.api.call('getUsageEvent', { params: { id: item.id } });
        });
        const event = found.cloudEvent as Record<string, unknown>;
        for (const [attribute, value] of Object.entries(attributes)) expect([name, attribute, event[attribute]]).toEqual([name, attribute, own(value)]);
        expect([name, event['data']]).toEqual([name, data]);
      }
    },
  ); // prettier-ignore

  it('reads all partitions, whatever compresses them, in one reader that is in no group; what comes by HTTP too is one event', async () => {
    const of = (codec: string, n: number) => usage({ source: '/partitions', id: `${codec}-${n}` });
    const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
    for (const [n, codec] of codecs.entries())
      await kafka.produceLines(
        'partitions',
        Array.from({ length: 300 }, (_, m) => JSON.stringify(of(codec, m))),
        {
          partition: n % 4,
          ...(codec === 'none' ? {} : { codec }),
        },
      );
    await connect(bench, 'partitions', 'kafka', topics('partitions'));
    const stream = await streamWhen(bench, 'partitions', ({ read }) => read >= 1_500);
    expect(stream).toMatchObject({ accepted: 1_500, duplicates: 0, refused: 0, lag: 0, state: 'reading' });
    expect(JSON.parse(stream.position!)).toEqual({ 0: '600', 1: '300', 2: '300', 3: '300' });
    expect(await send(bench, of('gzip', 7))).toMatchObject({ accepted: 0, duplicates: 1 });
    await kafka.produceLines('partitions', [JSON.stringify(of('late', 1))], { partition: 3 });
    await eventually(async () => (await idsOf(bench, '/partitions')).includes('late-1'));
    expect(await bench.api.call('checkConnection', { params: { name: 'partitions' } })).toMatchObject({ ok: true });
  });

  it('keeps what is no event and goes on; a tombstone is no event either', async () => {
    await kafka.produce('mixed', [
      { value: JSON.stringify(usage({ source: '/kafka-mixed', id: 'before' })) },
      { value: 'rubbish', headers: { trace: '1' }, key: 'k' },
      { value: null, key: 'k' },
      { value: '{}', headers: { ce_specversion: '1.0', ce_type: 't', 'content-type': 'application/json' } },
      { value: JSON.stringify(usage({ source: '/kafka-mixed', id: 'behind' })) },
    ]);
    await connect(bench, 'mixed', 'kafka', topics('mixed'));
    expect(await streamWhen(bench, 'mixed', ({ read }) => read === 5)).toMatchObject({ accepted: 2, refused: 3 });
    expect(await idsOf(bench, '/kafka-mixed')).toEqual(['before', 'behind']);
    const { items } = await bench.api.call('listUsageRefusals', { query: { connection: 'mixed' } });
    const detail = (at: string) => items.find((item) => item.at.startsWith(at))!;
    expect(detail('0:1@')).toMatchObject({ code: 'BODY_NOT_JSON', text: 'rubbish' });
    expect(detail('0:2@')).toMatchObject({ code: 'USAGE_EVENT_INVALID', bytes: 0 });
    expect(detail('0:3@').problems.map(({ path }) => path)).toEqual(['/id', '/source']);
  });

  it('begins at the end where it is told to', async () => {
    await kafka.produceLines('late', [JSON.stringify(usage({ source: '/late', id: 'old' }))]);
    await connect(bench, 'late', 'kafka', { ...topics('late'), beginAt: 'latest' });
    await streamWhen(bench, 'late', ({ position }) => position !== null);
    await kafka.produceLines('late', [JSON.stringify(usage({ source: '/late', id: 'new' }))]);
    await eventually(async () => (await countOf(bench, '/late')) === 1);
    expect(await idsOf(bench, '/late')).toEqual(['new']);
  });

  it('publishes CloudEvents that it reads itself, each version under an id of its own and a repeat under the same', async () => {
    await kafka.produceLines('out', ['first']);
    await connect(bench, 'out', 'kafka', { brokers: kafka.brokers, publishTopic: 'out' });
    const publish = connectorNamed('kafka').operations['publish']!;
    const send = (document: JsonObject) =>
      bench.engine.app.get(ConnectionCalls).call('out', (context) => publish.send(context, { effect: 'create', key: 'wb-1', document, attempt: 1 }));
    const document = { type: 'invoice.posted', data: { number: 'US-1' }, subject: 'INV-1' };
    const receipts = [await send(document), await send(document), await send({ ...document, data: { number: 'US-2' } })];
    expect(receipts.map(({ documentId }) => documentId).every((id) => /^out\/\d+\/\d+$/.test(id))).toBe(true);
    const ids = receipts.map(({ details }) => details!['id']);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    const read = (await kafka.consume('out')).filter(({ value }) => value !== 'first');
    expect(read).toHaveLength(3);
    expect(read[0]).toMatchObject({ key: 'INV-1', value: '{"number":"US-1"}', headers: { ce_source: '/waybill/out', ce_type: 'invoice.posted', ce_subject: 'INV-1' } });
  }); // prettier-ignore

  it('gives records to flows, page by page, each once', async () => {
    await kafka.produceLines('orders', Array.from({ length: 5 }, (_, n) => JSON.stringify({ id: n })));
    await connect(bench, 'orders', 'kafka', { brokers: kafka.brokers, recordTopic: 'orders' });
    const { streams, unpack } = connectorNamed('kafka');
    const read = (cursor: string | null) =>
      bench.engine.app.get(ConnectionCalls).call('orders', (context) => streams['records']!.poll!.read(context, { stream: 'records', cursor, limit: 3 }));
    const first = await read(null);
    const second = await read(first.cursor);
    const third = await read(second.cursor);
    expect([first, second, third].map(({ deliveries, more }) => [deliveries.length, more])).toEqual([[3, true], [2, false], [0, false]]);
    const records = [...first.deliveries, ...second.deliveries].flatMap((delivery) => unpack!(delivery, {}));
    expect(records.map(({ body }) => body['id'])).toEqual([0, 1, 2, 3, 4]);
    expect(new Set([...first.deliveries, ...second.deliveries].map(({ id }) => id)).size).toBe(5);
    expect(third.cursor).toBe(second.cursor);
  }); // prettier-ignore

  it('says that a broker is lost, tries again with a growing pause, and reads a cluster that was made anew from its beginning', async () => {
    await kafka.produceLines(
      'lost',
      Array.from({ length: 20 }, (_, n) => JSON.stringify(usage({ source: '/lost', id: `l-${n}` }))),
    );
    await connect(bench, 'lost', 'kafka', topics('lost'));
    await streamWhen(bench, 'lost', ({ read }) => read === 20);
    await kafka.kill();
    const failing = await streamWhen(bench, 'lost', ({ state, failures }) => state === 'failing' && failures >= 2);
    expect(failing.detail).toMatch(/Could not (open|read) the topic lost/);
    kafka = await startTestKafka();
    await kafka.produceLines(
      'lost',
      Array.from({ length: 3 }, (_, n) => JSON.stringify(usage({ source: '/lost', id: `l-${n + 19}` }))),
    );
    await connect(bench, 'lost', 'kafka', topics('lost'));
    const stream = await streamWhen(bench, 'lost', ({ read }) => read === 23);
    expect(stream).toMatchObject({ accepted: 22, duplicates: 1, state: 'reading' });
    const { items } = await bench.api.call('listUsageRefusals', { query: { connection: 'lost' } });
    expect(items).toMatchObject([{ code: 'USAGE_RECORDS_LOST', at: '0:20@3' }]);
  });
});

interface Scenario {
  name: string;
  payload: string;
  headers: Record<string, string>;
  attributes: Record<string, string>;
  data: unknown;
}

/** Messages of the feature file: one for each row of the examples. */
function scenariosOf(feature: string): Scenario[] {
  const blocks = feature.split(/Scenario(?: Outline)?:/).slice(1);
  return blocks.flatMap((block) => {
    const [payload, data] = [...block.matchAll(/"""\n([\s\S]*?)\n\s*"""/g)].map(([, text]) => text!) as [string, string];
    const table = (from: string, to: string) => {
      const part = block.slice(block.indexOf(from), block.indexOf(to));
      return Object.fromEntries([...part.matchAll(/^\s*\|\s*(\S+)\s*\|\s*(.+?)\s*\|$/gm)].slice(1).map(([, name, value]) => [name!, value!]));
    };
    const headers = table('And Kafka headers', 'When parsed');
    const attributes = table('Then the attributes', 'And the data');
    const rows = block.includes('Examples:') ? [...block.split('Examples:')[1]!.matchAll(/^\s*\| (\S.*?)\s*\|\s*$/gm)].slice(1).map(([, type]) => type!) : [undefined];
    return rows.map((contentType) => {
      const filled = (given: Record<string, string>) =>
        Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value.replace('<contentType>', contentType ?? '')]));
      const title = block.split('\n')[0]!.trim();
      return { name: title.replace('<contentType>', contentType ?? ''), payload, headers: filled(headers), attributes: filled(attributes), data: JSON.parse(data) as unknown };
    });
  });
} // prettier-ignore
