import { readdirSync, readFileSync } from 'node:fs';
import { builtEngine, type World } from '../supervisor/world.js';
import { until } from '../waiting.js';
import { finding, type Finding } from './finding.js';

interface ProcessFact {
  pid: number;
  parent: number;
  command: string;
  residentMb: number;
}

/** Every process of this machine that may be read. */
function allProcesses(): ProcessFact[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): ProcessFact[] => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const of = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
        return [
          {
            pid: Number(name),
            parent: of('PPid'),
            command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' '),
            residentMb: of('VmRSS') / 1024,
          },
        ];
      } catch {
        return []; // it ended while we looked
      }
    });
}

/** Megabytes that a process of the engine may hold. */
export const residentMbMax = 512;
export const residentMb = (pid: number): number => allProcesses().find((process) => process.pid === pid)?.residentMb ?? 0;
const mappingChildrenMax = 1;
const connectionsPerProcess = 12 + 6 + 6;

/** C-h: children, connections and memory are what an engine at rest has, and nothing of killed ones is left. */
export async function backToBaseline(world: World): Promise<Finding[]> {
  let found: Finding[] = [];
  // Children of a killed engine end by themselves, and the server needs a moment to see that a client is gone.
  await until('the baseline', 15_000, async () => (found = await look(world)).length === 0, { everyMs: 500 }).catch(() => undefined);
  return found;
}

async function look(world: World): Promise<Finding[]> {
  const found: Finding[] = [];
  const all = allProcesses();
  const engines = new Map(world.engines.map((engine) => [engine.pid ?? -1, engine.name]));
  const mappingChildren = all.filter(
    ({ command }) => command.includes('mapping-runtime/child.js') && command.includes(world.options.engine ?? builtEngine),
  );
  const ours = new Set(engines.keys());
  for (const child of mappingChildren)
    if (child.parent === 1 && world.startedAt < startOf(child.pid))
      found.push(finding('C-h', 'left-over', `the mapping process ${child.pid} outlived its engine`));
  for (const [pid, name] of engines) {
    const children = mappingChildren.filter(({ parent }) => parent === pid).length;
    if (children > mappingChildrenMax) found.push(finding('C-h', 'left-over', `${name} has ${children} mapping processes`));
    const held = all.find((process) => process.pid === pid)?.residentMb ?? 0;
    if (held > residentMbMax) found.push(finding('C-h', 'left-over', `${name} holds ${Math.round(held)} MB`));
  }
  const [connections] = await world.postgres.sql<{ open: number; idle: number }>(
    "select count(*)::int as open, count(*) filter (where state like 'idle in transaction%' and state_change < now() - interval '5 seconds')::int as idle from pg_stat_activity where usename = 'waybill_app'",
  );
  const most = ours.size * connectionsPerProcess;
  if (connections!.open > most) found.push(finding('C-h', 'left-over', `${connections!.open} connections are open; ${most} at most are`));
  if (connections!.idle > 0) found.push(finding('C-h', 'left-over', `${connections!.idle} connections idle in a transaction`));
  return found;
}

/** When a process began, in milliseconds of the same clock as `World.startedAt`. */
function startOf(pid: number): number {
  try {
    const ticks = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[19]);
    const uptimeMs = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1_000;
    return Date.now() - uptimeMs + ticks * 10;
  } catch {
    return 0;
  }
}
