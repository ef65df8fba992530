// "All that match" is frozen where it is counted: what was shown is acted on, once, and what is posted already is not posted again.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { selectionMax } from '../src/exceptions/selections.store.js';
import { exceptionOf, makeCustomer, setActive, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { person, type Person } from './people.js';
import { deliver, event, invoice } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(300_000);
const flow = 'erp-us-invoices';
/** Documents that go the whole way, twice. */
const many = 1_000;

describe('selections', () => {
  let bench: Bench;
  let ada: Person;
  let ben: Person;
  beforeAll(async () => {
    bench = await openBench();
    await setUpCompany(bench);
    ada = await person(bench, { roles: ['finance-operator'], name: 'Ada' });
    ben = await person(bench, { roles: ['finance-operator'], name: 'Ben' });
  });
  afterAll(() => bench?.stop());

  const bring = (id: string, customer: string, amount = 10_000) => deliver(bench, event(invoice({ id, customer, amounts: [amount] })));
  /** A document that has stopped, as so many of its kind: only its id is another in each. The way in is not what is tried here. */
  const multiply = (key: string, count: number) =>
    bench.sql(
      `with one as (select m.*, e.id as exception, e.category, e.code, e.cause, e.cause_key, e.remedy, e.fix, e.stage as stopped from message m join exception e on e.message_id = m.id where m.flow = $1 and m.key = $2 and m.state = 'exception'),
       made as (insert into message (id, flow, release_id, lane, ordering_key, key, revision, content_hash, effect, state, stage, source_system, canonical_id, canonical_version, correlation_id, occurred_at, title, customer, legal_entity, amount, currency)
         select 'msg_many' || lpad(n::text, 22, '0'), flow, release_id, n % 8, replace(ordering_key, $2, $4 || n), $4 || n, revision, content_hash, effect, state, stage, source_system, canonical_id, canonical_version, correlation_id, occurred_at, title, customer, legal_entity, amount, currency
         from one, generate_series(2, $3::int) n returning id, key),
       bodies as (insert into message_body (message_id, stage, body, hash) select made.id, b.stage, replace(b.body, $2, made.key), b.hash from made, one join message_body b on b.message_id = one.id and b.stage in ('accept','delivery'))
       insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, stage, fix) select 'exc' || substr(made.id, 4), made.id, flow, category, code, cause, cause_key, remedy, stopped, fix from made, one`,
      [flow, key, count, key.replace(/\d+$/, '')],
    );

  it(`replays exactly the ${many} that were counted, and a second replay of them posts nothing`, async () => {
    await makeCustomer(bench, { number: 'cus_many', active: false });
    await bring('in_many_1', 'cus_many', 1_000);
    await exceptionOf(bench, { key: 'in_many_1' });
    await multiply('in_many_1', many);
    const { items } = await ada.call('listExceptions', { query: { q: 'cus_many', limit: 1 } });
    const filter = { causeKey: items[0]!.causeKey };
    const selection = await ada.call('makeSelection', { body: { filter } });
    expect(selection).toMatchObject({
      count: many,
      amounts: [{ amount: '10000.00', currency: 'USD' }],
      excluded: [],
      usedAt: null,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    // What comes now matches the filter as well, and is not in the selection.
    await bring('in_many_late', 'cus_many');
    const late = await exceptionOf(bench, { key: 'in_many_late' });
    await setActive(bench, 'cus_many', true);
    expect(await ada.call('previewReplay', { body: { selection: selection.id } })).toMatchObject({
      count: many,
      amounts: selection.amounts,
    });
    const started = await ada.call('startReplay', { body: { selection: selection.id, reason: 'active again' } });
    expect(started).toMatchObject({ accepted: many, refused: [] });
    await eventually(async () => (await ada.call('getReplay', { params: { id: started.runId } })).outcomes['posted'] === many, {
      withinMs: 120_000,
      what: `${many} postings`,
    });
    const booked = () => bench.sandbox.books.state.documents.filter(({ origin }) => origin?.startsWith('in_many_')).length;
    expect(booked()).toBe(many);
    expect(await bench.api.call('getException', { params: { id: late.id } })).toMatchObject({ state: 'open' });
    expect(await ada.problem('startReplay', { body: { selection: selection.id } })).toMatchObject({
      status: 409,
      code: 'SELECTION_USED',
      detail: expect.stringContaining(started.runId),
    });

    const messages = (
      await bench.sql<{ id: string }>(
        "select id from message where flow = $1 and key like 'in\\_many\\_%' and state = 'posted' order by id",
        [flow],
      )
    ).map(({ id }) => id);
    const again = await ada.call('startReplay', { body: { messages } });
    expect([again.accepted, again.refused.length, again.refused[0]!.reason]).toEqual([0, many, expect.stringContaining('already posted')]);
    expect((await ada.call('getReplay', { params: { id: again.runId } })).outcomes).toEqual({ refused: many });
    expect(booked()).toBe(many);
    const [closed] = await bench.sql<{ n: number }>(
      "select count(*)::int as n from exception where closed_run = $1 and closed_attempt is not null and state = 'resolved'",
      [started.runId],
    );
    expect(closed!.n).toBe(many);
    const { items: records, count } = await ada.call('listReplayRecords', {
      params: { id: started.runId },
      query: { outcome: 'posted', count: true, limit: 1 },
    });
    expect([count, records[0]]).toEqual([
      many,
      expect.objectContaining({ outcome: 'posted', documentNumber: expect.any(String), amount: { amount: '10.00', currency: 'USD' } }),
    ]);
  });

  it('says what it leaves out and why, and what was ended meanwhile is refused by record', async () => {
    await makeCustomer(bench, { number: 'cus_few', active: false });
    for (const n of [1, 2, 3, 4]) await bring(`in_few_${n}`, 'cus_few', 1_000 * n);
    const few = [];
    for (const n of [1, 2, 3, 4]) few.push(await exceptionOf(bench, { key: `in_few_${n}` }));
    await ada.call('resolveException', { params: { id: few[0]!.id }, body: { reason: 'booked by hand' } });
    const selection = await ada.call('makeSelection', {
      body: { exceptions: [...few.map(({ id }) => id), 'exc_00000000000000000000000000'] },
    });
    expect(selection).toMatchObject({
      count: 3,
      amounts: [{ amount: '90.00', currency: 'USD' }],
      excluded: expect.arrayContaining([
        { reason: 'has already ended', count: 1 },
        { reason: 'is not there', count: 1 },
      ]),
    });
    await ada.call('resolveException', { params: { id: few[1]!.id }, body: { reason: 'booked by hand too' } });
    const acted = await ada.call('resolveSelection', { params: { id: selection.id }, body: { reason: 'all of them by hand' } });
    expect(acted).toEqual({ done: 2, refused: [{ exceptionId: few[1]!.id, code: 'EXCEPTION_CLOSED', reason: expect.any(String) }] });
    for (const { id } of few)
      expect(await bench.api.call('getException', { params: { id } })).toMatchObject({ state: 'resolved', closedBy: 'Ada' });
    const { items } = await bench.api.call('listAudit', { query: { object: `selection/${selection.id}` } });
    expect(items.map(({ action }) => action)).toEqual(['exception.resolved', 'selection.made']);
    expect(items[0]).toMatchObject({
      actor: 'Ada',
      reason: 'all of them by hand',
      after: { done: 2, refused: 1, selected: 3, hash: selection.hash },
    });
  });

  it('sends nothing again that somebody ended after it was frozen; the rest is sent, and each refusal is in the records', async () => {
    await makeCustomer(bench, { number: 'cus_ended', active: false });
    for (const n of [1, 2]) await bring(`in_ended_${n}`, 'cus_ended', 1_000 * n);
    const [byHand, other] = [await exceptionOf(bench, { key: 'in_ended_1' }), await exceptionOf(bench, { key: 'in_ended_2' })];
    const selection = await ada.call('makeSelection', { body: { exceptions: [byHand.id, other.id] } });
    await ben.call('resolveException', { params: { id: byHand.id }, body: { reason: 'booked by hand' } });
    await setActive(bench, 'cus_ended', true);
    const preview = await ada.call('previewReplay', { body: { selection: selection.id } });
    expect(preview.verdicts).toEqual({ refused: 1, sends: 1 });
    const refusal = { messageId: byHand.messageId, reason: expect.stringContaining('ended after it was selected') };
    const started = await ada.call('startReplay', { body: { selection: selection.id, reason: 'active again' } });
    expect(started).toMatchObject({ accepted: 1, refused: [refusal] });
    await eventually(async () => (await ada.call('getReplay', { params: { id: started.runId } })).outcomes['posted'] === 1, {
      what: 'the other one is posted',
    });
    const { items } = await ada.call('listReplayRecords', { params: { id: started.runId }, query: { outcome: 'refused' } });
    expect(items).toEqual([expect.objectContaining(refusal)]);
    expect(await ada.call('getMessage', { params: { id: byHand.messageId } })).toMatchObject({ state: 'resolved' });
    expect(bench.sandbox.books.state.documents.filter(({ origin }) => origin === 'in_ended_1')).toEqual([]);
    // Who looks at the message itself and wants it posted after all still may.
    expect(await ada.call('startReplay', { body: { messages: [byHand.messageId], reason: 'after all' } })).toMatchObject({ accepted: 1 });
  });

  it('is either a filter or exceptions; a filter that is not understood is named where it stands', async () => {
    expect(await ada.problem('makeSelection', { body: { filter: {}, exceptions: ['exc_00000000000000000000000000'] } })).toMatchObject({
      status: 400,
      code: 'REQUEST_INVALID',
      path: '/exceptions',
    });
    expect(await ada.problem('makeSelection', { body: { filter: { amount: '>=much' } } })).toMatchObject({
      status: 400,
      path: '/filter/amount',
    });
  });

  it('is whoever made it alone’s, ends after its time, and is never empty', async () => {
    await makeCustomer(bench, { number: 'cus_own', active: false });
    await bring('in_own', 'cus_own');
    const { id } = await exceptionOf(bench, { key: 'in_own' });
    const selection = await ada.call('makeSelection', { body: { exceptions: [id] } });
    expect(await ada.call('getSelection', { params: { id: selection.id } })).toEqual(selection);
    expect(await ben.problem('getSelection', { params: { id: selection.id } })).toMatchObject({ status: 404 });
    expect(await ben.problem('assignSelection', { params: { id: selection.id }, body: { assignee: ben.id } })).toMatchObject({
      status: 404,
    });
    await bench.sql("update selection set expires_at = now() - interval '1 second' where id = $1", [selection.id]);
    const late = { status: 410, code: 'SELECTION_EXPIRED' };
    expect(await ada.problem('assignSelection', { params: { id: selection.id }, body: { assignee: ada.id } })).toMatchObject(late);
    expect(await ada.problem('previewReplay', { body: { selection: selection.id } })).toMatchObject(late);
    expect(await ada.problem('makeSelection', { body: { filter: { q: 'no such word' } } })).toMatchObject({
      status: 422,
      code: 'SELECTION_EMPTY',
    });
    const german = await person(bench, { roles: ['finance-operator'], legalEntities: ['DE'] });
    expect(await german.problem('makeSelection', { body: { exceptions: [id] } })).toMatchObject({
      status: 422,
      code: 'SELECTION_EMPTY',
      detail: expect.stringContaining('1 is not there'),
    });
  });

  it('is used once, also by two at the same moment', async () => {
    await makeCustomer(bench, { number: 'cus_race', active: false });
    await bring('in_race', 'cus_race');
    const { id } = await exceptionOf(bench, { key: 'in_race' });
    const selection = await ada.call('makeSelection', { body: { exceptions: [id] } });
    const tried = await Promise.all(
      [1, 2, 3, 4].map(() => ada.send('assignSelection', { params: { id: selection.id }, body: { assignee: ada.id } })),
    );
    expect(tried.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it(`holds ${selectionMax}, which are given, put off and ended at once; one more is refused, and a file holds as many`, async () => {
    // Made where they stop: a list does not care how they came.
    await bench.sql(
      `with sample as (select * from message where key = 'in_race' and flow = $1),
       made as (insert into message (id, flow, release_id, lane, ordering_key, key, revision, content_hash, effect, state, source_system, correlation_id, occurred_at, title, customer, legal_entity, amount, currency)
         select 'msg_bulk' || lpad(n::text, 22, '0'), $1, s.release_id, n % 8, 'bulk ' || n, 'in_bulk_' || n, '1', '\\x00', 'create', 'exception', s.source_system, 'cor_bulk', now(), case n when 1 then '=1+1' else 'BULK-' || n end, 'cus_bulk', 'US', 1.10, 'USD'
         from sample s, generate_series(1, $2::int + 1) n returning id)
       insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, stage, fix) select 'exc' || substr(id, 4), id, $1, 'master-data', 'BULK', 'made in bulk', 'bulk', 'none', 'send', '{"kind":"source"}' from made`,
      [flow, selectionMax],
    );
    const filter = { causeKey: 'bulk' };
    expect(await ada.problem('makeSelection', { body: { filter } })).toMatchObject({ status: 422, code: 'SELECTION_TOO_LARGE' });
    expect(await ada.problem('startReplay', { body: filter })).toMatchObject({ status: 422, code: 'SELECTION_TOO_LARGE' });
    expect(await ada.problem('exportExceptions', { query: filter })).toMatchObject({ status: 422, code: 'EXPORT_TOO_LARGE' });
    const last = `exc_bulk${String(selectionMax + 1).padStart(22, '0')}`;
    await ada.call('resolveException', { params: { id: last }, body: { reason: 'one too many' } });

    const file = await ada.send('exportExceptions', { query: filter });
    const lines = (await file.text()).trimEnd().split('\r\n');
    expect([file.status, file.headers.get('content-type'), lines.length]).toEqual([
      200,
      expect.stringContaining('text/csv'),
      selectionMax + 1,
    ]);
    expect(lines[0]).toMatch(/^"id","state","due"/);
    const formula = lines.find((line) => line.includes('1+1'))!;
    expect(formula).toContain(`"'=1+1"`);
    expect(formula).toContain(',1.10,"USD",');
    const [logged] = (await bench.api.call('listAudit', { query: { action: 'exception.exported' } })).items;
    expect(logged).toMatchObject({ actor: 'Ada', after: { rows: selectionMax, chosenBy: ['causeKey'] } });

    const freeze = async () => (await ada.call('makeSelection', { body: { filter: { ...filter, snoozed: 'also' } } })).id;
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect(await ada.call('assignSelection', { params: { id: await freeze() }, body: { assignee: ben.id } })).toEqual({
      done: selectionMax,
      refused: [],
    });
    expect(await ada.call('snoozeSelection', { params: { id: await freeze() }, body: { until } })).toEqual({
      done: selectionMax,
      refused: [],
    });
    expect((await ada.call('listExceptions', { query: { ...filter, owner: ben.id, snoozed: 'only', count: true, limit: 1 } })).count).toBe(
      selectionMax,
    );
    expect(await ada.call('resolveSelection', { params: { id: await freeze() }, body: { reason: 'made in bulk' } })).toEqual({
      done: selectionMax,
      refused: [],
    });
    const [waived] = await bench.sql<{ n: number }>(
      "select count(*)::int as n from posting where source_id like 'in\\_bulk\\_%' and state = 'waived'",
    );
    expect(waived!.n).toBe(selectionMax + 1);
  });
});
