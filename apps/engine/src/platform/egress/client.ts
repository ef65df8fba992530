import { isJsonBody, TransportFailure, type Dial, type HttpClient, type HttpRequest, type HttpResponse } from '@waybill/sdk';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Agent, DecoratorHandler, request as send, type Dispatcher } from 'undici';
import { failPoint } from '../failpoints/index.js';
import { knownSecrets } from '../telemetry/index.js';
import type { AddressRules } from './addresses.js';
import { Dialler, type DialBound } from './dial.js';

/** What happened on the wire, without bodies and secrets. */
export interface Exchange {
  method: string;
  url: string;
  status: number | null;
  ms: number;
  note?: string;
}

interface Bound {
  signal?: AbortSignal | undefined;
  isOver?: (() => boolean) | undefined;
  exchanges?: Exchange[] | undefined;
}

/** What the clock of a host said, by its `Date` header, and when; milliseconds since 1970. */
export interface ClockReading {
  askedAt: number;
  heardAt: number;
  said: number;
}

const clocksMax = 200;
const responseBytesMax = 5 * 1024 * 1024;
const timeoutMsDefault = 30_000;
const connectTimeoutMs = 5_000;

/**
 * The one client for everything outbound. A name is resolved once, every address of it is judged, and the connection goes to the judged
 * address with the name as SNI and host; so a second answer of the name server changes nothing. Redirects are answers, not followed.
 * Plain http only to addresses that the operator allowed.
 */
export class EgressClient {
  private readonly agents = new Map<string, Agent>();
  private readonly heard = new Map<string, ClockReading>();
  private readonly dialler: Dialler;

  /** `resolve` says all addresses of a name; the system's own when it is not given. */
  constructor(
    private readonly rules: AddressRules,
    private readonly resolve: (host: string) => Promise<string[]> = addressesOf,
  ) {
    this.dialler = new Dialler(rules);
  }

  /**
   * A client for one call of a connector: bound to its signal, recording into `exchanges`. `isOver` is asked when the socket is there and the
   * first byte is about to leave: a process that stood still past the end of its lease sends nothing.
   */
  bind(options: Bound): HttpClient {
    return { request: (request) => this.exchange(request, options) };
  }

  /** Sockets for one call, or for one stream that is followed, of a connector whose protocol is not HTTP. */
  dialFor(bound: DialBound): Dial {
    return this.dialler.bind(bound);
  }

  /** The last reading of the clock of each host that was called. */
  get clocks(): ReadonlyMap<string, ClockReading> {
    return this.heard;
  }

  private hear(host: string, askedAt: number, date: string | undefined): void {
    const said = Date.parse(date ?? '');
    if (!Number.isFinite(said) || (!this.heard.has(host) && this.heard.size >= clocksMax)) return;
    this.heard.set(host, { askedAt, heardAt: Date.now(), said });
  }

  async close(): Promise<void> {
    this.dialler.close();
    await Promise.all([...this.agents.values()].map((agent) => agent.destroy()));
    this.agents.clear();
  }

  private async exchange(request: HttpRequest, { signal, isOver, exchanges }: Bound): Promise<HttpResponse> {
    const url = new URL(request.url);
    for (const [name, value] of Object.entries(request.query ?? {})) if (value !== undefined) url.searchParams.set(name, String(value));
    const shown: Exchange = { method: request.method, url: knownSecrets.hide(`${url.origin}${url.pathname}`), status: null, ms: 0 };
    exchanges?.push(shown);
    const started = performance.now();
    try {
      const response = await this.perform(url, request, { signal, isOver });
      shown.status = response.status;
      return response;
    } catch (error) {
      shown.note = knownSecrets.hide((error as Error).message);
      throw error;
    } finally {
      shown.ms = Math.round(performance.now() - started);
    }
  }

