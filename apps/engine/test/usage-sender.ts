import type { Bench } from './test-bench.js';
import { adminKey } from './test-bench.js';

let made = 0;

/** A CloudEvent of usage, with an id of its own unless one is given. */
export const usage = (more: Record<string, unknown> = {}): Record<string, unknown> => {
  made += 1;
  return {
    specversion: '1.0',
    id: `use-${made}`,
    source: '/gateways/eu-1',
    type: 'api.calls',
    subject: 'acme',
    time: '2026-11-20T08:00:00Z',
    data: { calls: 12, region: 'eu' },
    ...more,
  };
};

export interface UsageAnswer {
  status: number;
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: {
    index: number;
    id: string | null;
    code: string;
    path: string;
    detail: string;
    problems?: { code: string; path: string; detail: string }[];
    first?: string;
  }[];
  problems?: { code: string; path: string; detail: string }[];
  code?: string;
  path?: string;
  detail?: string;
  remedy?: string;
  retryAfter: string | null;
}

export const types = {
  one: 'application/cloudevents+json',
  batch: 'application/cloudevents-batch+json',
  lines: 'application/x-ndjson',
};

/** What the door says to a body, whatever it is. */
export async function sendRaw(
  bench: Pick<Bench, 'api'>,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<UsageAnswer> {
  const response = await fetch(`${bench.api.url}/v1/usage/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, ...headers },
    body,
  });
  return { ...((await response.json()) as UsageAnswer), status: response.status, retryAfter: response.headers.get('retry-after') };
}

export const send = (bench: Pick<Bench, 'api'>, event: unknown) => sendRaw(bench, JSON.stringify(event), { 'content-type': types.one });
export const sendBatch = (bench: Pick<Bench, 'api'>, events: readonly unknown[]) =>
  sendRaw(bench, JSON.stringify(events), { 'content-type': types.batch });
