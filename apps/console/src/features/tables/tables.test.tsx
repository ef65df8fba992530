// A draft of a table on screen: what it would change, cell by cell, what it does, and each step with exactly what was shown; an edit of a record.
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { createFakeEngine, problem } from '../../../test/fake-engine.js';
import { admin, draft, exceptions } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

const address = `/tables/tax-code/drafts/${draft.id}`;
const callsOf = (engine: ReturnType<typeof createFakeEngine>) => engine.writes.map(({ call }) => call.replace(/(drf|exc)_\w+/, ':id'));

describe('a draft', () => {
  it('shows every cell, what it clears and what it changes, and publishes by the hash of what was shown', async () => {
    const { person, engine } = openConsole(address);
    const list = await screen.findByRole('list', { name: 'Changes of the draft' });
    within(list).getByText('DE-19');
    within(list).getByText('always valid');
    const impact = await screen.findByRole('table', { name: 'Impact by flow' });
    expect(screen.getByText('open exceptions cleared').parentElement).toHaveTextContent(/^3open exceptions cleared.*12,204\.50$/);
    expect(within(impact).getAllByText(/90,071,992,547,409\.93/)).toHaveLength(2);
    await person.click(screen.getByRole('button', { name: 'Publish…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Publish' });
    await person.click(within(dialog).getByRole('button', { name: 'Publish' }));
    await screen.findByText('It is live as version 32.', { exact: false });
    expect(engine.writes.at(-1)).toMatchObject({ body: { contentHash: draft.contentHash } });
  });

  it('says that it is behind, whose rows, and is rebased before anything else', async () => {
    const engine = createFakeEngine();
    let behind = true;
    engine.answer(`GET /v1/table-drafts/${draft.id}`, () => ({
      ...draft,
      behind,
      tableVersion: 33,
      conflicts: behind ? [{ country: 'DE', category: 'saas' }] : [],
    }));
    engine.answer('POST /v1/table-drafts/:id/rebase', () => {
      behind = false;
      return draft;
    });
    const { person } = openConsole(address, engine);
    await screen.findByText(/Somebody else changed a row of this draft: DE · saas/);
    expect(screen.getByRole('button', { name: 'Publish…' })).toBeDisabled();
    await person.click(screen.getByRole('button', { name: 'Rebase on version 33' }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Publish…' })).toBeEnabled());
    expect(engine.writes.at(-1)).toMatchObject({ body: { revision: 1, version: 33 } });
  });

  it('tells problems by cell and cannot be submitted with them; a change is taken out by its key and day', async () => {
    const engine = createFakeEngine();
    const [entry] = draft.entries;
    const detail = 'code is required';
    const flawed = {
      ...entry!,
      kind: 'refused' as const,
      problems: [{ code: 'TABLE_INVALID', path: '/changes/0/values/code', line: 7, detail }],
    };
    engine.answer(`GET /v1/table-drafts/${draft.id}`, () => ({
      ...draft,
      entries: [flawed],
      counts: { ...draft.counts, added: 0, refused: 1 },
    }));
    const { person } = openConsole(address, engine);
    await screen.findByText('Line 7: code is required.');
    expect(screen.getByRole('button', { name: 'Publish…' })).toBeDisabled();
    await person.click(screen.getByRole('button', { name: 'Take out DE · saas' }));
    await waitFor(() =>
      expect(engine.writes.at(-1)).toMatchObject({ body: { revision: 1, drop: [{ key: entry!.key, validFrom: null }] } }),
    );
  });

  it('that waits for approval is taken back', async () => {
    const engine = createFakeEngine();
    let state = 'submitted';
    engine.answer(`GET /v1/table-drafts/${draft.id}`, () => ({ ...draft, state, approver: 'finance-approver' }));
    engine.answer('POST /v1/table-drafts/:id/reopen', () => {
      state = 'open';
      return draft;
    });
    const { person } = openConsole(address, engine);
    await person.click(await screen.findByRole('button', { name: 'Take back' }));
    await screen.findByRole('button', { name: 'Submit for approval…' });
  });

  it('offers nothing to do to somebody who may only look', async () => {
    openConsole(address, createFakeEngine({ identity: { ...admin, permissions: ['table.read', 'message.read'] } }));
    await screen.findByRole('list', { name: 'Changes of the draft' });
    for (const name of [/Publish/, /Withdraw/, /Take out/, /Add a change/]) expect(screen.queryByRole('button', { name })).toBeNull();
  });
});

describe('a table', () => {
  it('begins a draft with a row, and goes to it', async () => {
    const { person, engine, address: where } = openConsole('/tables/tax-code');
    await person.click(await screen.findByRole('button', { name: 'Add row…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Add a row to Tax codes' });
    for (const [label, value] of [[/country/, 'AT'], [/category/, 'saas'], [/^code/, 'AT-20'], [/^rate/, '20']] as const) await person.type(within(dialog).getByLabelText(label), value); // prettier-ignore
    await person.click(within(dialog).getByRole('button', { name: 'Draft the row' }));
    await waitFor(() => expect(where()).toBe(address));
    expect(engine.writes).toMatchObject([{ call: 'POST /v1/tables/tax-code/drafts', body: { put: [{ key: { country: 'AT' }, values: { code: 'AT-20' } }] } }]); // prettier-ignore
  });

  it('tells of a file what is wrong with it, by line', async () => {
    const engine = createFakeEngine();
    engine.answer('POST /v1/tables/:name/drafts', () =>
      problem(422, 'TABLE_INVALID', 'The file has 1 problem.', {
        problems: [{ code: 'TABLE_INVALID', line: 3, detail: 'repeats the row of line 2' }],
      }),
    );
    const { person } = openConsole('/tables/tax-code', engine);
    await person.click(await screen.findByRole('button', { name: 'Import CSV…' }));
    const dialog = await screen.findByRole('dialog', { name: /^Import CSV/ });
    await person.click(within(dialog).getByLabelText('Or paste'));
    await person.paste('country,category,code\nDE,saas,a\nDE,saas,b');
    await person.click(within(dialog).getByRole('button', { name: 'Draft the changes' }));
    await within(dialog).findByText(/repeats the row of line 2/);
  });

  it('shows who wrote and who approved each version, and decides who approves with a reason', async () => {
    const { person, engine } = openConsole('/tables/tax-code?tab=history');
    const versions = await screen.findByRole('table', { name: 'Versions of Tax codes' });
    within(versions).getByText('Admin One');
    await person.click(screen.getByRole('button', { name: 'Change this…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Who approves a change' });
    await person.click(within(dialog).getByRole('radio', { name: /A finance approver/ }));
    expect(within(dialog).getByRole('button', { name: 'Decide' })).toBeDisabled();
    await person.type(within(dialog).getByLabelText(/Reason/), 'four eyes');
    await person.click(within(dialog).getByRole('button', { name: 'Decide' }));
    await waitFor(() => expect(engine.writes.at(-1)).toMatchObject({ call: 'PUT /v1/tables/tax-code/approver', body: { approver: 'finance-approver', reason: 'four eyes' } })); // prettier-ignore
  });
});

describe('an edit', () => {
  it('offers what the exception names, says why the rest is locked, shows what would be sent, and asks with a reason', async () => {
    const { person, engine } = openConsole(`/exceptions?sel=${exceptions[0]!.id}`);
    const drawer = await screen.findByRole('dialog', { name: 'Exception' });
    await person.click(await within(drawer).findByRole('button', { name: 'Correct a field of the record…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Correct fields of the record' });
    const country = await within(dialog).findByRole('textbox', { name: '/customer_address/country' });
    expect(within(dialog).queryByRole('textbox', { name: '/customer_address/city' })).toBeNull();
    await person.click(within(dialog).getByText('All'));
    within(dialog).getByText(/A number is an amount/);
    expect(within(dialog).queryByRole('textbox', { name: '/total' })).toBeNull();
    await person.clear(country);
    await person.type(within(dialog).getByRole('textbox', { name: '/customer_address/country' }), 'AT');
    await person.click(within(dialog).getByRole('button', { name: 'Show what would be sent' }));
    await within(dialog).findByText('What would be sent');
    expect(within(dialog).getByRole('button', { name: 'Ask for approval' })).toBeDisabled();
    await person.type(within(dialog).getByLabelText(/Reason/), 'a typing error');
    await person.click(within(dialog).getByRole('button', { name: 'Ask for approval' }));
    await within(dialog).findByText(/Somebody who did not make the edit decides/);
    expect(callsOf(engine)).toEqual(['POST /v1/exceptions/:id/edits/preview', 'POST /v1/exceptions/:id/edits']);
    expect(engine.writes.at(-1)!.body).toEqual({
      changes: [{ path: '/customer_address/country', value: 'AT' }],
      contentHash: 'c0ffee00'.repeat(8),
      reason: 'a typing error',
    });
  });
});
