/**
 * Stored scripts: every text that a person, a program or a vendor may write holds tags, handlers, javascript: links and template syntax; and so do the
 * addresses. Every room shows them as text: nothing runs, nothing becomes an element, and the content policy has nothing to refuse.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { loaded, noBrowser, openBrowser, openWindow, signIn } from '../test/chromium.js';
import { rooms } from '../test/rooms.js';
import { documents, draftOf, messageOf, startHostileCompany } from '../test/hostile-company.js';
import { hostile, hostileElements, hostileLink, hostileMark } from '../test/hostile-words.js';
import { eventually, type LivingCompany } from '../test/living-company.js';

const suite = noBrowser ? describe.skip : describe;

interface Visit {
  name: string;
  /** Which room it is, where its name does not say so. */
  room?: string;
  path: string | ((company: LivingCompany) => string | Promise<string>);
  /** Places whose hostile text must be seen here: a room that shows none of it proves nothing. */
  shows: readonly string[];
}

const message =
  (key: string, state: string) =>
  async ({ api }: LivingCompany) =>
    `/messages/${(await messageOf(api, key, state)).id}`;
const exception =
  (key: string, state: string) =>
  async ({ api }: LivingCompany) =>
    `/exceptions?sel=${(await messageOf(api, key, state)).exceptionId}`;

/** Rooms again, each where the hostile words stand. */
const visits: Visit[] = [
  { name: 'messages', path: '/messages', shows: ['number', 'customer name'] },
  { name: 'a message that is posted', room: 'message', path: message(documents.posted, 'posted'), shows: ['number', 'customer name'] },
  { name: 'a message with a hostile id', path: message(documents.hostileKey, 'posted'), shows: ['key', 'number'] },
  { name: 'a message that is held', path: message(documents.held, 'held'), shows: ['number'] },
  { name: 'a message that was refused', path: message(documents.refused, 'exception'), shows: ['number'] },
  { name: 'exceptions', path: '/exceptions?view=all', shows: ['country'] },
  { name: 'an exception of a table', room: 'exception', path: exception(documents.unmapped, 'exception'), shows: ['country'] },
  {
    name: 'an exception of the vendor',
    path: exception(documents.refused, 'exception'),
    shows: ['number', 'user name', 'word of an exception'],
  },
  { name: 'an exception that somebody rejected', path: exception(documents.rejected, 'exception'), shows: ['rejection'] },
  { name: 'approvals', path: '/approvals', shows: ['number'] },
  {
    name: 'an approval',
    room: 'approval',
    path: async ({ api }) => `/approvals?sel=${(await api.GET('/v1/approvals')).data!.items[0]!.id}`,
    shows: ['number'],
  },
  { name: 'a replay', room: 'run', path: async ({ api }) => `/runs/${await replayOf(api)}`, shows: ['key name'] },
  { name: 'runs', path: '/runs', shows: ['key name'] },
  { name: 'a flow', room: 'flow', path: '/flows/hostile', shows: ['flow'] },
  { name: 'mappings', path: '/mappings', shows: ['key name'] },
  { name: 'a mapping', room: 'mapping', path: '/mappings/hostile', shows: ['comment'] },
  { name: 'tables', path: '/tables', shows: ['table'] },
  { name: 'a table', room: 'table', path: '/tables/hostile', shows: ['table', 'cell key', 'cell'] },
  { name: 'a draft of a table', room: 'table-draft', path: async ({ api }) => `/tables/hostile/drafts/${await draftOf(api)}`, shows: ['table', 'draft reason', 'draft key', 'draft cell'] }, // prettier-ignore
  {
    name: 'the history of a table',
    room: 'table-history',
    path: '/tables/hostile?tab=history&version=2',
    shows: ['table', 'cell key', 'cell'],
  },
  { name: 'a connection', room: 'connection', path: '/connections/hostile', shows: ['connection'] },
  { name: 'a connection with hostile settings', path: '/connections/hostile-http', shows: ['second connection', 'parameter'] },
  { name: 'audit', path: '/audit', shows: ['key name'] },
  { name: 'access', path: '/access', shows: ['user name', 'guest name'] },
  { name: 'sessions', path: '/access?tab=sessions', shows: ['user name'] },
  { name: 'keys', path: '/access?tab=keys', shows: ['key name', 'its key'] },
  { name: 'service-accounts', path: '/access?tab=service-accounts', shows: ['account name', 'purpose'] },
];

/** A hostile text as far as every place keeps it. */
const beginning = (place: string) => hostile(place).slice(0, place.length + 3 + hostileMark.length);

/** What an address may carry into a page. */
const addresses = ['/messages', '/exceptions', '/approvals', '/runs', '/flows', '/mappings', '/tables/hostile', '/connections', '/audit', '/access', '/overview', '/nowhere'] // prettier-ignore
  .map((path) => `${path}?${new URLSearchParams(Object.fromEntries(['q', 'sel', 'peek', 'tab', 'view', 'state', 'flow', 'actor', 'object', 'from'].map((key) => [key, hostile(key)]))).toString()}#${encodeURIComponent(hostile('hash'))}`); // prettier-ignore

async function replayOf(api: LivingCompany['api']): Promise<string> {
  const { data } = await api.GET('/v1/runs');
  return data!.items.find(({ kind }) => kind === 'replay')!.id;
}

