// A correction is a row of its own: the first stays, a chain has one end, of two that race one wins, and each act is in the audit log.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { person } from './people.js';
import { openBench, type Bench } from './test-bench.js';
import { send, sendBatch, sendRaw, types, usage } from './usage-sender.js';

jest.setTimeout(180_000);
let bench: Bench;
let made = 0;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench?.stop());

async function sent(more: Record<string, unknown> = {}): Promise<string> {
  const event = usage({ source: '/corrected', ...more });
  await send(bench, event);
  const { items } = await bench.api.call('listUsageEvents', { query: { source: event['source'] as string, id: event['id'] as string } });
  return items[0]!.id;
}
const correction = (event: string, more: Record<string, unknown> = {}) => ({
  kind: 'correction' as const,
  source: '/support',
  id: `ticket-${(made += 1)}`,
  of: { event },
  data: { calls: 10 },
  reason: 'counted twice',
  ...more,
});
const cancellation = (event: string) => {
  const { data: _, ...rest } = correction(event);
  return { ...rest, kind: 'cancellation' as const };
};
const correct = (body: object) => bench.api.call('correctUsage', { body: body as never });
const problem = (body: object) => bench.api.problem('correctUsage', { body: body as never });
const find = (id: string) => bench.api.call('getUsageEvent', { params: { id } });

