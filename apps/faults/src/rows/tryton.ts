import { acceptedOnce } from '../checks/documents.js';
import { livenessSeconds } from '../checks/judge.js';
import { liveRows, observe } from '../checks/observation.js';
import { auditLeaves, nothingStuck } from '../checks/state.js';
import { readBooks, trytonDifferences } from '../checks/tryton-books.js';
import { setUpTrytonCompany } from '../load/tryton-company.js';
import { trytonPlan, type TrytonDocument } from '../load/tryton-plan.js';
import { WebhookSender } from '../load/webhooks.js';
import { ExpiringSessions } from '../proxy/expiring-sessions.js';
import { noTryton, TrytonServer } from '../supervisor/tryton.js';
import { World } from '../supervisor/world.js';
import { sleep, until } from '../waiting.js';
import { defineRow, type RowContext } from './row.js';
import { ended as endedOf } from './seen.js';

/** What the connector says that Tryton may still work on a call; nothing makes the real one quicker. */
const upstreamSeconds = 62;
const posts = (chunk: Buffer): boolean => chunk.includes('"method":"model.account.invoice.post"');
const entries = (chunk: Buffer): boolean => chunk.includes('"method":"model.account.move.post"');

/** Beside other rows the first document may take its time; with nothing left to come, nobody waits. */
const strikeMs = 90_000;
/** Is everything brought, and nothing under way any more? */
type Over = () => Promise<boolean>;

/** Every worker dies when one of them has made a draft and is about to post it; the call that posts does not arrive. */
async function killBetweenCreateAndPost(
  world: World,
  { count }: RowContext,
  entity: 'US' | 'DE',
  which: (chunk: Buffer) => boolean,
  over: Over,
): Promise<void> {
  let struck = false;
  world.proxies.erp[entity].intercept(which, () => {
    struck = true;
    for (const worker of world.workers) void worker.kill();
  });
  // There may be nothing left to post in these books; the counts say how often it struck.
  await until('a draft that is about to be posted', strikeMs, async () => struck || (await over())).catch(() => undefined);
  world.proxies.erp[entity].heal();
  if (!struck) return;
  count('drafts left by a kill');
  count('kills', world.workers.length);
  for (const worker of world.workers) await worker.ready();
}

/** Tryton books, and its answer is lost. */
async function loseAnswers(world: World, { count }: RowContext, entity: 'US' | 'DE', times: number, over: Over): Promise<void> {
  const proxy = world.proxies.erp[entity];
  proxy.loseAnswers(times, (chunk) => posts(chunk) || entries(chunk), () => true); // prettier-ignore
  await until('answers to lose', strikeMs, async () => proxy.robberiesLeft === 0 || (await over())).catch(() => undefined);
  count('answers lost', times - proxy.robberiesLeft);
  proxy.heal();
}

async function breakThings(world: World, tryton: TrytonServer, context: RowContext, over: Over): Promise<void> {
  const { full, dice, count } = context;
  for (let n = full ? 4 : 1; n > 0; n -= 1) {
    for (const entity of dice.shuffled(['US', 'DE'] as const)) {
      await killBetweenCreateAndPost(world, context, entity, posts, over);
      await loseAnswers(world, context, entity, full ? 2 : 1, over);
      count('lines cut', world.proxies.erp[entity].reset());
    }
    if (full) await killBetweenCreateAndPost(world, context, dice.pick(['US', 'DE'] as const), entries, over);
    if (n % 2 === 0) continue;
    await tryton.stop();
    await sleep(2_000);
    await tryton.resume();
    count('restarts of Tryton');
    const victim = dice.pick(world.workers);
    await victim.ready();
    await victim.kill();
    count('kills');
  }
}

/** What a row does to documents that are brought to a real Tryton, and through what the engine reaches it. */
interface TrytonRun {
  documents: readonly TrytonDocument[];
  /** The port that the proxies of the books stand before. */
  reachedBy(tryton: TrytonServer): Promise<number>;
  /** Returns when no more is to be done to them. */
  during(world: World, tryton: TrytonServer, over: Over): Promise<void>;
}

