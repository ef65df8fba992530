import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults, RunOptions } from 'axe-core';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { desktop, laptop, loaded, noBrowser, openBrowser, openWindow, phone, signIn, type Window } from './chromium.js';
import { root, startLivingCompany, type LivingCompany } from './living-company.js';
import { halves } from './rooms.js';
import { someUsage } from './some-usage.js';

/** Where nothing but colours differs, only the rules about colours are asked again. */
export const looks: readonly { colorScheme: 'light' | 'dark'; runOnly: RunOptions['runOnly'] }[] = [
  { colorScheme: 'light', runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] },
  { colorScheme: 'dark', runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
];

const suite = noBrowser ? describe.skip : describe;

/**
 * Every room of one half, in light and, without loading again, in dark: nothing red in the browser's console, nothing against the content
 * policy, nothing that axe finds. In halves, so that two workers share them.
 */
export const everyRoom = (half: keyof typeof halves): void =>
  suite(noBrowser ? `every room, ${half} (skipped: ${noBrowser})` : `every room, ${half}`, () => {
    const pictures = join(root, 'test-results');
    let company: LivingCompany;
    let browser: Browser;
    let axe: string;
    /** Of somebody who is signed in, of nobody, and of somebody who only looks on. One window each: a new one would compile the program anew for every room. */
    let windows: Record<'known' | 'unknown' | 'onlooker', Window>;

    beforeAll(async () => {
      axe = await axeSource();
      await mkdir(pictures, { recursive: true });
      browser = await openBrowser();
      company = await startLivingCompany({ lastScene: 'Umbrella orders a long list of services' });
      const { error } = await company.api.POST('/v1/flows/{name}/runs', {
        params: { path: { name: 'stripe-invoices' } },
        body: { kind: 'poll' },
      });
      if (error) throw new Error(`No run could be started: ${JSON.stringify(error)}`);
      if (half === 'governing') await someUsage(company);
      const made = await company.api.POST('/v1/users', { body: { ...onlooker, name: 'Onlooker', roles: ['viewer'], legalEntities: [] } });
      if (made.error) throw new Error(`No onlooker could be made: ${JSON.stringify(made.error)}`);
      const open = () => openWindow(browser, company.url, { colorScheme: 'light' });
      windows = { known: await open(), unknown: await open(), onlooker: await open() };
      await enter(windows.known);
      await enter(windows.onlooker, onlooker);
    }, 600_000);

    afterAll(async () => {
      await browser?.close();
      await company?.stop();
    }, 60_000);

    it.each(halves[half])(
      '$name',
      async ({ name, path, shows, signedOut, absent, first }) => {
        const { page, complaints } = windows[signedOut ? 'unknown' : 'known'];
        complaints.length = 0;
        await page.setViewportSize(desktop);
        await page.emulateMedia({ colorScheme: 'light' });
        const address = await path(company);
        const arrive = async () => {
          await page.getByRole('heading', { level: 1 }).waitFor();
          await first?.(page);
          await shows(page).waitFor();
          await loaded(page);
        };
        await page.goto(address);
        await arrive();
        expect(await page.title()).toMatch(/^\S.* · Waybill$/);
        for (const { colorScheme, runOnly } of looks) {
          await page.emulateMedia({ colorScheme });
          await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
          await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), fullPage: true, animations: 'disabled' });
          expect({ colorScheme, found: await findings(page, axe, runOnly) }).toEqual({ colorScheme, found: [] });
        }
        // Loaded again it is the same view; no table is cut on a screen, and on a phone everything is within the width.
        const before = page.url();
        await page.reload();
        await arrive();
        expect(page.url()).toBe(before);
        for (const size of [desktop, laptop, phone]) {
          await page.setViewportSize(size);
          if (size === phone) await page.screenshot({ path: join(pictures, `${name}-390.png`), animations: 'disabled' });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
          expect({ ...size, over: Math.max(0, over), cut: size === phone ? [] : await cutTables(page) }).toEqual({
            ...size,
            over: 0,
            cut: [],
          });
        }
        if (!signedOut) await seenByAnother(windows.onlooker, address);
        // Who is not signed in is told so by a 401, and that a link is over by a 400; the browser writes both in red.
        expect(
          complaints.filter((line) => !(signedOut && /status of 40[01]/.test(line)) && !(absent && /status of 404/.test(line))),
        ).toEqual([]);
      },
      90_000,
    );
  });

const onlooker = { email: 'onlooker@waybill.test', password: 'seven quiet lanterns' };

async function enter({ page }: Window, who?: { email: string; password: string }): Promise<void> {
  await page.goto('/');
  await signIn(page, who?.password, who?.email);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

/** The same link in the hands of somebody who only looks on: the page, or the sentence that says why not; never nothing, and never an error. */
async function seenByAnother({ page, complaints }: Window, address: string): Promise<void> {
  complaints.length = 0;
  await page.goto(address);
  await page.getByRole('main').waitFor();
  await loaded(page);
  const words = await page.getByRole('main').innerText();
  expect(words.trim()).not.toBe('');
  expect(words).not.toMatch(/could not load|something went wrong/i);
  // What they may not see is refused, or is not there for them.
  expect(complaints.filter((line) => !/status of 40[34]/.test(line))).toEqual([]);
}

/** The tables of the page whose last columns are seen only by who scrolls sideways. */
async function cutTables(page: Page): Promise<string[]> {
  await loaded(page);
  return page.evaluate(() =>
    [...document.querySelectorAll('main table')].flatMap((table) => {
      const { scrollWidth, clientWidth } = table.parentElement!;
      return scrollWidth > clientWidth + 1 ? [`${table.getAttribute('aria-label')}: ${scrollWidth} px in ${clientWidth}`] : [];
    }),
  );
}

/** The program that looks for barriers. */
export const axeSource = (): Promise<string> => readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe says of the page, as `rule: element: why`. Its source is evaluated by the debugger, so the content policy stays on. */
export async function findings(page: Page, axe: string, runOnly: RunOptions['runOnly']): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const options: RunOptions = { runOnly, resultTypes: ['violations'], preload: false };
  const { violations } = await page.evaluate(
    (given) =>
      (globalThis as unknown as { axe: { run(within: Document, options: RunOptions): Promise<AxeResults> } }).axe.run(document, given),
    options,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}: ${node.failureSummary ?? ''}`));
}
