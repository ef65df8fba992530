import { setTimeout as sleep } from 'node:timers/promises';

/** A refusal of the installation, or that it cannot be reached: a sentence for the person at the keyboard. */
export class Refused extends Error {
  constructor(
    message: string,
    /** Where the installation says so. */
    readonly code?: string,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

interface Sent {
  method?: 'GET' | 'PUT' | 'POST';
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
}

const triesMax = 5;
const waitSecondsMax = 30;

/** The HTTP API of an installation, with a key. What it says to try again later is tried again, up to five times. */
export class Caller {
  constructor(
    readonly url: string,
    private readonly key: string,
  ) {}

  async call<T>(path: string, { method = 'GET', query = {}, body }: Sent = {}): Promise<T> {
    const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const address = `${this.url}${path}${given.length > 0 ? `?${new URLSearchParams(given).toString()}` : ''}`;
    for (let tried = 1; ; tried += 1) {
      const response = await this.send(address, method, body);
      if (response.ok) return (await response.json()) as T;
      if ((response.status === 429 || response.status === 503) && tried < triesMax) {
        await response.body?.cancel();
        await sleep(Math.min(Number(response.headers.get('retry-after')) || 1, waitSecondsMax) * 1_000);
        continue;
      }
      throw await refusal(response, `${method} ${path}`);
    }
  }

  /** Every page of a list. */
  async all<T>(path: string, query: Sent['query'] = {}): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.call<{ items: T[]; next: string | null }>(path, { query: { ...query, cursor } });
      items.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return items;
  }

  private async send(address: string, method: string, body: unknown): Promise<Response> {
    try {
      return await fetch(address, {
        method,
        headers: { authorization: `Bearer ${this.key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(120_000),
        redirect: 'error',
      });
    } catch (error) {
      const { cause } = error as { cause?: { code?: string; message?: string } };
      throw new Refused(`${this.url} cannot be reached: ${cause?.code ?? cause?.message ?? (error as Error).message}`);
    }
  }
}

interface ToldProblem {
  code?: string;
  detail?: string;
  remedy?: string;
  problems?: { path?: string; detail: string; line?: number }[];
}

async function refusal(response: Response, asked: string): Promise<Refused> {
  const text = await response.text();
  let told: ToldProblem;
  try {
    told = JSON.parse(text) as ToldProblem;
  } catch {
    return new Refused(`${asked}: ${response.status} ${text.slice(0, 200)}`); // not the engine, or something before it
  }
  const more = (told.problems ?? []).slice(0, 20).map(({ path, detail, line }) => `\n    ${line === undefined ? '' : `line ${line}  `}${path ?? ''}  ${detail}`); // prettier-ignore
  return new Refused(`${told.detail ?? `${asked}: ${response.status}`}${told.remedy ? ` ${told.remedy}` : ''}${more.join('')}`, told.code);
}
