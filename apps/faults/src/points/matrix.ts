import { failPoints, type FailPoint } from '@waybill/engine';
import { settled } from '../checks/judge.js';
import { api } from '../load/company.js';
import type { PlannedDocument } from '../load/plan.js';
import { defineRow, type Row, type RowContext } from '../rows/row.js';
import type { ManagedProcess } from '../supervisor/managed-process.js';
import { pastTheLease, strike, type StrikeAction } from '../supervisor/strike.js';
import type { World } from '../supervisor/world.js';
import { sleep, until } from '../waiting.js';
import { counted, strikeActions, titleOf, type Action } from './actions.js';
import { approvalRows } from './approval-points.js';
import { controlRows } from './control-points.js';
import { sealerRows } from './sealer-points.js';

/** Documents before a strike: enough that every lane of a worker has a batch of them. */
const documentsPerStrike = 60;
/** Errors are thrown at so many passes in a row; the process lives on, and each hits what is there then. */
const throwsPerStrike = 10;

/** Who passes a point: the API takes webhooks in, workers do the rest. */
const isIntake = (point: FailPoint): boolean => point.startsWith('intake.');

/** So often more documents are brought until the point is passed. */
const bringsMore = 10;

/** Not the first pass but one with others behind it; deliveries are committed many at a time, so there are fewer of those. */
const passesBefore: Partial<Record<FailPoint, number>> = { 'intake.parsed': 20, 'intake.committed': 2 };

/**
 * Where a pause past the lease may show in an ERP without a unique key: the request is on its way out of our hands, nobody can call it back, and
 * the ERP cannot know that we gave up on it. There the books that refuse repeats are used; everywhere else those that take them.
 */
const beyondRecall = (point: FailPoint, action: StrikeAction) => action === 'pause' && point === 'send.first-byte';

/** One strike: at a worker with batches in its hands, or at the API with many webhooks open. */
async function strikeOnce(context: RowContext, point: FailPoint, action: Action): Promise<void> {
  const { world, load, plan, count, dice } = context;
  const entity = beyondRecall(point, action) ? 'US' : 'DE';
  const flow = `erp-${entity.toLowerCase()}-invoices`;
  const documents = plan(documentsPerStrike, { entities: [entity] });
  // One process is armed: of two, both might be struck before the other can be told not to.
  const target = isIntake(point) ? world.api : dice.pick(world.workers);
  const struckTimes = strikesOf(target, point);
  const incarnation = target.incarnation;
  let heard = false;
  const deaf = target.onMessage(({ struck: at }) => void (heard ||= at?.point === point));
  const wasStruck = () => heard || target.isPaused || target.incarnation > incarnation;
  const unanswered = () => [...load.sender.answers].filter(([status]) => status === 0 || status >= 500).reduce((sum, [, n]) => sum + n, 0);
  const before = unanswered();
  if (!isIntake(point)) await pileUp(context, flow, () => load.bring(documents, 0), documents.documents);
  const wanted = { point, action, times: action === 'throw' ? throwsPerStrike : 1, at: passesBefore[point] ?? 1 };
  const struck = await strike(
    [target],
    wanted,
    async () => {
      // A killed API answers nothing; the source goes on trying in the background.
      if (isIntake(point)) load.start(documents, 0);
      else await api(world, 'POST', `/v1/flows/${flow}/resume`, {});
      // The bells of what has piled up may all be the other worker's: more comes until this one has one to ring.
      for (let more = 0; point === 'bell.rings' && more < bringsMore; more += 1) {
        await until(titleOf(action, point), 5_000, () => wasStruck()).catch(() => false);
        if (wasStruck()) break;
        await load.bring(plan(documentsPerStrike, { entities: [entity] }), 0);
      }
    },
    120_000,
  ).finally(deaf);
  if (action === 'pause' && isIntake(point)) await pastTheLease(world, struck);
  else if (action === 'pause') await untilOvertaken(context, struck, documents.documents);
  else await sleep(200);
  await load.arrived();
  await settled(world);
  if (action === 'throw') target.disarm();
  count(counted[action], Math.max(1, struckTimes()));
  if (isIntake(point)) count('webhooks that got no answer', unanswered() - before);
}

