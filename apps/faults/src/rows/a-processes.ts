import { invoicesOnly } from '../load/plan.js';
import { pastTheLease, strike } from '../supervisor/strike.js';
import { erpFaults } from '../load/company.js';
import { sleep, until } from '../waiting.js';
import { defineRow } from './row.js';

const killedWhilePosting = defineRow({
  id: '1',
  title: 'Worker killed mid-post',
  inject: 'kill -9 of a random worker during a load, and once with the ERP’s answer in its hands',
  expected: 'in flight becomes in doubt, is looked up and ends; nothing is posted again unseen',
  async run({ world, load, plan, times, dice, count }) {
    await strike(world.workers, { point: 'send.answered', action: 'kill' }, () => load.bring(plan(1), 0));
    count('kills');
    load.start(plan(times(40, 600), { entities: ['US', 'DE'] }), times(8_000, 90_000));
    for (let n = times(3, 40); n > 0; n -= 1) {
      await sleep(dice.whole(200, 1_500));
      const victim = dice.pick(world.workers);
      await victim.ready();
      await victim.kill();
      count('kills');
    }
  },
});

const pausedPastLease = defineRow({
  id: '3',
  title: 'Worker paused past its lease',
  inject: 'SIGSTOP at a named point, twice the lease, SIGCONT; once with a 429 in its hands while another worker posts the same document',
  expected: 'the woken worker moves no row that is not its own any more; one document',
  ownWorld: { leaseSeconds: 5 },
  async run({ world, load, plan, times, count, claim }) {
    for (let n = times(1, 4); n > 0; n -= 1)
      for (const point of ['lane.claimed', 'send.answered']) {
        const held = await strike(world.workers, { point, action: 'pause' }, () => load.bring(plan(1), 0));
        await pastTheLease(world, held);
        count('pauses');
      }
    // A told "slow down", and slept over it; B took the row over and its call is under way; then A wakes and would put the row back.
    await erpFaults(world, [{ kind: 'throttle', times: 1, methods: ['POST'], path: '/erp/v1/' }]);
    const document = plan(1);
    const held = await strike(world.workers, { point: 'send.answered', action: 'pause' }, () => load.bring(document, 0));
    const key = document.documents[0]!.id;
    // Long enough for A to wake in the middle of B's call.
    await erpFaults(world, [{ kind: 'slow', times: 1, afterMs: 15_000, methods: ['POST'], path: '/erp/v1/' }]);
    const taken = await until('another worker’s call', world.options.leaseSeconds * 1_000 + 45_000, async () => {
      const [row] = await world.postgres.sql<{ n: number }>(
        "select count(*)::int as n from attempt a join message m on m.id = a.message_id where m.key = $1 and a.number > 1 and m.state = 'in_flight'",
        [key],
      );
      return row!.n > 0;
    }).catch(() => false);
    claim(taken, 'nobody took the document over while its worker was held');
    held.resume();
    count('pauses');
    await sleep(16_000);
  },
});

const killedBeforeAnswer = defineRow({
  id: '4',
  always: true,
  title: 'API killed after COMMIT, before its 2xx',
  inject: 'the API kills itself when a webhook is committed and not yet answered; the source sends it again',
  expected: 'the second answer is 2xx and says that it was there',
  async run({ world, load, plan, times, count, claim }) {
    for (let n = times(2, 50); n > 0; n -= 1) {
      const one = plan(1);
      load.tellOnly(one);
      const { record } = one.emissions[0]!;
      let first = -1;
      await strike([world.api], { point: 'intake.committed', action: 'kill' }, async () => {
        first = (await load.sender.once(record)).status;
      });
      await world.api.ready();
      const again = await load.sender.once(record);
      count('kills');
      claim(first === 0, `the killed API answered ${first}`);
      claim(again.status === 200 && again.text.includes('"duplicate":true'), `the second answer was ${again.status} ${again.text}`);
    }
  },
});

