import { isConnectorFailure, isTransportFailure, type ExceptionCategory, type FailureFacts } from '@waybill/sdk';
import { isResting } from '../../catalog/index.js';
import type { Exchange } from '../../platform/egress/index.js';
import type { Call, Ending, ExceptionFacts, Journey } from '../journey.js';
import { backoffMs } from './backoff.js';

/** What a failed call means for its message. `unsure`: bytes may have left and no definite answer came. */
export interface Failed {
  ending: Ending;
  call: Omit<Call, 'attemptId' | 'exchanges'>;
}

const unreachableAfterMs = 2_000;

/**
 * Every failure of a call, by what happens next. `once`: the call may have made a document that must not be made twice, so everything
 * after the first byte without a definite answer is in doubt; reads and upserts are simply tried again.
 */
export function failedCall(journey: Journey, error: unknown, options: { connection: string; once: boolean; quietMs: number }): Failed {
  const { connection, once, quietMs } = options;
  if (isResting(error))
    return {
      ending: { to: 'ready', reason: error.message, afterMs: error.retryAfterMs, counts: false },
      call: { outcome: 'resting', detail: error.message },
    };
  if (isTransportFailure(error) && !error.sent) {
    const reason = `${connection} cannot be reached: ${error.message}; it is tried again until it answers`;
    if (error.code === 'blocked')
      return exception(journey, { recovery: 'misconfigured', code: 'egress-blocked', message: error.message }, connection);
    return {
      ending: { to: 'ready', reason, afterMs: unreachableAfterMs, counts: false },
      call: { outcome: 'retryable', code: error.code, detail: error.message },
    };
  }
  if (isTransportFailure(error))
    return once
      ? doubt(error.message, error.code, quietMs)
      : again(journey, { recovery: 'retryable', code: error.code, message: error.message }, connection);
  if (!isConnectorFailure(error))
    return once
      ? doubt(`the connector failed: ${(error as Error)?.message ?? String(error)}`, 'connector-error', quietMs)
      : again(journey, { recovery: 'retryable', code: 'connector-error', message: String((error as Error)?.message ?? error) }, connection);
  const { facts } = error;
  switch (facts.recovery) {
    case 'throttled':
      return {
        ending: {
          to: 'ready',
          reason: `${connection} asks to slow down: ${facts.message}`,
          afterMs: facts.retryAfterMs ?? 1_000,
          counts: false,
        },
        call: told(facts),
      };
    case 'retryable':
      return again(journey, facts, connection);
    case 'in-doubt':
      return once ? { ...doubt(facts.message, facts.code, quietMs), call: told(facts) } : again(journey, facts, connection);
    case 'rejected':
    case 'unauthorized':
    case 'misconfigured':
      return exception(journey, facts, connection);
  }
}

const told = ({ recovery, code, message, vendorWords, httpStatus }: FailureFacts): Failed['call'] => ({
  outcome: recovery,
  code,
  detail: message,
  ...(vendorWords === undefined ? {} : { vendorWords }),
  ...(httpStatus === undefined ? {} : { httpStatus }),
});

function doubt(message: string, code: string, quietMs: number): Failed {
  return {
    ending: { to: 'in_doubt', reason: `whether it was posted is unknown: ${message}; it will be looked up`, quietMs },
    call: { outcome: 'in-doubt', code, detail: message },
  };
}

function again(journey: Journey, facts: FailureFacts, connection: string): Failed {
  const { attempts, fromMs, toMs } = journey.release.definition.retry;
  const failures = journey.row.failures + 1;
  if (failures >= attempts) {
    const spent = {
      ...exceptionOf(facts, 'api-failure', connection),
      code: facts.code || 'TARGET_FAILED',
      remedy: facts.remedy ?? `Put ${connection} right, then replay; it was tried ${failures} times.`,
    };
    return { ending: { to: 'exception', facts: spent }, call: told(facts) };
  }
  const afterMs = facts.retryAfterMs ?? backoffMs({ fromMs, toMs, failures, id: journey.row.id });
  return { ending: { to: 'ready', reason: `${facts.message} (try ${failures} of ${attempts})`, afterMs, counts: true }, call: told(facts) };
}

function exception(journey: Journey, facts: FailureFacts, connection: string): Failed {
  const category = facts.recovery === 'rejected' ? (facts.category ?? 'posting-rejection') : 'api-failure';
  return { ending: { to: 'exception', facts: exceptionOf(facts, category, connection) }, call: told(facts) };
}

function exceptionOf(facts: FailureFacts, category: ExceptionCategory, connection: string): ExceptionFacts {
  const cure =
    facts.recovery === 'rejected'
      ? category === 'transformation'
        ? 'Correct the mapping, then replay.'
        : `Put it right in ${connection}, then replay.`
      : `Correct the settings of the connection ${connection}, then replay.`;
  return {
    category,
    code: facts.code,
    cause: facts.message,
    causeKey: `${connection} ${facts.cause ?? facts.code}`,
    remedy: facts.remedy ?? cure,
    ...(facts.vendorWords === undefined ? {} : { vendorWords: facts.vendorWords }),
    ...(facts.path === undefined ? {} : { path: facts.path }),
    fix: { kind: facts.recovery === 'rejected' ? 'target' : 'connection', connection },
  };
}

/** For stages that only read: enrich and accept. */
export function failedRead(journey: Journey, error: unknown, connection: string): { journey: Journey; ending: Ending } {
  return { journey, ending: failedCall(journey, error, { connection, once: false, quietMs: 0 }).ending };
}

export const callOf = (attemptId: string, failed: Failed['call'], exchanges: Exchange[]): Call => ({ attemptId, ...failed, exchanges });
