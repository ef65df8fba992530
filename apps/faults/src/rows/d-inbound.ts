import { erpFaults } from '../load/company.js';
import { mixOf } from '../load/plan.js';
import { sleep, until } from '../waiting.js';
import { defineRow } from './row.js';

const repeated = defineRow({
  id: '37',
  always: true,
  title: 'Webhooks repeated',
  inject: 'every webhook five times at once',
  expected: 'one delivery, one document, every answer 2xx',
  async run({ load, plan, times, count, claim }) {
    const before = load.sender.answers.get(200) ?? 0;
    const one = plan(times(20, 1_000), { repeated: 1 });
    await load.bring(one, times(1_000, 30_000));
    const answered = (load.sender.answers.get(200) ?? 0) - before;
    claim(answered === one.emissions.length * 5, `${answered} of ${one.emissions.length * 5} answers were 2xx`);
    count('webhooks', one.emissions.length * 5);
  },
});

const versions = defineRow({
  id: '38',
  always: true,
  title: 'Versions, in order and out of it',
  inject: 'invoices that are paid or voided by a later version, told in a shuffled order',
  expected: 'the newest version decides; a paid one is posted once, a voided one nets to nothing',
  async run({ load, plan, times, count }) {
    const mixed = plan(times(30, 1_000), { paid: 0.4, voided: 0.3, outOfOrder: 0.3, entities: ['US', 'DE'] });
    await load.bring(mixed, times(3_000, 60_000));
    count('versions', mixed.emissions.length);
  },
});

const missed = defineRow({
  id: '39',
  title: 'Webhooks missed, and a poll that breaks',
  inject: 'nothing is told by webhook; the first poll fails in the database after the page was read',
  expected: 'the next poll brings all of it: records and cursor are committed together',
  async run({ world, load, plan, times, count, claim }) {
    await world.postgres.sql(`
      create function faults_refuse() returns trigger language plpgsql as $$ begin if new.via = 'poll' then raise exception 'the harness refuses'; end if; return new; end $$;
      create trigger faults_refuse before insert on inbox for each row execute function faults_refuse()`);
    try {
      // Further apart than the poll looks back, so that only the cursor decides what comes.
      load.tellOnly(plan(times(60, 300)));
      const failed = await load.poll(5_000).then(() => false, () => true); // prettier-ignore
      claim(failed, 'a poll went well although the database refused its records');
    } finally {
      await world.postgres.sql('drop trigger faults_refuse on inbox; drop function faults_refuse()');
    }
    load.tellOnly(plan(times(60, 300)));
    await load.poll();
    count('records told by no webhook', 2 * times(60, 300));
  },
});

const wakeUp = defineRow({
  id: 'W',
  title: 'A wake-up meets the one who falls asleep',
  inject: 'a payment parks itself to wait for its invoice, and is committed only after the invoice was posted',
  expected: 'both take the same lock, so the payment is woken',
  async run({ world, load, plan, times, count }) {
    await world.postgres.sql(`
      create function faults_doze() returns trigger language plpgsql as $$ begin if new.to_state = 'waiting' then perform pg_sleep(6); end if; return null; end $$;
      create constraint trigger faults_doze after insert on message_history deferrable initially deferred for each row execute function faults_doze()`);
    try {
      for (let n = times(1, 10); n > 0; n -= 1) {
        await erpFaults(world, [{ kind: 'slow', times: 1, afterMs: 3_000, methods: ['POST'], path: '/erp/v1/invoices' }]);
        const pair = plan(2, { counts: { ...mixOf(1), invoice: 1, 'credit-memo': 0, payment: 1, 'journal-entry': 0 } });
        await load.bring(pair, 0);
        await until('a payment that waits', 20_000, async () =>
          (await world.postgres.sql("select 1 from message_history h join message m on m.id = h.message_id where m.key like 'rW-%' and h.to_state = 'waiting'")).length >= times(1, 10) - n + 1,
        ).catch(() => undefined); // prettier-ignore
        await sleep(2_000);
        count('pairs');
      }
    } finally {
      await world.postgres.sql('drop trigger faults_doze on message_history; drop function faults_doze()');
    }
  },
});

export const inboundRows = [repeated, versions, missed, wakeUp];
