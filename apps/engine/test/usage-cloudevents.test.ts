// CloudEvents' own conformance suite: each event of its feature file and of its yaml folder goes in by HTTP and comes out as it was.
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { contractsOf } from '../../../tools/contracts-for-tests.mjs';
import { openBench, type Bench } from './test-bench.js';
import { send, sendRaw, types } from './usage-sender.js';

jest.setTimeout(180_000);
const contracts = contractsOf('cloudevents');
const suite = contracts.missing ? it.skip : it;
let bench: Bench;
let batch = 0;
beforeAll(async () => {
  if (!contracts.missing) bench = await openBench();
});
afterAll(() => bench?.stop());

/** What the ledger shows of the newest event of a source and id, as a CloudEvent. */
async function shown(source: string, id: string): Promise<Record<string, unknown>> {
  const { items } = await bench.api.call('listUsageEvents', { query: { source, id } });
  expect(items).toHaveLength(1);
  const { cloudEvent } = await bench.api.call('getUsageEvent', { params: { id: items[0]!.id } });
  return cloudEvent as Record<string, unknown>;
}

/** Requests of the feature file: one for each row of the examples, with the attributes and the data that must come out. */
function scenarios(): { name: string; headers: Record<string, string>; body: string; attributes: Record<string, string>; data: unknown }[] {
  const blocks = contracts.text('conformance/features/http-protocol-binding.feature').split('Scenario Outline:').slice(1);
  return blocks.flatMap((block) => {
    const [, request, data] = /"""\n([\s\S]*?)\n\s*"""[\s\S]*"""\n([\s\S]*?)\n\s*"""/.exec(block)! as unknown as [string, string, string];
    const rows = block.split('Examples:')[1]!.matchAll(/^\s*\| (\S.*?)\s*\|\s*$/gm);
    const attributes = [...block.split('Examples:')[0]!.matchAll(/^\s*\|\s*(\S+)\s*\|\s*(.+?)\s*\|$/gm)].slice(1);
    return [...rows].slice(1).map(([, contentType]) => {
      const filled = request
        .replaceAll('<contentType>', contentType!)
        .split('\n')
        .map((line) => line.trim());
      const end = filled.indexOf('');
      const headers = filled
        .slice(1, end)
        .map((line): [string, string] => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
      return {
        name: `${block.split('(')[0]!.trim()} (${contentType})`,
        headers: Object.fromEntries(headers.filter(([name]) => !['host', 'content-length'].includes(name))),
        body: filled.slice(end + 1).join('\n'),
        attributes: Object.fromEntries(attributes.map(([, name, value]) => [name!, value!.replaceAll('<contentType>', contentType!)])),
        data: JSON.parse(data) as unknown,
      };
    });
  });
}

suite('the HTTP protocol binding', async () => {
  const all = scenarios();
  expect(all.map(({ name }) => name)).toHaveLength(4);
  for (const { name, headers, body, attributes, data } of all) {
    // The scenarios share an id; a source of its own for each keeps them apart in a ledger that keeps everything.
    batch += 1;
    const own = (text: string) => text.replaceAll('/mycontext/subcontext', `/mycontext/subcontext/${batch}`);
    const renamed = Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, own(value)]));
    expect([name, (await sendRaw(bench, own(body), renamed)).status]).toEqual([name, 202]);
    const event = await shown(own(attributes['source']!), attributes['id']!);
    for (const [attribute, value] of Object.entries(attributes))
      expect([name, attribute, event[attribute]]).toEqual([name, attribute, own(value)]);
    expect(event['data']).toEqual(data);
  }
});

interface Case {
  Mode?: string;
  ContextAttributes: Record<string, unknown> & { Extensions?: Record<string, string> };
  TransportExtensions?: Record<string, string>;
  Data: string;
}

