// A browser sends the cookie wherever it is told to send something: no write of ours does anything for a form, a foreign page, or text that poses as JSON.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RouteSpec } from '../src/platform/http/route.js';
import { routes } from '../src/routes.js';
import { problemIn } from './api-caller.js';
import { BrowserCaller } from './browser-caller.js';
import { adminPassword, openBench, type Bench } from './test-bench.js';

jest.setTimeout(120_000);
const sessionCookie = '__Host-waybill_session';
const writes = (Object.entries(routes) as [string, RouteSpec][]).filter(
  ([, { method, path, permission }]) => method !== 'GET' && (permission !== 'public' || path.startsWith('/v1/session')),
);
/** What an id of the route begins with, by the second word of its address. */
const prefixes: Record<string, string> = {
  session: 'ses',
  sessions: 'ses',
  users: 'usr',
  'api-keys': 'key',
  'service-accounts': 'sva',
  messages: 'msg',
  exceptions: 'exc',
  runs: 'run',
  approvals: 'apr',
  canonical: 'can',
  usage: 'urf',
  gaps: 'gap',
  'control-runs': 'ctr',
  'synthetic-runs': 'syn',
  checkpoints: 'chk',
  selections: 'sel',
  replays: 'run',
  erasures: 'era',
  'table-drafts': 'drf',
  edits: 'edt',
  releases: 'rel',
  views: 'viw',
  mappings: 'gcs',
  alerts: 'alt',
  'alert-notices': 'ntc',
};
const pathOf = ({ path }: RouteSpec): string =>
  path.replace(/\{id\}/, `${prefixes[path.split('/')[2]!]}_00000000000000000000000000`).replace(/\{\w+\}/g, 'no-such-thing');

describe('a write with the cookie', () => {
  let bench: Bench;
  let cookie: Record<string, string>;
  let stillIn: () => Promise<unknown>;
  beforeAll(async () => {
    bench = await openBench();
    const window = new BrowserCaller(bench.api.url);
    expect((await window.signIn('admin@waybill.local', adminPassword)).status).toBe(200);
    // One session for all of them: none of these may do anything, not even end it.
    cookie = { cookie: `${sessionCookie}=${window.cookie(sessionCookie)}` };
    stillIn = () => window.call('GET', '/v1/session');
  });
  afterAll(() => bench?.stop());

  it.each(writes)('%s does nothing for a form, a foreign page, or text that poses as JSON', async (_, spec) => {
    const send = (headers: Record<string, string>, body = '{}') =>
      fetch(`${bench.api.url}${pathOf(spec)}`, { method: spec.method, headers: { ...cookie, ...headers }, body });
    const ours = { 'x-waybill-request': '1' };
    const foreign: Record<string, string>[] = [
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'application/json' },
      { 'content-type': 'application/json', origin: bench.api.url },
      { ...ours, 'content-type': 'application/json', origin: 'https://elsewhere.example' },
      { ...ours, 'content-type': 'application/json', origin: 'null' },
      { ...ours, 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
      { ...ours, 'content-type': 'application/json', 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) expect([headers, (await problemIn(await send(headers))).code]).toEqual([headers, 'CSRF_REFUSED']);
    if (spec.body && !spec.textBody)
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
        expect((await send({ ...ours, 'content-type': type })).status).toBe(415);
  });

  it('and the session that was used for all of it is still there', async () => {
    expect(await stillIn()).toMatchObject({ email: 'admin@waybill.local' });
  });
});