  private async perform(url: URL, request: HttpRequest, { signal, isOver = () => false }: Bound): Promise<HttpResponse> {
    const agent = await this.agentFor(url);
    const timeoutMs = request.timeoutMs ?? timeoutMsDefault;
    const deadline = AbortSignal.timeout(timeoutMs);
    const { body, headers: sent } = encode(request);
    if (signal?.aborted || isOver()) throw leaseEnded();
    const askedAt = Date.now();
    try {
      const call = send(url, {
        method: request.method,
        headers: { 'user-agent': 'Waybill', accept: 'application/json', ...sent },
        body,
        dispatcher: agent.compose((dispatch) => (options, handler) => dispatch(options, lastLook(handler, isOver))),
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      const held = failPoint('send.first-byte');
      if (held) {
        call.catch(() => undefined); // awaited below; it may fail while the harness holds us here
        await held;
      }
      const answer = await call;
      const headers = flat(answer.headers);
      this.hear(url.host, askedAt, headers['date']);
      const text = await readText(answer.body);
      await failPoint('send.answered');
      return { status: answer.statusCode, headers, text };
    } catch (error) {
      throw asTransportFailure(error, url, deadline.aborted, timeoutMs);
    }
  }

  private async addresses(host: string): Promise<string[]> {
    try {
      return await this.resolve(host);
    } catch (error) {
      throw new TransportFailure({ sent: false, code: 'dns', message: `the name ${host} was not found` }, { cause: error });
    }
  }

  /** An agent pinned to one judged address of the host. */
  private async agentFor(url: URL): Promise<Agent> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const addresses = isIP(host) ? [host] : await this.addresses(host);
    const verdicts = addresses.map((address) => this.rules.judge(address));
    const refusedAt = verdicts.indexOf('refused');
    if (refusedAt >= 0) {
      throw new TransportFailure({
        sent: false,
        code: 'blocked',
        message: `${host} leads to ${addresses[refusedAt]}, an address inside; an operator can allow its range with WAYBILL_EGRESS_ALLOW`,
      });
    }
    if (url.protocol !== 'https:' && (url.protocol !== 'http:' || verdicts.some((v) => v !== 'allowed'))) {
      throw new TransportFailure({
        sent: false,
        code: 'blocked',
        message: `${url.protocol}//${host} is not encrypted; https is required outside the ranges of WAYBILL_EGRESS_ALLOW`,
      });
    }
    const address = addresses[0]!;
    const key = `${url.origin} ${address}`;
    let agent = this.agents.get(key);
    if (!agent) {
      const family = isIP(address) === 6 ? 6 : 4;
      agent = new Agent({
        connections: 100,
        keepAliveTimeout: 4_000,
        connect: {
          timeout: connectTimeoutMs,
          servername: isIP(host) ? undefined : host,
          lookup: (_name, options, done) => (options.all ? done(null, [{ address, family }]) : done(null, address, family)),
        },
      });
      this.agents.set(key, agent);
    }
    return agent;
  }
}

/** undici calls `onRequestStart` in the same turn in which it writes the head of the request; a throw there writes nothing. */
function lastLook(handler: Dispatcher.DispatchHandler, isOver: () => boolean): Dispatcher.DispatchHandler {
  const looking: Dispatcher.DispatchHandler = new DecoratorHandler(handler);
  const start = looking.onRequestStart!.bind(looking);
  looking.onRequestStart = (controller, context) => {
    if (isOver()) throw leaseEnded();
    start(controller, context);
  };
  return looking;
}

const leaseEnded = () => new TransportFailure({ sent: false, code: 'aborted', message: 'the lease ended before the request was sent' });

async function addressesOf(host: string): Promise<string[]> {
  return (await lookup(host, { all: true, verbatim: true })).map((found) => found.address);
}

function encode(request: HttpRequest): { body: string | Uint8Array | null; headers: Record<string, string> } {
  const { body, headers = {} } = request;
  if (body === undefined) return { body: null, headers };
  if (!isJsonBody(body)) return { body, headers };
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

async function readText(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > responseBytesMax) {
      body.destroy();
      throw new TransportFailure({ sent: true, code: 'too-large', message: `the answer is larger than ${responseBytesMax / 1048576} MB` });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const neverSent: Record<string, string> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
};

function asTransportFailure(error: unknown, url: URL, late: boolean, timeoutMs: number): TransportFailure {
  if (error instanceof TransportFailure) return error;
  const code = String((error as { code?: unknown }).code ?? '');
  const before = neverSent[code] ?? (/^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_SSL)/.test(code) ? 'tls' : undefined);
  const where = url.host;
  if (before === 'refused')
    return new TransportFailure({ sent: false, code: before, message: `${where} does not accept connections` }, { cause: error });
  if (before === 'dns')
    return new TransportFailure({ sent: false, code: before, message: `the name ${url.hostname} was not found` }, { cause: error });
  if (before === 'tls')
    return new TransportFailure(
      { sent: false, code: before, message: `${where} has no certificate that can be trusted (${code})` },
      { cause: error },
    );
  if (late || /TIMEOUT/.test(code))
    return new TransportFailure(
      { sent: true, code: 'timeout', message: `${where} did not answer within ${timeoutMs / 1000} s` },
      { cause: error },
    );
  if ((error as Error).name === 'AbortError')
    return new TransportFailure({ sent: true, code: 'aborted', message: 'the call was stopped because its lease ended' }, { cause: error });
  return new TransportFailure(
    { sent: true, code: 'reset', message: `the connection to ${where} ended before a whole answer came` },
    { cause: error },
  );
}
