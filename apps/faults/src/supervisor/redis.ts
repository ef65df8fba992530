import { spawnSync } from 'node:child_process';
import { createConnection } from 'node:net';
import { Queue } from 'bullmq';
import { ManagedProcess } from './managed-process.js';

export const hasRedis = (): boolean => !spawnSync('redis-server', ['--version']).error;

/** A Redis that keeps nothing on disk, so that a kill leaves an empty one. */
export function redisProcess(port: number, logFile: string): ManagedProcess {
  const settings = { bind: '127.0.0.1', save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' };
  return new ManagedProcess({
    name: 'redis',
    command: 'redis-server',
    args: ['--port', String(port), ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])],
    env: { PATH: process.env['PATH'] ?? '' },
    logFile,
    accepts: () => redisCommand(port, 'PING').then((answer) => answer.startsWith('+PONG'), () => false), // prettier-ignore
  });
}

/** One command in Redis's inline form; the first line of its answer. */
export function redisCommand(port: number, command: string): Promise<string> {
  return new Promise((done, fail) => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => socket.write(`${command}\r\n`));
    socket.setTimeout(3_000, () => socket.destroy(new Error('Redis does not answer')));
    socket.once('data', (chunk) => {
      socket.destroy();
      done(chunk.toString('utf8').split('\r\n')[0] ?? '');
    });
    socket.once('error', fail);
  });
}

/** Rings for every one of these lanes so many times at once, as if every doorbell had been rung again and again. */
export async function ringAgain(port: number, lanes: readonly { flow: string; lane: number }[], times: number): Promise<void> {
  const queue = new Queue('waybill', { connection: { host: '127.0.0.1', port, maxRetriesPerRequest: null } });
  try {
    const rings = lanes.flatMap((lane) => Array.from({ length: times }, () => ({ name: 'lane', data: { bell: 'lane', ...lane } })));
    await queue.addBulk(rings);
  } finally {
    await queue.close();
  }
}
