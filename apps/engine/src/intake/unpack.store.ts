import { Inject, Injectable } from '@nestjs/common';
import { isConnectorFailure, type Delivery, type JsonObject, type SourceRecord } from '@waybill/sdk';
import { ConnectionStore, releaseFor, ReleaseStore, type FlowRecord, type OpenConnection } from '../catalog/index.js';
import { flowFacts, MessageStore, namedIn, orderingKeyOf, syntheticSystem, type Draft } from '../pipeline/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { MappingPool, type EvaluationItem, type EvaluationResult } from '../platform/mapping-runtime/index.js';
import { Doorbell } from '../platform/queue/index.js';
import type { Logger } from '../platform/telemetry/index.js';
import { LOGGER } from '../platform/tokens.js';
import { InboxStore, type InboxRow } from './inbox.store.js';

const batchSize = 200;
const unpackersMax = 2;
/** Late answers of a batch that are asked for once more. */
const askedAgainMax = 8;
/** So often a delivery whose answers are late is put off, over some four minutes; then it is the expression, and not the machine. */
const putOffMax = 9;

/** As `InboxStore.putOff` says it, and a moment more. */
const comesAgainMs = (attempts: number): number => Math.min(60, 2 ** attempts) * 1_000 + 250;

interface Found {
  row: InboxRow;
  record: SourceRecord;
  flow: FlowRecord;
  system: string;
  streamKey: string;
  synthetic: SyntheticStep | undefined;
}

/** What the step of a synthetic run says of its delivery: the flows that may have it, and what is known without asking. */
interface SyntheticStep {
  flows: readonly string[];
  answers: JsonObject;
}

/** From deliveries to messages: what is inside, which flows want it, and under which identity. */
@Injectable()
export class Unpacker {
  private readonly busy = new Set<Promise<void>>();
  private asked = false;
  private stopping = false;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(InboxStore) private readonly inbox: InboxStore,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(MappingPool) private readonly pool: MappingPool,
    @Inject(Doorbell) private readonly bell: Doorbell,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /**
   * Unpacks until nothing is new, or until the process stops. A few at a time are enough, and leave the workers of this process to the lanes:
   * under a load that does not end, each would else stay here. Whoever comes when enough are at it is heard by them, and returns at once.
   */
  async unpackNew(): Promise<void> {
    this.asked = true;
    if (this.busy.size >= unpackersMax) return;
    const work = this.unpackAsked();
    this.busy.add(work);
    await work.finally(() => this.busy.delete(work));
  }

  private async unpackAsked(): Promise<void> {
    while (this.asked && !this.stopping) {
      this.asked = false;
      await this.unpackAll();
    }
  }

  /** Begins no more batches; waits for those under way. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.allSettled(this.busy);
  }

  private async unpackAll(): Promise<void> {
    while (!this.stopping) {
      const count = await this.db.transaction(async (tx) => {
        const rows = await this.inbox.claimNew(tx, batchSize);
        if (rows.length === 0) return 0;
        const flows = await this.releases.flows(tx);
        const { fine, late } = await this.unpack(tx, rows, flows, { mayComeAgain: true });
        await this.inbox.done(tx, fine);
        if (late.length > 0) await this.putOff(tx, rows, late);
        return rows.length;
      });
      if (count < batchSize) return;
    }
  }

  /** They come again when they are due: a bell rings for each time that one of them is. */
  private async putOff(tx: Tx, rows: readonly InboxRow[], late: readonly string[]): Promise<void> {
    await this.inbox.putOff(tx, late);
    const attempts = new Set(rows.filter(({ id }) => late.includes(id)).map((row) => row.attempts));
    this.log.warn({ event: 'unpack-late', deliveries: late.length });
    tx.afterCommit(() => attempts.forEach((n) => this.bell.ring({ bell: 'inbox' }, comesAgainMs(n))));
  }

