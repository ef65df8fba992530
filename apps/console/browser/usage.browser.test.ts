/** What people do with usage, in a real browser over a real engine: a meter is tried and saved, a wrong event corrected, a period sealed and proved. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createClient, { type Client } from 'openapi-fetch';
import type { Browser, Page } from 'playwright-core';
import type { paths } from '../src/api/schema.js';
import { noBrowser, openBrowser, openWindow, signIn } from '../test/chromium.js';
import { apiKey, eventually, freePort, startEngine } from '../test/living-company.js';

const suite = noBrowser ? describe.skip : describe;
const daysAgo = (days: number) => new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - days * 86_400_000).toISOString();
const event = (n: number, calls: number) => ({
  specversion: '1.0',
  id: `call-${n}`,
  source: '/gateway',
  type: 'api.call',
  subject: 'acme-production',
  time: `2026-10-0${n}T12:00:00Z`,
  data: { calls, region: 'eu' },
});

suite(noBrowser ? `usage (skipped: ${noBrowser})` : 'usage', () => {
  const undo: (() => Promise<unknown>)[] = [];
  let api: Client<paths>;
  let url: string;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'waybill-usage-'));
    undo.push(() => rm(dataDir, { recursive: true, force: true }));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    await startEngine({ port, dataDir, undo });
    api = createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${apiKey}` } });
    browser = await openBrowser();
    undo.push(() => browser.close());
    ({ page } = await openWindow(browser, url));
    await page.goto('/usage');
    await signIn(page);
  }, 600_000);
  afterAll(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  }, 60_000);

  it('says how the first event is sent, and shows it a moment later', async () => {
    await page.getByText('No usage yet').waitFor();
    expect(await page.getByText(`curl ${url}/v1/usage/events`).count()).toBe(1);
    for (const [n, calls] of [100, 4_000, 60].entries()) await send(event(n + 1, calls));
    await page.getByRole('table', { name: 'Usage events' }).getByRole('row').nth(3).waitFor();
  }, 60_000);

  it('tries a meter on past usage, tells what is wrong with it, and saves it', async () => {
    await page.getByRole('tab', { name: 'Meters' }).click();
    await page.getByRole('link', { name: 'New meter' }).click();
    const file = page.getByRole('textbox', { name: 'Meter file' });
    await file.fill('meter: api-calls\nevents: [api.call]\naggregate: total\nvalue: calls\n');
    await page.getByRole('button', { name: 'Try on past usage' }).click();
    await page.getByText('2 problems').waitFor();
    await file.fill('meter: api-calls\nevents: [api.call]\naggregate: sum\nvalue: /calls\nunit: calls\n');
    await page.getByRole('button', { name: 'Try on past usage' }).click();
    const effect = page.getByRole('region', { name: 'What it would make of past usage' });
    await effect.getByText('Nothing: it is not saved yet').waitFor();
    await page.getByRole('button', { name: 'Save…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'api-calls', level: 1 }).waitFor();
    await page.getByRole('cell', { name: 'Counts open periods' }).waitFor();
  }, 60_000);

  it('says of usage without an owner why it is not billed, and counts it when its owner is known', async () => {
    await page.goto('/usage?tab=unattributed');
    await page.getByRole('table', { name: 'Unattributed usage' }).getByText('4,160 calls').waitFor();
    const { data } = await api.GET('/v1/usage/events', { params: { query: { limit: 1 } } });
    await page.goto(`/usage?sel=${data!.items[0]!.id}`);
    await page.getByRole('region', { name: 'Is it billed?' }).getByLabel('Stops here').waitFor();
    const { error } = await api.PUT('/v1/tables/{name}', {
      params: { path: { name: 'usage-accounts' } },
      body: {
        title: 'Usage accounts',
        key: ['subject'],
        columns: ['customer', 'subscription', 'plan', 'region', 'legalEntity'].map((name) => ({
          name,
          type: 'text' as const,
          required: name === 'customer',
        })),
      },
    });
    expect(error).toBeUndefined();
    const row = await api.POST('/v1/tables/{name}/rows', {
      params: { path: { name: 'usage-accounts' } },
      body: { put: [{ key: { subject: 'acme-production' }, values: { customer: 'cus_acme' }, validFrom: '2026-01-01' }] },
    });
    expect(row.error).toBeUndefined();
    await page.goto('/usage?tab=summaries');
    await page.getByRole('table', { name: 'Usage summaries' }).getByText('4,160 calls').waitFor();
  }, 60_000);

  it('corrects an event: both stay, one counts', async () => {
    const { data } = await api.GET('/v1/usage/events', { params: { query: { source: '/gateway', id: 'call-2' } } });
    await page.goto(`/usage?sel=${data!.items[0]!.id}`);
    const drawer = page.getByRole('dialog', { name: 'Usage event' });
    await drawer.getByRole('button', { name: 'Correct…' }).click();
    const form = page.getByRole('dialog', { name: 'Correct this usage' });
    await form.getByRole('textbox', { name: 'Data' }).fill('{ "calls": 40, "region": "eu" }');
    await form.getByRole('textbox', { name: 'Reason' }).fill('Two zeros too many');
    await form.getByRole('button', { name: 'Correct', exact: true }).click();
    const chain = drawer.getByRole('region', { name: 'Corrections' }).getByRole('listitem');
    await chain.nth(1).getByText('Two zeros too many').waitFor();
    expect(await chain.allInnerTexts()).toEqual([expect.stringContaining('Corrected'), expect.stringContaining('Correction')]);
    await page.goto('/usage?tab=summaries');
    await page.getByRole('table', { name: 'Usage summaries' }).getByText('200 calls').waitFor();
  }, 60_000);

  it('seals the period after a look at it, and proves the summary from its events', async () => {
    await page.getByRole('button', { name: 'Seal a period…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Seal a period' });
    await dialog.getByRole('textbox', { name: 'Period' }).fill('2026-10');
    await dialog.getByRole('button', { name: 'Show what would be sealed' }).click();
    await dialog.getByRole('table', { name: 'What would be sealed' }).getByText('api-calls, version 1').waitFor();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The month is told in full');
    await dialog.getByRole('button', { name: 'Seal 2026-10' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('table', { name: 'Usage summaries' }).getByText('Sealed').first().waitFor();
    await page.getByRole('link', { name: /cus_acme/ }).click();
    const members = page.getByRole('table', { name: 'Events of the summary' }).getByRole('row');
    await members.nth(3).waitFor();
    expect(await members.count()).toBe(4);
    await page.getByRole('button', { name: 'Check it against its events' }).click();
    await page.getByText('The events add up to it').waitFor();
  }, 60_000);

  it('tells before a correction that its period is sealed', async () => {
    const { data } = await api.GET('/v1/usage/events', { params: { query: { source: '/gateway', id: 'call-3' } } });
    await page.goto(`/usage?sel=${data!.items[0]!.id}`);
    await page.getByRole('button', { name: 'Cancel this usage…' }).click();
    const form = page.getByRole('dialog', { name: 'Cancel this usage' });
    await form.getByText('Its period is sealed').waitFor();
    await form.getByRole('textbox', { name: 'Reason' }).fill('A test call');
    await form.getByRole('button', { name: 'Cancel usage' }).click();
    await eventually('an adjustment waits for the next seal', async () => {
      const pending = await api.GET('/v1/usage/adjustments', {});
      return pending.data!.items.some(({ quantity }) => quantity === '-60');
    });
  }, 60_000);

  it('shows when usage came, sets two periods side by side, and gives the list as a file', async () => {
    await send({ ...event(9, 5), id: 'call-now', time: new Date().toISOString() });
    const activity = async () =>
      (await api.GET('/v1/usage/activity', { params: { query: { meter: 'api-calls', from: daysAgo(61), to: daysAgo(-1) } } })).data!.items;
    await eventually('the event of now is counted', async () =>
      (await activity()).some(({ from }) => Date.now() - Date.parse(from) < 2 * 3_600_000),
    );
    await page.goto('/usage?tab=activity&days=62');
    const map = page.getByRole('table', { name: 'Events of api-calls by day and hour' });
    await map.waitFor();
    const counted = async () =>
      (await map.locator('td[data-level]:not([data-level="0"])').allInnerTexts()).reduce((sum, n) => sum + Number(n), 0);
    expect(await counted()).toBe((await activity()).reduce((sum, { events }) => sum + events, 0));
    await page.getByRole('tab', { name: 'Compare' }).click();
    await page.getByText('Name a period').waitFor();
    await page.getByRole('textbox', { name: 'Period on the left' }).fill('2026-09');
    await page.getByRole('textbox', { name: 'Period on the right' }).fill('2026-10');
    const table = page.getByRole('table', { name: 'Comparison of usage' });
    await table.getByText('all customers, 2026-10').waitFor();
    await page.getByRole('tab', { name: 'Events' }).click();
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV, for a spreadsheet' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^waybill-usage-events-exp_.*\.csv$/);
    let text = '';
    for await (const piece of await download.createReadStream()) text += String(piece);
    expect(text.split('\r\n')[0]).toContain('"occurred_at"');
    expect(text).toContain('"call-1"');
  }, 60_000);

  async function send(body: ReturnType<typeof event>): Promise<void> {
    const response = await fetch(`${url}/v1/usage/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(202);
  }
});
