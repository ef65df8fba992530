// Every list with ten thousand rows: the first are there, later ones are reached by the keyboard, the filter finds one of them, and neither the page nor an answer grows with what is behind it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { noBrowser, openBrowser, openWindow, signIn } from '../test/chromium.js';
import { eventually, root, startCompany } from '../test/living-company.js';
import { controls, definitions, many, needle, of, periodOfNeedle, seedTenThousand } from '../test/ten-thousand.js';

interface LongList {
  path: string;
  /** Of the table or the list. */
  label: string;
  /** Rows there are. */
  rows: number;
  /** The filter that leaves one row: what is typed into which field, or an address. */
  finds?: { field: string; text: string } | { path: string };
  /** A list that is no table: its rows, and how many of them may stand there after all that is loaded below. */
  own?: { row: string; most: number };
}

/** So many rows of a table may stand in the page: up to here a table shows all that it has, from there on those in view. */
const rowsInPageMax = 150;
/** No answer that a page asks for has more bytes. */
const answerBytesMax = 1_000_000;
/** So often more is loaded: then most tables have more rows than they may show. */
const timesLoaded = 3;

const one = 'long-00777';
const lists: readonly LongList[] = [
  { path: '/messages', label: 'Messages', rows: 2 * many, finds: { field: 'Find messages', text: needle } },
  { path: '/exceptions?view=list', label: 'Exceptions', rows: many, finds: { field: 'Find exceptions', text: needle } },
  {
    path: '/exceptions',
    label: 'Open exceptions by root cause',
    rows: many,
    finds: { field: 'Find exceptions', text: needle },
    own: { row: 'ul[aria-label="Open exceptions by root cause"] > li', most: 200 },
  },
  { path: '/approvals', label: 'Approvals', rows: many, finds: { path: '/approvals?state=rejected' } },
  { path: '/runs', label: 'Runs', rows: many, finds: { path: '/runs?kind=backfill' } },
  { path: `/runs/${of.replay}`, label: 'Records of the replay', rows: many },
  { path: '/usage', label: 'Usage events', rows: many, finds: { field: 'Used by', text: needle } },
  { path: '/usage?tab=summaries', label: 'Usage summaries', rows: many, finds: { field: 'Customer', text: needle } },
  { path: '/usage?tab=unattributed', label: 'Unattributed usage', rows: many, finds: { field: 'Period', text: periodOfNeedle } },
  { path: '/usage?tab=conflicts', label: 'Conflicts', rows: many },
  { path: '/usage?tab=refused', label: 'Refused records', rows: many },
  { path: '/usage?tab=streams', label: 'Usage streams', rows: definitions },
  { path: '/usage?tab=meters', label: 'Meters', rows: definitions },
  {
    path: '/recon',
    label: 'Controls',
    rows: controls,
    own: { row: 'main h2', most: 100 },
  },
  { path: `/recon/${of.control}/${of.controlRun}`, label: 'Gaps', rows: many, finds: { field: 'Find a gap', text: needle } },
  { path: '/ops?tab=unread', label: 'Unread deliveries', rows: many, finds: { path: '/ops?tab=unread&connection=erp-us' } },
  { path: '/ops?tab=synthetic', label: `Runs of ${of.check}`, rows: many },
  { path: '/alerts', label: 'Alerts', rows: many, finds: { path: '/alerts?state=ended' } },
  { path: '/alerts?tab=rules', label: 'Alert rules', rows: definitions },
  { path: '/alerts?tab=channels', label: 'Alert channels', rows: definitions },
  { path: '/alerts?tab=sent', label: 'Notices', rows: many, finds: { path: '/alerts?tab=sent&state=failed' } },
  { path: '/access', label: 'Users', rows: many, finds: { field: 'Find users', text: needle } },
  { path: '/access?tab=sessions', label: 'Sessions', rows: 2 * many, finds: { field: 'Find sessions', text: needle } },
  { path: '/access?tab=keys', label: 'API keys', rows: many, finds: { field: 'Find keys', text: needle } },
  { path: '/access?tab=service-accounts', label: 'Service accounts', rows: definitions },
  { path: '/profile', label: 'My sessions', rows: many },
  { path: '/erasures', label: 'Erasures', rows: many },
  {
    path: '/audit',
    label: 'Audit log',
    rows: many,
    finds: { field: 'Actor', text: needle },
    own: { row: 'main ol > li', most: 50 * (timesLoaded + 1) },
  },
  { path: '/overview', label: 'Flow health', rows: definitions },
  { path: '/flows', label: 'Flows', rows: definitions, finds: { field: 'Find flows', text: one } },
  { path: `/flows/${of.flow}?tab=releases`, label: 'Releases', rows: many },
  { path: `/flows/${of.flow}?tab=releases`, label: 'History of releases', rows: many },
  { path: '/mappings', label: 'Mappings', rows: definitions, finds: { field: 'Find mappings', text: one } },
  { path: `/mappings/${of.mapping}?tab=versions`, label: 'Versions', rows: definitions },
  { path: '/tables', label: 'Tables', rows: definitions, finds: { field: 'Find tables', text: one } },
  { path: `/tables/${of.table}`, label: 'Rows of Long table', rows: many, finds: { field: 'Find rows', text: needle } },
  { path: `/tables/${of.table}?tab=history`, label: 'Versions of Long table', rows: many },
  { path: `/tables/${of.table}?tab=drafts`, label: 'Drafts of Long table', rows: many },
  {
    path: `/tables/${of.table}/drafts/${of.draft}`,
    label: 'Changes of the draft',
    rows: many,
    own: { row: 'ul[aria-label="Changes of the draft"] > li', most: 100 * (timesLoaded + 1) },
  },
  { path: '/connections', label: 'Connections', rows: definitions, finds: { field: 'Find connections', text: one } },
  { path: '/schemas', label: 'Schemas', rows: definitions, finds: { field: 'Find schemas', text: 'long.00777' } },
]; // prettier-ignore