  /**
   * Makes messages of rows for these flows; returns the rows that could be read. Of rows that may come again those are late, and nothing is made of them,
   * whose expressions were not answered in time: under the id of its delivery a document would be another one, for ever.
   */
  async unpack(
    tx: Tx,
    rows: readonly InboxRow[],
    flows: readonly FlowRecord[],
    { mayComeAgain = false } = {},
  ): Promise<{ fine: string[]; late: string[] }> {
    const found: Found[] = [];
    const fine: string[] = [];
    const open = new Map<string, OpenConnection>();
    const steps = await this.syntheticSteps(tx, rows);
    for (const row of rows) {
      const connection = open.get(row.connection) ?? (await this.connections.open(row.connection));
      open.set(row.connection, connection);
      try {
        const synthetic = steps.get(row.id);
        for (const one of recordsOf(row, connection)) {
          const system = row.syntheticRun === null ? one.system : syntheticSystem(one.system);
          for (const flow of flows)
            if (takes(flow, row.connection, one.record.stream) && (row.syntheticRun === null || synthetic?.flows.includes(flow.name)))
              found.push({ row, flow, ...one, system, synthetic });
        }
        fine.push(row.id);
      } catch (error) {
        // Only what the connector says of this delivery ends here; a database that is away is thrown above, and the row stays new.
        if (!isConnectorFailure(error))
          this.log.error({
            event: 'unpack-failed',
            inbox: row.id,
            connection: row.connection,
            error: String((error as Error)?.stack ?? error),
          });
        await this.inbox.failed(tx, row.id, (error as Error).message);
      }
    }
    const answered = await this.answered(found);
    const late = new Set(
      answered.flatMap(({ one: { row }, answers }) => (mayComeAgain && row.attempts < putOffMax && answers.some(wasCut) ? [row.id] : [])),
    );
    const drafts = answered.filter(({ one }) => !late.has(one.row.id)).flatMap(({ one, answers }) => draftsOf(one, answers));
    const lanes = await this.messages.insert(tx, drafts);
    tx.afterCommit(() => {
      for (const lane of new Map(lanes.map((l) => [`${l.flow} ${l.lane}`, l])).values()) this.bell.ring({ bell: 'lane', ...lane });
    });
    return { fine: fine.filter((id) => !late.has(id)), late: [...late] };
  }

  private async syntheticSteps(tx: Tx, rows: readonly InboxRow[]): Promise<Map<string, SyntheticStep>> {
    const ids = rows.flatMap(({ id, syntheticRun }) => (syntheticRun === null ? [] : [id]));
    if (ids.length === 0) return new Map();
    const steps = await tx.query<SyntheticStep & { id: string }>(
      `select i.id, s.flows, s.answers from inbox i join synthetic_step s on s.run_id = i.synthetic_run and s.connection = i.connection and s.delivery_id = i.delivery_id where i.id = any($1)`,
      [ids],
    );
    return new Map(steps.map(({ id, ...step }) => [id, step]));
  }

  /** Each with its four answers: whether the flow wants it, its key, its revision, what orders it. */
  private async answered(found: readonly Found[]): Promise<{ one: Found; answers: FourAnswers }[]> {
    const items = found.flatMap((one) => [
      question(one, one.flow.definition.when === undefined ? 'true' : `$boolean(${one.flow.definition.when})`),
      question(one, keyOf(one)),
      question(one, one.flow.definition.revision ?? '$revision'),
      question(one, one.flow.definition.orderBy ?? keyOf(one)),
    ]);
    const answers = await this.answers(items);
    return found.map((one, i) => ({ one, answers: answers.slice(4 * i, 4 * i + 4) as FourAnswers }));
  }

  /**
   * What was late or ended its child may have been the machine's doing, and would give the record no identity for ever: it is asked twice more,
   * alone, before that is believed. Where many are late it is the expression, and asking again would keep everybody else waiting.
   */
  private async answers(items: readonly EvaluationItem[]): Promise<EvaluationResult[]> {
    const answers = await this.pool.evaluate([...items]);
    for (let again = 0; again < 2; again += 1) {
      const cut = [...answers.keys()].filter((n) => wasCut(answers[n]!));
      if (cut.length > askedAgainMax) return answers;
      for (const n of cut) answers[n] = (await this.pool.evaluate([items[n]!]))[0]!;
    }
    return answers;
  }
}

