import type { FailPoint } from '@waybill/engine';
import { Acts } from '../load/acts.js';
import { defineRow, type Row, type RowContext } from '../rows/row.js';
import { pastTheLease, strike } from '../supervisor/strike.js';
import { counted, strikeActions, titleOf, type Action } from './actions.js';

/** The sealer is struck: S1 a seal is written, S2 it is committed, S3 a place outside has it. */
const points = ['seal.written', 'seal.committed', 'seal.copied'] as const satisfies readonly FailPoint[];

/** Errors are thrown at so many beats in a row. */
const throwsPerStrike = 3;

/** Acts go on while whoever seals is struck. Both workers may seal, so both are armed; the one that follows may be struck at its first beat, too. */
async function strikeOnce({ world, count }: RowContext, acts: Acts, point: FailPoint, action: Action): Promise<void> {
  const wanted = { point, action, times: action === 'throw' ? throwsPerStrike : 1 };
  const struck = await strike(world.workers, wanted, () => acts.make(40), 60_000);
  count(counted[action]);
  // Nobody renews the lead of one that stands still: another takes it, and the first comes back with a transaction that is over.
  if (action === 'pause') await pastTheLease(world, struck);
  for (const worker of world.workers) {
    worker.resume();
    await worker.ready();
    worker.disarm();
  }
  await acts.make(5);
}

/** One row a point and way. That the log has no gap, no double and nothing unsealed is the frame's checker C-e, with the seals kept outside. */
export function sealerRows(repeat: number): Row[] {
  return strikeActions.flatMap((action) =>
    points.map((point) =>
      defineRow({
        id: `2 ${action} ${point}`,
        title: titleOf(action, point),
        inject: `${action} whoever seals the audit log at ${point}, ${repeat} times, while tables are made`,
        expected: 'every act has its one entry, every entry is sealed once, nothing is missing beside the seals kept outside',
        async run(context) {
          const acts = new Acts(context.world, `s-${action}-${point.replace('.', '-')}-${context.dice.whole(1, 1e9)}`);
          for (let n = 0; n < repeat; n += 1) await strikeOnce(context, acts, point, action);
          context.count('acts', acts.answered.size);
          for (const mismatch of await acts.mismatches()) context.claim(false, mismatch);
        },
      }),
    ),
  );
}
