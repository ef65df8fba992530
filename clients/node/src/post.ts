import type { BatchAnswer, Waiting } from './event.js';

/** What a try came to, by what happens next. */
export type Verdict =
  | { is: 'answered'; answer: BatchAnswer }
  /** Nothing of it was stored, and no try will be: the batch, the key or the address is wrong. */
  | { is: 'refused'; status: number; code: string; detail: string; path: string }
  /** It may or may not have been stored. */
  | { is: 'again'; why: string; afterMs: number | undefined };

export interface PostOptions {
  url: string;
  apiKey: string;
  timeoutMs: number;
  fetch: typeof fetch;
  now: () => Date;
}

const afterMax = 3_600_000;

/** One try. Never throws. */
export async function post(batch: readonly Waiting[], { url, apiKey, timeoutMs, fetch, now }: PostOptions): Promise<Verdict> {
  let response: Response;
  try {
    response = await fetch(new URL('v1/usage/events', url.endsWith('/') ? url : `${url}/`), {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/cloudevents-batch+json', accept: 'application/json' },
      body: `[${batch.map(({ text }) => text).join(',')}]`,
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    const body = (await response.json().catch(() => undefined)) as Record<string, unknown> | undefined;
    if (response.status === 202 && isAnswer(body)) return { is: 'answered', answer: body };
    const {
      code = `HTTP_${response.status}`,
      detail = `The engine answered ${response.status}.`,
      remedy,
      path = '',
    } = (body ?? {}) as Record<string, string>;
    // A success that is no answer comes of something in between; so may a 5xx. The same goes again, and is counted once.
    if (response.ok || response.status >= 500 || response.status === 429 || response.status === 408)
      return { is: 'again', why: `${code}: ${detail}`, afterMs: retryAfterMs(response.headers.get('retry-after'), now) };
    return { is: 'refused', status: response.status, code, detail: remedy ? `${detail} ${remedy}` : detail, path };
  } catch (error) {
    const { message, cause } = error as Error;
    return { is: 'again', why: cause instanceof Error ? `${message}: ${cause.message}` : message, afterMs: undefined };
  }
}

const isAnswer = (body: unknown): body is BatchAnswer =>
  typeof body === 'object' &&
  body !== null &&
  typeof (body as BatchAnswer).accepted === 'number' &&
  Array.isArray((body as BatchAnswer).rejected);

/** `Retry-After` in seconds or as a date. */
export function retryAfterMs(header: string | null, now: () => Date): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now().getTime();
  return Number.isFinite(ms) ? Math.min(afterMax, Math.max(0, ms)) : undefined;
}
