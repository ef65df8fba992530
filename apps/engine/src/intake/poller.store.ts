import { Inject, Injectable } from '@nestjs/common';
import type { Connector, Page } from '@waybill/sdk';
import { ConnectionCalls, connectorNamed, ConnectionStore, isInbound, ReleaseStore, type FlowRecord } from '../catalog/index.js';
import { AuditStore } from '../governance/index.js';
import { effectOf, documentFacts } from '../canon/index.js';
import { MessageStore, type Draft } from '../pipeline/index.js';
import { Database, type Row } from '../platform/database/index.js';
import type { Actor } from '../platform/http/index.js';
import { parseExact } from '../platform/json/index.js';
import { MappingPool } from '../platform/mapping-runtime/index.js';
import { Problem } from '../platform/problems/index.js';
import { Doorbell } from '../platform/queue/index.js';
import type { Logger } from '../platform/telemetry/index.js';
import { LOGGER } from '../platform/tokens.js';
import { InboxStore } from './inbox.store.js';
import { RunStore } from './runs.store.js';
import { Unpacker } from './unpack.store.js';
import type { JsonObject } from '@waybill/sdk';

const pageLimit = 100;
const pagesPerPoll = 50;
const pollRetrySecondsMax = 300;

interface Due {
  connection: string;
  stream: string;
}

/** Reads streams: on their rhythm, on demand, or again over a range. Records and cursor are committed together. */
@Injectable()
export class Poller {
  private readonly stopping = new AbortController();
  private readonly background = new Set<Promise<void>>();

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(ConnectionCalls) private readonly calls: ConnectionCalls,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(InboxStore) private readonly inbox: InboxStore,
    @Inject(Unpacker) private readonly unpacker: Unpacker,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(MappingPool) private readonly pool: MappingPool,
    @Inject(RunStore) private readonly runs: RunStore,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(Doorbell) private readonly bell: Doorbell,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Everything that is due now, one stream after the other, as long as this process leads. */
  async pollDue(leads: () => boolean = () => true): Promise<void> {
    for (const due of await this.due()) {
      if (this.stopping.signal.aborted || !leads()) return;
      await this.poll(due, leads).catch((error: unknown) =>
        this.log.warn({ event: 'poll-failed', ...due, error: (error as Error).message }),
      );
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
    const runId = await this.db.transaction(async (tx) => {
      const id = await this.runs.start(tx, {
        kind: ask.kind,
        flow: flow.name,
        ...(isInbound(from) ? { connection: from.connection, stream: from.stream } : {}),
        since: ask.since,
        until: ask.until,
        startedBy: actor.name,
      });
      await this.audit.record(tx, actor, {
        action: 'run.started',
        object: { kind: 'run', id },
        summary: `${actor.name} started a ${ask.kind} of ${flow.name}`,
        after: { since: ask.since ?? null, until: ask.until ?? null },
      });
      return id;
    });
    const work = (
      isInbound(from)
        ? ask.kind === 'poll'
          ? this.poll(from, () => true, runId)
          : this.backfill(flow, from, ask, runId)
        : this.backfillFromHub(flow, from.canonical, runId)
    ).catch(() => undefined); // told in the run
    this.background.add(work);
    void work.finally(() => this.background.delete(work));
    return runId;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.background);
  }

  private async due(): Promise<Due[]> {
    const rows = await this.db.query<Due & { connector: string }>(
      `select distinct f.source_connection as connection, f.source_stream as stream, c.connector from flow f join connection c on c.name = f.source_connection and c.state = 'on'
       left join stream_cursor s on s.connection = f.source_connection and s.stream = f.source_stream where f.state = 'on' and (s.next_at is null or s.next_at <= now())`,
    );
    return rows.filter(({ connector, stream }) => connectorNamed(connector).streams[stream]?.poll !== undefined);
  }

  private async poll({ connection, stream }: Due, leads: () => boolean, asked?: string): Promise<void> {
    const [known] = await this.db.query<{ cursor: string | null; failures: number }>(
      'select cursor, failures from stream_cursor where connection = $1 and stream = $2',
      [connection, stream],
    );
    let cursor = known?.cursor ?? null;
    let runId = asked;
    const everySeconds = connectorNamed((await this.connections.find(connection)).connector).streams[stream]!.poll!.everySeconds;
    try {
      for (let pages = 0; pages < pagesPerPoll; pages += 1) {
        const page = await this.read(connection, stream, { cursor });
        // Another process may be further by now; its cursor must not be set back.
        if (!leads()) break;
        // A poll that brings nothing leaves no run behind.
        if (runId === undefined && page.deliveries.length > 0)
          runId = await this.runs.start(this.db, { kind: 'poll', connection, stream, startedBy: 'schedule' });
        await this.db.transaction(async (tx) => {
          const added = await this.inbox.takePage(tx, connection, page.deliveries, runId ?? '');
          if (runId !== undefined) await this.runs.count(tx, runId, page.deliveries.length, added);
          await tx.query(
            `insert into stream_cursor (connection, stream, cursor, polled_at, next_at) values ($1,$2,$3,now(),now() + $4 * interval '1 second')
             on conflict (connection, stream) do update set cursor = excluded.cursor, polled_at = now(), next_at = excluded.next_at, failures = 0`,
            [connection, stream, page.cursor, everySeconds],
          );
        });
        cursor = page.cursor;
        if (!page.more || this.stopping.signal.aborted) break;
        if (runId !== undefined && (await this.runs.isCancelled(runId))) return await this.runs.end(runId, 'cancelled');
      }
      if (runId !== undefined) await this.endPoll(runId, asked !== undefined);
    } catch (error) {
      const wait = Math.min(pollRetrySecondsMax, everySeconds * 2 ** Math.min(6, known?.failures ?? 0));
      await this.db.query(
        `insert into stream_cursor (connection, stream, next_at, failures) values ($1,$2,now() + $3 * interval '1 second',1) on conflict (connection, stream) do update set failures = stream_cursor.failures + 1, next_at = excluded.next_at`,
        [connection, stream, wait],
      );
      if (runId !== undefined) await this.runs.end(runId, 'failed', (error as Error).message);
      throw error;
    }
  }

