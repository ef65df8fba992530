// A document deleted, edited, doubled or voided in the ERP behind our back is named by the next run, with its remedy; so is usage that billing lost or counts otherwise; a clean run is zero; two people sign it off.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { ControlStore } from '../src/catalog/index.js';
import { ControlRunner } from '../src/assurance/index.js';
import { RollUp } from '../src/ledger/index.js';
import { ControlRunStore } from '../src/assurance/reconciliation/runs.store.js';
import { armFailPoints, type FailPoint } from '../src/platform/failpoints/index.js';
import { engineActor } from '../src/platform/http/index.js';
import { ApiCaller } from './api-caller.js';
import { erp, makeCustomer, messageIn, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { person, type Person } from './people.js';
import { deliver, event, invoice } from './stripe-events.js';
import { openBench, sandboxSecrets, type Bench } from './test-bench.js';

jest.setTimeout(180_000);
let bench: Bench;
let period: string;

const ids = ['in_rc_1', 'in_rc_2', 'in_rc_3', 'in_rc_4', 'in_rc_5'];
const file = (more = '') => `control: us-invoices\ncompare: invoice\nbilling: { legalEntity: US }\nerp: { connection: erp-us }\n${more}`;
const book = (origin: string) => bench.sandbox.books.state.documents.find((one) => one.origin === origin)!;

async function run(control = 'us-invoices', api: Pick<Bench['api'], 'call'> = bench.api) {
  const { id } = await eventually(() => api.call('startControlRun', { params: { name: control }, body: { period } }));
  return eventually(async () => {
    const found = await bench.api.call('getControlRun', { params: { id } });
    return found.state === 'running' ? undefined : found;
  });
}
const gapsOf = async (id: string) => (await eventually(() => bench.api.call('listGaps', { params: { id }, query: { limit: 200 } }))).items;
/** Number, cause and difference of each gap. */
const told = async (id: string) => (await gapsOf(id)).map(({ number, cause, difference }) => [number, cause, difference]).sort();

beforeAll(async () => {
  bench = await openBench({ settings: { roles: ['api', 'worker'] } });
  await setUpCompany(bench);
  await bench.api.call('putControl', { params: { name: 'us-invoices' }, body: { yaml: file() } });
  for (const [at, id] of ids.entries()) await deliver(bench, event(invoice({ id, amounts: [10_000 + at] })));
  for (const id of ids) await messageIn(bench, { key: id }, 'posted');
  period = book(ids[0]!).postingDate.slice(0, 7);
});
afterAll(() => bench?.stop());

describe('a clean run', () => {
  it('is zero: every document is on both sides, with the same amount, tax and date', async () => {
    const found = await run();
    expect(found).toMatchObject({ state: 'done', error: null, matched: ids.length, gaps: 0, openGaps: 0, drift: 0, bars: [] });
    expect(found.totals).toEqual([expect.objectContaining({ legalEntity: 'US', billingRows: ids.length, erpRows: ids.length, difference: expect.stringMatching(/^0(\.0+)?$/) })]); // prettier-ignore
    expect(found.totals[0]!.billing).toBe(found.totals[0]!.erp);
    expect(await gapsOf(found.id)).toEqual([]);
  });
});

describe('what somebody does to the books behind our back', () => {
  it('is named by the next run, each document with its cause and remedy, and the bars sum to the difference', async () => {
    const { documents } = bench.sandbox.books.state;
    const [deleted, edited, taxed, doubled] = ids.map((id) => book(id)) as [ReturnType<typeof book>, ...ReturnType<typeof book>[]];
    const kept = structuredClone(documents);
    documents.splice(documents.indexOf(deleted), 1);
    edited!.total = '1.00';
    taxed!.tax = '0.77';
    documents.push({ ...doubled!, id: 'doc-copy', number: 'INV-US-999999', externalId: null });
    await erp(bench, 'POST', `/invoices/${book(ids[4]!).id}/void`, {});

    const found = await run();
    expect(found).toMatchObject({ state: 'done', gaps: 5, drift: 5, openGaps: 5 });
    const gaps = await gapsOf(found.id);
    const of = (id: string) => gaps.find(({ billing }) => billing?.number === kept.find((one) => one.origin === id)!.reference)!;
    expect(ids.map((id) => [of(id).kind, of(id).cause])).toEqual([
      ['missing-in-erp', 'deleted-in-erp'],
      ['amount', 'edited-in-erp'],
      ['tax', 'edited-in-erp'],
      ['duplicate', 'doubled-in-erp'],
      ['voided', 'voided-in-erp'],
    ]);
    expect(of(ids[0]!)).toMatchObject({ sentence: expect.stringContaining(deleted.number), remedy: expect.stringContaining('enter it again'), erp: null, link: { kind: 'message' } });
    expect(of(ids[1]!).sentence).toContain('1.00 USD');
    expect(of(ids[3]!)).toMatchObject({ erp: { number: 'INV-US-999999' }, remedy: expect.stringContaining('Void INV-US-999999') });
    const sum = (numbers: string[]) => numbers.reduce((all, one) => all + Math.round(Number(one) * 100), 0);
    const { totals, bars } = found;
    expect(sum(bars.map(({ amount }) => amount))).toBe(sum([totals[0]!.difference]));
    expect(new Set(bars.map(({ kind }) => kind))).toEqual(new Set(['missing-in-erp', 'amount', 'tax', 'duplicate', 'voided']));

    // Mended in the ERP, the next run is zero again.
    bench.sandbox.books.state.documents.splice(0, Infinity, ...kept);
    expect(await run()).toMatchObject({ state: 'done', gaps: 0, matched: ids.length, bars: [] });
  });

  it('a date that was moved into another month is a date, not a document that is missing', async () => {
    const moved = book(ids[0]!);
    const { postingDate } = moved;
    const day = new Date(Date.parse(`${period}-01`) - 86_400_000).toISOString().slice(0, 10);
    moved.postingDate = day;
    const found = await run();
    expect(await told(found.id)).toEqual([[moved.reference, 'edited-in-erp', expect.stringMatching(/^-/)]]);
    expect((await gapsOf(found.id))[0]).toMatchObject({ kind: 'date', drift: true, erp: { date: day } });
    moved.postingDate = postingDate;
  });

  it('what was entered by hand is not in billing, and a document that stopped leads to its exception', async () => {
    await makeCustomer(bench, { active: false });
    await deliver(bench, event(invoice({ id: 'in_rc_stopped', amounts: [700] })));
    const message = await messageIn(bench, { key: 'in_rc_stopped' }, 'exception');
    await makeCustomer(bench);
    const date = book(ids[0]!).postingDate;
    const { number } = (await erp(bench, 'POST', '/invoices', { entity: 'US', customer: 'CUST-1001', currency: 'USD', documentDate: date, postingDate: date, reference: 'BY-HAND-1', lines: [{ description: 'Workshop', quantity: '1', amount: '5.00', account: '4030', taxCodes: [] }], taxLines: [], subtotal: '5.00', tax: '0.00', total: '5.00' })) as { number: string }; // prettier-ignore
    const found = await run();
    const gaps = await gapsOf(found.id);
    expect(gaps.map(({ cause }) => cause).sort()).toEqual(['entered-in-erp', 'stopped']);
    expect(gaps.find(({ cause }) => cause === 'entered-in-erp')).toMatchObject({ difference: '5.00', sentence: expect.stringContaining(number), drift: false });
    expect(gaps.find(({ cause }) => cause === 'stopped')).toMatchObject({ link: { kind: 'exception', id: message.exceptionId }, why: expect.stringContaining('CUST-1001'), remedy: expect.any(String) });
    // The words of an exception are for those who may read exceptions.
    const { value } = await bench.api.call('createApiKey', { body: { name: 'controls', permissions: ['control.read', 'unassigned.read'] } });
    const narrow = new ApiCaller(bench.api.url, { authorization: `Bearer ${value}` });
    const seen = (await narrow.call('listGaps', { params: { id: found.id } })).items.find(({ cause }) => cause === 'stopped')!;
    expect(seen).toMatchObject({ why: null, remedy: expect.stringContaining('Open the exception') });
    const csv = await (await bench.api.send('exportGaps', { params: { id: found.id }, query: { drift: false } })).text();
    expect(csv.trim().split('\r\n')).toHaveLength(3);
  });
}); // prettier-ignore

describe('sign-off', () => {
  let preparer: Person;
  let reviewer: Person;
  beforeAll(async () => {
    [preparer, reviewer] = [await person(bench, { roles: ['finance-operator'] }), await person(bench, { roles: ['finance-approver'] })];
  });
  const sign = (who: Person, id: string, contentHash: string | null) => who.send('prepareCheckpoint', { params: { id }, body: { contentHash: contentHash!, comment: 'Seen' } }); // prettier-ignore
  /** As if it had run so many days after the last of its month. */
  const ranOn = (id: string, days: number) => bench.sql('update control_run set day = ends + $2::int where id = $1', [id, days]);
  const code = async (response: Response) => [response.status, ((await response.json()) as { code?: string }).code];

  it('is refused while a gap is open; what is accepted holds for the next run; another person reviews, and it is locked', async () => {
    const first = await run();
    expect(await code(await sign(preparer, first.id, first.contentHash))).toEqual([409, 'GAPS_OPEN']);
    // Whoever looks at the overview is told, and nobody of another legal entity.
    const german = await person(bench, { roles: ['viewer'], legalEntities: ['DE'] });
    const told = async (who: Person) => (await who.call('getOverview', {})).attention.filter(({ kind }) => kind === 'control').map(({ link }) => link);
    const worth = async (who: Person) => (await who.call('listValue', { query: { months: 24 } })).items;
    expect([await told(preparer), await told(german)]).toEqual([[`/recon/us-invoices/${first.id}`], []]);
    const [open] = await worth(preparer);
    expect(open!.found!.gaps - open!.found!.settled).toBe(first.openGaps);
    for (const { id } of await gapsOf(first.id)) await preparer.call('acceptGap', { params: { id }, body: { as: 'explained', reason: 'Known to finance' } });
    const second = await run('us-invoices', preparer);
    expect(second).toMatchObject({ gaps: 2, openGaps: 0 });
    expect(await code(await sign(preparer, first.id, 'a'.repeat(64)))).toEqual([409, 'CHECKPOINT_CHANGED']);
    // A month that is not over may still get documents: nobody says of it that it is right.
    await ranOn(second.id, 0);
    const early = await sign(preparer, second.id, second.contentHash);
    expect([early.status, await early.json()]).toEqual([409, expect.objectContaining({ code: 'CHECKPOINT_STATE', detail: expect.stringContaining(`${period} is not over`) })]);
    await ranOn(second.id, 1);
    const checkpoint = (await (await sign(preparer, second.id, second.contentHash)).json()) as { id: string };

    const review = (who: Person, hash = second.contentHash!) => who.send('reviewCheckpoint', { params: { id: checkpoint.id }, body: { contentHash: hash } });
    const both = await person(bench, { roles: ['finance-operator', 'finance-approver'] });
    const [gap] = await gapsOf(second.id);
    await preparer.call('withdrawGap', { params: { id: gap!.id }, body: { reason: 'Looked again' } });
    expect(await code(await review(reviewer))).toEqual([409, 'GAPS_OPEN']);
    await both.call('acceptGap', { params: { id: gap!.id }, body: { as: 'timing', reason: 'Comes next month' } });
    expect(await code(await review(reviewer))).toEqual([409, 'CHECKPOINT_CHANGED']);

    const now = await bench.api.call('getControlRun', { params: { id: second.id } });
    const again = (await (await sign(preparer, second.id, now.contentHash)).json()) as { id: string };
    const reviewNow = (who: Person) => who.send('reviewCheckpoint', { params: { id: again.id }, body: { contentHash: now.contentHash! } });
    expect(await code(await reviewNow(both))).toEqual([403, 'CHECKPOINT_OWN']);
    expect(await code(await reviewNow(preparer))).toEqual([403, 'FORBIDDEN']);
    const closed = async (who: Person) => (await worth(who)).find(({ month }) => month === period)!.daysToClose;
    expect(await closed(preparer)).toBeNull();
    expect((await reviewNow(reviewer)).status).toBe(200);
    const ends = new Date(`${period}-01T00:00:00Z`);
    ends.setUTCMonth(ends.getUTCMonth() + 1);
    expect(await closed(preparer)).toBe(Math.max(0, Math.ceil((Date.now() - ends.getTime()) / 86_400_000)));
    expect(await closed(german)).toBeNull();
    const [found, foreign] = [(await worth(preparer))[0]!.found!, (await worth(german))[0]!.found!];
    expect([found.settled, foreign.gaps]).toEqual([found.gaps, 0]);
    expect(found.amounts).toEqual([{ currency: 'USD', amount: expect.stringMatching(/^[0-9.]+$/) }]);
    expect(await told(preparer)).toEqual([]);
    expect(await code(await preparer.send('withdrawGap', { params: { id: gap!.id }, body: { reason: 'Too late' } }))).toEqual([409, 'CHECKPOINT_LOCKED']);
    expect(await code(await sign(preparer, second.id, now.contentHash))).toEqual([409, 'CHECKPOINT_LOCKED']);

    // Whoever may see the run takes away what it was judged by: every file with its hash, and the text whose hash both signed.
    const evidence = (who: Pick<Person, 'send'>, id = again.id) => who.send('exportEvidence', { params: { id } });
    expect(await code(await evidence(reviewer, checkpoint.id))).toEqual([409, 'CHECKPOINT_STATE']);
    expect((await evidence(await person(bench, { roles: ['viewer'], legalEntities: ['DE'] }))).status).toBe(404);
    const answer = await evidence(reviewer);
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, expect.stringContaining(`waybill-evidence-us-invoices-${period}-`)]);
    const files = unzipSync(Buffer.from(await answer.arrayBuffer()));
    const manifest = JSON.parse(strFromU8(files['manifest.json']!)) as { format: string; contentHash: string; preparedBy: string; files: { name: string; sha256: string; bytes: number }[] };
    expect(manifest).toMatchObject({ format: 'waybill-evidence/1', contentHash: now.contentHash, preparedBy: expect.stringMatching(/^Person/), reviewedBy: expect.stringMatching(/^Person/) });
    expect(manifest.files.map(({ name }) => name)).toEqual(['control.yaml', 'signed.json', 'totals.csv', 'waterfall.csv', 'gaps.csv', 'billing.csv', 'erp.csv', 'evidence.pdf', 'index.html']);
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    for (const { name, sha256: hash, bytes } of manifest.files) expect([name, sha256(files[name]!), files[name]!.length]).toEqual([name, hash, bytes]);
    expect(sha256(files['signed.json']!)).toBe(now.contentHash);
    const lines = (name: string) => strFromU8(files[name]!).trim().split('\r\n').length - 1;
    const [total] = now.totals;
    expect([lines('billing.csv'), lines('erp.csv'), lines('gaps.csv')]).toEqual([total!.billingRows, total!.erpRows, 2]);
    expect(strFromU8(files['index.html']!)).toContain('timing: Comes next month');
    expect(strFromU8(files['evidence.pdf']!.subarray(0, 5))).toBe('%PDF-');

    // A locked month is still looked at: what happens to it afterwards is found.
    book(ids[0]!).total = '2.00';
    const later = await run();
    expect(later.drift).toBe(1);
    expect(later.checkpoints[0]).toMatchObject({ id: again.id, state: 'locked', runId: second.id });
    await reviewer.call('reopenCheckpoint', { params: { id: again.id }, body: { reason: 'An invoice was changed in the ERP' } });
    const after = await bench.api.call('getControlRun', { params: { id: later.id } });
    expect(after.checkpoints.map(({ state }) => state)).toEqual(['reopened', 'void']);
    const log = (await bench.api.call('listAudit', { query: { object: `checkpoint/${again.id}` } })).items.map(({ action, reason }) => [action, reason]);
    expect(log).toEqual([['checkpoint.reopened', 'An invoice was changed in the ERP'], ['checkpoint.export-ended', null], ['checkpoint.exported', null], ['checkpoint.reviewed', null], ['checkpoint.prepared', 'Seen']]);
  });
}); // prettier-ignore

