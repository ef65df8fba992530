// A person sees which day does not agree, follows it to the document and its remedy, says why a gap is right, and signs what is shown.
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { createFakeEngine } from '../../../test/fake-engine.js';
import { admin } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

const at = '2026-11-27T08:00:00.000Z';
const id = 'ctr_01jd8x6m2dfk6t6s9vj0h0qk3w';
const message = 'msg_01jd8x6m2dfk6t6s9vj0h0qk3w';
const today = () => {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10);
};
const run = (more: object = {}) => ({
  id, control: 'us-invoices', version: 1, period: '2026-11', starts: '2026-11-01', ends: '2026-11-30', day: today(), legalEntity: 'US', kind: 'daily', state: 'done', startedBy: 'schedule',
  startedAt: at, endedAt: at, erpCutOff: at, billingCutOff: at, ledgerCutOff: null, matched: 41, gaps: 1, openGaps: 1, drift: 1, gapsLeft: 0, rowsKept: true, error: null, ...more,
}); // prettier-ignore
const detail = (more: object = {}) => ({
  ...run(), contentHash: 'a'.repeat(64), checkpoints: [],
  totals: [{ legalEntity: 'US', currency: 'USD', billingRows: 42, erpRows: 41, billing: '4200.00', erp: '4091.12', difference: '-108.88', billingTax: '8.88', erpTax: '0' }],
  bars: [{ legalEntity: 'US', currency: 'USD', kind: 'missing-in-erp', gaps: 1, amount: '-108.88' }], quantities: [], quantityBars: [], ...more,
}); // prettier-ignore
const gap = {
  id: 'gap_01jd8x6m2dfk6t6s9vj0h0qk3w', runId: id, kind: 'missing-in-erp', cause: 'deleted-in-erp', drift: true, legalEntity: 'US', currency: 'USD', difference: '-108.88', type: 'invoice', number: 'A-7',
  sentence: 'Invoice A-7 was posted as INV-US-000007, and is not in the ERP any more.', remedy: 'Enter it again in the ERP.', why: null, also: [],
  billing: { id: 'can_1', number: 'A-7', amount: '108.88', tax: '8.88', currency: 'USD', date: '2026-11-05', state: 'live' }, erp: null, usage: null, link: { kind: 'message', id: message }, explained: false, accepted: null,
}; // prettier-ignore
const control = { name: 'us-invoices', version: 1, state: 'on', description: '', compare: 'invoice', legalEntity: 'US', connection: 'erp-us', daily: { at: '06:00', timeZone: 'UTC', months: 2 }, createdAt: at, createdBy: 'Ada', newest: run() }; // prettier-ignore

const rights = ['control.read', 'control.run', 'control.work', 'control.review'];
function engineWith({ items = [control] as unknown[], runs = [run()] as unknown[], one = detail(), gaps = [gap] as unknown[], permissions = rights } = {}) {
  const engine = createFakeEngine({ identity: { ...admin, permissions: [...admin.permissions.filter((p) => !p.startsWith('control.')), ...permissions] } });
  engine.answer('GET /v1/controls', () => ({ items, next: null }));
  engine.answer('GET /v1/control-board', () => ({ items: items.length ? runs : [], next: null }));
  engine.answer('GET /v1/control-runs/:id', () => one);
  engine.answer('GET /v1/control-runs/:id/gaps', () => ({ items: gaps, next: null }));
  engine.answer('POST /v1/gaps/:id/accept', () => ({ ...gap, accepted: { as: 'explained', reason: 'known', by: 'Ada', at } }));
  return engine;
} // prettier-ignore
const runAddress = `/recon/us-invoices/${id}`;

describe('on the overview', () => {
  it('each control says what its newest run came to and leads to it; one that has not run says when it will', async () => {
    const fresh = { ...control, name: 'us-payments', newest: null };
    openConsole('/overview', engineWith({ items: [control, fresh] }));
    const one = await screen.findByRole('link', { name: /^us-invoices/ });
    within(one).getByText('1 open, drift');
    expect(one).toHaveAttribute('href', runAddress);
    expect(screen.getByRole('link', { name: /^us-payments/ })).toHaveTextContent('Has not run; it runs daily at 06:00');
  });
  it('no control is shown to who may not read them', async () => {
    const engine = engineWith({ permissions: [] });
    openConsole('/overview', engine);
    await screen.findByRole('table', { name: 'Flow health' });
    expect(screen.queryByText('us-invoices')).toBeNull();
  });
});

