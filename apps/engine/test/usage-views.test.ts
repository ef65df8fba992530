// Usage as people look at it: by the hour, beside other usage, and as a file; each by permission, and a file with its entries in the audit log.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { UsageExports } from '../src/ledger/exports/exports.store.js';
import { RollUp } from '../src/ledger/index.js';
import { engineActor } from '../src/platform/http/index.js';
import { eventually } from './eventually.js';
import { person } from './people.js';
import { adminKey, openBench, type Bench } from './test-bench.js';
import { sendBatch, usage } from './usage-sender.js';

jest.setTimeout(180_000);
let bench: Bench;

const meter = (name: string, more = '') => bench.api.call('putMeter', { params: { name }, body: { yaml: `meter: ${name}\nevents: [view.call]\naggregate: sum\nvalue: /calls\nunit: call\n${more}` } }); // prettier-ignore
const event = (subject: string, time: string, calls: number | string, more: object = {}) =>
  usage({ source: '/views', type: 'view.call', subject, time, data: { calls }, ...more });
const file = async (path: string, key = adminKey) => {
  const response = await fetch(`${bench.api.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, type: response.headers.get('content-type'), name: response.headers.get('content-disposition'), text: await response.text() };
}; // prettier-ignore

beforeAll(async () => {
  bench = await openBench({ settings: { roles: ['api', 'worker'] } });
  await meter('by-hour');
  await meter('by-day', 'window: day\nperiod: { every: day, timeZone: Europe/Rome }\n');
  await bench.api.call('putTable', {
    params: { name: 'usage-accounts' },
    body: {
      title: 'Who pays for the usage of a subject',
      key: ['subject'],
      columns: ['customer', 'subscription', 'plan', 'region', 'legalEntity'].map((name) => ({ name, type: 'text' as const })),
      rows: ['acme', 'globex'].map((subject) => ({
        key: { subject },
        values: { customer: `cus_${subject}`, subscription: null, plan: null, region: null, legalEntity: subject === 'acme' ? 'DE' : 'US' },
      })),
    } as never,
  });
  await sendBatch(bench, [
    event('acme', '2026-10-01T08:10:00Z', 10),
    event('acme', '2026-10-01T08:50:00Z', 5),
    event('globex', '2026-10-01T11:00:00Z', 7.25),
    event('acme', '2026-10-01T23:30:00Z', 1),
    event('acme', '2026-09-30T09:00:00Z', 100),
    event('=HYPERLINK("x")', '2026-10-01T12:00:00Z', 3),
  ]);
  await bench.engine.app.get(RollUp).runAll();
});
afterAll(() => bench?.stop());

describe('the activity of a meter', () => {
  const activity = (query: object) => bench.api.call('getUsageActivity', { query: { from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z', ...query } as never });

  it('is what it counted by the hour, of all or of one', async () => {
    const found = await activity({ meter: 'by-hour' });
    expect(found).toMatchObject({ meter: 'by-hour', grain: 'hour', meterVersion: 1 });
    expect(found.items.map(({ from, events, subjects }) => [from.slice(11, 13), events, subjects])).toEqual([['08', 2, 1], ['11', 1, 1], ['12', 1, 1], ['23', 1, 1]]); // prettier-ignore
    expect((await activity({ meter: 'by-hour', subject: 'globex' })).items).toEqual([{ from: '2026-10-01T11:00:00.000Z', events: 1, subjects: 1 }]);
  });
  it('is by days of its own clock where it keeps no hours', async () => {
    const { grain, timeZone, items } = await activity({ meter: 'by-day', to: '2026-10-03T00:00:00Z', from: '2026-09-29T00:00:00Z' });
    expect([grain, timeZone]).toEqual(['day', 'Europe/Rome']);
    expect(items.map(({ from, events }) => [from, events])).toEqual([
      ['2026-09-29T22:00:00.000Z', 1],
      ['2026-09-30T22:00:00.000Z', 4],
      ['2026-10-01T22:00:00.000Z', 1],
    ]);
  });
  it('is asked for 62 days at most, of a meter that is there, and shows nothing to whoever sees one legal entity', async () => {
    const problem = (query: object) => bench.api.problem('getUsageActivity', { query: { meter: 'by-hour', from: '2026-10-01T00:00:00Z', ...query } as never });
    expect(await problem({ to: '2026-12-02T00:00:01Z' })).toMatchObject({ status: 400, path: '/to' });
    expect((await activity({ meter: 'by-hour', to: '2026-12-02T00:00:00Z' })).items).toHaveLength(4);
    expect(await problem({ to: '2026-10-01T00:00:00Z' })).toMatchObject({ status: 400, path: '/to' });
    expect(await problem({ meter: 'none', to: '2026-10-02T00:00:00Z' })).toMatchObject({ status: 404 });
    const limited = await person(bench, { roles: ['viewer'], legalEntities: ['DE'] });
    const seen = await limited.call('getUsageActivity', { query: { meter: 'by-hour', from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z' } });
    expect(seen.items).toEqual([]);
  });
}); // prettier-ignore

describe('a comparison', () => {
  const compared = (query: object) => bench.api.call('compareUsage', { query: { meter: 'by-hour', ...query } as never }).then(({ items }) => items);

  it('sets two customers of a period beside each other, and two periods of a customer', async () => {
    expect(await compared({ customer: 'cus_acme', period: '2026-10', otherCustomer: 'cus_globex' })).toMatchObject([
      { left: '16', right: '7.25', difference: '-8.75', percent: '-54.7', leftEvents: 3, rightEvents: 1, unit: 'call' },
    ]);
    expect(await compared({ customer: 'cus_acme', period: '2026-09', otherPeriod: '2026-10' })).toMatchObject([
      { left: '100', right: '16', difference: '-84', percent: '-84.0' },
    ]);
  });
  it('is of nothing where nothing was used, and of what one may see', async () => {
    expect(await compared({ customer: 'cus_none', period: '2026-10' })).toEqual([]);
    const limited = await person(bench, { roles: ['viewer'], legalEntities: ['DE'] });
    const { items } = await limited.call('compareUsage', { query: { meter: 'by-hour', customer: 'cus_acme', period: '2026-10', otherCustomer: 'cus_globex' } });
    expect(items).toMatchObject([{ left: '16', right: null }]);
  });
}); // prettier-ignore

describe('an export', () => {
  it('holds every event that the list shows, over its pages, and no formula', async () => {
    await sendBatch(bench, Array.from({ length: 450 }, (_, n) => event('many', '2026-10-05T08:00:00Z', n)));
    const { status, type, name, text } = await file('/v1/usage/events/export?subject=many');
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    expect(name).toMatch(/^attachment; filename="waybill-usage-events-exp_[0-9a-z]{26}\.csv"$/);
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(450);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(450);
    expect(rows[0]).toMatchObject({ type: 'view.call', subject: 'many', source: '/views', occurred_at: '2026-10-05T08:00:00.000Z' });
    const { text: hostile } = await file(`/v1/usage/events/export?subject=${encodeURIComponent('=HYPERLINK("x")')}`);
    expect(hostile).toContain(`"'=HYPERLINK(""x"")"`);
  });
  it('of summaries keeps quantities as numbers, in JSON Lines as decimal text', async () => {
    const { text } = await file('/v1/usage/summaries/export?meter=by-hour&period=2026-10');
    expect(text.split('\r\n').find((line) => line.includes('cus_globex'))).toMatch(/,7\.25,"call",1,1,0,/);
    const { text: lines, type } = await file('/v1/usage/summaries/export?meter=by-hour&period=2026-10&format=jsonl');
    expect(type).toBe('application/jsonl; charset=utf-8');
    expect(lines.trim().split('\n').map((line) => (JSON.parse(line) as { customer: string; quantity: string })).find(({ customer }) => customer === 'cus_globex')).toMatchObject({ quantity: '7.25' }); // prettier-ignore
  });
  it('shows to whoever sees one legal entity what the list shows, and is refused without the permission', async () => {
    const limited = await person(bench, { roles: ['viewer'], legalEntities: ['DE'] });
    const answer = await limited.send('exportUsageSummaries', { query: { meter: 'by-hour', period: '2026-10' } } as never);
    const text = await answer.text();
    expect(text).toContain('cus_acme');
    expect(text).not.toContain('cus_globex');
    expect((await file('/v1/usage/events/export', 'no-such-key')).status).toBe(401);
  });
  it('is two entries of the audit log, and one that breaks off says so', async () => {
    await file('/v1/usage/events/export?subject=many');
    const actions = async () =>
      (await bench.sql<{ action: string }>("select action from audit_entry where object_kind = 'usage-export' order by id desc limit 2")).map(({ action }) => action);
    await eventually(async () => (await actions())[0] === 'usage.exported');
    expect(await actions()).toEqual(['usage.exported', 'usage.export-begun']);
    const [last] = await bench.sql<{ after: { rows: number } }>("select after from audit_entry where action = 'usage.exported' order by id desc limit 1");
    expect(last!.after).toEqual({ rows: 450 });
    // Whoever goes away before the end: the first page is out, the rest is not asked for.
    const exports = bench.engine.app.get(UsageExports);
    const pages = () => Promise.resolve({ items: [{ id: 'one' }], next: 'and so on' });
    const { text, close } = await exports.begin({ what: 'usage-events', format: 'jsonl', filter: {}, pages }, engineActor);
    expect((await text.next()).value).toBe('{"id":"one"}\n');
    await text.return(undefined);
    await close();
    expect(await actions()).toEqual(['usage.export-broken', 'usage.export-begun']);
  });
  it('is one of two at most, and a place comes back when it ends', async () => {
    const exports = bench.engine.app.get(UsageExports);
    const asked = { what: 'usage-events', format: 'csv', filter: {}, pages: () => Promise.resolve({ items: [], next: null }) } as const;
    const two = [await exports.begin(asked, engineActor), await exports.begin(asked, engineActor)];
    expect(await file('/v1/usage/events/export')).toMatchObject({ status: 429, text: expect.stringContaining('EXPORTS_BUSY') });
    await Promise.all(two.map(({ close }) => close()));
    expect((await file('/v1/usage/events/export?subject=many')).status).toBe(200);
  });
}); // prettier-ignore
