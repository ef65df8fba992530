import fastify, { type FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { Billing } from './billing/billing.js';
import { emptyBilling, type BillingState } from './billing/billing-state.js';
import { readForm } from './billing/form.js';
import { billingRoutes } from './billing/routes.js';
import { WebhookSender } from './billing/webhook-sender.js';
import { SandboxClock } from './clock.js';
import { Books, emptyErp, type ErpState } from './erp/books.js';
import { erpRoutes } from './erp/routes.js';
import { injectFaults } from './faults/fault-injection.js';
import { SavedState } from './saved-state.js';

export const defaultErpToken = 'sandbox-erp-token';
export const defaultBillingKey = 'sk_test_sandbox';

export interface SandboxOptions {
  /** 0 or absent: any free port. */
  port?: number;
  /** Where the state is kept between starts. Absent: in memory only. */
  dataFile?: string;
  /** Ids, faults and the demo company follow from it. Default `waybill`. */
  seed?: string;
  /** Where billing's events are sent, signed with the secret. */
  webhook?: { url: string; secret: string };
  erpToken?: string;
  billingKey?: string;
  /**
   * Hours after the end of a billing period in which its usage may still be reported, 0 to 72; default 0. Stripe leaves an invoice a draft for so long and
   * brings its quantities up to date when it is finalised; here the invoice is made then.
   * https://docs.stripe.com/billing/subscriptions/usage-based/configure-grace-period
   */
  usageGraceHours?: number;
  /** Where the sandbox's clock begins when there is no saved state. Default: now. */
  startsAt?: Date;
  now?: () => Date;
}

export interface Sandbox {
  url: string;
  port: number;
  clock: SandboxClock;
  billing: Billing;
  books: Books;
  /** State of whoever drives the sandbox (the demo company), saved with the rest. */
  driver: { get(): Record<string, unknown>; set(state: Record<string, unknown>): void };
  /** Writes the state now. */
  save(): Promise<void>;
  close(): Promise<void>;
}

interface State {
  /** The sandbox's time when it was saved. */
  at: string;
  billing: BillingState;
  erp: ErpState;
  driver: Record<string, unknown>;
}

const graceHoursMax = 72;

function graceSeconds(hours: number): number {
  if (!Number.isInteger(hours) || hours < 0 || hours > graceHoursMax)
    throw new Error(`usageGraceHours must be a whole number from 0 to ${graceHoursMax}, not ${hours}`);
  return hours * 3_600;
}

/** Starts billing and ERP on one server, on the loopback address only: whoever can reach it may do anything here. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { seed = 'waybill', erpToken = defaultErpToken, billingKey = defaultBillingKey, now = () => new Date() } = options;
  const loaded = SavedState.load<State>(options.dataFile);
  // Saved before there was a grace.
  if (loaded) loaded.billing.waitingBills ??= [];
  const clock = new SandboxClock(now, loaded ? new Date(loaded.at) : options.startsAt);
  const state: Omit<State, 'at'> = loaded ?? { billing: emptyBilling(seed), erp: emptyErp(), driver: {} };
  const saved = new SavedState<State>(options.dataFile, () => ({ ...state, at: clock.now().toISOString() }));
  const ended = new AbortController();

  const books = new Books(state.erp, clock.now);
  const sender = new WebhookSender({
    queue: state.billing.undelivered,
    now,
    target: options.webhook,
    changed: saved.touch,
    signal: ended.signal,
  });
  const billing = new Billing(state.billing, clock, sender.enqueue, graceSeconds(options.usageGraceHours ?? 0));

  // Stripe's clients take an address without a path, so billing answers at /v1 as well as at /billing/v1.
  const rewriteUrl = (request: { url?: string }): string =>
    request.url?.startsWith('/v1/') ? `/billing${request.url}` : (request.url ?? '/');
  const app = fastify({
    rewriteUrl,
    logger: false,
    bodyLimit: 2_000_000,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  readBodies(app);
  injectFaults(app, { seed, signal: ended.signal, now: clock.now, bookRepeatsIn: (entities) => books.bookRepeatsIn(entities) });
  app.get('/', () => ({
    is: 'A billing platform and an ERP that misbehave on request. Nothing here is real money.',
    billing: '/billing/v1, and for Stripe clients /v1',
    testClock: '/billing/test',
    erp: '/erp/v1',
    faults: '/faults',
    time: clock.now().toISOString(),
  }));
  await app.register((scope) => Promise.resolve(erpRoutes(scope, { books, token: erpToken, saved: saved.touch })), { prefix: '/erp/v1' });
  await app.register((scope) => Promise.resolve(billingRoutes(scope, { billing, key: billingKey, saved: saved.touch })), {
    prefix: '/billing',
  });
  await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  sender.start();

  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    clock,
    billing,
    books,
    driver: { get: () => state.driver, set: (driver) => ((state.driver = driver), saved.touch()) },
    save: () => saved.flush(),
    async close() {
      ended.abort();
      await app.close();
      await saved.flush();
    },
  };
}

/** JSON and forms, each kept as it came as well, so that a late commit repeats the exact request. */
function readBodies(app: FastifyInstance): void {
  const parsers = { 'application/json': (text: string): unknown => JSON.parse(text), 'application/x-www-form-urlencoded': readForm };
  app.removeAllContentTypeParsers();
  for (const [type, parse] of Object.entries(parsers))
    app.addContentTypeParser(type, { parseAs: 'string' }, (request, text: string, done) => {
      request.bodyText = text;
      try {
        done(null, text === '' ? {} : parse(text));
      } catch (error) {
        done(Object.assign(error as Error, { statusCode: 400 }), undefined);
      }
    });
}
