import { cpus, totalmem } from 'node:os';
import { overShorterTime } from '../gate/chaos.js';
import { fullChaos, fullMinutes, runGate, shortChaos } from '../gate/gate.js';
import type { Options } from '../options.js';
import { matrixRows } from '../points/matrix.js';
import type { Results } from '../report/report.js';
import { rows, withoutRun, type ProgramRow, type Row, type RowResult } from '../rows/index.js';
import { hasRedis } from '../supervisor/redis.js';
import type { WorldOptions } from '../supervisor/world.js';
import { controls, teeth, type Tooth, type ToothResult } from '../teeth/teeth.js';
import { proofs } from '../rows/proofs.js';
import { runProofs } from './proved.js';
import { runBeside, type Job, type Progress } from './beside.js';
import { Deadline } from './deadline.js';
import { Ordered, rowJob, toothJob, type RowJobOptions } from './jobs.js';
import { StageKeeper } from './stage-keeper.js';

type Tell = (line: string) => void;
type Part = Options['parts'][number];

/** Rows and points prove mechanisms: a long lease and a slow ERP would only make them slow. The gate has the long ones. */
const quickLeaseSeconds = 5;
const quickUpstreamSeconds = 4;
const rowMinutesMax = 15;

/** All that was asked for: the gate has the machine to itself while it works; then rows, points and teeth run beside what is left of it and each other. */
export async function runParts(options: Options, tell: Tell): Promise<Results> {
  const { seed, short, queue } = options;
  if (queue === 'redis' && !hasRedis())
    tell('There is no redis-server on the path: the queue is PostgreSQL, rows that need Redis are skipped.');
  const deadline = new Deadline(options.limitMinutes);
  const results: Results = {
    seed,
    form: short ? 'short' : 'full',
    machine: `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB`,
    date: new Date().toISOString().slice(0, 10),
    queue: queue === 'redis' && hasRedis() ? 'redis' : 'postgres',
    seconds: 0,
    scale: short ? undefined : { rows: options.scale, repeat: options.repeat, worlds: options.worlds },
    chosen: options.rows.length > 0,
    partSeconds: {},
    gate: undefined,
    gateFailed: undefined,
    rows: [],
    proofs: [],
    points: [],
    teeth: [],
    controls: [],
  };
  const wants = (part: Part) => options.parts.includes(part);
  const jobs: Job<StageKeeper>[] = [];
  /** Parts run beside each other, so what a part took is the sum of what its jobs took. */
  const add = (part: Part, job: Job<StageKeeper>) =>
    jobs.push({
      ...job,
      async run(keeper) {
        const began = performance.now();
        await job.run(keeper);
        results.partSeconds[part] = (results.partSeconds[part] ?? 0) + Math.round((performance.now() - began) / 1_000);
      },
    });
  const world: WorldOptions = {
    queue,
    keep: options.keep,
    leaseSeconds: Math.min(options.leaseSeconds, quickLeaseSeconds),
    upstreamSeconds: Math.min(options.upstreamSeconds, quickUpstreamSeconds),
  };
  const rowMs = rowMinutesMax * 60_000;
  const how: RowJobOptions = { seed, full: !short, scale: options.scale, deadline, rowMs, tell };
  const ordered = { rows: new Ordered<RowResult>(), points: new Ordered<RowResult>() };
  const [bitten, kept] = [new Ordered<ToothResult>(), new Ordered<ToothResult>()];
  if (wants('rows')) for (const row of chosenRows(options)) add('rows', rowJob(row, ordered.rows, how));
  if (wants('points')) for (const row of chosenPoints(options)) add('points', rowJob(row, ordered.points, how));
  if (wants('proofs')) for (const job of proofJobs(options, { results, deadline, tell })) add('proofs', job);
  if (wants('teeth')) {
    const bites = { seed, world, rowMs, tell };
    for (const tooth of chosenTeeth(options, teeth)) add('teeth', toothJob(tooth, bitten, bites));
    const alone = options.parts.length === 1;
    for (const tooth of alone ? chosenTeeth(options, controls) : []) add('teeth', toothJob(tooth, kept, { ...bites, control: true }));
  }
  // A gate that works and rows beside it are more than two processors carry; one that waits for its ERP leaves them to the rest.
  const gate = wants('gate') ? gatePart(options, { deadline, results, tell }) : undefined;
  await gate?.mostlyWaits;
  await runBeside(jobs, {
    places: options.worlds,
    open: () => new StageKeeper(world),
    deadline,
    onProgress: (progress) => tell(sentenceOf(progress, deadline)),
    ...(gate ? { others: gate.ended } : {}),
  });
  await gate?.ended;
  return { ...results, rows: ordered.rows.all, points: ordered.points.all, teeth: bitten.all, controls: kept.all };
}

