/** Kept views of a list: saved, found, shared, changed and removed, over an engine in memory. */
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { createFakeEngine } from '../../test/fake-engine.js';
import { openConsole } from '../../test/open-console.js';

describe('views of a list', () => {
  it('keep the filters; a name is taken once; they lead back, are shared, set anew and removed', async () => {
    const { person, engine, address } = openConsole('/messages?state=failed,rejected&q=Umbrella&flow=-one&age=%3E24h', createFakeEngine());
    await person.click(await screen.findByRole('button', { name: 'Views' }));
    await person.click(await screen.findByRole('menuitem', { name: 'Save this view…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Save this view' });
    await person.type(within(dialog).getByLabelText(/Name/), 'Umbrella, stopped');
    await person.click(within(dialog).getByLabelText('Share with everybody'));
    await person.click(within(dialog).getByRole('button', { name: 'Save' }));
    await screen.findByRole('button', { name: /^View.*Umbrella, stopped$/ });
    expect(engine.writes.map(({ call }) => call)).toEqual(['POST /v1/views', expect.stringMatching(/^POST .v1.views.*share$/)]);
    expect(engine.writes[0]!.body).toEqual({
      page: 'messages',
      name: 'Umbrella, stopped',
      search: { state: 'failed,rejected', q: 'Umbrella', flow: '-one', age: '>24h' },
    });

    await person.click(screen.getByRole('button', { name: 'Clear' }));
    await person.click(await screen.findByRole('button', { name: 'Views' }));
    await person.click(await screen.findByRole('menuitem', { name: /Save this view/ }));
    const again = await screen.findByRole('dialog', { name: 'Save this view' });
    await person.type(within(again).getByLabelText(/Name/), 'Umbrella, stopped');
    await person.click(within(again).getByRole('button', { name: 'Save' }));
    await within(again).findByText(/There is a view “Umbrella, stopped” of messages already/);
    await person.keyboard('{Escape}');

    await person.click(await screen.findByRole('button', { name: 'Views' }));
    await person.click(await screen.findByRole('menuitem', { name: /Umbrella, stopped/ }));
    await waitFor(() => expect(address()).toBe('/messages?state=failed,rejected&q=Umbrella&flow=-one&age=%3E24h'));

    await person.click(await screen.findByRole('button', { name: 'Clear' }));
    await person.click(await screen.findByRole('button', { name: 'Views' }));
    await person.click(await screen.findByRole('menuitem', { name: 'Manage views…' }));
    const manage = await screen.findByRole('dialog', { name: 'Views of this list' });
    within(manage).getByText(/Yours, shared with everybody/);
    await person.click(within(manage).getByRole('button', { name: 'Take back' }));
    await within(manage).findByText(/Yours alone/);
    await person.click(within(manage).getByRole('button', { name: 'Set to what is shown' }));
    await within(manage).findByText(/· \/messages$/);
    await person.click(within(manage).getByRole('button', { name: 'Remove Umbrella, stopped' }));
    await within(manage).findByText('No view is left.');
  });
});
