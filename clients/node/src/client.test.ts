// The client against an engine that misbehaves: the same ids on every try, batches as promised, a result for each event, nothing without a bound.
import { describe, expect, it } from '@jest/globals';
import {
  ClosedError,
  QueueFullError,
  RefusedError,
  UndeliveredError,
  WaybillClient,
  type ClientOptions,
  type RefusedEvent,
} from './index.js';
import { retryAfterMs } from './post.js';

interface Sent {
  id: string;
  source: string;
  time: string;
  bad?: boolean;
}
type Answer = Response | Error;

/** An engine that answers in turn what it is told, and then takes everything. */
function engine(...answers: ((batch: Sent[]) => Answer)[]) {
  const batches: Sent[][] = [];
  const fetch = ((url: URL, init: RequestInit) => {
    expect(String(url)).toBe('http://waybill.test/base/v1/usage/events');
    expect(init.headers).toMatchObject({ authorization: 'Bearer key', 'content-type': 'application/cloudevents-batch+json' });
    const batch = JSON.parse(init.body as string) as Sent[];
    batches.push(batch);
    const answer = (answers.shift() ?? taken)(batch);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }) as unknown as typeof globalThis.fetch;
  return { batches, fetch };
}
const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const taken = (batch: Sent[]) => json(202, { accepted: batch.length, duplicates: 0, conflicts: 0, rejected: [] });
const client = (fetch: typeof globalThis.fetch, more: Partial<ClientOptions> = {}) =>
  new WaybillClient({ url: 'http://waybill.test/base', apiKey: 'key', source: '/test', batchAgeMs: 5, fetch, ...more });
const event = (id?: string) => ({ type: 'api.calls', subject: 'acme', data: { calls: 1 }, ...(id ? { id } : {}) });
const times = (n: number) => Array.from({ length: n }, (_, i) => event(`e-${i}`));