/** Brings them, does to them what the row does, waits for their end, and asks Tryton's own API. */
async function inTryton({ stage, full, count, claim }: RowContext, { documents, reachedBy, during }: TrytonRun): Promise<void> {
  const tryton = await TrytonServer.start();
  const ended = new AbortController();
  let world: World | undefined;
  try {
    world = await World.open({ ...stage.world.options, workers: 2, erpPort: await reachedBy(tryton), upstreamSeconds });
    await setUpTrytonCompany(world, tryton);
    const sender = new WebhookSender(world, ended.signal);
    let all = false;
    const brought = (async () => {
      for (const { record } of documents) await sender.deliver(record);
      all = true;
    })();
    const open = world;
    await during(open, tryton, async () => all && (await liveRows(open)).length === 0);
    await brought;
    await world.allUp();
    // A document that was killed in its second try is quiet twice.
    const bound = (2 * livenessSeconds(open) + (full ? 120 : 30)) * 1_000;
    await until('the end of all documents', bound, async () => (await liveRows(open)).length === 0, { everyMs: 1_000 }).catch(
      () => undefined,
    );
    const seen = await observe(open);
    for (const { checker, sentence } of [
      ...acceptedOnce(seen.inbox, sender.accepted),
      ...nothingStuck(seen.live, seen.exceptions),
      ...auditLeaves(seen.audit),
    ])
      claim(false, `${checker}: ${sentence}`);
    for (const sentence of trytonDifferences(await readBooks(tryton), documents)) claim(false, sentence);
    for (const surprise of open.engines.flatMap((engine) => engine.surprises)) claim(false, surprise);
    count('documents in Tryton', documents.length);
  } finally {
    ended.abort();
    await world?.close();
    await tryton.close();
  }
}

/** The same promises with an ERP that nobody here wrote: it has no unique key, creates and posts in two calls, and keeps drafts. */
const realTryton = defineRow({
  id: 'T',
  slow: true,
  title: 'The real Tryton',
  inject: 'workers killed between create and post, answers lost, lines cut, Tryton stopped and started, while it is posted to',
  expected: 'by Tryton’s own API: each document once, posted, equal to the cent; no draft is left',
  missing: noTryton,
  run: (context) =>
    inTryton(context, {
      documents: trytonPlan(context.full ? 120 : 12, context.dice),
      reachedBy: async ({ port }) => port,
      during: (world, tryton, over) => breakThings(world, tryton, context, over),
    }),
});

const callsOfASession = 25;
/** Tryton needs about a second for a document; with the machine to share, more. */
const trytonMs = 4_000;

/** Tryton keeps a session for each process, so each session that ends is one sign-in of one process. */
const sessionEnds = defineRow({
  id: '33',
  slow: true,
  title: 'The session ends in the middle of a run',
  inject: 'every 25th call of the real Tryton hears 401, and every later one of the same session too',
  expected: 'one sign-in for each session that ended; every document posted at its first attempt',
  missing: noTryton,
  async run(context) {
    const { times, dice, count, claim } = context;
    const documents = trytonPlan(times(16, 200), dice);
    let sessions: ExpiringSessions | undefined;
    try {
      await inTryton(context, {
        documents,
        async reachedBy({ port }) {
          sessions = await ExpiringSessions.before(port, callsOfASession);
          return sessions.port;
        },
        async during(world) {
          const states = await endedOf(world, documents, ['posted'], trytonMs);
          for (const { key, state, attempts } of states) claim(state === 'posted' && attempts === 1, `${key} is ${state} after ${attempts} attempts`); // prettier-ignore
          const [processes] = await world.postgres.sql<{ n: number }>('select count(distinct holder)::int as n from lane');
          const { signIns, ended: over, refusals, calls } = sessions!;
          // Two companies of one account are two connections, and each process signs in to each once.
          const first = 2 * (processes!.n + 1);
          claim(over >= 1, 'no session ended');
          claim(signIns <= first + over, `${over} sessions ended, and there were ${signIns} sign-ins, of which ${first} may be first ones`);
          count('calls', calls);
          count('sessions ended', over);
          count('answers 401', refusals);
          count('sign-ins', signIns);
        },
      });
    } finally {
      await sessions?.close();
    }
  },
});

export const trytonRows = [sessionEnds, realTryton];
