import { postingKey, type Receipt } from '@waybill/sdk';
import type { Permit, Taken } from '../../catalog/index.js';
import type { Exchange } from '../../platform/egress/index.js';
import { failPoint } from '../../platform/failpoints/index.js';
import type { EvaluationItem, EvaluationResult } from '../../platform/mapping-runtime/index.js';
import { onJourney } from '../expressions.js';
import { mappingException, stop, type Ended, type Journey } from '../journey.js';
import { callOf, failedCall } from './failures.js';
import { Gathering } from './gathering.js';
import { bookedEnding } from './booked.js';
import { quietMsOf, type Target } from './meeting.js';
import type { Intent, PostingStore, Waiting } from './postings.store.js';

export interface SendTools {
  evaluate(items: EvaluationItem[]): Promise<EvaluationResult[]>;
  postings: PostingStore;
  /** Permits for at most so many calls, within the budget of the connection; none while it rests. */
  take(target: Target, wanted: number): Promise<Taken>;
  /** One call; exchanges are recorded into the list. */
  call(target: Target, intent: Intent, permit: Permit, exchanges: Exchange[]): Promise<Receipt>;
  pause(ms: number): Promise<void>;
  /** Writes what ended; called for each wave, so that what is known is never lost with what is not. */
  settle(ended: Ended[]): Promise<void>;
}

/** Others have all the calls just now: it comes back after this. */
const comeBackMs = 500;
/** How long free slots and known answers wait for others to share a transaction with; only while calls are under way. */
const gatherMs = 8;

/**
 * Posts a batch with as many calls under way as the connection takes at once. Whenever slots are free their intents are committed together,
 * the calls go out, and what ended meanwhile is settled together: round trips grow with waves, not with messages.
 */
export async function sendToConnection(journeys: readonly Journey[], target: Target, tools: SendTools): Promise<void> {
  const { ready, ended } = await readyToSend(journeys, target, tools);
  if (ended.length > 0) await tools.settle(ended);
  const width = Math.max(1, target.concurrency);
  const underway = new Set<Promise<void>>();
  const settled = new Gathering<Ended>({
    doTogether: (together) => tools.settle(together),
    moreComes: (known) => known < underway.size,
    pause: () => tools.pause(gatherMs),
  });
  const waiting = [...ready];
  let failure: { error: unknown } | undefined;
  const follow = (end: Promise<Ended>) => {
    const work: Promise<void> = end
      .then((one) => settled.add(one))
      .catch((error: unknown) => void (failure ??= { error }))
      .finally(() => underway.delete(work));
    underway.add(work);
  };
  while (waiting.length > 0 && !failure) {
    // A wave is worth a transaction: a quarter of the slots, or all that is left. Where calls end quickly, more are free a moment later.
    const free = () => width - underway.size;
    if (free() < Math.min(Math.ceil(width / 4), waiting.length)) {
      await Promise.race(underway);
      continue;
    }
    if (free() < Math.min(width, waiting.length)) await tools.pause(gatherMs);
    const { permits, restMs, why } = await tools.take(target, Math.min(free(), waiting.length));
    if (permits.length === 0 && underway.size > 0 && restMs <= 0) {
      await Promise.race(underway);
      continue;
    }
    if (permits.length === 0) {
      const back = { to: 'ready', reason: `${target.connection} is not called now: ${why}`, afterMs: Math.max(restMs, comeBackMs), counts: false } as const; // prettier-ignore
      await tools.settle(waiting.splice(0).map(({ journey }) => stop(journey, back)));
      break;
    }
    try {
      const wave = await tools.postings.intend(waiting.splice(0, permits.length), target);
      await failPoint('send.intended');
      for (const entry of wave)
        follow('intent' in entry ? post(entry.intent, permits.pop()!, target, tools) : Promise.resolve(stop(entry.journey, entry.ending)));
    } catch (error) {
      failure ??= { error };
    } finally {
      for (const permit of permits) permit.giveBack();
    }
  }
  await Promise.all(underway);
  if (failure) throw failure.error;
}

async function post(intent: Intent, permit: Permit, target: Target, tools: SendTools): Promise<Ended> {
  const exchanges: Exchange[] = [];
  try {
    const receipt = await tools.call(target, intent, permit, exchanges);
    const booking = { postingId: intent.postingId, key: intent.request.key, receipt };
    return stop(intent.journey, bookedEnding(intent.journey, target, booking), {
      attemptId: intent.attemptId,
      outcome: 'posted',
      exchanges,
    });
  } catch (error) {
    const failed = failedCall(intent.journey, error, {
      connection: target.connection,
      once: target.operation.writes === 'once',
      quietMs: quietMsOf(target),
    });
    return stop(intent.journey, failed.ending, callOf(intent.attemptId, failed.call, exchanges));
  }
}

/** Leaves out what the operation cannot do, and finds what each message must wait for. */
export async function readyToSend(
  journeys: readonly Journey[],
  target: Target,
  tools: Pick<SendTools, 'evaluate'>,
): Promise<{ ready: Waiting[]; ended: Ended[] }> {
  const ended: Ended[] = [];
  const able = journeys.filter((journey) => {
    if (target.operation.effects.includes(journey.row.effect)) return true;
    ended.push(stop(journey, cannot(journey, target)));
    return false;
  });
  const asked = able.flatMap((journey) => journey.release.definition.waitFor.map((wait) => ({ journey, wait })));
  const answers = await tools.evaluate(asked.map(({ journey, wait }) => onJourney(journey, wait.key, 'source')));
  const ready = able.flatMap((journey) => {
    const waits: { key: string; name: string; withinMs: number }[] = [];
    for (const [index, { journey: of, wait }] of asked.entries()) {
      if (of !== journey) continue;
      const answer = answers[index]!;
      if ('failure' in answer) {
        ended.push(stop(journey, { to: 'exception', facts: mappingException(journey, answer.failure, 'waitFor') }));
        return [];
      }
      const id = 'text' in answer ? (JSON.parse(answer.text) as unknown) : null;
      if (typeof id !== 'string' || id === '') continue;
      const kind = wait.posted.split('@')[0]!;
      waits.push({
        key: postingKey({
          ledger: target.ledger,
          effect: 'create',
          sourceSystem: journey.row.sourceSystem,
          kind,
          sourceId: id,
          effectNumber: 1,
        }),
        name: `${kind} ${id}`,
        withinMs: wait.withinMs,
      });
    }
    return [{ journey, waits }];
  });
  return { ready, ended };
}

function cannot(journey: Journey, target: Target) {
  const { effect } = journey.row;
  return {
    to: 'exception' as const,
    facts: {
      category: 'posting-rejection' as const,
      code: 'EFFECT_UNKNOWN',
      cause: `The operation ${target.operationName} of ${target.connection} cannot ${effect === 'create' ? 'create' : effect === 'void' ? 'reverse' : effect} documents.`,
      causeKey: `${target.connection} ${target.operationName} cannot ${effect}`,
      remedy: `Do it by hand in ${target.connection}, then resolve the exception.`,
      fix: { kind: 'target' as const, connection: target.connection },
    },
  };
}
