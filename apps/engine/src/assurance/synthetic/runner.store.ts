import { Inject, Injectable } from '@nestjs/common';
import { isConnectorFailure, isTransportFailure, type BookedDocument } from '@waybill/sdk';
import {
  ConnectionCalls,
  ConnectionStore,
  isResting,
  readBackStream,
  SyntheticCheckStore,
  type SyntheticCheck,
  type SyntheticDefinition,
} from '../../catalog/index.js';
import { HookDoor, InboxStore } from '../../intake/index.js';
import type { Actor } from '../../platform/http/index.js';
import { isProblem, Problem } from '../../platform/problems/index.js';
import type { Logger } from '../../platform/telemetry/index.js';
import { LOGGER } from '../../platform/tokens.js';
import { isZero, leftWords, netOf, type Net, type Read } from './net.js';
import { nextMove, seconds, type Verdict } from './next-move.js';
import { SyntheticRunStore, type OpenRun, type RunPosting } from './runs.store.js';

const pageLimit = 1_000;
/** Documents of a day or two: more pages than this are not read for one run. */
export const pagesMax = 50;
/** Sentences that a run keeps. */
const saysMax = 20;
/** Books that do not come to nothing are read again after so long: soon while they may only be slow, seldom when a person must act. */
const againMs = { soon: 2_000, seldom: 60_000 };

/**
 * Runs synthetic checks: when their time has come, and when a person asks. What a run does next is made of what the tables say (`next-move.ts`), never of what a
 * process remembers: whoever has the lead after a crash goes on with the run, and with taking back what it has booked, before another one begins.
 */
@Injectable()
export class SyntheticRunner {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(SyntheticCheckStore) private readonly checks: SyntheticCheckStore,
    @Inject(SyntheticRunStore) private readonly runs: SyntheticRunStore,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(ConnectionCalls) private readonly calls: ConnectionCalls,
    @Inject(HookDoor) private readonly door: HookDoor,
    @Inject(InboxStore) private readonly inbox: InboxStore,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** By the scheduler's rounds: begins what is due, and takes each open run a step further. */
  async round(leads: () => boolean = () => true): Promise<void> {
    for (const name of await this.runs.due()) if (leads()) await this.begin(await this.checks.find(name));
    if (!leads()) return;
    for (const run of await this.runs.take())
      try {
        if (leads()) await this.advance(run);
      } catch (error) {
        // The database or the books are away: the run stands as it did, and the next round comes back to it.
        this.log.warn({ event: 'synthetic-round-failed', run: run.id, check: run.check, error: (error as Error).message });
      } finally {
        await this.runs.leave(run.id);
      }
  }

  /** A run that a person asks for; the next round delivers it. */
  async start(check: SyntheticCheck, actor: Actor): Promise<string> {
    const id = await this.begin(check, actor);
    if (id === undefined) throw new Problem('SYNTHETIC_RUNNING', `A run of ${check.name} has not ended.`);
    return id;
  }

  stop(): void {
    this.stopping.abort();
  }

  private async begin(check: SyntheticCheck, actor?: Actor): Promise<string | undefined> {
    const hindrances = await this.checks.hindrances(check.definition);
    return this.runs.begin(check, hindrances, {
      ...(actor ? { actor } : {}),
      viaOf: async (connection) =>
        hindrances.length === 0 && (await this.connections.open(connection)).connector.webhook ? 'webhook' : 'poll',
    });
  }

  private async advance(run: OpenRun): Promise<void> {
    const definition = await this.checks.definition(run.check, run.version);
    const verdict = nextMove({ definition, runMs: run.runMs, steps: await this.runs.steps(run.id) });
    if (verdict.move.do === 'deliver') return this.deliver(run, verdict.move.step, verdict);
    if (verdict.move.do === 'wait') return this.runs.note(run.id, { ...verdict, says: heard(run, verdict.says) });
    // What the last reading said stands until the next one.
    if (run.state !== 'reading') await this.runs.note(run.id, { ...verdict, says: heard(run, verdict.says) });
    await this.read(run, definition, verdict);
  }

