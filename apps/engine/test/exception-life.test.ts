// The life of an exception: somebody takes it up, puts it off, talks about it, sends it again; it comes back or ends, and its end says what ended it.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { commentsMax, exceptionMoves, exceptionStates } from '../src/exceptions/life.js';
import { exceptionOf, inBooks, makeCustomer, messageIn, setActive, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { person, type Person } from './people.js';
import { deliver, event, invoice } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(120_000);
const flow = 'erp-us-invoices';
const day = 86_400_000;
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('the life of an exception', () => {
  let bench: Bench;
  let ada: Person;
  let ben: Person;
  let viewer: Person;
  beforeAll(async () => {
    bench = await openBench();
    await setUpCompany(bench);
    ada = await person(bench, { roles: ['finance-operator'], name: 'Ada' });
    ben = await person(bench, { roles: ['finance-operator'], name: 'Ben' });
    viewer = await person(bench, { roles: ['viewer'], name: 'Vera' });
  });
  afterAll(() => bench?.stop());

  /** An invoice of a customer of its own that the ERP does not take. */
  async function stopped(key: string, amount = 10_000) {
    await makeCustomer(bench, { number: `cus_${key}`, active: false });
    await deliver(bench, event(invoice({ id: `in_${key}`, customer: `cus_${key}`, amounts: [amount] })));
    return exceptionOf(bench, { key: `in_${key}` });
  }
  const read = (id: string) => bench.api.call('getException', { params: { id } });
  const historyOf = async (id: string) => (await bench.api.call('getExceptionHistory', { params: { id } })).items;
  const actionsOn = async (id: string) =>
    (await bench.api.call('listAudit', { query: { object: `exception/${id}` } })).items.map(({ action }) => action).reverse();

  const toldOfRun = async (id: string) =>
    (await bench.api.call('listAudit', { query: { object: `run/${id}` } })).items.map(({ action }) => action);

  it('has the same moves in code and in SQL', async () => {
    await bench.sql(
      "insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, stage, fix) values ('exc_moves','msg_none','f','c','c','c','c','r','s','{}')",
    );
    const wrong: string[] = [];
    for (const was of exceptionStates)
      for (const to of exceptionStates.filter((state) => state !== was)) {
        await bench.sql(
          `alter table exception disable trigger exception_moves; update exception set state = '${was}' where id = 'exc_moves'; alter table exception enable trigger exception_moves`,
        );
        const moved = await bench.sql('update exception set state = $1 where id = $2', [to, 'exc_moves']).then(
          () => true,
          (error: { code?: string }) => (expect(error.code).toBe('23514'), false),
        );
        if (moved !== exceptionMoves[was].includes(to)) wrong.push(`${was} to ${to}`);
      }
    expect(wrong).toEqual([]);
    await bench.sql("alter table exception disable trigger exception_moves; delete from exception where id = 'exc_moves'; alter table exception enable trigger exception_moves"); // prettier-ignore
  });

  it('is taken up by giving it to oneself, waits when it is given to another, and is nobody’s when it is given back', async () => {
    const { id } = await stopped('owner');
    const params = { id };
    expect(await read(id)).toMatchObject({ state: 'open', assignee: null, assigneeId: null });
    expect(await ada.call('assignException', { params, body: { assignee: ada.id } })).toMatchObject({
      state: 'in-progress',
      assignee: 'Ada',
      assigneeId: ada.id,
    });
    expect((await ada.call('listExceptions', { query: { owner: 'me' } })).items.map((item) => item.id)).toContain(id);
    expect((await ben.call('listExceptions', { query: { owner: 'me' } })).items.map((item) => item.id)).not.toContain(id);
    const [user] = await bench.sql<{ email: string }>('select email from user_account where id = $1', [ben.id]);
    expect(await ada.call('assignException', { params, body: { assignee: user!.email.toUpperCase() } })).toMatchObject({
      state: 'open',
      assignee: 'Ben',
    });
    expect(await ben.call('assignException', { params, body: { assignee: ben.id } })).toMatchObject({ state: 'in-progress' });
    // Somebody else says once more whose it is: Ben has it in hand all the same.
    expect(await ada.call('assignException', { params, body: { assignee: ben.id } })).toMatchObject({
      state: 'in-progress',
      assignee: 'Ben',
    });
    expect(await ada.call('assignException', { params, body: { assignee: null } })).toMatchObject({
      state: 'open',
      assignee: null,
      assigneeId: null,
    });
    expect((await ada.call('listExceptions', { query: { owner: 'nobody' } })).items.map((item) => item.id)).toContain(id);
    expect(await actionsOn(id)).toEqual(Array.from({ length: 5 }, () => 'exception.assigned'));
  });

  it('is given to nobody who is not there, may not work, or does not see it', async () => {
    const { id } = await stopped('unfit');
    const german = await person(bench, { roles: ['finance-operator'], name: 'Gerda', legalEntities: ['DE'] });
    const give = (assignee: string) => bench.api.problem('assignException', { params: { id }, body: { assignee } });
    expect(await give('Ada')).toMatchObject({ status: 422, code: 'ASSIGNEE_UNKNOWN', path: '/assignee' });
    expect(await give(viewer.id)).toMatchObject({ status: 422, code: 'ASSIGNEE_UNFIT', detail: expect.stringContaining('Vera') });
    expect(await give(german.id)).toMatchObject({ status: 422, code: 'ASSIGNEE_UNFIT', detail: expect.stringContaining('does not see') });
    await bench.api.call('changeUser', { params: { id: german.id }, body: { disabled: true } });
    expect(await give(german.id)).toMatchObject({ code: 'ASSIGNEE_UNKNOWN' });
    const names = (await ada.call('listAssignees')).items.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Ada', 'Ben', 'Administrator']));
    expect(names).not.toContain('Vera');
    expect(names).not.toContain('Gerda');
    expect(await bench.api.problem('listExceptions', { query: { owner: 'me' } })).toMatchObject({ status: 400, path: '/owner' });
  });

  it('leaves the list while it is put off, and comes back by itself', async () => {
    const { id, messageId, causeKey } = await stopped('snooze');
    const listed = async (query: object) =>
      (await ada.call('listExceptions', { query: { limit: 200, ...query } })).items.some((item) => item.id === id);
    const onOverview = async () => (await ada.call('getOverview', {})).numbers.exceptions;
    const before = await onOverview();
    const until = inMs(2_500);
    expect(await ada.call('snoozeException', { params: { id }, body: { until, reason: 'the customer calls back' } })).toMatchObject({
      state: 'open',
      snoozedUntil: until,
    });
    expect([
      await listed({}),
      await listed({ snoozed: 'only' }),
      await listed({ snoozed: 'also' }),
      await listed({ message: messageId }),
    ]).toEqual([false, true, true, true]);
    expect((await ada.call('listExceptionGroups')).items.some((group) => group.causeKey === causeKey)).toBe(false);
    // The number is a link to the list, and counts what that shows.
    expect([await onOverview(), (await ada.call('listExceptions', { query: { limit: 1, count: true } })).count]).toEqual([
      before - 1,
      before - 1,
    ]);
    await eventually(() => listed({}));
    expect([await listed({ snoozed: 'only' }), (await read(id)).snoozedUntil]).toEqual([false, null]);
    await ada.call('snoozeException', { params: { id }, body: { until: inMs(day) } });
    expect(await ada.call('snoozeException', { params: { id }, body: { until: null } })).toMatchObject({ snoozedUntil: null });
    expect(await actionsOn(id)).toEqual(['exception.snoozed', 'exception.snoozed', 'exception.woken']);
    for (const wrong of [inMs(-1_000), inMs(93 * day)])
      expect(await ada.problem('snoozeException', { params: { id }, body: { until: wrong } })).toMatchObject({
        status: 422,
        code: 'SNOOZE_INVALID',
        path: '/until',
      });
  });

  it('keeps what people say about it, so many times, as it was said', async () => {
    const { id } = await stopped('words');
    await ada.call('commentException', { params: { id }, body: { text: 'Asked the customer.\nThey answer on Monday.' } });
    expect(await ada.problem('commentException', { params: { id }, body: { text: ' \n ' } })).toMatchObject({
      status: 400,
      code: 'REQUEST_INVALID',
    });
    const client = new pg.Client({ connectionString: bench.databaseUrl });
    await client.connect();
    for (const statement of ["update exception_act set words = 'other'", 'delete from exception_act', 'truncate exception_act'])
      await expect(client.query(statement)).rejects.toThrow(/permission denied/);
    await client.end();
    await bench.sql(
      "insert into exception_act (exception_id, kind, by_name, by_id, words) select $1, 'commented', 'Ada', $2, 'word ' || n from generate_series(2, $3::int - 1) n",
      [id, ada.id, commentsMax],
    );
    await ada.call('commentException', { params: { id }, body: { text: 'the last one' } });
    expect(await ada.problem('commentException', { params: { id }, body: { text: 'one too many' } })).toMatchObject({
      status: 409,
      code: 'COMMENTS_FULL',
    });
    const comments = (await historyOf(id)).filter(({ kind }) => kind === 'commented');
    expect([comments.length, comments[0], comments.at(-1)!.words]).toEqual([
      commentsMax,
      expect.objectContaining({ by: 'Ada', words: 'Asked the customer.\nThey answer on Monday.' }),
      'the last one',
    ]);
  });

  it('comes back from a replay that fails as what it was, and ends by the one that posts, which it names', async () => {
    const first = await stopped('returns');
    const { id, messageId } = first;
    await ada.call('assignException', { params: { id }, body: { assignee: ada.id } });
    await ada.call('commentException', { params: { id }, body: { text: 'I try it again.' } });
    const failing = await ada.call('startReplay', { body: { messages: [messageId] } });
    const back = await eventually(async () => {
      const item = await read(id);
      return item.returns === 1 && item;
    });
    expect(back).toMatchObject({ state: 'open', assignee: 'Ada', openedAt: first.openedAt, closedAt: null });
    expect((await bench.api.call('listExceptions', { query: { message: messageId, state: 'all' } })).items).toHaveLength(1);
    await setActive(bench, 'cus_returns', true);
    const posting = await ada.call('startReplay', { body: { messages: [messageId], reason: 'the customer is active again' } });
    const posted = await messageIn(bench, { key: 'in_returns' }, 'posted');
    expect(await read(id)).toMatchObject({
      state: 'resolved',
      closedBy: 'Waybill',
      closedRun: posting.runId,
      closedAttempt: 3,
      assignee: 'Ada',
    });
    expect(posted.attempts).toBe(3);
    const told = (await historyOf(id)).map(({ kind, by, words, runId, to }) =>
      kind === 'moved' ? `${by ?? 'Waybill'}: ${to}` : [kind, by, words, runId].filter((part) => part !== null).join(' · '),
    );
    expect(told).toEqual([
      'Waybill: exception',
      'assigned · Ada',
      'commented · Ada · I try it again.',
      `replayed · Ada · ${failing.runId}`,
      'Waybill: in_flight',
      'Waybill: exception',
      `replayed · Ada · the customer is active again · ${posting.runId}`,
      'Waybill: in_flight',
      'Waybill: posted',
    ]);
    expect(inBooks(bench, 'in_returns')).toHaveLength(1);
  });

  it('is replaying until the end is known: nobody ends it meanwhile, and a replay that is cancelled gives it back', async () => {
    const { id, messageId } = await stopped('waits');
    await bench.api.call('pauseFlow', { params: { name: flow } });
    try {
      const { runId } = await ada.call('startReplay', { body: { messages: [messageId] } });
      expect((await ada.call('listExceptions', { query: { state: 'replaying' } })).items.map((item) => item.id)).toEqual([id]);
      const busy = { status: 409, code: 'EXCEPTION_REPLAYING' };
      expect(await ada.problem('resolveException', { params: { id }, body: { reason: 'by hand' } })).toMatchObject(busy);
      expect(await ada.problem('snoozeException', { params: { id }, body: { until: inMs(day) } })).toMatchObject(busy);
      await deliver(bench, event(invoice({ id: 'in_waits', customer: 'cus_waits', status: 'paid' })));
      await messageIn(bench, { key: 'in_waits' }, 'ready');
      expect(await ada.call('getReplay', { params: { id: runId } })).toMatchObject({
        total: 1,
        outcomes: { 'under-way': 1 },
        mayCancel: true,
        cancelled: false,
      });
      expect((await viewer.send('cancelReplay', { params: { id: runId } })).status).toBe(403);
      expect(await ada.call('cancelReplay', { params: { id: runId } })).toEqual({ calledBack: 1, goesOn: 0 });
      expect(await read(id)).toMatchObject({ state: 'open', returns: 0 });
      expect(await messageIn(bench, { key: 'in_waits' }, 'blocked')).toBeDefined(); // what came later waits behind it again
      expect(await ada.call('getReplay', { params: { id: runId } })).toMatchObject({
        outcomes: { 'called-back': 1 },
        mayCancel: false,
        cancelled: true,
      });
      expect(await bench.api.call('getRun', { params: { id: runId } })).toMatchObject({ kind: 'replay', state: 'cancelled' });
      expect((await historyOf(id)).map(({ kind }) => kind)).toEqual(['moved', 'replayed', 'called-back']);
      // Cancelled once more, it has nothing left to take back.
      expect(await ada.call('cancelReplay', { params: { id: runId } })).toEqual({ calledBack: 0, goesOn: 0 });
      expect(await toldOfRun(runId)).toEqual(['replay.cancelled', 'message.replayed']);
      // As a run it is not cancelled: that says how instead of doing nothing.
      expect(await bench.api.problem('cancelRun', { params: { id: runId } })).toMatchObject({
        status: 422,
        code: 'RUN_NOT_POSSIBLE',
        remedy: expect.stringContaining(`/v1/replays/${runId}/cancel`),
      });
    } finally {
      await bench.api.call('resumeFlow', { params: { name: flow } });
    }
    await setActive(bench, 'cus_waits', true);
    const posting = await ada.call('startReplay', { body: { messages: [messageId] } });
    await eventually(async () => (await read(id)).state === 'resolved');
    // What has ended is not cancelled any more, and nothing says that it was.
    expect(await ada.call('cancelReplay', { params: { id: posting.runId } })).toEqual({ calledBack: 0, goesOn: 0 });
    expect(await ada.call('getReplay', { params: { id: posting.runId } })).toMatchObject({ outcomes: { posted: 1 }, cancelled: false });
    expect(await bench.api.call('getRun', { params: { id: posting.runId } })).toMatchObject({ state: 'succeeded' });
    expect(await toldOfRun(posting.runId)).toEqual(['message.replayed']);
    expect(inBooks(bench, 'in_waits').filter((document) => document.origin === 'in_waits')).toHaveLength(1);
  });

  it('ends when a void makes it needless, also while it is replayed', async () => {
    const { id, messageId } = await stopped('void');
    await ada.call('startReplay', { body: { messages: [messageId] } });
    await eventually(async () => (await read(id)).returns === 1);
    await deliver(bench, event(invoice({ id: 'in_void', customer: 'cus_void', status: 'void' })));
    expect(await eventually(async () => ((await read(id)).state === 'resolved' ? read(id) : undefined))).toMatchObject({
      closedBy: 'Waybill',
      resolution: expect.stringContaining('void'),
    });
    expect(inBooks(bench, 'in_void')).toEqual([]);
  });

  it('is touched by nobody who may only look', async () => {
    const { id } = await stopped('looked');
    const params = { id };
    const acts = [
      viewer.send('assignException', { params, body: { assignee: null } }),
      viewer.send('snoozeException', { params, body: { until: null } }),
      viewer.send('commentException', { params, body: { text: 'hello' } }),
      viewer.send('resolveException', { params, body: { reason: 'by hand' } }),
      viewer.send('listAssignees'),
    ];
    expect((await Promise.all(acts)).map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(await actionsOn(id)).toEqual([]);
    expect((await viewer.send('getExceptionHistory', { params })).status).toBe(200);
  });

  it('has an age and a currency, and every number of the ageing is that of the list which it leads to', async () => {
    const aged = await stopped('aged', 4_200);
    await bench.sql("update exception set opened_at = now() - interval '5 days' where id = $1", [aged.id]);
    await bench.sql("update message set received_at = now() - interval '31 days' where id = $1", [aged.messageId]);
    const counts = async (name: 'listExceptions' | 'listMessages', query: object) => (await ada.call(name, { query: { ...query, count: true, limit: 1 } })).count; // prettier-ignore
    const [exceptions, unposted] = [await ada.call('getExceptionAgeing', {}), await ada.call('getUnpostedAgeing', {})];
    for (const [name, { items }, filter] of [['listExceptions', exceptions, {}], ['listMessages', unposted, { unposted: true }]] as const) {
      expect(items.reduce((sum, { count }) => sum + count, 0)).toBe(await counts(name, filter));
      for (const { currency, count, ages } of items) {
        expect(count).toBe(await counts(name, { ...filter, currency: currency ?? 'none' }));
        for (const bucket of ages) expect(bucket.count).toBe(await counts(name, { ...filter, currency: currency ?? 'none', age: bucket.age }));
      }
    } // prettier-ignore
    const inUsd = (of: typeof unposted, age: string) =>
      of.items.find(({ currency }) => currency === 'USD')!.ages.find((one) => one.age === age);
    expect([inUsd(exceptions, '3-7'), inUsd(unposted, '30+')]).toEqual([
      { age: '3-7', count: 1, amount: '42.00' },
      { age: '30+', count: 1, amount: '42.00' },
    ]);
    // Customers are written, not posted: one that waits is in no ageing of the books.
    await bench.sql("update message set flow = 'erp-us-customers' where id = $1", [aged.messageId]);
    expect(inUsd(await ada.call('getUnpostedAgeing', {}), '30+')).toEqual({ age: '30+', count: 0, amount: '0' });
    await bench.sql("update message set flow = 'erp-us-invoices' where id = $1", [aged.messageId]);
    expect(await bench.api.problem('listExceptions', { query: { age: '2-3' as never } })).toMatchObject({ status: 400, path: '/age' });
    expect(await bench.api.problem('getExceptionAgeing', { query: { currency: 'usd' } })).toMatchObject({ status: 400, path: '/currency' });
    await ada.call('resolveException', { params: { id: aged.id }, body: { reason: 'it was seen' } });
  });

  it('breaks the promise of its flow: it is delayed until it ends, and counts as late after that', async () => {
    const name = 'stripe-invoices';
    const promised = await stopped('promised');
    const { yaml } = await bench.api.call('getFlow', { params: { name } });
    const level = async (who: Person = ada) => (await who.call('listServiceLevels', { query: { flow: name } })).items[0];
    expect(await level()).toBeUndefined();
    await bench.api.call('putFlow', { params: { name }, body: { yaml: `${yaml}\npromise: { within: 15m, share: 99.5 }\n` } });
    await bench.sql('update message set settled_at = received_at where flow = $1 and state = $2', [name, 'posted']);
    const before = (await level())!;
    expect(before).toMatchObject({
      withinMs: 900_000,
      share: 99.5,
      state: 'kept',
      late: 0,
      keptShare: 100,
      delayed: { count: 0, oldestAt: null },
    });
    const received = (minutes: number) => bench.sql("update message set flow = $2, received_at = now() - $3 * interval '1 minute' where id = $1", [promised.messageId, name, minutes]); // prettier-ignore
    await received(14); // stopped, but its time is not over: it is not judged
    expect(await level()).toMatchObject({ kept: before.kept, late: 0, state: 'kept', delayed: { count: 0 } });
    await received(16);
    const late = (await level())!;
    expect(late).toMatchObject({ kept: before.kept, late: 1, state: 'missed', delayed: { count: 1 } });
    expect(late.keptShare).toBeLessThan(99.5);
    expect(late.delayed.ages).toContainEqual({ age: '0-1', count: 1 });
    const { attention } = await ada.call('getOverview', {});
    expect(attention.find(({ kind }) => kind === 'promise')).toMatchObject({
      severity: 'high',
      since: late.delayed.oldestAt,
      link: `/flows/${name}`,
    });
    const list = { flow: name, state: 'ready,claimed,in_flight,in_doubt,waiting,blocked,held,exception', to: late.dueBefore, count: true };
    expect((await ada.call('listMessages', { query: list })).items.map(({ id }) => id)).toEqual([promised.messageId]);
    await received(26 * 60); // outside of the range, and delayed all the same
    expect(await level()).toMatchObject({ late: 0, state: 'kept', delayed: { count: 1, ages: expect.arrayContaining([{ age: '1-3', count: 1 }]) } }); // prettier-ignore
    await received(16);
    const german = await person(bench, { roles: ['viewer'], legalEntities: ['DE'] });
    expect(await level(german)).toMatchObject({ late: 0, delayed: { count: 0 } });
    await ada.call('resolveException', { params: { id: promised.id }, body: { reason: 'it was seen' } });
    expect(await level()).toMatchObject({ late: 1, state: 'missed', delayed: { count: 0 } });
    await bench.sql('update message set flow = $2 where id = $1', [promised.messageId, flow]);
  });

  it('has a clock: what is over its time comes first, then most money times age, page after page', async () => {
    const [late, soon, large, small] = [
      await stopped('late', 100),
      await stopped('soon', 200),
      await stopped('large', 900_000),
      await stopped('small', 300),
    ];
    const age = (id: string, hours: number) =>
      bench.sql("update exception set opened_at = now() - $2 * interval '1 hour' where id = $1", [id, hours]);
    await Promise.all([age(late.id, 25), age(soon.id, 19), age(large.id, 2), age(small.id, 2)]);
    expect([await read(late.id), await read(soon.id), await read(large.id)].map(({ due }) => due)).toEqual([
      'breached',
      'due-soon',
      'within',
    ]);
    const { openedAt, dueAt } = await read(large.id);
    expect(Date.parse(dueAt) - Date.parse(openedAt)).toBe(day); // of master data, by the default
    const walked: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ada.call('listExceptions', { query: { limit: 1, ...(cursor ? { cursor } : {}) } });
      walked.push(...page.items.map((item) => item.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(walked).toEqual((await ada.call('listExceptions', { query: { limit: 200 } })).items.map((item) => item.id));
    expect(walked.filter((id) => [late.id, soon.id, large.id, small.id].includes(id))).toEqual([late.id, large.id, soon.id, small.id]);
    for (const [due, id] of [
      ['breached', late.id],
      ['due-soon', soon.id],
    ] as const)
      // prettier-ignore
      expect((await ada.call('listExceptions', { query: { due } })).items.map((item) => item.id)).toEqual([id]);
    const groups = (await ada.call('listExceptionGroups')).items;
    expect(groups[0]).toMatchObject({
      causeKey: late.causeKey,
      breached: 1,
      dueSoon: 0,
      unowned: 1,
      owners: [],
      openedLastDay: 0,
      openedDayBefore: 1,
    });
    await ada.call('assignException', { params: { id: large.id }, body: { assignee: ada.id } });
    expect((await ada.call('listExceptionGroups')).items.find((group) => group.causeKey === large.causeKey)).toMatchObject({
      owners: [{ id: ada.id, name: 'Ada' }],
      ownersMore: 0,
      unowned: 0,
      openedLastDay: 1,
      amounts: [{ amount: '9000.00', currency: 'USD' }],
    });
  });

  it('stands on the overview with its owner and in that one’s own work, and in its month as what somebody had to touch', async () => {
    const thisMonth = async (who: Person = ada) => (await who.call('listValue', { query: { months: 1 } })).items[0]!;
    const before = await thisMonth();
    const own = (await ben.call('getOverview', {})).mine!;
    const one = await stopped('mine', 7_700);
    const groupOf = async (who: Person) =>
      (await who.call('getOverview', {})).attention.find(({ link }) => link === `/exceptions?causeKey=${encodeURIComponent(one.causeKey)}`);
    // The oldest of those over their time comes first: the list is short.
    await bench.sql("update exception set opened_at = now() - interval '1 year' where id = $1", [one.id]);
    expect(await groupOf(ada)).toMatchObject({ owner: null, detail: expect.stringContaining('All over time.') });
    await ada.call('assignException', { params: { id: one.id }, body: { assignee: ben.id } });
    expect((await groupOf(ada))?.owner).toBe('Ben');
    const mine = (await ben.call('getOverview', {})).mine!;
    expect(mine.exceptions.count).toBe(own.exceptions.count + 1);
    expect(mine.exceptions.count).toBe((await ben.call('listExceptions', { query: { owner: 'me', count: true } })).count);
    expect(mine.exceptions.overdue).toBe(own.exceptions.overdue + 1);
    const german = await person(bench, { roles: ['finance-operator'], legalEntities: ['DE'] });
    expect(await groupOf(german)).toBeUndefined();
    await bench.sql('update exception set opened_at = now() where id = $1', [one.id]);
    expect((await bench.api.call('getOverview', {})).mine).toBeNull();

    await setActive(bench, 'cus_mine', true);
    await ada.call('startReplay', { body: { messages: [one.messageId], reason: 'the customer is active' } });
    await messageIn(bench, { key: 'in_mine' }, 'posted');
    await deliver(bench, event(invoice({ id: 'in_clean', amounts: [100] })));
    await messageIn(bench, { key: 'in_clean' }, 'posted');
    const after = await thisMonth();
    expect([after.posted - before.posted, after.untouched - before.untouched, after.stopped - before.stopped]).toEqual([2, 1, 1]);
    expect(after.untouchedShare).toBe(Math.floor((after.untouched * 1000) / after.posted) / 10);
    expect((await thisMonth(german)).posted).toBe(0);
    // The number of the overview is that of the list which it leads to.
    const listed = async (who: Person) =>
      (await who.call('listMessages', { query: { postedSince: inMs(-3_600_000), count: true, limit: 1 } })).count;
    for (const who of [ada, german])
      expect(await listed(who)).toBe((await who.call('getOverview', { query: { hours: 1 } })).numbers.posted);
  });

  it('refuses a cursor of another order', async () => {
    const { next } = await ada.call('listExceptions', { query: { limit: 1 } });
    expect(await ada.problem('listExceptions', { query: { cursor: next!, sort: 'oldest' } })).toMatchObject({
      status: 400,
      path: '/cursor',
    });
  });
});
