import { Inject, Injectable } from '@nestjs/common';
import { connectorNamed, ConnectionStore, isInbound, ReleaseStore, type FlowRecord } from '../catalog/index.js';
import { AuditStore } from '../governance/index.js';
import { Database } from '../platform/database/index.js';
import type { Actor } from '../platform/http/index.js';
import { Problem } from '../platform/problems/index.js';
import type { Logger } from '../platform/telemetry/index.js';
import { LOGGER } from '../platform/tokens.js';
import { Backfiller } from './backfill.store.js';
import { InboxStore } from './inbox.store.js';
import { StreamReader, type StreamName } from './reader.store.js';
import { watchRun, type RunWatch } from './run-watch.js';
import { RunStore, type RunTurn } from './runs.store.js';
import { newestIn } from './unpack.store.js';

const pagesPerPoll = 50;
const pollRetrySecondsMax = 300;
const resumesMax = 5;

/** Reads streams: on their rhythm, on demand, or again over a range. Records and cursor are committed together. */
@Injectable()
export class Poller {
  private readonly stopping = new AbortController();
  private readonly background = new Set<Promise<void>>();
  /** Streams that the schedule reads now, in this process. */
  private readonly polling = new Set<string>();

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(InboxStore) private readonly inbox: InboxStore,
    @Inject(StreamReader) private readonly reader: StreamReader,
    @Inject(Backfiller) private readonly backfiller: Backfiller,
    @Inject(RunStore) private readonly runs: RunStore,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Begins to read every stream that is due and is not being read; each by itself, so that a source that is dead delays no other. */
  async pollDue(leads: () => boolean = () => true): Promise<void> {
    for (const due of await this.due()) {
      const name = `${due.connection} ${due.stream}`;
      if (this.stopping.signal.aborted || !leads() || this.polling.has(name)) continue;
      this.polling.add(name);
      const work = this.poll(due)
        .catch((error: unknown) => this.log.warn({ event: 'poll-failed', ...due, error: (error as Error).message }))
        .finally(() => this.polling.delete(name));
      this.keep(work);
    }
  }

  /** Goes on with backfills whose process is gone; a poll is read on by the schedule, so its run only says what happened. */
  async resumeAbandoned(): Promise<void> {
    for (const run of await this.runs.takeAbandoned()) {
      const flow = run.flow === null ? undefined : (await this.releases.flows(this.db)).find(({ name }) => name === run.flow);
      this.log.warn({ event: 'run-abandoned', run: run.id, kind: run.kind, resumed: run.turn });
      if (run.cancel) await this.runs.end(run, 'cancelled');
      else if (run.kind === 'poll')
        await this.runs.end(run, 'failed', 'Interrupted: the process that ran it went away. The next poll reads on from the cursor.');
      else if (!flow) await this.runs.end(run, 'failed', 'Interrupted: the process that ran it went away, and its flow is gone.');
      else if (run.turn > resumesMax)
        await this.runs.end(run, 'failed', `Interrupted ${run.turn} times: each process that ran it went away.`);
      else this.keep(this.backfiller.run(flow, run, this.stopping.signal).catch(() => undefined)); // told in the run
    }
  }