describe('credit memos and payments', () => {
  it('have controls of their own, a refund counts as less, and a run keeps no more than its limit', async () => {
    for (const [name, compare] of [['us-credit-memos', 'credit-memo'], ['us-payments', 'payment']] as const)
      await bench.api.call('putControl', { params: { name }, body: { yaml: `control: ${name}\ncompare: ${compare}\nbilling: { legalEntity: US }\nerp: { connection: erp-us }\n` } });
    const date = book(ids[0]!).postingDate;
    const pay = (direction: string, amount: string) => erp(bench, 'POST', '/payments', { entity: 'US', customer: 'CUST-1001', currency: 'USD', documentDate: date, postingDate: date, direction, amount, account: '1060', reference: `hand-${direction}` });
    await pay('in', '50.00');
    await pay('out', '20.00');
    const payments = await run('us-payments');
    expect(payments.totals).toEqual([expect.objectContaining({ billing: '0', erp: '30.00', erpRows: 2, difference: '30.00' })]);
    expect(payments.bars).toEqual([expect.objectContaining({ kind: 'missing-in-billing', gaps: 2, amount: '30.00' })]);
    expect(await run('us-credit-memos')).toMatchObject({ state: 'done', gaps: 0 });

    const { app } = bench.engine;
    const control = await app.get(ControlStore).find('us-payments');
    const record = await app.get(ControlRunStore).begin(control, period, engineActor);
    await app.get(ControlRunner).run(record, control, { rows: 1, gaps: 1 });
    expect(await bench.api.call('getControlRun', { params: { id: record.id } })).toMatchObject({ state: 'failed', error: expect.stringContaining('more than 1 documents'), rowsKept: false });
  });
}); // prettier-ignore

