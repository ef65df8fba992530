import { expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { createFakeEngine } from '../../../test/fake-engine.js';
import type { Overview } from '../../api/operate.js';
import { admin, months, overview } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

const engineWith = (changed: Partial<Overview>) => {
  const engine = createFakeEngine();
  engine.answer('GET /v1/overview', () => ({ ...overview, ...changed }));
  return engine;
};

it('says what is mine, with the way to it, before what is everybody’s', async () => {
  openConsole('/overview');
  const mine = await screen.findByRole('region', { name: 'My work' });
  const all = screen.getByRole('region', { name: 'Needs attention' });
  expect(mine.compareDocumentPosition(all)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  const given = within(mine).getByRole('link', { name: /2 exceptions are mine/ });
  expect(given).toHaveAttribute('href', '/exceptions?view=list&owner=me');
  expect(given).toHaveTextContent(/1 over time/);
  expect(given).toHaveTextContent(/1,200\.50/);
  expect(within(mine).getByRole('link', { name: /One decision waits for me/ })).toHaveAttribute('href', '/approvals');
});

it('has no such part where nothing waits for me', async () => {
  const none = { exceptions: { count: 0, overdue: 0, oldestAt: null, amounts: [] }, approvals: { count: 0, oldestAt: null } };
  openConsole('/overview', engineWith({ mine: none }));
  await screen.findByRole('table', { name: 'By month' });
  expect(screen.queryByRole('region', { name: 'My work' })).toBeNull();
});

it('says whose a group is, and that it is nobody’s', async () => {
  const [group, ...others] = overview.attention;
  openConsole(
    '/overview',
    engineWith({ attention: [{ ...group!, owner: 'Grace' }, { ...group!, owner: null, title: 'Others' }, ...others] }),
  );
  const list = await screen.findByRole('region', { name: 'Needs attention' });
  const [first, second, connection] = within(list).getAllByRole('listitem');
  expect(first).toHaveTextContent('Grace');
  expect(second).toHaveTextContent('Nobody’s');
  expect(connection).not.toHaveTextContent('Nobody’s');
});

const monthRows = async () => within(await screen.findByRole('table', { name: 'By month' })).getAllByRole('row');

it('says what months were worth; one in which nothing happened is left out, an unsigned one is open', async () => {
  openConsole('/overview', createFakeEngine({ identity: { ...admin, permissions: [...admin.permissions, 'control.read'] } }));
  const [, ...rows] = await monthRows();
  screen.getByText(/never stopped and needed no approval.*first saw/);
  expect(months).toHaveLength(3);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toHaveTextContent(/November 2026.*1,391.*98\.9 %.*3 gaps, 2 settled.*910\.00.*Open/);
  expect(rows[1]).toHaveTextContent(/October 2026.*12,044.*100 %.*4$/);
});

it('says nothing of controls to who may not read them', async () => {
  openConsole('/overview');
  const [head, ...rows] = await monthRows();
  expect(rows).toHaveLength(2);
  expect(head).not.toHaveTextContent(/controls|close/);
  expect(screen.getByText(/never stopped and needed no approval/)).not.toHaveTextContent(/control/);
});