/** How often the process says that it was struck at the point; the word of one that kills itself may be lost with it. */
function strikesOf(process: ManagedProcess, point: FailPoint): () => number {
  let times = 0;
  const deaf = process.onMessage(({ struck }) => void (struck?.point === point && (times += 1)));
  return () => {
    deaf();
    return times;
  };
}

/** Holds the flow until all documents stand before it, so that whoever takes a lane then has a whole batch in its hands. */
async function pileUp(
  { world }: RowContext,
  flow: string,
  bring: () => Promise<void>,
  documents: readonly PlannedDocument[],
): Promise<void> {
  await api(world, 'POST', `/v1/flows/${flow}/pause`, {});
  try {
    await bring();
    await until('documents before the flow', 120_000, async () => (await inState(world, flow, 'ready', documents)) === documents.length);
  } catch (error) {
    await api(world, 'POST', `/v1/flows/${flow}/resume`, {}); // the flow is not of this row alone
    throw error;
  }
}

async function inState(world: World, flow: string, state: string, documents: readonly PlannedDocument[]): Promise<number> {
  const [row] = await world.postgres.sql<{ n: number }>(
    'select count(*)::int as n from message where flow = $1 and state = $2 and key = any($3)',
    [flow, state, documents.map(({ id }) => id)],
  );
  return row!.n;
}

/** Held until others have posted the documents, or had every chance to: whatever the woken one still does then comes too late. */
async function untilOvertaken({ world, count }: RowContext, held: ManagedProcess, documents: readonly PlannedDocument[]): Promise<void> {
  const { leaseSeconds, upstreamSeconds } = world.options;
  const flow = `erp-${documents[0]!.entity.toLowerCase()}-invoices`;
  await sleep(leaseSeconds * 1_000);
  await until('other workers', (2 * leaseSeconds + upstreamSeconds + 15) * 1_000, async () =>
    (await inState(world, flow, 'posted', documents)) === documents.length,
  ).catch(() => false); // prettier-ignore
  count('overtaken', await inState(world, flow, 'posted', documents));
  held.resume();
  await sleep(3_000);
}

/** Documents that were in the hands of a process when it was struck, as the engine's own history tells: their worker went away, or failed. */
async function inHand(world: World, prefix: string): Promise<number> {
  const [row] = await world.postgres.sql<{ n: number }>(
    "select count(distinct m.key)::int as n from message m where m.key like $1 and (m.crashes > 0 or exists (select 1 from message_history h where h.message_id = m.id and h.reason like 'its worker %'))",
    [`${prefix}%`],
  );
  return row!.n;
}

/** The trip of a document passes these. */
const pointsOfTheTrip = failPoints.filter((point) => !/^(seal|approval|stream|control)\./.test(point));

/** The crash-point matrix: every named point, struck in every way, so many times. One row a way, so that a red one says which. */
export const matrixRows = (repeat: number): Row[] => [
  ...tripRows(repeat),
  ...sealerRows(repeat),
  ...approvalRows(repeat),
  ...controlRows(repeat),
];

function tripRows(repeat: number): Row[] {
  return strikeActions.flatMap((action) =>
    pointsOfTheTrip.map((point) =>
      defineRow({
        id: `2 ${action} ${point}`,
        title: titleOf(action, point),
        inject: `${action} at ${point}, ${repeat} times, with ${documentsPerStrike} documents brought each time`,
        expected: 'as promised for the point: one document, nothing lost',
        async run(context) {
          const before = context.load.documents.length;
          for (let n = 0; n < repeat; n += 1) await strikeOnce(context, point, action);
          const prefix = context.load.documents[before]!.id.split('-inv-')[0]!.replace(/\d+$/, '');
          context.count('documents in hand', await inHand(context.world, prefix));
        },
      }),
    ),
  );
}
