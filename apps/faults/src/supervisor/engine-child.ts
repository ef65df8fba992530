/**
 * The engine as people start it, with fail points that the harness arms by a message: from the n-th time that a point is passed, so many times, the process
 * kills itself, throws there, stops until it is continued, or stands still with its event loop blocked. Arguments: the folder of the built engine.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Arm {
  arm: { point: string; at: number; action: 'kill' | 'throw' | 'pause' | 'block'; forMs: number; times: number };
}
interface Door {
  armFailPoints(strike: (point: string) => void): void;
}

const dist = process.argv[2]!;
const load = (file: string): Promise<unknown> => import(pathToFileURL(join(dist, file)).href);
process.on('disconnect', () => process.exit(0)); // the harness is gone

let armed: Arm['arm'] | undefined;
let passed = 0;
const { armFailPoints } = (await load('index.js')) as Door;
armFailPoints((point) => {
  if (armed?.point !== point) return;
  passed += 1;
  if (passed < armed.at) return;
  const { action, forMs } = armed;
  armed.times -= 1;
  if (armed.times < 1) armed = undefined;
  process.send?.({ struck: { point, action } });
  if (action === 'throw') throw new Error(`the harness struck at ${point}`);
  if (action === 'block') return void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
  process.kill(process.pid, action === 'kill' ? 'SIGKILL' : 'SIGSTOP');
});
process.on('message', (message: Arm | { disarm: true }) => {
  armed = 'arm' in message ? message.arm : undefined;
  passed = 0;
});
process.argv.splice(2, 1, 'serve');
await load('cli/waybill.js');