type FourAnswers = [EvaluationResult, EvaluationResult, EvaluationResult, EvaluationResult];

/** D1012 is JSONata's own word for late. What was stopped was not even tried: others of its expression were late. */
const wasCut = (answer: EvaluationResult): boolean =>
  'failure' in answer && ['MAPPING_TIMEOUT', 'MAPPING_CRASHED', 'MAPPING_STOPPED', 'D1012'].includes(answer.failure.code);

function draftsOf(one: Found, [wanted, key, revision, orderBy]: FourAnswers): Draft[] {
  if ('empty' in wanted || ('text' in wanted && wanted.text === 'false')) return [];
  return [draft(one, key, textOf(revision) ?? one.record.revision, textOf(orderBy))];
}

/** The records inside a delivery, with the system they come from and their stream's key. */
function recordsOf(
  row: InboxRow,
  { connector, record: connection, settings }: OpenConnection,
): Pick<Found, 'record' | 'system' | 'streamKey'>[] {
  const delivery = { id: row.deliveryId, body: row.raw.toString('utf8'), via: row.via, ...(row.stream ? { stream: row.stream } : {}) };
  const records = connector.unpack?.(delivery, settings) ?? [];
  return records.map((record) => ({ record, system: connection.system, streamKey: connector.streams[record.stream]?.key ?? 'id' }));
}

const takes = (flow: FlowRecord, connection: string, stream: string): boolean =>
  'connection' in flow.definition.from && flow.definition.from.connection === connection && flow.definition.from.stream === stream;

/** When the newest record in these deliveries happened; `undefined` when they hold none that can be read. */
export function newestIn(deliveries: readonly Delivery[], { connector, settings }: OpenConnection): string | undefined {
  const times = deliveries.flatMap((delivery) => {
    try {
      return (connector.unpack?.(delivery, settings) ?? []).map((record) => record.occurredAt);
    } catch {
      return []; // a delivery that makes no sense is told where it is unpacked
    }
  });
  return times.sort().at(-1);
}

/** The flow's own key, else the stream's. */
const keyOf = ({ flow, streamKey }: Found): string => flow.definition.key ?? streamKey;

function question({ record, flow, row, system }: Found, expression: string): EvaluationItem {
  const facts = flowFacts({ definition: flow.definition } as never);
  return {
    expression,
    input: record.body,
    source: record.body,
    delivery: record.delivery ?? {},
    revision: record.revision,
    asOf: record.occurredAt,
    flow: { ...facts, source: { connection: row.connection, stream: record.stream, system } },
    optional: true,
  };
}

const textOf = (result: EvaluationResult): string | undefined => ('text' in result ? namedIn(result.text) : undefined);

function draft(
  { row, record, flow, system, streamKey, synthetic }: Found,
  answer: EvaluationResult,
  revision: string,
  orderBy: string | undefined,
): Draft {
  const key = textOf(answer);
  const what = `the key ${flow.definition.key ?? streamKey}`;
  const problem =
    key !== undefined ? {} : { keyProblem: 'failure' in answer ? `${what} failed: ${answer.failure.message}` : `${what} gave nothing` };
  const order = orderBy ?? key ?? row.deliveryId;
  return {
    flow: flow.name,
    // A record gets its legal entity in the mapping, which the release decides.
    releaseId: releaseFor(flow, { orderingKey: orderingKeyOf(system, order), legalEntity: null }),
    orderBy: order,
    key: key ?? row.deliveryId,
    revision,
    effect: record.effect ?? 'create',
    sourceSystem: system,
    connection: row.connection,
    stream: record.stream,
    inboxId: row.id,
    canonicalId: null,
    canonicalVersion: null,
    correlationId: null,
    causedBy: null,
    runId: row.runId,
    occurredAt: record.occurredAt,
    facts: null,
    content: record.body,
    text: JSON.stringify(record.body),
    delivery: { ...record.delivery, ...problem },
    partial: record.partial ?? false,
    syntheticRun: row.syntheticRun,
    ...(synthetic ? { answers: synthetic.answers } : {}),
  };
}
