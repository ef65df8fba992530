// A step edited as a form: the hunk is shown before it is in the file, and the file is saved as ever.
import { expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { openConsole } from '../../../test/open-console.js';

it('changes one hunk of the file, which is shown first, and saves nothing', async () => {
  const { person } = openConsole('/flows/stripe-invoices');
  const edit = await screen.findByRole('button', { name: 'Edit step…' });
  expect(edit.hasAttribute('disabled')).toBe(true);
  await person.click(await screen.findByText('Outline'));
  await person.click(within(await screen.findByRole('list', { name: 'Steps of the flow' })).getByRole('button', { name: 'map' }));
  await person.click(await screen.findByRole('button', { name: 'Edit map…' }));
  const form = await screen.findByRole('dialog', { name: 'Step map' });
  const change = within(form).getByRole('button', { name: 'Change the file' });
  expect(change.hasAttribute('disabled')).toBe(true);
  const mapping = within(form).getByRole('textbox', { name: 'Mapping' });
  await person.clear(mapping);
  await person.type(mapping, 'another-mapping');
  expect(await within(form).findByText('The file afterwards')).toBeTruthy();
  await person.click(change);
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Step map' })).toBeNull());
  expect(await screen.findByText('Unsaved')).toBeTruthy();
});
