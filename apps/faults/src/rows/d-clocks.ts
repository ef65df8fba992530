/** A clock that is wrong, and more than the engine can take. */
import { residentMb, residentMbMax } from '../checks/baseline.js';
import { erpFaults, sourceConnection } from '../load/company.js';
import { clockAhead, hasFaketime } from '../supervisor/faketime.js';
import type { World } from '../supervisor/world.js';
import { until } from '../waiting.js';
import { defineRow, type Row } from './row.js';
import { ended, posts } from './seen.js';

const refusals = async (world: World): Promise<number> =>
  (
    await world.postgres.sql<{ n: number }>(
      "select coalesce(sum(count), 0)::int as n from hook_refusal where connection = $1 and code = 'HOOK_SIGNATURE'",
      [sourceConnection],
    )
  )[0]!.n;

/** Who has lanes of the books of DE now. */
const holders = async (world: World): Promise<string[]> =>
  (
    await world.postgres.sql<{ holder: string }>(
      "select distinct holder from lane where flow like 'erp-de-%' and lease_until > now()",
    )
  ).map(({ holder }) => holder); // prettier-ignore

const skewed = defineRow({
  id: '43',
  slow: true,
  title: 'A clock that is wrong',
  inject: 'one process of the engine lives ten minutes ahead, then one ten minutes behind; it answers webhooks and works beside the others',
  expected: 'a webhook out of its tolerance is refused and counted; leases hold, by the database’s clock; an alarm within a minute',
  // A process takes half of the lanes at most, so of two each has some. A lease that a busy machine cannot let slip: clocks are tried here, not its speed.
  ownWorld: { workers: 1, leaseSeconds: 20 },
  missing: () => (hasFaketime() ? undefined : 'libfaketime is not installed (Debian: faketime)'),
  async run({ world, load, plan, times, count, claim }) {
    for (const aheadSeconds of [600, -600]) {
      const odd = await world.startEngine({
        name: `clock${aheadSeconds}`,
        roles: 'api,worker,scheduler',
        env: clockAhead(aheadSeconds),
      });
      const began = performance.now();
      try {
        const [honest, own] = [plan(1), plan(1)];
        load.tellOnly(own);
        const before = await refusals(world);
        const { status } = await load.sender.once(honest.emissions[0]!.record, { url: odd.url });
        claim(status === 401, `signed now, a process ${aheadSeconds} s ahead answered ${status}`);
        const counted = await until('the refusal', 10_000, async () => (await refusals(world)) > before).catch(() => false);
        claim(counted, 'the refusal was not counted');
        const byItsClock = await load.sender.once(own.emissions[0]!.record, { url: odd.url, aheadSeconds });
        claim(byItsClock.status === 200, `signed by its own clock it answered ${byItsClock.status}`);
        await load.bring(honest, 0);
        // Calls that outlast a sweep: a lease that had ended by one clock and not by the other would be taken away meanwhile.
        await erpFaults(world, [{ kind: 'slow', afterMs: 6_000, ...posts }]);
        const one = plan(times(12, 24));
        load.start(one, 500);
        const seen = new Set<string>();
        const workers = world.workers.length + 1;
        await until('all workers at work', 30_000, async () => {
          for (const holder of await holders(world)) seen.add(holder);
          return seen.size >= workers;
        }, { everyMs: 50 }).catch(() => false); // prettier-ignore
        claim(seen.size >= workers, `${seen.size} of ${workers} processes had lanes, so the wrong clock may not have had any`);
        await load.arrived();
        await ended(world, one.documents);
        const taken = await world.postgres.sql<{ move: string }>(
          "select h.from_state || ' to ' || h.to_state || coalesce(': ' || h.reason, '') as move from message_history h join message m on m.id = h.message_id where m.key = any($1) and (h.from_state = 'in_flight' and h.to_state <> 'posted' or h.from_state = 'claimed' and h.to_state = 'ready' and h.reason like '%lease%')",
          [one.documents.map(({ id }) => id)],
        );
        claim(taken.length === 0, `${taken.length} documents were taken from a worker whose lease had not ended, first ${taken[0]?.move}`);
        const alarm = await until('an alarm', 60_000 - (performance.now() - began), async () => {
          const ready = (await (await fetch(`${odd.url}/health/ready`)).json()) as { status: string; warnings: string[] };
          return ready.status === 'degraded' && ready.warnings.some((words) => words.includes('clock of the database'));
        }).catch(() => false); // prettier-ignore
        claim(alarm, `readiness said nothing of a clock ${aheadSeconds} s ahead for a minute`);
        const text = await (await fetch(`${odd.url}/metrics`)).text();
        const gauge = Number(/waybill_clock_skew_seconds\{clock="the database"\} (\S+)/.exec(text)?.[1] ?? NaN);
        claim(
          Math.abs(gauge + aheadSeconds) <= 5,
          `the gauge says that the database is ${gauge} s ahead of a clock ${aheadSeconds} s ahead`,
        );
        count('wrong clocks');
      } finally {
        await erpFaults(world, []);
        await odd.process.stop();
      }
    }
  },
});

