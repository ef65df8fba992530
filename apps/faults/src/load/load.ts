import type { World } from '../supervisor/world.js';
import { sleep, until } from '../waiting.js';
import { api, inboundFlow } from './company.js';
import type { Plan, PlannedDocument } from './plan.js';
import type { SourceSystem } from './source.js';
import { UsageLoad, type UsageLoadOptions } from './usage.js';
import type { WebhookSender } from './webhooks.js';

/** Brings plans into a world, and remembers all that was ever brought: what the checkers expect. */
export class Load {
  readonly documents: PlannedDocument[] = [];
  /** Keys of documents that must stop for a person, numbers of documents that a person typed into the ERP, and what the check of the audit log says rightly. */
  readonly explained = { keys: new Set<string>(), numbers: new Set<string>(), audit: undefined as RegExp | undefined };
  /** Numbers of documents that a person typed, of which the source knows nothing. */
  readonly byHand: string[] = [];
  readonly usage: UsageLoad;
  private readonly background = new Set<Promise<void>>();

  constructor(
    private readonly world: World,
    private readonly source: SourceSystem,
    readonly sender: WebhookSender,
  ) {
    this.usage = new UsageLoad(world);
  }

  /** Tells the source and sends the webhooks, spread over the time; returns when the last one was accepted. */
  async bring(plan: Plan, overMs: number): Promise<void> {
    this.documents.push(...plan.documents);
    const told = [...plan.emissions].map(({ record }) => record).sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
    const began = performance.now();
    const under = new Set<Promise<void>>();
    for (const [n, { record, copies, dropped }] of plan.emissions.entries()) {
      const wait = began + (overMs * n) / plan.emissions.length - performance.now();
      if (wait > 0) await sleep(wait);
      this.source.tell(told[n]!);
      if (dropped) continue;
      // A source has so many senders and no more: while the engine is away they wait, as everything behind them does.
      while (under.size >= 40) await Promise.race(under);
      const sent = Promise.all(Array.from({ length: copies }, () => this.sender.deliver(record))).then(() => undefined);
      under.add(sent);
      void sent.finally(() => under.delete(sent)).catch(() => undefined);
    }
    await Promise.all(under);
  }

  /** Makes the records known to the source without a word by webhook. */
  tellOnly(plan: Plan): void {
    this.documents.push(...plan.documents);
    for (const { record } of plan.emissions) this.source.tell(record);
  }

  /** As `bring`, in the background; `arrived` waits for it. */
  start(plan: Plan, overMs: number): void {
    this.inBackground(this.bring(plan, overMs));
  }

  /** Usage beside the documents; `arrived` waits for it too. */
  startUsage(options: UsageLoadOptions): void {
    this.inBackground(this.usage.bring(options));
  }

  private inBackground(work: Promise<void>): void {
    this.background.add(work);
    void work.finally(() => this.background.delete(work)).catch(() => undefined);
  }

  async arrived(): Promise<void> {
    await Promise.all(this.background);
  }

  /** What webhooks did not tell: a poll by the public door, again until one ends well. */
  async poll(withinMs = 120_000): Promise<void> {
    await until('a poll that ends well', withinMs, async () => {
      const run = await api(this.world, 'POST', `/v1/flows/${inboundFlow('invoice')}/runs`, { kind: 'poll' });
      const ended = await until('the end of the poll', 60_000, async () => {
        const now = await api(this.world, 'GET', `/v1/runs/${String(run['id'])}`);
        return now['state'] !== 'running' && now;
      });
      return ended['state'] === 'succeeded';
    });
  }
}
