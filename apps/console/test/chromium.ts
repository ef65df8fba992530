import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { access } from './living-company.js';

/** Places where Chromium or Chrome is installed; WAYBILL_TEST_BROWSER names another one. */
const places = [
  process.env['WAYBILL_TEST_BROWSER'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const executablePath = places.find((place): place is string => place !== undefined && existsSync(place));

/** Why the tests in a browser cannot run here, or nothing. In CI that is a failure, not a reason. */
export const noBrowser =
  executablePath === undefined && process.env['CI'] !== 'true'
    ? 'there is no Chromium and no Chrome; install one or set WAYBILL_TEST_BROWSER'
    : undefined;

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function openBrowser(): Promise<Browser> {
  if (executablePath === undefined)
    throw new Error('There is no Chromium and no Chrome here, and CI=true: install one or set WAYBILL_TEST_BROWSER.');
  return chromium.launch({ executablePath, args });
}

export const desktop = { width: 1440, height: 900 };
export const laptop = { width: 1280, height: 720 };
export const phone = { width: 390, height: 844 };

/** A window, and what its console said in red since it was opened or the list was emptied. */
export interface Window {
  page: Page;
  complaints: string[];
}

/** What windows of one person share: cookies, storage, and what was loaded once. */
export async function openProfile(browser: Browser, baseURL: string, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL,
    viewport: desktop,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  context.setDefaultTimeout(20_000);
  return context;
}

/** A window in a profile. A new one is a new process, which compiles the program anew. */
export async function openWindowIn(context: BrowserContext): Promise<Window> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  await page.exposeFunction('tellViolation', (violation: string) => complaints.push(violation));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      (globalThis as unknown as { tellViolation(violation: string): void }).tellViolation(
        `content policy: ${violatedDirective} refused ${blockedURI} at ${sourceFile}:${lineNumber}`,
      ),
    );
  });
  return { page, complaints };
}

/** A window of its own, without what other windows remember. */
export const openWindow = async (browser: Browser, baseURL: string, options: BrowserContextOptions = {}) =>
  openWindowIn(await openProfile(browser, baseURL, options));

export async function signIn(page: Page, password = access.password, email = access.email): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Nothing of the page is still to come; several parts of it may have been. */
export const loaded = (page: Page): Promise<void> => page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
