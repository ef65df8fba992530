// Claims of a lane: what may go, what waits behind a stopped head, suspects alone, the mark of a drain; and the one bell of a lane.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AbandonedStore } from '../src/pipeline/lanes/abandoned.store.js';
import { LaneStore } from '../src/pipeline/lanes/lanes.store.js';
import { MessageStore } from '../src/pipeline/messages.store.js';
import { Database } from '../src/platform/database/index.js';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';

let postgres: TestPostgres;
let db: Database;
let messages: MessageStore;
let lanes: LaneStore;
let abandoned: AbandonedStore;
const settings = { leaseSeconds: 60 };
const rule = { blocksOrderingKey: false, suspects: false };

beforeAll(async () => {
  postgres = await startTestPostgres();
  const { url } = await postgres.database();
  db = new Database({ url, poolMax: 4, onIdleError: () => undefined });
  messages = new MessageStore(db, settings);
  lanes = new LaneStore(db, settings);
  abandoned = new AbandonedStore(db);
  for (const [flow, priority] of [['plain', 'normal'], ['urgent', 'high']] as const) {
    await db.query(
      "insert into release (id, flow, version, yaml, definition, mapping_name, mapping_version, hash, created_by) values ($1, $1, 1, '', $2, 'm', 1, '', 'test')",
      [flow, JSON.stringify({ priority })],
    );
    await db.query("insert into flow (name, release_id, target_connection) values ($1, $1, 'erp')", [flow]);
  } // prettier-ignore
}, 60_000);
afterAll(async () => {
  await db?.close();
  await postgres?.stop();
});
beforeEach(async () => {
  await db.query('delete from message');
  await db.query('delete from lane');
  await db.query("update flow set state = 'on', drain_to = null");
});

let made = 0;
async function message(facts: { flow?: string; state?: string; orderingKey?: string; key?: string; crashes?: number } = {}) {
  made += 1;
  const key = facts.key ?? `doc-${made}`;
  const [row] = await db.query<{ id: string; seq: string }>(
    `insert into message (id, flow, release_id, lane, ordering_key, key, revision, content_hash, effect, state, source_system, correlation_id, occurred_at, crashes)
     values ($1, $2, $2, 0, $3, $4, '1', '\\x00', 'create', $5, 'test', 'cor', now(), $6) returning id, seq`,
    [`msg_${made}`, facts.flow ?? 'plain', facts.orderingKey ?? key, key, facts.state ?? 'ready', facts.crashes ?? 0],
  );
  return row!;
}
const claimed = async (more: Partial<typeof rule> = {}) => (await messages.claim('plain', 0, 10, { ...rule, ...more })).map((m) => m.id);
const due = (more: Partial<typeof rule> = {}) => messages.hasDue('plain', 0, { ...rule, ...more });

describe('claim and hasDue agree', () => {
  it('on what is due', async () => {
    expect([await due(), await claimed()]).toEqual([false, []]);
    const { id } = await message();
    expect([await due(), await claimed(), await due()]).toEqual([true, [id], false]);
  });
  it('on what stands behind a stopped head', async () => {
    await message({ state: 'exception', orderingKey: 'customer', key: 'first' });
    await message({ orderingKey: 'customer', key: 'first' });
    expect([await due(), await claimed()]).toEqual([false, []]); // a later version of the document
    const other = await message({ orderingKey: 'customer', key: 'second' });
    expect([await due({ blocksOrderingKey: true }), await claimed({ blocksOrderingKey: true })]).toEqual([false, []]);
    await db.query("update message set state = 'superseded' where key = 'first' and state = 'ready'");
    expect([await due(), await claimed()]).toEqual([true, [other.id]]);
  });
  it('on a paused flow and on the mark of a drain', async () => {
    const [under, over] = [await message(), await message()];
    await db.query("update flow set state = 'paused' where name = 'plain'");
    expect([await due(), await claimed()]).toEqual([false, []]);
    await db.query("update flow set state = 'draining', drain_to = $1 where name = 'plain'", [under.seq]);
    expect([await due(), await claimed(), await due()]).toEqual([true, [under.id], false]);
    await db.query("update flow set state = 'on', drain_to = null where name = 'plain'");
    expect(await claimed()).toEqual([over.id]);
  });
  it('on suspects, which are claimed apart from the others', async () => {
    const [suspect, other] = [await message({ crashes: 1 }), await message()];
    expect(await claimed()).toEqual([other.id]);
    expect([await due(), await due({ suspects: true })]).toEqual([false, true]);
    expect(await claimed({ suspects: true })).toEqual([suspect.id]);
  });
  it('on suspects in the order of their ends, so that the neighbours of one that ends its worker again and again go first', async () => {
    const [poison, neighbour, third] = [await message({ crashes: 3 }), await message({ crashes: 1 }), await message({ crashes: 1 })];
    expect((await messages.claim('plain', 0, 2, { ...rule, suspects: true })).map((m) => m.id).sort()).toEqual(
      [neighbour.id, third.id].sort(),
    );
    expect(await claimed({ suspects: true })).toEqual([poison.id]);
  });
});