describe('a correction', () => {
  it('stands in the place of the event, which stays as it came', async () => {
    const id = await sent({ time: '2026-10-05T08:00:00.000001Z' });
    const before = await bench.sql('select * from usage_event where seq = $1', [id.slice(3)]);
    const done = await correct(correction(id));
    expect(done).toMatchObject({ corrects: id, original: id, kind: 'correction', duplicate: false });
    expect(await bench.sql('select * from usage_event where seq = $1', [id.slice(3)])).toEqual(before);
    expect(await find(id)).toMatchObject({ state: 'corrected', correctedBy: done.id, data: { calls: 12 } });
    expect(await find(done.id)).toMatchObject({
      state: 'correction',
      corrects: id,
      subject: 'acme',
      type: 'api.calls',
      data: { calls: 10 },
      reason: 'counted twice',
    });
    const [row] = await bench.sql<{ same: boolean }>(
      'select a.occurred_at = b.occurred_at as same from usage_event a, usage_event b where a.seq = $1 and b.seq = $2',
      [id.slice(3), done.id.slice(3)],
    );
    expect(row!.same).toBe(true);
  });

  it('is corrected in turn by its own name, and the chain is shown from its beginning', async () => {
    const id = await sent();
    const second = await correct(correction(id));
    const third = await correct(correction(second.id, { data: { calls: 9 }, time: '2026-10-01T00:00:00Z' }));
    const end = await correct(cancellation(third.id));
    expect(end.original).toBe(id);
    const { chain } = await find(second.id);
    expect(chain.map((link) => [link.id, link.kind])).toEqual([
      [id, 'event'],
      [second.id, 'correction'],
      [third.id, 'correction'],
      [end.id, 'cancellation'],
    ]);
    expect(chain[2]).toMatchObject({ data: { calls: 9 }, occurredAt: '2026-10-01T00:00:00.000Z' });
    expect(await find(third.id)).toMatchObject({ state: 'cancelled' });
    expect(await problem(correction(end.id))).toMatchObject({ status: 409, code: 'USAGE_CANCELLED' });
    expect(await problem(correction(third.id))).toMatchObject({
      status: 409,
      code: 'USAGE_CANCELLED',
      detail: expect.stringContaining(end.id),
    });
    for (const [state, ids] of Object.entries({ corrected: [id, second.id], cancelled: [third.id], cancellation: [end.id] })) {
      const { items } = await bench.api.call('listUsageEvents', { query: { state: state as never } });
      expect(items.map((item) => item.id)).toEqual(expect.arrayContaining(ids));
      expect(new Set(items.map((item) => item.state))).toEqual(new Set([state]));
    }
  });

  it('again is a duplicate; with other content, or for another event, a conflict', async () => {
    const [id, other] = [await sent(), await sent()];
    const body = correction(id);
    const first = await correct(body);
    expect(await correct(body)).toEqual({ ...first, duplicate: true });
    for (const more of [{ data: { calls: 11 } }, { of: { event: other } }, { reason: 'another' }])
      expect(await problem({ ...body, ...more })).toMatchObject({
        status: 409,
        code: 'USAGE_CONFLICT',
        detail: expect.stringContaining(first.id),
      });
    expect((await find(first.id)).conflicts.length).toBe(3);
    expect(await find(other)).toMatchObject({ state: 'accepted' });
    // Whoever sends the same source and id as a plain event is not taken for the correction either.
    expect(await send(bench, usage({ source: body.source, id: body.id, data: body.data }))).toMatchObject({ status: 409 });
  });

  it('of two at the same moment one wins, and the other hears who', async () => {
    for (let n = 0; n < 20; n += 1) {
      const id = await sent();
      const answers = await Promise.all(Array.from({ length: 4 }, () => bench.api.send('correctUsage', { body: correction(id) })));
      const told = await Promise.all(
        answers.map(async (answer) => ({
          status: answer.status,
          body: (await answer.json()) as { id: string; code: string; detail: string },
        })),
      );
      const won = told.filter(({ status }) => status === 201);
      expect(won).toHaveLength(1);
      for (const { status, body } of told.filter((one) => one !== won[0]))
        expect({ status, ...body }).toMatchObject({
          status: 409,
          code: 'USAGE_CORRECTED',
          detail: expect.stringContaining(won[0]!.body.id),
        });
      const [row] = await bench.sql<{ n: number }>('select count(*)::int as n from usage_event where corrects = $1', [id.slice(3)]);
      expect(row!.n).toBe(1);
    }
  });

  it('is one act with its audit entry, commit and key: all or none', async () => {
    const id = await sent();
    const count = async () =>
      (
        await bench.sql(
          "select (select count(*) from usage_event) e, (select count(*) from usage_key) k, (select sum(events) from usage_commit) c, (select count(*) from usage_correction) x, (select count(*) from audit_entry where object_kind = 'usage-event') a",
        )
      )[0] as Record<string, string>;
    const before = await count();
    const done = await correct(correction(id));
    const after = await count();
    for (const name of Object.keys(before)) expect([name, Number(after[name]) - Number(before[name])]).toEqual([name, 1]);
    expect(await problem(correction(id))).toMatchObject({ code: 'USAGE_CORRECTED' });
    expect(await count()).toEqual(after);
    const { items } = await bench.api.call('listAudit', { query: { object: `usage-event/${id}`, action: 'usage-event.corrected' } });
    expect(items).toMatchObject([{ action: 'usage-event.corrected', reason: 'counted twice', summary: expect.stringContaining(done.id) }]);
  });

  it('keeps every digit of its numbers', async () => {
    const id = await sent();
    const body = JSON.stringify(correction(id)).replace('{"calls":10}', '{"calls":12345678901234567890.5}');
    const response = await bench.api.send('correctUsage', { text: body, type: 'application/json' });
    expect(response.status).toBe(201);
    const { id: made } = (await response.json()) as { id: string };
    const [row] = await bench.sql<{ calls: string }>("select data->>'calls' as calls from usage_event where seq = $1", [made.slice(3)]);
    expect(row!.calls).toBe('12345678901234567890.5');
  });

  it.each<[string, object, number, string]>([
    ['of nothing', { of: { event: 'ue_1' } }, 404, 'NOT_FOUND'],
    ['of an unknown source and id', { of: { source: '/corrected', id: 'never sent' } }, 404, 'NOT_FOUND'],
    ['without a reason', { reason: '' }, 400, 'REQUEST_INVALID'],
    ['without data', { data: undefined }, 400, 'REQUEST_INVALID'],
    ['that cancels and has data', { kind: 'cancellation' }, 400, 'REQUEST_INVALID'],
    ['with a source that is none', { source: 'a b' }, 400, 'USAGE_EVENT_INVALID'],
    ['with a time that is none', { time: 'yesterday' }, 400, 'REQUEST_INVALID'],
    ['with a field too many', { subject: 'other' }, 400, 'REQUEST_INVALID'],
  ])('%s is refused', async (_, more, status, code) =>
    expect(await problem({ ...correction(await sent()), ...more })).toMatchObject({ status, code }),
  );

  it('is checked by the schema of its type', async () => {
    const id = await sent({ type: 'checked' });
    await bench.api.call('putUsageEventType', {
      params: { type: 'checked' },
      body: { schema: { properties: { calls: { type: 'integer' } } } },
    });
    expect(await problem(correction(id, { data: { calls: 'ten' } }))).toMatchObject({ status: 422, path: '/data/calls' });
  });
});

