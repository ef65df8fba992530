import { readdir, readFile } from 'node:fs/promises';

const msPerTick = 10; // USER_HZ is 100 on Linux

interface Stat {
  pid: number;
  parent: number;
  own: number;
  reaped: number;
}

/** Milliseconds of processor that a process and all that it started have used; 0 where there is no /proc. A figure that other work on the machine does not change much. */
export async function processorMs(root: number): Promise<number> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = (await Promise.all(pids.map(read))).filter((stat) => stat !== undefined);
  const tree = new Set([root]);
  for (let grew = true; grew;) {
    grew = false;
    for (const { pid, parent } of stats) if (tree.has(parent) && !tree.has(pid)) (tree.add(pid), (grew = true));
  }
  return stats.filter(({ pid }) => tree.has(pid)).reduce((sum, { own, reaped }) => sum + own + reaped, 0) * msPerTick;
}

async function read(pid: number): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return { pid, parent: fields[1]!, own: fields[11]! + fields[12]!, reaped: fields[13]! + fields[14]! };
}
