// A real Tryton for tests. `WAYBILL_TRYTON_URL` names one that runs (http://host:port/database/, with the seed of start-tryton.sh);
// else one is started on ports of its own by `$WAYBILL_ERP/start-tryton.sh` (default ../shared/erp beside the repository), which
// needs root on Debian and takes a minute at first and seconds later. It is stopped when the last process that asked
// for it ends, unless `WAYBILL_TRYTON_KEEP=1`. Without either the caller gets a reason and skips.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const home = process.env.WAYBILL_ERP ?? resolve(import.meta.dirname, '../../shared/erp');
const script = join(home, 'start-tryton.sh');
const usual = { url: 'http://127.0.0.1:8000/tryton/', seed: '/var/tmp/tryton-erp/seed.json' };
const own = { port: '8069', pgPort: '55469', data: '/var/tmp/waybill-tryton-tests' };
const lock = `${own.data}.lock`;
const account = { user: 'engine', password: process.env.TRYTON_PASSWORD ?? 'Engine-Test-9xQ' };

let asked;

/**
 * Waits until no other test file works in Tryton, and returns how to end the turn. Two that post at once meet on its sequences' locks,
 * and the one that is refused would be testing that.
 */
export async function takeTurn() {
  const turn = `${own.data}.turn`;
  for (;;) {
    try {
      mkdirSync(turn);
      writeFileSync(join(turn, 'pid'), String(process.pid));
      return () => rmSync(turn, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = existsSync(join(turn, 'pid')) ? Number(readFileSync(join(turn, 'pid'), 'utf8')) : process.pid;
      if (!runs(holder)) rmSync(turn, { recursive: true, force: true });
      await sleep(250);
    }
  }
}

function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** One server for all callers of a process. */
export function trytonForTests() {
  return (asked ??= find());
}

async function find() {
  const url = process.env.WAYBILL_TRYTON_URL ?? usual.url;
  if (await answers(url)) {
    const seedFile = process.env.WAYBILL_TRYTON_SEED ?? usual.seed;
    return existsSync(seedFile)
      ? serverAt(url, seedFile)
      : { skipped: `Tryton runs at ${url}, but its seed ${seedFile} is missing; set WAYBILL_TRYTON_SEED` };
  }
  if (process.env.WAYBILL_TRYTON_URL) return { skipped: `nothing answers at WAYBILL_TRYTON_URL=${url}` };
  if (!existsSync(script)) return { skipped: `no Tryton at ${url} and no ${script}; set WAYBILL_TRYTON_URL or WAYBILL_ERP` };
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version'))
    return { skipped: `no Tryton at ${url}; starting one needs root on Debian` };
  try {
    keepRunning();
    // Two test files may ask at once. The lock is not handed on (-o): the server would hold it for as long as it runs.
    const start = ['-o', '-w', '280', lock, 'bash', script, own.port, own.data];
    const { stdout } = await run('flock', start, { env: { ...process.env, PGPORT: own.pgPort }, timeout: 300_000 });
    return serverAt(/url=(\S+)/.exec(stdout)[1], /seed=(\S+)/.exec(stdout)[1]);
  } catch (error) {
    return {
      skipped: `Tryton could not be started: ${String(error.stderr || error.message)
        .trim()
        .split('\n')
        .at(-1)}`,
    };
  }
}

/** Writes down who uses the server, before it is asked for. A watcher outlives this process and stops the server when no user is left. */
function keepRunning() {
  const users = `${own.data}.users`;
  mkdirSync(users, { recursive: true });
  writeFileSync(join(users, String(process.pid)), '');
  if (process.env.WAYBILL_TRYTON_KEEP) return;
  const watch = `while kill -0 "$1" 2>/dev/null; do sleep 1; done; rm -f "$2/$1"
    exec flock -o "$3" bash -c 'for user in "$1"/*; do kill -0 "$(basename "$user")" 2>/dev/null && exit; done; exec bash "$2" stop "$3"' stop "$2" "$4" "$5"`;
  spawn('bash', ['-c', watch, 'watch', String(process.pid), users, lock, script, own.data], { detached: true, stdio: 'ignore' }).unref();
}

function serverAt(url, seedFile) {
  const { origin, pathname } = new URL(url);
  return { url: origin, database: pathname.replace(/\//g, ''), ...account, seed: JSON.parse(readFileSync(seedFile, 'utf8')) };
}

async function answers(url) {
  try {
    const body = JSON.stringify({ id: 0, method: 'common.server.version', params: [] });
    const response = await fetch(new URL('/', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(3000),
    });
    return response.ok;
  } catch {
    return false;
  }
}
