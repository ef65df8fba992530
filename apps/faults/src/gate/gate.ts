import { judge, settled } from '../checks/judge.js';
import type { Finding } from '../checks/finding.js';
import { erpFaults, gateRates } from '../load/company.js';
import { makePlan, mixOf } from '../load/plan.js';
import { diceOf } from '../random.js';
import { storiesOf } from '../rows/row.js';
import { openStage, type Stage } from '../stage.js';
import type { World, WorldOptions } from '../supervisor/world.js';
import { within, type Deadline } from '../run/deadline.js';
import { until } from '../waiting.js';
import { makeChaos, type ChaosCounts, type ChaosDone } from './chaos.js';

export interface GateOptions {
  seed: string;
  documents: number;
  /** Usage events beside them; 0: none. */
  usageEvents: number;
  /** Over how long the load and the faults are spread. */
  overMs: number;
  chaos: ChaosCounts;
  world: WorldOptions;
  deadline: Deadline;
  /** Called when everything was worked on once and nothing is struck any more: what is left waits for as long as the ERP may need. */
  mostlyWaits: () => void;
  tell: (line: string) => void;
}

export interface GateResult {
  documents: number;
  /** Deliveries that got a 2xx. */
  deliveries: number;
  usage: { events: number; batches: number; twice: number; again: number };
  done: ChaosDone;
  /** What was asked for; less was done where there is no Redis. */
  wanted: ChaosCounts;
  minutes: number;
  workers: number;
  leaseSeconds: number;
  upstreamSeconds: number;
  /** Faults of the ERP that struck, by kind. */
  erpFaults: Record<string, number>;
  settledAfterSeconds: number;
  surprises: string[];
  findings: Finding[];
  queue: 'redis' | 'postgres';
}

export const shortChaos: ChaosCounts = {
  workerKills: 12,
  apiKills: 2,
  pauses: 1,
  flushes: 2,
  redisKills: 1,
  postgresRestarts: 1,
  backendCuts: 4,
  resets: 3,
};
/** Of the full form, over so many minutes. */
export const fullMinutes = 19;
export const fullChaos: ChaosCounts = {
  workerKills: 300,
  apiKills: 20,
  pauses: 6,
  flushes: 5,
  redisKills: 5,
  postgresRestarts: 5,
  backendCuts: 20,
  resets: 20,
};

/** The ERP goes on failing until every document had its turn: what is left then is in doubt or waits for what is. Not longer than the load took. */
async function workedOff(world: World, withinMs: number): Promise<void> {
  const look = async () => {
    const [row] = await world.postgres.sql<{ n: number }>(
      "select count(*)::int as n from message where state in ('ready','claimed','in_flight','blocked') and attempts = 0",
    );
    return row!.n === 0;
  };
  await until('the end of the backlog', Math.max(90_000, withinMs), look, { everyMs: 500 }).catch(() => undefined);
}

/** How far it is, every half minute, until told to stop. */
function tellProgress({ world, load }: Stage, options: GateOptions): () => void {
  const began = performance.now();
  const look = async () => {
    const rows = await world.postgres.sql<{ state: string; n: number }>('select state, count(*)::int as n from message group by 1 order by 2 desc');
    const [{ n = 0 } = {}] = await world.postgres.sql<{ n: number }>("select count(*)::int as n from posting where state = 'posted'");
    const alive = world.workers.filter((worker) => worker.works).length;
    const seconds = Math.round((performance.now() - began) / 1_000);
    const states = rows.map((row) => `${row.n} ${row.state}`).join(', ');
    options.tell(`… ${seconds} s: ${load.sender.accepted.size} deliveries and ${load.usage.taken} usage events taken, ${n} postings, ${alive} of ${world.workers.length} workers work; messages: ${states}`);
  }; // prettier-ignore
  // PostgreSQL may be away just now; the next look tells.
  const tick = setInterval(() => void look().catch(() => undefined), 30_000);
  return () => clearInterval(tick);
}

/** The headline gate: a mixed load by the public door under random faults; then everything is healed, settles, and is counted. */
export async function runGate(options: GateOptions): Promise<GateResult> {
  const stage = await openStage(options.world);
  const quiet = tellProgress(stage, options);
  try {
    return await within(options.deadline.leftMs, options.deadline.sentence, gateOn(stage, options));
  } finally {
    quiet();
    await stage.close();
  }
}

async function gateOn(stage: Stage, options: GateOptions): Promise<GateResult> {
  const dice = diceOf(options.seed).fork('gate');
  const { world, load } = stage;
  const plan = makePlan({ prefix: 'g', counts: mixOf(options.documents), dice, beginsAt: stage.nextBegin() });
  await erpFaults(world, gateRates(options.world.upstreamSeconds), options.seed);
  load.start(plan, options.overMs);
  if (options.usageEvents > 0)
    load.startUsage({ prefix: 'g', events: options.usageEvents, dice: dice.fork('usage'), overMs: options.overMs });
  const done = await makeChaos(world, options.chaos, options.overMs, dice.fork('chaos'), options.tell);
  await world.allUp();
  await load.arrived();
  await load.poll();
  options.tell('everything was sent');
  await workedOff(world, options.overMs);
  options.tell('the faults end');
  options.mostlyWaits();
  const struck = await stage.faultsEnd();
  const settledAfterSeconds = await settled(world);
  options.tell(`settled after ${settledAfterSeconds} s`);
  const findings = await judge(world, load);
  for (const line of await storiesOf(world, findings, load)) options.tell(line);
  return {
    documents: plan.documents.length,
    deliveries: load.sender.accepted.size,
    usage: { events: load.usage.events, ...load.usage.counts },
    done,
    wanted: options.chaos,
    minutes: Math.round(options.overMs / 6_000) / 10,
    workers: world.workers.length,
    leaseSeconds: world.options.leaseSeconds,
    upstreamSeconds: world.options.upstreamSeconds,
    erpFaults: struck,
    settledAfterSeconds,
    surprises: world.engines.flatMap((engine) => engine.surprises),
    findings,
    queue: world.queue,
  };
}
