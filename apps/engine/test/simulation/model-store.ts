import { postingKey } from '@waybill/sdk';
import { endingOf, identityOf, meet, original, quietMsOf, type PostingRow, type Target } from '../../src/pipeline/send/meeting.js';
import type { Intended, Waiting } from '../../src/pipeline/send/postings.store.js';
import { mayMove } from '../../src/pipeline/states.js';
import { isFinal, type MessageState } from '../../src/pipeline/vocabulary.js';
import type { Ended, Journey } from '../../src/pipeline/journey.js';
import type { Chance, World } from './world.js';

export interface ModelMessage {
  id: string;
  seq: number;
  key: string;
  effect: 'create' | 'void';
  state: MessageState;
  epoch: number;
  dueAt: number;
  leaseUntil: number;
  failures: number;
  unclear: number;
  attempts: number;
  postingKey?: string;
  dependsOn?: string;
}

interface ModelPosting extends PostingRow {
  sentAt: number;
  quietMs: number;
  doubtful: boolean;
  request?: Journey;
}

/** Protections that a run may leave out, to show that the run can fail. */
export type Tooth = 'quiet-time' | 'intent-kept' | 'write-deadline' | 'look-up';

export const leaseMs = 60_000;

/** The tables and statements of the pipeline as a model in memory: the same moves, fences and constraints, decided by the engine's own pure parts. */
export class ModelStore {
  readonly messages: ModelMessage[] = [];
  readonly postings = new Map<string, ModelPosting>();
  private readonly ofKey = new Map<string, ModelMessage[]>();

  constructor(
    private readonly world: World,
    private readonly chance: Chance,
    private readonly teeth: ReadonlySet<Tooth>,
    /** Share of statements whose COMMIT is not done, and of those whose COMMIT is done and not heard of. */
    private readonly trouble: number,
  ) {}

  add(key: string, effect: 'create' | 'void'): void {
    const seq = this.messages.length + 1;
    const message: ModelMessage = { id: `msg_${seq}`, seq, key, effect, state: 'ready', epoch: 0, dueAt: this.world.now, leaseUntil: 0, failures: 0, unclear: 0, attempts: 0 }; // prettier-ignore
    if (this.of(key).some((m) => m.state === 'exception')) message.state = 'blocked';
    this.messages.push(message);
    this.ofKey.set(key, [...this.of(key), message]);
    if (effect === 'void') this.withdraw(key);
  }

  claim(limit: number): ModelMessage[] {
    const due = this.messages.filter((m) => m.state === 'ready' && m.dueAt <= this.world.now && !this.of(m.key).some((h) => h.seq < m.seq && !isFinal(h.state))); // prettier-ignore
    return due.slice(0, limit).map((m) => this.lease(m, 'claimed'));
  }

  claimDoubtful(limit: number): ModelMessage[] {
    const due = this.messages.filter((m) => m.state === 'in_doubt' && m.dueAt <= this.world.now && m.leaseUntil < this.world.now);
    return due.slice(0, limit).map((m) => this.lease(m, 'in_doubt'));
  }

  renew(rows: readonly { id: string; epoch: number }[]): void {
    for (const row of rows) {
      const message = this.find(row.id);
      if (message.epoch === row.epoch && ['claimed', 'in_flight', 'in_doubt'].includes(message.state)) message.leaseUntil = this.world.now + leaseMs; // prettier-ignore
    }
  }

  sweep(): void {
    for (const message of this.messages) {
      if (message.leaseUntil >= this.world.now) continue;
      if (message.state === 'claimed') this.move(message, 'ready');
      if (message.state === 'in_flight') {
        const posting = this.postings.get(message.postingKey!)!;
        if (this.teeth.has('intent-kept')) {
          this.move(message, 'ready');
          posting.state = 'rejected';
          continue;
        }
        this.move(message, 'in_doubt');
        posting.state = 'in_doubt';
        // Whoever had it may have sent it as late as its lease allowed.
        message.dueAt = message.leaseUntil + posting.quietMs;
      }
      if (message.state === 'waiting' && this.postings.get(message.dependsOn!)?.state !== 'in_flight' && this.postings.get(message.dependsOn!)?.state !== 'in_doubt') this.move(message, 'ready'); // prettier-ignore
    }
  }

  /** A person looks at what stopped and sends it again. */
  replayStopped(): void {
    for (const message of this.messages.filter((m) => m.state === 'exception')) {
      this.move(message, 'ready');
      message.failures = 0;
      message.unclear = 0;
    }
  }

  async intend(wave: readonly Waiting[], target: Target): Promise<Intended[]> {
    return this.committed(() =>
      wave.map(({ journey }): Intended => {
        const identity = identityOf(journey, target);
        const key = postingKey(identity);
        const message = this.find(journey.row.id);
        if (message.epoch !== journey.row.epoch || message.state !== 'claimed') throw new Error('fenced');
        const acted = identity.effect === 'void' ? original(this.postings.get(postingKey({ ...identity, effect: 'create' })), identity) : undefined; // prettier-ignore
        const stopped = endingOf(acted);
        if (stopped) return { journey, ending: stopped };
        const known = this.postings.get(key);
        const taken = known ? meet(known, journey, target) : { postingId: key, attempt: 1 };
        if ('ending' in taken) return { journey, ending: taken.ending };
        const quietMs = this.teeth.has('quiet-time') ? 0 : quietMsOf(target);
        this.postings.set(key, { ...blankPosting(key, journey, target), attempt: taken.attempt, sentAt: this.world.now, quietMs, doubtful: known?.doubtful ?? false }); // prettier-ignore
        this.move(message, 'in_flight');
        message.postingKey = key;
        message.attempts += 1;
        const request = { effect: identity.effect, key, document: {}, attempt: taken.attempt };
        return { intent: { journey, postingId: key, attemptId: `${message.id}-${message.attempts}`, request } };
      }),
    );
  }