interface Telling {
  deadline: Deadline;
  results: Results;
  tell: Tell;
}

/** Begins it. `mostlyWaits`: everything was worked on once, or it failed; `ended`: it was judged. Neither fails. */
function gatePart(options: Options, { deadline, results, tell }: Telling): { mostlyWaits: Promise<void>; ended: Promise<void> } {
  const { short, documents, events, minutes, workers, leaseSeconds, upstreamSeconds, queue, keep } = options;
  tell(`gate: ${documents} documents and ${events} usage events over ${minutes} min, ${workers} workers`);
  const began = performance.now();
  let waits = (): void => undefined;
  const mostlyWaits = new Promise<void>((done) => (waits = done));
  const run = async () => {
    try {
      results.gate = await runGate({
        seed: options.seed,
        documents,
        usageEvents: events,
        overMs: minutes * 60_000,
        chaos: short ? shortChaos : overShorterTime(fullChaos, Math.min(1, minutes / fullMinutes)),
        world: { leaseSeconds, upstreamSeconds, queue, keep, workers },
        deadline,
        mostlyWaits: waits,
        tell: (line) => tell(`  ${line}`),
      });
      tell(`gate: ${results.gate.findings.length} findings`);
    } catch (error) {
      results.gateFailed = String((error as Error)?.message ?? error);
      tell(`gate: it did not run to its end: ${results.gateFailed}`);
    } finally {
      results.partSeconds.gate = Math.round((performance.now() - began) / 1_000);
      waits();
    }
  };
  return { mostlyWaits, ended: run() };
}

/** One job, alone: the engine's own tests have bounds of their own for how long something takes. */
function proofJobs(options: Options, { results, deadline, tell }: Telling): Job<StageKeeper>[] {
  const chosen = options.rows.length === 0 ? proofs : proofs.filter(({ id }) => options.rows.includes(id));
  if (chosen.length === 0) return [];
  const keep = (all: RowResult[]) => {
    results.proofs = all;
    for (const { id, verdict, title, broken } of all)
      tell(`row ${id.padEnd(4)} ${verdict.padEnd(7)} ${title}${broken.map((sentence) => `\n        ${sentence}`).join('')}`);
  };
  return [
    {
      name: `the engine’s own tests of ${chosen.length} rows`,
      alone: true,
      late: (why) => keep(chosen.map((proof) => withoutRun(proof, 'red', `it did not run: ${why}`))),
      run: async () => keep(await runProofs(chosen, deadline.leftMs)),
    },
  ];
}

const chosenPoints = ({ rows: ids, repeat }: Options): Row[] => matrixRows(repeat).filter(({ id }) => ids.length === 0 || ids.includes(id));

function chosenTeeth({ rows: ids, alwaysOnly, parts }: Options, all: readonly Tooth[]): Tooth[] {
  return all.filter((tooth) => {
    if (ids.length > 0) return ids.includes(tooth.row);
    if (alwaysOnly) return tooth.always === true;
    return parts.length === 1 || tooth.always === true || tooth.ofGroup === true;
  });
}

function chosenRows(options: Options): readonly (Row | ProgramRow)[] {
  if (options.rows.length === 0) return rows.filter((row) => row.always === true || !options.alwaysOnly);
  const all = [...rows, ...matrixRows(options.repeat)];
  const unknown = options.rows.find((id) => ![...all, ...proofs].some((row) => row.id === id));
  if (unknown !== undefined) throw new Error(`there is no row ${unknown}; there are ${all.map((row) => row.id).join(', ')}`);
  return all.filter((row) => options.rows.includes(row.id));
}

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')}`;

function sentenceOf({ done, of, running, elapsedSeconds, leftSeconds }: Progress, deadline: Deadline): string {
  const left = leftSeconds === undefined ? '' : `, about ${clock(leftSeconds)} to go`;
  const now = running.map(({ name, seconds }) => `${name} since ${clock(seconds)}`).join(', ');
  return `… ${clock(elapsedSeconds)}: ${done} of ${of} done${left}; the limit is in ${clock(deadline.leftMs / 1_000)}; ${now}`;
}
