/** The Mapping Studio in a real browser over a real engine: what is known of a mapping, its golden cases, and what a change does to recorded payloads. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { loaded, noBrowser, openBrowser, openWindow, signIn } from '../test/chromium.js';
import { axeSource, findings, looks } from '../test/every-room.js';
import { root, startLivingCompany, type LivingCompany } from '../test/living-company.js';

const mapping = 'stripe-invoice';
const suite = noBrowser ? describe.skip : describe;

suite(noBrowser ? `the Mapping Studio (skipped: ${noBrowser})` : 'the Mapping Studio', () => {
  let company: LivingCompany;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let original: string;

  beforeAll(async () => {
    browser = await openBrowser();
    // The first to sign up: a few documents are enough.
    company = await startLivingCompany({ lastScene: 'Stark Maschinenbau GmbH signs up' });
    original = (await company.api.GET('/v1/mappings/{name}', { params: { path: { name: mapping } } })).data!.source;
    ({ page, complaints } = await openWindow(browser, company.url, { viewport: { width: 1280, height: 900 } }));
    await page.goto('/');
    await signIn(page);
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    complaints.length = 0;
    await page.goto(`/mappings/${mapping}`);
    await editor(page, 'Output').getByText('legalEntity').first().waitFor();
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    await company?.stop();
  }, 60_000);

  const panel = (name: string) => page.getByRole('tab', { name }).click();
  const address = () => new URL(page.url()).searchParams;

  it('runs in the window with the tables, completes from recorded payloads, and says what a part of the expression is', async () => {
    await page.getByRole('region', { name: 'Output' }).getByText(/^Live/).waitFor();
    const expression = editor(page, 'Mapping expression');
    await write(expression, '($line := lines.data; { "a": $line. })');
    for (let back = 0; back < 3; back += 1) await expression.press('ArrowLeft');
    await page.keyboard.type('amou');
    const offered = page.getByRole('listbox').getByRole('option').filter({ hasText: /^amount/ }).first(); // prettier-ignore
    await offered.getByText(/number · 100% · \d/).waitFor();
    await page.keyboard.press('Escape');

    await write(expression, '{ "typed": $uppercase(currency) }');
    for (let back = 0; back < 2; back += 1) await expression.press('ArrowLeft');
    const value = page.getByRole('group', { name: 'Value at the cursor' });
    await value.getByText('$uppercase(currency)').waitFor();
    await value.getByText('"EUR"').waitFor();
    await page.locator('.cm-line', { hasText: '$uppercase' }).getByText('$uppercase').hover();
    const tip = page.locator('.cm-looking');
    await tip.getByText('In capital letters').waitFor();
    await page.mouse.move(0, 0);
  }, 120_000);

  it('tells by keyboard alone where an output value comes from, and where a sample value is read; the address keeps it', async () => {
    const output = editor(page, 'Output');
    await output.getByText('typed').waitFor();
    await output.focus();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('ControlOrMeta+Enter');
    const origin = page.getByRole('region', { name: 'Origin' });
    await origin.getByRole('list', { name: 'Expressions' }).getByText('$uppercase(currency)').waitFor();
    expect([address().get('panel'), address().get('at')]).toEqual(['origin', 'out:/typed']);
    await origin.getByRole('list', { name: 'Fields' }).getByRole('button', { name: 'currency' }).press('Enter');
    await page.getByText(/fields, in italics, are not read by the mapping/).waitFor();
    const sample = editor(page, 'Sample record');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Sample record');
    await sample.press('ControlOrMeta+Enter');
    await page.getByRole('list', { name: 'Places in the mapping' }).getByText('currency').waitFor();
    expect(address().get('at')).toBe('in:/currency');
  }, 60_000);

  it('shows the fields of the target with what is missing, and leads from a misfit to its expression', async () => {
    await panel('Target');
    const target = page.getByRole('region', { name: 'Fields of the target' });
    await target
      .getByRole('row', { name: /^legalEntity/ })
      .getByText('Missing')
      .waitFor();
    await target
      .getByRole('row', { name: /^sourceId/ })
      .getByText('By the engine', { exact: true })
      .waitFor();
    await page.getByText(/\d+ of \d+ required/).waitFor();

    await write(editor(page, 'Mapping expression'), original.replace('"legalEntity": $entity.entity', '"legalEntity": ""'));
    await panel('Problems');
    const problems = page.getByRole('list', { name: 'Problems' });
    await problems.getByRole('button', { name: '/legalEntity' }).waitFor();
    const item = problems.getByRole('listitem').filter({ hasText: '/legalEntity' });
    await item.getByRole('button', { name: /^Line \d+/ }).click();
    expect(await page.evaluate(() => window.getSelection()?.toString())).toBe('""');
    await item.getByRole('button', { name: '/legalEntity' }).click();
    await page.getByRole('region', { name: 'Origin' }).waitFor();
    expect(address().get('at')).toBe('out:/legalEntity');
  }, 120_000);

  it('warns of what is probably not meant, renames a variable, and shows the difference to what is saved', async () => {
    const expression = editor(page, 'Mapping expression');
    await write(expression, '($e := customer_address.contry; { "a": $e, `b`: 1 })');
    await panel('Problems');
    const problems = page.getByRole('list', { name: 'Problems' });
    await problems.getByText(/customer_address\.contry is in no recorded payload/).waitFor();
    await problems.getByText(/`b` in back quotes reads a field/).waitFor();
    await expression.press('ControlOrMeta+Home');
    await expression.press('ArrowRight');
    await expression.press('ArrowRight');
    await expression.press('F2');
    const rename = page.getByRole('dialog', { name: 'Rename $e' });
    await rename.getByLabel('New name').fill('country');
    await rename.getByRole('button', { name: 'Rename' }).click();
    await expression.getByText('($country := customer_address.contry; { "a": $country, `b`: 1 })').waitFor();

    await write(expression, original.replace('"memo": $given(description)', '"memo": "looked at"'));
    await panel('Difference');
    await editor(page, 'As it is here').first().getByText('looked at').first().waitFor();
    await page.getByRole('heading', { name: 'Output of this sample' }).waitFor();
  }, 120_000);

  it('compares with what is live over recorded payloads, opens a document, and the address keeps it', async () => {
    await panel('Replay-compare');
    await page.getByRole('region', { name: 'Replay-compare' }).getByText('100', { exact: true }).click();
    await page
      .getByRole('table', { name: 'Changed fields' })
      .getByRole('row', { name: /\/memo/ })
      .waitFor();
    const documents = page.getByRole('table', { name: 'Changed documents' });
    const first = documents.getByRole('button').first();
    const title = await first.innerText();
    await first.click();
    const open = page.getByRole('region', { name: `What changes in ${title}` });
    await open.getByText('looked at').first().waitFor();
    await open.getByRole('region', { name: 'Payload' }).waitFor();
    expect([address().get('last'), address().get('doc')]).toEqual(['100', expect.stringMatching(/^msg_/)]);
  }, 120_000);

  it('makes a golden case in one click, blocks a save while it is red, and accepts the new output with a reason', async () => {
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await panel('Golden cases');
    await page.getByRole('button', { name: 'Make a case of this sample…' }).click();
    const making = page.getByRole('dialog', { name: 'Make a golden case' });
    const name = await making.getByLabel('Name').inputValue();
    await making.getByRole('button', { name: 'Make the case' }).click();
    const cases = page.getByRole('region', { name: 'Golden cases' });
    await cases.getByText('All 1 hold').waitFor();

    await write(editor(page, 'Mapping expression'), original.replace('"memo": $given(description)', '"memo": "looked at"'));
    await cases.getByText('1 of 1 red').waitFor();
    await cases.getByRole('list', { name: 'Differences' }).getByText('/memo').waitFor();
    await page.getByRole('button', { name: 'Save…' }).click();
    const saving = page.getByRole('dialog', { name: `Save mapping ${mapping}` });
    await saving.getByText(name).waitFor();
    expect(await saving.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await saving.getByRole('button', { name: 'Keep as it is' }).click();
    const refused = await company.api.PUT('/v1/mappings/{name}', { params: { path: { name: mapping } }, body: { source: original.replace('"memo": $given(description)', '"memo": "x"') } }); // prettier-ignore
    expect(refused.error).toMatchObject({ code: 'MAPPING_CASES_RED' });

    await cases.getByRole('button', { name: 'Accept new output…' }).click();
    const accepting = page.getByRole('dialog', { name: `Accept the new output of ${name}` });
    await accepting.getByLabel('Reason').fill('every memo says it from now on');
    await accepting.getByRole('button', { name: 'Accept' }).click();
    await cases.getByText('All 1 hold').waitFor();
    await page.getByRole('button', { name: 'Save…' }).click();
    await saving.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Version 2, as saved').waitFor();
  }, 120_000);

  it('shows what a binding decides', async () => {
    await write(editor(page, 'Mapping expression'), '{ "day": $exists($table("legal-entity", {"country": "DE"})), "flow": $flow.name, "revision": $revision }'); // prettier-ignore
    await panel('Bindings');
    const bindings = page.getByRole('region', { name: 'Bindings' });
    const tables = bindings.getByRole('list', { name: 'Tables' }).getByRole('listitem');
    // The tables of the text before stand here until the new one is read.
    await tables.nth(1).waitFor({ state: 'detached' });
    await tables.getByText(/version \d+, \d+ rows/).waitFor();
    expect(await tables.innerText()).toMatch(/^legal-entity /);
    await bindings.getByLabel('$revision').fill('seven');
    await editor(page, 'Output').getByText('"seven"').waitFor();
    await bindings.getByRole('button', { name: 'As it was recorded' }).click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
  }, 60_000);

  it('kills what does not end, and the page goes on', async () => {
    const expression = editor(page, 'Mapping expression');
    await write(expression, '{ "a": $match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a|a)*$/) }');
    await page.getByRole('region', { name: 'Output' }).getByText('Stale').waitFor();
    await write(expression, '{ "typed": "alive" }');
    await editor(page, 'Output').getByText('alive').waitFor();
    await page.getByRole('button', { name: 'Discard changes' }).click();
  }, 60_000);

  it('has no barrier in any panel, in light and in dark, and fits 1,280 and 390 px', async () => {
    const axe = await axeSource();
    const pictures = join(root, 'test-results');
    await mkdir(pictures, { recursive: true });
    const message = (await company.api.GET('/v1/messages', { params: { query: { flow: 'stripe-invoices', limit: 1 } } })).data!.items[0]!.id;
    for (const query of ['', 'panel=origin&at=out:/lines/0/amount', 'panel=target', 'panel=cases', `panel=compare&last=100&doc=${message}`, 'panel=bindings', 'panel=functions']) {
      await page.goto(`/mappings/${mapping}?${query}`);
      await editor(page, 'Output').getByText('legalEntity').first().waitFor();
      await loaded(page);
      for (const { colorScheme, runOnly } of looks) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
        await page.screenshot({ path: join(pictures, `studio-${/panel=(\w+)/.exec(query)?.[1] ?? 'problems'}-${colorScheme}.png`), fullPage: true, animations: 'disabled' });
        expect({ query, colorScheme, found: await findings(page, axe, runOnly) }).toEqual({ query, colorScheme, found: [] });
      }
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        if (width === 390) await page.screenshot({ path: join(pictures, `studio-${/panel=(\w+)/.exec(query)?.[1] ?? 'problems'}-390.png`), fullPage: true, animations: 'disabled' });
        const over = await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
        expect({ query, width, over }).toEqual({ query, width, over: 0 });
      }
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    expect(complaints.filter((line) => !/status of 4\d\d/.test(line))).toEqual([]);
  }, 180_000); // prettier-ignore
});

const editor = (page: Page, label: string): Locator => page.getByRole('textbox', { name: label, exact: true });

/** Replaces the whole text at once, as a paste does: typing would have brackets closed by the editor. */
async function write(into: Locator, text: string): Promise<void> {
  await into.press('ControlOrMeta+a');
  await into.page().keyboard.insertText(text);
}
