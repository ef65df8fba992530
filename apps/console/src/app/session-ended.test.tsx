// The session ends while somebody fills in a form: what was written stays on the page, another window signs in, and the work goes on.
import { describe, expect, it } from '@jest/globals';
import { act, screen, waitFor } from '@testing-library/react';
import { problem } from '../../test/fake-engine.js';
import { connections } from '../../test/fixtures.js';
import { openConsole } from '../../test/open-console.js';

const written = 'The books of the north, which are read on Mondays';

describe('a form when the session ends', () => {
  it('keeps what was written, and is saved after another window has signed in', async () => {
    const { engine, person, address } = openConsole('/connections/stripe');
    const field = await screen.findByLabelText('What it is for');
    await person.clear(field);
    await person.type(field, written);
    engine.signedIn = false;
    engine.answer('PUT /v1/connections/:name', () => problem(401, 'SIGNED_OUT', 'Sign in first'));
    await person.click(screen.getByRole('button', { name: 'Save connection' }));
    await screen.findByRole('dialog', { name: 'Your session has ended' });
    expect(address()).toBe('/connections/stripe');
    expect(screen.getByRole('link', { name: 'Sign in in a new window', hidden: true })).toHaveAttribute('target', '_blank');

    engine.signedIn = true;
    engine.answer('PUT /v1/connections/:name', ({ body }) => ({
      ...connections[0]!,
      ...(body as object),
      updatedAt: '2026-11-22T10:00:00.000Z',
    }));
    act(() => void globalThis.dispatchEvent(new Event('focus')));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByLabelText('What it is for')).toHaveValue(written);
    await person.click(screen.getByRole('button', { name: 'Save connection' }));
    await screen.findByText('Connection saved');
    expect(engine.writes.at(-1)).toMatchObject({ body: { description: written } });
  });

  it('is left for the sign-in where the person says so', async () => {
    const { engine, person, address } = openConsole('/connections/stripe');
    await person.type(await screen.findByLabelText('What it is for'), written);
    engine.signedIn = false;
    engine.answer('PUT /v1/connections/:name', () => problem(401, 'SIGNED_OUT', 'Sign in first'));
    await person.click(screen.getByRole('button', { name: 'Save connection' }));
    await person.click(await screen.findByRole('button', { name: 'Leave this page' }));
    await screen.findByRole('heading', { name: 'Sign in' });
    expect(decodeURIComponent(address())).toBe('/sign-in?to=/connections/stripe');
  });
});

describe('a connection that two people change', () => {
  it('keeps what was written when somebody else saves, says what they changed, and follows quietly where nothing was written', async () => {
    const { engine, queries, person } = openConsole('/connections/stripe');
    const field = await screen.findByLabelText('What it is for');
    const theirs = (n: number) => ({ ...connections[0]!, description: `Theirs ${n}`, updatedBy: 'grace@example.test', updatedAt: `2026-11-22T10:00:0${n}.000Z` }); // prettier-ignore
    engine.answer('GET /v1/connections/:name', () => theirs(1));
    await act(() => queries.invalidateQueries({ queryKey: ['connections'] }));
    await waitFor(() => expect(field).toHaveValue('Theirs 1'));
    await person.clear(field);
    await person.type(field, written);
    engine.answer('GET /v1/connections/:name', () => theirs(2));
    await act(() => queries.invalidateQueries({ queryKey: ['connections'] }));
    await screen.findByText('grace@example.test changed this connection in between');
    screen.getByText(/in place of what was changed: What it is for/);
    expect(field).toHaveValue(written);
    await person.click(screen.getByRole('button', { name: 'Take what is saved' }));
    expect(field).toHaveValue('Theirs 2');
    expect(screen.queryByText(/in between/)).toBeNull();
  });
});
