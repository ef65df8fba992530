// An engine on its first day: each page says what it is for and what to do first, the first act is reached by keyboard alone, and a page that is cut off says so.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { loaded, noBrowser, openBrowser, openProfile, openWindowIn, signIn, type Window } from '../test/chromium.js';
import { axeSource, findings, looks } from '../test/every-room.js';
import { freePort, root, startEngine } from '../test/living-company.js';

interface FirstUse {
  path: string;
  /** What it says when there is nothing. */
  says: string | RegExp;
  /** The first act, where the page has one of its own. */
  act?: string | RegExp;
}

const pages: readonly FirstUse[] = [
  { path: '/overview', says: 'No documents travel yet', act: 'Add a connection' },
  { path: '/messages', says: 'No messages yet', act: 'See the flows' },
  { path: '/exceptions', says: 'Nothing needs a person', act: 'See resolved exceptions' },
  { path: '/exceptions?view=list', says: /^Nothing needs you/ },
  { path: '/approvals', says: 'Nothing waits for a decision', act: 'See what was decided' },
  { path: '/runs', says: 'No runs yet' },
  { path: '/flows', says: 'No flows yet' },
  { path: '/mappings', says: 'No mappings yet', act: /mapping/ },
  { path: '/tables', says: 'No tables yet', act: /table/ },
  { path: '/connections', says: 'No connections yet', act: /connection/ },
  { path: '/usage', says: 'No usage yet' },
  { path: '/usage?tab=activity', says: 'No meter counts yet' },
  { path: '/usage?tab=meters', says: 'No meters yet', act: /meter/ },
  { path: '/usage?tab=unattributed', says: 'All usage has somebody who pays' },
  { path: '/usage?tab=conflicts', says: 'No conflicts' },
  { path: '/usage?tab=streams', says: 'No streams' },
  { path: '/recon', says: 'No controls yet', act: 'See the flows' },
  { path: '/ops?tab=synthetic', says: 'No synthetic transaction is sent' },
  { path: '/ops?tab=unread', says: 'Every delivery was understood' },
  { path: '/alerts', says: 'Nobody is told of anything yet' },
  { path: '/alerts?tab=rules', says: 'No rules', act: /rule/ },
  { path: '/alerts?tab=channels', says: 'No channels', act: /channel/ },
  { path: '/alerts?tab=sent', says: 'Nothing was sent yet' },
  { path: '/access?tab=service-accounts', says: 'No service accounts', act: /service account/ },
  { path: '/erasures', says: 'Nothing was erased', act: /erasure/ },
];

/** So many stops of the Tab key lead to the first act at most: a person counts them. */
const stopsMax = 25;

const suite = noBrowser ? describe.skip : describe;
suite(noBrowser ? `the first day (skipped: ${noBrowser})` : 'the first day', () => {
  const undo: (() => Promise<unknown>)[] = [];
  const pictures = join(root, 'test-results');
  let browser: Browser;
  let profile: BrowserContext;
  let window: Window;
  let axe: string;

  beforeAll(async () => {
    axe = await axeSource();
    await mkdir(pictures, { recursive: true });
    const dataDir = await mkdtemp(join(tmpdir(), 'waybill-browser-'));
    undo.push(() => rm(dataDir, { recursive: true, force: true }));
    const port = await freePort();
    await startEngine({ port, dataDir, undo });
    browser = await openBrowser();
    undo.push(() => browser.close());
    profile = await openProfile(browser, `http://127.0.0.1:${port}`, { colorScheme: 'light' });
    window = await openWindowIn(profile);
    await window.page.goto('/');
    await signIn(window.page);
    await window.page.getByRole('navigation', { name: 'Main' }).waitFor();
  }, 300_000);

  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  }, 60_000);

  it.each(pages)(
    'of $path',
    async ({ path, says, act }) => {
      const { page, complaints } = window;
      complaints.length = 0;
      await page.emulateMedia({ colorScheme: 'light' });
      try {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.getByRole('main').getByText(says).first().waitFor();
        await loaded(page);
        for (const { colorScheme, runOnly } of looks) {
          await page.emulateMedia({ colorScheme });
          await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
          const name = `first-day-${path.slice(1).replaceAll(/[^a-z]+/g, '-')}-${colorScheme}.png`;
          await page.screenshot({ path: join(pictures, name), fullPage: true, animations: 'disabled' });
          expect({ colorScheme, found: await findings(page, axe, runOnly) }).toEqual({ colorScheme, found: [] });
        }
        if (act !== undefined) await byKeyboard(page, act);
        expect(complaints).toEqual([]);
        // Chromium tells the page before it cuts the line: what is asked in between is answered, and says that the engine is there.
        await loaded(page);
        await profile.setOffline(true);
        await page.getByRole('alert').getByText('You are offline.').waitFor();
      } finally {
        await profile.setOffline(false);
        // What this page still complains of, such as a request that was cut, is not of the next one.
        await page.goto('about:blank');
      }
    },
    60_000,
  );

  /** From the top of the page over the link that skips the navigation: the act gets the focus, which is seen, and does something. */
  async function byKeyboard(page: Page, act: string | RegExp): Promise<void> {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to content' });
    if (!(await skip.evaluate((link) => link === document.activeElement))) await skip.focus();
    await page.keyboard.press('Enter');
    const wanted = page
      .getByRole('main')
      .getByRole('link', { name: act })
      .or(page.getByRole('main').getByRole('button', { name: act }));
    let reached = false;
    for (let stop = 0; stop < stopsMax && !reached; stop += 1) {
      await page.keyboard.press('Tab');
      reached = await wanted.evaluateAll((all) => all.some((one) => one === document.activeElement));
    }
    expect({ act: String(act), reached }).toEqual({ act: String(act), reached: true });
    const before = page.url();
    await page.keyboard.press('Enter');
    await expect(
      Promise.race([
        page.waitForURL((url) => url.href !== before).then(() => 'it leads on'),
        page
          .getByRole('dialog')
          .first()
          .waitFor()
          .then(() => 'it asks'),
      ]),
    ).resolves.toMatch(/^it /);
  }
});
