import { createHmac } from 'node:crypto';

/** Billing as its customers' programs call it: forms in, JSON out. */
export class BillingClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  post<T = { id: string }>(path: string, form: Record<string, string> = {}): Promise<T> {
    return this.ask<T>('POST', path, new URLSearchParams(form).toString());
  }

  delete(path: string): Promise<unknown> {
    return this.ask('DELETE', path);
  }

  /** All objects of a list, oldest first. */
  async all<T extends { id: string }>(path: string): Promise<T[]> {
    const found: T[] = [];
    for (let after = ''; ;) {
      const page = await this.ask<{ data: T[]; has_more: boolean }>('GET', `${path}${path.includes('?') ? '&' : '?'}limit=100${after}`);
      found.push(...page.data);
      if (!page.has_more) return found.reverse();
      after = `&starting_after=${page.data.at(-1)!.id}`;
    }
  }

  private async ask<T>(method: string, path: string, body?: string): Promise<T> {
    const headers = { authorization: `Bearer ${this.key}`, 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(`${this.url}/billing${path}`, { method, headers, ...(body ? { body } : {}) });
    const text = await response.text();
    if (!response.ok) throw new Error(`billing: ${method} ${path} ${body ?? ''}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
}

/** The engine as an administrator calls it. */
export class EngineClient {
  constructor(
    readonly url: string,
    private readonly key: string,
  ) {}

  async call<T>(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown, type = 'application/json'): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(120_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`engine: ${method} ${path}: ${response.status} ${text.slice(0, 2_000)}`);
    return JSON.parse(text) as T;
  }

  /** All items of a list that pages by cursor. */
  async all<T>(path: string): Promise<T[]> {
    const found: T[] = [];
    for (let cursor = ''; ;) {
      const page = await this.call<{ items: T[]; next: string | null }>('GET', `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor}`);
      found.push(...page.items);
      if (!page.next) return found;
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }
  } // prettier-ignore

  /** Brings an event of billing to its door, signed as Stripe signs. */
  async deliver(event: object, secret: string): Promise<void> {
    const body = JSON.stringify(event);
    const at = Math.floor(Date.now() / 1_000);
    const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${at},v1=${signature}` };
    const response = await fetch(`${this.url}/v1/hooks/stripe`, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) });
    if (!response.ok) throw new Error(`engine: an event was refused: ${response.status} ${await response.text()}`);
  }
}

/** RFC 4180; the columns are those of the first row. */
export function csv(rows: readonly Record<string, string>[]): string {
  const header = Object.keys(rows[0] ?? {});
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [header.join(','), ...rows.map((row) => header.map((column) => cell(row[column] ?? '')).join(','))].join('\n');
}
