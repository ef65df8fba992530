// An erasure in words: asked for, looked for, confirmed by somebody else who types the customer, and what it waits for.
import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { createFakeEngine } from '../../../test/fake-engine.js';
import { admin } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

const id = 'era_01jd8x6m2dfk6t6s9vj0h0qk3w';
const counts = { documents: 3, versions: 0, messages: 9, payloads: 0, deliveries: 4, cases: 1 };
const open = {
  id,
  sourceSystem: 'stripe',
  customer: 'cus_N1a2',
  reason: 'asked for by letter',
  state: 'open',
  requestedBy: 'Grace',
  requestedAt: '2026-11-27T08:00:00.000Z',
  confirmedBy: null,
  confirmedAt: null,
  endedAt: null,
  found: counts,
  erased: null,
  waitsFor: [] as string[],
  tables: [{ table: 'customer', rows: 1 }],
  ownPart: null as string | null,
};

function engineWith(...items: (typeof open)[]) {
  const engine = createFakeEngine({ identity: { ...admin, permissions: [...admin.permissions, 'subject.erase'] } });
  engine.answer('GET /v1/erasures', () => ({ items, next: null }) as never);
  engine.answer('GET /v1/erasures/:id', () => items[0] as never);
  engine.answer('POST /v1/erasures', () => ({ ...open, state: 'counting', found: null }) as never);
  engine.answer('POST /v1/erasures/:id/confirm', () => ({ ...open, state: 'erasing' }) as never);
  engine.answer('POST /v1/erasures/:id/withdraw', () => ({ ...open, state: 'withdrawn' }) as never);
  return engine;
}

describe('erasures', () => {
  it('begin with what they are for, and are asked for by customer and reason', async () => {
    const engine = engineWith();
    const { person } = openConsole('/erasures', engine);
    await screen.findByText('Nothing was erased');
    await person.click(screen.getByRole('button', { name: 'Ask for an erasure' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Ask for an erasure' }));
    await person.click(dialog.getByRole('combobox', { name: /Connection/ }));
    await person.click(await screen.findByRole('option', { name: 'stripe' }));
    await person.type(dialog.getByLabelText(/^Customer/), ' cus_N1a2 ');
    await person.type(dialog.getByLabelText(/Reason/), 'asked for by letter');
    await person.click(dialog.getByRole('button', { name: 'Ask' }));
    await screen.findByText('Erasure asked for');
    expect(engine.writes.at(-1)).toEqual({
      call: 'POST /v1/erasures',
      body: { connection: 'stripe', customer: 'cus_N1a2', reason: 'asked for by letter' },
    });
  });

  it('are confirmed by who types the customer', async () => {
    const engine = engineWith(open);
    const { person } = openConsole(`/erasures?sel=${id}`, engine);
    const drawer = within(await screen.findByRole('dialog', { name: 'Erasure' }));
    await drawer.findByText('To be confirmed');
    expect(within(drawer.getByRole('table', { name: 'What there is' })).getByRole('row', { name: 'Messages 9' })).toBeTruthy();
    expect(drawer.getByText(/customer \(one row\)/)).toBeTruthy();
    await person.click(drawer.getByRole('button', { name: 'Confirm erasure…' }));
    const question = within(await screen.findByRole('dialog', { name: 'Confirm the erasure' }));
    const erase = question.getByRole('button', { name: 'Confirm erasure' });
    expect(erase).toBeDisabled();
    await person.type(question.getByRole('textbox'), 'cus_N1a2');
    await person.click(erase);
    await screen.findByText('Erasure confirmed');
    expect(engine.writes.at(-1)?.call).toBe(`POST /v1/erasures/${id}/confirm`);
  });

  it('say why one may not confirm one’s own', async () => {
    openConsole(`/erasures?sel=${id}`, engineWith({ ...open, ownPart: 'You asked for this erasure, so somebody else confirms it.' }));
    await screen.findByText(/so somebody else confirms it/);
    expect(screen.getByRole('button', { name: 'Confirm erasure…' })).toBeDisabled();
  });

  it('lead to what they wait for', async () => {
    const message = 'msg_01jd8x6m2dfk6t6s9vj0h0qk3w';
    openConsole(`/erasures?sel=${id}`, engineWith({ ...open, state: 'erasing', waitsFor: [message] }));
    const link = await screen.findByRole('link', { name: message });
    expect(link.getAttribute('href')).toBe(`/messages/${message}`);
    expect(screen.getAllByText('Waits').length).toBeGreaterThan(0);
  });
});
