import { rows, runRow, withoutRun, type ProgramRow, type Row, type RowResult } from '../rows/index.js';
import type { WorldOptions } from '../supervisor/world.js';
import { bite, type Tooth, type ToothResult } from '../teeth/teeth.js';
import type { Job } from './beside.js';
import { within, type Deadline } from './deadline.js';
import type { StageKeeper } from './stage-keeper.js';

/** A program that is ended has so long to close what it opened. */
const endingMs = 20_000;

type Tell = (line: string) => void;
const message = (error: unknown): string => String((error as Error)?.message ?? error);

/** Results in the order of the table, though they come as they come. */
export class Ordered<R> {
  private readonly places: (R | undefined)[] = [];

  /** The next place of the table; call what it returns with the result. */
  place(): (result: R) => void {
    const at = this.places.push(undefined) - 1;
    return (result) => (this.places[at] = result);
  }

  get all(): R[] {
    return this.places.filter((result) => result !== undefined);
  }
}

export interface RowJobOptions {
  seed: string;
  full: boolean;
  scale: number;
  deadline: Deadline;
  /** How long one row may take before it is given up, red. */
  rowMs: number;
  tell: Tell;
}

/** A row in the keeper's stage; after a red one the stage is closed, since what it broke would be found again. */
export function rowJob(row: Row | ProgramRow, results: Ordered<RowResult>, options: RowJobOptions): Job<StageKeeper> {
  const { tell } = options;
  const keep = results.place();
  const end = (result: RowResult) => {
    keep(result);
    tell(`row ${row.id.padEnd(4)} ${result.verdict.padEnd(7)} ${row.title} (${result.seconds} s)`);
    for (const sentence of [...result.broken, ...result.findings.map((one) => `${one.checker}: ${one.sentence}`)].slice(0, 10))
      tell(`        ${sentence}`);
    for (const line of result.stories) tell(`          ${line}`);
  };
  return {
    name: `row ${row.id}`,
    alone: row.alone === true,
    slow: row.slow === true,
    late: (why) => end(withoutRun(row, 'red', `it did not run: ${why}`)),
    async run(keeper) {
      const began = performance.now();
      try {
        const ms = Math.min(options.rowMs, options.deadline.leftMs);
        const result = await within(
          ms,
          `it was given up after ${Math.round(ms / 1_000)} s`,
          runRow(row, () => keeper.get(), { ...options, world: keeper.options, graceSeconds: 60, withinMs: ms - endingMs }),
        );
        end(result);
        if (result.verdict === 'red' && 'run' in row && !row.ownWorld) await keeper.close();
      } catch (error) {
        end({ ...withoutRun(row, 'red', message(error)), seconds: Math.round((performance.now() - began) / 1_000) });
        await keeper.close().catch((problem: unknown) => tell(`        closing: ${message(problem)}`));
      }
    },
  };
}

export interface ToothJobOptions {
  seed: string;
  world: WorldOptions;
  rowMs: number;
  tell: Tell;
  /** Must stay green instead of red. */
  control?: boolean;
}

/** A tooth in a world of its own. */
export function toothJob(tooth: Tooth, results: Ordered<ToothResult>, options: ToothJobOptions): Job<StageKeeper> {
  const { tell, control = false } = options;
  const keep = results.place();
  const end = (result: ToothResult) => {
    keep(result);
    const verdict = result.skipped ? 'skipped' : control ? (result.red ? 'RED' : 'green') : result.red ? 'red  ' : 'GREEN';
    const tries = result.again ? ', at the second try' : '';
    tell(`${control ? 'control' : 'tooth  '} ${verdict} ${tooth.name} (${result.seconds} s${tries}): ${result.seen}`);
  };
  return {
    name: `${control ? 'control' : 'tooth'} "${tooth.name}"`,
    // What a row shows that measures time proves nothing when something runs beside it.
    alone: rows.find(({ id }) => id === tooth.row)?.alone === true,
    late: (why) => end({ name: tooth.name, row: tooth.row, red: false, fits: false, seen: `it did not run: ${why}`, seconds: 0 }),
    run: async () => {
      const first = await bite(tooth, options);
      // Rows strike by chance, and beside others a blow may miss: what a protection holds off is looked for once more.
      const again = !control && !first.red && first.fits && !first.skipped;
      end(again ? { ...(await bite(tooth, { ...options, seed: `${options.seed}-again` })), again } : first);
    },
  };
}
