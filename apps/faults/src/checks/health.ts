import type { World } from '../supervisor/world.js';

/** What the API says of itself to whoever balances the load. */
export interface Readiness {
  http: number;
  queue: string | undefined;
  detail: string;
}

export async function readiness(world: World): Promise<Readiness> {
  const response = await fetch(`${world.apiUrl}/health/ready`, { signal: AbortSignal.timeout(5_000) });
  const body = (await response.json()) as { queue?: string; detail?: string };
  return { http: response.status, queue: body.queue, detail: body.detail ?? '' };
}

/** One metric of the API, by its name and labels as they stand in the text; 0 when it was never counted. */
export async function metric(world: World, name: string): Promise<number> {
  const text = await (await fetch(`${world.apiUrl}/metrics`, { signal: AbortSignal.timeout(5_000) })).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}
