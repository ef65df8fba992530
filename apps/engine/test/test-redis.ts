import { Redis } from 'ioredis';
import { spawn, spawnSync } from 'node:child_process';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { eventually } from './eventually.js';

export interface TestRedis {
  url: string;
  stop(): Promise<void>;
}

/** The Redis that REDIS_URL names, else one of this test file alone on a free port; else why there is none. */
export async function startTestRedis(): Promise<TestRedis | { skipped: string }> {
  const given = process.env['REDIS_URL'];
  if (given) return { url: apart(given), stop: () => Promise.resolve() };
  if (!hasOwnRedis()) return { skipped: 'there is no redis-server on the path; install one or set REDIS_URL' };
  const own = await startOwnRedis();
  return { url: own.url, stop: () => own.kill() };
}

/** A database of the Redis for each worker of Jest: engines with one queue and different databases would take each other's bells. */
function apart(given: string): string {
  const url = new URL(given);
  if (url.pathname.length <= 1) url.pathname = `/${Number(process.env['JEST_WORKER_ID'] ?? 0) % 16}`;
  return url.href;
}

/** A Redis that a test may break. */
export interface OwnRedis {
  url: string;
  port: number;
  /** SIGKILL: nothing is kept. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  start(): Promise<void>;
  /** One command, on a connection of its own. */
  ask(...words: string[]): Promise<unknown>;
}

export async function startOwnRedis(): Promise<OwnRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let kill: () => Promise<void>;
  const start = async () => {
    const server = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
      { stdio: 'ignore' },
    );
    const ended = new Promise<void>((done) => server.once('exit', () => done()));
    kill = async () => {
      server.kill('SIGKILL');
      await ended;
    };
    await eventually(() => accepts(port), { what: 'an answer of redis-server', withinMs: 10_000 });
  };
  await start();
  return {
    url,
    port,
    start,
    kill: () => kill(),
    async ask(...words) {
      const client = new Redis(url, { lazyConnect: true });
      try {
        await client.connect();
        return await client.call(words[0]!, ...words.slice(1));
      } finally {
        client.disconnect();
      }
    },
  };
}

const hasOwnRedis = (): boolean => !spawnSync('redis-server', ['--version']).error;
export const hasRedis = (): boolean => Boolean(process.env['REDIS_URL']) || hasOwnRedis();
/** Why a test that breaks a Redis of its own cannot run here, or nothing. */
export const missingOwnRedis = (): string | undefined => (hasOwnRedis() ? undefined : 'there is no redis-server on the path');

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

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => (socket.destroy(), done(true)));
    socket.once('error', () => done(false));
  });
}
