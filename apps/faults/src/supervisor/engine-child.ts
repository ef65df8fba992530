/**
 * The engine as people start it, with fail points that the harness arms by a message: from the n-th time that a point is passed, so many times, the process
 * kills itself, throws there, stops until it is continued, or stands still with its event loop blocked. With WAYBILL_FAULTS_EXHAUST it runs
 * out of memory whenever it has claimed that document. Arguments: the folder of the built engine.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Exhausting } from './exhausting.js';

interface Arm {
  arm: { point: string; at: number; action: 'kill' | 'throw' | 'pause' | 'block'; forMs: number; times: number };
}
interface Door {
  armFailPoints(strike: (point: string) => Promise<void> | void): void;
}

const dist = process.argv[2]!;
const load = (file: string): Promise<unknown> => import(pathToFileURL(join(dist, file)).href);
process.on('disconnect', () => process.exit(0)); // the harness is gone

// A document that costs more memory than there is, as long as this process has it in its hands.
const { WAYBILL_FAULTS_EXHAUST: costly, DATABASE_URL: database } = process.env;
const exhausting = costly === undefined ? undefined : new Exhausting(costly, database!);

let armed: Arm['arm'] | undefined;
let passed = 0;
const { armFailPoints } = (await load('index.js')) as Door;
armFailPoints((point) => {
  if (exhausting !== undefined && point === 'lane.claimed') return exhausting.unlessFree();
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
