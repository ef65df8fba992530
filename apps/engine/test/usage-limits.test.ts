// Every limit of the usage door has a number, and who trips it hears which one; nothing of what is refused is stored, and nothing is a 500.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { request } from 'node:http';
import { limits } from '../src/ledger/events/limits.js';
import { openBench, adminKey, type Bench } from './test-bench.js';
import { send, sendBatch, sendRaw, types, usage, type UsageAnswer } from './usage-sender.js';

jest.setTimeout(240_000);
let bench: Bench;
beforeAll(async () => {
  // Without a scheduler nothing is rolled up, so what was sent goes on waiting.
  bench = await openBench({ settings: { roles: ['api', 'worker'] } });
});
afterAll(() => bench?.stop());

const one = { 'content-type': types.one };
const text = (data: string, more = '') => `{"specversion":"1.0","id":"limit","source":"/limits","type":"t","data":${data}${more}}`;
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const stored = async () => (await bench.sql<{ n: number }>("select count(*)::int as n from usage_event where source = '/limits'"))[0]!.n;

/** Lines in one request, and the lines of the answer. */
async function sendLines(
  body: string | Buffer,
): Promise<{ status: number; lines: (UsageAnswer & { lines: number; done: boolean; problem?: { code: string } })[] }> {
  const response = await fetch(`${bench.api.url}/v1/usage/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': types.lines },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const answer = await response.text();
  return {
    status: response.status,
    lines: answer
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as never),
  };
}

describe('a body that cannot be taken', () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>, number, string]>([
    ['no JSON', '{"specversion":', one, 400, 'BODY_NOT_JSON'],
    ['nothing', '', one, 400, 'BODY_NOT_JSON'],
    ['not UTF-8', Uint8Array.from([0x22, 0xff, 0x22]), one, 400, 'BODY_NOT_JSON'],
    ['a byte order mark', `\ufeff${text('1')}`, one, 400, 'BODY_NOT_JSON'],
    ['65 levels', text(nested(64)), one, 400, 'BODY_TOO_DEEP'],
    ['100,000 levels', text(nested(100_000)), one, 400, 'BODY_TOO_DEEP'],
    ['a key twice', text('{"a":1,"a":2}'), one, 400, 'BODY_KEY_REFUSED'],
    ['an attribute twice', text('1', ',"id":"other"'), one, 400, 'BODY_KEY_REFUSED'],
    ['__proto__', text('{"__proto__":{"admin":true}}'), one, 400, 'BODY_KEY_REFUSED'],
    ['__proto__ in escapes', text('{"\\u005f\\u005fproto__":1}'), one, 400, 'BODY_KEY_REFUSED'],
    ['NUL', text('"\\u0000"'), one, 400, 'USAGE_EVENT_INVALID'],
    ['half a character', text('{"a":["\\ud83d"]}'), one, 400, 'USAGE_EVENT_INVALID'],
    ['half a character in a key', text('{"\\ude00":1}'), one, 400, 'USAGE_EVENT_INVALID'],
    ['a large event', text(`"${'x'.repeat(limits.eventBytesMax)}"`), one, 413, 'USAGE_EVENT_TOO_LARGE'],
    ['2 MB and a byte', 'x'.repeat(2 * 1024 * 1024 + 1), one, 413, 'BODY_TOO_LARGE'],
    ['a batch as one event', `[${text('1')}]`, one, 400, 'USAGE_EVENT_INVALID'],
    ['one event as a batch', text('1'), { 'content-type': types.batch }, 400, 'USAGE_EVENT_INVALID'],
    ['plain JSON', text('1'), { 'content-type': 'application/json' }, 415, 'CONTENT_TYPE_UNKNOWN'],
    ['XML', '<event/>', { 'content-type': 'application/cloudevents+xml' }, 415, 'CONTENT_TYPE_UNKNOWN'],
    ['another charset', text('1'), { 'content-type': `${types.one}; charset=utf-16` }, 415, 'CONTENT_TYPE_UNKNOWN'],
    ['a compressed body', text('1'), { ...one, 'content-encoding': 'gzip' }, 415, 'CONTENT_ENCODING_UNKNOWN'],
    ['a number beyond decimal arithmetic', text('1e999999'), one, 400, 'USAGE_EVENT_INVALID'],
  ])('%s', async (_, body, headers, status, code) => {
    expect(await sendRaw(bench, body, headers)).toMatchObject({ status, code, detail: expect.any(String), remedy: expect.any(String) });
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    expect(await stored()).toBe(0);
  });

  it('a batch of 1,000 is taken, one of 1,001 is not', async () => {
    const batch = (length: number, source: string) =>
      Array.from({ length }, (_, n) => ({ specversion: '1.0', id: `${n}`, source, type: 't' }));
    expect(await sendBatch(bench, batch(1_000, '/thousand'))).toMatchObject({ status: 202, accepted: 1_000 });
    expect(await sendBatch(bench, batch(1_001, '/limits'))).toMatchObject({ status: 413, code: 'USAGE_BATCH_TOO_LONG' });
    expect(await sendBatch(bench, [])).toMatchObject({ status: 202, accepted: 0 });
    expect(await stored()).toBe(0);
  });

  it('what is just within its limits is stored as it is', async () => {
    const event = usage({
      source: `/${'s'.repeat(limits.sourceBytesMax - 1)}`,
      id: 'ä'.repeat(limits.idBytesMax / 2),
      type: 't'.repeat(limits.typeBytesMax),
      subject: '\u{1f680}'.repeat(limits.subjectBytesMax / 4),
      note: 'n'.repeat(limits.attributeBytesMax),
      data: JSON.parse(nested(61)) as unknown,
    });
    expect(await send(bench, event)).toMatchObject({ status: 202, accepted: 1 });
    const { items } = await bench.api.call('listUsageEvents', { query: { subject: event['subject'] as string } });
    expect((await bench.api.call('getUsageEvent', { params: { id: items[0]!.id } })).cloudEvent).toEqual(event);
  });
});

describe('too much at once', () => {
  it('while the roll-up is far behind, more is 429 with Retry-After, and nothing is lost of what was acknowledged', async () => {
    await bench.restart(() => Promise.resolve(), { usageBacklogMax: 5 });
    const before = await stored();
    const answer = await send(bench, usage({ source: '/limits' }));
    expect(answer).toMatchObject({ status: 429, code: 'BACKLOG_FULL', retryAfter: '5' });
    expect((await sendLines(JSON.stringify(usage({ source: '/limits' })))).lines).toMatchObject([{ code: 'BACKLOG_FULL' }]);
    expect(await stored()).toBe(before);
    await bench.sql('update usage_commit set roll = 1 where roll is null');
    await bench.restart();
    expect(await send(bench, usage({ source: '/room' }))).toMatchObject({ status: 202 });
  });

  it(`more than ${limits.bulkAtOnceMax} bulk requests are 429`, async () => {
    const open = Array.from({ length: limits.bulkAtOnceMax }, () => {
      const call = request(`${bench.api.url}/v1/usage/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminKey}`, 'content-type': types.lines },
      });
      const ended = new Promise<void>((done) => call.on('response', (response) => response.resume().on('end', done)));
      call.write('\n');
      return { call, ended };
    });
    let busy = { status: 0, lines: [] as unknown[] };
    for (let n = 0; n < 100 && busy.status !== 429; n += 1) busy = await sendLines('\n');
    expect(busy).toMatchObject({ status: 429, lines: [{ code: 'USAGE_BULK_BUSY' }] });
    for (const { call } of open) call.end();
    await Promise.all(open.map(({ ended }) => ended));
    expect(await sendLines('\n')).toMatchObject({ status: 202, lines: [{ done: true, accepted: 0 }] });
  });
});

describe('many events in lines', () => {
  it('are committed a thousand at a time, with progress, and each flaw has the number of its line', async () => {
    const lines = Array.from({ length: 2_500 }, (_, n) => JSON.stringify(usage({ source: '/lines', id: `l${n}` })));
    lines[10] = 'no json';
    lines[1_200] = '';
    lines[1_500] = `{"specversion":"1.0","source":"/lines","type":"t","id":"big","data":"${'x'.repeat(limits.bulkLineBytesMax)}"}`;
    lines[2_000] = lines[0]!;
    lines[2_001] = JSON.stringify({ ...(JSON.parse(lines[1]!) as object), data: 'other' });
    const { status, lines: told } = await sendLines(lines.join('\n'));
    expect(status).toBe(202);
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(told.slice(0, -1).every(({ done }) => !done)).toBe(true);
    expect(told.at(-1)).toMatchObject({ done: true, lines: 2_500, accepted: 2_495, duplicates: 1, conflicts: 1 });
    expect(told.flatMap(({ rejected }) => rejected).map(({ index, code }) => [index, code])).toEqual([
      [10, 'BODY_NOT_JSON'],
      [1_500, 'USAGE_EVENT_TOO_LARGE'],
      [2_001, 'USAGE_CONFLICT'],
    ]);
    const [row] = await bench.sql<{ n: number; via: string }>(
      "select count(*)::int as n, min(c.via) as via from usage_event e join usage_commit c on c.id = e.seq >> 16 where e.source = '/lines'",
    );
    expect(row).toEqual({ n: 2_495, via: 'bulk' });
  });

  it('in a type that other routes do not read are 415 there', async () => {
    const response = await fetch(`${bench.api.url}/v1/usage/corrections`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': types.lines },
      body: '{}',
    });
    expect(response.status).toBe(415);
  });
});

describe('a type with a schema', () => {
  const put = (schema: object) =>
    bench.api.call('putUsageEventType', { params: { type: 'typed' }, body: { schema, description: 'for the test' } });

  it('is checked by its newest version, which never changes, and each version is in the audit log', async () => {
    const typed = (data: unknown) => usage({ source: '/typed', type: 'typed', data });
    expect(await send(bench, typed({ n: 'before' }))).toMatchObject({ status: 202 });
    const first = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    expect(await put(first)).toMatchObject({ type: 'typed', version: 1, schema: first });
    expect(await put(first)).toMatchObject({ version: 1 });
    expect(await send(bench, typed({ n: 'x' }))).toMatchObject({ status: 422, code: 'USAGE_DATA_INVALID', path: '/data/n' });
    expect(await send(bench, typed(null))).toMatchObject({ status: 422, path: '/data' });
    expect(await send(bench, usage({ type: 'typed', data: undefined, data_base64: 'Zm9v' }))).toMatchObject({
      status: 422,
      path: '/data_base64',
    });
    expect(await send(bench, typed({ n: 1 }))).toMatchObject({ status: 202 });
    const batch = await sendBatch(bench, [typed({ n: 2 }), typed({})]);
    expect(batch).toMatchObject({ status: 202, accepted: 1, rejected: [{ index: 1, code: 'USAGE_DATA_INVALID', path: '/data' }] });
    expect(await put({ type: 'object' })).toMatchObject({ version: 2 });
    expect(await send(bench, typed({ n: 'x' }))).toMatchObject({ status: 202 });
    expect((await bench.api.call('getUsageEventType', { params: { type: 'typed' } })).versions.map(({ version }) => version)).toEqual([
      2, 1,
    ]);
    const { items } = await bench.api.call('listAudit', { query: { action: 'usage-type.saved', object: 'usage-type/typed' } });
    expect(items).toHaveLength(2);
    const { items: events } = await bench.api.call('listUsageEvents', { query: { source: '/typed' } });
    expect(events.every(({ registered }) => registered)).toBe(true);
  });

  it('that could hold others up is refused with its place', async () => {
    const problem = await bench.api.problem('putUsageEventType', {
      params: { type: 'slow' },
      body: { schema: { properties: { a: { pattern: '(a+)+$' } } } },
    });
    expect(problem).toMatchObject({ status: 422, code: 'USAGE_TYPE_INVALID', path: '/schema/properties/a/pattern' });
  });
});