describe('an invoice that is given up in a later month', () => {
  it.each(['after it was posted', 'before the hub saw it open'])('stays in the month that it was booked in: %s', async (when) => {
    const id = `in_rc_given_up_${when.length}`;
    const before = await run();
    if (when.startsWith('after')) {
      await deliver(bench, event(invoice({ id, amounts: [4_200] })));
      await messageIn(bench, { key: id }, 'posted');
      await deliver(bench, event(invoice({ id, amounts: [4_200], status: 'uncollectible' }), { type: 'invoice.marked_uncollectible' }));
    } else {
      // Both versions come in one batch, so the hub keeps them in one statement.
      await Promise.all([deliver(bench, event(invoice({ id, amounts: [4_200] }))), deliver(bench, event(invoice({ id, amounts: [4_200], status: 'uncollectible' }), { type: 'invoice.marked_uncollectible' }))]);
    }
    await eventually(() => bench.sandbox.books.state.documents.some(({ kind, actsOn }) => kind === 'write-off' && actsOn === book(id)?.id));
    const after = await run();
    expect([after.gaps, after.matched]).toEqual([before.gaps, before.matched + 1]);
  });
}); // prettier-ignore

describe('limits', () => {
  it('gaps beyond those kept are in the sums and bars, and count as open', async () => {
    const { app } = bench.engine;
    const control = await app.get(ControlStore).find('us-payments');
    const record = await app.get(ControlRunStore).begin(control, period, engineActor);
    await app.get(ControlRunner).run(record, control, { rows: 10, gaps: 1 });
    const found = await bench.api.call('getControlRun', { params: { id: record.id } });
    expect(found).toMatchObject({ state: 'done', gaps: 2, gapsLeft: 1, openGaps: 2 });
    expect(found.bars).toEqual([expect.objectContaining({ gaps: 2, amount: '30.00' })]);
    expect(await gapsOf(record.id)).toHaveLength(1);
  });
  it('a run goes after 400 days with its gaps, unless somebody signed it', async () => {
    const before = await bench.sql<{ id: string; signed: boolean }>('select r.id, exists (select 1 from checkpoint c where c.run_id = r.id) as signed from control_run r');
    await bench.sql("update control_run set started_at = now() - interval '401 days' where control = 'us-payments' or id in (select run_id from checkpoint)");
    await bench.engine.app.get(ControlRunStore).forgetOld();
    const left = (await bench.sql<{ id: string }>('select id from control_run')).map(({ id }) => id);
    for (const { id, signed } of before) if (signed) expect(left).toContain(id);
    expect((await bench.api.call('listControlRuns', { query: { control: 'us-payments' } })).items).toEqual([]);
    expect(left.length).toBeLessThan(before.length);
  });
}); // prettier-ignore

