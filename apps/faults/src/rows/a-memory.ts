import { api } from '../load/company.js';
import { until } from '../waiting.js';
import { defineRow } from './row.js';

/** Of the worker that runs out of memory; the others of the row are stopped, so nobody is told another length. */
const leaseSeconds = 5;
const heapMb = 128;

const outOfMemory = defineRow({
  id: '13',
  alone: true,
  title: 'Worker out of memory',
  inject: 'a worker with a heap of 128 MB runs into its limit whenever it holds one certain document; it has a batch of others beside it',
  expected:
    'it starts again; after the first end each is taken alone, after four more the one stops for a person; the others are posted within 60 s',
  async run({ world, load, plan, times, count, claim }) {
    const documents = plan(times(24, 60));
    // In the middle of the batch, so that some neighbours come before it and some after.
    const key = documents.documents[Math.floor(documents.documents.length / 2)]!.id;
    load.explained.keys.add(key);
    const state = async (wanted: string, where = 'true') =>
      (
        await world.postgres.sql<{ n: number }>(
          `select count(*)::int as n from message where flow = 'erp-de-invoices' and key like 'r13-%' and state = $1 and ${where}`,
          [wanted],
        )
      )[0]!.n;
    await world.postgres.sql("update flow set state = 'paused' where name = 'erp-de-invoices'");
    await load.bring(documents, 500);
    await until('a full batch', 60_000, async () => (await state('ready')) === documents.documents.length);
    await Promise.all(world.workers.map((worker) => worker.stop()));
    await world.postgres.sql("update flow set state = 'on' where name = 'erp-de-invoices'");
    const small = world.node('worker-small', {
      roles: 'worker,scheduler',
      heapMb,
      env: { WAYBILL_FAULTS_EXHAUST: key, WAYBILL_LEASE_SECONDS: String(leaseSeconds) },
    });
    try {
      // Not awaited: it works from its first second on, and may end before it could say that it is ready.
      small.start().catch(() => undefined);
      await until('the first end of the worker', 60_000, () => small.incarnation > 1);
      const began = performance.now();
      const neighbours = await until('the neighbours', 60_000, async () => (await state('posted')) === documents.documents.length - 1).catch(() => false); // prettier-ignore
      claim(
        neighbours,
        `only ${await state('posted')} of ${documents.documents.length - 1} neighbours were posted within 60 s of the first end`,
      );
      count('neighbours posted after s', Math.round((performance.now() - began) / 1_000));
      const isolated = await until('the one that stops', 180_000, async () =>
        (await world.postgres.sql("select 1 from exception e join message m on m.id = e.message_id where m.key = $1 and e.code = 'POISON'", [key])).length > 0,
      ).catch(() => false); // prettier-ignore
      claim(isolated, `${key} did not stop for a person though its worker ended again and again`);
      count('ends of the worker', small.incarnation - 1);
      claim(small.incarnation === 6, `the worker ended ${small.incarnation - 1} times, not five times`);
    } finally {
      await small.stop();
      await Promise.all(world.workers.map((worker) => worker.start()));
    }
    const [message] = await world.postgres.sql<{ id: string }>("select id from message where key = $1 and flow = 'erp-de-invoices'", [key]);
    // Workers with memory enough: a person replays it.
    await api(world, 'POST', '/v1/replays', { messages: [message!.id] });
    await until('the posting of the replayed', 60_000, async () => (await state('posted')) === documents.documents.length);
  },
});

export const memoryRows = [outOfMemory];
