// What a stream brought and the ledger refused: shown with its reasons and its bytes, answered once; and the streams themselves, with what keeps them.
import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { createFakeEngine } from '../../../test/fake-engine.js';
import { admin } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

const at = '2026-11-27T08:00:00.000Z';
const refusal = {
  id: 'urf_01jd8x6m2dfk6t6s9vj0h0qk3w',
  connection: 'metering',
  stream: 'usage',
  at: '3:42@1795431600000',
  receivedAt: at,
  code: 'USAGE_EVENT_INVALID',
  path: '/source',
  detail: 'source must be a URI reference.',
  problems: [
    { code: 'USAGE_EVENT_INVALID', path: '/source', detail: 'source must be a URI reference.' },
    { code: 'USAGE_EVENT_INVALID', path: '/time', detail: 'time must be an RFC 3339 time.' },
  ],
  bytes: 70_000,
  text: '{"source":"my source"}',
  answer: null as null | { note: string; by: string; at: string },
};
const detail = { ...refusal, headers: { trace: 'abc' }, base64: '', keptBytes: 65_536 };
const stream = {
  connection: 'erp-us',
  stream: 'usage',
  followed: true,
  state: 'failing',
  since: at,
  detail: 'Could not open the topic usage: no broker answers.',
  failures: 3,
  nextTryAt: at,
  position: '{"0":"12"}',
  lag: 1_234,
  lastRecordsAt: at,
  read: 5_000,
  accepted: 4_990,
  duplicates: 5,
  conflicts: 2,
  refused: 3,
};

function engineWith(identity = admin) {
  const engine = createFakeEngine({ identity });
  let answered = false;
  engine.answer('GET /v1/usage/refusals', ({ query }) => ({
    items: (query.get('state') === 'answered') === answered ? [refusal] : [],
    next: null,
  }));
  engine.answer('GET /v1/usage/refusals/:id', () => detail);
  engine.answer('POST /v1/usage/refusals/:id/answer', ({ body }) => {
    answered = true;
    return { ...detail, answer: { note: (body as { note: string }).note, by: 'Ada', at } };
  });
  engine.answer('GET /v1/usage/streams', () => ({ items: [stream], next: null }));
  return engine;
}

describe('refused records', () => {
  it('are shown with all that is wrong with them, and answered', async () => {
    const { engine, person } = openConsole('/usage?tab=refused', engineWith({ ...admin, permissions: [...admin.permissions, 'unassigned.read', 'usage.read', 'exception.work'] }));
    const table = within(await screen.findByRole('table', { name: 'Refused records' }));
    await person.click(table.getByText('source must be a URI reference.'));
    const drawer = within(await screen.findByRole('dialog', { name: 'Refused record' }));
    await drawer.findByText('time must be an RFC 3339 time.');
    drawer.getByText('70,000 bytes, of which 65,536 are kept');
    expect(drawer.getByLabelText('Headers').textContent).toBe('trace: abc');
    expect(drawer.getByLabelText('Value').textContent).toBe('{"source":"my source"}');
    await person.type(drawer.getByRole('textbox', { name: /What became of it/ }), 'Sent again');
    await person.click(drawer.getByRole('button', { name: 'Answer' }));
    await screen.findByText('Nothing refused');
    expect(engine.writes).toEqual([{ call: `POST /v1/usage/refusals/${refusal.id}/answer`, body: { note: 'Sent again' } }]);
  }); // prettier-ignore

  it('offer no answer to somebody who may not give one', async () => {
    const { person } = openConsole('/usage?tab=refused', engineWith({ ...admin, permissions: ['unassigned.read', 'usage.read'] }));
    await person.click(await screen.findByText('source must be a URI reference.'));
    const drawer = within(await screen.findByRole('dialog', { name: 'Refused record' }));
    await drawer.findByLabelText('Value');
    expect(drawer.queryByRole('button', { name: 'Answer' })).toBeNull();
  });
});

describe('streams', () => {
  it('say how far they are and what keeps them, in the ledger and on the page of their connection', async () => {
    openConsole('/usage?tab=streams', engineWith({ ...admin, permissions: [...admin.permissions, 'connection.read', 'usage.read'] }));
    const table = within(await screen.findByRole('table', { name: 'Usage streams' }));
    table.getByText('Failing');
    table.getByText('1,234');
    table.getByText('Could not open the topic usage: no broker answers.');
  });
  it('stand on the page of their connection', async () => {
    openConsole('/connections/erp-us', engineWith());
    const section = within(await screen.findByRole('region', { name: 'Usage' }));
    section.getByText('Could not open the topic usage: no broker answers.');
  });
});