const blocked = defineRow({
  id: '10',
  title: 'Event loop blocked',
  inject: 'a worker’s event loop stands still for longer than every lease, with documents claimed and with an answer in its hands',
  expected: 'its lease is lost, another worker takes over while it stands, the late one is fenced',
  ownWorld: { leaseSeconds: 5 },
  async run({ world, load, plan, times, count, claim }) {
    // The lease, the leadership of ten seconds, which it may have as well, and a sweep.
    const forMs = world.options.leaseSeconds * 1_000 + 13_000;
    for (let n = times(1, 3); n > 0; n -= 1)
      for (const point of ['lane.claimed', 'send.answered']) {
        const one = plan(1);
        await strike(world.workers, { point, action: 'block', forMs }, () => load.bring(one, 0));
        const began = performance.now();
        count('blocks');
        const taken = await until('a take-over', forMs, async () =>
          (await world.postgres.sql("select 1 from message_history h join message m on m.id = h.message_id where m.key = $1 and h.reason like 'its worker went away%'", [one.documents[0]!.id])).length > 0,
        ).catch(() => false); // prettier-ignore
        claim(taken, `nobody took ${one.documents[0]!.id} over while its worker stood still at ${point}`);
        await sleep(Math.max(0, forMs - (performance.now() - began)));
      }
  },
});

const graceful = defineRow({
  id: '12',
  title: 'Graceful stop',
  inject: 'SIGTERM with calls under way: to one worker, to all of them, in turns',
  expected: 'what is in flight ends, exit code 0 within 30 s, nothing in doubt',
  async run({ world, load, plan, times, count, claim, dice }) {
    const young = async () =>
      (
        await world.postgres.sql<{ n: number }>(
          "select count(*)::int as n from attempt where ended_at is null and sent_at > clock_timestamp() - interval '300 milliseconds'",
        )
      )[0]!.n;
    await erpFaults(world, [{ kind: 'slow', afterMs: 1_000, methods: ['POST'], path: '/erp/v1/' }]);
    for (let n = times(2, 20); n > 0; n -= 1) {
      load.start(plan(times(20, 40), { counts: invoicesOnly(times(20, 40)), entities: ['US', 'DE'] }), 2_000);
      const leavers = n % 2 === 0 ? [dice.pick(world.workers)] : world.workers;
      await sleep(dice.whole(500, 1_500));
      await until('a call that has just begun', 20_000, async () => (await young()) > 0, { everyMs: 30 });
      for (const [m, code] of (await Promise.all(leavers.map((leaver) => leaver.stop()))).entries())
        claim(code === 0, `${leavers[m]!.name} ended with ${code ?? 'a kill'}`);
      count('stops', leavers.length);
      await Promise.all(leavers.map((leaver) => leaver.start()));
    }
    await load.arrived();
    const [doubts] = await world.postgres.sql<{ n: number }>(
      "select count(*)::int as n from message_history h join message m on m.id = h.message_id where h.to_state = 'in_doubt' and m.key like 'r12-%'",
    );
    claim(doubts!.n === 0, `${doubts!.n} documents came into doubt by a graceful stop`);
  },
});

const oneLeader = defineRow({
  id: '14',
  title: 'Several schedulers',
  inject: 'three nodes that schedule; each is held for longer than the leadership holds, then goes on',
  expected: 'one leader at a time; who comes back late does not lead unless it is elected',
  async run({ world, load, plan, times, count, claim }) {
    if (world.workers.length < 3) await world.addWorker();
    const leader = async () =>
      (
        await world.postgres.sql<{ holder: string; epoch: string }>(
          "select holder, epoch::text as epoch from leader where name = 'scheduler'",
        )
      )[0]!;
    load.start(plan(times(20, 200)), times(20_000, 90_000));
    for (let n = times(1, 3); n > 0; n -= 1)
      for (const node of world.workers) {
        const before = await leader();
        node.pause();
        await sleep(12_000);
        const during = await leader();
        node.resume();
        if (during.epoch === before.epoch) continue; // it did not lead
        count('switches');
        claim(
          Number(during.epoch) === Number(before.epoch) + 1,
          `one pause changed the leader ${Number(during.epoch) - Number(before.epoch)} times`,
        );
        await sleep(4_000);
        const after = await leader();
        claim(after.holder === during.holder, 'who came back took the leadership from a leader that works');
      }
    await load.arrived();
  },
});

export const processRows = [killedWhilePosting, pausedPastLease, killedBeforeAnswer, blocked, graceful, oneLeader];
