/** Usage: keys that meet and keys that only look alike, what comes after the seal, and kills while it comes in. */
import { api } from '../load/company.js';
import { collidingPairs, sourceOf } from '../load/usage-plan.js';
import type { World } from '../supervisor/world.js';
import { sleep, until } from '../waiting.js';
import { lateUsage, type Policy } from './late-usage.js';
import { defineRow, type Row } from './row.js';

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));

const conflicts = defineRow({
  id: '40',
  title: 'One usage id, two contents',
  inject: 'each of many ids is sent with one content, then with another, in batches; the API is killed in between',
  expected: 'the first stays; the other is a conflict, answered and kept; sent again it is the same conflict',
  async run({ world, load, times, dice, count, claim }) {
    const [pairs, source] = [times(200, 1_000), sourceOf(`pairs-${dice.whole(0, 1e9)}`)];
    const batches = (said: string) =>
      chunks(
        Array.from({ length: pairs }, (_, n) => ({ specversion: '1.0', id: `p${n}`, source, type: 'faults.pair', data: { said } })),
        100,
      );
    for (const batch of batches('first')) await load.usage.deliver(batch);
    const again = batches('second');
    const killed = dice.whole(0, again.length - 1);
    let answered = 0;
    for (const [n, batch] of again.entries()) {
      const sent = load.usage.deliver(batch);
      if (n === killed) await killDuring(world, () => count('kills'));
      answered += (await sent).conflicts;
    }
    for (const batch of again) answered += (await load.usage.deliver(batch)).conflicts;
    count('pairs', pairs);
    claim(answered === 2 * pairs, `of ${2 * pairs} that came second ${answered} were answered as conflicts`);
    const [there] = await world.postgres.sql<{ rows: number; firsts: number; kept: number }>(
      `select count(*)::int as rows, count(*) filter (where data->>'said' = 'first')::int as firsts,
         (select count(*)::int from usage_conflict c where c.source = $1 and c.event->'data'->>'said' = 'second') as kept
       from usage_event where source = $1`,
      [source],
    );
    claim(there!.rows === pairs && there!.firsts === pairs, `of ${pairs} first contents ${there!.firsts} stand in ${there!.rows} rows`);
    claim(there!.kept === pairs, `of ${pairs} second contents ${there!.kept} are kept`);
  },
});

const lookAlikes = defineRow({
  id: '41',
  title: 'Keys that look alike',
  inject: 'sources and ids that are one text when they are joined, with and without a separator, in other case and normal forms',
  expected: 'each pair is an event of its own; sent again each is a duplicate of itself',
  async run({ world, load, times, dice, count, claim }) {
    const salt = dice.whole(0, 1e9);
    const pairs = collidingPairs(times(2_000, 10_000));
    // What they have in common is in the type, so that the sources themselves are as short as they are.
    const type = `faults.alike.${salt}`;
    const events = pairs.map(([source, id]) => ({ specversion: '1.0', source: `${salt}${source}`, id, type }));
    let [accepted, duplicates] = [0, 0];
    for (const batch of chunks(events, 1_000)) {
      const answer = await load.usage.deliver(batch);
      accepted += answer.accepted + answer.duplicates; // of an answer that was lost the second hears "duplicate"
    }
    for (const batch of chunks(events, 1_000)) duplicates += (await load.usage.deliver(batch)).duplicates;
    count('pairs', pairs.length);
    claim(accepted === pairs.length, `${accepted} of ${pairs.length} were taken`);
    claim(duplicates === pairs.length, `sent again, ${duplicates} of ${pairs.length} were duplicates`);
    const [{ n = 0 } = {}] = await world.postgres.sql<{ n: number }>('select count(*)::int as n from usage_event where type = $1', [type]);
    claim(n === pairs.length, `${n} of ${pairs.length} are in the ledger`);
  },
});

const late = defineRow({
  id: '42',
  title: 'Usage that comes after the seal',
  inject: 'days are sealed; then events of them come, are corrected and are cancelled, while the API is killed',
  expected:
    'what is sealed stays; the difference is proposed, sealed into the next day or asked back, exactly; every event leads to its summaries',
  async run({ world, load, times, dice, count, claim }) {
    for (const policy of ['next-period', 'credit-memo'] satisfies Policy[]) {
      const killing = killDuring(world, () => count('kills'));
      await lateUsage({ world, usage: load.usage, events: times(60, 600), policy, dice: dice.fork(policy), count, claim });
      await killing;
    }
  },
});

const kills = defineRow({
  id: '42b',
  // A million events and a kill every second are all that two processors carry.
  alone: true,
  title: 'Kills while usage comes in',
  inject:
    'clients send batches without a pause, some of them twice; the API, while its commits wait, workers and PostgreSQL are killed in turn',
  expected: 'each acknowledged event is in the ledger once, and every meter comes to what was sent',
  async run({ world, load, times, dice, count }) {
    const events = times(60_000, 1_000_000);
    const before = { ...load.usage.counts };
    const bringing = load.usage.bring({ prefix: `kills-${dice.whole(0, 1e9)}`, events, dice, overMs: 0, batch: 200, twice: 0.1 }); // prettier-ignore
    const ended = bringing.then(() => true, () => true); // prettier-ignore
    for (let n = times(4, 133); n > 0 && !(await Promise.race([ended, sleep(times(1_000, 1_600))])); n -= 1) {
      await strike(world, n);
      count('kills');
    }
    await bringing;
    count('events', events);
    count('batches sent twice', load.usage.counts.twice - before.twice);
    count('batches sent again', load.usage.counts.again - before.again);
  },
});

/** One of the three that take part, in turn; each is up again before the next is struck. */
async function strike(world: World, n: number): Promise<void> {
  await world.allUp();
  if (n % 3 === 0) await world.postgres.restartImmediately();
  else if (n % 3 === 1) await killWhileCommitsWait(world);
  else await world.workers[n % world.workers.length]!.kill();
}

/**
 * A statement that PostgreSQL has runs to its end, whoever dies. So the table is held until commits stand in line in the engine itself: what it had
 * acknowledged by then would be gone.
 */
async function killWhileCommitsWait(world: World): Promise<void> {
  const holder = await world.postgres.owner.connect();
  try {
    await holder.query('begin; lock table usage_key in share mode');
    await sleep(600);
    await world.api.kill();
  } finally {
    await holder.query('rollback');
    holder.release();
  }
}

/** Soon, while what was begun before is under way; returns when the API answers again. */
async function killDuring(world: World, killed: () => void): Promise<void> {
  await world.api.ready();
  await sleep(20);
  await world.api.kill();
  killed();
  await until('the API', 60_000, () => api(world, 'GET', '/v1/usage/control').then(() => true));
}

export const usageRows: Row[] = [conflicts, lookAlikes, late, kills];
