import { TransportFailure, type Receipt, type SendRequest } from '@waybill/sdk';
import type { Permit } from '../../src/catalog/index.js';
import { resolveDoubt } from '../../src/pipeline/send/doubt.js';
import type { Target } from '../../src/pipeline/send/meeting.js';
import { sendToConnection, type SendTools } from '../../src/pipeline/send/send.js';
import type { Journey } from '../../src/pipeline/journey.js';
import { isFinal } from '../../src/pipeline/vocabulary.js';
import { ModelErp, upstreamSeconds, type ErpFaults } from './model-erp.js';
import { leaseMs, ModelStore, type ModelMessage, type Tooth } from './model-store.js';
import { Chance, World } from './world.js';

export interface Scenario {
  seed: number;
  documents: number;
  faults: ErpFaults;
  /** Kills and pauses of workers, each so many. */
  kills: number;
  pauses: number;
  /** Share of calls before whose first byte the worker is stopped for minutes. */
  pausesAtWrite: number;
  /** Share of transactions that fail, and again of those that fail only for their caller. */
  databaseTrouble: number;
  withVoids: number;
  without?: readonly Tooth[];
}

/** What a run came to. `wrong` is empty when every document is where it belongs, once. */
export interface Outcome {
  wrong: string[];
  virtualMs: number;
  calls: number;
  kills: number;
}

export const ordinaryFaults: ErpFaults = { lostAnswer: 0.05, lateCommit: 0.05, reset: 0.01, error500: 0.02, throttle: 0.05, reject: 0.01, lookupFails: 0.05 }; // prettier-ignore
const workers = 3;
/** Longer than a lease and the quiet time after it: whoever comes back from it has been replaced, and looked up for. */
const longestPauseMs = 420_000;
const day = 24 * 3600 * 1000;

/** One run of the posting core: real decisions, a model of tables and ERP, virtual time, everything drawn from the seed. */
export async function simulate(scenario: Scenario): Promise<Outcome> {
  const world = new World();
  const chance = new Chance(scenario.seed);
  const teeth = new Set(scenario.without);
  const erp = new ModelErp(world, chance, scenario.faults);
  const store = new ModelStore(world, chance, teeth, scenario.databaseTrouble);
  let left = 0;
  const arrive = (key: string, effect: 'create' | 'void', afterMs: number) => {
    left += 1;
    world.after(afterMs, () => {
      left -= 1;
      store.add(key, effect);
    });
  };
  for (let n = 0; n < scenario.documents; n += 1) {
    const at = chance.between(0, 60_000);
    arrive(`d${n}`, 'create', at);
    if (chance.happens(scenario.withVoids)) arrive(`d${n}`, 'void', at + chance.between(1, 120_000));
  }
  const all = Array.from({ length: workers }, () => new SimulatedWorker(world, chance, store, erp, scenario));
  all.forEach((worker) => worker.start());
  for (let n = 0; n < scenario.kills; n += 1)
    world.after(chance.between(1_000, 300_000), () => all[chance.between(0, workers - 1)]!.kill());
  for (let n = 0; n < scenario.pauses; n += 1) world.after(chance.between(1_000, 300_000), () => all[chance.between(0, workers - 1)]!.pause(chance.between(2 * leaseMs, longestPauseMs))); // prettier-ignore
  const sweep = () => (store.sweep(), world.after(3_000, sweep));
  sweep();
  const person = () => (store.replayStopped(), world.after(600_000, person));
  world.after(600_000, person);
  const quiet = () => left === 0 && store.messages.length > 0 && store.messages.every(({ state }) => isFinal(state));
  const ended = await world.run(2 * day, quiet);
  // What the ERP still does after everybody has stopped waiting counts too.
  await world.run(world.now + upstreamSeconds * 1000, () => false);
  return { wrong: judge(store, erp, ended), virtualMs: world.now, calls: erp.calls, kills: scenario.kills };
}

/** Independent of how it came about: which effects should be in the books, and which are. */
function judge(store: ModelStore, erp: ModelErp, ended: boolean): string[] {
  const wrong: string[] = [];
  if (!ended) wrong.push(...store.messages.filter(({ state }) => !isFinal(state)).slice(0, 5).map((m) => `${m.id} of ${m.key} is still ${m.state}`)); // prettier-ignore
  const booked = new Map<string, number>();
  for (const { key } of erp.booked) booked.set(key, (booked.get(key) ?? 0) + 1);
  for (const [key, times] of booked) if (times > 1) wrong.push(`${key} is booked ${times} times`);
  for (const message of store.messages) {
    if (message.state === 'posted' && !booked.has(message.postingKey!)) wrong.push(`${message.id} is posted and not in the books`);
    if (message.state === 'superseded' && message.postingKey !== undefined && booked.has(message.postingKey)) wrong.push(`${message.id} is withdrawn and in the books`); // prettier-ignore
  }
  for (const key of new Set(store.messages.map((m) => m.key))) {
    const [create, reversal] = store.of(key);
    if (reversal && create!.state === 'posted' && reversal.state !== 'posted')
      wrong.push(`${key} is posted and its void is ${reversal.state}`);
  }
  return wrong;
}

class SimulatedWorker {
  private life = 0;
  private pausedUntil = 0;
  private batch: { id: string; epoch: number; leasedUntil: number }[] = [];