describe('a run that is struck', () => {
  const struckAt = async (point: FailPoint) => {
    let left = 1;
    armFailPoints((passed) => {
      if (passed === point && left-- > 0) throw new Error(`struck at ${point}`);
    });
    try {
      return await run();
    } finally {
      armFailPoints(() => undefined);
    }
  };
  it.each(['control.copied', 'control.judged'] as const)('at %s has failed and leaves nothing behind; the next one finds the same', async (point) => {
    const whole = await run();
    expect(whole.gaps).toBeGreaterThan(0);
    const { id } = await struckAt(point);
    // It says that it has failed first; what it copied goes directly behind.
    const struck = await eventually(async () => {
      const found = await bench.api.call('getControlRun', { params: { id } });
      return found.rowsKept ? undefined : found;
    });
    expect(struck).toMatchObject({ state: 'failed', error: `struck at ${point}`, rowsKept: false, totals: [], bars: [] });
    expect(await gapsOf(struck.id)).toEqual([]);
    const next = await run();
    expect(next).toMatchObject({ state: 'done', contentHash: whole.contentHash });
  });
  it.each(['control.copied', 'control.judged'] as const)('that was given up while it stood still at %s writes nothing when it goes on', async (point) => {
    const whole = await run();
    let left = 1;
    armFailPoints(async (passed) => {
      if (passed !== point || left-- <= 0) return;
      await bench.sql("update control_run set touched_at = now() - interval '6 minutes' where state = 'running'");
      await bench.engine.app.get(ControlRunStore).endAbandoned();
    });
    const { id } = await run().finally(() => armFailPoints(() => undefined));
    // The next one takes longer than what the first still had to do.
    expect(await run()).toMatchObject({ state: 'done', contentHash: whole.contentHash });
    const stale = await bench.api.call('getControlRun', { params: { id } });
    expect(stale).toMatchObject({ state: 'failed', error: expect.stringContaining('went away'), totals: [], bars: [], gaps: 0 });
    expect(await gapsOf(id)).toEqual([]);
  });
  it('when it has ended keeps what it found, and both sides', async () => {
    const struck = await struckAt('control.ended');
    expect(struck).toMatchObject({ state: 'done', rowsKept: true });
    await eventually(async () => (await bench.sql<{ n: number }>(`select count(*)::int as n from control_row where run_id = '${struck.id}'`))[0]!.n > 0);
    expect(await run()).toMatchObject({ state: 'done', contentHash: struck.contentHash });
  });
}); // prettier-ignore

