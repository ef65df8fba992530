// The releases of a flow on screen: what a draft would do before anybody approves it, each move with a reason, and the way back.
import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { createFakeEngine } from '../../../test/fake-engine.js';
import { admin, comparison, id, permissions, release } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

const tab = '/flows/stripe-invoices?tab=releases';
const stateOf = (engine: ReturnType<typeof createFakeEngine>, more: Partial<ReturnType<typeof release>>) =>
  engine.answer('GET /v1/releases/:id', () => ({ ...release(15), ...more }));

describe('a draft of a flow', () => {
  it('shows every document that moves money, with its delta, and keeps what is open in the address', async () => {
    const { person, address } = openConsole(tab);
    await person.click(await screen.findByRole('radio', { name: '500' }));
    const money = await screen.findByRole('table', { name: 'Money before and after' });
    within(money).getByText(/90,071,992,547,427\.93/);
    within(money).getByText(/18\.00/);
    const documents = screen.getByRole('table', { name: 'Changed documents' });
    expect(within(documents).getAllByText(/^EUR.1\.50$/)).toHaveLength(comparison.documents.length);
    screen.getByText(/9 more change/);
    await person.click(within(documents).getAllByRole('button', { name: /^Show changes of/ })[0]!);
    await within(documents).findByText('/lines/0/amount');
    expect(address()).toContain('compare=500');
    expect(address()).toContain(`doc=${comparison.documents[0]!.messageId}`);
  });

  it('is submitted by the hash of what was shown, with a reason', async () => {
    const { person, engine } = openConsole(tab);
    await person.click(await screen.findByRole('button', { name: 'Submit…' }));
    const dialog = await screen.findByRole('dialog');
    within(dialog).getByText(/Somebody of the role finance-approver/);
    const submit = within(dialog).getByRole('button', { name: 'Submit' });
    expect(submit).toBeDisabled();
    await person.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'agreed with finance');
    await person.click(submit);
    await screen.findByText('Release submitted');
    expect(engine.writes.at(-1)).toMatchObject({ body: { contentHash: release(15).contentHash, reason: 'agreed with finance' } });
  });

  it('that is approved is shared by percent, with when it stops by itself; by entity only where that is known', async () => {
    const engine = createFakeEngine();
    stateOf(engine, { state: 'approved' });
    engine.answer('POST /v1/releases/:id/share', () => ({ ...release(15), state: 'share' }));
    const { person } = openConsole(tab, engine);
    await person.click(await screen.findByRole('button', { name: 'Share…' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByRole('radio', { name: 'By legal entity' })).toBeDisabled();
    const percent = within(dialog).getByRole('textbox', { name: 'Percent of new messages' });
    await person.clear(percent);
    await person.type(percent, '25');
    await person.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'first part');
    await person.click(within(dialog).getByRole('button', { name: 'Share' }));
    await screen.findByText('Release shared');
    expect(engine.writes.at(-1)).toMatchObject({ body: { percent: 25, stop: { points: 5, minimum: 20 }, reason: 'first part' } });
  });

  it('that was stopped by itself says why, and leads to what it left', async () => {
    const engine = createFakeEngine();
    const why = '20 of its 40 messages stopped (50 %)';
    stateOf(engine, {
      state: 'stopped',
      history: [{ ...release(15).history[0]!, from: 'share', to: 'stopped', by: 'Waybill', reason: why }],
    });
    openConsole(tab, engine);
    expect(await screen.findByText('Stopped by itself')).toBeInTheDocument();
    screen.getByText(new RegExp(why.replace(/[()]/g, '\\$&')));
    expect(screen.getByRole('link', { name: 'What it left as exceptions' })).toHaveAttribute(
      'href',
      expect.stringContaining('flow=stripe-invoices'),
    );
  });
});

describe('an earlier release', () => {
  it('is rolled back to in one act with a reason', async () => {
    const { person, engine } = openConsole(`${tab}&release=${id('rel', 13)}`);
    await person.click(await screen.findByRole('button', { name: 'Roll back…' }));
    const dialog = await screen.findByRole('dialog');
    within(dialog).getByText(/What was posted stays posted/);
    await person.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'the surcharge was wrong');
    await person.click(within(dialog).getByRole('button', { name: 'Roll back' }));
    await screen.findByText('Rolled back', { selector: 'div' });
    expect(engine.writes.at(-1)).toMatchObject({
      call: expect.stringContaining('roll-back'),
      body: { version: 13, reason: 'the surcharge was wrong' },
    });
  });

  it('stands beside another one', async () => {
    openConsole(`${tab}&a=${id('rel', 14)}&b=${id('rel', 15)}`);
    await screen.findByRole('region', { name: 'Version 14 beside version 15' });
    expect(await screen.findAllByText('The same in both.')).toHaveLength(1);
  });
});

describe('who may not steer releases', () => {
  it('sees them and moves none', async () => {
    const looks = permissions.filter((one) => !['flow.write', 'flow.govern', 'release.steer'].includes(one));
    const engine = createFakeEngine({ identity: { ...admin, permissions: looks } });
    stateOf(engine, { state: 'approved' });
    openConsole(tab, engine);
    await screen.findByText('A surcharge for Switzerland', { selector: 'dd' });
    for (const name of ['Shadow…', 'Share…', 'Make live…', 'Withdraw…', 'Change this…'])
      expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
  });
});
