/** The ways that people take through the console, over an engine in memory. */
import { describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { createFakeEngine, problem } from '../../test/fake-engine.js';
import { admin, approvalDetail, approvals, exceptions, id, runs, users } from '../../test/fixtures.js';
import { openConsole } from '../../test/open-console.js';

describe('signing in', () => {
  it('asks first, refuses a wrong password, and then goes on to the page that was asked for', async () => {
    const { person, address } = openConsole('/messages?state=posted', createFakeEngine({ signedIn: false }));
    await screen.findByRole('heading', { name: 'Sign in' });
    await person.type(screen.getByLabelText('E-mail'), 'admin@example.test');
    await person.type(screen.getByLabelText('Password'), 'wrong');
    await person.click(screen.getByRole('button', { name: 'Sign in' }));
    await screen.findByText('E-mail address or password is wrong');
    await person.type(screen.getByLabelText('Password'), 'correct horse');
    await person.click(screen.getByRole('button', { name: 'Sign in' }));
    await screen.findByRole('heading', { name: 'Messages' });
    expect(address()).toBe('/messages?state=posted');
  });

  it('says what else may be wrong in the words of the engine', async () => {
    const engine = createFakeEngine({ signedIn: false });
    engine.answer('POST /v1/session', () => problem(403, 'ORIGIN_REFUSED', 'This page is of another address than the engine.'));
    const { person } = openConsole('/', engine);
    await person.type(await screen.findByLabelText('E-mail'), 'admin@example.test');
    await person.type(screen.getByLabelText('Password'), 'correct horse{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent(/Could not sign in.*another address/);
  });

  it('says how long to wait after too many tries', async () => {
    const { person } = openConsole('/', createFakeEngine({ signedIn: false }));
    await person.type(await screen.findByLabelText('E-mail'), 'admin@example.test');
    await person.type(screen.getByLabelText('Password'), 'flood');
    await person.click(screen.getByRole('button', { name: 'Sign in' }));
    await screen.findByText(/Wait 4\d seconds/);
    expect(screen.getByRole('button', { name: 'Sign in' })).toBeDisabled();
  });

  it('asks for the code after the password, and again when it was wrong', async () => {
    const { person, engine, address } = openConsole('/runs', createFakeEngine({ signedIn: false }));
    await person.type(await screen.findByLabelText('E-mail'), 'admin@example.test');
    await person.type(screen.getByLabelText('Password'), 'with a second factor{Enter}');
    await screen.findByRole('heading', { name: 'Second factor' });
    await person.type(screen.getByLabelText('Code'), '000000{Enter}');
    await screen.findByText('The code is wrong or was used before');
    expect(screen.getByLabelText('Code')).toHaveValue('');
    await person.type(screen.getByLabelText('Code'), '123456{Enter}');
    await screen.findByRole('heading', { name: 'Runs' });
    expect(address()).toBe('/runs');
    expect(engine.writes.at(-1)).toMatchObject({ body: { email: 'admin@example.test', password: 'with a second factor', code: '123456' } });
  });

  it('offers the provider, and says why it did not let somebody in', async () => {
    const { router } = openConsole('/sign-in', createFakeEngine({ signedIn: false }));
    await screen.findByRole('button', { name: 'Sign in with Example Corp' });
    await router.navigate({ to: '/sign-in/provider' });
    await screen.findByText(/in no group that has a role here/);
    screen.getByRole('link', { name: 'Back to sign-in' });
  });

  it('sends a link for a forgotten password without saying who is known', async () => {
    const { person, engine } = openConsole('/sign-in', createFakeEngine({ signedIn: false }));
    await person.click(await screen.findByRole('link', { name: 'Forgotten password?' }));
    await person.type(await screen.findByLabelText('E-mail'), 'grace@example.test{Enter}');
    await screen.findByText(/has access here, a mail with a link arrives/);
    expect(engine.writes).toEqual([{ call: 'POST /v1/session/reset', body: { email: 'grace@example.test' } }]);
  });

  it('lets the invited choose a password, and says when a link is worth nothing', async () => {
    globalThis.location.hash = '#a-good-token-of-an-invitation';
    const { person, engine, address } = openConsole('/welcome', createFakeEngine({ signedIn: false }));
    await screen.findByRole('heading', { name: 'Welcome, Grace' });
    await person.type(screen.getByLabelText('Password'), 'seven green bicycles');
    await person.type(screen.getByLabelText('Password again'), 'seven green bicycle{Enter}');
    await screen.findByText('Not the same as above');
    await person.type(screen.getByLabelText('Password again'), 's{Enter}');
    await screen.findByRole('heading', { name: 'Sign in' });
    expect(engine.writes.at(-1)).toEqual({
      call: 'POST /v1/session/link/password',
      body: { token: 'a-good-token-of-an-invitation', password: 'seven green bicycles' },
    });
    expect(address()).toContain('/sign-in');
    expect(screen.getByLabelText('E-mail')).toHaveValue('grace@example.test');
    cleanup();
    globalThis.location.hash = '#used';
    openConsole('/welcome', createFakeEngine({ signedIn: false }));
    await screen.findByRole('heading', { name: 'This link does not work' });
    globalThis.location.hash = '';
  });

  it('leads finance to the exceptions', async () => {
    const { address } = openConsole('/', createFakeEngine({ identity: { ...admin, roles: ['finance-operator'] } }));
    await screen.findByRole('heading', { name: 'Exceptions' });
    expect(address()).toBe('/exceptions');
  });

  it('returns to the sign-in page when the session ends, keeping the way back', async () => {
    const { engine, router, address } = openConsole('/runs');
    await screen.findByRole('table', { name: 'Runs' });
    engine.answer('GET /v1/tables', () => problem(401, 'SIGNED_OUT', 'Sign in first'));
    engine.signedIn = false;
    await router.navigate({ to: '/tables', search: { q: 'tax' } });
    await screen.findByRole('heading', { name: 'Sign in' });
    expect(decodeURIComponent(address())).toBe('/sign-in?to=/tables?q=tax');
  });
});

describe('messages', () => {
  it('keeps filters in the address and removes them in one click', async () => {
    const { person, address } = openConsole('/messages?q=none-such');
    await screen.findByText('No messages match');
    await person.click(screen.getByRole('button', { name: 'Remove filters' }));
    const table = await screen.findByRole('table', { name: 'Messages' });
    expect(address()).toBe('/messages');
    expect(within(table).getAllByRole('row')).toHaveLength(51);
    await person.click(screen.getByRole('button', { name: 'Load more' }));
    await waitFor(() => expect(within(table).getAllByRole('row')).toHaveLength(61));
    await person.type(screen.getByLabelText('Find messages'), 'INV-2026-0512');
    await waitFor(() => expect(address()).toBe('/messages?q=INV-2026-0512'));
  });

  it('moves and selects by keys', async () => {
    const { person } = openConsole('/messages');
    await screen.findByRole('table', { name: 'Messages' });
    await person.keyboard('jjx');
    await screen.findByText('1 selected');
    expect(screen.getAllByRole('row')[2]).toHaveAttribute('aria-selected', 'true');
  });

  it('shows the exact stored text of a stage', async () => {
    const { person } = openConsole(`/messages/${id('msg', 0)}?stage=accept`);
    await screen.findByText('9007199254740993');
    await person.click(screen.getByText('Exact text'));
    expect(await screen.findByRole('region', { name: 'Exact text after accept' })).toHaveTextContent('"rate":1.10');
  });

  it('says what failed, with the request id, and tries again', async () => {
    const engine = createFakeEngine();
    let down = true;
    engine.answer('GET /v1/runs', () => (down ? problem(500, 'DATABASE_DOWN', 'The database did not answer') : { items: [], next: null }));
    const { person } = openConsole('/runs', engine);
    await screen.findByText('The database did not answer');
    screen.getByText('request req-0001');
    down = false;
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('No runs yet');
  });
});

describe('exceptions', () => {
  it('goes from the cause over the missing row and the preview to the replay', async () => {
    const { person, engine } = openConsole('/exceptions');
    const group = (await screen.findByRole('heading', { name: 'No tax code for country DE and category saas' })).closest('li')!;
    await person.click(within(group).getByRole('button', { name: 'Look at one' }));
    const drawer = await screen.findByRole('dialog', { name: 'Exception' });

    await person.click(await within(drawer).findByRole('button', { name: 'Write the row here' }));
    expect(await within(drawer).findByLabelText(/country/)).toHaveValue('DE');
    await within(drawer).findByText(/^Code in the ERP, such as US-NT, FR-20/);
    within(drawer).getByText('The row needs no approval: it is live when you publish it.');
    await person.type(within(drawer).getByLabelText(/^code/), 'DE-19');
    await person.type(within(drawer).getByLabelText(/^rate/), '19.00');
    await person.click(within(drawer).getByRole('button', { name: 'Show what it clears' }));
    await within(drawer).findByText(/clears this exception and 2 others\. They hold/);
    expect(engine.writes.at(-1)).toMatchObject({
      call: expect.stringMatching(/^POST \/v1\/exceptions\/exc_\w+\/table-draft$/),
      body: { put: [{ key: { country: 'DE', category: 'saas' }, values: { code: 'DE-19', rate: '19.00', reverseCharge: null } }] },
    });
    await person.click(within(drawer).getByRole('button', { name: 'Publish the row' }));
    await within(drawer).findByText(/live as version 32 of tax-code/);

    await person.click(within(drawer).getByRole('button', { name: /Replay all 3/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Replay' });
    await within(dialog).findByText('Will be sent: 3');
    await person.click(within(dialog).getByRole('button', { name: 'Replay all 3' }));
    await within(dialog).findByText('Replay ended: 3 posted');
    expect(engine.writes.map(({ call }) => call)).toContain('POST /v1/selections');
    expect(engine.writes.at(-1)).toMatchObject({ call: 'POST /v1/replays', body: { selection: expect.stringMatching(/^sel_/) } });
  });

  it('sends nothing when the preview is refused', async () => {
    const engine = createFakeEngine();
    engine.answer('POST /v1/replays/preview', () =>
      problem(409, 'FLOW_PAUSED', 'Flow stripe-invoices is paused', { remedy: 'Resume it, then replay' }),
    );
    const { person } = openConsole(`/exceptions?sel=${exceptions[0]!.id}`, engine);
    await person.click(await screen.findByRole('button', { name: 'Preview replay' }));
    await screen.findByText('Flow stripe-invoices is paused');
    expect(engine.writes.map((write) => write.call)).toEqual(['POST /v1/replays/preview']);
  });

  it('leads from the end of a replay to what stopped, also of what was handed on', async () => {
    const engine = createFakeEngine();
    engine.answer('GET /v1/runs/:id', ({ params }) => ({
      ...runs[0]!,
      id: params['id'],
      kind: 'replay',
      messages: { posted: 1, exception: 1 },
    }));
    const { person } = openConsole(`/exceptions?sel=${exceptions[0]!.id}`, engine);
    await person.click(await screen.findByRole('button', { name: 'Preview replay' }));
    const dialog = await screen.findByRole('dialog', { name: 'Replay' });
    await person.click(await within(dialog).findByRole('button', { name: 'Replay 1 message' }));
    await within(dialog).findByText('Replay ended: 1 posted and 1 stopped');
    within(dialog).getByText('Of 1 chosen, and what they were handed on as.');
    const link = within(dialog).getByRole('link', { name: 'See what stopped' });
    expect(link.getAttribute('href')).toMatch(/^\/messages\?.*run=run_\w+.*state=exception/);
  });

  it('resolves without posting only with a reason and the typed number', async () => {
    const { person, engine } = openConsole(`/exceptions?sel=${exceptions[0]!.id}`);
    await person.click(await screen.findByRole('button', { name: /Resolve without posting/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Resolve without posting' });
    const button = within(dialog).getByRole('button', { name: 'Resolve' });
    await person.type(within(dialog).getByLabelText(/Why will it not be posted/), 'Booked by hand');
    expect(button).toBeDisabled();
    await person.type(within(dialog).getByLabelText(/to confirm/), exceptions[0]!.title!);
    await person.click(button);
    await waitFor(() =>
      expect(engine.writes.at(-1)).toEqual({
        call: `POST /v1/exceptions/${exceptions[0]!.id}/resolve`,
        body: { reason: 'Booked by hand' },
      }),
    );
  });

  it('offers no replay to somebody who may not', async () => {
    openConsole('/exceptions', createFakeEngine({ identity: { ...admin, permissions: ['exception.read', 'message.read'] } }));
    await screen.findByRole('heading', { name: /posting period/ });
    expect(screen.queryByRole('button', { name: /Replay/ })).toBeNull();
  });
});

describe('approvals', () => {
  const address = `/approvals?sel=${approvals[0]!.id}`;

  it('shows the document, its amount, who asks and what is bound, and approves with the hash that was shown', async () => {
    const { person, engine } = openConsole(address);
    const dialog = await screen.findByRole('dialog', { name: 'Approval' });
    await within(dialog).findByText(/^INV-2026-0508/);
    for (const said of ['Umber & Sons', 'Waybill, by the rule large-amount', 'release 14, mapping erp-invoice 7'])
      within(dialog).getByText(said);
    within(dialog).getByText(/Ines Ortega wrote version 7 of the mapping erp-invoice/);
    await person.click(within(dialog).getByRole('button', { name: 'Approve…' }));
    const asks = await screen.findByRole('dialog', { name: 'Approve' });
    expect(asks).toHaveTextContent(/INV-2026-0508, Umber & Sons, .*The document goes on to its target\./);
    await person.click(within(asks).getByRole('button', { name: 'Approve' }));
    await waitFor(() =>
      expect(engine.writes.at(-1)).toEqual({
        call: `POST /v1/approvals/${approvals[0]!.id}/approve`,
        body: { contentHash: approvals[0]!.contentHash },
      }),
    );
  });

  it('says why somebody may not approve their own work, and lets them reject it', async () => {
    const engine = createFakeEngine();
    const ownPart = 'You wrote version 7 of the mapping erp-invoice, so somebody else approves what came of it.';
    engine.answer(`GET /v1/approvals/:id`, () => ({ ...approvals[0], ...approvalDetail, ownPart }));
    openConsole(address, engine);
    const dialog = await screen.findByRole('dialog', { name: 'Approval' });
    await within(dialog).findByText(/You wrote version 7 of the mapping erp-invoice/);
    expect(within(dialog).getByRole('button', { name: 'Approve…' })).toBeDisabled();
    expect(within(dialog).getByRole('button', { name: 'Reject…' })).toBeEnabled();
  });
});

describe('access', () => {
  it('invites somebody and shows the link once where no mail is sent', async () => {
    const { person, engine } = openConsole('/access');
    await person.click(await screen.findByRole('button', { name: 'Invite user' }));
    const dialog = await screen.findByRole('dialog', { name: 'Invite user' });
    await person.type(within(dialog).getByLabelText(/^Name/), 'Grace');
    await person.type(within(dialog).getByLabelText(/^E-mail/), 'grace@example.test');
    await person.click(within(dialog).getByRole('combobox', { name: /^Roles/ }));
    await person.click(await screen.findByRole('option', { name: 'Viewer' }));
    await person.click(within(dialog).getByRole('button', { name: 'Invite user' }));
    await within(dialog).findByText('https://waybill.example.test/welcome#a-token-that-is-shown-once');
    expect(engine.writes.at(-1)).toEqual({
      call: 'POST /v1/users/invitations',
      body: { name: 'Grace', email: 'grace@example.test', roles: ['viewer'], legalEntities: [] },
    });
    await person.click(within(dialog).getByRole('button', { name: 'I have copied it' }));
    await waitFor(() => expect(screen.queryByText(/shown-once/)).toBeNull());
  });

  it('does not let the roles of a provider be changed', async () => {
    const { person } = openConsole('/access');
    await person.click(await screen.findByText('Jonas Weber'));
    const dialog = await screen.findByRole('dialog', { name: 'Jonas Weber' });
    within(dialog).getByText(/come from the groups of https:\/\/login.example.test/);
    expect(within(dialog).queryByRole('button', { name: /Send link|Reset second factor/ })).toBeNull();
  });

  it('rotates a key with an overlap', async () => {
    const { person, engine } = openConsole('/access?tab=keys');
    await person.click(await screen.findByRole('button', { name: 'Rotate warehouse-sync' }));
    const dialog = await screen.findByRole('dialog', { name: 'Rotate key' });
    await person.click(within(dialog).getByRole('button', { name: 'Rotate key' }));
    await within(dialog).findByText('wb_successor0000example');
    const { oldUntil } = engine.writes.at(-1)!.body as { oldUntil: string };
    expect(Math.abs(Date.parse(oldUntil) - Date.now() - 24 * 3_600_000)).toBeLessThan(60_000);
    expect(screen.queryByRole('button', { name: 'Rotate old job' })).toBeNull();
  });

  it('says which roles two people should have, before they are given', async () => {
    const { person } = openConsole('/access');
    await person.click(await screen.findByRole('button', { name: 'Invite user' }));
    const dialog = await screen.findByRole('dialog', { name: 'Invite user' });
    await person.click(within(dialog).getByRole('combobox', { name: /^Roles/ }));
    await person.click(await screen.findByRole('option', { name: 'Finance operator' }));
    expect(within(dialog).queryByText('Better two people')).toBeNull();
    await person.click(await screen.findByRole('option', { name: 'Finance approver' }));
    await within(dialog).findByText('Better two people');
    within(dialog).getByText('Finance operator and Finance approver together may send a document again and approve it.');
  });

  it('gives legal entities to somebody whose roles a provider gives, and says what those roles are together', async () => {
    const engine = createFakeEngine();
    engine.answer('PUT /v1/users/:id', () => users[1]);
    const { person } = openConsole('/access', engine);
    await person.click(await screen.findByRole('button', { name: 'Jonas Weber' }));
    const dialog = await screen.findByRole('dialog', { name: 'Jonas Weber' });
    await within(dialog).findByText('Better two people');
    within(dialog).getByText('Finance operator and Finance approver together may send a document again and approve it.');
    await person.type(within(dialog).getByLabelText('Legal entities', { selector: 'input' }), 'DE{Enter}');
    await person.click(within(dialog).getByRole('button', { name: 'Save user' }));
    await waitFor(() =>
      expect(engine.writes.at(-1)).toEqual({
        call: `PUT /v1/users/${users[1]!.id}`,
        body: { legalEntities: ['US', 'DE'], disabled: false },
      }),
    );
  });

  it('makes a key of permissions that sees some legal entities only', async () => {
    const { person, engine } = openConsole('/access?tab=keys');
    await person.click(await screen.findByRole('button', { name: 'Create key' }));
    const dialog = await screen.findByRole('dialog', { name: 'Create key' });
    await person.type(within(dialog).getByLabelText(/^Name/), 'us-reports');
    await person.click(within(dialog).getByRole('combobox', { name: /^Permissions/ }));
    await person.click(await screen.findByRole('option', { name: 'May see messages with their payloads' }));
    await person.type(within(dialog).getByLabelText('Legal entities', { selector: 'input' }), 'US{Enter}');
    await person.click(within(dialog).getByRole('button', { name: 'Create key' }));
    await waitFor(() =>
      expect(engine.writes.at(-1)).toEqual({
        call: 'POST /v1/api-keys',
        body: { name: 'us-reports', permissions: ['message.read'], legalEntities: ['US'], expiresAt: null },
      }),
    );
  });
});

describe('profile', () => {
  it('sets up a second factor: password, code, recovery codes', async () => {
    const { person, engine } = openConsole('/profile');
    await person.click(await screen.findByRole('button', { name: 'Set up' }));
    const dialog = await screen.findByRole('dialog', { name: 'Set up a second factor' });
    await person.type(within(dialog).getByLabelText('Current password'), 'correct horse{Enter}');
    await within(dialog).findByRole('img', { name: 'QR code for the authenticator app' });
    within(dialog).getByText('JBSWY3DPEHPK3PXP');
    await person.type(within(dialog).getByLabelText('Code'), '111111{Enter}');
    await within(dialog).findByText('The code does not belong to this secret and time.');
    await person.type(within(dialog).getByLabelText('Code'), '123456{Enter}');
    await within(dialog).findByText(/aaaa-bbbb-cccc-dddd/);
    await person.click(within(dialog).getByRole('button', { name: 'I have kept them' }));
    await screen.findByText(/10 recovery codes are left/);
    expect(engine.writes.map(({ call }) => call)).toEqual([
      'POST /v1/session/second-factor',
      'POST /v1/session/second-factor/confirm',
      'POST /v1/session/second-factor/confirm',
    ]);
  });

  it('ends another session after asking', async () => {
    const { person, engine } = openConsole('/profile');
    await person.click(await screen.findByRole('button', { name: /^End session of Admin One, Safari on iPhone/ }));
    const dialog = await screen.findByRole('dialog', { name: 'End session' });
    await person.click(within(dialog).getByRole('button', { name: 'End session' }));
    await waitFor(() => expect(engine.writes.at(-1)!.call).toBe(`DELETE /v1/session/all/${id('ses', 2)}`));
  });
});

describe('an address that is none', () => {
  it('says so beside the navigation, which leads on', async () => {
    const { person } = openConsole('/nowhere/at-all');
    await screen.findByText('There is no page at this address');
    await person.click(within(screen.getByRole('navigation', { name: 'Main' })).getByRole('link', { name: /^Messages/ }));
    await screen.findByRole('heading', { name: 'Messages' });
  });
  it('asks who it is first, as any other does', async () => {
    const { address } = openConsole('/nowhere', createFakeEngine({ signedIn: false }));
    await screen.findByRole('heading', { name: 'Sign in' });
    expect(decodeURIComponent(address())).toBe('/sign-in?to=/nowhere');
  });
});
