// The main task of every page, from the top of the page to its end, by a person who has a keyboard and nothing else; what was done is said in the verb of the button, and is so.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loaded, noBrowser, openBrowser, openWindow, signIn, type Window } from '../test/chromium.js';
import { eventTypeOf } from '../test/rooms.js';
import { Keyboard } from '../test/keyboard.js';
import { access, root, startLivingCompany, type LivingCompany } from '../test/living-company.js';
import { someUsage } from '../test/some-usage.js';

interface Task {
  page: string;
  path: string | ((company: LivingCompany) => string | Promise<string>);
  work: (keys: Keyboard, page: Page, company: LivingCompany) => Promise<void>;
}

const dialog = (page: Page, name?: string | RegExp) => page.getByRole('dialog', name === undefined ? {} : { name });
const button = (within: Page | ReturnType<Page['locator']>, name: string | RegExp) =>
  within.getByRole('button', { name, exact: typeof name === 'string' });
const heading = (page: Page, name?: string | RegExp) => page.getByRole('heading', { level: 1, ...(name === undefined ? {} : { name }) });
const row = (page: Page, table: string) => page.getByRole('table', { name: table }).locator('[data-row-link]');

/** The page that a row or a link leads to is there, and its heading has the focus. */
async function arrives(keys: Keyboard, page: Page, name: string | RegExp): Promise<void> {
  await heading(page, name).waitFor();
  await loaded(page);
  await keys.has(heading(page));
}

const mapping = 'stripe-invoice';
const synthetic = 'stripe-to-erp-us';
const customer = 'cus_of_nobody_at_all';

const postedInvoice = async ({ api }: LivingCompany) =>
  (await api.GET('/v1/messages', { params: { query: { state: 'posted', flow: 'erp-us-invoices', limit: 1 } } })).data!.items[0]!;

/** What three titles of messages or more begin with. */
async function beginningOfSeveral({ api }: LivingCompany): Promise<string> {
  const { data } = await api.GET('/v1/messages', { params: { query: { state: 'posted', limit: 200 } } });
  const all = data!.items.flatMap(({ title }) => (title === null ? [] : [title.slice(0, -1)]));
  const found = all.find((beginning) => beginning.length > 3 && all.filter((one) => one === beginning).length >= 3);
  if (found === undefined) throw new Error('No three messages are called alike');
  return found;
}

