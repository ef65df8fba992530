/** What the ERP says, or does not say, of a document that it was sent. */
import { erpFaults, type FaultRule } from '../load/company.js';
import { falseSuccesses } from './false-successes.js';
import { defineRow, type Row, type RowContext } from './row.js';
import { ended, of, outcomesOf, posts, struck } from './seen.js';

/** Every document of a plan meets a fault once; what becomes of it, the checkers see. */
const everyDocument = (
  row: Pick<Row, 'id' | 'title' | 'inject' | 'expected'> & {
    counted: string;
    rules(documents: number, context: RowContext): FaultRule[];
  },
): Row =>
  defineRow({
    ...row,
    async run(context) {
      const { world, load, plan, times, count } = context;
      const documents = times(12, 200);
      await erpFaults(world, row.rules(documents, context));
      await load.bring(plan(documents), 500);
      await struck(world, documents, times(60_000, 600_000));
      count(row.counted, documents);
    },
  });

const answerLost = everyDocument({
  id: '24',
  title: 'Posted, answer lost',
  inject: 'the ERP books the document, then closes the line or says nothing',
  expected: 'in doubt, quiet, found by the look-up, posted with the ERP’s number',
  counted: 'answers lost',
  rules: (documents, { times }) => [
    { kind: 'lost-answer', hang: true, times: times(1, 20), ...posts },
    { kind: 'lost-answer', times: documents - times(1, 20), ...posts },
  ],
});

const lateCommit = everyDocument({
  id: '25',
  title: 'Late commit',
  inject: 'the ERP says nothing and books the document later, within what it is said to need',
  expected: 'nothing is sent again in the quiet time',
  counted: 'late commits',
  rules: (documents, { world }) =>
    [0.3, 0.6, 0.9].map((part) => ({
      kind: 'late-commit',
      times: Math.ceil(documents / 3),
      afterMs: Math.floor(world.options.upstreamSeconds * 1_000 * part),
      ...posts,
    })),
});

const neverArrived = everyDocument({
  id: '26',
  title: 'Never arrived',
  inject: 'the line is closed before the ERP does anything',
  expected: 'the look-up finds nothing, and it is posted under the same key',
  counted: 'lost requests',
  rules: (documents) => [{ kind: 'reset', times: documents, ...posts }],
});

const lookUpLies = defineRow({
  id: '27',
  title: 'The look-up lies',
  inject:
    'the answer of every fourth document is lost, and lists of the ERP hide what is young: in DE for as long as the ERP is said to need, in US for ever',
  expected: 'in DE nobody looks before the list tells the truth; in US it is sent again, and the ERP’s refusal names the document',
  async run({ world, load, plan, times, count, claim }) {
    for (const [entity, hiddenMs] of [['DE', world.options.upstreamSeconds * 1_000], ['US', 3_600_000]] as const) {
      const one = plan(times(12, 400), { entities: [entity] });
      // Every fourth, so that the circuit stays closed and the look-ups come as early as they may.
      const lost = one.documents.filter((_, n) => n % 4 === 0);
      await erpFaults(world, [
        { kind: 'stale-read', afterMs: hiddenMs, path: '/erp/v1/documents' },
        ...lost.map((document) => ({ kind: 'lost-answer', times: 1, ...posts, ...of(document) })),
      ]);
      await load.bring(one, 500);
      const seen = await ended(world, one.documents);
      const left = seen.filter(({ state }) => state !== 'posted');
      claim(left.length === 0, `${left[0]?.key} is ${left[0]?.state} in ${entity} while lists hide what is young`);
      const again = seen.filter(({ attempts }) => attempts > 1).length;
      if (entity === 'DE') claim(again === 0, `${again} documents were sent again while the list hid them`);
      count('answers lost', lost.length);
      count('sent again', again);
    }
  },
}); // prettier-ignore

const falseSuccess = defineRow({
  id: '31',
  title: 'A success that is none',
  inject:
    'error bodies, answers without an id, HTML pages and JSON cut anywhere, as 200, 201, 202 and 204; with the document booked and without it',
  expected: 'never taken for a posting: in doubt, looked up, found or sent again',
  async run({ world, load, plan, times, dice, count, claim }) {
    const variants = times(30, 300);
    const one = plan(3 * variants);
    const lies = one.documents.filter((_, n) => n % 3 === 0);
    const answers = falseSuccesses(dice, variants);
    await erpFaults(
      world,
      lies.map((document, n) => ({ kind: n % 2 === 0 ? 'nonsense' : 'garbled', times: 1, ...answers[n]!, ...posts, ...of(document) })),
    );
    await load.bring(one, times(2_000, 30_000));
    await struck(world, variants, times(60_000, 120_000));
    await ended(world, lies);
    for (const { key, outcomes } of await outcomesOf(world, lies)) {
      const { status, body } = answers[lies.findIndex(({ id }) => id === key)]!;
      claim(outcomes[0] === 'in-doubt', `${status} ${JSON.stringify(body.slice(0, 80))} was taken as ${outcomes[0]} (${key})`);
    }
    count('false successes', variants);
  },
});

export const answerRows: readonly Row[] = [answerLost, lateCommit, neverArrived, lookUpLies, falseSuccess];