describe('abandoned rows', () => {
  it('count a crash when their lease ended, and none when a worker gives them back', async () => {
    const { id } = await message();
    const rows = await messages.claim('plain', 0, 10, rule);
    await abandoned.byWorker([{ id, epoch: rows[0]!.epoch + 1 }], { crashed: false, why: 'not mine', afterMs: 0 });
    expect(await db.query('select state, crashes from message')).toEqual([{ state: 'claimed', crashes: 0 }]);
    await abandoned.byWorker(rows, { crashed: false, why: 'its worker was stopped', afterMs: 0 });
    expect(await db.query('select state, crashes from message')).toEqual([{ state: 'ready', crashes: 0 }]);
    await claimed();
    await db.query("update message set lease_until = now() - interval '1 second'");
    await abandoned.afterLease();
    expect(await db.query('select state, crashes from message')).toEqual([{ state: 'ready', crashes: 1 }]);
  });
  it.each([
    ['claimed', 0, 0],
    ['claimed', 1, 5],
    ['claimed', 2, 10],
    ['claimed', 3, 20],
    ['claimed', 4, 0],
    ['in_doubt', 2, 10],
  ])('%s, with %i ends before this one, rest for %i seconds', async (state, crashes, seconds) => {
    const { id } = await message({ state, crashes });
    const dueIn = async () =>
      (await db.query<{ n: number }>('select round(extract(epoch from due_at - now()))::int as n from message where id = $1', [id]))[0]!.n;
    await db.query("update message set epoch = 1, due_at = now(), lease_until = now() - interval '1 second' where id = $1", [id]);
    await abandoned.afterLease();
    expect(await dueIn()).toBe(seconds);
    // A worker that gives a message back was not ended by it.
    await db.query("update message set state = $2, epoch = 1, due_at = now(), lease_until = now() + interval '1 minute' where id = $1", [
      id,
      state,
    ]);
    await abandoned.byWorker([{ id, epoch: 1 }], { crashed: false, why: 'its worker was stopped', afterMs: 0 });
    expect(await dueIn()).toBe(0);
  });
  it('in flight are quiet from the moment at which their first byte left at the latest, not from their intent', async () => {
    const quietAfter = async (leftSecondsAgo: number, end: () => Promise<unknown>) => {
      const { id } = await message({ state: 'in_flight' });
      await db.query(
        `insert into posting (id, ledger, effect, source_system, kind, source_id, external_key, connection, operation, message_id, state, sent_at, quiet_ms)
         values ($1, 'books', 'create', 'test', 'invoice', $1, $1, 'erp', 'invoice', $1, 'in_flight', now() - interval '50 seconds', 300000)`,
        [id],
      );
      await db.query("update message set posting_id = id, epoch = 1, lease_until = now() - $2 * interval '1 second' where id = $1", [
        id,
        leftSecondsAgo,
      ]);
      await end();
      const [row] = await db.query<{ state: string; seconds: number }>(
        'select state, round(extract(epoch from due_at - now()))::int as seconds from message where id = $1',
        [id],
      );
      await db.query('delete from message');
      return row;
    };
    // Its worker may have been held since the intent, and may have sent just before the lease ended.
    expect(await quietAfter(10, () => abandoned.afterLease())).toEqual({ state: 'in_doubt', seconds: 290 });
    // A living worker that gives it up sends nothing after this.
    const { id } = { id: `msg_${made + 1}` };
    const end = { crashed: false, why: 'its worker was stopped', afterMs: 0 };
    expect(await quietAfter(-20, () => abandoned.byWorker([{ id, epoch: 1 }], end))).toEqual({ state: 'in_doubt', seconds: 300 });
  });
  it('that were settled into doubt keep their quiet time, whatever becomes of the rest of their batch', async () => {
    const { id } = await message({ state: 'in_doubt' }); // as the end of its call left it, while its neighbours' calls go on
    await db.query("update message set epoch = 1, due_at = now() + interval '300 seconds'");
    const seconds = async () =>
      (await db.query<{ seconds: number }>('select round(extract(epoch from due_at - now()))::int as seconds from message'))[0]!.seconds;
    const batch = [{ id, epoch: 1 }];
    await messages.renew(batch);
    expect(await db.query('select lease_until from message')).toEqual([{ lease_until: null }]);
    await abandoned.byWorker(batch, { crashed: false, why: 'its worker was stopped', afterMs: 0 });
    expect(await seconds()).toBe(300);
    await db.query("update message set lease_until = now() - interval '1 second'"); // whoever gave it one
    await abandoned.afterLease();
    expect([await seconds(), await messages.claimDoubtful('plain', 0, 10, true)]).toEqual([300, []]);
  });
  it('in doubt are looked up by nobody until their end is counted', async () => {
    await message({ state: 'in_doubt' });
    const looked = async (suspects: boolean) => (await messages.claimDoubtful('plain', 0, 10, suspects)).length;
    expect(await looked(false)).toBe(1);
    await db.query("update message set lease_until = now() - interval '1 second'");
    expect([await looked(false), await looked(true)]).toEqual([0, 0]);
    await abandoned.afterLease();
    expect([await looked(false), await looked(true)]).toEqual([0, 1]);
  });
});

