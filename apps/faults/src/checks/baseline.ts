import { readdirSync, readFileSync } from 'node:fs';
import type { World } from '../supervisor/world.js';
import { until } from '../waiting.js';
import { finding, type Finding } from './finding.js';

export interface ProcessFact {
  pid: number;
  parent: number;
  /** Its process group: an engine's children stay in it. */
  group: number;
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
            group: groupOf(Number(name)),
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

/** What is there when everything should rest. */
export interface AtRest {
  processes: readonly ProcessFact[];
  /** Names of the engines that run, by their process id. */
  engines: ReadonlyMap<number, string>;
  /** Process groups of all engines that ever ran here. */
  groups: ReadonlySet<number>;
  /** Of the application's user, all and those idle in a transaction for seconds. */
  connections: { open: number; idle: number };
}

export function leftOvers({ processes, engines, groups, connections }: AtRest): Finding[] {
  const found: Finding[] = [];
  const say = (sentence: string) => found.push(finding('C-h', 'left-over', sentence));
  // By group: other worlds of this machine have mapping processes too.
  const mappingChildren = processes.filter(({ command, group }) => command.includes('mapping-runtime/child.js') && groups.has(group));
  for (const child of mappingChildren) if (!engines.has(child.group)) say(`the mapping process ${child.pid} outlived its engine`);
  for (const [pid, name] of engines) {
    const children = mappingChildren.filter(({ parent }) => parent === pid).length;
    if (children > mappingChildrenMax) say(`${name} has ${children} mapping processes`);
    const { residentMb = 0 } = processes.find((process) => process.pid === pid) ?? {};
    if (residentMb > residentMbMax) say(`${name} holds ${Math.round(residentMb)} MB`);
  }
  const most = engines.size * connectionsPerProcess;
  if (connections.open > most) say(`${connections.open} connections are open; ${most} at most are`);
  if (connections.idle > 0) say(`${connections.idle} connections idle in a transaction`);
  return found;
}

async function look(world: World): Promise<Finding[]> {
  const [connections] = await world.postgres.sql<AtRest['connections']>(
    "select count(*)::int as open, count(*) filter (where state like 'idle in transaction%' and state_change < now() - interval '5 seconds')::int as idle from pg_stat_activity where usename = 'waybill_app'",
  );
  return leftOvers({
    processes: allProcesses(),
    engines: new Map(world.engines.map((engine) => [engine.pid ?? -1, engine.name])),
    groups: new Set(world.engines.flatMap((engine) => [...engine.groups])),
    connections: connections!,
  });
}

function groupOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[2]);
}
