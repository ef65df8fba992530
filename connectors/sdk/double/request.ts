import { isJsonBody, type HttpRequest, type HttpResponse } from '../src/http.js';

/** A request as a double sees it, whichever way it came. */
export interface DoubleRequest {
  method: string;
  /** Decoded as little as the vendor would: the path as it was sent. */
  path: string;
  query: Record<string, string>;
  /** Lower-case names. */
  headers: Record<string, string>;
  text: string;
  /** The body as it came. */
  bytes: Buffer;
  /** The body as data; undefined when it is no JSON. */
  json: unknown;
  /** The body's fields, when it is form-encoded. */
  form: Record<string, string>;
}

export interface DoubleResponse {
  status: number;
  headers?: Record<string, string>;
  /** Anything but text is sent as JSON. */
  body?: unknown;
}

export function requestOf(method: string, url: URL, headers: Record<string, string>, content: string | Buffer): DoubleRequest {
  const bytes = Buffer.from(content as string, 'utf8');
  const text = bytes.toString('utf8');
  const type = headers['content-type'] ?? '';
  return {
    method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    text,
    bytes,
    json: /json/.test(type) ? parsed(text) : undefined,
    form: /x-www-form-urlencoded/.test(type) ? Object.fromEntries(new URLSearchParams(text)) : {},
  };
}

/** What a connector asked its client for, as it would be on the wire. */
export function requestFrom({ method, url, query, headers = {}, body }: HttpRequest): DoubleRequest {
  const target = new URL(url);
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) target.searchParams.set(name, String(value));
  const json = isJsonBody(body);
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const all = json ? { 'content-type': 'application/json', ...lower } : lower;
  return requestOf(method, target, all, body === undefined ? '' : json ? JSON.stringify(body) : Buffer.from(body as string));
}

export function responseOf({ status, headers = {}, body }: DoubleResponse): HttpResponse {
  if (body === undefined || typeof body === 'string') return { status, headers, text: body ?? '' };
  return { status, headers: { 'content-type': 'application/json', ...headers }, text: JSON.stringify(body) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
