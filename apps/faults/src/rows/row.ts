import { judge, settled } from '../checks/judge.js';
import type { Finding } from '../checks/finding.js';
import { makePlan, invoicesOnly, type Plan, type PlanOptions } from '../load/plan.js';
import { diceOf, type Dice } from '../random.js';
import { openStage, type Stage } from '../stage.js';
import type { World, WorldOptions } from '../supervisor/world.js';
import type { Load } from '../load/load.js';

/** What a row works with. The frame heals, settles and judges after `run`; a row adds what only it can know. */
export interface RowContext {
  stage: Stage;
  world: World;
  load: Load;
  dice: Dice;
  full: boolean;
  /** How often, or for how long: in the short form, in the full one. A run may ask for a share of the full. */
  times(short: number, full: number): number;
  /** A plan with ids of its own: so many plain invoices into DE, whose books take repeats, unless it says otherwise. */
  plan(documents: number, more?: Partial<PlanOptions>): Plan;
  /** Counts something for the table. */
  count(what: string, by?: number): void;
  /** A claim of this row; the sentence says what was seen when it does not hold. */
  claim(holds: boolean, sentence: string): void;
}

/** What the table says of a row, and when it runs. */
interface RowWords {
  /** The number in the table; letters for what the table does not number. */
  id: string;
  title: string;
  inject: string;
  expected: string;
  /** Runs with `npm test` too: it is quick, and what it proves shows nowhere else there. */
  always?: boolean;
  /** It takes minutes: of those that run beside each other it begins first, so that nobody waits for it alone at the end. */
  slow?: boolean;
  /** It measures time or the machine: nothing runs beside it. */
  alone?: boolean;
  /** What this row needs and this machine does not have, as a reason to skip it. */
  missing?: () => string | undefined;
}

/** One row of the fault table, on a stage. */
export interface Row extends RowWords {
  /** Runs only where the queue is Redis. */
  needsRedis?: boolean;
  /** Runs in a world that it has for itself, on these terms. */
  ownWorld?: Partial<WorldOptions>;
  run(context: RowContext): Promise<void>;
}

/** A row that is a program of its own: it brings its world, and its verdict. */
export interface ProgramRow extends RowWords {
  play(ask: Pick<RowContext, 'times'> & { seed: string; withinMs: number }): Promise<Pick<RowResult, 'documents' | 'counts' | 'broken'>>;
}

export const defineRow = (row: Row): Row => row;

export interface RowResult {
  id: string;
  title: string;
  verdict: 'green' | 'red' | 'skipped';
  reason?: string;
  documents: number;
  counts: Record<string, number>;
  seconds: number;
  findings: Finding[];
  /** Claims that did not hold, and failures of the row itself. */
  broken: string[];
  /** What the engine remembers of the documents that findings name. */
  stories: string[];
}

export interface RowOptions {
  seed: string;
  full: boolean;
  /** Of the full form: what share of the full counts is asked for. */
  scale: number;
  graceSeconds: number;
}

/** The result of a row that did not run to a verdict, and why. */
export const withoutRun = (row: Pick<Row, 'id' | 'title'>, verdict: 'red' | 'skipped', why: string): RowResult => ({
  id: row.id,
  title: row.title,
  verdict,
  ...(verdict === 'skipped' ? { reason: why } : {}),
  documents: 0,
  counts: {},
  seconds: 0,
  findings: [],
  broken: verdict === 'red' ? [why] : [],
  stories: [],
});

/** Between the two, by the share; never less than the short form does. */
export const scaled = (short: number, full: number, scale: number): number =>
  full <= short ? full : Math.max(short, Math.round(full * scale));

const timesOf =
  ({ full, scale }: RowOptions) =>
  (short: number, most: number): number =>
    full ? scaled(short, most, scale) : short;

/** Runs a row on the stage that it is given, or on one of its own where it asks for that; a program, for as long as it may take. */
export async function runRow(
  row: Row | ProgramRow,
  stage: () => Promise<Stage>,
  options: RowOptions & { world: WorldOptions; withinMs: number },
): Promise<RowResult> {
  const missing = row.missing?.();
  if (missing !== undefined) return withoutRun(row, 'skipped', missing);
  if ('play' in row) return runProgram(row, options);
  if (!row.ownWorld) return runOn(row, await stage(), options);
  const own = await openStage({ ...options.world, ...row.ownWorld });
  try {
    return await runOn(row, own, options);
  } finally {
    await own.close();
  }
}