describe('runs', () => {
  it('one control runs once at a time; an ERP that is away makes a failed run, and never a gap', async () => {
    await bench.api.call('pauseConnection', { params: { name: 'erp-us' } });
    const { id } = await bench.api.call('startControlRun', { params: { name: 'us-invoices' }, body: { period } });
    const twice = await bench.api.send('startControlRun', { params: { name: 'us-invoices' }, body: { period } });
    expect(await bench.api.problem('startControlRun', { params: { name: 'us-invoices' }, body: { period: '2199-12' } })).toMatchObject({ status: 400, code: 'REQUEST_INVALID', path: '/period', detail: '2199-12 has not begun.' });
    expect([200, 409]).toContain(twice.status);
    const ended = await eventually(async () => {
      const found = await bench.api.call('getControlRun', { params: { id } });
      return found.state === 'running' ? undefined : found;
    }, { withinMs: 60_000 });
    expect(ended).toMatchObject({ state: 'failed', gaps: 0, error: expect.stringContaining('erp-us') });
    await bench.api.call('resumeConnection', { params: { name: 'erp-us' } });
  });

  it('the schedule runs each control once a day for its months, and keeps the copies of the newest run only', async () => {
    const runner = bench.engine.app.get(ControlRunner);
    for (const name of ['us-invoices', 'us-credit-memos', 'us-payments']) {
      const { yaml } = await bench.api.call('getControl', { params: { name } });
      await bench.api.call('putControl', { params: { name }, body: { yaml: `${yaml}daily: { at: "00:00", months: 2 }\n` } });
    }
    await Promise.all([runner.runDue(), runner.runDue()]);
    await runner.runDue();
    const rows = await bench.sql<{ control: string; n: number }>("select control, count(*)::int as n from control_run where kind = 'daily' and state = 'done' group by 1 order by 1");
    expect(rows).toEqual(['us-credit-memos', 'us-invoices', 'us-payments'].map((control) => ({ control, n: 2 })));
    const kept = await bench.sql<{ n: number }>("select count(*)::int as n from (select control, period from control_run where rows_kept and state = 'done' group by 1, 2 having count(*) > 1) x");
    expect(kept[0]!.n).toBe(0);
    const board = (await bench.api.call('getControlBoard', { query: { days: 2 } })).items;
    expect(new Set(board.map(({ control }) => control)).size).toBe(3);
  });

  it('belong to their legal entity: who sees another one finds nothing of them', async () => {
    const other = await person(bench, { roles: ['finance-operator'], legalEntities: ['DE'] });
    const [newest] = (await bench.api.call('listControlRuns')).items;
    expect((await other.call('listControls')).items).toEqual([]);
    expect((await other.call('listControlRuns')).items).toEqual([]);
    for (const name of ['getControlRun', 'listGaps'] as const) expect((await other.send(name, { params: { id: newest!.id } })).status).toBe(404);
    expect((await other.send('startControlRun', { params: { name: 'us-invoices' }, body: {} })).status).toBe(404);
  });
}); // prettier-ignore

