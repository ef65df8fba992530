import { isReadyForQuery } from '../proxy/fault-proxy.js';
import { sourceConnection } from '../load/company.js';
import type { World } from '../supervisor/world.js';
import { sleep, until } from '../waiting.js';
import { defineRow } from './row.js';

const crashRestart = defineRow({
  id: '15',
  title: 'PostgreSQL crashes and restarts',
  inject: 'an immediate restart during intake',
  expected: 'what was acknowledged is there; meanwhile 503 with Retry-After; the engine’s processes live on',
  async run({ world, load, plan, times, count, claim }) {
    const incarnations = world.engines.map((engine) => engine.incarnation);
    for (let n = times(1, 5); n > 0; n -= 1) {
      load.start(plan(times(150, 400)), times(6_000, 15_000));
      await sleep(times(2_000, 8_000));
      const probe = plan(1);
      load.tellOnly(probe);
      const restarted = world.postgres.restartImmediately();
      const wrong = await odd(() => load.sender.once(probe.emissions[0]!.record), restarted);
      claim(wrong.length === 0, `while PostgreSQL was away a webhook was answered ${wrong.join(', ')}`);
      await restarted;
      count('restarts');
      await until(
        'a 2xx after PostgreSQL is back',
        20_000,
        async () => (await load.sender.once(probe.emissions[0]!.record)).status === 200,
      );
      await load.arrived();
    }
    claim(world.engines.every((engine, n) => engine.incarnation === incarnations[n]), 'a process of the engine ended with PostgreSQL'); // prettier-ignore
  },
});

/** Answers that are neither 2xx nor 503 with Retry-After, until the work is over. */
async function odd(ask: () => Promise<{ status: number; retryAfter: string | null }>, work: Promise<unknown>): Promise<string[]> {
  const found = new Set<string>();
  let over = false;
  void work.finally(() => (over = true)).catch(() => undefined);
  while (!over) {
    const { status, retryAfter } = await ask();
    if (status !== 200 && !(status === 503 && retryAfter !== null))
      found.add(`${status}${retryAfter === null ? ' without Retry-After' : ''}`);
    await sleep(50);
  }
  return [...found];
}

const connectionsCut = defineRow({
  id: '16',
  title: 'Connections cut',
  inject: 'pg_terminate_backend of random connections of the engine under load',
  expected: 'transactions are tried again or refused with 503; no half state, no process ends',
  async run({ world, load, plan, times, count, claim }) {
    const errors = () => load.sender.answers.get(500) ?? 0;
    const before = errors();
    load.start(plan(times(60, 600), { entities: ['US', 'DE'] }), times(6_000, 75_000));
    for (let n = times(20, 200); n > 0; n -= 1) {
      const cut = await world.postgres.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'waybill_app' order by random() limit 1",
      );
      count('cuts', cut.length);
      await sleep(times(250, 400));
    }
    await load.arrived();
    claim(errors() === before, `${errors() - before} webhooks were answered with 500`);
    for (let n = times(2, 20); n > 0; n -= 1) {
      const one = plan(1);
      load.tellOnly(one);
      const { status, retryAfter } = await whileItsInsertIsCut(world, () => load.sender.once(one.emissions[0]!.record));
      count('cuts in a statement');
      claim(
        status === 200 || (status === 503 && retryAfter !== null),
        `a webhook whose statement was cut was answered ${status}${retryAfter === null ? ' without Retry-After' : ''}`,
      );
    }
    // What was refused is the source's to bring again.
    await load.poll();
  },
});

/** Holds the table until the statement that stores waits for it, ends that statement's connection, and lets go. */
async function whileItsInsertIsCut<T>(world: World, ask: () => Promise<T>): Promise<T> {
  const holder = await world.postgres.owner.connect();
  try {
    await holder.query('begin; lock table inbox in share mode');
    const answer = ask();
    await until('a statement that waits for the table', 20_000, async () => {
      const cut = await world.postgres.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'waybill_app' and wait_event_type = 'Lock' and query like '%insert into inbox%'",
      );
      return cut.length > 0;
    });
    await holder.query('rollback');
    return await answer;
  } finally {
    await holder.query('rollback');
    holder.release();
  }
}

const commitLost = defineRow({
  id: '17',
  always: true,
  title: 'Answer of a COMMIT lost',
  inject: 'the proxy cuts the line when PostgreSQL has committed a delivery, or the end of a batch, and said so',
  expected: 'the retry meets the unique key, or the row’s state; everything is there once',
  async run({ world, load, plan, times, count }) {
    const { postgres } = world.proxies;
    for (let n = times(2, 20); n > 0; n -= 1) {
      postgres.loseAnswers(times(6, 13), (chunk) => chunk.includes('insert into inbox'), isReadyForQuery);
      await load.bring(plan(times(12, 20), { entities: ['US', 'DE'] }), 1_000);
      count('deliveries', times(6, 13) - postgres.robberiesLeft);
      postgres.loseAnswers(times(6, 13), (chunk) => chunk.includes('commit\0'), isReadyForQuery);
      await load.bring(plan(times(12, 20), { entities: ['US', 'DE'] }), 1_000);
      await sleep(2_000);
      count('commits', times(6, 13) - postgres.robberiesLeft);
      postgres.heal();
    }
  },
});

const longTransaction = defineRow({
  id: '20',
  title: 'A long transaction holds a row back',
  inject: 'a delivery is written in a transaction that commits long after later ones were worked on',
  expected: 'it is found by its state and posted like the others',
  async run({ world, load, plan, times, count }) {
    for (let n = times(1, 2); n > 0; n -= 1) {
      const late = plan(1);
      load.tellOnly(late);
      const body = JSON.stringify({ records: [late.emissions[0]!.record] });
      const client = await world.postgres.owner.connect();
      try {
        await client.query('begin');
        await client.query("insert into inbox (id, connection, delivery_id, via, raw) values ($1, $2, $3, 'webhook', $4)", [
          `inb_late${late.documents[0]!.id}`,
          sourceConnection,
          `late-${late.documents[0]!.id}`,
          Buffer.from(body, 'utf8'),
        ]);
        await load.bring(plan(10), 500);
        await sleep(times(6_000, 30_000));
        await client.query('commit');
        count('late commits');
      } finally {
        client.release();
      }
    }
  },
});

export const postgresRows = [crashRestart, connectionsCut, commitLost, longTransaction];
