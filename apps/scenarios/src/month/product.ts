import type { Dice } from '@waybill/faults';
import type { UsageCorrection, UsageEvent } from '../oracle/usage.js';
import type { Customer } from './company.js';

const dayMs = 86_400_000;

/** What the customers' programs did in a month: some calls on most days, never in the first hours, in which the subscriptions begin. */
export function usageOf(month: string, customers: readonly Customer[], dice: Dice): UsageEvent[] {
  const first = Date.parse(`${month}-02T00:00:00Z`);
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate() - 1;
  return customers.flatMap(({ subject }) => {
    if (subject === undefined) return [];
    const own = dice.fork(`usage/${month}/${subject}`);
    return Array.from({ length: days }, (_, day) => day)
      .filter(() => own.chance(0.8))
      .map((day): UsageEvent => ({
        id: `${subject}/${month}/${day}`,
        subject,
        time: new Date(first + day * dayMs + own.whole(0, dayMs - 1)).toISOString(),
        calls: own.whole(1, 2_000),
      }));
  });
}

/** What turns out later to have been counted wrong. */
export function mistakesIn(events: readonly UsageEvent[], dice: Dice): UsageCorrection[] {
  const own = dice.fork('mistakes');
  return events.filter(() => own.chance(0.05)).map(({ id, calls }) => ({ of: id, calls: calls + own.whole(1, 500) }));
}

/** One of the batches that a product sends: CloudEvents. */
export const asCloudEvents = (events: readonly UsageEvent[]): object[] =>
  events.map(({ id, subject, time, calls }) => ({
    specversion: '1.0', id, source: '/product', type: 'api.call', subject, time, datacontenttype: 'application/json', data: { calls },
  })); // prettier-ignore

export const meter = `meter: api-calls
description: Calls that the programs of customers made
events: [api.call]
aggregate: sum
value: /calls
unit: call
period: { every: month, timeZone: UTC }
late: next-period
`;
