import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TableRows } from '@waybill/mapping-language';
import type { JsonObject, Receipt, SendRequest } from '@waybill/sdk';
import { HubAnswers } from '../canon/index.js';
import {
  ConnectionCalls,
  ConnectionStore,
  isHub,
  isInbound,
  limitsInForce,
  ReleaseStore,
  SchemaBook,
  TableStore,
  type CallTerms,
  type FlowRecord,
  type OpenConnection,
} from '../catalog/index.js';
import type { Exchange } from '../platform/egress/index.js';
import { contentHash } from '../platform/json/index.js';
import { MappingPool } from '../platform/mapping-runtime/index.js';
import { sentence } from '../platform/sentences/index.js';
import { recordOf } from './accept/accept.js';
import { condemned } from './lanes/poison.js';
import type { Journey, MessageRow } from './journey.js';
import { factsOf } from './map/map.js';
import { MessageStore } from './messages.store.js';
import { travel, type PipelineTools } from './pipeline.js';
import { callTarget } from './send/call-target.js';
import { resolveDoubt } from './send/doubt.js';
import { failedRead } from './send/failures.js';
import type { Target } from './send/meeting.js';
import { PostingStore } from './send/postings.store.js';
import { SettleStore } from './settle/settle.store.js';
import type { Stage } from './vocabulary.js';

/** Stages after which a retry keeps what the mapping made: the release and the table versions of a try do not change under it. */
const keptStages: readonly Stage[] = ['permit', 'send', 'settle'];

/** Hands the stages what they work with. */
@Injectable()
export class Pipeline {
  constructor(
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(SchemaBook) private readonly schemas: SchemaBook,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(ConnectionCalls) private readonly calls: ConnectionCalls,
    @Inject(MappingPool) private readonly pool: MappingPool,
    @Inject(PostingStore) private readonly postings: PostingStore,
    @Inject(SettleStore) private readonly settling: SettleStore,
    @Inject(HubAnswers) private readonly hub: HubAnswers,
  ) {}

  /** Messages as they were claimed, through all stages to their end. */
  async run(rows: readonly MessageRow[], terms: CallTerms): Promise<void> {
    const tables = await this.tables.snapshot();
    const journeys = await this.load(rows, tables);
    // Only the hub asks who wants what goes into it.
    const flows = journeys.some(({ release }) => isHub(release.definition.to)) ? await this.releases.flows() : [];
    const syntheticFlows = await this.messages.syntheticFlows(rows);
    const byRelease = new Map<string, Journey[]>();
    for (const journey of journeys) byRelease.set(journey.release.id, [...(byRelease.get(journey.release.id) ?? []), journey]);
    for (const batch of byRelease.values()) await travel(batch, this.tools(tables, flows, terms, syntheticFlows));
  }

  /** Messages in doubt whose quiet time is over. */
  async lookUp(rows: readonly MessageRow[], terms: CallTerms): Promise<void> {
    for (const journey of await this.load(rows, [])) {
      const target = await this.target(journey);
      const ended = await resolveDoubt(journey, target, {
        doubtful: (id) => this.postings.doubtful(id),
        find: (_, request) => this.find(target, request, terms),
      });
      await this.settling.settle([ended]);
    }
  }

  /** Messages that ended every worker that had them, alone at last: nobody reads them again until a person asks for it. */
  async condemn(rows: readonly MessageRow[]): Promise<void> {
    const journeys = rows.map(async (row) => condemned(row, await this.releases.release(row.releaseId)));
    await this.settling.settle(await Promise.all(journeys));
  }

  private find(target: Target, request: SendRequest, terms: CallTerms): Promise<Receipt | null> {
    return this.calls.call(target.connection, (context) => target.operation.find!(context, request), terms);
  }

