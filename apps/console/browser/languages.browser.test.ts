// The console in German, in a zone that is not UTC (how it writes dates and amounts is in main-path), and in a language of marks that shows each text nobody translated; what the first load weighs.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { desktop, noBrowser, openBrowser, openProfile, openWindowIn, phone, type Window } from '../test/chromium.js';
import { axeSource, findings, looks } from '../test/every-room.js';
import { access, root, startLivingCompany, type LivingCompany } from '../test/living-company.js';
import { everywhere, rooms } from '../test/rooms.js';
import { someUsage } from '../test/some-usage.js';
import { unmarkedTexts } from '../test/unmarked-texts.js';

const suite = noBrowser ? describe.skip : describe;
const firstLoadBytesMax = 250 * 1024;

/** Pages of every kind: lists, a graph, an editor, charts, forms, a drawer. */
const inGerman = [
  'overview',
  'messages',
  'message',
  'exceptions',
  'exception',
  'runs',
  'flow',
  'mapping',
  'table',
  'schema',
  'connection',
  'approval',
  'audit',
  'access',
  'profile',
];
/** Forms that no room shows. */
const others = ['/alerts?tab=rules&sel=new', '/usage?tab=compare'];

/** Nothing is still to come, in whichever language that is said. */
async function arrived(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('status', { name: /^(⟦?L[oó][aá]d[ií]ng|Lädt)/ }).first().waitFor({ state: 'detached' }); // prettier-ignore
}

suite(noBrowser ? `languages (skipped: ${noBrowser})` : 'languages', () => {
  const pictures = join(root, 'test-results');
  let company: LivingCompany;
  let browser: Browser;
  let german: BrowserContext;
  /** One for all its rooms: a new one would compile the program anew. */
  let window: Window | undefined;
  let axe: string;

  beforeAll(async () => {
    axe = await axeSource();
    await mkdir(pictures, { recursive: true });
    browser = await openBrowser();
    company = await startLivingCompany({ lastScene: 'Umbrella orders a long list of services' });
    // A run to look at.
    await company.api.POST('/v1/flows/{name}/runs', { params: { path: { name: 'stripe-invoices' } }, body: { kind: 'poll' } });
    await someUsage(company);
    german = await openProfile(browser, company.url, { locale: 'de-DE', timezoneId: 'Asia/Kolkata', colorScheme: 'light' });
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    await company?.stop();
  }, 60_000);

  it('is that of the browser at first, and another one when it is chosen, at the same address; the first load stays light', async () => {
    const { page, complaints } = await openWindowIn(german);
    await page.goto('/messages?state=posted');
    await page.getByRole('textbox', { name: 'E-Mail' }).fill(access.email);
    expect(await firstLoadBytes(page)).toBeLessThanOrEqual(firstLoadBytesMax);
    await page.getByLabel('Passwort', { exact: true }).fill(access.password);
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Nachrichten' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    const before = page.url();
    const choose = async (account: RegExp, language: string, heading: string) => {
      await page.getByRole('button', { name: account }).click();
      await page.getByRole('menuitem', { name: language }).click();
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      expect(page.url()).toBe(before);
    };
    await choose(/^Konto von/, 'English', 'Messages');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await choose(/^Account of/, 'Deutsch', 'Nachrichten');
    expect(complaints.filter((line) => !/status of 401/.test(line))).toEqual([]);
    await page.close();
  }, 120_000);

  it.each(inGerman)(
    '%s in German',
    async (name) => {
      window ??= await openWindowIn(german);
      const { page, complaints } = window;
      complaints.length = 0;
      await page.setViewportSize(desktop);
      await page.goto(await rooms.find((room) => room.name === name)!.path(company));
      await arrived(page);
      await page.screenshot({ path: join(pictures, `${name}-de.png`), fullPage: true, animations: 'disabled' });
      expect(await findings(page, axe, looks[0]!.runOnly)).toEqual([]);
      await page.setViewportSize(phone);
      await page.screenshot({ path: join(pictures, `${name}-de-390.png`), animations: 'disabled' });
      expect(await tooWide(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
    60_000,
  );

  it('says nothing outside of the catalogue: every text stands between marks, and longer words stay within a phone', async () => {
    const marks = await openProfile(browser, company.url, {
      storageState: await german.storageState(),
      viewport: phone,
      timezoneId: 'Asia/Kolkata',
    });
    await marks.addInitScript(() => localStorage.setItem('waybill.language', '"en-XA"'));
    const addresses: string[] = [];
    for (const { path, signedOut } of everywhere) if (!signedOut) addresses.push(await path(company));
    const found: Record<string, string[]> = {};
    // Of all pages: what has not changed is not sent again.
    const data: Promise<string>[] = [];
    const { page } = await openWindowIn(marks);
    page.on('response', (response) => {
      if (response.headers()['content-type']?.includes('json')) data.push(response.text().catch(() => ''));
    });
    for (const address of new Set([...addresses, ...others])) {
      await page.goto(address);
      await arrived(page);
      const wrong = [...(await tooWide(page)), ...(await unmarkedTexts(page, await Promise.all(data)))];
      if (wrong.length > 0) found[address] = wrong;
    }
    expect(found).toEqual({});
  }, 600_000);
});

/** What makes a page wider than its window: the innermost elements that reach over its edge and are not scrolled by one around them. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    if (document.documentElement.scrollWidth <= globalThis.innerWidth) return [];
    const over = [...document.body.querySelectorAll('*')].filter((element) => {
      if (element.getBoundingClientRect().right <= globalThis.innerWidth + 0.5) return false;
      for (let around = element.parentElement; around; around = around.parentElement)
        if (getComputedStyle(around).overflowX !== 'visible') return false;
      return true;
    });
    const inner = over.filter((element) => !over.some((other) => other !== element && element.contains(other)));
    return inner
      .slice(0, 5)
      .map((element) => `too wide: <${element.localName} class="${element.getAttribute('class')}"> ${element.textContent?.slice(0, 60)}`);
  });

/** What the scripts of the page weigh as they travel. The catalogue of a language is a file of its own, beside them; English needs none. */
async function firstLoadBytes(page: Page): Promise<number> {
  const scripts = await page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap(({ name }) => (name.endsWith('.js') ? [name] : [])),
  );
  expect(scripts.filter((name) => /\/de-[^/]+\.js$/.test(name))).toHaveLength(1);
  const bodies = scripts.filter((name) => !/\/de-[^/]+\.js$/.test(name)).map(async (name) => (await page.request.get(name)).body());
  return (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
}
