import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { Refusal } from '../erp/refusal.js';
import { alterAnswer } from './altered-answer.js';
import { FaultChooser, FaultRuleError, readFaultRules, type FaultRule } from './fault-rules.js';

declare module 'fastify' {
  interface FastifyRequest {
    fault?: FaultRule;
    /** The body as it came, kept so that a late commit can repeat the request exactly. */
    bodyText?: string;
  }
}

/** What can be switched in the ERP itself. */
interface BooksSwitch {
  /** Legal entities in which a repeat, by external id or by reference, is booked once more. */
  bookRepeatsIn?: string[];
}

/**
 * Puts faults between the wire and the two systems, for calls under /billing and /erp. `/faults` sets them:
 * `PUT { rules, seed, books }`, `GET`, `DELETE`. The systems themselves know nothing of it, but for `books`: an ERP that has no unique key.
 */
export function injectFaults(
  app: FastifyInstance,
  options: { seed: string; signal: AbortSignal; now: () => Date; bookRepeatsIn: (entities: readonly string[]) => void },
): void {
  let chooser = new FaultChooser([], options.seed);
  let booksSwitch: BooksSwitch = {};
  // A late commit is the same request again, let through by a password that only this process knows.
  const lateHeader = 'x-sandbox-late';
  const latePassword = randomBytes(16).toString('hex');
  const status = () => ({
    seed: chooser.seed,
    books: booksSwitch,
    rules: chooser.rules.map((rule, at) => ({ ...rule, hits: chooser.hits[at] })),
  });

  app.get('/faults', () => status());
  const switchBooks = (books: BooksSwitch) => {
    options.bookRepeatsIn(readEntities(books.bookRepeatsIn));
    booksSwitch = books;
  };
  app.delete('/faults', () => {
    chooser = new FaultChooser([], options.seed);
    switchBooks({});
    return status();
  });
  app.put<{ Body: { rules?: unknown; seed?: string; books?: BooksSwitch } }>('/faults', (request, reply) => {
    try {
      switchBooks(request.body?.books ?? {});
      chooser = new FaultChooser(readFaultRules(request.body?.rules), request.body.seed ?? options.seed);
    } catch (error) {
      if (error instanceof Refusal) return reply.status(422).send(error.body());
      if (!(error instanceof FaultRuleError)) throw error;
      return reply.status(422).send({ error: { code: 'FAULT_RULE_INVALID', message: error.message } });
    }
    return status();
  });

  app.addHook('preHandler', async (request, reply) => {
    const path = request.url.split('?')[0]!;
    if (!path.startsWith('/billing/v1') && !path.startsWith('/erp/')) return;
    if (request.headers[lateHeader] === latePassword) return;
    const fault = chooser.choose({ method: request.method, path, text: request.bodyText });
    if (!fault) return;
    request.fault = fault;
    return strike(request, reply, fault);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.fault?.kind === 'lost-answer') await silence(request, reply, request.fault);
    if (request.fault?.kind === 'garbled') return nonsense(reply, request.fault);
    return request.fault && typeof payload === 'string' ? alterAnswer(payload, request.fault, options.now()) : payload;
  });

  async function strike(request: FastifyRequest, reply: FastifyReply, fault: FaultRule): Promise<unknown> {
    switch (fault.kind) {
      case 'reject':
        return reply
          .status(422)
          .send({ error: { code: 'SANDBOX_REFUSED', type: 'invalid_request_error', message: 'Refused on request.' } });
      case 'throttle':
        return reply.status(429).header('retry-after', String(fault.retryAfterSeconds ?? 1)).send({ error: { code: 'TOO_MANY_REQUESTS', type: 'rate_limit_error', message: 'Slow down.' } }); // prettier-ignore
      case 'error500':
        return reply.status(500).send({ error: { code: 'INTERNAL', type: 'api_error', message: 'Something broke.' } });
      case 'down':
        return reply.status(503).type('text/plain').send('Service unavailable');
      case 'nonsense':
        return reply.send(nonsense(reply, fault));
      case 'slow':
        return pause(fault.afterMs ?? 2000, options.signal);
      case 'reset':
        void silence(request, reply, { ...fault, hang: false });
        return reply;
      case 'late-commit':
        void silence(request, reply, fault);
        void commitLater(request, fault.afterMs ?? 5000);
        return reply;
      case 'lost-answer':
      case 'stale-read':
      case 'misstated-total':
      case 'garbled':
      case 'rounded':
        return undefined; // the handler runs, and books otherwise; onSend stays silent or alters what it says
    }
  }

  async function commitLater(request: FastifyRequest, afterMs: number): Promise<void> {
    await pause(afterMs, options.signal);
    if (options.signal.aborted) return;
    const { 'content-length': _length, ...headers } = request.headers;
    await app.inject({
      method: request.method as 'POST',
      url: request.url,
      headers: { ...headers, [lateHeader]: latePassword },
      payload: request.bodyText ?? '',
    });
  }
}

const signInPage = '<!doctype html><title>Sign in</title><p>Your session has ended.';

/** Gives the answer the fault's status and returns its body, said to be what it looks like. */
function nonsense(reply: FastifyReply, { status = 200, body = signInPage }: FaultRule): string {
  reply.status(status).type(/^\s*[[{"\dtfn]/.test(body) ? 'application/json' : 'text/html');
  return body;
}

function readEntities(value: unknown): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new FaultRuleError('books/bookRepeatsIn must be a list of legal entities.');
}

/** Not one byte of an answer: the connection is closed, or stays open and mute until the caller gives up. */
async function silence(request: FastifyRequest, reply: FastifyReply, fault: FaultRule): Promise<void> {
  const { socket } = request.raw;
  reply.hijack();
  if (!fault.hang) socket.destroy();
  if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