  async load(rows: readonly MessageRow[], tables: readonly TableRows[]): Promise<Journey[]> {
    const bodies = await this.messages.bodies(rows.map((row) => row.id));
    const versions = Object.fromEntries(tables.map((table) => [table.name, table.version]));
    return Promise.all(
      rows.map(async (row): Promise<Journey> => {
        const body = bodies.get(row.id) ?? {};
        const told = JSON.parse(body.delivery ?? '{}') as { facts?: JsonObject; partial?: boolean; answers?: JsonObject };
        const kept = body.map !== undefined && row.stage !== null && keptStages.includes(row.stage);
        const sourceText = body.accept ?? 'null';
        const output = kept ? (JSON.parse(body.map!) as JsonObject) : undefined;
        const journey: Journey = {
          row,
          release: await this.releases.release(row.releaseId),
          sourceText,
          source: JSON.parse(sourceText) as JsonObject, // our own text: what a double cannot hold is a string in it
          delivery: told.facts ?? {},
          ...(told.answers ? { answers: told.answers } : {}),
          partial: told.partial ?? false,
          enriched: kept && body.enrich ? (JSON.parse(body.enrich) as JsonObject) : {},
          ...(output ? { output, outputText: body.map! } : {}),
          kept,
          stage: row.stage ?? 'accept',
          tables: kept ? (row.tables ?? versions) : versions,
          bodies: [],
        };
        // Who goes on behind the mapping says the same of the document as the mapping did.
        if (output) journey.facts = factsOf(journey, output);
        return journey;
      }),
    );
  }

  tools(
    tables: TableRows[],
    flows: readonly FlowRecord[],
    terms: CallTerms,
    syntheticFlows: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
  ): PipelineTools {
    const opened = new Map<string, Promise<OpenConnection>>();
    const open = (name: string) => opened.get(name) ?? opened.set(name, this.connections.open(name)).get(name)!;
    const evaluate: PipelineTools['evaluate'] = (items) => this.pool.evaluate(items, tables);
    return {
      evaluate,
      tables: new Map(tables.map((table) => [table.name, table])),
      problems: (schema, value) => this.schemas.problems(schema, value),
      complete: (journey) => this.complete(journey, open, terms),
      failed: failedRead,
      lookup: (connection, lookup, by) =>
        this.calls.call(connection, (context, { connector }) => connector.lookups[lookup]!.run(context, by), terms),
      documents: (questions) => this.hub.answer(questions),
      sentence,
      approvalHash: (journey) =>
        contentHash({ output: journey.output, release: journey.release.hash, tables: journey.tables }).toString('hex'),
      subscribers: (type) => flows.filter(({ definition: { from } }) => !isInbound(from) && from.canonical === type),
      syntheticFlows,
      earlier: (journeys) => this.messages.earlier(journeys.map((journey) => journey.row)),
      target: (journey) => this.target(journey),
      postings: this.postings,
      take: (target, wanted) => this.calls.take(target.connection, wanted, terms),
      call: (target, { request }, permit, exchanges: Exchange[]) =>
        this.calls.call(target.connection, (context) => callTarget(target.operation, context, request), { ...terms, permit, exchanges }),
      pause: (ms) => sleep(ms),
      settle: (ended) => this.settling.settle(ended),
    };
  }

  async target(journey: Pick<Journey, 'release'>): Promise<Target> {
    const { to } = journey.release.definition;
    if (isHub(to)) throw new Error(`${journey.release.flow} ends in the hub`);
    const { record, connector, settings } = await this.connections.open(to.connection);
    const operation = connector.operations[to.operation]!;
    const { maxUpstreamSeconds: most } = operation;
    return {
      connection: to.connection,
      operationName: to.operation,
      operation,
      maxUpstreamSeconds: typeof most === 'number' ? most : most(settings),
      ledger: record.system,
      concurrency: limitsInForce(connector.limits, record.limits).concurrency,
    };
  }

  /** The rest of a record that came in part, or all of it where a delivery is only a hint. Only on the first try: a replay keeps what was recorded. */
  private async complete(
    journey: Journey,
    open: (name: string) => Promise<OpenConnection>,
    terms: CallTerms,
  ): Promise<JsonObject | undefined> {
    const { connection, stream, stage } = journey.row;
    if (connection === null || stream === null || stage !== null || journey.row.replayed) return undefined;
    const { connector } = await open(connection);
    const source = connector.streams[stream];
    if (!source?.complete || source.hydrate === 'never' || (source.hydrate === 'stale' && !journey.partial)) return undefined;
    const whole = await this.calls.call(connection, (context) => source.complete!(context, recordOf(journey)), terms);
    return whole.body;
  }
}
