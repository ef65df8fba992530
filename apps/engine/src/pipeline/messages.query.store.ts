import { Inject, Injectable } from '@nestjs/common';
import { Database, within, type Row, type Scope, type Sql } from '../platform/database/index.js';
import { decodeCursor, page } from '../platform/http/index.js';
import { Problem } from '../platform/problems/index.js';
import { conditionsOf, type MessageFilter } from './message-filter.js';
import { unclearMax } from './send/doubt.js';
import { UnpostedStore } from './unposted.store.js';
import { stages, type Stage } from './vocabulary.js';

export interface MessageList extends MessageFilter {
  limit?: number | undefined;
  cursor?: string | undefined;
  count?: boolean | undefined;
}

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

/** What the console and the API read of messages. Filters use the indexes of the newest-first lists; paging is by key, never by offset. */
@Injectable()
export class MessageQueryStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(UnpostedStore) private readonly unposted: UnpostedStore,
  ) {}

  async list(filter: MessageList, scope: Scope) {
    const db = this.db.seenBy(scope);
    const limit = filter.limit ?? 50;
    const after = decodeCursor(filter.cursor, ['instant', 'text']);
    const { where, values } = conditionsOf(filter, scope, filter.unposted ? await this.unposted.flows() : undefined);
    const n = values.length;
    // In the text only where there is one: a plan that is kept for all values would walk from the newest to it.
    const older = after ? ` and (m.received_at, m.id) < ($${n + 2}::timestamptz, $${n + 3}::text)` : '';
    const rows = await db.query<Row>(`${summary} where ${where}${older} order by m.received_at desc, m.id desc limit $${n + 1}`, [
      ...values,
      limit + 1,
      ...(after ?? []),
    ]);
    const { items, next } = page(rows, limit, (row) => [row['received_text'] as string, row['id'] as string]);
    const count = filter.count
      ? await db.query<{ n: number }>(`select count(*)::int as n from message m where ${where}`, values)
      : undefined;
    return { items: items.map(shape), next, ...(count ? { count: count[0]!.n } : {}) };
  }

  /** The rows of the list for these, newest first. */
  async some(ids: readonly string[], scope: Scope) {
    if (ids.length === 0) return [];
    const seen = within(scope, 'm.legal_entities', 2);
    const rows = await this.db
      .seenBy(scope)
      .query<Row>(`${summary} where m.id = any($1) and ${seen.where} order by m.received_at desc, m.id desc`, [ids, ...seen.values]);
    return rows.map(shape);
  }

  async find(id: string, scope: Scope) {
    const db = this.db.seenBy(scope);
    const seen = within(scope, 'm.legal_entities', 2);
    const [row] = await db.query<Row>(`${summary} where m.id = $1 and ${seen.where}`, [id, ...seen.values]);
    if (!row) throw new Problem('NOT_FOUND', `There is no message ${id}.`);
    const [bodies, attempts, history, release, posting, related, inbox] = await Promise.all([
      db.query<Row>(
        "select distinct on (stage) stage, body, encode(hash, 'hex') as hash, created_at from message_body where message_id = $1 and stage <> 'delivery' order by stage, seq desc",
        [id],
      ),
      db.query<Row>("select *, encode(request_hash, 'hex') as request_hex from attempt where message_id = $1 order by sent_at", [id]),
      db.query<Row>('select * from message_history where message_id = $1 order by seq', [id]),
      db.query<Row>('select flow, version, hash, mapping_name, mapping_version from release where id = $1', [row['release_id']]),
      row['posting_id'] === null ? Promise.resolve([]) : db.query<Row>('select * from posting where id = $1', [row['posting_id']]),
      this.related(row, db, scope),
      row['inbox_id'] === null ? Promise.resolve([]) : db.query<Row>('select delivery_id, via from inbox where id = $1', [row['inbox_id']]),
    ]);
    return {
      ...shape(row),
      orderingKey: row['ordering_key'] as string,
      stages: stagePayloads(row, bodies),
      attemptsMade: attempts.map(shapeAttempt),
      history: history.map((h) => ({
        at: iso(h['at'])!,
        from: h['from_state'] as string | null,
        to: h['to_state'] as string,
        stage: h['stage'] as string | null,
        reason: h['reason'] as string | null,
        by: h['by_actor'] as string | null,
      })),
      versions: {
        release: {
          flow: row['flow'] as string,
          version: (release[0]?.['version'] as number) ?? 0,
          hash: (release[0]?.['hash'] as string) ?? '',
        },
        mapping: release[0] ? { name: release[0]['mapping_name'] as string, version: release[0]['mapping_version'] as number } : null,
        tables: Object.entries((row['tables'] as Record<string, number> | null) ?? {}).map(([name, version]) => ({ name, version })),
      },
      source: {
        connection: row['connection'] as string | null,
        stream: row['stream'] as string | null,
        deliveryId: (inbox[0]?.['delivery_id'] as string) ?? null,
        via: (inbox[0]?.['via'] as string) ?? null,
        canonical:
          row['canonical_id'] === null
            ? null
            : {
                type: (row['source_type'] as string | null) ?? '',
                id: row['canonical_id'] as string,
                version: row['canonical_version'] as number,
              },
      },
      posting: posting[0] ? shapePosting(posting[0]) : null,
      erasure: row['erasure'] as string | null,
      doubt: row['state'] === 'in_doubt' ? doubtOf(row, attempts.at(-1)) : null,
      related,
    };
  }

  /** The stored text of a stage, to the last digit. */
  async stageText(id: string, stage: Stage, scope: Scope): Promise<string> {
    const order = stages.slice(0, stages.indexOf(stage) + 1);
    const seen = within(scope, 'm.legal_entities', 2);
    const rows = await this.db.seenBy(scope).query<{ stage: Stage; body: string }>(
      `select distinct on (b.stage) b.stage, b.body from message_body b join message m on m.id = b.message_id
       where b.message_id = $1 and b.stage <> 'delivery' and ${seen.where} order by b.stage, b.seq desc`,
      [id, ...seen.values],
    );
    for (const name of order.reverse()) {
      const found = rows.find((row) => row.stage === name);
      if (found) return found.body;
    }
    throw new Problem('NOT_FOUND', `There is no message ${id}.`);
  }

  private async related(
    row: Row,
    db: Sql,
    scope: Scope,
  ): Promise<
    { id: string; flow: string; state: string; relation: 'caused-by' | 'caused' | 'same-document' | 'blocked-by' | 'waits-for' }[]
  > {
    const seen = within(scope, 'm.legal_entities', 8);
    const rows = await db.query<{ id: string; flow: string; state: string; relation: 'caused' }>(
      `select id, flow, state, 'caused-by' as relation from message m where id = $2 and ${seen.where}
       union all select id, flow, state, 'caused' from message m where caused_by = $1 and correlation_id = $6 and ${seen.where}
       union all (select id, flow, state, 'same-document' from message m where flow = $3 and key = $4 and source_system = $5 and id <> $1 and ${seen.where} order by seq desc limit 20)
       union all (select m.id, m.flow, m.state, 'waits-for' from posting p join message m on m.id = p.message_id where p.external_key = $7 and ${seen.where})`,
      [
        row['id'],
        row['caused_by'],
        row['flow'],
        row['key'],
        row['source_system'],
        row['correlation_id'],
        row['depends_on'],
        ...seen.values,
      ],
    );
    return rows;
  }
}

