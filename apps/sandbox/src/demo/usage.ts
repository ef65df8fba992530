import { seededAt } from '../random.js';
import type { Sandbox } from '../sandbox.js';

/** The meter of the demo: its periods are days, so that a visitor sees one sealed without waiting for the end of a month. */
export const demoMeter = `meter: api-calls
description: Calls of the API by batch jobs, which the product reports to Waybill and nobody else
events: [api.call]
where: { /billable: true }
aggregate: sum
value: /calls
unit: call
period: { every: day, timeZone: UTC }
late: next-period
sealAfter: 1h
`;

/** Who runs batch jobs. Nobody is known to pay for the last: it stands in the list of what is unattributed. */
export const jobs = ['globex-production', 'umbrella-production', 'rainier-production', 'hooli-staging'] as const;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

interface CloudEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  data: { calls: number; billable: boolean };
}

/** What the jobs did on a day, hour by hour: the same whenever it is asked for, so that sending it again sends duplicates. */
export function usageOfDay(seed: string, day: string): CloudEvent[] {
  return jobs.flatMap((subject) =>
    Array.from({ length: 24 }, (_, hour): CloudEvent => {
      const place = `${subject}/${day}/${String(hour).padStart(2, '0')}`;
      return {
        specversion: '1.0',
        id: place,
        source: '/northwind/batch',
        type: 'api.call',
        subject,
        time: new Date(Date.parse(`${day}T00:00:00Z`) + hour * hourMs + Math.floor(hourMs * seededAt(seed, place))).toISOString(),
        datacontenttype: 'application/json',
        data: { calls: Math.floor(200 + 3_000 * seededAt(seed, `${place}/calls`)), billable: hour !== 3 },
      };
    }),
  );
}

export interface UsageOptions {
  engine: string;
  apiKey: string;
  sandbox: Sandbox;
  /** The day before the story's present: usage begins when the sandbox's clock has passed it. */
  from: Date;
  seed?: string;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
}

/** Sends the usage of each day when the sandbox's clock has passed it: to the engine, by the API that a product would use. Ends with the signal. */
export async function reportUsage({ engine, apiKey, sandbox, from, seed = 'northwind', sleep, signal }: UsageOptions): Promise<void> {
  let next = Date.parse(`${from.toISOString().slice(0, 10)}T00:00:00Z`);
  while (!signal.aborted) {
    if (sandbox.clock.now().getTime() < next + dayMs) {
      await sleep(2_000, signal);
      continue;
    }
    const response = await fetch(`${engine}/v1/usage/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(usageOfDay(seed, new Date(next).toISOString().slice(0, 10))),
      signal,
    });
    // Sent again, whatever became of it: what came before is a duplicate.
    if (response.status >= 500 || response.status === 429) await sleep(5_000, signal);
    else if (!response.ok) throw new Error(`The usage was refused: ${response.status} ${await response.text()}`);
    else next += dayMs;
  }
}
