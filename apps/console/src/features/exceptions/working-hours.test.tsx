// Working hours are set as people write them, and a dialog that was typed in does not go away by a click beside it.
import { expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { createFakeEngine, problem } from '../../../test/fake-engine.js';
import { admin } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

it('sends what was typed, and says how many open exceptions were counted again', async () => {
  const engine = createFakeEngine();
  engine.answer('PUT /v1/working-hours/:legalEntity', ({ body }) => ({ ...(body as object), legalEntity: 'US', version: 1, recounted: 3, left: 0 }));
  const { person, address } = openConsole('/exceptions/working-hours', engine);
  await person.click(await screen.findByRole('button', { name: 'Set working hours' }));
  expect(address()).toBe('/exceptions/working-hours?sel=new');
  const form = await screen.findByRole('dialog', { name: 'Set working hours' });
  const save = within(form).getByRole('button', { name: 'Save working hours' });
  const fill = async (name: string | RegExp, text: string) => {
    const field = within(form).getByLabelText(name, { selector: 'input, textarea' });
    await person.clear(field);
    if (text) await person.type(field, text);
  };
  await fill(/^Legal entity/, 'US');
  await fill(/^Time zone/, 'America/New_York');
  await fill('Friday', '9-13, nonsense');
  expect(await within(form).findByText('Write it as 09:00–12:30, 13:30–17:00.')).toBeTruthy();
  expect(save.hasAttribute('disabled')).toBe(true);
  await fill('Friday', '9-13');
  await fill('Free days', '2026-12-25 Christmas Day');
  // A slip of the hand beside the dialog.
  await person.click(document.querySelector('.mantine-Modal-overlay')!);
  expect((within(form).getByRole('textbox', { name: 'Friday' }) as HTMLInputElement).value).toBe('9-13');
  await person.click(save);
  await screen.findByText('3 open exceptions were counted again.');
  const day = (name: string, to = '17:00') => ({ day: name, from: '09:00', to });
  expect(engine.writes.at(-1)).toEqual({
    call: 'PUT /v1/working-hours/US',
    body: {
      timeZone: 'America/New_York',
      shifts: [day('mon'), day('tue'), day('wed'), day('thu'), day('fri', '13:00')],
      freeDays: [{ day: '2026-12-25', name: 'Christmas Day' }],
      hours: {},
      expectedVersion: 0,
    },
  });
  await waitFor(() => expect(address()).toBe('/exceptions/working-hours'));
}); // prettier-ignore

it('shows the engine’s own words when they are refused', async () => {
  const engine = createFakeEngine();
  engine.answer('PUT /v1/working-hours/:legalEntity', () => problem(409, 'CONFLICT', 'Somebody saved in between.'));
  const { person } = openConsole('/exceptions/working-hours?sel=new', engine);
  const form = await screen.findByRole('dialog', { name: 'Set working hours' });
  await person.type(within(form).getByRole('combobox', { name: 'Legal entity' }), 'Every other legal entity');
  await person.click(within(form).getByRole('button', { name: 'Save working hours' }));
  await within(form).findByText(/Somebody saved in between/);
  expect(engine.writes.at(-1)!.call).toMatch(/^PUT \/v1\/working-hours\/(\*|%2A)$/);
});

it('is looked at by who may not set them', async () => {
  openConsole('/exceptions/working-hours?sel=new', createFakeEngine({ identity: { ...admin, permissions: ['exception.read'] } }));
  await screen.findByText('No working hours');
  expect(screen.queryByRole('button', { name: 'Set working hours' })).toBeNull();
  expect(screen.queryByRole('dialog')).toBeNull();
});
