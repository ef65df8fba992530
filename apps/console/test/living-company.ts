import { liveThroughAMonth, setUpDemo, startSandbox, type Sandbox } from '@waybill/sandbox';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../src/api/schema.js';

export const root = join(import.meta.dirname, '../../..');
const program = join(root, 'apps/engine/dist/cli/waybill.js');
const page = join(root, 'apps/console/dist/index.html');
export const apiKey = 'browser-tests-key-of-an-administrator';
export const webhookSecret = 'whsec_browser_tests';

export const access = { email: 'admin@waybill.test', password: 'a password for the browser' };

export interface LivingCompany {
  url: string;
  api: Client<paths>;
  sandbox: Sandbox;
  /** The engine's own folder, in which its database says how it is reached. */
  dataDir: string;
  stop(): Promise<void>;
}

/**
 * The built engine as people run it, with the built console, its own database and data folder, connected to a sandbox in which the
 * demo company has lived until `lastScene`. When this resolves, nothing is under way any more: what is not posted
 * waits for a person, or behind something that does.
 */
export async function startLivingCompany({ lastScene }: { lastScene: string }): Promise<LivingCompany> {
  const company = await startCompany();
  try {
    const { sandbox } = company;
    const ended = new AbortController();
    await liveThroughAMonth({
      sandbox,
      now: () => new Date(),
      sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
      signal: ended.signal,
      everyMs: 1,
      tell: (scene) => scene === lastScene && ended.abort(),
    });
    await nothingMoves(company);
    return company;
  } catch (error) {
    await company.stop();
    throw error;
  }
}

/**
 * Every event is delivered, and no message is under way. A lost answer rests for a minute by design and a busy machine is slow, so what counts is
 * whether anything still changes, or is not due yet: it fails when neither was so for 90 seconds, or after eight minutes, and says what is left.
 */
export async function nothingMoves({ api, sandbox }: LivingCompany): Promise<void> {
  const began = performance.now();
  let seen = '';
  let changedAt = began;
  for (;;) {
    const { data } = await api.GET('/v1/messages', { params: { query: { state: 'ready,claimed,in_flight,in_doubt', limit: 200 } } });
    const events = sandbox.billing.state.undelivered.length;
    if (events === 0 && data?.items.length === 0) return;
    const items = data?.items ?? [];
    const said = items.map(
      ({ title, state, attempts, dueAt }) => `${title ?? 'no number yet'} ${state} after ${attempts} attempts, due ${dueAt ?? 'now'}`,
    );
    const left = `${events} events not delivered; ${data ? said.join(', ') : 'no answer'}`;
    const now = performance.now();
    if (left !== seen || items.some(({ dueAt }) => dueAt !== null && new Date(dueAt).getTime() > Date.now()))
      [seen, changedAt] = [left, now];
    if (now - changedAt > 90_000 || now - began > 480_000)
      throw new Error(`Still under way after ${Math.round((now - began) / 1_000)} seconds: ${left}`);
    await wait(200);
  }
}

/** The same company before its first day: connected, with its flows and tables, and without a document. `more` are settings of its engine. */
export async function startCompany(more: Record<string, string> = {}): Promise<LivingCompany> {
  for (const file of [program, page]) if (!existsSync(file)) throw new Error(`${file} is missing: run \`npm run build\` first.`);
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const dataDir = await mkdtemp(join(tmpdir(), 'waybill-browser-'));
    undo.push(() => rm(dataDir, { recursive: true, force: true }));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const sandbox = await startSandbox({ webhook: { url: `${url}/v1/hooks/stripe`, secret: webhookSecret } });
    undo.push(() => sandbox.close());
    await startEngine({ port, dataDir, undo, more });
    await setUpDemo({ engine: url, apiKey, sandbox: sandbox.url, webhookSecret });
    const api = createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${apiKey}` } });
    return { url, api, sandbox, dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export interface EngineStart {
  port: number;
  dataDir: string;
  /** How to end it is put here. */
  undo: (() => Promise<unknown>)[];
  /** Settings beside those that every test has. */
  more?: Record<string, string>;
}

/** Where the database of a data folder is when root runs the engine: the server's own user cannot walk into a folder of root's. */
const movedDatabase = (dataDir: string): string =>
  join('/var/lib/waybill', createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16));

/** The address at which the owner of the engine's database is let in. */
export async function databaseOf(dataDir: string): Promise<string> {
  const file = [join(dataDir, 'postgres'), movedDatabase(dataDir)]
    .map((folder) => join(folder, 'access.json'))
    .find((at) => existsSync(at));
  if (file === undefined) throw new Error(`There is no database of ${dataDir}.`);
  const { port, ownerPassword } = JSON.parse(await readFile(file, 'utf8')) as { port: number; ownerPassword: string };
  return `postgresql://waybill_owner:${ownerPassword}@127.0.0.1:${port}/waybill`;
}

/** The built engine as people run it; resolves when it serves. */
export async function startEngine({ port, dataDir, undo, more = {} }: EngineStart): Promise<void> {
  undo.push(() => rm(movedDatabase(dataDir), { recursive: true, force: true }));
  const engine = spawn(process.execPath, [program, 'serve'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      LANG: process.env['LANG'],
      WAYBILL_PORT: String(port),
      WAYBILL_DATA_DIR: dataDir,
      WAYBILL_EGRESS_ALLOW: '127.0.0.0/8',
      WAYBILL_ENVIRONMENT: 'test',
      WAYBILL_LOG_LEVEL: 'error',
      WAYBILL_BOOTSTRAP_ADMIN_EMAIL: access.email,
      WAYBILL_BOOTSTRAP_ADMIN_PASSWORD: access.password,
      WAYBILL_BOOTSTRAP_API_KEY: apiKey,
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  undo.push(() => end(engine));
  await ready(engine);
}

/** Asks until it is so; `what` is the sentence of the failure. */
export async function eventually(what: string, isSo: () => Promise<boolean>, withinMs = 90_000): Promise<void> {
  const until = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > until) throw new Error(`Not so after ${withinMs / 1000} seconds: ${what}`);
    await wait(200);
  }
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

/** The engine tells its parent when it serves; when it ends before that, its own words are the reason. */
function ready(engine: ChildProcess): Promise<void> {
  const said: string[] = [];
  const keep = (text: string) => said.push(text) > 100 && said.shift();
  engine.stdout?.setEncoding('utf8').on('data', keep);
  engine.stderr?.setEncoding('utf8').on('data', keep);
  return new Promise((done, fail) => {
    engine.on('message', () => done());
    engine.once('error', fail);
    engine.once('exit', (code) => fail(new Error(`The engine ended with ${code}:\n${said.join('')}`)));
  });
}

async function end(engine: ChildProcess): Promise<void> {
  if (engine.exitCode !== null || engine.signalCode !== null) return;
  const ended = new Promise((done) => engine.once('exit', done));
  engine.kill('SIGTERM');
  const late = setTimeout(() => engine.kill('SIGKILL'), 30_000);
  await ended;
  clearTimeout(late);
}