  /** A run that a person asks for; it goes on in the background. */
  async start(
    flow: FlowRecord,
    ask: { kind: 'poll' | 'backfill'; since?: string | undefined; until?: string | undefined },
    actor: Actor,
  ): Promise<string> {
    const { from } = flow.definition;
    const stream = isInbound(from) ? (await this.connections.open(from.connection)).connector.streams[from.stream] : undefined;
    if (isInbound(from) && !stream?.poll)
      throw new Problem('RUN_NOT_POSSIBLE', `The stream ${from.stream} of ${from.connection} cannot be polled.`);
    if (!isInbound(from) && ask.kind === 'poll')
      throw new Problem('RUN_NOT_POSSIBLE', `${flow.name} begins in the canonical hub; backfill it instead.`, { path: '/kind' });
    if (ask.kind === 'poll' && (ask.since ?? ask.until) !== undefined)
      throw new Problem('REQUEST_INVALID', 'A poll goes on from where the last one ended, so it takes no days.', {
        path: ask.since === undefined ? '/until' : '/since',
        remedy: 'Leave the days out, or ask for a backfill.',
      });
    if (ask.since !== undefined && ask.until !== undefined && ask.until < ask.since)
      throw new Problem('REQUEST_INVALID', `The last day, ${ask.until}, is before the first, ${ask.since}: nothing would be read.`, {
        path: '/until',
        remedy: 'Put the earlier day first.',
      });
    const runId = await this.db.transaction(async (tx) => {
      const id = await this.runs.start(tx, {
        kind: ask.kind,
        flow: flow.name,
        ...(isInbound(from) ? { connection: from.connection, stream: from.stream } : {}),
        since: ask.since,
        until: ask.until,
        startedBy: actor.name,
        startedById: actor.id,
      });
      await this.audit.record(tx, actor, {
        action: 'run.started',
        object: { kind: 'run', id },
        summary: `${actor.name} started a ${ask.kind} of ${flow.name}`,
        after: { since: ask.since ?? null, until: ask.until ?? null },
      });
      return id;
    });
    const run = { id: runId, turn: 0 };
    const work =
      isInbound(from) && ask.kind === 'poll'
        ? this.poll(from, run)
        : this.backfiller.run(flow, { ...run, cursor: null, since: ask.since ?? null, until: ask.until ?? null }, this.stopping.signal);
    this.keep(work.catch(() => undefined)); // told in the run
    return runId;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.background);
  }

  private keep(work: Promise<void>): void {
    this.background.add(work);
    void work.finally(() => this.background.delete(work));
  }

  private async due(): Promise<StreamName[]> {
    const rows = await this.db.query<StreamName & { connector: string }>(
      `select distinct f.source_connection as connection, f.source_stream as stream, c.connector from flow f join connection c on c.name = f.source_connection and c.state = 'on'
       left join stream_cursor s on s.connection = f.source_connection and s.stream = f.source_stream where f.state = 'on' and (s.next_at is null or s.next_at <= now())`,
    );
    return rows.filter(({ connector, stream }) => connectorNamed(connector).streams[stream]?.poll !== undefined);
  }

  /** Reads on from the cursor until there is no more. Without `asked` it is a poll of the schedule, which leaves a run only when it brought something. */
  private async poll({ connection, stream }: StreamName, asked?: RunTurn): Promise<void> {
    const everySeconds = connectorNamed((await this.connections.find(connection)).connector).streams[stream]!.poll!.everySeconds;
    let { cursor, failures } = await this.standing(connection, stream);
    let run = asked;
    let watch = run ? watchRun(this.runs, run, this.log) : undefined;
    try {
      for (let pages = 0; pages < pagesPerPoll && !this.stopping.signal.aborted; pages += 1) {
        const page = await this.reader.read({ connection, stream }, { cursor }, this.until(watch));
        if (run === undefined && page.deliveries.length > 0) {
          run = {
            id: await this.runs.start(this.db, { kind: 'poll', connection, stream, startedById: 'engine', startedBy: 'schedule' }),
            turn: 0,
          };
          watch = watchRun(this.runs, run, this.log);
        }
        const reachedAt = newestIn(page.deliveries, await this.connections.open(connection));
        const moved = await this.db.transaction(async (tx) => {
          // Two that read one stream at once bring the same deliveries, and only the first of them moves the cursor.
          const rows = await tx.query(
            `insert into stream_cursor (connection, stream, cursor, polled_at, next_at) values ($1,$2,$3,now(),now() + $4 * interval '1 second')
             on conflict (connection, stream) do update set cursor = excluded.cursor, polled_at = now(), next_at = excluded.next_at, failures = 0
             where stream_cursor.cursor is not distinct from $5 returning stream`,
            [connection, stream, page.cursor, everySeconds, cursor],
          );
          const added = await this.inbox.takePage(tx, connection, page.deliveries, run?.id ?? '');
          if (run !== undefined) await this.runs.page(tx, run, { read: page.deliveries.length, added, reachedAt });
          return rows.length > 0;
        });
        if (!moved) ({ cursor, failures } = await this.standing(connection, stream));
        else cursor = page.cursor;
        if (moved && !page.more) break;
        if (run !== undefined && (await this.runs.beat(run)) === 'cancelled') return await this.runs.end(run, 'cancelled');
      }
      if (run !== undefined) await this.endPoll(run, asked !== undefined);
    } catch (error) {
      if (await watch?.isOver()) return;
      const wait = Math.min(pollRetrySecondsMax, everySeconds * 2 ** Math.min(6, failures));
      await this.db.query(
        `insert into stream_cursor (connection, stream, next_at, failures) values ($1,$2,now() + $3 * interval '1 second',1) on conflict (connection, stream) do update set failures = stream_cursor.failures + 1, next_at = excluded.next_at`,
        [connection, stream, wait],
      );
      if (run !== undefined) await this.runs.end(run, 'failed', (error as Error).message);
      throw error;
    } finally {
      watch?.stop();
    }
  }

  private until(watch: RunWatch | undefined): AbortSignal {
    return watch ? AbortSignal.any([watch.signal, this.stopping.signal]) : this.stopping.signal;
  }

  private async standing(connection: string, stream: string): Promise<{ cursor: string | null; failures: number }> {
    const [known] = await this.db.query<{ cursor: string | null; failures: number }>(
      'select cursor, failures from stream_cursor where connection = $1 and stream = $2',
      [connection, stream],
    );
    return known ?? { cursor: null, failures: 0 };
  }

  /** Scheduled polls that saw only what was known already are not kept. */
  private async endPoll(run: RunTurn, asked: boolean): Promise<void> {
    if (!asked) {
      const gone = await this.db.query('delete from run where id = $1 and added = 0 returning id', [run.id]);
      if (gone.length > 0) return;
    }
    await this.runs.end(run, 'succeeded');
  }
}
