import { cpus, totalmem } from 'node:os';
import { overShorterTime } from '../gate/chaos.js';
import { fullChaos, fullMinutes, runGate, shortChaos } from '../gate/gate.js';
import type { Options } from '../options.js';
import { matrixRows } from '../points/matrix.js';
import type { Results } from '../report/report.js';
import { rows, type Row, type RowResult } from '../rows/index.js';
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

/** All that was asked for, part by part: the gate has the machine to itself, then rows, points and teeth run beside each other. */
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
  const timed = async (part: Part, work: () => Promise<void>) => {
    if (!options.parts.includes(part)) return;
    const began = performance.now();
    await work();
    results.partSeconds[part] = Math.round((performance.now() - began) / 1_000);
  };
  await timed('gate', () => gatePart(options, { deadline, results, tell }));
  const world: WorldOptions = {
    queue,
    keep: options.keep,
    leaseSeconds: Math.min(options.leaseSeconds, quickLeaseSeconds),
    upstreamSeconds: Math.min(options.upstreamSeconds, quickUpstreamSeconds),
  };
  const rowMs = rowMinutesMax * 60_000;
  const how: RowJobOptions = { seed, full: !short, scale: options.scale, deadline, rowMs, tell };
  const work = (jobs: Job<StageKeeper>[]) =>
    runBeside(jobs, {
      places: options.worlds,
      open: () => new StageKeeper(world),
      deadline,
      onProgress: (progress) => tell(sentenceOf(progress, deadline)),
    });
  const ofRows = async (all: readonly Row[]): Promise<RowResult[]> => {
    const ordered = new Ordered<RowResult>();
    await work(all.map((row) => rowJob(row, ordered, how)));
    return ordered.all;
  };
  await timed('rows', async () => void (results.rows = await ofRows(chosenRows(options))));
  await timed('proofs', async () => {
    const chosen = options.rows.length === 0 ? proofs : proofs.filter(({ id }) => options.rows.includes(id));
    if (chosen.length === 0) return;
    tell(`proofs: the engine’s own tests of ${chosen.length} rows`);
    results.proofs = await runProofs(chosen, deadline.leftMs);
    for (const { id, verdict, title, broken } of results.proofs)
      tell(`row ${id.padEnd(4)} ${verdict.padEnd(7)} ${title}${broken.map((sentence) => `\n        ${sentence}`).join('')}`);
  });
  await timed('points', async () => {
    const points = matrixRows(options.repeat).filter(({ id }) => options.rows.length === 0 || options.rows.includes(id));
    results.points = await ofRows(points);
  });
  await timed('teeth', async () => {
    const chosen = (tooth: Tooth) => {
      if (options.rows.length > 0) return options.rows.includes(tooth.row);
      if (options.alwaysOnly) return tooth.always === true;
      return options.parts.length === 1 || tooth.always === true || tooth.ofGroup === true;
    };
    const [bitten, kept] = [new Ordered<ToothResult>(), new Ordered<ToothResult>()];
    await work([
      ...teeth.filter(chosen).map((tooth) => toothJob(tooth, bitten, { seed, world, rowMs, tell })),
      ...controls
        .filter((tooth) => options.parts.length === 1 && chosen(tooth))
        .map((tooth) => toothJob(tooth, kept, { seed, world, rowMs, tell, control: true })),
    ]);
    results.teeth = bitten.all;
    results.controls = kept.all;
  });
  return results;
}

async function gatePart(
  options: Options,
  { deadline, results, tell }: { deadline: Deadline; results: Results; tell: Tell },
): Promise<void> {
  const { short, documents, events, minutes, workers, leaseSeconds, upstreamSeconds, queue, keep } = options;
  tell(`gate: ${documents} documents and ${events} usage events over ${minutes} min, ${workers} workers`);
  try {
    results.gate = await runGate({
      seed: options.seed,
      documents,
      usageEvents: events,
      overMs: minutes * 60_000,
      chaos: short ? shortChaos : overShorterTime(fullChaos, Math.min(1, minutes / fullMinutes)),
      world: { leaseSeconds, upstreamSeconds, queue, keep, workers },
      deadline,
      tell: (line) => tell(`  ${line}`),
    });
    tell(`gate: ${results.gate.findings.length} findings`);
  } catch (error) {
    results.gateFailed = String((error as Error)?.message ?? error);
    tell(`gate: it did not run to its end: ${results.gateFailed}`);
  }
}

function chosenRows(options: Options): readonly Row[] {
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
