import { sleep, until } from '../waiting.js';
import type { ManagedProcess } from './managed-process.js';
import type { World } from './world.js';

export type StrikeAction = 'kill' | 'throw' | 'pause' | 'block';

export interface Strike {
  point: string;
  action: StrikeAction;
  /** At the n-th time that the point is passed; default the first. */
  at?: number;
  /** Struck so many times one after another, in whichever process; default once. For `throw` and `block`, after which the process goes on. */
  times?: number;
  /** For `block`: how long the event loop stands still. */
  forMs?: number;
}

/**
 * Arms a fail point in these processes and runs what will lead there; the first that passes it is struck, the others are disarmed.
 * Returns who was struck; a process that was killed is on its way back, one that was paused is still held.
 */
export async function strike(
  processes: readonly ManagedProcess[],
  wanted: Strike,
  lead: () => Promise<unknown>,
  withinMs = 60_000,
): Promise<ManagedProcess> {
  let struck: ManagedProcess | undefined;
  const deaf = processes.map((process) =>
    process.onMessage((message) => {
      if (message.struck?.point === wanted.point) struck ??= process;
    }),
  );
  const before = new Map(processes.map((process) => [process, process.incarnation]));
  for (const process of processes) {
    await process.ready();
    if (wanted.action === 'kill') process.expectEnd();
    process.send({ arm: { at: 1, forMs: 0, times: 1, ...wanted } });
  }
  const led = lead();
  led.catch(() => undefined); // awaited below
  try {
    await until(`${wanted.action} at ${wanted.point}`, withinMs, () => {
      // The word of a process that kills itself may be lost with it.
      struck ??= processes.find((process) => process.isPaused || process.incarnation > before.get(process)!);
      return struck !== undefined;
    }, { everyMs: 20 }); // prettier-ignore
  } finally {
    for (const stop of deaf) stop();
    for (const process of processes) if (process !== struck && process.pid !== undefined) process.disarm();
  }
  const ended = struck!;
  if (wanted.action === 'kill')
    await until(`the end of ${ended.name}`, 10_000, () => ended.incarnation > before.get(ended)!, { everyMs: 20 });
  await led;
  return ended;
}

/** Lets a held process stand for twice the lease, so that it has certainly lost what it had; then it goes on. */
export async function pastTheLease(world: World, held: ManagedProcess): Promise<void> {
  await sleep(world.options.leaseSeconds * 2_000);
  held.resume();
}
