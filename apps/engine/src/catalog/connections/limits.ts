import type { Limits } from '@waybill/sdk';

/** What an operator set for one connection; what is left out is as the connector says. */
export interface OwnLimits {
  /** Calls at the same time, over all flows and processes. */
  concurrency?: number;
  perSecond?: number;
  /** Requests in one day of UTC. */
  perDay?: number;
}

export const limitNames = ['concurrency', 'perSecond', 'perDay'] as const satisfies readonly (keyof OwnLimits)[];

/** The limits that hold: the operator's where there are any, else the connector's. */
export function limitsInForce(usual: Limits, own: OwnLimits): { concurrency: number; perSecond?: number; perDay?: number } {
  const perSecond = own.perSecond ?? usual.perSecond;
  const perDay = own.perDay ?? usual.perDay;
  return {
    concurrency: own.concurrency ?? usual.concurrency,
    ...(perSecond === undefined ? {} : { perSecond }),
    ...(perDay === undefined ? {} : { perDay }),
  };
}
