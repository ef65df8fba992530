import type { Dice } from '../random.js';
import type { World } from '../supervisor/world.js';
import { sleep, until } from '../waiting.js';
import { api } from './company.js';
import { loadMeters, sourceOf, usageEvent, type UsageBrought } from './usage-plan.js';

export interface UsageLoadOptions {
  prefix: string;
  events: number;
  dice: Dice;
  /** Over how long they are spread; on a machine that is too slow it takes longer. */
  overMs: number;
  clients?: number;
  batch?: number;
  /** What share of the batches a second client sends at the same time. */
  twice?: number;
}

export interface UsageAnswer {
  status: number;
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: { index: number; code: string }[];
}

/** Sends usage as a product does, until each event was acknowledged; and remembers what must be in the ledger. */
export class UsageLoad {
  /** What was acknowledged whole: what the checkers expect. */
  readonly brought: UsageBrought[] = [];
  /** Answers by status; 0: none. */
  readonly answers = new Map<number, number>();
  readonly counts = { batches: 0, twice: 0, again: 0 };
  /** Events that were new to the engine, by its answers: fewer than there are when answers were lost. */
  taken = 0;
  private began: Promise<void> | undefined;

  constructor(private readonly world: World) {}

  get events(): number {
    return this.brought.reduce((sum, { events }) => sum + events, 0);
  }

  /** The meters that read it, once for each world. */
  private begin(): Promise<void> {
    return (this.began ??= (async () => {
      for (const [name, yaml] of Object.entries(loadMeters))
        await until(`the meter ${name}`, 60_000, () => api(this.world, 'PUT', `/v1/usage/meters/${name}`, { yaml }));
    })());
  }

  async bring({ prefix, events, dice, overMs, clients = 8, batch = 1_000, twice = 0.05 }: UsageLoadOptions): Promise<void> {
    await this.begin();
    const source = sourceOf(prefix);
    const time = new Date().toISOString();
    const batches = Math.ceil(events / batch);
    const began = performance.now();
    let next = 0;
    const work = async () => {
      for (let n = next; n < batches; n = next) {
        next += 1;
        const wait = began + (overMs * n) / batches - performance.now();
        if (wait > 0) await sleep(wait);
        const size = Math.min(batch, events - n * batch);
        const body = Array.from({ length: size }, (_, place) => usageEvent(source, n * batch + place, time));
        this.counts.batches += 1;
        const both = dice.chance(twice) ? 2 : 1;
        if (both === 2) this.counts.twice += 1;
        await Promise.all(Array.from({ length: both }, () => this.deliver(body)));
      }
    };
    await Promise.all(Array.from({ length: clients }, work));
    this.brought.push({ source, events });
  }

  /** Sends the same batch until it is acknowledged, and takes no acknowledgement that leaves an event out. */
  async deliver(events: readonly object[]): Promise<UsageAnswer> {
    for (let attempt = 0; ; attempt += 1) {
      const { answer, retryAfterMs } = await this.once(events);
      const { status, accepted, duplicates, conflicts, rejected } = answer;
      if (status === 202) {
        if (accepted + duplicates + conflicts !== events.length || rejected.length !== conflicts)
          throw new Error(`of ${events.length} events ${JSON.stringify(answer)} were answered`);
        this.taken += accepted;
        return answer;
      }
      if (status >= 400 && status < 500 && status !== 429) throw new Error(`the engine refused usage with ${status}`);
      this.counts.again += 1;
      await sleep(retryAfterMs ?? Math.min(1_000, 100 * 2 ** attempt));
    }
  }

  /** One try; status 0 when nobody can know what became of it. */
  private async once(events: readonly object[]): Promise<{ answer: UsageAnswer; retryAfterMs: number | undefined }> {
    const none: UsageAnswer = { status: 0, accepted: 0, duplicates: 0, conflicts: 0, rejected: [] };
    const { apiUrl, secrets } = this.world;
    const told = await fetch(`${apiUrl}/v1/usage/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secrets.apiKey}`, 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events),
      signal: AbortSignal.timeout(25_000),
    })
      .then(async (response) => ({
        answer: { ...none, ...((await response.json()) as Partial<UsageAnswer>), status: response.status },
        retryAfterMs: retryAfter(response.headers.get('retry-after')),
      }))
      .catch(() => ({ answer: none, retryAfterMs: undefined })); // killed, cut or too slow: the sender cannot know, and sends again
    this.answers.set(told.answer.status, (this.answers.get(told.answer.status) ?? 0) + 1);
    return told;
  }

  /** Nothing waits for the roll-up, and the control has looked at everything that changed. */
  async counted(withinMs: number): Promise<void> {
    await until('the roll-up and the control of all usage', withinMs, async () => {
      const { lag, due } = (await api(this.world, 'GET', '/v1/usage/control')) as {
        lag: { waitingCommits: number; meters: { behind: number }[] };
        due: number;
      };
      return lag.waitingCommits === 0 && lag.meters.every(({ behind }) => behind === 0) && due === 0;
    });
  }
}

const retryAfter = (header: string | null): number | undefined =>
  header !== null && /^\d+$/.test(header) ? Number(header) * 1_000 : undefined;
