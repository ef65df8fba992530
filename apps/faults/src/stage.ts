import { erp, erpFaults, setUpCompany } from './load/company.js';
import { Load } from './load/load.js';
import { SourceSystem } from './load/source.js';
import { WebhookSender } from './load/webhooks.js';
import { World, type WorldOptions } from './supervisor/world.js';

/** A world with a company in it, a source, and everything that was ever brought. */
export interface Stage {
  world: World;
  source: SourceSystem;
  load: Load;
  /** Where the source's clock stands: each plan begins a day after the one before, so that a poll tells them apart. */
  nextBegin(): Date;
  /** The ERP behaves from now on; how often each fault struck until now. */
  faultsEnd(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

export async function openStage(options: WorldOptions): Promise<Stage> {
  const world = await World.open(options);
  const ended = new AbortController();
  const source = await SourceSystem.start();
  const close = async () => {
    ended.abort();
    await world.close();
    await source.close();
  };
  try {
    await setUpCompany(world, source);
    await erpFaults(world, []);
  } catch (error) {
    await close();
    throw error;
  }
  let days = 0;
  const load = new Load(world, source, new WebhookSender(world, ended.signal));
  return {
    world,
    source,
    load,
    close,
    nextBegin: () => new Date(Date.UTC(2026, 5, (days += 1))),
    async faultsEnd() {
      const { rules } = (await erp(world, 'GET', '/faults')) as { rules: { kind: string; hits: number }[] };
      await erpFaults(world, []);
      const struck: Record<string, number> = {};
      for (const { kind, hits } of rules) struck[kind] = (struck[kind] ?? 0) + hits;
      return struck;
    },
  };
}
