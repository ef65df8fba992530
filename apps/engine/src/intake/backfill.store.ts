import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '@waybill/sdk';
import { documentFacts, effectOf } from '../canon/index.js';
import { ConnectionStore, identityDiffers, isInbound, releaseFor, ReleaseStore, type FlowRecord } from '../catalog/index.js';
import { MessageStore, orderingKeyOf, type Draft } from '../pipeline/index.js';
import { Database, realBook, type Row } from '../platform/database/index.js';
import { parseExact } from '../platform/json/index.js';
import { MappingPool } from '../platform/mapping-runtime/index.js';
import { isProblem } from '../platform/problems/index.js';
import { Doorbell } from '../platform/queue/index.js';
import type { Logger } from '../platform/telemetry/index.js';
import { LOGGER } from '../platform/tokens.js';
import { InboxStore } from './inbox.store.js';
import { pageLimit, StreamReader, type StreamName } from './reader.store.js';
import { watchRun } from './run-watch.js';
import { RunLost, RunStore, type RunTurn } from './runs.store.js';
import { newestIn, Unpacker } from './unpack.store.js';

export type Backfill = RunTurn & { cursor: string | null; since: string | null; until: string | null };

/** Where a run stands after a page. */
interface Step {
  cursor: string | null;
  more: boolean;
}

/** Reads a source again over a range, or the hub for a flow that came later. Every page is committed with the run's progress. */
@Injectable()
export class Backfiller {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(StreamReader) private readonly reader: StreamReader,
    @Inject(InboxStore) private readonly inbox: InboxStore,
    @Inject(Unpacker) private readonly unpacker: Unpacker,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(MappingPool) private readonly pool: MappingPool,
    @Inject(RunStore) private readonly runs: RunStore,
    @Inject(Doorbell) private readonly bell: Doorbell,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** From where the run stands, page by page, each committed with its progress. A process that stops leaves the run to the next. */
  async run(flow: FlowRecord, run: Backfill, stopping: AbortSignal): Promise<void> {
    const { from } = flow.definition;
    const watch = watchRun(this.runs, run, this.log);
    try {
      const next = async (cursor: string | null) => {
        const now = await this.asItIs(flow);
        return isInbound(from)
          ? this.pageOfSource(now, from, run, cursor, AbortSignal.any([watch.signal, stopping]))
          : this.pageOfHub(now, from.canonical, run, cursor ?? '');
      };
      for (let at: Step = { cursor: run.cursor, more: true }; at.more;) {
        if (stopping.aborted) return await this.runs.leave(run);
        at = await next(at.cursor);
        if (at.more && (await this.runs.beat(run)) === 'cancelled') return await this.runs.end(run, 'cancelled');
      }
      await this.runs.end(run, 'succeeded');
    } catch (error) {
      if (error instanceof RunLost || (await watch.isOver())) return;
      // The database was away for a moment: whoever looks for abandoned runs goes on with it.
      if (stopping.aborted || (isProblem(error) && error.code === 'UNAVAILABLE')) return await this.runs.leave(run);
      await this.runs.end(run, 'failed', (error as Error).message);
      throw error;
    } finally {
      watch.stop();
    }
  }

  /** With the release that is live by now, and its share: a run may take hours, and a release that was stopped meanwhile gets no more. */
  private async asItIs(flow: FlowRecord): Promise<FlowRecord> {
    const now = await this.releases.flow(flow.name);
    // One that reads another source, or names its documents otherwise, is not what the run was begun for.
    return identityDiffers(flow.definition, now.definition).length === 0 ? now : { ...flow, share: null };
  }

  private async pageOfSource(flow: FlowRecord, from: StreamName, run: Backfill, cursor: string | null, signal: AbortSignal): Promise<Step> {
    const { since, until } = run;
    const page = await this.reader.read(from, { cursor, ...(since ? { since } : {}), ...(until ? { until } : {}) }, signal);
    const reachedAt = newestIn(page.deliveries, await this.connections.open(from.connection));
    await this.db.transaction(async (tx) => {
      const added = await this.inbox.takePage(tx, from.connection, page.deliveries, run.id);
      // Of two backfills of one flow the second waits here, and then sees what the first has brought.
      await tx.query("select pg_advisory_xact_lock(hashtextextended('backfill ' || $1, 0))", [flow.name]);
      const unseen = await this.inbox.unseenBy(tx, flow.name, from.connection, page.deliveries.map((d) => d.id)); // prettier-ignore
      await this.unpacker.unpack(tx, unseen.map((row) => ({ ...row, runId: run.id })), [flow]); // prettier-ignore
      await this.runs.page(tx, run, { read: page.deliveries.length, added: added + unseen.length, reachedAt, cursor: page.cursor });
    });
    return { cursor: page.cursor, more: page.more };
  }

  /** Fills a flow that came later from what the hub holds: the newest version of each object that occurred on the days asked for and that the flow has no message of. */
  private async pageOfHub(flow: FlowRecord, canonical: string, run: Backfill, after: string): Promise<Step> {
    const type = canonical.split('@')[0]!;
    return this.db.transaction(async (tx) => {
      await tx.query("select pg_advisory_xact_lock(hashtextextended('backfill ' || $1, 0))", [flow.name]);
      const rows = await tx.query<Row>(
        `select o.id, o.version, v.content, v.message_id, m.correlation_id from canonical_object o join canonical_version v on v.object_id = o.id and v.version = o.version left join message m on m.id = v.message_id
         where o.type = $1 and o.id > $2 and ${realBook('o')} and v.erasure is null and not exists (select 1 from message x where x.flow = $3 and x.canonical_id = o.id and x.canonical_version = o.version) order by o.id limit $4`,
        [type, after, flow.name, pageLimit],
      );
      if (rows.length === 0) return { cursor: after, more: false };
      const asked = rows.filter((row) => isWithinDays(row, run));
      const drafts = await this.hubDrafts(flow, type, asked, run.id);
      const lanes = await this.messages.insert(tx, drafts);
      const cursor = rows.at(-1)!['id'] as string;
      const reachedAt = drafts.map((draft) => draft.occurredAt).sort().at(-1); // prettier-ignore
      await this.runs.page(tx, run, { read: asked.length, added: drafts.length, reachedAt, cursor });
      tx.afterCommit(() => lanes.forEach((lane) => this.bell.ring({ bell: 'lane', ...lane })));
      return { cursor, more: true };
    });
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
      const orderBy = 'text' in order ? String(JSON.parse(order.text)) : String(content['sourceId']);
      const facts = documentFacts(content);
      const orderingKey = orderingKeyOf(String(content['sourceSystem']), orderBy);
      return [
        {
          flow: flow.name,
          releaseId: releaseFor(flow, { orderingKey, legalEntity: facts.legalEntity }),
          orderBy,
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
          facts,
          content,
          text: row['content'] as string,
          delivery: {},
          partial: false,
          syntheticRun: null,
        },
      ];
    });
  }
}

/** Whether what a version of the hub says occurred on the days that are asked for, by its source and in UTC, as sources are asked. */
function isWithinDays(row: Row, { since, until }: Backfill): boolean {
  if (since === null && until === null) return true;
  const { occurredAt } = parseExact(row['content'] as string) as JsonObject;
  const day = new Date(String(occurredAt)).toISOString().slice(0, 10);
  return (since === null || day >= since) && (until === null || day <= until);
}
