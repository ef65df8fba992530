import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fullChaos, runGate, shortChaos } from './gate/gate.js';
import { readOptions, usage, type Options } from './options.js';
import { matrixRows } from './points/matrix.js';
import { failures, headline, page, type Results } from './report/report.js';
import { rows, runRow, type Row, type RowResult } from './rows/index.js';
import { openStage } from './stage.js';
import { hasRedis } from './supervisor/redis.js';
import { closeWorldsOnSignals, repository, type WorldOptions } from './supervisor/world.js';
import { bite, controls, teeth, type Tooth } from './teeth/teeth.js';

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), () => randomBytes(4).toString('hex'));
  if (options === 'help') {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  closeWorldsOnSignals();
  const began = performance.now();
  const results = await runParts(options);
  results.seconds = (performance.now() - began) / 1_000;
  const wrong = failures(results);
  if (options.write) await writeFile(join(repository, 'docs/operating/fault-results.md'), page(results));
  else if (!options.json) process.stdout.write(`${page(results)}\n`);
  for (const sentence of wrong.slice(0, 100)) tell(`RED  ${sentence}`);
  if (wrong.length > 0) tell(`SEED=${options.seed}`);
  process.stdout.write(`${headline(results)}\n`);
  return wrong.length === 0 ? 0 : 1;
}

async function runParts(options: Options): Promise<Results> {
  const { seed, short, queue } = options;
  if (queue === 'redis' && !hasRedis())
    tell('There is no redis-server on the path: the queue is PostgreSQL, rows that need Redis are skipped.');
  const world: WorldOptions = { leaseSeconds: options.leaseSeconds, upstreamSeconds: options.upstreamSeconds, queue, keep: options.keep };
  const wanted = (part: Options['parts'][number]) => options.parts.includes(part);
  const results: Results = {
    seed,
    form: short ? 'short' : 'full',
    machine: `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB`,
    date: new Date().toISOString().slice(0, 10),
    queue: queue === 'redis' && hasRedis() ? 'redis' : 'postgres',
    seconds: 0,
    gate: undefined,
    rows: [],
    points: [],
    teeth: [],
    controls: [],
  };
  if (wanted('gate')) {
    tell(`gate: ${options.documents} documents over ${options.minutes} min`);
    results.gate = await runGate({
      seed,
      documents: options.documents,
      overMs: options.minutes * 60_000,
      chaos: short ? shortChaos : fullChaos,
      world,
      tell: (line) => tell(`  ${line}`),
    });
    tell(`gate: ${results.gate.findings.length} findings`);
  }
  // Rows and points prove mechanisms; how long the ERP is said to need only makes them slow.
  const quick = { ...world, upstreamSeconds: Math.min(world.upstreamSeconds, 20) };
  if (wanted('rows')) results.rows = await runAll(chosenRows(options), quick, options);
  if (wanted('points')) {
    const points = matrixRows(options.repeat).filter(({ id }) => options.rows.length === 0 || options.rows.includes(id));
    results.points = await runAll(points, quick, options);
  }
  if (wanted('teeth')) {
    const quickest = { ...world, leaseSeconds: 5, upstreamSeconds: 4 };
    const chosen = (tooth: Tooth) =>
      options.rows.length > 0 ? options.rows.includes(tooth.row) : !options.alwaysOnly || tooth.always === true;
    for (const tooth of teeth.filter(chosen)) {
      const result = await bite(tooth, { world: quickest, seed });
      results.teeth.push(result);
      tell(`tooth  ${result.red ? 'red  ' : 'GREEN'} ${tooth.name} (${result.seconds} s): ${result.seen}`);
    }
    for (const control of controls.filter(chosen)) {
      const result = await bite(control, { world: quickest, seed });
      results.controls.push(result);
      tell(`control ${result.red ? 'RED' : 'green'} ${control.name} (${result.seconds} s): ${result.seen}`);
    }
  }
  return results;
}

function chosenRows(options: Options): readonly Row[] {
  if (options.rows.length === 0) return rows.filter((row) => row.always === true || !options.alwaysOnly);
  const unknown = options.rows.find((id) => !rows.some((row) => row.id === id));
  if (unknown !== undefined) throw new Error(`there is no row ${unknown}; there are ${rows.map((row) => row.id).join(', ')}`);
  return rows.filter((row) => options.rows.includes(row.id));
}

/** Rows one after another in one world; after a red one a new world, since what it broke would be found again. */
async function runAll(all: readonly Row[], world: WorldOptions, options: Options): Promise<RowResult[]> {
  const results: RowResult[] = [];
  let stage = await openStage(world);
  try {
    for (const row of all) {
      const result = await runRow(row, stage, { seed: options.seed, full: !options.short, graceSeconds: 60 });
      results.push(result);
      tell(`row ${row.id.padEnd(4)} ${result.verdict.padEnd(7)} ${row.title} (${result.seconds} s)`);
      for (const sentence of [...result.broken, ...result.findings.map((one) => `${one.checker}: ${one.sentence}`)].slice(0, 10))
        tell(`        ${sentence}`);
      for (const line of result.stories) tell(`          ${line}`);
      if (result.verdict !== 'red' || row.ownWorld || row === all.at(-1)) continue;
      await stage.close();
      stage = await openStage(world);
    }
  } finally {
    await stage.close();
  }
  return results;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    tell(String((error as Error)?.stack ?? error));
    process.exit(1);
  },
);