  /** By the door that webhooks come in by, behind its signature: the key for that is the vendor's, and a signature of our own would prove nothing. */
  private async deliver(run: OpenRun, step: string, verdict: Verdict): Promise<void> {
    const { connection, deliveryId, via, stream, body } = await this.runs.delivering(run.id, step);
    const raw = Buffer.from(body, 'utf8');
    try {
      const delivery = { id: deliveryId, via, ...(stream === null ? {} : { stream }), raw };
      await this.door.pass(raw.length, () => this.inbox.takeSynthetic(connection, delivery, run.id));
      await this.runs.note(run.id, { ...verdict, says: heard(run, verdict.says) });
    } catch (error) {
      if (!isProblem(error)) throw error;
      await this.runs.note(run.id, { ...verdict, trouble: verdict.trouble ?? 'late', says: heard(run, [...verdict.says, `${step}: the door did not take it: ${error.message}`]) });
    }
  } // prettier-ignore

  /** Nothing is under way any more: what do the books say? The run ends when they come to nothing. */
  private async read(run: OpenRun, definition: SyntheticDefinition, { says, trouble, stages }: Verdict): Promise<void> {
    const allowedMs = definition.within.readBack;
    const waited = run.readingMs ?? 0;
    // Seldom, when the last reading was told as trouble already.
    if (run.readMsAgo !== null && run.readMsAgo < (waited - run.readMsAgo > allowedMs ? againMs.seldom : againMs.soon)) return;
    const began = performance.now();
    const { nets, missing, unread } = await this.books(run, definition);
    const readingMs = waited + performance.now() - began;
    const overdue = readingMs > allowedMs;
    const left = [...nets.filter((net) => !isZero(net)).map(leftWords), ...missing, ...unread];
    const times = [...stages, { step: 'books', flow: null, stage: 'readBack' as const, ms: Math.round(readingMs), allowedMs }];
    const told = overdue ? [...says, ...left] : [...says];
    const worse = left.length > 0 && overdue ? (unread.length === left.length ? ('late' as const) : ('wrong' as const)) : trouble;
    if (overdue) told.push(`The books do not say within ${seconds(allowedMs)} that it comes to nothing`);
    const result = worse ?? (overdue ? 'late' : run.trouble);
    await this.runs.noteReading(run.id, {
      nets,
      stages: times,
      trouble: result,
      says: heard(run, told),
    });
    if (left.length > 0) return;
    const started = stages.length > 0;
    await this.runs.end(run.id, !started ? 'failed-to-start' : run.trouble === 'wrong' ? 'wrong' : (result ?? 'passed'));
  }

  /** What every connection that the run posts into shows of it. */
  private async books(run: OpenRun, definition: SyntheticDefinition): Promise<{ nets: Net[]; missing: string[]; unread: string[] }> {
    const postings = await this.runs.postings(run.id);
    const byConnection = new Map<string, RunPosting[]>();
    for (const posting of postings) byConnection.set(posting.connection, [...(byConnection.get(posting.connection) ?? []), posting]);
    const found = { nets: [] as Net[], missing: [] as string[], unread: [] as string[] };
    const days = await this.runs.days(run.id);
    for (const [connection, posted] of byConnection)
      try {
        const { nets, missing } = netOf(connection, definition.currency, { read: await this.documents(connection, days), posted });
        found.nets.push(...nets);
        found.missing.push(...missing.map((document) => `${connection} does not show ${document}, which was posted there`));
      } catch (error) {
        if (!isConnectorFailure(error) && !isTransportFailure(error) && !isResting(error) && !isProblem(error)) throw error;
        found.unread.push(`The books of ${connection} could not be read: ${error.message}`);
      }
    return found;
  } // prettier-ignore

  private async documents(connection: string, { since, until }: { since: string; until: string }): Promise<Read[]> {
    const read: Read[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < pagesMax; pages += 1) {
      const page = await this.calls.call(
        connection,
        async (context, { connector, settings }) => {
          const stream = readBackStream(connector)!;
          const got = await connector.streams[stream]!.poll!.read(context, { stream, limit: pageLimit, cursor, since, until });
          return { ...got, documents: got.deliveries.flatMap((one) => connector.unpack!(one, settings)) };
        },
        { signal: this.stopping.signal },
      );
      read.push(...page.documents.map(({ body }) => body as unknown as BookedDocument));
      if (!page.more) return read;
      cursor = page.cursor;
    }
    throw new Problem('CONTROL_TOO_LARGE', `There are more than ${pagesMax * pageLimit} documents from ${since} to ${until}.`);
  }
}

/** What a run has said once stands in it to its end: a stop that somebody put right was one. */
const heard = ({ says }: OpenRun, more: readonly string[]): string[] => [...new Set([...says, ...more])].slice(0, saysMax);
