// Synthetic transactions on the operations page: what was late or wrong, each stage against its limit, what the books say, and the acts with their reasons.
import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import type { SyntheticCheck, SyntheticRun } from '../../api/operations.js';
import { createFakeEngine } from '../../../test/fake-engine.js';
import { admin } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';
import { netWords, shareOf, slowest } from './synthetic-words.js';

const at = '2026-11-28T10:00:00.000Z';
const time = (step: string, stage: SyntheticRun['stages'][number]['stage'], ms: number, allowedMs = 1_000) => ({ step, flow: `flow-${step}`, stage, ms, allowedMs }); // prettier-ignore
const run: SyntheticRun = {
  id: 'syn_01jd8x6m2dfk6t6s9vj0h0qk3w', check: 'to-erp', version: 1, legalEntity: 'US', state: 'ended', result: 'passed', trouble: null, says: [], startedBy: 'schedule', startedAt: at, endedAt: '2026-11-28T10:00:07.000Z', readAt: at,
  stages: [time('invoice', 'intake', 20), time('invoice', 'send', 200), time('payment', 'send', 1_500), { ...time('books', 'readBack', 90), flow: null }],
  net: [{ connection: 'erp-us', currency: 'USD', sales: '0.00', money: '0.00', documents: 4 }],
}; // prettier-ignore
const check: SyntheticCheck = {
  name: 'to-erp', version: 1, state: 'on', paused: null, description: 'A dollar there and back', owner: 'Finance operations', legalEntity: 'US', currency: 'USD', customer: 'cus_test', everyMs: 900_000, nextAt: at, steps: [],
  createdAt: at, createdBy: 'ada', newest: run,
}; // prettier-ignore

function engineWith(checks: SyntheticCheck[], permissions = ['control.run']) {
  const engine = createFakeEngine({ identity: { ...admin, permissions: [...admin.permissions, 'operations.read', 'control.read', ...permissions] } });
  engine.answer('GET /v1/synthetic-checks', () => ({ items: checks, next: null }));
  engine.answer('GET /v1/synthetic-runs', () => ({ items: checks.flatMap(({ newest }) => newest ?? []), next: null }));
  engine.answer('GET /v1/synthetic-runs/:id', () => ({ ...run, messages: [{ id: 'msg_01jd8x6m2dfk6t6s9vj0h0qk3w', flow: 'erp-us-invoices', state: 'posted', reason: null, title: null, documentNumber: 'INV-US-000007' }] }) as never);
  for (const act of ['runs', 'pause', 'resume']) engine.answer(`POST /v1/synthetic-checks/:name/${act}`, () => check as never);
  engine.answer('POST /v1/synthetic-runs/:id/give-up', () => run as never);
  return engine;
} // prettier-ignore
const open = (engine: ReturnType<typeof engineWith>) => openConsole('/ops?tab=synthetic', engine);

