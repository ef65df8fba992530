import { randomBytes } from 'node:crypto';
import { readiness } from '../checks/health.js';
import { api } from '../load/company.js';
import type { Plan } from '../load/plan.js';
import { noOwnDisk } from '../supervisor/own-disk.js';
import type { World } from '../supervisor/world.js';
import { sleep, until } from '../waiting.js';
import { defineRow } from './row.js';

interface Answer {
  status: number;
  retryAfter: string | null;
}
const isTakenOrLater = ({ status, retryAfter }: Answer): boolean => status === 200 || (status === 503 && retryAfter !== null);
const shown = ({ status, retryAfter }: Answer): string => `${status}${retryAfter === null ? ' without Retry-After' : ''}`;

const diskFull = defineRow({
  id: '18',
  title: 'Disk full',
  inject: 'PostgreSQL on a disk of its own that is filled to the last byte while webhooks come; later there is room again',
  expected: '503 with Retry-After, nothing acknowledged that is not there; intake goes on by itself within 60 s of there being room',
  missing: noOwnDisk,
  // The programs of the server lie there too, and it does not start on less than 200 MB.
  ownWorld: { diskMb: 400 },
  async run({ world, load, plan, times, count, claim }) {
    const incarnations = world.engines.map((engine) => engine.incarnation);
    for (let n = times(1, 3); n > 0; n -= 1) {
      load.start(plan(times(30, 100)), times(10_000, 30_000));
      await sleep(1_500);
      const sent: Plan['emissions'] = [];
      // Weight that does not compress, so that storing it takes room in tables and in the log.
      const heavy = () => {
        const made = plan(48);
        for (const { record } of made.emissions) record['ballast'] = randomBytes(24_000).toString('base64');
        load.tellOnly(made);
        sent.push(...made.emissions);
        return made.emissions;
      };
      let emissions = heavy();
      const odd = new Set<string>();
      let refused = 0;
      let taken = 0;
      let full = true;
      const filling = (async () => {
        for (; full; await sleep(200)) await world.disk!.fill();
      })();
      // The source sends on though it is refused, several at a time.
      const one = async (from: number) => {
        for (let at = from; at < emissions.length; at += 6) {
          const answer = await load.sender.once(emissions[at]!.record);
          if (answer.status === 200) taken += 1;
          else refused += 1;
          if (!isTakenOrLater(answer)) odd.add(shown(answer));
        }
      };
      const all = () => Promise.all([0, 1, 2, 3, 4, 5].map(one));
      await all();
      // The log has room that was taken before the disk was full; it is used up first.
      for (let round = 1; refused === 0 && round < 10; round += 1) {
        emissions = heavy();
        await all();
      }
      await sleep(times(1_000, 5_000));
      full = false;
      await filling;
      count('refused while full', refused);
      count('taken while full', taken);
      claim(refused > 0, 'the disk was full and nothing was refused');
      claim(odd.size === 0, `while the disk was full webhooks were answered ${[...odd].join(', ')}`);
      await world.disk!.makeRoom();
      const began = performance.now();
      // A server that could not write its log has ended; whoever watches over it starts it again, as everywhere.
      if (await until('the server or its end', 10_000, () => runs(world)).catch(() => false)) count('server lived on');
      else if (await world.postgres.startIfDown()) count('server started again');
      const probe = emissions[0]!.record;
      const again = await until('a webhook that is taken', 60_000, async () => (await load.sender.once(probe)).status === 200).catch(
        () => false,
      );
      claim(again, 'no webhook was taken within 60 s of there being room');
      count('taken again after s', Math.round((performance.now() - began) / 1_000));
      for (const { record } of sent) await load.sender.deliver(record);
      await load.arrived();
    }
    claim(world.engines.every((engine, n) => engine.incarnation === incarnations[n]), 'a process of the engine had to start again'); // prettier-ignore
  },
});

const runs = async (world: World): Promise<boolean> => (await world.postgres.sql('select 1')).length === 1;

