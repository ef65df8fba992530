import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedFolder, migrate, startEmbeddedDatabase } from '../src/platform/database/index.js';
import { freePort } from './test-redis.js';

/**
 * A tests' server outlives crashes of its own, never one of the machine, so nothing has to reach the disk: PostgreSQL's promises to the engine are the
 * same, and a commit does not wait.
 */
const settings = ['fsync = off', 'full_page_writes = off'];

const source = join(import.meta.dirname, '../src/platform/database');
/** What the schema is made of: another text, another template. */
function stateOfSchema(): string {
  const hash = createHash('sha256').update(process.version);
  const files = [...readdirSync(join(source, 'migrations')).map((name) => join('migrations', name)), 'migrate.ts', 'embedded.ts'];
  for (const name of files.sort()) hash.update(name).update(readFileSync(join(source, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Fills the folder of a server that is not started yet with a copy of one that has the whole schema and nothing in it. */
export async function copyTemplate(dataDir: string): Promise<void> {
  const from = await template();
  const to = await embeddedFolder(dataDir);
  run('mkdir', ['-p', to]);
  run('cp', ['-a', `${from}/.`, to]);
  // Passwords stay with the data; the port is chosen anew by each.
  const file = join(to, 'access.json');
  const access = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...access, port: await freePort() }));
}

/** Made by whoever needs it first; of two at the same time one is thrown away. It stays for the next run. */
async function template(): Promise<string> {
  const ready = join(tmpdir(), `waybill-test-template-${stateOfSchema()}`);
  if (existsSync(ready)) return ready;
  const dataDir = await mkdtemp(join(tmpdir(), 'waybill-test-'));
  const folder = await embeddedFolder(dataDir);
  const server = await startEmbeddedDatabase({ dataDir, port: 0, log: () => undefined });
  try {
    await migrate(server.migrateUrl, 'waybill_app');
  } finally {
    await server.stop();
  }
  await appendFile(join(folder, 'data', 'postgresql.auto.conf'), `${settings.join('\n')}\n`);
  await rename(folder, ready).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  for (const left of [folder, dataDir]) await rm(left, { recursive: true, force: true });
  return ready;
}

function run(command: string, args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
}
