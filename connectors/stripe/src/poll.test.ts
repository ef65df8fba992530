// The poll against a list that behaves as Stripe's: newest first, paged, with events that become visible late.
import { describe, expect, it } from '@jest/globals';
import { testContext } from '@waybill/sdk/conformance';
import type { HttpClient, JsonObject } from '@waybill/sdk';
import { stripe } from './index.js';

interface Listed {
  id: string;
  object: string;
  created: number;
  type?: string;
  status?: string;
  /** Seconds after `created` at which the list shows it. */
  late?: number;
}

const day = 86_400;
const start = Date.parse('2026-11-01T00:00:00Z') / 1000;

/** Lists as docs.stripe.com/api/pagination says; `clock` is Stripe's own. */
function listing(lists: Record<string, Listed[]>, clock: { now: number }): { http: HttpClient; calls: string[] } {
  const calls: string[] = [];
  const http: HttpClient = {
    request({ url }) {
      const { pathname, searchParams: query } = new URL(url);
      calls.push(`${pathname}?${query}`);
      const types = query.getAll('types[]');
      const [gte, lt] = [Number(query.get('created[gte]') ?? 0), Number(query.get('created[lt]') ?? Infinity)];
      const shown = (lists[pathname] ?? [])
        .filter((one) => one.created + (one.late ?? 0) <= clock.now && one.created >= gte && one.created < lt)
        .filter((one) => types.length === 0 || types.includes(one.type ?? ''))
        .sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
      const after = query.get('starting_after');
      const from = after === null ? 0 : shown.findIndex((one) => one.id === after) + 1;
      const data = shown.slice(from, from + Number(query.get('limit')));
      const body = { object: 'list', data: data.map(({ late: _, ...one }) => one), has_more: from + data.length < shown.length };
      return Promise.resolve({ status: 200, headers: { date: new Date(clock.now * 1000).toUTCString() }, text: JSON.stringify(body) });
    },
  };
  return { http, calls };
}

const invoiceEvent = (n: number, created: number, late = 0): Listed & JsonObject => ({
  id: `evt_${String(n).padStart(6, '0')}`, object: 'event', created, type: n % 5 === 4 ? 'charge.succeeded' : 'invoice.paid', late, data: { object: { id: `in_${n}` } },
}); // prettier-ignore
const read = stripe.streams.invoices.poll!.read;

async function drain(
  http: HttpClient,
  clock: { now: number },
  from: { cursor: string | null; since?: string; until?: string },
  limit = 25,
) {
  const ids: string[] = [];
  let { cursor } = from;
  let pages = 0;
  for (let more = true; more; pages += 1) {
    const context = testContext({ settings: { apiKey: 'rk_x' }, http, now: () => new Date(clock.now * 1000) });
    const page = await read(context, { stream: 'invoices', cursor, limit, since: from.since, until: from.until });
    for (const one of page.deliveries) if (!ids.includes(one.id)) ids.push(one.id);
    ({ cursor, more } = page);
    if (pages > 2000) throw new Error('the poll does not end');
  }
  return { ids, cursor: cursor!, pages };
}