describe('the board', () => {
  it('says of each control what today came to, and leads to the run', async () => {
    openConsole('/recon', engineWith());
    const days = await screen.findByRole('list', { name: 'Runs of us-invoices by day' });
    expect(within(days).getAllByRole('listitem')).toHaveLength(14);
    const cell = within(days).getByRole('link', { name: /1 open, drift/ });
    expect(cell.getAttribute('href')).toBe(runAddress);
  });
  it('says of each month of the last day what it came to, not of one alone', async () => {
    const before = run({ id: 'ctr_01jd8x6m2dfk6t6s9vj0h0qk3x', period: '2026-10', gaps: 0, openGaps: 0, drift: 0 });
    openConsole('/recon', engineWith({ runs: [run(), before] }));
    expect((await screen.findByRole('link', { name: /Agrees October 2026/ })).getAttribute('href')).toBe(`/recon/us-invoices/${before.id}`);
    expect(screen.getByRole('link', { name: /1 open, drift November 2026/ })).toBeTruthy();
  });
  it('says what it is for when there is no control', async () => {
    openConsole('/recon', engineWith({ items: [] }));
    expect(await screen.findByText('No controls yet')).toBeTruthy();
  });
});

describe('a run', () => {
  it('leads from one sum to the other, and down to the document with its remedy', async () => {
    const { person } = openConsole(runAddress, engineWith());
    expect(await screen.findByText(/Difference -?.*108\.88/)).toBeTruthy();
    await person.click(screen.getByRole('button', { name: /Missing in the ERP/ }));
    const row = (await screen.findByText(/was posted as INV-US-000007/)).closest('tr')!;
    expect(within(row).getByText('Enter it again in the ERP.')).toBeTruthy();
    expect(within(row).getByRole('link', { name: 'Open message' }).getAttribute('href')).toBe(`/messages/${message}`);
    expect(screen.getByRole('link', { name: 'Export CSV' }).getAttribute('href')).toContain(`/v1/control-runs/${id}/gaps/export`);
  });
  it('takes a reason for a gap that is right as it is, and sends it', async () => {
    const engine = engineWith();
    const { person } = openConsole(runAddress, engine);
    await person.click(await screen.findByRole('button', { name: 'Accept as explained…' }));
    const dialog = await screen.findByRole('dialog');
    await person.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'Booked twice on purpose');
    await person.click(within(dialog).getByRole('button', { name: 'Accept as explained' }));
    await waitFor(() => expect(engine.writes).toEqual([{ call: `POST /v1/gaps/${gap.id}/accept`, body: { as: 'explained', reason: 'Booked twice on purpose' } }])); // prettier-ignore
    await screen.findByText('Accepted as explained');
  });
  it('is not signed while a gap is open', async () => {
    openConsole(runAddress, engineWith());
    expect((await screen.findByRole('button', { name: 'Sign as preparer' })).hasAttribute('disabled')).toBe(true);
    expect(screen.getByText(/1 open: mend or accept each/)).toBeTruthy();
  });
  it('is not signed while its month is not over', async () => {
    openConsole(runAddress, engineWith({ one: detail({ openGaps: 0, day: '2026-11-30' }) }));
    expect((await screen.findByRole('button', { name: 'Sign as preparer' })).hasAttribute('disabled')).toBe(true);
    expect(screen.getByText(/November 2026 is not over/)).toBeTruthy();
  });
  it('is signed once its month is over', async () => {
    openConsole(runAddress, engineWith({ one: detail({ openGaps: 0, day: '2026-12-01' }) }));
    expect((await screen.findByRole('button', { name: 'Sign as preparer' })).hasAttribute('disabled')).toBe(false);
    expect(screen.queryByText(/is not over/)).toBeNull();
  });
  it('without the rights shows what is there and offers nothing to do', async () => {
    openConsole(runAddress, engineWith({ permissions: ['control.read'] }));
    expect(await screen.findByText(/was posted as INV-US-000007/)).toBeTruthy();
    for (const name of ['Accept as explained…', 'Accept as timing…', 'Run again', 'Sign as preparer'])
      expect(screen.queryByRole('button', { name })).toBeNull();
  });
  describe('that is signed', () => {
    const signed = { id: 'chk_01jd8x6m2dfk6t6s9vj0h0qk3w', control: 'us-invoices', period: '2026-10', runId: id, contentHash: 'a'.repeat(64), comment: null, preparedBy: 'Ada', preparedAt: at, reviewedBy: null, reviewedAt: null, reviewComment: null, reopenedBy: null, reopenedAt: null, reopenReason: null };
    it('and locked gives its evidence', async () => {
      openConsole(runAddress, engineWith({ one: detail({ checkpoints: [{ ...signed, state: 'locked', reviewedBy: 'Grace', reviewedAt: at }] }) }));
      expect((await screen.findByRole('link', { name: 'Evidence pack' })).getAttribute('href')).toBe(`/v1/checkpoints/${signed.id}/evidence`);
    });
    it('but not reviewed has none to give', async () => {
      openConsole(runAddress, engineWith({ one: detail({ checkpoints: [{ ...signed, state: 'prepared' }] }) }));
      await screen.findByText(/Ada prepared/);
      expect(screen.queryByRole('link', { name: 'Evidence pack' })).toBeNull();
    });
  }); // prettier-ignore
  it('that agrees says so', async () => {
    openConsole(runAddress, engineWith({ one: detail({ gaps: 0, openGaps: 0, drift: 0, bars: [] }), gaps: [] }));
    expect(await screen.findByText('No gaps')).toBeTruthy();
    expect(screen.getAllByText('Agrees').length).toBeGreaterThan(0);
  });
});