/** What was found, for people: kept in test-results. */
const told: { list: string; rows: number; loaded: number; rowsInPage: number; largestAnswerBytes: number }[] = [];

const suite = noBrowser ? describe.skip : describe;
suite(noBrowser ? `long lists (skipped: ${noBrowser})` : 'long lists', () => {
  const undo: (() => Promise<unknown>)[] = [];
  const pictures = join(root, 'test-results');
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  /** Goes there as a link in the console does: what every page needs is loaded once. */
  const open = (path: string) =>
    page.evaluate((to) => {
      performance.clearResourceTimings();
      history.pushState({}, '', to);
    }, path);

  beforeAll(async () => {
    await mkdir(pictures, { recursive: true });
    // What is written here is to be looked at, not worked on.
    const company = await startCompany({ WAYBILL_ROLES: 'api' });
    undo.push(() => company.stop());
    await seedTenThousand(company);
    browser = await openBrowser();
    undo.push(() => browser.close());
    ({ page, complaints } = await openWindow(browser, company.url, { colorScheme: 'light' }));
    await page.goto('/');
    await signIn(page);
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  }, 300_000);

  beforeEach(() => {
    complaints.length = 0;
  });

  afterAll(async () => {
    await writeFile(join(pictures, 'long-lists.json'), `${JSON.stringify(told, null, 2)}\n`);
    for (const step of undo.reverse()) await step();
  }, 60_000);

  it.each(lists)(
    '$label of $path',
    async ({ path, label, rows, finds, own }) => {
      await open(path);
      const table = page.getByRole('table', { name: label, exact: true });
      const shown = own ? page.locator(own.row) : table.locator('tr[data-row]');
      await shown.first().waitFor();
      const { loaded, times } = own ? await moreOfList(page, shown) : await moreOfTable(table, shown);
      const found = { rowsInPage: await shown.count(), largestAnswerBytes: await largestAnswer(page) };
      told.push({ list: `${label} (${path})`, rows, loaded, ...found });
      // Either there was more to load as often as it was asked for, or everything is there that a page of it holds.
      if (times < timesLoaded) expect(loaded).toBeGreaterThanOrEqual(Math.min(rows, own?.most ?? rows));
      expect(found.rowsInPage).toBeLessThanOrEqual(own?.most ?? rowsInPageMax);
      expect(found.largestAnswerBytes).toBeLessThanOrEqual(answerBytesMax);
      if (finds) {
        if ('path' in finds) await open(finds.path);
        else await page.locator(`main input[aria-label="${finds.field}"]`).fill(finds.text);
        await shown.nth(1).waitFor({ state: 'detached' });
        await shown.first().waitFor();
        expect(await shown.count()).toBe(1);
        expect(await largestAnswer(page)).toBeLessThanOrEqual(answerBytesMax);
      }
      if (label === 'Users') await page.screenshot({ path: join(pictures, 'long-list-needle.png'), animations: 'disabled' });
      expect(complaints).toEqual([]);
    },
    60_000,
  );

  it('the navigation says how many wait, not how many were loaded', async () => {
    // One of the approvals is decided.
    for (const name of [`Exceptions, ${formatted(many)} open`, `Approvals, ${formatted(many - 1)} open`])
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).waitFor();
  });

  it('a list of more rows than the page has is walked through by the keyboard', async () => {
    await open('/flows');
    const focused = page.locator('tr[data-row]:has(:focus)');
    await page.getByRole('table', { name: 'Flows' }).locator('[data-row-link]').first().focus();
    // Over the edge of what is in the page at first, one row after another.
    for (let row = 2; row <= 80; row += 1) {
      expect(await focused.getAttribute('aria-rowindex')).toBe(String(row));
      await page.keyboard.press('j');
    }
  }, 60_000);
});

