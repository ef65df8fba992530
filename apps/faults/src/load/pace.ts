import { sleep } from '../waiting.js';
import type { Load } from './load.js';
import type { Plan } from './plan.js';

/** What a source saw that sends at an even pace, whether or not it was answered. */
export interface Paced {
  /** By status; 0 is no answer. */
  answers: Map<number, number>;
  p99Ms: number;
  /** The most webhooks that waited for their answer at one time: how far requests piled up. */
  waitingMost: number;
}

/** Sends each webhook of the plan once, so many a second; what is not accepted is sent again when all were. */
export async function atPace(load: Load, plan: Plan, perSecond: number): Promise<Paced> {
  load.tellOnly(plan);
  const seen: Paced = { answers: new Map(), p99Ms: 0, waitingMost: 0 };
  const took: number[] = [];
  let waiting = 0;
  const began = performance.now();
  const refused: Plan['emissions'] = [];
  const sent = plan.emissions.map(async (emission, n) => {
    await sleep(Math.max(0, began + (n * 1_000) / perSecond - performance.now()));
    waiting += 1;
    seen.waitingMost = Math.max(seen.waitingMost, waiting);
    const asked = performance.now();
    const { status } = await load.sender.once(emission.record);
    took.push(performance.now() - asked);
    waiting -= 1;
    seen.answers.set(status, (seen.answers.get(status) ?? 0) + 1);
    if (status !== 200) refused.push(emission);
  });
  await Promise.all(sent);
  for (const { record } of refused) await load.sender.deliver(record);
  took.sort((a, b) => a - b);
  seen.p99Ms = Math.round(took[Math.ceil(took.length * 0.99) - 1] ?? 0);
  return seen;
}