/** Two rows of the harness that the engine's own statements lock one after the other, because a trigger does so inside them. */
const pairs = 3;
const crossRoads = `
  create table faults_cross (pair int, side int, n int not null default 0, primary key (pair, side));
  insert into faults_cross select p, s from generate_series(1, ${pairs}) p, generate_series(1, 2) s;
  grant select, update on faults_cross to waybill_app;
  create function faults_cross_over() returns trigger language plpgsql as $$
  declare p int := 1 + floor(random() * ${pairs});
  begin
    if current_user <> 'waybill_app' then return new; end if;
    perform 1 from faults_cross where pair = p and side = 1 for update;
    perform pg_sleep(0.005);
    perform 1 from faults_cross where pair = p and side = 2 for update;
    return new;
  end $$;
  create trigger faults_cross before insert on inbox for each statement execute function faults_cross_over();
  create trigger faults_cross before insert on audit_entry for each statement execute function faults_cross_over();
  create trigger faults_cross before insert on message_history for each statement execute function faults_cross_over();`;
const roadsAway = `
  drop trigger faults_cross on inbox; drop trigger faults_cross on audit_entry; drop trigger faults_cross on message_history;
  drop function faults_cross_over(); drop table faults_cross;`;

const deadlocks = defineRow({
  id: '19',
  slow: true,
  title: 'Deadlocks',
  inject: 'two scripts lock the same rows in opposite order: one inside the engine’s own transactions, by a trigger, the other beside them',
  expected: 'the engine’s transaction is chosen, tried again after a pause with chance in it, and no caller sees a 500',
  async run({ world, load, plan, times, count, claim }) {
    const { postgres } = world;
    const conflicts = async () =>
      Number((await postgres.sql<{ n: string }>("select deadlocks as n from pg_stat_database where datname = 'waybill'"))[0]!.n);
    const wanted = times(40, 1_000);
    // The server looks for circles early, so that there are many in little time; for the harness it looks late: the engine is the victim.
    await postgres.sql("alter role waybill_app set deadlock_timeout = '15ms'");
    await postgres.sql(crossRoads);
    const before = await conflicts();
    let going = true;
    const odd = new Set<string>();
    const again = new Map<number, number>();
    const against = Array.from({ length: pairs }, async (_, n) => {
      const client = await postgres.owner.connect();
      try {
        await client.query("set deadlock_timeout = '500ms'");
        for (; going; await sleep(2)) {
          await client.query('begin');
          await client.query('select 1 from faults_cross where pair = $1 and side = 2 for update', [n + 1]);
          await sleep(4);
          await client
            .query('select 1 from faults_cross where pair = $1 and side = 1 for update', [n + 1])
            .then(() => client.query('commit'), () => client.query('rollback')); // prettier-ignore
        }
        await client.query('reset deadlock_timeout');
      } finally {
        client.release();
      }
    });
    const people = (async () => {
      for (let n = 0; going; n += 1) {
        const said = await api(world, 'PUT', '/v1/mappings/faults-crossed', { source: `{"n": ${n}}` }).then(
          () => '200',
          (error: unknown) => /: (\d{3}) /.exec(String(error))?.[1] ?? String(error),
        );
        if (said !== '200' && said !== '503') odd.add(`the API answered ${said}`);
        count('changes by people');
        await sleep(20);
      }
    })();
    try {
      // Sessions that were open before the role was told have the old setting.
      await postgres.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'waybill_app'");
      await until('a connection', 20_000, async () => (await readiness(world)).http === 200);
      while ((await conflicts()) - before < wanted && going) {
        const batch = plan(times(12, 60));
        load.tellOnly(batch);
        await Promise.all(
          batch.emissions.map(async ({ record }) => {
            for (let tries = 0; tries < 60; tries += 1) {
              const answer = await load.sender.once(record);
              again.set(answer.status, (again.get(answer.status) ?? 0) + 1);
              if (answer.status === 200) return;
              if (!isTakenOrLater(answer)) odd.add(`a webhook was answered ${shown(answer)}`);
              await sleep(100);
            }
          }),
        );
        if (odd.size > 0) break;
      }
    } finally {
      going = false;
      await Promise.all([...against, people]);
      await postgres.sql(roadsAway);
      await postgres.sql('alter role waybill_app reset deadlock_timeout');
    }
    const met = (await conflicts()) - before;
    count('deadlocks', met);
    count('told to come later', again.get(503) ?? 0);
    claim(met >= wanted || odd.size > 0, `only ${met} deadlocks came about`);
    claim(odd.size === 0, [...odd].join('; '));
    await load.bring(plan(2), 0);
  },
});

