import createClient, { type Middleware } from 'openapi-fetch';
import { problemOf } from './problem.js';
import { fetchAndTell } from './reach.js';
import type { operations, paths } from './schema.js';

/** Called when the engine no longer knows the session. The router sends the person to the sign-in page. */
export const signedOutListeners = new Set<() => void>();

/** Asked first: a page on which somebody has written is kept, and says by itself that the session has ended. */
export const pageKeeper: { keeps: (() => boolean) | undefined } = { keeps: undefined };

const writesAreOurs: Middleware = {
  onRequest({ request }) {
    // A form on another site cannot set this header, so a session cookie alone never writes.
    if (request.method !== 'GET') request.headers.set('X-Waybill-Request', 'console');
    return request;
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && schemaPath !== '/v1/session' && pageKeeper.keeps?.() !== true)
      for (const tell of signedOutListeners) tell();
    return undefined;
  },
};

export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  fetch: fetchAndTell,
});
api.use(writesAreOurs);

type Reply<T> = { data?: T; error?: unknown; response: Response };

/** The answer, or a thrown `ApiProblem` that a screen can show as it stands. */
export async function take<T>(call: Promise<Reply<T>>): Promise<T> {
  let reply: Reply<T>;
  try {
    reply = await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw problemOf(undefined, undefined);
  }
  if (reply.response.ok) return reply.data as T;
  throw problemOf(reply.response, reply.error);
}

type Success<R> = R extends { 200: { content: { 'application/json': infer T } } }
  ? T
  : R extends { 201: { content: { 'application/json': infer T } } }
    ? T
    : R extends { 202: { content: { 'application/json': infer T } } }
      ? T
      : never;

/** What an operation answers with. */
export type Answer<O extends keyof operations> = Success<operations[O]['responses']>;
/** What an operation takes in the path of its address. */
export type InPath<O extends keyof operations> = NonNullable<operations[O]['parameters']['path']>;
/** What an operation takes in the address, after the question mark. */
export type Query<O extends keyof operations> = NonNullable<operations[O]['parameters']['query']>;
