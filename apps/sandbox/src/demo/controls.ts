import type { Calendar } from './story.js';

export interface ControlOptions {
  engine: string;
  apiKey: string;
  calendar: Calendar;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
}

const roundMs = 5_000;
/** Until the burst has gone through the engine; a slow machine shows the rest as timing. */
const roundsMax = 36;

/**
 * Runs the demo's controls once over the months of the story, as soon as the burst has gone through the engine, so that a visitor sees a board without waiting
 * for the morning. What the bookkeeper entered by hand and what has stopped are its gaps. Controls of usage wait until a first day of it was sealed.
 */
export async function runControls({ engine, apiKey, calendar, sleep, signal }: ControlOptions): Promise<void> {
  const call = async <T>(path: string, body?: unknown): Promise<{ status: number; answer: T }> => {
    const response = await fetch(`${engine}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${apiKey}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
    });
    return { status: response.status, answer: (await response.json()) as T };
  };
  let before = -1;
  for (let round = 0; round < roundsMax && !signal.aborted; round += 1) {
    await sleep(roundMs, signal);
    if (signal.aborted) return;
    const { answer } = await call<{ numbers?: { received: number; underway: number } }>('/v1/overview?hours=168');
    const { received, underway } = answer.numbers ?? { received: 0, underway: 0 };
    // Some wait for days, so it is never nothing for long: it goes down no more.
    if (received > 0 && before >= 0 && underway >= before) break;
    before = received > 0 ? underway : -1;
  }
  const { answer } = await call<{ items: { name: string; compare: string }[] }>('/v1/controls');
  const run = async (controls: readonly { name: string }[]) => {
    for (const period of monthsOf(calendar))
      for (const { name } of controls)
        for (let tries = 0; tries < roundsMax && !signal.aborted; tries += 1) {
          const { status } = await call(`/v1/controls/${name}/runs`, { period });
          if (status < 300) break;
          if (status !== 409) throw new Error(`The control ${name} could not be run: ${status}`);
          await sleep(1_000, signal); // it runs by its schedule, or over the month before
        }
  };
  await run(answer.items.filter(({ compare }) => compare !== 'usage'));
  for (let round = 0; round < roundsMax && !signal.aborted; round += 1) {
    const sealed = await call<{ items: unknown[] }>('/v1/usage/summaries?state=sealed&limit=1');
    await sleep(roundMs, signal); // what was sealed is sent meanwhile
    if (sealed.answer.items.length > 0) break;
  }
  if (!signal.aborted) await run(answer.items.filter(({ compare }) => compare === 'usage'));
}

/** The month before the present of the story, then its present. */
function monthsOf({ burstEnd }: Calendar): string[] {
  const at = new Date(burstEnd * 1000);
  return [-1, 0].map((back) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + back, 1)).toISOString().slice(0, 7));
}
