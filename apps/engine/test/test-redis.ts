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
  if (given) return { url: given, stop: () => Promise.resolve() };
  if (spawnSync('redis-server', ['--version']).error)
    return { skipped: 'there is no redis-server on the path; install one or set REDIS_URL' };
  const port = await freePort();
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  await eventually(() => accepts(port), { what: 'an answer of redis-server', withinMs: 10_000 });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      server.kill('SIGKILL');
      await ended;
    },
  };
}

export const hasRedis = (): boolean => Boolean(process.env['REDIS_URL']) || !spawnSync('redis-server', ['--version']).error;

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
