import { freePort, sleep } from '@waybill/faults';
import { defaultBillingKey, startSandbox, type Sandbox } from '@waybill/sandbox';
import { randomBytes } from 'node:crypto';
import type { BooksName } from '../options.js';
import { months } from '../month/company.js';
import { installPack, type Books } from './books.js';
import { BillingClient, type EngineClient } from './clients.js';
import { Engine } from './engine.js';
import { sandboxBooks } from './sandbox-books.js';
import { trytonBooks } from './tryton-books.js';

/** A billing platform with a clock of its own, the engine, and an ERP. */
export interface Stage {
  booksName: BooksName;
  sandbox: Sandbox;
  billing: BillingClient;
  engine: EngineClient;
  books: Books;
  webhookSecret: string;
  connectBilling(): Promise<void>;
  installBilling(): Promise<void>;
  /** Waits until every event of billing was taken and nothing of it is under way any more; fails when nothing changes for two minutes. */
  settled(what: string): Promise<void>;
  /** A sentence for each. */
  openExceptions(): Promise<string[]>;
  close(): Promise<void>;
}

const graceHours = 72;
const stillMs = 120_000;
/** A delivery that was taken becomes a message a moment later, and nobody tells of it meanwhile. */
const quietMs = 6_000;
const settledMs = 40 * 60_000;
const underWay = 'ready,claimed,in_flight,in_doubt,waiting,blocked';

export async function openStage(booksName: BooksName): Promise<Stage> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const port = await freePort();
    const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
    const sandbox = await startSandbox({
      startsAt: new Date(`${months[0]}-01T00:00:00Z`),
      usageGraceHours: graceHours,
      webhook: { url: `http://127.0.0.1:${port}/v1/hooks/stripe`, secret: webhookSecret },
    });
    undo.push(() => sandbox.close());
    const books = booksName === 'sandbox' ? sandboxBooks(sandbox) : await trytonBooks();
    undo.push(() => books.close());
    const process = await Engine.start(port);
    undo.push(() => process.close());
    const engine = process.client;
    return {
      booksName,
      sandbox,
      billing: new BillingClient(sandbox.url, defaultBillingKey),
      engine,
      books,
      webhookSecret,
      async connectBilling() {
        await engine.call('PUT', '/v1/connections/stripe', {
          connector: 'stripe',
          settings: { apiKey: defaultBillingKey, webhookSecret, accountId: 'acct_sandbox', apiBase: sandbox.url },
        });
      },
      async installBilling() {
        for (const pack of ['stripe', 'stripe-usage']) await installPack(engine, pack);
      },
      settled: (what) => settled(what, { sandbox, engine }),
      openExceptions: () => openExceptions(engine),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openExceptions(engine: EngineClient): Promise<string[]> {
  const open = await engine.all<{ category: string; cause: string; flow: string; title: string | null }>('/v1/exceptions');
  return open.map(({ category, cause, flow, title }) => `an exception is open: ${category}, ${title ?? 'no number'} in ${flow}: ${cause}`);
}

async function settled(what: string, { sandbox, engine }: { sandbox: Sandbox; engine: EngineClient }): Promise<void> {
  const began = performance.now();
  let seen = '';
  let changedAt = began;
  let quietSince = began;
  for (;;) {
    const undelivered = sandbox.billing.state.undelivered.length;
    const { items } = await engine.call<{ items: { id: string; state: string; flow: string; reason: string | null }[] }>(
      'GET',
      `/v1/messages?state=${underWay}&limit=200`,
    );
    if (undelivered > 0 || items.length > 0) quietSince = performance.now();
    else if (performance.now() - quietSince > quietMs) return;
    const left = `${undelivered} events; ${items.map(({ id, state }) => `${id} ${state}`).join()}`;
    const now = performance.now();
    if (left !== seen) [seen, changedAt] = [left, now];
    if (now - changedAt > stillMs || now - began > settledMs) {
      const some = items.slice(0, 5).map(({ flow, state, reason }) => `${flow} ${state} ${reason ?? ''}`.trim());
      const stopped = await openExceptions(engine);
      throw new Error(
        [
          `${what}: ${undelivered} events were not taken, and nothing moves of ${items.length} messages: ${some.join('; ')}`,
          ...stopped.slice(0, 10),
        ].join('\n'),
      );
    }
    await sleep(500);
  }
}
