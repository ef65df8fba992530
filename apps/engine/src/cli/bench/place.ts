import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedFolder } from '../../platform/database/index.js';

/** Begins the name of every folder that a bench works in. */
export const benchFolder = 'waybill-bench-';

/** Where a bench keeps its database and everything else. */
export interface Place {
  folder: string;
  /** With the database, wherever that had to lie. */
  remove(): Promise<void>;
}

/** Folders of databases that are there while something runs: a bench that is told to end leaves neither a server nor gigabytes behind. */
const open = new Set<string>();
let listens = false;

export async function openPlace(): Promise<Place> {
  if (!listens) for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => leave(signal));
  listens = true;
  const folder = await mkdtemp(join(tmpdir(), benchFolder));
  const database = await embeddedFolder(folder);
  open.add(folder).add(database);
  return {
    folder,
    async remove() {
      for (const path of [database, folder]) {
        await rm(path, { recursive: true, force: true });
        open.delete(path);
      }
    },
  };
}

function leave(signal: NodeJS.Signals): void {
  process.stderr.write(`\n${signal}: removing what the bench made …\n`);
  for (const path of open) {
    const file = join(path, 'data', 'postmaster.pid');
    try {
      if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGQUIT');
    } catch {
      // it has ended by itself
    }
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  process.exit(130);
}
