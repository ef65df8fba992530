import { setTimeout as sleep } from 'node:timers/promises';
import { processorMs } from './processor-time.js';
import { Engines, type Site } from './site.js';
import { storeMessages } from './stored.js';

/** One run of documents, from webhook to target. */
export interface Run {
  through: 'straight' | 'hub';
  workers: number;
  count: number;
  stored?: number;
  /** Number of its first document, when others have run on the site before it. */
  from?: number;
  /** Program of the engine, in place of `waybill`. */
  program?: string;
  say: (line: string) => void;
}

export const hook = '/v1/hooks/bench-in';
export const round = (value: number): number => Math.round(value * 100) / 100;
const warm = 200;
/** So many documents a run takes in all. */
export const documentsOf = (run: Pick<Run, 'count'>): number => warm + run.count;

export interface Measured {
  perSecond: number;
  facts: Record<string, number | string>;
}

export async function measure(site: Site, folder: string, run: Run): Promise<Measured> {
  const engines = await Engines.start(site, {
    folder,
    workers: run.workers,
    ...(run.program === undefined ? {} : { program: run.program }),
  });
  try {
    await engines.install(site.load.target, run.through);
    if (run.stored) await storeMessages(site, run.stored, run.say);
    const from = run.from ?? 0;
    await site.load.ask({ do: 'send', origin: engines.origin, path: hook, from, count: warm, connections: 16 });
    await settled(site, from + warm, run);
    const before = [await engines.processorMs(), await processorMs(site.databasePid)] as const;
    const began = performance.now();
    const sent = await site.load.ask<{ sent: number; refused: number; ms: number }>({ do: 'send', origin: engines.origin, path: hook, from: from + warm, count: run.count, connections: 64 }); // prettier-ignore
    await settled(site, from + documentsOf(run), run);
    const ms = performance.now() - began;
    const memory = await engines.memory();
    const perMessage = (now: number, then: number) => round((now - then) / run.count);
    return {
      perSecond: round(run.count / (ms / 1000)),
      facts: {
        accepted: round(run.count / (sent.ms / 1000)),
        refused: sent.refused,
        'engine ms/message': perMessage(await engines.processorMs(), before[0]),
        'database ms/message': perMessage(await processorMs(site.databasePid), before[1]),
        'memory MB': memory.join('+'),
      },
    };
  } finally {
    await engines.close();
  }
}

/** Waits until the target has them all and every message of the last hop is settled; a message that ended otherwise fails the bench. */
export async function settled(site: Site, count: number, run: Pick<Run, 'through'>): Promise<void> {
  const flow = run.through === 'hub' ? 'bench-out' : 'bench';
  let best = 0;
  for (let still = 0; still < 600; still += 1) {
    const { taken } = await site.load.ask<{ taken: number }>({ do: 'taken' });
    if (taken >= count) {
      const left = await site.sql("select 1 as one from message where flow = $1 and state in ('ready','claimed','in_flight','in_doubt') limit 1", [flow]); // prettier-ignore
      if (left.length === 0) break;
    }
    if (taken > best) [best, still] = [taken, 0];
    if (still > 0 && still % 50 === 0) {
      const stopped = await site.sql<{ state: string; n: number; reason: string }>(
        "select state, count(*)::int as n, min(reason) as reason from message where flow like 'bench%' group by state",
      );
      if (stopped.some(({ state }) => !['posted', 'ready', 'claimed', 'in_flight', 'in_doubt'].includes(state)))
        throw new Error(`messages stopped: ${JSON.stringify(stopped)}`);
    }
    if (still === 599) throw new Error(`only ${best} of ${count} arrived, and none in the last minute`);
    await sleep(100);
  }
}