  constructor(
    private readonly world: World,
    private readonly chance: Chance,
    private readonly store: ModelStore,
    private readonly erp: ModelErp,
    private readonly scenario: Scenario,
  ) {}

  start(): void {
    const life = ++this.life;
    this.batch = [];
    void this.work(life);
    this.beat(life);
  }

  /** Nothing that it was doing goes on; another process takes its place a second later. */
  kill(): void {
    this.life += 1;
    this.world.after(1_000, () => this.start());
  }

  pause(ms: number): void {
    this.pausedUntil = this.world.now + ms;
  }

  private beat(life: number): void {
    if (life !== this.life) return;
    if (this.world.now >= this.pausedUntil) {
      this.store.renew(this.batch);
      for (const row of this.batch) row.leasedUntil = this.world.now + leaseMs;
    }
    this.world.after(15_000, () => this.beat(life));
  }

  private async work(life: number): Promise<void> {
    for (;;) {
      await this.turn(life, 0);
      try {
        const doubtful = this.store.claimDoubtful(20);
        this.hold(doubtful);
        for (const message of doubtful) await this.store.settle([await this.lookUp(life, message)]);
        const claimed = this.store.claim(20);
        this.hold(claimed);
        await sendToConnection(claimed.map(journeyOf), target, this.tools(life));
        this.batch = [];
        if (claimed.length + doubtful.length === 0) await this.turn(life, this.chance.between(500, 4_000));
      } catch {
        // As in the engine: what was under way is left to the sweeper.
        this.batch = [];
        await this.turn(life, 500);
      }
    }
  }

  private tools(life: number): SendTools {
    return {
      evaluate: () => Promise.resolve([]),
      postings: {
        intend: async (wave: Parameters<ModelStore['intend']>[0], to: Target) => {
          const intended = await this.store.intend(wave, to);
          await this.turn(life, 0);
          return intended;
        },
      } as unknown as SendTools['postings'],
      take: async (_, wanted) => {
        await this.turn(life, 0);
        const rests = this.chance.happens(0.02);
        const count = rests ? 0 : this.chance.between(1, wanted);
        return {
          permits: Array.from({ length: count }, () => freePermit),
          restMs: rests ? this.chance.between(0, 2_000) : 0,
          why: 'it rests',
        };
      },
      call: (_, { journey, request }) => this.send(life, journey, request),
      pause: (ms) => this.turn(life, ms),
      settle: async (ended) => {
        await this.turn(life, 0);
        await this.store.settle(ended);
      },
    };
  }

  private async send(life: number, { row }: Journey, request: SendRequest): Promise<Receipt> {
    if (this.chance.happens(this.scenario.pausesAtWrite)) this.pause(this.chance.between(2 * leaseMs, longestPauseMs));
    await this.turn(life, this.chance.between(0, 5));
    const lease = this.batch.find(({ id }) => id === row.id);
    if (!this.without('write-deadline') && (!lease || this.world.now > lease.leasedUntil - 5_000))
      throw new TransportFailure({ sent: false, code: 'aborted', message: 'the lease ended before the request was sent' });
    const receipt = await this.erp.send(request);
    await this.turn(life, 0);
    return receipt;
  }

  private async lookUp(life: number, message: ModelMessage) {
    const journey = journeyOf(message);
    const ended = await resolveDoubt(journey, target, {
      doubtful: (id) => Promise.resolve(this.store.doubtful(id)),
      find: (_, request) => (this.without('look-up') ? Promise.resolve(null) : this.erp.find(request)),
    });
    await this.turn(life, 0);
    return ended;
  }

  private without(tooth: Tooth): boolean {
    return this.scenario.without?.includes(tooth) ?? false;
  }

  private hold(rows: readonly ModelMessage[]): void {
    this.batch = rows.map(({ id, epoch }) => ({ id, epoch, leasedUntil: this.world.now + leaseMs }));
  }

  /** Time passes; a killed worker never comes back from it, a paused one later. */
  private async turn(life: number, ms: number): Promise<void> {
    await this.world.sleep(ms);
    if (life !== this.life) await new Promise(() => undefined);
    while (this.world.now < this.pausedUntil) await this.world.sleep(this.pausedUntil - this.world.now);
    if (life !== this.life) await new Promise(() => undefined);
  }
}

const freePermit: Permit = { connection: 'erp', probe: false, giveBack: () => undefined };

const target = {
  connection: 'erp',
  operationName: 'invoice',
  operation: { document: 'invoice', effects: ['create', 'void'], writes: 'once', idempotency: { mode: 'unique-external-id' }, find: () => undefined },
  ledger: 'model',
  concurrency: 5,
  maxUpstreamSeconds: upstreamSeconds,
} as unknown as Target; // prettier-ignore

const journeyOf = (message: ModelMessage): Journey =>
  ({
    row: { ...message, seq: String(message.seq), flow: 'flow', lane: 0, sourceSystem: 'billing', orderingKey: message.key },
    release: { flow: 'flow', definition: { waitFor: [], retry: { attempts: 1_000, fromMs: 1_000, toMs: 60_000 }, to: { connection: 'erp', operation: 'invoice' } } },
    output: {},
    bodies: [],
    stage: 'send',
    tables: {},
  }) as unknown as Journey; // prettier-ignore
