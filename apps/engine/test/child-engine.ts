import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface ChildEngine {
  url: string;
  signal(name: NodeJS.Signals): void;
  /** What it printed so far, both streams. */
  said(): string;
  /** Resolves when it has ended, with its exit code; null when a signal ended it. */
  ended: Promise<number | null>;
}

/** The built engine as people run it: `waybill serve` in a process of its own. Build first. */
export async function startChildEngine(env: Record<string, string>): Promise<ChildEngine> {
  const program = join(import.meta.dirname, '../dist/cli/waybill.js');
  const child: ChildProcess = spawn(process.execPath, [program, 'serve'], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  child.stdout!.on('data', (bytes: Buffer) => (said += bytes.toString()));
  child.stderr!.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const ready = await Promise.race([once(child, 'message').then(([message]) => (message as { ready: string }).ready), ended]);
  if (typeof ready !== 'string') throw new Error(`the engine ended with ${ready}:\n${said}`);
  return { url: ready.replace('localhost', '127.0.0.1'), signal: (name) => void child.kill(name), said: () => said, ended };
}