describe('the client', () => {
  it('sends the same ids, times and texts on every try, until there is an answer', async () => {
    const { batches, fetch } = engine(
      () => new TypeError('fetch failed'),
      () => json(503, { code: 'UNAVAILABLE', detail: 'The database does not answer.' }, { 'retry-after': '0' }),
      () => new Response('<html>a proxy says hello</html>', { status: 200, headers: { 'retry-after': '0' } }),
    );
    const retries: string[] = [];
    const results = await client(fetch, { onRetry: ({ why }) => retries.push(why) }).send([event(), event()]);
    expect(batches).toHaveLength(4);
    for (const batch of batches) expect(batch).toEqual(batches[0]);
    expect(new Set(batches[0]!.map(({ id }) => id)).size).toBe(2);
    expect(results.map(({ stored, event: { id } }) => [stored, id])).toEqual(batches[0]!.map(({ id }) => [true, id]));
    expect(retries).toEqual(['fetch failed', 'UNAVAILABLE: The database does not answer.', 'HTTP_200: The engine answered 200.']);
  });

  it('waits as Retry-After says', async () => {
    const { batches, fetch } = engine(() => json(429, { code: 'BACKLOG_FULL', detail: 'x' }, { 'retry-after': '1' }));
    const began = performance.now();
    await client(fetch).send(event());
    expect(batches).toHaveLength(2);
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
    const now = () => new Date('2026-11-27T08:00:00Z');
    expect(['7', '0', 'Fri, 27 Nov 2026 08:00:03 GMT', 'Fri, 27 Nov 2026 07:00:00 GMT', 'soon', null].map((text) => retryAfterMs(text, now)))
      .toEqual([7_000, 0, 3_000, 0, undefined, undefined]); // prettier-ignore
  });

  it('cuts batches by count and by bytes, and by age what is left', async () => {
    const { batches, fetch } = engine();
    const one = client(fetch, { batchEventsMax: 100 });
    await one.send(times(250));
    expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50]);
    batches.length = 0;
    const large = client(fetch, { batchBytesMax: 2_000 });
    await large.send(Array.from({ length: 5 }, (_, n) => ({ ...event(`l-${n}`), data: { text: 'x'.repeat(700) } })));
    expect(batches.map((batch) => batch.length)).toEqual([2, 2, 1]);
  });

  it('gives each event its result; what is refused is told and not tried again', async () => {
    const problems = [{ code: 'USAGE_EVENT_INVALID', path: '/time', detail: 'a' }, { code: 'USAGE_DATA_INVALID', path: '/data', detail: 'b' }]; // prettier-ignore
    const { batches, fetch } = engine((batch) =>
      json(202, {
        accepted: 1,
        duplicates: 1,
        conflicts: 1,
        rejected: [
          { index: 1, id: batch[1]!.id, ...problems[0]!, problems },
          { index: 3, id: batch[3]!.id, code: 'USAGE_CONFLICT', path: '/id', detail: 'other content', first: 'ue_65536' },
        ],
      }),
    );
    const refused: RefusedEvent[] = [];
    const results = await client(fetch, { onRefused: (one) => refused.push(one) }).send(times(4));
    expect(results.map(({ stored }) => stored)).toEqual([true, false, true, false]);
    expect(results[1]).toMatchObject({ code: 'USAGE_EVENT_INVALID', path: '/time', problems });
    expect(results[3]).toMatchObject({ code: 'USAGE_CONFLICT', first: 'ue_65536', event: { id: 'e-3' } });
    expect(refused).toEqual([results[1], results[3]]);
    expect(batches).toHaveLength(1);
  });

  it('finds the one event for which a whole batch is refused; the others are stored', async () => {
    const picky = (batch: Sent[]): Answer => (batch.some(({ bad }) => bad) ? json(400, { code: 'BODY_KEY_REFUSED', detail: 'A key.', path: '/0' }) : taken(batch));
    const { fetch } = engine(...Array.from({ length: 20 }, () => picky));
    const results = await client(fetch).send(times(16).map((one, n) => (n === 11 ? { ...one, bad: true } : one)));
    expect(results.flatMap(({ stored }, n) => (stored ? [] : [n]))).toEqual([11]);
    expect(results[11]).toMatchObject({ code: 'BODY_KEY_REFUSED', detail: 'A key.' });
  }); // prettier-ignore

  it('says what the engine says when it takes nothing from this client', async () => {
    const { batches, fetch } = engine(() => json(403, { code: 'FORBIDDEN', detail: 'The key may not.', remedy: 'Give it usage.write.' }));
    const one = client(fetch);
    await expect(one.send(times(2))).rejects.toMatchObject({ name: 'RefusedError', code: 'FORBIDDEN', message: 'The key may not. Give it usage.write.' });
    expect(batches).toHaveLength(1);
    await expect(one.flush()).rejects.toBeInstanceOf(RefusedError);
    await one.flush();
  }); // prettier-ignore

  it('gives up after its time and hands the events back; nobody who does not await it is ended by that', async () => {
    const { fetch } = engine(...Array.from({ length: 50 }, () => () => new TypeError('fetch failed')));
    const one = client(fetch, { tryForMs: 400 });
    void one.send(event('kept'));
    const failure = await one.flush().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UndeliveredError);
    expect((failure as UndeliveredError).events).toMatchObject([{ id: 'kept', source: '/test', specversion: '1.0' }]);
  });

  it('flushes what waits without waiting for its age, and closes', async () => {
    const { batches, fetch } = engine();
    const one = client(fetch, { batchAgeMs: 60_000 });
    const sent = one.send(times(3));
    await one.flush();
    expect(await sent).toHaveLength(3);
    await one.close();
    await expect(one.send(event())).rejects.toBeInstanceOf(ClosedError);
    expect(batches).toHaveLength(1);
  });

  it('takes no more than it may hold, and then all or nothing', async () => {
    const { batches, fetch } = engine();
    const one = client(fetch, { queueEventsMax: 10, batchAgeMs: 60_000 });
    const first = one.send(times(8));
    await expect(one.send(times(3))).rejects.toBeInstanceOf(QueueFullError);
    await one.flush();
    await first;
    expect(batches.flat()).toHaveLength(8);
    await one.close();
  });

  it('refuses at once what is a mistake in the program', () => {
    const { fetch } = engine();
    expect(() => new WaybillClient({ url: 'nonsense', apiKey: 'x' })).toThrow('Invalid URL');
    expect(() => new WaybillClient({ url: 'http://x', apiKey: '' })).toThrow('API key');
    expect(() => client(fetch).send({ type: '' })).toThrow('type');
    expect(() => client(fetch, { source: undefined }).send({ type: 't' })).toThrow('source');
  });
});