const poolSize = 4;
/** How long a caller may wait for a connection, and what a loaded machine adds to it. */
const queueMs = 2_000 + 2_000;

const poolExhausted = defineRow({
  id: '21',
  alone: true,
  title: 'Connections exhausted',
  inject: 'a lock holds every connection of a small pool; hundreds of callers come at once, and webhooks with them',
  expected:
    'whoever gets no connection hears 503 with Retry-After after two seconds; health answers all the while; nobody waits ten seconds',
  ownWorld: { databasePool: poolSize },
  async run({ world, load, plan, times, count, claim }) {
    const clients = times(100, 500);
    const ask = async (path: string): Promise<Answer & { ms: number }> => {
      const began = performance.now();
      const answer = await fetch(`${world.apiUrl}${path}`, {
        headers: { authorization: `Bearer ${world.secrets.apiKey}` },
        signal: AbortSignal.timeout(30_000),
      });
      await answer.text();
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), ms: Math.round(performance.now() - began) };
    };
    for (let n = times(1, 3); n > 0; n -= 1) {
      const hooks = plan(10);
      load.tellOnly(hooks);
      const holder = await world.postgres.owner.connect();
      let health: (Answer & { ms: number })[];
      let answers: (Answer & { ms: number })[];
      let told: Answer[];
      try {
        await holder.query('begin');
        await holder.query('lock table message, inbox in access exclusive mode');
        const held = sleep(6_000).then(() => holder.query('rollback'));
        const asked = Promise.all(Array.from({ length: clients }, () => ask('/v1/messages?limit=10')));
        const sent = Promise.all(hooks.emissions.map(({ record }) => load.sender.once(record)));
        await until('every connection in use', 5_000, async () =>
          (await world.postgres.sql("select 1 from pg_stat_activity where application_name = 'waybill' and wait_event_type = 'Lock' and usename = 'waybill_app'")).length >= poolSize,
        ); // prettier-ignore
        health = [];
        for (let at = 0; at < 12; at += 1, await sleep(300)) health.push(await ask('/health/ready'));
        [answers, told] = await Promise.all([asked, sent]);
        await held;
      } finally {
        holder.release();
      }
      const refused = answers.filter(({ status }) => status === 503);
      const odd = new Set([...answers, ...told].filter((answer) => !isTakenOrLater(answer)).map(shown));
      const longest = Math.max(...refused.map(({ ms }) => ms), 0);
      const slowest = Math.max(...answers.map(({ ms }) => ms));
      count('callers', clients);
      count('told to come later', refused.length);
      claim(odd.size === 0, `callers were answered ${[...odd].join(', ')}`);
      claim(refused.length >= clients - 2 * poolSize, `only ${refused.length} of ${clients} callers were told to come later`);
      claim(longest <= queueMs, `a caller waited ${longest} ms to be told to come later`);
      claim(slowest < 10_000, `a caller waited ${slowest} ms`);
      const unwell = health.filter(({ status, ms }) => status !== 200 || ms > queueMs);
      claim(unwell.length === 0, `health answered ${unwell.map(({ status, ms }) => `${status} after ${ms} ms`).join(', ')}`);
      for (const { record } of hooks.emissions) await load.sender.deliver(record);
    }
  },
});

export const limitRows = [diskFull, deadlocks, poolExhausted];
