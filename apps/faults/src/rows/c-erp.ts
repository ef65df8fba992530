import { erp, erpFaults } from '../load/company.js';
import { decimal, minorUnits } from '../load/amounts.js';
import { until } from '../waiting.js';
import { defineRow } from './row.js';

const posts = { methods: ['POST'], path: '/erp/v1/' };

/** Until every document of the plan met the fault: the faults of a row must not be over before they struck. */
const struckAll = (world: Parameters<typeof erp>[0], times: number, withinMs: number) =>
  until(`${times} faults`, withinMs, async () => {
    const { rules } = (await erp(world, 'GET', '/faults')) as { rules: { hits: number }[] };
    return rules.reduce((sum, rule) => sum + rule.hits, 0) >= times;
  });

const answerLost = defineRow({
  id: '24',
  title: 'Posted, answer lost',
  inject: 'the ERP books the document, then closes the line or says nothing',
  expected: 'in doubt, quiet, found by the look-up, posted with the ERP’s number',
  async run({ world, load, plan, times, count }) {
    const documents = times(12, 200);
    await erpFaults(world, [
      { kind: 'lost-answer', hang: true, times: times(1, 20), ...posts },
      { kind: 'lost-answer', times: documents - times(1, 20), ...posts },
    ]);
    await load.bring(plan(documents), 500);
    await struckAll(world, documents, times(60_000, 600_000));
    count('answers lost', documents);
  },
});

const lateCommit = defineRow({
  id: '25',
  title: 'Late commit',
  inject: 'the ERP says nothing and books the document later, within what it is said to need',
  expected: 'nothing is sent again in the quiet time',
  async run({ world, load, plan, times, count }) {
    const documents = times(12, 200);
    const parts = [0.3, 0.6, 0.9];
    await erpFaults(
      world,
      parts.map((part) => ({
        kind: 'late-commit',
        times: Math.ceil(documents / 3),
        afterMs: Math.floor(world.options.upstreamSeconds * 1_000 * part),
        ...posts,
      })),
    );
    await load.bring(plan(documents), 500);
    await struckAll(world, documents, times(60_000, 600_000));
    count('late commits', documents);
  },
});

const neverArrived = defineRow({
  id: '26',
  title: 'Never arrived',
  inject: 'the line is closed before the ERP does anything',
  expected: 'the look-up finds nothing, and it is posted under the same key',
  async run({ world, load, plan, times, count }) {
    const documents = times(12, 200);
    await erpFaults(world, [{ kind: 'reset', times: documents, ...posts }]);
    await load.bring(plan(documents), 500);
    await struckAll(world, documents, times(60_000, 600_000));
    count('lost requests', documents);
  },
});

const oneDead = defineRow({
  id: '30',
  alone: true,
  title: 'One ERP dead, another fine',
  inject: 'nothing passes to the books of US any more; the books of DE answer',
  expected: 'DE is posted while US is away; US is posted when it is back',
  async run({ world, load, plan, times, count, claim }) {
    world.proxies.erp.US.mode = 'blackhole';
    const [dead, fine] = [plan(times(10, 100), { entities: ['US'] }), plan(times(20, 200))];
    await Promise.all([load.bring(dead, 1_000), load.bring(fine, 1_000)]);
    const postedOf = async (flow: string, prefix: string) =>
      (
        await world.postgres.sql<{ n: number }>(
          "select count(*)::int as n from message where flow = $1 and state = 'posted' and key like $2",
          [flow, `${prefix}%`],
        )
      )[0]!.n;
    const prefix = (id: string) => id.slice(0, id.indexOf('-inv-') + 1);
    const all = await until('all of DE', times(45_000, 120_000), async () =>
      (await postedOf('erp-de-invoices', prefix(fine.documents[0]!.id))) === fine.documents.length,
    ).catch(() => false); // prettier-ignore
    claim(all, 'the books of DE waited for those of US');
    claim((await postedOf('erp-us-invoices', prefix(dead.documents[0]!.id))) === 0, 'something was posted through a dead line');
    count('documents behind the dead line', dead.documents.length);
  },
});

const tenfold = (total: string): string => {
  const decimals = total.split('.')[1]?.length ?? 0;
  return decimal(minorUnits(total, decimals) * 10n, decimals);
};

const byHand = defineRow({
  id: '35',
  title: 'A person booked it too',
  inject: 'an invoice with the same number is in the ERP already: with the same money, with other money',
  expected: 'the same money is taken as it is; other money stops for a person; never a second document',
  async run({ world, load, plan, times, count, claim }) {
    for (let n = times(2, 50); n > 0; n -= 1) {
      const [same, other] = [plan(1, { entities: ['US'] }), plan(1, { entities: ['US'] })];
      for (const { documents } of [same, other]) {
        const [document] = documents;
        const content = document!.versions[0]!.content as {
          number: string;
          customer: { number: string };
          subtotal: string;
          taxTotal: string;
        };
        // Ten times the money, which has as many decimals.
        const total = documents === same.documents ? document!.total : tenfold(document!.total);
        const booked = await erp(world, 'POST', '/erp/v1/invoices', {
          entity: 'US',
          reference: content.number,
          origin: documents === same.documents ? document!.id : null,
          customer: content.customer.number,
          currency: document!.currency,
          documentDate: document!.postingDate,
          postingDate: document!.postingDate,
          lines: [{ description: 'By hand', quantity: '1', amount: total, account: '4010' }],
          taxLines: [],
          subtotal: total,
          tax: '0',
          total,
        });
        load.explained.numbers.add(String(booked['number']));
        count('booked by hand');
        if (documents === other.documents) {
          load.explained.keys.add(document!.id);
          load.byHand.push(String(booked['number']));
        }
      }
      await load.bring(same, 0);
      await load.bring({ ...other, documents: [] }, 0);
      const key = other.documents[0]!.id;
      const stopped = await until('the exception', 40_000, async () =>
        (await world.postgres.sql("select 1 from exception e join message m on m.id = e.message_id where m.key = $1 and e.category = 'duplicate'", [key])).length > 0,
      ).catch(() => false); // prettier-ignore
      claim(stopped, `${key} with other money in the ERP did not stop as a duplicate`);
    }
  },
});

export const erpRows = [answerLost, lateCommit, neverArrived, oneDead, byHand];