describe('synthetic transactions', () => {
  it('say what they are where there is none, and how to add one', async () => {
    open(engineWith([]));
    expect(await screen.findByText('No synthetic transaction is sent')).toBeTruthy();
    expect(screen.getByText(/waybill apply/)).toBeTruthy();
  });

  it('show the last result, the slowest of each stage against its limit, and what the books say', async () => {
    open(engineWith([check]));
    const card = await screen.findByRole('region', { name: 'to-erp' });
    expect(within(card).getAllByText('Passed').length).toBeGreaterThan(0);
    const stages = within(card).getByLabelText('The slowest of each stage');
    expect(within(stages).getAllByRole('term').map(({ textContent }) => textContent)).toEqual(['Taken in', 'Called and settled', 'Books read back']); // prettier-ignore
    expect(within(stages).getByText(/1\.5 s/)).toBeTruthy();
    expect(within(card).getByText(/It comes to nothing in erp-us/)).toBeTruthy();
    expect(within(card).getByText(/Owner: Finance operations/)).toBeTruthy();
  });

  it('run now, pause and resume with a reason', async () => {
    const engine = engineWith([check]);
    const { person } = open(engine);
    await person.click(await screen.findByRole('button', { name: 'Run to-erp now' }));
    await person.click(screen.getByRole('button', { name: 'Pause to-erp' }));
    await person.type(await screen.findByLabelText(/Reason/), 'books are closed');
    await person.click(screen.getByRole('button', { name: 'Pause' }));
    expect(await screen.findByText('Paused')).toBeTruthy();
    expect(engine.writes.map(({ call }) => call)).toEqual([
      'POST /v1/synthetic-checks/to-erp/runs',
      'POST /v1/synthetic-checks/to-erp/pause',
    ]);
    expect(engine.writes[1]!.body).toEqual({ reason: 'books are closed' });
  });

  it('an open run in trouble says so, does not begin again, and can be ended with a reason', async () => {
    const stuck: SyntheticRun = { ...run, state: 'reading', result: null, trouble: 'wrong', endedAt: null, says: ['erp-us still shows 0.75 USD of sales'], net: [{ ...run.net[0]!, sales: '0.75' }] }; // prettier-ignore
    const engine = engineWith([{ ...check, newest: stuck }]);
    const { person } = open(engine);
    expect(await screen.findByText('erp-us still shows 0.75 USD of sales')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Run to-erp now' })).toHaveProperty('disabled', true);
    await person.click(screen.getByRole('button', { name: 'End the run of to-erp' }));
    await person.type(await screen.findByLabelText(/Reason/), 'journal 4711');
    await person.click(screen.getByRole('button', { name: 'End run' }));
    expect(engine.writes).toEqual([{ call: `POST /v1/synthetic-runs/${run.id}/give-up`, body: { reason: 'journal 4711' } }]);
  });

  it('who may only look has no buttons; a run opens with its messages', async () => {
    const { person } = open(looking());
    const table = await screen.findByRole('table', { name: 'Runs of to-erp' });
    expect(screen.queryByRole('button', { name: 'Run to-erp now' })).toBeNull();
    await person.click(within(within(table).getAllByRole('row')[1]!).getByRole('button'));
    expect(await screen.findByRole('link', { name: 'erp-us-invoices' })).toBeTruthy();
  });
});

function looking() {
  const engine = createFakeEngine({ identity: { ...admin, permissions: ['operations.read', 'control.read', 'message.read'] } });
  engine.answer('GET /v1/synthetic-checks', () => ({ items: [check], next: null }));
  engine.answer('GET /v1/synthetic-runs', () => ({ items: [run], next: null }));
  engine.answer('GET /v1/synthetic-runs/:id', () => ({ ...run, messages: [{ id: 'msg_01jd8x6m2dfk6t6s9vj0h0qk3w', flow: 'erp-us-invoices', state: 'posted', reason: null, title: null, documentNumber: null }] }) as never); // prettier-ignore
  return engine;
}

describe('the words of a run', () => {
  it('the slowest of each stage, in the order of the trip', () =>
    expect(slowest(run.stages).map(({ stage, ms, where }) => [stage, ms, where])).toEqual([['intake', 20, 'invoice, flow-invoice'], ['send', 1_500, 'payment, flow-payment'], ['readBack', 90, 'books']])); // prettier-ignore
  it('a bar is full at its limit, and never empty', () =>
    expect([shareOf({ ms: 0, allowedMs: 1_000 }), shareOf({ ms: 500, allowedMs: 1_000 }), shareOf({ ms: 9_000, allowedMs: 1_000 })]).toEqual([1, 50, 100])); // prettier-ignore
  it('what the books say', () => {
    expect(netWords([])).toBe('Nothing of it reached the books');
    expect(netWords([{ ...run.net[0]!, sales: '-0.75', money: '0.00' }])).toBe('erp-us still shows USD -0.75 of sales');
  });
});