const summary = `select m.*, m.amount::text as amount_text, to_char(m.received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as received_text, e.id as exception_id,
  f.source_type, r.definition->'to' as target from message m left join exception e on e.message_id = m.id and e.state <> 'resolved' left join flow f on f.name = m.flow left join release r on r.id = m.release_id`;

function shape(row: Row) {
  const target = (row['target'] ?? {}) as { canonical?: string; connection?: string; operation?: string };
  return {
    id: row['id'] as string,
    flow: row['flow'] as string,
    state: row['state'] as never,
    stage: row['stage'] as never,
    reason: row['reason'] as string | null,
    key: row['key'] as string,
    revision: row['revision'] as string,
    effect: row['effect'] as never,
    sourceSystem: row['source_system'] as string,
    connection: row['connection'] as string | null,
    target: target.canonical ?? `${target.connection ?? ''} · ${target.operation ?? ''}`,
    title: row['title'] as string | null,
    customer: row['customer'] as string | null,
    legalEntity: row['legal_entity'] as string | null,
    amount: row['amount_text'] === null ? null : { amount: row['amount_text'] as string, currency: row['currency'] as string },
    attempts: row['attempts'] as number,
    documentNumber: row['document_number'] as string | null,
    exceptionId: row['exception_id'] as string | null,
    runId: row['run_id'] as string | null,
    correlationId: row['correlation_id'] as string,
    receivedAt: iso(row['received_at'])!,
    dueAt: ['ready', 'in_doubt'].includes(row['state'] as string) ? iso(row['due_at']) : null,
    settledAt: iso(row['settled_at']),
    syntheticRun: row['synthetic_run'] as string | null,
  };
}