describe('polling events', () => {
  const seeded = (count: number, spread: number) =>
    Array.from({ length: count }, (_, n) => invoiceEvent(n, start + Math.floor(((n * 7919) % count) * (spread / count))));

  it('brings every wanted event of 20 days once over, oldest first, whatever the page size', async () => {
    const clock = { now: start + 20 * day };
    const events = seeded(1000, 20 * day);
    const wanted = events.filter((one) => one.type === 'invoice.paid').sort((a, b) => a.created - b.created);
    for (const limit of [7, 100, 1000]) {
      const { ids } = await drain(listing({ '/v1/events': events }, clock).http, clock, { cursor: null, since: '2026-11-01' }, limit);
      expect(ids).toHaveLength(wanted.length);
      expect(new Set(ids)).toEqual(new Set(wanted.map((one) => one.id)));
      const times = ids.map((id) => events.find((one) => one.id === id)!.created);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  });
  it('takes a burst of 500 events in one second with a limit of 10', async () => {
    const clock = { now: start + day };
    const events = Array.from({ length: 500 }, (_, n) => ({ ...invoiceEvent(n, start + 3600), type: 'invoice.paid' }));
    const { ids } = await drain(listing({ '/v1/events': events }, clock).http, clock, { cursor: null, since: '2026-11-01' }, 10);
    expect(new Set(ids).size).toBe(500);
  });
  it('ends while 25 events a second come in, and misses none', async () => {
    const clock = { now: start + 600 };
    const events = Array.from({ length: 15_000 }, (_, n) => ({ ...invoiceEvent(n, start + Math.floor(n / 25)), type: 'invoice.paid' }));
    const { ids } = await drain(listing({ '/v1/events': events }, clock).http, clock, { cursor: null, since: '2026-11-01' }, 1000);
    expect(new Set(ids).size).toBe(15_000);
  });
  it('finds an event that became visible 250 seconds after younger ones were read', async () => {
    const clock = { now: start + 1000 };
    const late = { ...invoiceEvent(1, start + 900, 250), type: 'invoice.paid' };
    const { http } = listing({ '/v1/events': [late, { ...invoiceEvent(2, start + 990), type: 'invoice.paid' }] }, clock);
    const first = await drain(http, clock, { cursor: null, since: '2026-11-01' });
    expect(first.ids).toEqual(['evt_000002']);
    clock.now = start + 1200;
    expect((await drain(http, clock, { cursor: first.cursor })).ids).toEqual(['evt_000001', 'evt_000002']);
  });
  it('loses nothing when our clock is an hour ahead or behind', async () => {
    for (const skew of [3600, -3600]) {
      const theirs = { now: start + 2 * day };
      const events = [{ ...invoiceEvent(1, theirs.now - 10), type: 'invoice.paid' }];
      const { http } = listing({ '/v1/events': events }, theirs);
      const ours = { now: theirs.now + skew };
      const first = await drain(http, ours, { cursor: null, since: '2026-11-01' });
      expect(first.ids).toEqual(['evt_000001']);
      events.push({ ...invoiceEvent(2, theirs.now + 5), type: 'invoice.paid' });
      theirs.now += 120;
      ours.now += 120;
      expect((await drain(http, ours, { cursor: first.cursor })).ids).toContain('evt_000002');
    }
  });
  it('stops at the end of a range', async () => {
    const clock = { now: start + 20 * day };
    const { ids } = await drain(listing({ '/v1/events': seeded(400, 20 * day) }, clock).http, clock, {
      cursor: null,
      since: '2026-11-03',
      until: '2026-11-04',
    });
    expect(ids.length).toBeGreaterThan(20);
    expect(ids.length).toBeLessThan(40);
  });
  it('reads the objects themselves for what is older than the events, and wraps them so that unpack takes them', async () => {
    const clock = { now: start + 20 * day };
    const old = { id: 'in_old', object: 'invoice', created: start - 60 * day, status: 'void', voided_at: null };
    const draft = { id: 'in_draft', object: 'invoice', created: start - 50 * day, status: 'draft' };
    const { http, calls } = listing({ '/v1/events': seeded(50, 20 * day), '/v1/invoices': [old, draft] }, clock);
    const { ids } = await drain(http, clock, { cursor: null, since: '2026-08-01' });
    expect(ids[0]).toBe(`in_old.void.${start - 60 * day}`);
    expect(ids).toHaveLength(41);
    expect(calls.some((call) => call.startsWith('/v1/invoices'))).toBe(true);
    const page = await read(testContext({ settings: {}, http, now: () => new Date(clock.now * 1000) }), {
      stream: 'invoices',
      cursor: JSON.stringify({ at: start - 61 * day, floor: 0, span: 7 * day }),
      limit: 10,
    });
    expect(stripe.unpack(page.deliveries[0]!)[0]).toMatchObject({ stream: 'invoices', effect: 'void', body: { id: 'in_old' } });
  });
  it('gives the delivery the id that the webhook gives it', async () => {
    const clock = { now: start + day };
    const { ids } = await drain(listing({ '/v1/events': [invoiceEvent(1, start + 5)] }, clock).http, clock, {
      cursor: null,
      since: '2026-11-01',
    });
    expect(ids).toEqual(['evt_000001']);
  });
  it('refuses a cursor that is not its own', async () => {
    const context = testContext({ settings: {}, http: listing({}, { now: start }).http });
    await expect(read(context, { stream: 'invoices', cursor: 'nonsense', limit: 10 })).rejects.toThrow('not one of this connector');
  });
});

describe('completing a long document', () => {
  it('pages the lines after the last one and keeps their order', async () => {
    const lines = Array.from({ length: 230 }, (_, n) => ({ id: `il_${n}` }));
    const http: HttpClient = {
      request({ url }) {
        const { pathname, searchParams } = new URL(url);
        expect(pathname).toBe('/v1/invoices/in_1/lines');
        const from = lines.findIndex((line) => line.id === searchParams.get('starting_after')) + 1;
        const data = lines.slice(from, from + 100);
        return Promise.resolve({
          status: 200,
          headers: {},
          text: JSON.stringify({ object: 'list', data, has_more: from + 100 < lines.length }),
        });
      },
    };
    const record = {
      stream: 'invoices',
      body: { id: 'in_1', lines: { data: lines.slice(0, 10), has_more: true } },
      revision: '1',
      occurredAt: '2026-11-01T00:00:00Z',
      partial: true,
    };
    const whole = await stripe.streams.invoices.complete!(testContext({ settings: { apiKey: 'rk_x' }, http }), record);
    expect(whole.partial).toBe(false);
    expect((whole.body['lines'] as JsonObject)['data']).toEqual(lines);
  });
});