  /** Scheduled polls that saw only what was known already are not kept. */
  private async endPoll(runId: string, asked: boolean): Promise<void> {
    if (!asked) {
      const gone = await this.db.query('delete from run where id = $1 and added = 0 returning id', [runId]);
      if (gone.length > 0) return;
    }
    await this.runs.end(runId, 'succeeded');
  }

  private async backfill(
    flow: FlowRecord,
    from: { connection: string; stream: string },
    range: { since?: string | undefined; until?: string | undefined },
    runId: string,
  ): Promise<void> {
    try {
      let cursor: string | null = null;
      for (;;) {
        const page: Page = await this.read(from.connection, from.stream, {
          cursor,
          ...(range.since ? { since: range.since } : {}),
          ...(range.until ? { until: range.until } : {}),
        });
        await this.db.transaction(async (tx) => {
          const added = await this.inbox.takePage(tx, from.connection, page.deliveries, runId);
          const unseen = await this.inbox.unseenBy(tx, flow.name, from.connection, page.deliveries.map((d) => d.id)); // prettier-ignore
          await this.unpacker.unpack(tx, unseen.map((row) => ({ ...row, runId })), [flow]); // prettier-ignore
          await this.runs.count(tx, runId, page.deliveries.length, added + unseen.length);
        });
        cursor = page.cursor;
        if (!page.more) break;
        if (this.stopping.signal.aborted || (await this.runs.isCancelled(runId))) return await this.runs.end(runId, 'cancelled');
      }
      await this.runs.end(runId, 'succeeded');
    } catch (error) {
      await this.runs.end(runId, 'failed', (error as Error).message);
      throw error;
    }
  }

  /** Fills a flow that came later from what the hub holds: the newest version of each object that the flow has no message of. */
  private async backfillFromHub(flow: FlowRecord, canonical: string, runId: string): Promise<void> {
    const type = canonical.split('@')[0]!;
    try {
      for (let after = ''; ;) {
        const rows = await this.db.query<Row>(
          `select o.id, o.version, v.content, v.message_id, m.correlation_id from canonical_object o join canonical_version v on v.object_id = o.id and v.version = o.version left join message m on m.id = v.message_id
           where o.type = $1 and o.id > $2 and not exists (select 1 from message x where x.flow = $3 and x.canonical_id = o.id and x.canonical_version = o.version) order by o.id limit $4`,
          [type, after, flow.name, pageLimit],
        );
        if (rows.length === 0) break;
        const drafts = await this.hubDrafts(flow, type, rows, runId);
        await this.db.transaction(async (tx) => {
          const lanes = await this.messages.insert(tx, drafts);
          await this.runs.count(tx, runId, rows.length, drafts.length);
          tx.afterCommit(() => lanes.forEach((lane) => this.bell.ring({ bell: 'lane', ...lane })));
        });
        after = rows.at(-1)!['id'] as string;
        if (this.stopping.signal.aborted || (await this.runs.isCancelled(runId))) return await this.runs.end(runId, 'cancelled');
      }
      await this.runs.end(runId, 'succeeded');
    } catch (error) {
      await this.runs.end(runId, 'failed', (error as Error).message);
      throw error;
    }
  }

  private async hubDrafts(flow: FlowRecord, type: string, rows: readonly Row[], runId: string): Promise<Draft[]> {
    const contents = rows.map((row) => parseExact(row['content'] as string) as JsonObject);
    const ask = (expression: string) =>
      contents.map((content) => ({ expression, input: content, source: content, asOf: String(content['occurredAt']), optional: true }));
    const wanted = await this.pool.evaluate(ask(flow.definition.when === undefined ? 'true' : `$boolean(${flow.definition.when})`));
    const orders = await this.pool.evaluate(ask(flow.definition.orderBy ?? 'sourceId'));
    return rows.flatMap((row, i): Draft[] => {
      const [want, order, content] = [wanted[i]!, orders[i]!, contents[i]!];
      if ('empty' in want || ('text' in want && want.text === 'false')) return [];
      return [
        {
          flow: flow.name,
          releaseId: flow.releaseId,
          orderBy: 'text' in order ? String(JSON.parse(order.text)) : String(content['sourceId']),
          key: String(content['sourceId']),
          revision: String(row['version']).padStart(10, '0'),
          effect: effectOf(type, content),
          sourceSystem: String(content['sourceSystem']),
          connection: null,
          stream: null,
          inboxId: null,
          canonicalId: row['id'] as string,
          canonicalVersion: row['version'] as number,
          correlationId: (row['correlation_id'] as string | null) ?? null,
          causedBy: row['message_id'] as string,
          runId,
          occurredAt: String(content['occurredAt']),
          facts: documentFacts(content),
          text: row['content'] as string,
          delivery: {},
          partial: false,
        },
      ];
    });
  }

  private read(connection: string, stream: string, ask: { cursor: string | null; since?: string; until?: string }): Promise<Page> {
    return this.calls.call(
      connection,
      (context, { connector }: { connector: Connector }) =>
        connector.streams[stream]!.poll!.read(context, { stream, limit: pageLimit, ...ask }),
      { signal: this.stopping.signal },
    );
  }
}
