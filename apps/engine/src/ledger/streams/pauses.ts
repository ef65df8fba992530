import { isConnectorFailure, isTransportFailure } from '@waybill/sdk';
import { isProblem } from '../../platform/problems/index.js';
import { limits } from './limits.js';

/** How long a stream rests after so many failures in a row. What only a person can mend is looked at once a minute. Pure. */
export function pauseAfter(error: unknown, failures: number): number {
  if (isConnectorFailure(error)) {
    const { recovery, retryAfterMs } = error.facts;
    if (recovery === 'unauthorized' || recovery === 'misconfigured') return limits.pauseMsMax;
    if (recovery === 'throttled' && retryAfterMs !== undefined) return Math.min(retryAfterMs, limits.pauseMsMax);
  }
  return Math.min(limits.pauseMsMax, limits.pauseMsMin * 2 ** Math.min(failures, 16));
}

/** Failures that say what they are; anything else is a mistake of ours, and its words are for the log. */
export const isTold = (error: unknown): error is Error => isConnectorFailure(error) || isTransportFailure(error) || isProblem(error);