/** A stage that changed nothing shows the payload of the one before it; one that was not reached shows none. */
function stagePayloads(row: Row, bodies: readonly Row[]) {
  const reached =
    row['settled_at'] !== null && row['state'] === 'posted'
      ? stages.length - 1
      : stages.indexOf((row['stage'] as Stage | null) ?? 'accept');
  let last: Stage | undefined;
  return Object.fromEntries(
    stages.map((stage, index) => {
      const body = bodies.find((b) => b['stage'] === stage);
      if (body) {
        last = stage;
        const text = body['body'] as string;
        return [
          stage,
          {
            at: iso(body['created_at']),
            payload: JSON.parse(text) as unknown,
            hash: body['hash'] as string,
            bytes: Buffer.byteLength(text),
          },
        ];
      }
      if (index > reached || last === undefined) return [stage, { at: null, payload: null }];
      const same = bodies.find((b) => b['stage'] === last)!;
      return [
        stage,
        { at: iso(same['created_at']), payload: JSON.parse(same['body'] as string) as unknown, sameAs: last, hash: same['hash'] as string },
      ];
    }),
  ) as Record<Stage, { at: string | null; payload: unknown; sameAs?: Stage; hash?: string; bytes?: number }>;
}

const shapeAttempt = (row: Row) => ({
  id: row['id'] as string,
  number: row['number'] as number,
  outcome: row['outcome'] as string | null,
  code: row['code'] as string | null,
  detail: row['detail'] as string | null,
  vendorWords: row['vendor_words'] as string | null,
  httpStatus: row['http_status'] as number | null,
  sentAt: iso(row['sent_at'])!,
  endedAt: iso(row['ended_at']),
  requestHash: row['request_hex'] as string,
  exchanges: row['exchanges'] as { method: string; url: string; status: number | null; ms: number; note?: string }[],
});

/** An attempt without an end is one whose worker went away. */
const doubtOf = (row: Row, attempt: Row | undefined) => ({
  sentAt: iso(attempt?.['sent_at'] ?? row['updated_at'])!,
  why: (attempt?.['detail'] as string | null) ?? 'the worker went away before an answer came',
  lookUpAt: iso(row['due_at'])!,
  undecided: row['unclear'] as number,
  undecidedMax: unclearMax,
});

function shapePosting(row: Row) {
  const receipt = row['receipt'] as { url?: string; totals?: { currency: string; total: string; tax?: string } } | null;
  return {
    id: row['id'] as string,
    ledger: row['ledger'] as string,
    effect: row['effect'] as string,
    state: row['state'] as string,
    externalId: row['external_key'] as string,
    documentId: row['document_id'] as string | null,
    documentNumber: row['document_number'] as string | null,
    url: receipt?.url ?? null,
    totals: receipt?.totals ?? null,
    quietUntil: iso(row['quiet_until']),
  };
}
