// The audit log says how far it can be trusted, and what an export will have in it before it is made.
import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { createFakeEngine, problem } from '../../../test/fake-engine.js';
import { admin, auditStatus } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

const may = (...permissions: string[]) => createFakeEngine({ identity: { ...admin, permissions } });

describe('the audit log', () => {
  it('says what is sealed, where the seals are kept, and with which key', async () => {
    openConsole('/audit');
    const seals = within(await screen.findByRole('region', { name: 'Seals' }));
    seals.getByText(/1,204 entries in 87 seals/);
    seals.getByText('1 being sealed');
    seals.getByText('Up to date');
    seals.getByText('7 behind');
    seals.getByText(/answered 503 to the PUT of seal 81/);
    seals.getByText(auditStatus.publicKey);
  });

  it('tells an alarm when entries wait too long, and that without a place outside nobody can show the end', async () => {
    const engine = createFakeEngine();
    engine.answer('GET /v1/audit/status', () => ({ ...auditStatus, unsealed: 12, lagSeconds: 64.2, copies: [] }));
    openConsole('/audit', engine);
    const seals = within(await screen.findByRole('region', { name: 'Seals' }));
    seals.getByText('12 wait for 64 s');
    seals.getByText('Nowhere yet');
  });

  it('opens an entry to what changed and to its seal', async () => {
    const { person } = openConsole('/audit');
    await person.click(await screen.findByRole('button', { name: /saved flow stripe-invoices as release 14/ }));
    await screen.findByText('number 1,204 of the log, in seal 87');
  });

  it('exports what is filtered, and says before what that shows', async () => {
    const { person } = openConsole('/audit?action=flow.saved');
    await person.click(await screen.findByRole('button', { name: 'Export' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Export the audit log' }));
    await dialog.findByText(/filtered by action flow\.saved/);
    dialog.getByText(/not that none was left out/);
    dialog.getByText(new RegExp(`verify-audit FILE\\.jsonl --key ${auditStatus.publicKey}`));
    expect(dialog.getByRole('link', { name: 'Export' }).getAttribute('href')).toBe('/v1/audit/export?format=jsonl&action=flow.saved');
    await person.click(dialog.getByRole('radio', { name: /CSV, to read/ }));
    expect(dialog.getByRole('link', { name: 'Export' }).getAttribute('href')).toBe('/v1/audit/export?format=csv&action=flow.saved');
  });

  it('offers no export to somebody who may only read, and says so to somebody who may not even that', async () => {
    openConsole('/audit', may('audit.read'));
    await screen.findByRole('region', { name: 'Seals' });
    expect(screen.queryByRole('button', { name: 'Export' })).toBeNull();
  });

  it('says that it may not be seen', async () => {
    const engine = may('message.read');
    engine.answer('GET /v1/audit', () => problem(403, 'FORBIDDEN', 'Ada may not read the audit log.'));
    openConsole('/audit', engine);
    await screen.findByText('You may not see the audit log');
    expect(screen.queryByRole('region', { name: 'Seals' })).toBeNull();
  });
});
