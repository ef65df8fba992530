import { isConnectorFailure, isTransportFailure, type Receipt, type SendRequest } from '@waybill/sdk';
import { isResting } from '../../catalog/index.js';
import { stop, type Ended, type Journey } from '../journey.js';
import { bookedEnding } from './booked.js';
import type { Target } from './meeting.js';

export interface DoubtTools {
  doubtful(messageId: string): Promise<{ postingId: string; request: SendRequest; sentMsAgo: number } | undefined>;
  /** Looks up by our key; null means certainly absent. */
  find(target: Target, request: SendRequest): Promise<Receipt | null>;
}

/** Look-ups that decide nothing before a person is asked. */
export const unclearMax = 3;

/**
 * The end of a doubt. Found: it is posted, and always was. Certainly absent: it may be sent again under the same key. No answer: asked
 * again later, however long the target is away. An answer that decides nothing, three times: a person looks.
 */
export async function resolveDoubt(journey: Journey, target: Target, tools: DoubtTools): Promise<Ended> {
  journey.stage = 'send';
  const doubtful = await tools.doubtful(journey.row.id);
  if (doubtful && journey.row.unclear < unclearMax && remembers(target, doubtful.sentMsAgo)) {
    journey.row.unclear += 1;
    return stop(journey, {
      to: 'ready',
      reason:
        target.operation.idempotency.mode === 'at-least-once'
          ? 'the answer was lost; it is sent again under the same id, by which whoever reads it folds it'
          : `the answer was lost; it is sent again under the same key, which ${target.connection} still remembers`,
      afterMs: 0,
      counts: true,
      doubt: 'same-key',
    });
  }
  if (!doubtful || !target.operation.find) return stop(journey, unclear(journey, target, 'there is no way to look it up'));
  try {
    const receipt = await tools.find(target, doubtful.request);
    if (receipt)
      return stop(
        journey,
        bookedEnding(
          journey,
          target,
          { postingId: doubtful.postingId, key: doubtful.request.key, receipt },
          'found in the target after a lost answer',
        ),
      );
    return stop(journey, {
      to: 'ready',
      reason: 'looked up after a lost answer: it is not there, so it is sent again',
      afterMs: 0,
      counts: true,
      doubt: 'absent',
    });
  } catch (error) {
    if (isResting(error)) return stop(journey, later(`it cannot be looked up: ${error.message}`, error.retryAfterMs));
    const away =
      isTransportFailure(error) || (isConnectorFailure(error) && ['retryable', 'throttled', 'unauthorized'].includes(error.facts.recovery));
    const message = (error as Error).message;
    if (away)
      return stop(
        journey,
        later(`it could not be looked up: ${message}`, isConnectorFailure(error) ? (error.facts.retryAfterMs ?? 5_000) : 5_000),
      );
    journey.row.unclear += 1;
    if (journey.row.unclear < unclearMax)
      return stop(journey, later(`a look-up did not decide it: ${message}`, 10_000 * journey.row.unclear));
    return stop(journey, unclear(journey, target, message));
  }
}

/**
 * Within the life of its key a repeat is no second document; a tenth of the time is left for clocks and for the call itself. Where a repeat is folded by
 * whoever reads it, it may always be sent again.
 */
const remembers = ({ operation: { idempotency } }: Target, sentMsAgo: number): boolean =>
  idempotency.mode === 'at-least-once' || (idempotency.mode === 'idempotency-key' && sentMsAgo < (idempotency.keyTtlMs ?? 0) * 0.9);

const later = (reason: string, quietMs: number) => ({
  to: 'in_doubt' as const,
  reason: `whether it was posted is unknown; ${reason}`,
  quietMs,
});

function unclear(journey: Journey, target: Target, why: string) {
  return {
    to: 'exception' as const,
    facts: {
      category: 'api-failure' as const,
      code: 'TARGET_UNCLEAR',
      cause: `Whether ${target.connection} has this document could not be found out: ${why}.`,
      causeKey: `${target.connection} unclear`,
      remedy: `Look in ${target.connection} for the external id; replay when it is not there, resolve when it is.`,
      fix: { kind: 'target' as const, connection: target.connection },
    },
  };
}
