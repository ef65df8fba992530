/** Coming in, in a real browser: by invitation, with a second factor, through a certified OpenID provider; and being put out. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createClient, { type Client } from 'openapi-fetch';
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import type { paths } from '../src/api/schema.js';
import { noBrowser, openBrowser, openWindow, signIn } from '../test/chromium.js';
import { access, apiKey, freePort, root, startEngine } from '../test/living-company.js';

const suite = noBrowser ? describe.skip : describe;
const pictures = join(root, 'test-results');

suite(noBrowser ? `coming in (skipped: ${noBrowser})` : 'coming in', () => {
  const undo: (() => Promise<unknown>)[] = [];
  let browser: Browser;
  let url: string;
  let api: Client<paths>;

  beforeAll(async () => {
    await mkdir(pictures, { recursive: true });
    const dataDir = await mkdtemp(join(tmpdir(), 'waybill-sign-in-'));
    undo.push(() => rm(dataDir, { recursive: true, force: true }));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const issuer = await startProvider(`${url}/sign-in/provider`);
    await startEngine({
      port,
      dataDir,
      undo,
      more: {
        WAYBILL_PUBLIC_URL: url,
        WAYBILL_OIDC_ISSUER: issuer,
        WAYBILL_OIDC_CLIENT_ID: 'waybill',
        WAYBILL_OIDC_CLIENT_SECRET: 'secret-of-waybill-at-the-provider',
        WAYBILL_OIDC_TITLE: 'Example Corp',
        WAYBILL_OIDC_SCOPES: 'openid email profile groups',
        WAYBILL_OIDC_ROLES: 'finance=finance-operator',
      },
    });
    api = createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${apiKey}` } });
    browser = await openBrowser();
    undo.push(() => browser.close());
  }, 600_000);
  afterAll(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  }, 60_000);

  async function startProvider(callback: string): Promise<string> {
    const child = fork(join(root, 'apps/engine/test/openid-provider.mjs'), [callback], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    undo.push(async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    });
    const [{ issuer }] = (await once(child, 'message')) as [{ issuer: string }];
    child.send({ accounts: { ada: { email: 'ada@example.org', email_verified: true, name: 'Ada Lovelace', groups: ['finance'] } } });
    await once(child, 'message');
    return issuer;
  }

  /** One picture in each scheme, of what is on the screen now. */
  async function picture(page: Page, name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), fullPage: true });
    }
    await page.emulateMedia({ colorScheme: 'light' });
  }

  it('through the provider by the button, back to where one was going, and out as soon as an administrator says so', async () => {
    const { page, complaints } = await openWindow(browser, url);
    await page.goto('/exceptions?view=all');
    const button = page.getByRole('button', { name: 'Sign in with Example Corp' });
    await button.waitFor();
    await picture(page, 'sign-in-provider');
    await button.click();
    await page.locator('input[name=login]').fill('ada');
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.getByRole('button', { name: /continue/i }).click();
    await page.getByRole('heading', { name: 'Exceptions', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/exceptions');
    const { data } = await api.GET('/v1/users');
    const ada = data!.items.find(({ email }) => email === 'ada@example.org')!;
    expect(ada).toMatchObject({ name: 'Ada Lovelace', roles: ['finance-operator'], rolesFrom: 'provider' });
    await api.PUT('/v1/users/{id}', { params: { path: { id: ada.id } }, body: { disabled: true } });
    const [answer] = await Promise.all([page.waitForResponse((response) => response.status() === 401), page.reload()]);
    expect(answer.url()).toContain('/v1/');
    await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    expect(complaints.filter((line) => line.startsWith('content policy') || line.startsWith('uncaught'))).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('by an invitation, and with a second factor that the person has set up', async () => {
    const { page: admin } = await openWindow(browser, url);
    await admin.goto('/access');
    await signIn(admin, access.password);
    await admin.getByRole('button', { name: 'Invite user' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Invite user' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Grace Hopper');
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill('grace@example.org');
    await dialog.getByRole('combobox', { name: 'Roles' }).press('ArrowDown');
    await admin.getByRole('option', { name: 'Viewer' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).click(); // closes the list
    await dialog.getByRole('button', { name: 'Invite user' }).click();
    const link = (await admin.locator('[data-shown-once]').innerText()).trim();
    await picture(admin, 'access-invited');
    await dialog.getByRole('button', { name: 'I have copied it' }).click();

    const { page, complaints } = await openWindow(browser, url);
    await page.goto(link);
    await page.getByRole('heading', { name: 'Welcome, Grace Hopper' }).waitFor();
    await picture(page, 'welcome');
    await page.getByLabel('Password', { exact: true }).fill('seven green bicycles');
    await page.getByLabel('Password again').fill('seven green bicycles');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill('seven green bicycles');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();

    await page.goto('/profile');
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('dialog').getByLabel('Current password').fill('seven green bicycles');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    await picture(page, 'second-factor');
    const secret = await page
      .getByRole('dialog')
      .getByTitle(/^[A-Z2-7]{32}$/)
      .innerText();
    const code = (at: number) => new TOTP({ secret: Secret.fromBase32(secret.trim()) }).generate({ timestamp: at });
    await page
      .getByRole('dialog')
      .getByLabel('Code', { exact: true })
      .fill(code(Date.now() - 30_000));
    await page.keyboard.press('Enter');
    await page.getByText('Copy it now').waitFor();
    await picture(page, 'recovery-codes');
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('10 recovery codes are left').waitFor();
    await picture(page, 'profile');

    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('textbox', { name: 'E-mail' }).fill('grace@example.org');
    await page.getByLabel('Password', { exact: true }).fill('seven green bicycles');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Second factor', level: 1 }).waitFor();
    await picture(page, 'sign-in-code');
    await page.getByLabel('Code', { exact: true }).fill(code(Date.now()));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    expect(complaints.filter((line) => line.startsWith('content policy') || line.startsWith('uncaught'))).toEqual([]);

    for (const [tab, name] of [
      ['users', 'Users'],
      ['sessions', 'Sessions'],
      ['keys', 'API keys'],
    ]) {
      await admin.goto(`/access?tab=${tab}`);
      await admin.getByRole('table', { name: name! }).getByRole('row').nth(1).waitFor();
      await picture(admin, `access-${tab}`);
    }
    await admin.goto('/access');
    await admin.getByText('Grace Hopper').click();
    await admin.getByRole('button', { name: 'Reset second factor…' }).waitFor();
    await picture(admin, 'access-user');
    await page.context().close();
    await admin.context().close();
  }, 180_000);
});