describe('usage', () => {
  const dayMs = 86_400_000;
  const dayBack = (days: number) => new Date(bench.sandbox.clock.now().getTime() - days * dayMs).toISOString().slice(0, 10);
  let [day, next] = ['', ''];
  const control = 'stripe-us-usage';
  const used: Record<string, { entity?: string; calls?: number }> = {
    cus_same: { calls: 100 }, cus_lost: { calls: 40.5 }, cus_twice: { calls: 30 }, cus_other: { calls: 20 }, cus_edited: { calls: 90 }, cus_nobody: { calls: 8 }, cus_stray: {}, cus_de: { calls: 5, entity: 'DE' }, cus_moved: { calls: 12, entity: 'DE' },
  };
  const charge = async (path: string, form: Record<string, string>) => {
    const response = await fetch(`${bench.sandbox.url}${path}`, { method: 'POST', headers: { authorization: `Bearer ${sandboxSecrets.billingKey}`, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(form) });
    if (!response.ok) throw new Error(await response.text());
  };
  const told = async (id: string) => (await gapsOf(id)).map(({ kind, cause, difference, usage }) => [usage?.customer, kind, cause, difference]).sort();
  const send = async (customer: string, calls: number, id: string) => {
    const event = { specversion: '1.0', id, source: '/reconciliation', type: 'api.call', subject: `${customer}/1`, time: `${day}T08:00:00Z`, data: { calls } };
    const answer = await bench.api.send('sendUsage', { text: JSON.stringify([event]), type: 'application/cloudevents-batch+json' });
    expect(await answer.json()).toMatchObject({ accepted: 1 });
  };
  const seal = (which: string) => bench.api.call('sealPeriod', { params: { period: which }, body: { meter: 'api-calls' } });
  const runOf = async (which = day) => {
    const { id } = await bench.api.call('startControlRun', { params: { name: control }, body: { period: which.slice(0, 7) } });
    return eventually(async () => {
      const found = await bench.api.call('getControlRun', { params: { id } });
      return found.state === 'running' ? undefined : found;
    });
  };

  beforeAll(async () => {
    [day, next] = [dayBack(3), dayBack(2)];
    await bench.api.call('installPack', { params: { name: 'stripe-usage' }, body: {} });
    await charge('/v1/billing/meters', { event_name: 'api_calls', display_name: 'API calls' });
    for (const id of Object.keys(used)) if (id !== 'cus_nobody') await charge('/v1/customers', { id, name: id });
    const row = (subject: string, customer: string, legalEntity: string) => ({ key: { subject }, values: { customer, subscription: null, plan: null, region: null, legalEntity } });
    const accounts = Object.entries(used).map(([customer, { entity = 'US' }]) => row(`${customer}/1`, customer, entity));
    await bench.api.call('changeTableRows', { params: { name: 'usage-accounts' }, body: { put: [...accounts, row('cus_moved/2', 'cus_moved', 'US')] } });
    await bench.api.call('putMeter', { params: { name: 'api-calls' }, body: { yaml: 'meter: api-calls\nevents: [api.call]\naggregate: sum\nvalue: /calls\nunit: call\nperiod: { every: day }\n' } });
    const { yaml } = await bench.api.call('getControl', { params: { name: control } });
    await bench.api.call('putControl', { params: { name: control }, body: { yaml: `${yaml}settleMinutes: 0\n` } });
    for (const [customer, { calls }] of Object.entries(used)) if (calls !== undefined) await send(customer, calls, customer);
    await bench.engine.app.get(RollUp).runAll();
    await seal(day);
    await eventually(async () => {
      const { items } = await bench.api.call('listMessages', { query: { flow: 'usage-to-stripe', limit: 50 } });
      return items.filter(({ state }) => state === 'posted').length === 7 && items.filter(({ state }) => state === 'exception').length === 1;
    });
  });

  it('agrees down to what billing refused; quantities have their unit and are in no sum of money, and the other entity has its own control', async () => {
    const found = await runOf();
    expect(found).toMatchObject({ state: 'done', error: null, matched: 5, gaps: 2, totals: [], bars: [], erpCutOff: null, ledgerCutOff: expect.any(String) });
    expect(found.quantities).toEqual([{ legalEntity: 'US', meter: 'api-calls', unit: 'call', summaries: 6, countedDays: 6, ledger: '288.5', billing: '292.5', difference: '4' }]);
    expect(found.quantityBars).toEqual([{ legalEntity: 'US', meter: 'api-calls', kind: 'missing-in-billing', gaps: 1, quantity: '-8' }, { legalEntity: 'US', meter: 'api-calls', kind: 'missing-in-ledger', gaps: 1, quantity: '12' }]);
    const gaps = await gapsOf(found.id);
    const message = await messageIn(bench, { flow: 'usage-to-stripe', key: gaps.find(({ usage }) => usage!.customer === 'cus_nobody')!.number! }, 'exception');
    expect(gaps.find(({ usage }) => usage!.customer === 'cus_nobody')).toMatchObject({
      kind: 'missing-in-billing', cause: 'stopped', currency: null, billing: null, erp: null, type: 'usage-summary', link: { kind: 'exception', id: message.exceptionId }, why: expect.stringContaining('cus_nobody'),
      usage: { meter: 'api-calls', unit: 'call', day, ledger: { kind: 'period', period: day, quantity: '8', sentQuantity: null }, billing: null },
    });
    const moved = gaps.find(({ usage }) => usage!.customer === 'cus_moved')!;
    expect(moved).toMatchObject({ kind: 'missing-in-ledger', cause: 'elsewhere-in-ledger', link: { kind: 'summary' }, usage: { ledger: null, billing: { quantity: '12' } } });
    expect((await bench.api.call('getSummary', { params: { id: moved.link!.id } }))).toMatchObject({ legalEntity: 'DE', customer: 'cus_moved' });
    // What a summary was sent as stands in its receipt.
    expect(await bench.sql("select receipt #>> '{details,quantity}' as sent from posting where kind = 'meter-event' and receipt #>> '{details,quantity}' = '40.5'")).toEqual([{ sent: '40.5' }]);
    const german = await bench.api.call('startControlRun', { params: { name: 'stripe-de-usage' }, body: { period: day.slice(0, 7) } });
    expect(await eventually(async () => {
      const one = await bench.api.call('getControlRun', { params: { id: german.id } });
      return one.state === 'running' ? undefined : one;
    })).toMatchObject({ state: 'done', gaps: 0, matched: 2 });
  });

  it('names what was lost, counted twice, changed in billing, sent otherwise and reported by somebody else, and the bars sum to the difference', async () => {
    const { state } = bench.sandbox.billing;
    const kept = structuredClone(state.meterEvents);
    const of = (customer: string) => state.meterEvents.find((one) => one.customer === customer)!;
    state.meterEvents.splice(state.meterEvents.indexOf(of('cus_lost')), 1);
    state.meterEvents.push({ ...of('cus_twice'), identifier: 'again' }, { ...of('cus_same'), identifier: 'by-hand', customer: 'cus_stray', value: '3' });
    of('cus_other').value = '21.25';
    of('cus_edited').value = '9';
    const asSent = (quantity: string) => bench.sql(`update posting set receipt = jsonb_set(receipt, '{details,quantity}', '"${quantity}"') where external_key = '${of('cus_edited').identifier}'`);
    await asSent('9');
    const found = await runOf();
    expect(found).toMatchObject({ state: 'done', matched: 1, gaps: 7, drift: 1 });
    expect(await told(found.id)).toEqual([
      ['cus_edited', 'quantity', 'sent-otherwise', '-81'],
      ['cus_lost', 'missing-in-billing', 'not-counted', '-40.5'],
      ['cus_moved', 'missing-in-ledger', 'elsewhere-in-ledger', '12'],
      ['cus_nobody', 'missing-in-billing', 'stopped', '-8'],
      ['cus_other', 'quantity', 'counted-otherwise', '1.25'],
      ['cus_stray', 'missing-in-ledger', 'reported-elsewhere', '3'],
      ['cus_twice', 'counted-twice', 'counted-twice', '30'],
    ]);
    expect(Number(found.quantities[0]!.difference)).toBe(-81 - 40.5 + 12 - 8 + 1.25 + 3 + 30);
    expect((await bench.api.call('listGaps', { params: { id: found.id }, query: { q: 'cus_lost' } })).items).toHaveLength(1);
    expect((await bench.api.call('listGaps', { params: { id: found.id }, query: { meter: 'other' } })).items).toEqual([]);
    const [head, ...lines] = (await (await bench.api.send('exportGaps', { params: { id: found.id } })).text()).trim().replaceAll('"', '').split('\r\n');
    const names = head!.split(',');
    const lost = lines.find((line) => line.includes('cus_lost'))!.split(',');
    expect(['currency', 'difference', 'unit', 'quantityDifference'].map((name) => lost[names.indexOf(name)])).toEqual(['', '', 'call', '-40.5']);
    state.meterEvents.splice(0, Infinity, ...kept);
    await asSent('90');
    expect(await runOf()).toMatchObject({ gaps: 2, matched: 5 });
  });

  it('an adjustment of what was sent already is missing until it is sent, and leads to its summary; a tolerance takes a rest', async () => {
    await bench.api.call('pauseFlow', { params: { name: 'usage-to-stripe' } });
    await send('cus_same', 2.5, 'late');
    await send('cus_same', 1, 'late-too');
    await bench.engine.app.get(RollUp).runAll();
    await seal(next);
    const before = await runOf(next);
    const gap = (await gapsOf(before.id)).find(({ usage }) => usage!.day === next)!;
    expect(gap).toMatchObject({ kind: 'missing-in-billing', difference: '-3.5', usage: { customer: 'cus_same', ledger: { kind: 'adjustment', period: next } }, sentence: expect.stringContaining('The adjustment of usage of api-calls by cus_same') });
    expect((await bench.api.call('getSummary', { params: { id: gap.number! } }))).toMatchObject({ usedIn: day, quantity: '3.5' });
    await bench.api.call('resumeFlow', { params: { name: 'usage-to-stripe' } });
    await bench.sweep();
    await messageIn(bench, { flow: 'usage-to-stripe', key: gap.number! }, 'posted');
    expect((await gapsOf((await runOf(next)).id)).filter(({ usage }) => usage!.day === next)).toEqual([]);
    bench.sandbox.billing.state.meterEvents.find(({ value }) => value === '3.5')!.value = '3.25';
    const { yaml } = await bench.api.call('getControl', { params: { name: control } });
    await bench.api.call('putControl', { params: { name: control }, body: { yaml: `${yaml}tolerance: { quantity: { api-calls: "0.25" } }\n` } });
    expect((await gapsOf((await runOf(next)).id)).filter(({ usage }) => usage!.day === next)).toEqual([expect.objectContaining({ kind: 'rounding', explained: true, difference: '-0.25' })]);
  });

  it('is signed and locked like documents, and its evidence holds quantities', async () => {
    const [preparer, reviewer] = [await person(bench, { roles: ['finance-operator'] }), await person(bench, { roles: ['finance-approver'] })];
    const first = await runOf();
    for (const { id, explained } of await gapsOf(first.id)) if (!explained) await preparer.call('acceptGap', { params: { id }, body: { as: 'explained', reason: 'Known to finance' } });
    const { contentHash } = await bench.api.call('getControlRun', { params: { id: first.id } });
    await bench.sql('update control_run set day = ends + 1 where id = $1', [first.id]);
    const { id } = await preparer.call('prepareCheckpoint', { params: { id: first.id }, body: { contentHash: contentHash! } });
    await reviewer.call('reviewCheckpoint', { params: { id }, body: { contentHash: contentHash! } });
    const files = unzipSync(Buffer.from(await (await reviewer.send('exportEvidence', { params: { id } })).arrayBuffer()));
    expect(Object.keys(files).sort()).toEqual(['billing.csv', 'control.yaml', 'evidence.pdf', 'gaps.csv', 'index.html', 'ledger.csv', 'manifest.json', 'quantities.csv', 'signed.json', 'waterfall.csv']);
    expect(createHash('sha256').update(files['signed.json']!).digest('hex')).toBe(contentHash);
    expect(strFromU8(files['signed.json']!)).toContain('"quantities"');
    expect(strFromU8(files['ledger.csv']!)).toContain(`"api-calls","cus_lost","${day}",40.5,`);
    expect(strFromU8(files['index.html']!)).toContain('summaries of usage are the same on both sides');
  });

  it('takes a summary into the month of its meter’s time zone, though its day of UTC is in the next', async () => {
    const now = bench.sandbox.clock.now();
    const month = (back: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7);
    await bench.api.call('putMeter', { params: { name: 'far-calls' }, body: { yaml: 'meter: far-calls\nevents: [far.call]\naggregate: sum\nvalue: /calls\nperiod: { every: month, timeZone: America/Los_Angeles }\n' } });
    const event = { specversion: '1.0', id: 'far', source: '/reconciliation', type: 'far.call', subject: 'cus_same/1', time: `${month(2)}-15T08:00:00Z`, data: { calls: 6 } };
    await bench.api.send('sendUsage', { text: JSON.stringify([event]), type: 'application/cloudevents-batch+json' });
    await bench.engine.app.get(RollUp).runAll();
    await bench.api.call('sealPeriod', { params: { period: month(2) }, body: { meter: 'far-calls' } });
    const far = async (which: string) => (await runOf(which)).quantities.filter(({ meter }) => meter === 'far-calls');
    expect(await far(month(2))).toEqual([{ legalEntity: 'US', meter: 'far-calls', unit: null, summaries: 1, countedDays: 0, ledger: '6', billing: '0', difference: '-6' }]);
    expect(await far(month(1))).toEqual([]);
  });

  it('struck, leaves no copy and no gap, and the next run finds the same; an old run goes with its quantities', async () => {
    const whole = await runOf();
    let left = 1;
    armFailPoints((passed) => {
      if (passed === 'control.judged' && left-- > 0) throw new Error('struck');
    });
    const { id } = await runOf().finally(() => armFailPoints(() => undefined));
    const rows = () => bench.sql<{ n: number }>(`select (select count(*) from control_usage_row where run_id = '${id}')::int + (select count(*) from control_quantity_total where run_id = '${id}')::int as n`);
    await eventually(async () => (await rows())[0]!.n === 0);
    expect(await bench.api.call('getControlRun', { params: { id } })).toMatchObject({ state: 'failed', error: 'struck', quantities: [], gaps: 0 });
    expect(await gapsOf(id)).toEqual([]);
    expect(await runOf()).toMatchObject({ state: 'done', contentHash: whole.contentHash });
    await bench.sql("update control_run set started_at = now() - interval '401 days' where control = 'stripe-de-usage'");
    await bench.engine.app.get(ControlRunStore).forgetOld();
    expect((await bench.api.call('listControlRuns', { query: { control: 'stripe-de-usage' } })).items).toEqual([]);
  });

  it('asks for so many customers and no more', async () => {
    const { app } = bench.engine;
    const version = await app.get(ControlStore).find(control);
    const record = await app.get(ControlRunStore).begin(version, day.slice(0, 7), engineActor);
    await app.get(ControlRunner).run(record, version, { rows: 1, gaps: 1 });
    expect(await bench.api.call('getControlRun', { params: { id: record.id } })).toMatchObject({ state: 'failed', error: expect.stringContaining('more than 1 customers and meters'), rowsKept: false });
  });

  it('a file that names a platform or a table that cannot say it is refused, each with its line', async () => {
    const problem = await bench.api.problem('putControl', { params: { name: 'bad' }, body: { yaml: 'control: bad\ncompare: usage\nledger: { legalEntity: US }\nbilling:\n  connection: erp-us\n  meters:\n    table: usage-prices\n    column: name\n' } });
    expect(problem.problems!.map(({ code, path, line }) => [code, path, line])).toEqual([['CONTROL_LOOKUP', '/billing/connection', 5], ['CONTROL_TABLE', '/billing/meters/column', 8]]);
  });
}); // prettier-ignore

describe('a control file', () => {
  it('is refused with every problem at once, and a connection that reads nothing back is one of them', async () => {
    const response = await bench.api.send('putControl', { params: { name: 'bad' }, body: { yaml: 'control: other\ncompare: invoice\nbilling: { legalEntity: US }\nerp: { connection: stripe }\n' } });
    const { code, problems } = (await response.json()) as { code: string; problems: { code: string; path: string; line: number }[] };
    expect([response.status, code]).toEqual([422, 'CONTROL_INVALID']);
    expect(problems.map((one) => [one.code, one.path, one.line])).toEqual([['CONTROL_NAME', '/control', 1], ['CONTROL_STREAM', '/erp/connection', 4]].map((one, at) => (at === 1 ? ['CONTROL_STREAM', '/erp/stream', 4] : one)));
  });
  it('has versions: the same text again is none', async () => {
    const { yaml, version } = await bench.api.call('getControl', { params: { name: 'us-invoices' } });
    expect((await bench.api.call('putControl', { params: { name: 'us-invoices' }, body: { yaml } })).version).toBe(version);
    expect((await bench.api.call('putControl', { params: { name: 'us-invoices' }, body: { yaml: yaml.replace('months: 2', 'months: 1') } })).version).toBe(version + 1);
  });
}); // prettier-ignore