suite('the events of the yaml folder, in both modes', async () => {
  const cases = ['conformance/yaml/v1.0/v1_minimum.yaml', 'conformance/yaml/v1.yaml'].flatMap((file) =>
    parseAllDocuments(contracts.text(file), { version: '1.1', schema: 'failsafe' } as never).map(
      (document) => (document as { toJS(): unknown }).toJS() as Case,
    ),
  );
  expect(cases.length).toBeGreaterThanOrEqual(8);
  for (const { ContextAttributes, TransportExtensions = {}, Data } of cases)
    for (const mode of ['structured', 'binary'] as const) {
      batch += 1;
      const { Extensions = {}, ...attributes } = ContextAttributes;
      const event: Record<string, unknown> = { ...attributes, ...Extensions, source: `${String(attributes['source'])}/${batch}` };
      const contentType = (event['datacontenttype'] as string | undefined) ?? 'application/json';
      const data: unknown = /json/.test(contentType) ? JSON.parse(Data) : Data;
      if (mode === 'structured') expect(await send(bench, { ...event, data })).toMatchObject({ status: 202, accepted: 1 });
      else {
        const headers = Object.entries(event).filter(([name]) => name !== 'datacontenttype');
        const answer = await sendRaw(bench, Data, {
          ...TransportExtensions,
          ...Object.fromEntries(headers.map(([name, value]) => [`ce-${name}`, encoded(String(value))])),
          'content-type': contentType,
        });
        expect(answer).toMatchObject({ status: 202, accepted: 1 });
      }
      const found = await shown(event['source'] as string, event['id'] as string);
      expect(found).toMatchObject({ ...event, data });
      for (const name of Object.keys(TransportExtensions)) expect(found).not.toHaveProperty(name);
    }
});

/** As the binding writes a value into a header: what is not printable ASCII, and space, quote and percent, as the bytes of its UTF-8. */
const encoded = (value: string) =>
  value.replace(/[^!-~]|["%]/gu, (c) =>
    Array.from(Buffer.from(c), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );

suite.each<[string, Record<string, string>, string, string]>([
  ['no ce-id', { 'ce-id': '' }, '{}', '/id'],
  ['another version', { 'ce-specversion': '0.3' }, '{}', '/specversion'],
  ['a broken escape', { 'ce-subject': 'a%2' }, '{}', '/subject'],
  ['an escape that is no UTF-8', { 'ce-subject': '%ff' }, '{}', '/subject'],
  ['the type of the data as an attribute', { 'ce-datacontenttype': 'text/plain' }, '{}', '/datacontenttype'],
  ['a name that is none', { 'ce-my_name': 'x' }, '{}', '/my_name'],
])('in binary mode %s is refused with its place', async (_, more, body, path) => {
  const headers = {
    'ce-specversion': '1.0',
    'ce-id': '1',
    'ce-source': '/binary',
    'ce-type': 't',
    'content-type': 'application/json',
    ...more,
  };
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
  expect(await sendRaw(bench, body, given)).toMatchObject({ status: 400, code: 'USAGE_EVENT_INVALID', path });
});

suite('in binary mode quotes and escapes are taken away, bytes are kept as base64, and the same event in both modes is one', async () => {
  const headers = {
    'ce-specversion': '1.0',
    'ce-id': 'q',
    'ce-source': '/modes',
    'ce-type': 't',
    'ce-subject': '"a%20\\"b%22"',
    'content-type': 'image/png',
  };
  expect(await sendRaw(bench, Uint8Array.from([0, 255, 1]), headers)).toMatchObject({ status: 202, accepted: 1 });
  expect(await shown('/modes', 'q')).toEqual({
    specversion: '1.0',
    id: 'q',
    source: '/modes',
    type: 't',
    subject: 'a "b"',
    datacontenttype: 'image/png',
    data_base64: 'AP8B',
  });
  const same = {
    specversion: '1.0',
    id: 'q',
    source: '/modes',
    type: 't',
    subject: 'a "b"',
    datacontenttype: 'image/png',
    data_base64: 'AP8B',
  };
  expect(await sendRaw(bench, JSON.stringify(same), { 'content-type': `${types.one}; charset=UTF-8` })).toMatchObject({
    status: 202,
    duplicates: 1,
  });
});
