import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TransportFailure, type HttpClient } from '../src/http.js';
import { requestFrom, requestOf, responseOf, type DoubleRequest, type DoubleResponse } from './request.js';

/** What a vendor's double is made of: the vendor's contract, and its behaviour in memory. */
export interface VendorDouble<State> {
  name: string;
  /** What is wrong with a request by the vendor's own contract; [] when nothing is. Asked for every request. */
  contract(request: DoubleRequest): readonly string[];
  /** Books without documents, with the master data that the connector's tests rely on. */
  start(): State;
  /** What the vendor does and says. Changes `state`; a request it does not know is its 404. */
  answer(request: DoubleRequest, state: State): DoubleResponse;
  /** The vendor's own words for what happens to anybody. */
  says: { throttled: DoubleResponse; tokenOver: DoubleResponse; serverError: DoubleResponse };
  /** Whether a request may change books. Default: every method but GET, except a request for a token. */
  writes?(request: DoubleRequest): boolean;
  /** Situations that a person at the vendor makes and ends, as far as the vendor knows them: each returns how to end it. */
  situations?: Partial<Record<Situation, (state: State) => () => void>>;
}

export type Situation = 'closed-period' | 'inactive-customer';

export const faultKinds = [
  /** The vendor's 429. */
  'throttle',
  /** The vendor refuses the token, once. */
  'token-over',
  /** The connection ends before the vendor did anything. */
  'lost-before',
  /** The vendor does it, and its answer is lost. */
  'lost-after',
  /** The vendor's 5xx, without having done anything. */
  'error-before',
  /** The vendor does it, and answers 5xx. */
  'error-after',
] as const;
export type FaultKind = (typeof faultKinds)[number];

interface Planned {
  kind: FaultKind;
  skip: number;
  times: number;
  only: (request: DoubleRequest) => boolean;
}

export interface RunningDouble<State> {
  state: State;
  /** In this process, without a socket; the host of an address does not matter. */
  http: HttpClient;
  /** The same over loopback. */
  listen(): Promise<{ url: string; close(): Promise<void> }>;
  /** Every request that came. */
  requests: DoubleRequest[];
  /** Requests that broke the contract, in words. A suite ends with this empty. */
  breaches: string[];
  /** Writes to come meet a fault: after `skip` of them, so often (default once). `only` may choose others than writes. */
  fault(kind: FaultKind, options?: { skip?: number; times?: number; only?: (request: DoubleRequest) => boolean }): void;
  /** Of all writes this share meets a fault of these kinds, the same ones for the same seed. */
  chaos(options: { seed: number; share: number; kinds: readonly FaultKind[] }): void;
  /** No more faults. */
  calm(): void;
  /** Begins a situation and returns how to end it. Throws where the double has none of this name. */
  situation(name: Situation): () => void;
}

/** Starts a double. It validates each request against the contract before it answers; what breaks it gets 400 and is kept in `breaches`. */
export function startDouble<State>(vendor: VendorDouble<State>): RunningDouble<State> {
  const state = vendor.start();
  const requests: DoubleRequest[] = [];
  const breaches: string[] = [];
  let planned: Planned[] = [];
  let dice: (() => FaultKind | undefined) | undefined;
  const writes = vendor.writes ?? ((request: DoubleRequest) => request.method !== 'GET' && request.form['grant_type'] === undefined);

  function faultOf(request: DoubleRequest): FaultKind | undefined {
    for (const plan of planned) {
      if (plan.times === 0 || !plan.only(request)) continue;
      if (plan.skip > 0) {
        plan.skip -= 1;
        continue;
      }
      plan.times -= 1;
      return plan.kind;
    }
    return writes(request) ? dice?.() : undefined;
  }

  /** `lost`: the connection ends without an answer. */
  function handle(request: DoubleRequest): DoubleResponse | 'lost' {
    requests.push(request);
    const wrong = vendor.contract(request);
    if (wrong.length > 0) {
      breaches.push(...wrong.map((words) => `${request.method} ${request.path}: ${words}`));
      return { status: 400, body: `The request breaks the contract of ${vendor.name}: ${wrong.join('; ')}` };
    }
    const kind = faultOf(request);
    switch (kind) {
      case undefined:
        return vendor.answer(request, state);
      case 'throttle':
        return vendor.says.throttled;
      case 'token-over':
        return vendor.says.tokenOver;
      case 'lost-before':
        return 'lost';
      case 'lost-after':
        vendor.answer(request, state);
        return 'lost';
      case 'error-before':
        return vendor.says.serverError;
      case 'error-after':
        vendor.answer(request, state);
        return vendor.says.serverError;
    }
  }

  return {
    state,
    requests,
    breaches,
    http: {
      // A turn of the loop passes before the answer, so that calls at the same moment overlap as they do on a wire.
      async request(asked) {
        const request = requestFrom(asked);
        await Promise.resolve();
        const answer = handle(request);
        await Promise.resolve();
        if (answer === 'lost')
          throw new TransportFailure({ sent: true, code: 'reset', message: `${asked.method} ${request.path}: reset before an answer` });
        return responseOf(answer);
      },
    },
    fault(kind, { skip = 0, times = 1, only = writes } = {}) {
      planned.push({ kind, skip, times, only });
    },
    chaos({ seed, share, kinds }) {
      const next = generator(seed);
      dice = () => (next() < share ? kinds[Math.floor(next() * kinds.length)] : undefined);
    },
    calm() {
      planned = [];
      dice = undefined;
    },
    situation(name) {
      const begin = vendor.situations?.[name];
      if (!begin) throw new Error(`The double of ${vendor.name} has no situation ${name}.`);
      return begin(state);
    },
    listen: () => listen(handle),
  };
}

/** Mulberry32: enough for choosing faults, the same for the same seed. */
function generator(seed: number): () => number {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const bodyBytesMax = 5_000_000;

async function listen(handle: (request: DoubleRequest) => DoubleResponse | 'lost'): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    read(incoming).then(
      (content) => answerOver(incoming, outgoing, content, handle),
      () => incoming.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > bodyBytesMax) throw new Error(`a body of more than ${bodyBytesMax} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function answerOver(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  content: Buffer,
  handle: (request: DoubleRequest) => DoubleResponse | 'lost',
): void {
  const url = new URL(incoming.url ?? '/', 'http://double');
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const answer = handle(requestOf(incoming.method ?? 'GET', url, headers, content));
  if (answer === 'lost') return void incoming.socket.destroy();
  const response = responseOf(answer);
  outgoing.writeHead(response.status, response.headers).end(response.text);
}