suite(noBrowser ? `hostile words (skipped: ${noBrowser})` : 'hostile words', () => {
  let company: LivingCompany;
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];
  let remembered: Awaited<ReturnType<BrowserContext['storageState']>>;
  const struck: string[] = [];

  /** A window in which whatever runs or asks is heard. */
  async function open(options: Parameters<typeof openWindow>[2] = {}) {
    const window = await openWindow(browser, company.url, options);
    await window.page.exposeFunction('struck', (by: unknown) => void struck.push(`ran: ${String(by)}`));
    window.page.on('dialog', (dialog) => {
      struck.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    window.page.context().on('page', (other) => other !== window.page && struck.push(`opened: ${other.url()}`));
    return window;
  }

  beforeAll(async () => {
    browser = await openBrowser();
    company = await startHostileCompany();
    ({ page, complaints } = await open());
    await page.goto('/');
    await signIn(page);
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    remembered = await page.context().storageState();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await company?.stop();
  }, 120_000);
  afterEach(() => {
    struck.length = 0;
    complaints.length = 0;
  });

  /** Opens what is folded, and goes over everything with the keyboard's focus: handlers of a hostile element would be called. */
  async function touch(): Promise<void> {
    await loaded(page);
    const folded = page.getByRole('main').getByRole('button', { expanded: false });
    for (const button of (await folded.all()).slice(0, 6)) await button.click({ timeout: 2_000 }).catch(() => undefined); // one may be gone
  }

  const text = () =>
    page.evaluate(() =>
      [
        document.body.innerText,
        ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
      ].join('\n'),
    );
  const foreign = (within: Page = page) =>
    within.evaluate(
      (selector) => [...document.querySelectorAll(selector)].map((element) => element.outerHTML.slice(0, 200)),
      hostileElements,
    );

  it('are noticed where a page takes them for HTML', async () => {
    const { page: naive } = await open({ bypassCSP: true });
    await naive.setContent(`<p>${hostile('naive')}</p>`);
    await naive.waitForFunction(() => document.querySelector('img') !== null);
    await eventually('something runs', () => Promise.resolve(struck.length > 0), 10_000);
    expect(await foreign(naive)).not.toEqual([]);
    await naive.context().close();
    // And where the content policy holds them, it says so.
    await page.goto('/overview');
    await page.evaluate((html) => void (document.body.appendChild(document.createElement('div')).innerHTML = html), hostile('injected'));
    await eventually(
      'the content policy refuses it',
      () => Promise.resolve(complaints.some((line) => line.startsWith('content policy'))),
      10_000,
    );
    expect(await foreign()).not.toEqual([]);
  }, 60_000);

  it.each(visits)(
    'stand as text: $name',
    async ({ path, shows }) => {
      await page.goto(typeof path === 'string' ? path : await path(company));
      await page.getByRole('heading', { level: 1 }).waitFor();
      for (const place of shows)
        await eventually(`${place} is on the screen`, async () => (await text()).includes(beginning(place)), 15_000);
      await touch();
      expect({ struck, foreign: await foreign(), complaints }).toEqual({ struck: [], foreign: [], complaints: [] });
    },
    60_000,
  );

  const visited = new Set(visits.map(({ name, room }) => room ?? name));
  it.each(rooms.filter(({ name, signedOut }) => !signedOut && !visited.has(name)))(
    'leave every other room as it is: $name',
    async ({ path, shows, first }) => {
      await page.goto(await path(company));
      await first?.(page);
      await shows(page).waitFor();
      await touch();
      expect({ struck, foreign: await foreign(), complaints }).toEqual({ struck: [], foreign: [], complaints: [] });
    },
    60_000,
  );

  it('do nothing in an address', async () => {
    for (const address of addresses) {
      await page.goto(address);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      // An id that is none is refused by the API; the browser writes the refusal in red.
      const red = complaints.filter((line) => !/status of 40[04]/.test(line));
      expect({ address, struck, foreign: await foreign(), red }).toEqual({ address, struck: [], foreign: [], red: [] });
    }
  }, 120_000);

  it.each([hostileLink, '//evil.example/', 'https://evil.example/', '/\\evil.example', `/messages?q=${hostile('to')}`])(
    'lead nowhere else after a sign-in: %s',
    async (to) => {
      const window = await open();
      await window.page.goto(`/sign-in?${new URLSearchParams({ to }).toString()}`);
      await signIn(window.page);
      await window.page.waitForURL(({ pathname }) => pathname !== '/sign-in', { timeout: 40_000 });
      await window.page.getByRole('heading', { level: 1 }).waitFor();
      expect(new URL(window.page.url()).origin).toBe(company.url);
      expect({ struck, foreign: await foreign(window.page) }).toEqual({ struck: [], foreign: [] });
      await window.page.context().close();
    },
    60_000,
  );

  it('are harmless without the content policy, too', async () => {
    const bare = await open({ bypassCSP: true, storageState: remembered });
    for (const { path } of visits.filter((_, n) => n % 5 === 1)) {
      await bare.page.goto(typeof path === 'string' ? path : await path(company));
      await bare.page.getByRole('heading', { level: 1 }).waitFor();
      await loaded(bare.page);
    }
    expect(struck).toEqual([]);
    await bare.page.context().close();
  }, 120_000);
});