describe('who may', () => {
  it('a caller who is limited to legal entities and may not see what is unassigned sees no usage, and corrects none', async () => {
    const id = await sent();
    const limited = await person(bench, { roles: ['viewer'], legalEntities: ['DE'] });
    expect(await limited.call('listUsageEvents')).toMatchObject({ items: [], next: null });
    expect(await limited.problem('getUsageEvent', { params: { id } })).toMatchObject({ status: 404 });
    expect(await limited.call('listUsageConflicts')).toMatchObject({ items: [] });
    expect(await limited.problem('correctUsage', { body: correction(id) })).toMatchObject({ status: 403 });
    const scope = { entities: ['DE'], unassigned: false };
    for (const table of [
      'usage_event',
      'usage_key',
      'usage_commit',
      'usage_correction',
      'usage_conflict',
      'usage_duplicate',
      'usage_refusal',
    ])
      expect([table, await bench.asPerson(scope, `select 1 as one from ${table}`)]).toEqual([table, []]);
    const finance = await person(bench, { roles: ['finance-operator'], legalEntities: ['DE'] });
    expect((await finance.call('listUsageEvents')).items.length).toBeGreaterThan(0);
    expect(await finance.call('correctUsage', { body: correction(id) })).toMatchObject({ corrects: id });
  });

  it('a key that only sends can only send', async () => {
    const { value } = await bench.api.call('createApiKey', { body: { name: 'gateway', permissions: ['usage.write'] } });
    const gateway = { api: bench.api.as(value) };
    const response = await fetch(`${bench.api.url}/v1/usage/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${value}`, 'content-type': types.one },
      body: JSON.stringify(usage()),
    });
    expect(response.status).toBe(202);
    expect(await gateway.api.problem('listUsageEvents')).toMatchObject({ status: 403 });
    const { value: reader } = await bench.api.call('createApiKey', { body: { name: 'reader', permissions: ['usage.read'] } });
    const refused = await sendRaw(bench, JSON.stringify(usage()), { 'content-type': types.one, authorization: `Bearer ${reader}` });
    expect(refused).toMatchObject({ status: 403 });
  });
});

describe('the list', () => {
  it('goes through all events of a filter in pages, each once, newest first', async () => {
    await sendBatch(
      bench,
      Array.from({ length: 25 }, (_, n) =>
        usage({
          source: '/paged',
          id: `p${n}`,
          subject: 'paged',
          type: n % 2 ? 'odd' : 'even',
          time: `2026-11-01T00:00:${String(n).padStart(2, '0')}Z`,
        }),
      ),
    );
    for (const query of [
      { source: '/paged' },
      { subject: 'paged' },
      { subject: 'paged', type: 'odd' },
      { type: 'even', occurredFrom: '2026-11-01T00:00:10Z', occurredTo: '2026-11-01T00:00:20Z' },
    ]) {
      const seen: string[] = [];
      for (let cursor: string | undefined, pages = 0; pages < 20; pages += 1) {
        const { items, next } = await bench.api.call('listUsageEvents', { query: { ...query, limit: 4, ...(cursor ? { cursor } : {}) } });
        seen.push(...items.map((item) => item.eventId));
        if (next === null) break;
        cursor = next;
      }
      const expected = Array.from({ length: 25 }, (_, n) => n)
        .filter((n) => ('type' in query ? n % 2 === (query.type === 'odd' ? 1 : 0) : true))
        .filter((n) => ('occurredFrom' in query ? n >= 10 && n < 20 : true));
      expect(seen).toEqual(expected.reverse().map((n) => `p${n}`));
    }
  });

  it('needs the source with an id, takes ours alone, and refuses a cursor that is none', async () => {
    const id = await sent();
    expect(await bench.api.problem('listUsageEvents', { query: { id: 'x' } })).toMatchObject({ status: 400, path: '/source' });
    expect((await bench.api.call('listUsageEvents', { query: { id } })).items.map((item) => item.id)).toEqual([id]);
    for (const cursor of ['x', Buffer.from('["-1"]').toString('base64url'), Buffer.from('["1 or true"]').toString('base64url')])
      expect(await bench.api.problem('listUsageEvents', { query: { cursor } })).toMatchObject({ status: 400 });
    for (const parts of [
      ['x', '1'],
      ['2026-01-01', 'x'],
    ])
      expect(
        await bench.api.problem('listUsageEvents', {
          query: { subject: 'acme', cursor: Buffer.from(JSON.stringify(parts)).toString('base64url') },
        }),
      ).toMatchObject({ status: 400 });
  });
});
