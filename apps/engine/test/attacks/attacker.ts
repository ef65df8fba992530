import type { Operation } from './contract.js';

export interface Shot {
  path?: Record<string, string>;
  /** As it stands after the `?`. */
  query?: string;
  body?: unknown;
  raw?: { type: string; text: string };
}

export interface Answer {
  status: number;
  text: string;
  code: string | undefined;
}

const streamMs = 400;
const triesMax = 20;

/** Calls operations as one key holder, by their address in the document. */
export class Attacker {
  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string>,
  ) {}

  /** Of hundreds at once some hear that the engine is busy; they ask again, and are told on when it stays so. */
  async fire(operation: Operation, shot: Shot = {}): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.once(operation, shot);
      if (answer.code !== 'UNAVAILABLE' || tries === triesMax) return answer;
    }
  }

  private async once(operation: Operation, shot: Shot): Promise<Answer> {
    const address = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(shot.path?.[name] ?? 'nothing-of-this-name'),
    );
    const body = shot.raw?.text ?? (shot.body === undefined ? undefined : JSON.stringify(shot.body));
    const type = shot.raw?.type ?? 'application/json';
    const streams = operation.produces === 'text/event-stream';
    const response = await fetch(`${this.url}${address}${shot.query ? `?${shot.query}` : ''}`, {
      method: operation.method,
      // A page of ours sends it; without it the routes of a sign-in refuse before what is attacked here is looked at.
      headers: { 'x-waybill-request': 'attack', ...this.headers, ...(body === undefined || type === '' ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: type === '' ? new Blob([body]) : body }),
      ...(streams ? { signal: AbortSignal.timeout(60_000) } : {}),
    });
    const text = streams && response.ok ? await listen(response) : await response.text();
    return { status: response.status, text, code: codeIn(text) };
  }
}

/** What a stream says in its first moments. */
async function listen(response: Response): Promise<string> {
  const reader = response.body!.getReader();
  const chunks: string[] = [];
  const until = Date.now() + streamMs;
  while (Date.now() < until) {
    const late = new Promise<undefined>((done) => setTimeout(() => done(undefined), until - Date.now()));
    const next = await Promise.race([reader.read(), late]);
    if (!next || next.done) break;
    chunks.push(Buffer.from(next.value as Uint8Array).toString());
  }
  await reader.cancel();
  return chunks.join('');
}

function codeIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { code?: string }).code;
  } catch {
    return undefined;
  }
}

/** Runs many with so many at once, and gives back what each brought. */
export async function all<T, R>(items: readonly T[], work: (item: T) => Promise<R>, atOnce = 12): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const walk = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, walk));
  return results;
}