describe('a run of usage', () => {
  const summary = 'usm_01jd8x6m2dfk6t6s9vj0h0qk3w';
  const one = detail({
    control: 'stripe-us-usage', erpCutOff: null, ledgerCutOff: at, totals: [], bars: [],
    quantities: [{ legalEntity: 'US', meter: 'api-calls', unit: 'call', summaries: 6, countedDays: 5, ledger: '288.5', billing: '248', difference: '-40.5' }],
    quantityBars: [{ legalEntity: 'US', meter: 'api-calls', kind: 'missing-in-billing', gaps: 1, quantity: '-40.5' }],
  }); // prettier-ignore
  const lost = {
    ...gap, kind: 'missing-in-billing', cause: 'not-counted', drift: false, currency: null, difference: '-40.5', type: 'usage-summary', number: summary, billing: null,
    sentence: 'Usage of api-calls by cus_lost in 2026-11-25, 40.5 call, was sent, and billing does not count it.', remedy: 'Look in billing whether its event was cancelled.',
    usage: { meter: 'api-calls', unit: 'call', customer: 'cus_lost', day: '2026-11-25', ledger: { summary, kind: 'period', period: '2026-11-25', quantity: '40.5', sentQuantity: '40.5' }, billing: null },
  }; // prettier-ignore

  it('says quantities with their unit and nothing in a currency, and leads down to the summary and its message', async () => {
    const { person } = openConsole(runAddress, engineWith({ one, gaps: [lost] }));
    expect(await screen.findByText('Difference -40.5 call')).toBeTruthy();
    expect(screen.getByText('Ledger, 6 summaries')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: /Missing in billing.*-40\.5 call/ }));
    await waitFor(() =>
      expect(screen.getByRole('button', { name: /Missing in billing.*-40\.5 call/ })).toHaveAttribute('aria-pressed', 'true'),
    );
    const row = (await screen.findByText(/was sent, and billing does not count it/)).closest('tr')!;
    expect(within(row).getByRole('link', { name: 'Open summary' }).getAttribute('href')).toBe(`/usage/summaries/${summary}`);
    expect(within(row).getByRole('link', { name: 'Open message' }).getAttribute('href')).toBe(`/messages/${message}`);
    expect(within(row).getByText('40.5 call')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Export CSV' }).getAttribute('href')).toContain('meter=api-calls');
    expect(screen.queryByText(/USD|EUR/)).toBeNull();
    expect(screen.getByText('The usage ledger as of')).toBeTruthy();
  });
  it('leads to the exception of what billing refused, and to the summary of another legal entity', async () => {
    const refused = { ...lost, cause: 'refused', link: { kind: 'exception', id: 'exc_01jd8x6m2dfk6t6s9vj0h0qk3w' } };
    const elsewhere = { ...lost, id: 'gap_01jd8x6m2dfk6t6s9vj0h0qk3x', kind: 'missing-in-ledger', sentence: 'The ledger has it, but for DE.', link: { kind: 'summary', id: 'usm_01jd8x6m2dfk6t6s9vj0h0qk3x' }, usage: { ...lost.usage, ledger: null } };
    openConsole(runAddress, engineWith({ one, gaps: [refused, elsewhere] }));
    expect(await screen.findByRole('link', { name: 'Open exception' })).toBeTruthy();
    const row = screen.getByText('The ledger has it, but for DE.').closest('tr')!;
    expect(within(row).getByRole('link', { name: 'Open summary' }).getAttribute('href')).toBe('/usage/summaries/usm_01jd8x6m2dfk6t6s9vj0h0qk3x');
  }); // prettier-ignore
  it('that agrees says so in its own words', async () => {
    openConsole(runAddress, engineWith({ one: { ...one, gaps: 0, openGaps: 0, drift: 0, quantityBars: [] }, gaps: [] }));
    expect(await screen.findByText('Billing counts every summary once, with the same quantity.')).toBeTruthy();
  });
});