const tasks: readonly Task[] = [
  {
    page: 'overview: what needs attention first leads to where it is put right',
    path: '/overview',
    work: async (keys, page) => {
      await keys.to(page.getByRole('region', { name: 'Needs attention' }).getByRole('link').first());
      // What comes meanwhile may come before it.
      const { pathname } = new URL(await page.evaluate(() => (document.activeElement as HTMLAnchorElement).href));
      await keys.press('Enter');
      await page.waitForURL((url) => url.pathname === pathname);
      await heading(page).waitFor();
      await keys.keepsFocus();
    },
  },
  {
    page: 'messages: found by `/`, gone through by j and k, opened by Enter, and the view is there on the way back',
    path: '/messages',
    work: async (keys, page, company) => {
      const wanted = await beginningOfSeveral(company);
      await keys.press('/');
      await keys.has(page.getByLabel('Find messages'));
      await keys.write(wanted);
      await keys.until(
        async () => (await row(page, 'Messages').allInnerTexts()).every((title) => title.startsWith(wanted)),
        () => 'the list holds what was asked for',
      );
      await keys.press('Enter');
      await keys.has(row(page, 'Messages').first());
      for (const [key, at] of [['j', 1], ['j', 2], ['k', 1]] as const) {
        await keys.press(key);
        await keys.has(row(page, 'Messages').nth(at));
      } // prettier-ignore
      const view = page.url();
      await keys.press('Enter');
      await arrives(keys, page, /./);
      await page.goBack();
      await row(page, 'Messages').first().waitFor();
      expect(page.url()).toBe(view);
      expect(await page.getByLabel('Find messages').inputValue()).toBe(wanted);
    },
  },
  {
    page: 'message: the payload of a stage as its exact text, and what a replay would do',
    path: async (company) => `/messages/${(await postedInvoice(company)).id}`,
    work: async (keys, page, company) => {
      const replay = button(page, 'Replay…');
      await keys.opens(replay, dialog(page, 'Replay'));
      await dialog(page, 'Replay').getByText('Posts nothing').waitFor();
      await keys.presses(button(dialog(page, 'Replay'), 'Cancel'));
      await dialog(page, 'Replay').waitFor({ state: 'detached' });
      await keys.has(replay);
      await keys.presses(button(page, /^map: passed/));
      await page.getByRole('region', { name: 'Payload after map', exact: true }).first().waitFor();
      await keys.to(page.getByRole('radio', { name: 'Tree' }));
      await keys.press('ArrowRight');
      const { data } = await company.api.GET('/v1/messages/{id}/stages/{stage}', {
        params: { path: { id: (await postedInvoice(company)).id, stage: 'map' } },
        parseAs: 'text',
      });
      expect(await page.getByRole('region', { name: 'Exact text after map' }).innerText()).toBe(data);
    },
  },
  {
    page: 'exceptions: one is taken up and talked about, and its whole group is replayed',
    path: '/exceptions',
    work: async (keys, page, { api }) => {
      const drawer = dialog(page, 'Exception');
      const look = page.getByRole('list', { name: 'Open exceptions by root cause' }).getByRole('button', { name: /^(Open|Look at one)$/ });
      await keys.press('j');
      await keys.has(look.first());
      await keys.opens(look.first(), drawer);
      await drawer.getByRole('region', { name: 'Replay' }).waitFor();
      const id = new URL(page.url()).searchParams.get('sel')!;
      await keys.does(button(drawer, 'Take up'));
      await keys.keepsFocus();
      await keys.to(drawer.getByRole('textbox', { name: 'Comment' }));
      await keys.write('Asked the customer');
      await keys.does(button(drawer, 'Write comment'));
      const { data } = await api.GET('/v1/exceptions/{id}', { params: { path: { id } } });
      expect(data!.assignee).not.toBeNull();
      const { data: history } = await api.GET('/v1/exceptions/{id}/history', { params: { path: { id } } });
      expect(JSON.stringify(history!.items)).toContain('Asked the customer');
      await keys.leaves(drawer, look.first());

      const replay = dialog(page, 'Replay');
      await keys.opens(button(page, /^Replay/).first(), replay, { key: 'Shift+Tab' });
      await button(replay, /^Replay (1 message|all)/).waitFor();
      await keys.does(button(replay, /^Replay (1 message|all)/));
      await keys.isIn(replay);
      await replay.getByText(/^Replay ended/).waitFor({ timeout: 60_000 });
      expect((await api.GET('/v1/runs', { params: { query: { kind: 'replay' } } })).data!.items.length).toBeGreaterThan(0);
    },
  },
  {
    page: 'exceptions one by one: resolved by a letter on its row, with the reason and its name typed',
    path: '/exceptions?view=list',
    work: async (keys, page, { api }) => {
      await keys.press('j');
      await keys.has(row(page, 'Exceptions').first());
      const id = await row(page, 'Exceptions').first().evaluate((link) => link.closest('tr')!.dataset['row']!); // prettier-ignore
      const { data: before } = await api.GET('/v1/exceptions/{id}', { params: { path: { id } } });
      await keys.press('e');
      const asks = dialog(page, 'Resolve without posting');
      await keys.has(asks.getByRole('textbox', { name: /Why will it not be posted/ }));
      await keys.write('Booked by hand in March');
      await keys.to(asks.getByRole('textbox', { name: /^Type/ }));
      await keys.write(before!.title ?? 'resolve');
      await keys.does(button(asks, 'Resolve'));
      await asks.waitFor({ state: 'detached' });
      await keys.keepsFocus();
      const { data: after } = await api.GET('/v1/exceptions/{id}', { params: { path: { id } } });
      expect(after).toMatchObject({ state: 'resolved', resolution: 'Booked by hand in March' });
    },
  },
  {
    page: 'approvals: what the engine asked for is approved',
    path: '/approvals',
    work: async (keys, page, { api }) => {
      await keys.press('j');
      await keys.has(row(page, 'Approvals').first());
      await keys.press('Enter');
      const drawer = dialog(page, 'Approval');
      await keys.isIn(drawer);
      const id = new URL(page.url()).searchParams.get('sel')!;
      await keys.opens(button(drawer, 'Approve…'), dialog(page, 'Approve'));
      await keys.does(button(dialog(page, 'Approve'), 'Approve'));
      await drawer.waitFor({ state: 'detached' });
      await keys.keepsFocus();
      expect((await api.GET('/v1/approvals/{id}', { params: { path: { id } } })).data!.state).toBe('approved');
    },
  },
  {
    page: 'runs: with a chart, and one opened from the list',
    path: '/runs',
    work: async (keys, page) => {
      await keys.presses(button(page, 'With a chart'));
      await page.getByRole('region', { name: 'Runs over time' }).waitFor();
      await keys.has(button(page, 'Without the chart'));
      await keys.press('j');
      await keys.has(row(page, 'Runs').first());
      await keys.press('Enter');
      await arrives(keys, page, /./);
    },
  },
  {
    page: 'flows: one is paused, and resumed',
    path: '/flows',
    work: async (keys, page, { api }) => {
      await keys.press('j');
      await keys.press('Enter');
      await arrives(keys, page, /./);
      const name = new URL(page.url()).pathname.split('/').at(-1)!;
      const state = async () => (await api.GET('/v1/flows/{name}', { params: { path: { name } } })).data!.state;
      await keys.opens(button(page, 'Pause…'), dialog(page, 'Pause flow'));
      await keys.does(button(dialog(page, 'Pause flow'), 'Pause'));
      await keys.has(button(page, 'Resume…'));
      expect(await state()).toBe('paused');
      await keys.opens(button(page, 'Resume…'), dialog(page, 'Resume flow'));
      await keys.does(button(dialog(page, 'Resume flow'), 'Resume'));
      await keys.has(button(page, 'Pause…'));
      expect(await state()).toBe('on');
    },
  },
  {
    page: 'flow: its description changed in its file, which Tab leaves again',
    path: '/flows/erp-us-invoices',
    work: async (keys, page, { api }) => {
      const flow = async () => (await api.GET('/v1/flows/{name}', { params: { path: { name: 'erp-us-invoices' } } })).data!;
      const before = await flow();
      const file = page.getByRole('textbox', { name: 'Flow file', exact: true });
      await keys.to(file);
      await keys.rewrite(before.yaml.replace('description: ', 'description: Looked at. '));
      await page.getByText('Unsaved').waitFor();
      await keys.press('Tab');
      await keys.keepsFocus();
      expect(await file.evaluate((editor) => editor === document.activeElement)).toBe(false);
      await page.getByText('No problems').waitFor();
      await keys.opens(button(page, 'Save…'), dialog(page, /^Save flow/), { key: 'Shift+Tab' });
      await keys.does(button(dialog(page, /^Save flow/), 'Save'));
      await dialog(page, /^Save flow/).waitFor({ state: 'detached' });
      await keys.keepsFocus();
      const after = await flow();
      expect([after.release.version, after.description.startsWith('Looked at. ')]).toEqual([before.release.version + 1, true]);
    },
  },
  {
    page: 'mapping: its expression changed and saved, which Tab leaves again',
    path: `/mappings/${mapping}`,
    work: async (keys, page, { api }) => {
      const stored = async () => (await api.GET('/v1/mappings/{name}', { params: { path: { name: mapping } } })).data!;
      const before = await stored();
      const expression = page.getByRole('textbox', { name: 'Mapping expression', exact: true });
      await keys.to(expression);
      await keys.rewrite(`/* looked at */\n${before.source}`);
      await page.getByText('Unsaved').waitFor();
      await keys.press('Tab');
      await keys.keepsFocus();
      expect(await expression.evaluate((editor) => editor === document.activeElement)).toBe(false);
      await keys.opens(button(page, 'Save…'), dialog(page, /^Save mapping/), { key: 'Shift+Tab' });
      await keys.does(button(dialog(page, /^Save mapping/), 'Save'));
      await dialog(page, /^Save mapping/).waitFor({ state: 'detached' });
      await keys.keepsFocus();
      expect(await stored()).toMatchObject({ version: before.version + 1, source: `/* looked at */\n${before.source}` });
    },
  },
  {
    page: 'table: a row drafted and published',
    path: '/tables/legal-entity',
    work: async (keys, page, { api }) => {
      const version = async () => (await api.GET('/v1/tables/{name}', { params: { path: { name: 'legal-entity' } } })).data!.version;
      const before = await version();
      const adds = dialog(page, /^Add a row/);
      await keys.opens(button(page, 'Add row…'), adds);
      for (const [field, value] of [['country', 'AT'], ['entity', 'DE'], ['zone', 'Europe/Vienna'], ['currency', 'EUR']] as const) {
        await keys.to(adds.getByRole('textbox', { name: field }).or(adds.getByRole('combobox', { name: field })).first());
        await keys.write(value);
      } // prettier-ignore
      await keys.does(button(adds, 'Draft the row'));
      await page.waitForURL(/\/drafts\//);
      await arrives(keys, page, /./);
      await keys.opens(button(page, 'Publish…'), dialog(page, 'Publish'));
      await keys.to(dialog(page, 'Publish').getByRole('textbox', { name: /Reason/ }));
      await keys.write('Austria is sold to from Berlin');
      await keys.does(button(dialog(page, 'Publish'), 'Publish'));
      await dialog(page, 'Publish').waitFor({ state: 'detached' });
      await keys.keepsFocus();
      expect(await version()).toBe(before + 1);
    },
  },
  {
    page: 'schema: its tabs by arrow keys, to what differs between two versions',
    path: async (company) => `/schemas/event/${await eventTypeOf(company)}`,
    work: async (keys, page) => {
      await keys.to(page.getByRole('tab', { name: 'Fields' }));
      await keys.to(page.getByRole('tab', { name: 'Versions' }), { key: 'ArrowRight' });
      await page.getByRole('table', { name: 'Differences of version 2' }).getByRole('row').nth(1).waitFor();
    },
  },
  {
    page: 'connections: one opened and checked, step by step',
    path: '/connections',
    work: async (keys, page) => {
      await keys.press('j');
      await keys.press('Enter');
      await arrives(keys, page, /./);
      await keys.presses(button(page, 'Check connection'));
      await page.getByText('Every step worked.').waitFor();
      await keys.has(button(page, 'Check again'));
    },
  },
  {
    page: 'usage: an event found and corrected, and the summary of a day',
    path: '/usage',
    work: async (keys, page, { api }) => {
      await keys.press('/');
      await keys.has(page.getByRole('textbox', { name: 'Used by' }));
      await keys.write('umbrella-production');
      await keys.until(
        async () =>
          (await page.getByRole('table', { name: 'Usage events' }).locator('[data-row]').allInnerTexts()).every((words) =>
            words.includes('umbrella-production'),
          ),
        () => 'the list holds what was asked for',
      );
      await keys.press('Enter');
      await keys.has(row(page, 'Usage events').first());
      await keys.press('Enter');
      const drawer = dialog(page, 'Usage event');
      await keys.isIn(drawer);
      const id = new URL(page.url()).searchParams.get('sel')!;
      const asks = dialog(page, 'Correct this usage');
      await keys.opens(button(drawer, 'Correct…'), asks);
      await keys.to(asks.getByRole('textbox', { name: 'Data' }));
      await keys.rewrite('{ "calls": 41, "billable": true }');
      await keys.to(asks.getByRole('textbox', { name: 'Reason' }));
      await keys.write('Counted by hand');
      await keys.does(button(asks, 'Correct'));
      await asks.waitFor({ state: 'detached' });
      await keys.isIn(drawer);
      expect((await api.GET('/v1/usage/events/{id}', { params: { path: { id } } })).data!.chain).toHaveLength(2);
      await keys.press('Escape');
      await drawer.waitFor({ state: 'detached' });
      await keys.keepsFocus();
      await keys.to(page.getByRole('tab', { name: 'Events' }), { key: 'Shift+Tab' });
      await keys.press('ArrowRight');
      await row(page, 'Usage summaries').first().waitFor();
      await keys.press('j');
      await keys.press('Enter');
      await page.waitForURL(/\/usage\/summaries\//);
      await arrives(keys, page, /./);
    },
  },
  {
    page: 'lineage: the way of an invoice, and on to its message',
    path: '/trace',
    work: async (keys, page, company) => {
      const { title } = await postedInvoice(company);
      await keys.to(page.getByRole('textbox', { name: 'Any id or number' }));
      await keys.write(title!);
      await keys.press('Enter');
      await arrives(keys, page, /^The way of/);
      await keys.presses(page.getByRole('list', { name: 'In their targets' }).getByRole('link').first());
      await page.waitForURL(/\/messages\//);
      await arrives(keys, page, /./);
    },
  },
  {
    page: 'reconciliation: a control run now, and signed or a gap accepted',
    path: '/recon',
    work: async (keys, page, { api }) => {
      await keys.presses(button(page, 'Run erp-de-invoices now'));
      await page.waitForURL(/\/recon\/erp-de-invoices\//);
      await page.getByRole('heading', { name: 'Gaps' }).waitFor();
      await loaded(page);
      await keys.keepsFocus();
      const run = async () => {
        const id = new URL(page.url()).pathname.split('/').at(-1)!;
        return (await api.GET('/v1/control-runs/{id}', { params: { path: { id } } })).data!;
      };
      const now = await run();
      if (now.openGaps === 0 && now.day <= now.ends) {
        // This month is not over, so nobody signs it yet; the one before it is.
        const period = new Date(Date.parse(now.starts) - 86_400_000).toISOString().slice(0, 7);
        const { id } = (await api.POST('/v1/controls/{name}/runs', { params: { path: { name: now.control } }, body: { period } })).data!;
        const ended = async () => (await api.GET('/v1/control-runs/{id}', { params: { path: { id } } })).data!.state === 'done';
        while (!(await ended())) await page.waitForTimeout(200);
        await page.goto(new URL(`/recon/${now.control}/${id}`, page.url()).href);
        await page.getByRole('heading', { name: 'Gaps' }).waitFor();
        await loaded(page);
        await keys.toContent();
      }
      if ((await run()).openGaps > 0) {
        const asks = dialog(page, 'Accept as explained');
        await keys.opens(button(page, 'Accept as explained…').first(), asks);
        await keys.to(asks.getByRole('textbox', { name: 'Reason' }));
        await keys.write('Right as it is');
        await keys.does(button(asks, 'Accept as explained'));
        await asks.waitFor({ state: 'detached' });
        await keys.keepsFocus();
        return;
      }
      const asks = dialog(page, 'Sign as preparer');
      await keys.opens(button(page, 'Sign as preparer'), asks);
      await keys.does(button(asks, 'Sign'));
      await asks.waitFor({ state: 'detached' });
      await keys.keepsFocus();
      expect((await run()).checkpoints[0]).toMatchObject({ state: 'prepared', runId: (await run()).id });
    },
  },
  {
    page: 'alerts: a channel made, tried, and removed',
    path: '/alerts?tab=channels',
    work: async (keys, page, { api, sandbox }) => {
      const names = async () => (await api.GET('/v1/alert-channels')).data!.items.map(({ name }) => name);
      const makes = dialog(page, 'Make channel');
      await keys.opens(button(page, 'Make channel'), makes);
      await keys.has(makes.getByRole('textbox', { name: 'Name' }));
      await keys.write('night-desk');
      await keys.to(makes.getByRole('combobox', { name: 'Kind' }).or(makes.getByRole('textbox', { name: 'Kind' })));
      await keys.chooses(/Slack/);
      await keys.to(makes.getByLabel('Address of the incoming webhook'));
      await keys.write(`${sandbox.url}/nowhere`);
      await keys.does(button(makes, 'Save channel'));
      await makes.waitFor({ state: 'detached' });
      await keys.keepsFocus();
      expect(await names()).toContain('night-desk');
      await keys.presses(button(page, 'Send a test to night-desk'));
      await page.getByText('Could not send the test').waitFor();
      await keys.has(button(page, 'Send a test to night-desk'));
      await keys.opens(button(page, 'Remove night-desk'), dialog(page, 'Remove channel'));
      await keys.does(button(dialog(page, 'Remove channel'), 'Remove'));
      await button(page, 'Remove night-desk').waitFor({ state: 'detached' });
      await keys.keepsFocus();
      expect(await names()).not.toContain('night-desk');
    },
  },
  {
    page: 'operations: synthetic transactions paused with a reason, and resumed',
    path: async ({ api }) => {
      const yaml = await readFile(join(root, `mappings/sandbox-erp/${synthetic}.synthetic.yaml`), 'utf8');
      const { error } = await api.PUT('/v1/synthetic-checks/{name}', { params: { path: { name: synthetic } }, body: { yaml } });
      if (error) throw new Error(`No synthetic check could be saved: ${JSON.stringify(error)}`);
      return '/ops?tab=synthetic';
    },
    work: async (keys, page, { api }) => {
      const check = async () => (await api.GET('/v1/synthetic-checks')).data!.items.find(({ name }) => name === synthetic)!;
      await keys.opens(button(page, `Pause ${synthetic}`), dialog(page, 'Pause'));
      await keys.has(dialog(page, 'Pause').getByRole('textbox', { name: 'Reason' }));
      await keys.write('The books are closed');
      await keys.does(button(dialog(page, 'Pause'), 'Pause'));
      await keys.has(button(page, `Resume ${synthetic}`));
      expect((await check()).paused).toMatchObject({ reason: 'The books are closed' });
      await keys.opens(button(page, `Resume ${synthetic}`), dialog(page, 'Resume'));
      await keys.write('The books are open');
      await keys.does(button(dialog(page, 'Resume'), 'Resume'));
      await keys.has(button(page, `Pause ${synthetic}`));
      expect((await check()).paused).toBeNull();
    },
  },
  {
    page: 'audit log: filtered, an entry opened, and an export asked for',
    path: '/audit',
    work: async (keys, page, { api }) => {
      await keys.press('/');
      await keys.has(page.getByRole('textbox', { name: 'Actor' }));
      await keys.to(page.getByRole('textbox', { name: 'Action' }));
      await keys.write('flow.saved');
      const { data } = await api.GET('/v1/audit', { params: { query: { action: 'flow.saved' } } });
      const entries = page.getByRole('main').locator('[data-row-link]');
      await keys.until(
        async () => (await page.getByRole('main').locator('[data-row]').first().getAttribute('data-row')) === data!.items[0]!.id,
        () => 'the log holds what was asked for',
      );
      await keys.press('Enter');
      await keys.has(entries.first());
      await keys.press('Enter');
      await page.getByRole('main').getByRole('button', { expanded: true }).waitFor();
      await keys.has(entries.first());
      const exports = dialog(page, 'Export the audit log');
      await keys.opens(button(page, 'Export'), exports, { key: 'Shift+Tab' });
      await keys.leaves(exports, button(page, 'Export'));
    },
  },
  {
    page: 'access: somebody invited with a role, a key made and shown once, and revoked',
    path: '/access',
    work: async (keys, page, { api }) => {
      const invites = dialog(page, 'Invite user');
      await keys.opens(button(page, 'Invite user'), invites);
      await keys.has(invites.getByRole('textbox', { name: 'Name' }));
      await keys.write('Grace Hopper');
      await keys.to(invites.getByRole('textbox', { name: 'E-mail' }));
      await keys.write('grace@example.org');
      await keys.to(invites.getByRole('combobox', { name: 'Roles' }));
      await keys.chooses('Viewer');
      await keys.press('Escape');
      await keys.does(button(invites, 'Invite user'));
      await keys.isIn(invites);
      await keys.presses(button(invites, 'I have copied it'));
      await invites.waitFor({ state: 'detached' });
      await keys.has(button(page, 'Invite user'));
      const { data: users } = await api.GET('/v1/users');
      expect(users!.items.find(({ email }) => email === 'grace@example.org')).toMatchObject({ roles: ['viewer'] });

      await keys.to(page.getByRole('tab', { name: 'Users' }), { key: 'Shift+Tab' });
      await keys.to(page.getByRole('tab', { name: 'API keys' }), { key: 'ArrowRight' });
      const creates = dialog(page, 'Create key');
      await keys.opens(button(page, 'Create key'), creates);
      await keys.has(creates.getByRole('textbox', { name: 'Name' }));
      await keys.write('night-job');
      await keys.to(creates.getByRole('combobox', { name: 'Permissions' }));
      await keys.chooses(/./);
      await keys.press('Escape');
      await keys.does(button(creates, 'Create key'));
      await keys.isIn(creates);
      await keys.presses(button(creates, 'I have copied it'));
      await creates.waitFor({ state: 'detached' });
      await keys.has(button(page, 'Create key'));
      await keys.opens(button(page, 'Revoke night-job'), dialog(page, 'Revoke key'));
      await keys.to(dialog(page, 'Revoke key').getByRole('textbox'));
      await keys.write('night-job');
      await keys.does(button(dialog(page, 'Revoke key'), 'Revoke'));
      await button(page, 'Revoke night-job').waitFor({ state: 'detached' });
      await keys.keepsFocus();
      const { data: made } = await api.GET('/v1/api-keys');
      expect(made!.items.find(({ name }) => name === 'night-job')!.revokedAt).not.toBeNull();
    },
  },
  {
    page: 'erasures: one asked for, and withdrawn',
    path: '/erasures',
    work: async (keys, page, { api }) => {
      const asks = dialog(page, 'Ask for an erasure');
      await keys.opens(button(page, 'Ask for an erasure'), asks);
      await keys.has(asks.getByRole('combobox', { name: 'Connection' }).or(asks.getByRole('textbox', { name: 'Connection' })));
      await keys.write('stripe');
      await keys.chooses('stripe');
      await keys.to(asks.getByRole('textbox', { name: 'Customer' }));
      await keys.write(customer);
      await keys.to(asks.getByRole('textbox', { name: 'Reason' }));
      await keys.write('Asked by letter');
      await keys.does(button(asks, 'Ask'));
      const drawer = dialog(page, 'Erasure');
      await keys.isIn(drawer);
      await keys.does(button(drawer, 'Withdraw'));
      await button(drawer, 'Withdraw').waitFor({ state: 'detached' });
      await keys.isIn(drawer);
      await keys.press('Escape');
      await drawer.waitFor({ state: 'detached' });
      await keys.keepsFocus();
      const { data } = await api.GET('/v1/erasures');
      expect(data!.items.find((one) => one.customer === customer)!.state).toBe('withdrawn');
    },
  },
  {
    page: 'header: the search box by Ctrl K leads to a pasted id, the sheet of keys by ?, the time zone and the colours',
    path: '/flows',
    work: async (keys, page, company) => {
      await keys.press('ControlOrMeta+k');
      const search = page.getByRole('dialog').getByRole('textbox', { name: 'Search' });
      await keys.has(search);
      const { id, title } = await postedInvoice(company);
      await page.keyboard.insertText(id);
      await page.getByText('Open: message').waitFor();
      await keys.press('Enter');
      await page.waitForURL(new RegExp(id));
      await arrives(keys, page, title!);
      await keys.press('?');
      const sheet = dialog(page, 'Keyboard shortcuts');
      await keys.isIn(sheet);
      await keys.leaves(sheet, heading(page));
      const colours = button(page, /^Colours/);
      await keys.to(colours, { key: 'Shift+Tab' });
      await keys.press('Enter');
      await keys.to(page.getByRole('menuitem', { name: 'Dark' }), { key: 'ArrowDown' });
      await keys.press('Enter');
      await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
      await keys.has(colours);
      await keys.to(page.getByRole('radio', { name: /./ }).first(), { key: 'Shift+Tab' });
      await keys.press('ArrowRight');
      expect(await page.getByRole('radio', { name: 'UTC' }).isChecked()).toBe(true);
    },
  },
  {
    page: 'profile: another password',
    path: '/profile',
    work: async (keys, page) => {
      for (const [field, text] of [['Current password', access.password], ['New password', 'eleven purple umbrellas'], ['New password again', 'eleven purple umbrellas']] as const) {
        await keys.to(page.getByLabel(field, { exact: true }));
        await keys.write(text);
      } // prettier-ignore
      await keys.does(button(page, 'Change password'));
      await keys.has(button(page, 'Change password'));
    },
  },
];

const suite = noBrowser ? describe.skip : describe;

suite(noBrowser ? `by keyboard alone (skipped: ${noBrowser})` : 'by keyboard alone', () => {
  let company: LivingCompany;
  let browser: Browser;
  /** One for all pages: a new one would compile the program anew. */
  let window: Window;

  beforeAll(async () => {
    browser = await openBrowser();
    company = await startLivingCompany({ lastScene: 'Umbrella orders a long list of services' });
    await someUsage(company);
    const { error } = await company.api.POST('/v1/flows/{name}/runs', {
      params: { path: { name: 'stripe-invoices' } },
      body: { kind: 'poll' },
    });
    if (error) throw new Error(`No run could be started: ${JSON.stringify(error)}`);
    window = await openWindow(browser, company.url, { colorScheme: 'light' });
    await window.page.goto('/');
    await signIn(window.page);
    await heading(window.page, 'Overview').waitFor();
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    await company?.stop();
  }, 60_000);

  it('signs in: a wrong password is said to be wrong, and the right one is typed in its place', async () => {
    const { page, complaints } = await openWindow(browser, company.url);
    const keys = new Keyboard(page);
    await page.goto('/');
    await keys.has(page.getByRole('textbox', { name: 'E-mail' }));
    await keys.write(access.email);
    await keys.to(page.getByLabel('Password', { exact: true }));
    await keys.write('not this one');
    await keys.press('Enter');
    await page.getByText('E-mail address or password is wrong').waitFor();
    await keys.has(page.getByLabel('Password', { exact: true }));
    await keys.rewrite(access.password);
    await keys.press('Enter');
    await heading(page, 'Overview').waitFor();
    expect(complaints.filter((line) => !/status of 401/.test(line))).toEqual([]);
    await page.context().close();
  }, 60_000);

  it.each(tasks)(
    '$page',
    async ({ path, work }) => {
      const address = typeof path === 'string' ? path : await path(company);
      const { page, complaints } = window;
      complaints.length = 0;
      const keys = new Keyboard(page);
      await page.goto(address);
      await heading(page).waitFor();
      await loaded(page);
      await keys.toContent();
      await work(keys, page, company).catch(async (error: unknown) => {
        await page.screenshot({ path: join(root, 'test-results', 'by-keyboard-failed.png') });
        throw error;
      });
      expect(complaints).toEqual([]);
    },
    90_000,
  );
});