const formatted = (count: number): string => count.toLocaleString('en');

interface Reached {
  /** Rows that are loaded now. */
  loaded: number;
  /** So often more was loaded. */
  times: number;
}

/** Presses what loads more, and goes to the last row that is loaded; how many those are. */
async function moreOfTable(table: Locator, shown: Locator): Promise<Reached> {
  const foot = table.locator('xpath=../following-sibling::div');
  const said = foot.locator('[aria-live]');
  const more = foot.getByRole('button', { name: 'Load more' });
  let times = 0;
  for (; times < timesLoaded && (await more.isVisible()); times += 1) {
    const before = await said.innerText();
    await more.press('Enter');
    await foot.getByText(before, { exact: true }).waitFor({ state: 'detached' });
  }
  const loaded = Number(/^[\d,]+/.exec(await said.innerText())?.[0].replaceAll(',', ''));
  await eventually(`row ${loaded} is in view at the end of the list`, async () => {
    await foot.scrollIntoViewIfNeeded();
    return (await shown.last().getAttribute('aria-rowindex')) === String(loaded + 1);
  });
  return { loaded, times };
}

/** The same of a list that is no table. */
async function moreOfList(page: Page, shown: Locator): Promise<Reached> {
  const more = page.getByRole('main').getByRole('button', { name: /^(Load more|Show \d+ more of)/ });
  let times = 0;
  for (; times < timesLoaded && (await more.isVisible()); times += 1) {
    const before = await shown.count();
    await more.press('Enter');
    await shown.nth(before).waitFor();
  }
  return { loaded: await shown.count(), times };
}

/** Bytes of the largest answer of the engine since the page was opened, as it was before it was packed. What a page before has asked for was measured there. */
const largestAnswer = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(
      0,
      ...performance
        .getEntriesByType('resource')
        .filter(({ name }) => new URL(name).pathname.startsWith('/v1/'))
        .map((entry) => (entry as PerformanceResourceTiming).decodedBodySize),
    ),
  );
