import { isJsonBody, TransportFailure, type HttpClient, type HttpRequest, type HttpResponse } from '../http.js';

/** Codes with which a connection ends before one byte of the request left. */
const neverSent: Record<string, string> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'refused',
};

/** A small HttpClient on `fetch` for tests against a target on this machine. The engine's own client does far more. */
export function fetchHttp(): HttpClient {
  return {
    async request({ method, url, query, headers = {}, body, timeoutMs = 30_000 }: HttpRequest): Promise<HttpResponse> {
      const target = new URL(url);
      for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) target.searchParams.set(name, String(value));
      const json = isJsonBody(body);
      try {
        const response = await fetch(target, {
          method,
          redirect: 'manual',
          headers: json ? { 'content-type': 'application/json', ...headers } : headers,
          ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as string) }),
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
      } catch (error) {
        throw transportFailure(error, `${method} ${target.origin}${target.pathname}`);
      }
    },
  };
}

function transportFailure(error: unknown, what: string): TransportFailure {
  const { name, cause } = error as { name?: string; cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError')
    return new TransportFailure({ sent: true, code: 'timeout', message: `${what}: no answer in time` }, { cause: error });
  const unsent = neverSent[cause?.code ?? ''];
  const message = `${what}: ${cause?.message ?? cause?.code ?? String(error)}`;
  return new TransportFailure({ sent: unsent === undefined, code: unsent ?? 'reset', message }, { cause: error });
}

/** Nobody listens: not one byte leaves. */
export function unreachableHttp(): HttpClient {
  return {
    request: ({ method, url }) =>
      Promise.reject(new TransportFailure({ sent: false, code: 'refused', message: `${method} ${url}: connection refused` })),
  };
}

/** Answers every request with the same response. */
export function answeringHttp(response: { status: number; headers?: Record<string, string>; text?: string }): HttpClient {
  return { request: () => Promise.resolve({ status: response.status, headers: response.headers ?? {}, text: response.text ?? '' }) };
}

/** A request for a token (RFC 6749) is a POST that changes no books. */
const asksForToken = ({ body }: HttpRequest): boolean => typeof body === 'string' && /(?:^|&)grant_type=/.test(body);
const isWrite = (request: HttpRequest): boolean => request.method !== 'GET' && !asksForToken(request);

/**
 * Reads pass to `target`; what a write gets is decided by `answer`, which may send it on, drop it or alter its answer.
 * A connector that reads first (a session, its own half-made document) is thus tested on its write alone.
 */
export function onWrite(target: HttpClient, answer: (request: HttpRequest) => Promise<HttpResponse>): HttpClient {
  return { request: (request) => (isWrite(request) ? answer(request) : target.request(request)) };
}

/** The target does what it is told, and its answer is lost. */
export function losingAnswers(target: HttpClient): HttpClient {
  return onWrite(target, async (request) => {
    await target.request(request);
    throw new TransportFailure({ sent: true, code: 'reset', message: `${request.method} ${request.url}: reset before an answer` });
  });
}