describe('the bells of a lane', () => {
  const plain = { target: 'erp', priority: 'normal' } as const;
  const lease = (epoch?: string) => lanes.lease({ flow: 'plain', lane: 0, ...(epoch === undefined ? {} : { epoch }) }, plain);
  it('count only while nobody visited since they were rung', async () => {
    const first = (await lease())!;
    expect(await lease()).toBeUndefined();
    await lanes.release('plain', 0, first.epoch, true);
    expect(await lease()).toBeUndefined(); // another is on its way
    const second = (await lease(first.epoch))!;
    await lanes.release('plain', 0, second.epoch, false);
    expect(await lease(first.epoch)).toBeUndefined(); // a second bell of the same visit
    expect(await lease()).toBeDefined();
  });
  it('are rung once for the end of a rest', async () => {
    const first = (await lease())!;
    expect(await lanes.rest('plain', 0, first.epoch, 30_000)).toBe(true);
    const second = (await lease())!;
    expect(await lanes.rest('plain', 0, second.epoch, 30_000)).toBe(false);
  });
  it('tell of a higher priority that has something due for the same target', async () => {
    const yields = async (priority: 'high' | 'normal' | 'low') => {
      const leased = (await lanes.lease({ flow: 'plain', lane: 0 }, { target: 'erp', priority }))!;
      await lanes.release('plain', 0, leased.epoch, false);
      return leased.yields;
    };
    expect(await yields('normal')).toBe(false);
    await message({ flow: 'urgent' });
    expect([await yields('high'), await yields('normal'), await yields('low')]).toEqual([false, true, true]);
    await db.query("update flow set state = 'paused' where name = 'urgent'");
    expect(await yields('normal')).toBe(false);
  });
});

describe('the plan of a claim', () => {
  it('walks the index of live rows in order, without a sort of the backlog', async () => {
    await db.query(
      `insert into message (id, flow, release_id, lane, ordering_key, key, revision, content_hash, effect, state, source_system, correlation_id, occurred_at)
       select 'plan_' || n, 'plain', 'plain', 0, 'of ' || n, 'doc ' || n, '1', '\\x00', 'create', case when n % 10 = 0 then 'ready' else 'posted' end, 'test', 'cor', now() from generate_series(1, 20000) n`,
    );
    await db.query('analyze message');
    const plan = (
      await db.query<{ 'QUERY PLAN': string }>(
        `explain select m.id from message m join flow f on f.name = m.flow where m.flow = 'plain' and m.lane = 0 and m.state = 'ready' and m.due_at <= now() and (m.crashes > 0) = false order by m.seq limit 50 for update of m skip locked`,
      )
    ).map((line) => line['QUERY PLAN']);
    expect(plan.join('\n')).toContain('message_due');
    expect(plan.join('\n')).not.toContain('Sort');
  });
});
