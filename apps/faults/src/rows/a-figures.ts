import { connectErp, erpFaults } from '../load/company.js';
import { entities, invoicesOnly } from '../load/plan.js';
import { redisCommand } from '../supervisor/redis.js';
import type { World } from '../supervisor/world.js';
import { until } from '../waiting.js';
import { defineRow } from './row.js';

const number = async (world: World, text: string, values: unknown[] = []): Promise<number> =>
  Number((await world.postgres.sql<{ n: unknown }>(text, values))[0]!.n);

const manyInFlight = defineRow({
  id: '1b',
  alone: true,
  title: 'Worker killed with all of it in flight',
  inject: 'one worker has hundreds of documents in flight behind a slow ERP, over connections that are wide enough; kill -9',
  expected: 'each is looked up and ends; the longest wait from the kill to the end is at most the lease, the quiet time and 60 s',
  ownWorld: { lanes: 64, databasePool: 24 },
  async run({ world, load, plan, times, count, claim }) {
    const { leaseSeconds, upstreamSeconds } = world.options;
    // A flow has eight lanes and a batch fifty messages: two flows of invoices hold 800 in flight at most, two of journals the rest.
    const wanted = times(60, 1_000);
    const counts = { ...invoicesOnly(times(50, 860)), 'journal-entry': times(20, 340) };
    // The API allows a hundred calls at most; the figure asks for a wider way than anybody is given.
    await world.postgres.sql(`update connection set limits = '{"concurrency": 800}' where name in ('erp-us', 'erp-de')`);
    const [victim, ...others] = world.workers;
    const flows = "flow like 'erp-%' and key like 'r1b-%'";
    const states = (state: string) => number(world, `select count(*) as n from message where ${flows} and state = $1`, [state]);
    await world.postgres.sql("update flow set state = 'paused' where name like 'erp-%'");
    const documents = plan(0, { counts, entities: ['US', 'DE'] });
    load.tellOnly(documents);
    await load.poll();
    await until('all at the door of the ERP', times(60_000, 150_000), async () => (await states('ready')) === documents.documents.length);
    await Promise.all(others.map((worker) => worker.stop()));
    await erpFaults(world, [{ kind: 'slow', afterMs: Math.floor(upstreamSeconds * 750), methods: ['POST'], path: '/erp/v1/' }]);
    await world.postgres.sql("update flow set state = 'on' where name like 'erp-%'");
    let most = 0;
    await until('enough in flight', times(20_000, 60_000), async () => {
      most = Math.max(most, await states('in_flight'));
      return most >= wanted;
    }, { everyMs: 25 }).catch(() => undefined); // prettier-ignore
    await victim!.kill();
    count('kills');
    const [{ at }] = (await world.postgres.sql<{ at: Date }>('select clock_timestamp() as at')) as [{ at: Date }];
    const held = await states('in_flight');
    count('in flight at the kill', held);
    claim(held >= wanted, `only ${held} documents were in flight at the kill, not ${wanted}`);
    await erpFaults(world, []);
    await Promise.all(others.map((worker) => worker.start()));
    const bound = leaseSeconds + upstreamSeconds + 2 + 60;
    const ended = await until('the end of all', (bound + 20) * 1_000, async () => (await states('posted')) === documents.documents.length).catch(() => false); // prettier-ignore
    claim(ended, `${documents.documents.length - (await states('posted'))} documents have not ended`);
    const longest = await number(
      world,
      `select coalesce(ceil(max(extract(epoch from h.at - $1::timestamptz))), 0) as n from message_history h join message m on m.id = h.message_id where m.flow like 'erp-%' and m.key like 'r1b-%' and h.to_state = 'posted'`,
      [at],
    );
    count('longest wait s', longest);
    count('bound s', bound);
    claim(longest <= bound, `a document waited ${longest} s for its end; lease, quiet time and 60 s are ${bound} s`);
  },
});

const flushedBacklog = defineRow({
  id: '5b',
  alone: true,
  title: 'Redis FLUSHALL with a backlog',
  inject: 'FLUSHALL while thousands of messages are pending, of which nobody has rung since',
  expected: 'the first is posted within 10 s; every lane with due messages is leased again within 30 s; no act of a person',
  needsRedis: true,
  ownWorld: {},
  async run({ world, load, plan, times, count, claim }) {
    const documents = plan(times(400, 10_000), { entities: ['US', 'DE'] });
    for (const entity of entities) await connectErp(world, entity, { concurrency: 32 });
    const flows = "flow like 'erp-%' and key like 'r5b-%'";
    await world.postgres.sql("update flow set state = 'paused' where name like 'erp-%'");
    load.tellOnly(documents);
    await load.poll();
    const pending = () => number(world, `select count(*) as n from message where ${flows} and state = 'ready'`);
    // One poll brings some thousands at most; the next goes on where it stopped.
    let seen = 0;
    const allPending = async () => {
      const now = await pending();
      if (now === seen && now > 0) await load.poll();
      seen = now;
      return now === documents.documents.length;
    };
    await until('the backlog', times(60_000, 300_000), allPending, { everyMs: 2_000 });
    count('pending at the flush', await pending());
    // Not by the API, which would ring: whoever works on these lanes again was told by nobody but the sweeper.
    await world.postgres.sql("update flow set state = 'on' where name like 'erp-%'");
    await redisCommand(world.redisPort, 'FLUSHALL');
    const [{ at }] = (await world.postgres.sql<{ at: Date }>('select clock_timestamp() as at')) as [{ at: Date }];
    count('flushes');
    const silent = await world.postgres.sql<{ flow: string; lane: number; epoch: string }>(
      `select m.flow, m.lane, coalesce(l.epoch, 0)::text as epoch from (select distinct flow, lane from message where ${flows} and state = 'ready') m left join lane l using (flow, lane)`,
    );
    count('lanes', silent.length);
    const leasedAgain = async () => {
      const now = new Map(
        (await world.postgres.sql<{ flow: string; lane: number; epoch: string }>('select flow, lane, epoch::text as epoch from lane')).map((l) => [`${l.flow} ${l.lane}`, Number(l.epoch)]),
      ); // prettier-ignore
      return silent.every(({ flow, lane, epoch }) => (now.get(`${flow} ${lane}`) ?? 0) > Number(epoch));
    };
    const began = performance.now();
    const rung = await until('every lane leased again', 60_000, leasedAgain, { everyMs: 200 }).catch(() => false);
    const seconds = Math.ceil((performance.now() - began) / 1_000);
    count('every lane leased after s', seconds);
    claim(rung && seconds <= 30, `after ${seconds} s ${rung ? 'the last lane was leased' : 'lanes were still silent'}`);
    await until('a first post', 60_000, async () => (await number(world, `select count(*) as n from message where ${flows} and state = 'posted'`)) > 0).catch(() => undefined); // prettier-ignore
    const first = await number(
      world,
      `select coalesce(ceil(min(extract(epoch from h.at - $1::timestamptz))), 999) as n from message_history h join message m on m.id = h.message_id where m.flow like 'erp-%' and m.key like 'r5b-%' and h.to_state = 'posted'`,
      [at],
    );
    count('first post after s', first);
    claim(first <= 10, `the first post came ${first} s after the flush`);
    await until('the end of the backlog', times(60_000, 240_000), async () => (await pending()) === 0, { everyMs: 1_000 }).catch(
      () => undefined,
    );
  },
});

export const figureRows = [manyInFlight, flushedBacklog];