async function runProgram(row: ProgramRow, options: RowOptions & { withinMs: number }): Promise<RowResult> {
  const began = performance.now();
  const { reason: _, ...result } = withoutRun(row, 'skipped', '');
  const seen = await row.play({ times: timesOf(options), seed: options.seed, withinMs: options.withinMs });
  const seconds = Math.round((performance.now() - began) / 1_000);
  return { ...result, ...seen, seconds, verdict: seen.broken.length === 0 ? 'green' : 'red' };
}

/** Runs it on this stage, whatever world it would ask for. */
export async function runOn(row: Row, stage: Stage, options: RowOptions): Promise<RowResult> {
  const began = performance.now();
  const { world, load } = stage;
  if (row.needsRedis && !world.redis) return withoutRun(row, 'skipped', 'there is no redis-server on the path');
  const result = withoutRun(row, 'skipped', '');
  const dice = diceOf(options.seed).fork(`row ${row.id}`);
  const before = load.documents.length;
  const surprisesBefore = surprises(world);
  let plans = 0;
  try {
    await row.run({
      stage,
      world,
      load,
      dice,
      full: options.full,
      times: timesOf(options),
      plan: (documents, more = {}) =>
        makePlan({
          prefix: `r${row.id.replace(/[^A-Za-z0-9]+/g, '-')}-${(plans += 1)}`,
          counts: invoicesOnly(documents),
          dice: dice.fork(`plan ${plans}`),
          beginsAt: stage.nextBegin(),
          voided: 0,
          paid: 0,
          repeated: 0,
          dropped: 0,
          outOfOrder: 0,
          entities: ['DE'],
          ...more,
        }),
      count: (what, by = 1) => (result.counts[what] = (result.counts[what] ?? 0) + by),
      claim: (holds, sentence) => void (holds || result.broken.push(sentence)),
    });
  } catch (error) {
    result.broken.push(`it did not run to its end: ${String((error as Error)?.message ?? error)}`);
  }
  try {
    await world.allUp();
    await stage.faultsEnd();
    await load.arrived();
    result.counts['settled after s'] = await settled(world, options.graceSeconds);
    result.findings = await judge(world, load);
    result.stories = await storiesOf(world, result.findings, load);
  } catch (error) {
    result.broken.push(`it could not be judged: ${String((error as Error)?.message ?? error)}`);
  }
  for (const surprise of surprises(world).slice(surprisesBefore.length)) result.broken.push(surprise);
  result.documents = load.documents.length - before;
  result.seconds = Math.round((performance.now() - began) / 1_000);
  delete result.reason;
  return { ...result, verdict: result.findings.length + result.broken.length === 0 ? 'green' : 'red' };
}

const surprises = (world: World): string[] => world.engines.flatMap((engine) => engine.surprises);

/** History and attempts of up to three documents that are named in findings: where to begin when a row is red. */
export async function storiesOf(world: World, findings: readonly Finding[], load: Load): Promise<string[]> {
  const named = load.documents.filter(({ id }) => findings.some(({ sentence }) => sentence.split(/[ ,:]/).includes(id))).slice(0, 3);
  const stories: string[] = [];
  for (const { id } of named) {
    const lines = await world.postgres.sql<{ at: Date; line: string }>(
      `select h.at, m.flow || ': ' || coalesce(h.from_state, 'new') || ' to ' || h.to_state || coalesce(', ' || h.reason, '') as line from message_history h join message m on m.id = h.message_id where m.key = $1
       union all select a.sent_at, 'attempt ' || a.number || ' begins' from attempt a join message m on m.id = a.message_id where m.key = $1
       union all select a.ended_at, 'attempt ' || a.number || ' ended: ' || coalesce(a.outcome, '?') || coalesce(', ' || a.detail, '') from attempt a join message m on m.id = a.message_id where m.key = $1 and a.ended_at is not null
       order by 1`,
      [id],
    );
    stories.push(...lines.map(({ at, line }) => `${id} ${at.toISOString().slice(11, 23)} ${line}`));
  }
  return stories;
}