  async settle(ended: readonly Ended[]): Promise<void> {
    await this.committed(() => {
      for (const one of ended) this.settleOne(one);
    });
  }

  private settleOne({ journey, ending }: Ended): void {
    const message = this.find(journey.row.id);
    if (message.epoch !== journey.row.epoch || !['claimed', 'in_flight', 'in_doubt'].includes(message.state)) return;
    const own = message.postingKey === undefined ? undefined : this.postings.get(message.postingKey);
    const posting = own?.message_id === message.id && ['in_flight', 'in_doubt'].includes(own.state) ? own : undefined;
    this.move(message, ending.to);
    message.leaseUntil = 0;
    message.unclear = journey.row.unclear;
    switch (ending.to) {
      case 'posted':
        if (!ending.hub) Object.assign(this.postings.get(ending.key)!, { state: 'posted', document_id: ending.receipt.documentId });
        break;
      case 'ready':
        message.dueAt = this.world.now + ending.afterMs;
        if (ending.counts) message.failures += 1;
        if (posting && ending.doubt === 'same-key') Object.assign(posting, { state: 'in_doubt', doubtful: true });
        else if (posting && !(posting.doubtful && !ending.doubt)) posting.state = 'rejected';
        break;
      case 'in_doubt':
        message.dueAt = this.world.now + (this.teeth.has('quiet-time') ? 0 : ending.quietMs);
        if (posting) posting.state = 'in_doubt';
        break;
      case 'exception':
        if (posting && ending.facts.code !== 'TARGET_UNCLEAR') posting.state = 'rejected';
        for (const later of this.of(message.key)) if (later.seq > message.seq && later.state === 'ready') this.move(later, 'blocked'); // prettier-ignore
        this.withdraw(message.key);
        break;
      case 'waiting':
        message.dependsOn = ending.dependsOn;
        break;
      case 'held':
        throw new Error('nothing in the model asks for an approval');
      case 'skipped':
      case 'duplicate':
      case 'superseded':
        break;
    }
    if (isFinal(message.state)) for (const later of this.of(message.key)) if (later.state === 'blocked') this.move(later, 'ready');
  }

  /** The request of a doubt, and how long ago it was sent. */
  doubtful(id: string) {
    const message = this.find(id);
    const posting = this.postings.get(message.postingKey!)!;
    return { postingId: posting.id, request: { effect: message.effect, key: posting.external_key, document: {}, attempt: posting.attempt }, sentMsAgo: this.world.now - posting.sentAt }; // prettier-ignore
  }

  private withdraw(key: string): void {
    const live = this.of(key).filter((m) => !isFinal(m.state));
    const voidAt = live.findIndex((m) => m.effect === 'void' && ['ready', 'blocked'].includes(m.state));
    if (voidAt <= 0) return;
    const before = live.slice(0, voidAt);
    if (before.some((m) => !['ready', 'blocked', 'exception', 'waiting'].includes(m.state))) return;
    if (before.some((m) => m.postingKey !== undefined && ['in_flight', 'in_doubt'].includes(this.postings.get(m.postingKey)!.state)))
      return;
    for (const message of [...before, live[voidAt]!]) this.move(message, 'superseded');
  }

  private lease(message: ModelMessage, state: MessageState): ModelMessage {
    if (message.state !== state) this.move(message, state);
    message.epoch += 1;
    message.leaseUntil = this.world.now + leaseMs;
    return { ...message };
  }

  private move(message: ModelMessage, to: MessageState): void {
    if (message.state === to && to === 'in_doubt') return;
    if (!mayMove(message.state, to)) throw new Error(`the model moved ${message.id} from ${message.state} to ${to}`);
    message.state = to;
    if (to === 'ready') message.dueAt = this.world.now;
  }

  of(key: string): readonly ModelMessage[] {
    return this.ofKey.get(key) ?? [];
  }

  private find(id: string): ModelMessage {
    return this.messages[Number(id.slice(4)) - 1]!;
  }

  /** A transaction: it takes time, may fail, and may be done although its caller hears that it failed. */
  private async committed<T>(work: () => T): Promise<T> {
    await this.world.sleep(this.chance.between(1, 8));
    if (this.chance.happens(this.trouble)) throw new Error('the connection to the database was lost');
    const result = work();
    await this.world.sleep(this.chance.between(0, 3));
    if (this.chance.happens(this.trouble)) throw new Error('the answer to COMMIT was lost');
    return result;
  }
}

const blankPosting = (key: string, journey: Journey, target: Target): Omit<ModelPosting, 'attempt' | 'sentAt' | 'quietMs' | 'doubtful'> => ({
  id: key,
  state: 'in_flight',
  message_id: journey.row.id,
  connection: target.connection,
  external_key: key,
  document_id: null,
  document_number: null,
  receipt: null,
  amount: null,
  currency: null,
  created_at: new Date(0),
  waived_in_doubt: false,
}); // prettier-ignore