const burst = defineRow({
  id: '44',
  alone: true,
  title: 'A burst',
  inject: 'webhooks at ten times the rate that is worked off, at a door that lets 100 wait',
  expected: '429 (503 where the database is slow) with Retry-After to the rest, memory bounded, everything that was acknowledged is posted',
  async run({ world, load, plan, times, count, claim }) {
    // An ERP that takes its time, so that ten times what is worked off is a rate that this machine can send.
    await erpFaults(world, [{ kind: 'slow', afterMs: 1_500, ...posts }]);
    const door = await world.startEngine({ name: 'narrow', roles: 'api', env: { WAYBILL_BACKLOG_MAX: '100' } });
    try {
      const one = plan(times(1_000, 9_000));
      const byId = new Map(one.documents.map((document) => [document.id, document]));
      const answers = new Map<string, number>();
      let mostMb = 0;
      const under = new Set<Promise<void>>();
      const began = performance.now();
      const watch = setInterval(() => {
        for (const pid of [door.process.pid, ...world.engines.map((engine) => engine.pid)])
          if (pid !== undefined) mostMb = Math.max(mostMb, residentMb(pid));
      }, 500);
      try {
        for (const emission of one.emissions) {
          while (under.size >= 100) await Promise.race(under);
          const sent = load.sender.once(emission.record, { url: door.url }).then(({ status, retryAfter }) => {
            const answer = `${status}${status !== 200 && retryAfter === null ? ' without Retry-After' : ''}`;
            answers.set(answer, (answers.get(answer) ?? 0) + 1);
            // What was refused, this source does not send again: only what was acknowledged must be in the books.
            if (status === 200) load.tellOnly({ documents: [byId.get(emission.record.id)!], emissions: [emission] });
          });
          under.add(sent);
          void sent.finally(() => under.delete(sent));
        }
        await Promise.all(under);
      } finally {
        clearInterval(watch);
      }
      const burstSeconds = (performance.now() - began) / 1_000;
      const accepted = one.documents.filter(({ id }) => load.sender.accepted.has(`${id}-r1`));
      await ended(world, accepted);
      const perSecond = one.emissions.length / burstSeconds;
      const sustained = accepted.length / ((performance.now() - began) / 1_000);
      claim(perSecond >= 10 * sustained, `the burst was ${Math.round(perSecond)} a second, and ${Math.round(sustained)} are worked off`);
      const odd = [...answers.keys()].filter((answer) => !['200', '429', '503'].includes(answer));
      claim(odd.length === 0, `some were answered ${odd.join(', ')}`);
      claim((answers.get('429') ?? 0) > 0, 'nobody was asked to come later');
      claim(mostMb <= residentMbMax, `a process of the engine held ${Math.round(mostMb)} MB`);
      count('webhooks', one.emissions.length);
      count('a second', Math.round(perSecond));
      count('worked off a second', Math.round(sustained));
      count('answers 429', answers.get('429') ?? 0);
      count('answers 503', answers.get('503') ?? 0);
      count('MB at most', Math.round(mostMb));
    } finally {
      await door.process.stop();
    }
  },
});

export const clockRows: readonly Row[] = [skewed, burst];
