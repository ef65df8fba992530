import { failPoints, type FailPoint } from '@waybill/engine';
import type { ManagedProcess } from '../supervisor/managed-process.js';
import { sleep, until } from '../waiting.js';
import { defineRow, type Row, type RowContext } from '../rows/row.js';
import { pastTheLease, strike, type StrikeAction } from '../supervisor/strike.js';
import type { World } from '../supervisor/world.js';

export const strikeActions = ['kill', 'throw', 'pause'] as const satisfies readonly StrikeAction[];

/** Who passes a point: the API takes webhooks in, workers do the rest. */
const processesAt = (world: World, point: FailPoint) => (point.startsWith('intake.') ? [world.api] : world.workers);

/**
 * Where a pause past the lease may show in an ERP without a unique key: the request is on its way out of our hands, nobody can call it back, and
 * the ERP cannot know that we gave up on it. There the books that refuse repeats are used; everywhere else those that take them.
 */
const beyondRecall = (point: FailPoint, action: StrikeAction) => action === 'pause' && point === 'send.first-byte';

async function strikeOnce(context: RowContext, point: FailPoint, action: StrikeAction): Promise<void> {
  const { world, load, plan, count } = context;
  const document = plan(1, { entities: [beyondRecall(point, action) ? 'US' : 'DE'] });
  const struck = await strike(processesAt(world, point), { point, action }, () => {
    load.start(document, 0); // a killed API answers nothing; the source goes on trying in the background
    return Promise.resolve();
  });
  count(`${action} at ${point}`);
  if (action === 'pause' && point.startsWith('intake.')) await pastTheLease(world, struck);
  else if (action === 'pause') await untilOvertaken(context, struck, document.documents[0]!.id);
  else await sleep(200);
  await load.arrived();
}

/** Held until another worker has posted the document, or had every chance to: whatever the woken one still does then comes too late. */
async function untilOvertaken({ world, count }: RowContext, held: ManagedProcess, key: string): Promise<void> {
  const { leaseSeconds, upstreamSeconds } = world.options;
  const posted = async () =>
    (await world.postgres.sql("select 1 from message where key = $1 and flow like 'erp-%' and state = 'posted'", [key])).length > 0;
  await sleep(leaseSeconds * 1_000);
  const overtaken = await until('another worker', (2 * leaseSeconds + upstreamSeconds + 15) * 1_000, posted).catch(() => false);
  if (overtaken) count('overtaken');
  held.resume();
  await sleep(3_000);
}

/** The crash-point matrix: every named point, struck in every way, so many times. One row a way, so that a red one says which. */
export function matrixRows(repeat: number): Row[] {
  return strikeActions.flatMap((action) =>
    failPoints.map((point) =>
      defineRow({
        id: `2 ${action} ${point}`,
        title: `${action === 'kill' ? 'Killed' : action === 'throw' ? 'An error thrown' : 'Paused past the lease'} at ${point}`,
        inject: `${action} at ${point}, ${repeat} times`,
        expected: 'as promised for the point: one document, nothing lost',
        async run(context) {
          for (let n = 0; n < repeat; n += 1) await strikeOnce(context, point, action);
        },
      }),
    ),
  );
}
