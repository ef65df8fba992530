/** The way that people take: from the sign-in over an exception to its cure, and to a mapping and a flow, in a real browser over a real engine. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultErpToken } from '@waybill/sandbox';
import type { Browser, Locator, Page } from 'playwright-core';
import { noBrowser, openBrowser, openWindow, signIn } from '../test/chromium.js';
import { startLivingCompany, type LivingCompany } from '../test/living-company.js';

const cause = 'No legal entity for country BR';
const suite = noBrowser ? describe.skip : describe;

suite(noBrowser ? `the main path (skipped: ${noBrowser})` : 'the main path', () => {
  let company: LivingCompany;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    company = await startLivingCompany({ lastScene: 'Umbrella orders a long list of services' });
    ({ page } = await openWindow(browser, company.url));
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    await company?.stop();
  }, 60_000);

  it('signs in: a wrong password is said to be wrong, the right one leads to the overview', async () => {
    await page.goto('/');
    await signIn(page, 'not this one');
    await page.getByText('E-mail address or password is wrong').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await signIn(page);
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();

    const ledgers = page.getByRole('region', { name: 'Posted by ledger' });
    for (const ledger of ['erp-us', 'erp-de']) expect(await ledgers.innerText()).toContain(ledger);
    const figure = async (word: string) =>
      Number(
        (await page.getByRole('list', { name: 'Numbers' }).getByRole('listitem').filter({ hasText: word }).first().innerText()).replace(
          /\D/g,
          '',
        ),
      );
    expect(await figure('Posted')).toBeGreaterThan(20);
    expect(await figure('Open exceptions')).toBeGreaterThan(0);
    await page.getByRole('region', { name: 'Needs attention' }).getByText(cause).waitFor();
  }, 60_000);

  it('puts a missing table row right and replays: the group is gone, each invoice is posted exactly once', async () => {
    const groups = await company.api.GET('/v1/exceptions/groups');
    const group = groups.data!.items.find((item) => item.cause.startsWith(cause))!;
    expect(group).toBeDefined();
    const stopped = await company.api.GET('/v1/exceptions', { params: { query: { causeKey: group.causeKey, limit: 100 } } });
    expect(stopped.data!.items).toHaveLength(group.count);

    await page
      .getByRole('link', { name: /^Exceptions/ })
      .first()
      .click();
    const shown = page.getByRole('list', { name: 'Open exceptions by root cause' }).getByRole('listitem').filter({ hasText: cause });
    await shown.getByRole('button', { name: /^(Open|Look at one)$/ }).click();
    const drawer = page.getByRole('dialog', { name: 'Exception' });
    await drawer.getByRole('button', { name: 'Write the row here' }).click();
    expect(await drawer.getByLabel('country').inputValue()).toBe('BR');
    for (const [column, value] of Object.entries({ entity: 'US', zone: 'America/New_York', currency: 'USD' }))
      await drawer.getByLabel(column).fill(value);
    await drawer.getByLabel('Reason').fill('Brazil is sold to from New York');
    await drawer.getByRole('button', { name: 'Show what it clears' }).click();
    await drawer.getByText(/^It clears this exception/).waitFor();
    await drawer.getByRole('button', { name: 'Publish the row' }).click();
    await drawer.getByText(/^The row is live as version \d+ of legal-entity/).waitFor();

    await drawer.getByRole('button', { name: group.count > 1 ? /^Replay all/ : 'Preview replay' }).click();
    const replay = page.getByRole('dialog', { name: 'Replay' });
    await replay.getByText('Will be sent').first().waitFor();
    await replay
      .getByText(/table legal-entity version \d+ \(last time \d+\)/)
      .or(replay.getByRole('button', { name: 'What changes' }))
      .first()
      .waitFor();
    await replay.getByRole('button', { name: /^Replay (1 message|all)/ }).click();
    // what came to the hub, and what the hub handed on to the books
    await replay.getByText(`Replay ended: ${2 * group.count} posted`).waitFor({ timeout: 60_000 });
    await replay.getByRole('button', { name: 'Close', exact: true }).last().click();
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });

    const left = await company.api.GET('/v1/exceptions/groups');
    expect(left.data!.items.filter((item) => item.causeKey === group.causeKey)).toEqual([]);
    const invoices: string[] = [];
    for (const { messageId } of stopped.data!.items) {
      const message = (await company.api.GET('/v1/messages/{id}', { params: { path: { id: messageId } } })).data!;
      expect(message.state).toBe('posted');
      if (message.flow === 'stripe-invoices') invoices.push(message.title!);
    }
    expect(invoices.length).toBeGreaterThan(0);
    for (const reference of invoices)
      expect(await documentsOf(company, reference)).toMatchObject([{ kind: 'invoice', reference, entity: 'US' }]);
  }, 180_000);

  it('shows the payload of every stage, and replaying what is posted posts nothing and says why', async () => {
    const posted = await company.api.GET('/v1/messages', { params: { query: { state: 'posted', flow: 'erp-us-invoices', limit: 1 } } });
    const message = posted.data!.items[0]!;
    const before = (await allDocuments(company)).length;
    await page.goto(`/messages/${message.id}`);
    await page.getByRole('heading', { name: message.title!, level: 1 }).waitFor();
    for (const stage of ['accept', 'dedupe', 'enrich', 'map', 'permit', 'send', 'settle']) {
      await page.getByRole('button', { name: new RegExp(`^${stage}: passed`) }).click();
      const section = page.getByRole('region', { name: `Payload after ${stage}`, exact: true }).first();
      const { data } = await company.api.GET('/v1/messages/{id}/stages/{stage}', {
        params: { path: { id: message.id, stage: stage as 'accept' } },
        parseAs: 'text',
      });
      await section.getByText('Exact text', { exact: true }).click();
      expect(await section.getByRole('region', { name: `Exact text after ${stage}` }).innerText()).toBe(data);
      await section.getByText('Tree', { exact: true }).click();
    }

    await page.getByRole('button', { name: 'Replay…' }).click();
    const replay = page.getByRole('dialog', { name: 'Replay' });
    await replay.getByText('Posts nothing').waitFor();
    await replay
      .getByText(new RegExp(`${message.documentNumber}`))
      .first()
      .waitFor();
    await replay.getByRole('button', { name: 'Replay 1 message' }).click();
    await replay.getByText('1 refused').waitFor();
    await replay.getByText(`already posted as ${message.documentNumber}; nothing is posted again`).waitFor();
    expect(await allDocuments(company)).toHaveLength(before);
  }, 120_000);

  it('edits a mapping: live output, a syntax error, an expression without end, and version 2', async () => {
    await page.goto('/mappings/stripe-invoice');
    const expression = editor(page, 'Mapping expression');
    const output = page.getByRole('region', { name: 'Output' });
    await editor(page, 'Output').getByText('legalEntity').first().waitFor();
    const original = (await company.api.GET('/v1/mappings/{name}', { params: { path: { name: 'stripe-invoice' } } })).data!;

    await write(expression, '{ "typed": "one " & "two" }');
    await editor(page, 'Output').getByText('one two').waitFor();
    await write(expression, '{ "typed": "one " & ');
    await page
      .getByRole('list', { name: 'Problems' })
      .getByRole('button', { name: /^Line 1/ })
      .waitFor();
    await output.getByText('Stale').waitFor();
    await editor(page, 'Output').getByText('one two').waitFor();
    expect(await page.getByRole('button', { name: 'Save…' }).isDisabled()).toBe(true);

    await write(expression, '{ "typed": "well again" }');
    await editor(page, 'Output').getByText('well again').waitFor();
    await output.getByText('Stale').waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'Problems' }).waitFor({ state: 'detached' });

    await write(expression, '($forever := function($n) { $forever($n + 1) }; $forever(0))');
    await page.getByRole('list', { name: 'Problems' }).getByRole('button').first().waitFor();
    await output.getByText('Stale').waitFor();
    await write(expression, '{ "typed": "alive" }');
    await editor(page, 'Output').getByText('alive').waitFor();

    await write(expression, `/* reviewed */\n${original.source}`);
    await editor(page, 'Output').getByText('legalEntity').first().waitFor();
    await page.getByRole('button', { name: 'Save…' }).click();
    const asked = page.getByRole('dialog', { name: 'Save mapping stripe-invoice' });
    await asked.getByText(`Makes version ${original.version + 1}.`).waitFor();
    await asked.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Version 2, as saved').waitFor();
    const saved = (await company.api.GET('/v1/mappings/{name}', { params: { path: { name: 'stripe-invoice' } } })).data!;
    expect([original.version, saved.version]).toEqual([1, 2]);
    expect(saved.source).toBe(`/* reviewed */\n${original.source}`);
  }, 120_000);

  it('shows a flow beside its graph, and a broken file is told at its line and not saved', async () => {
    await page.goto('/flows/erp-us-invoices');
    const file = editor(page, 'Flow file');
    await file.getByText('erp-us-invoices').first().waitFor();
    await page
      .getByRole('button', { name: /go to its line$/ })
      .first()
      .waitFor();
    const before = (await company.api.GET('/v1/flows/{name}', { params: { path: { name: 'erp-us-invoices' } } })).data!;
    const broken = before.yaml.replace('operation: invoice', 'operation: invoyce');
    const line = broken.split('\n').findIndex((text) => text.includes('invoyce')) + 1;

    await write(file, broken);
    const problem = page.getByRole('list', { name: 'Problems' }).getByRole('button', { name: new RegExp(`^Line ${line}\\b`) });
    await problem.waitFor();
    expect(await problem.innerText()).toContain('invoyce');
    expect(await page.getByRole('button', { name: 'Save…' }).isDisabled()).toBe(true);
    await file.press('ControlOrMeta+s');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByText('No problems').waitFor();
    const after = (await company.api.GET('/v1/flows/{name}', { params: { path: { name: 'erp-us-invoices' } } })).data!;
    expect(after.release).toEqual(before.release);
  }, 120_000);

  it('hands in what a vendor sends back, whole, also when it ends like a file, and says why nothing was connected', async () => {
    await page.goto('/consent/xero?state=begun-by-nobody&code=a.code');
    await page.getByRole('alert').getByText('This session has begun no such consent, or too long ago, or it was used.').waitFor();
    await page.getByRole('alert').getByText('Open the connection and connect again, in this browser and within ten minutes.').waitFor();
    await page.getByRole('link', { name: 'Back to connections' }).click();
    await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
  }, 60_000);

  it('says that it is offline, refuses what is done meanwhile, and reads again when the network is back', async () => {
    await page.goto('/flows/erp-us-invoices');
    await page.getByRole('button', { name: 'Pause…' }).click();
    const asked = page.getByRole('dialog', { name: 'Pause flow' });
    await page.context().setOffline(true);
    try {
      await page.getByRole('alert').getByText('You are offline.').waitFor();
      await asked.getByRole('button', { name: 'Pause', exact: true }).click();
      await page.getByText('The engine cannot be reached.').first().waitFor();
    } finally {
      await page.context().setOffline(false);
    }
    await page.getByText('You are offline.').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('button', { name: 'Pause…' }).waitFor();
    const flow = await company.api.GET('/v1/flows/{name}', { params: { path: { name: 'erp-us-invoices' } } });
    expect(flow.data!.state).toBe('on');
  }, 60_000);

  it('says that the engine does not answer, and goes on by itself when it does', async () => {
    await page.goto('/runs');
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    await page.route('**/v1/**', (route) => route.abort('connectionrefused'));
    await page.getByRole('link', { name: 'Tables' }).click();
    await page.getByRole('alert').getByText('The engine does not answer.').waitFor();
    await page.unroute('**/v1/**');
    await page.getByText('The engine does not answer.').waitFor({ state: 'detached' });
    await page.getByRole('table', { name: 'Tables' }).getByRole('row').nth(1).waitFor();
  }, 60_000);

  it('shows times and money as another country writes them, in its zone', async () => {
    const { page: elsewhere } = await openWindow(browser, company.url, {
      locale: 'de-DE',
      timezoneId: 'Asia/Kolkata',
      storageState: await page.context().storageState(),
    });
    const { data } = await company.api.GET('/v1/messages', { params: { query: { state: 'posted', flow: 'erp-de-invoices', limit: 1 } } });
    const message = data!.items[0]!;
    await elsewhere.goto(`/messages/${message.id}`);
    const when = new Intl.DateTimeFormat('de-DE', {
      year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
      hourCycle: 'h23', timeZone: 'Asia/Kolkata', timeZoneName: 'short',
    }).format(new Date(message.receivedAt)); // prettier-ignore
    expect(when).toContain('GMT+5:30');
    await elsewhere.getByText(when).first().waitFor();
    await elsewhere.goto('/messages?state=posted&flow=erp-de-invoices');
    const amount = new Intl.NumberFormat('de-DE', { style: 'currency', currency: message.amount!.currency, currencyDisplay: 'code' });
    const rows = elsewhere.getByRole('table', { name: 'Nachrichten' });
    const plain = (text: string) => text.replace(/\s/g, ' ');
    await rows.getByRole('row').nth(1).waitFor();
    expect(plain(await rows.innerText())).toContain(plain(amount.format(message.amount!.amount as Intl.StringNumericLiteral)));
    await elsewhere.context().close();
  }, 60_000);

  it('keeps two windows of one person together: signed out in one, asked in the other, and back where it was', async () => {
    const other = await page.context().newPage();
    await other.goto('/flows');
    await other.getByRole('heading', { name: 'Flows', level: 1 }).waitFor();
    await page.goto('/messages?state=posted');
    await page.getByRole('table', { name: 'Messages' }).waitFor();
    await other.getByRole('button', { name: /^Account of/ }).click();
    await other.getByRole('menuitem', { name: 'Sign out' }).click();
    for (const window of [other, page]) await window.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signIn(other);
    await other.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'Messages', level: 1 }).waitFor();
    expect(new URL(page.url()).search).toBe('?state=posted');
    await other.close();
  }, 60_000);
});

const editor = (page: Page, label: string): Locator => page.getByRole('textbox', { name: label, exact: true });

/** Replaces the whole text at once, as a paste does: typing would have brackets closed by the editor. */
async function write(into: Locator, text: string): Promise<void> {
  await into.press('ControlOrMeta+a');
  await into.page().keyboard.insertText(text);
}

interface Document {
  kind: string;
  entity: string;
  reference: string | null;
}

async function allDocuments(company: LivingCompany, query = ''): Promise<Document[]> {
  const response = await fetch(`${company.sandbox.url}/erp/v1/documents?limit=1000${query}`, {
    headers: { authorization: `Bearer ${defaultErpToken}` },
  });
  if (!response.ok) throw new Error(`The ERP answered ${response.status}: ${await response.text()}`);
  const { items, more } = (await response.json()) as { items: Document[]; more: boolean };
  expect(more).toBe(false);
  return items;
}

const documentsOf = (company: LivingCompany, reference: string) =>
  allDocuments(company, `&kind=invoice&reference=${encodeURIComponent(reference)}`);
