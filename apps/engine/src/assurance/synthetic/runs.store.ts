import { Inject, Injectable } from '@nestjs/common';
import { fill, type SyntheticCheck, type SyntheticDefinition } from '../../catalog/index.js';
import { AuditStore } from '../../governance/index.js';
import { Database, within, type Row, type Scope, type Tx } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem, type ProblemItem } from '../../platform/problems/index.js';
import type { Net, Posted } from './net.js';
import type { Hop, StageTime, StepFacts, Trouble, Verdict } from './next-move.js';

/** Runs of one check that are kept. What they sent is kept as every message is. */
export const runsKept = 200;
const leaseSeconds = 60;
const runsAtOnce = 20;

export type Result = 'passed' | 'late' | 'wrong' | 'failed-to-start';

export interface OpenRun {
  id: string;
  check: string;
  version: number;
  state: Verdict['state'];
  trouble: Trouble | null;
  says: string[];
  runMs: number;
  startedAt: Date;
  /** Since the last reading of the books. */
  readMsAgo: number | null;
  readingMs: number | null;
}

export interface Delivery {
  connection: string;
  deliveryId: string;
  via: 'webhook' | 'poll';
  stream: string | null;
  body: string;
}

/** A posting of a run into books. */
export interface RunPosting extends Posted {
  connection: string;
}

/** Runs of synthetic checks: of one check one is open, until its books come to nothing. */
@Injectable()
export class SyntheticRunStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  /** Checks whose time has come and of which no run is open. */
  async due(): Promise<string[]> {
    const rows = await this.db.query<{ name: string }>(
      "select c.name from synthetic_check c where c.state = 'on' and c.next_at <= now() and not exists (select 1 from synthetic_run r where r.check_name = c.name and r.ended_at is null) order by c.next_at limit 20",
    );
    return rows.map(({ name }) => name);
  }

  /**
   * Begins a run, with all that it will deliver; or keeps that it could not begin. Undefined when one of the check is open: by the schedule that is nothing,
   * a person is told so. A person's act is in the audit log, in the same transaction.
   */
  async begin(check: SyntheticCheck, hindrances: readonly ProblemItem[], by: { actor?: Actor; viaOf: (connection: string) => Promise<'webhook' | 'poll'> }): Promise<string | undefined> {
    const { definition } = check;
    const id = newId('syn');
    const vias = await Promise.all(definition.steps.map(async ({ deliver }) => (deliver.stream === undefined ? by.viaOf(deliver.connection) : 'poll' as const)));
    return this.db.transaction(async (tx) => {
      const hindered = hindrances.length > 0;
      const made = await tx.query<{ at: Date }>(
        `insert into synthetic_run (id, check_name, version, legal_entities, state, result, says, ended_at, started_by, started_by_id)
         values ($1,$2,$3,$4,case when $5 then 'ended' else 'forward' end, case when $5 then 'failed-to-start' end, $6, case when $5 then now() end, $7, $8) on conflict do nothing returning started_at as at`,
        [id, check.name, check.version, [definition.legalEntity], hindered, JSON.stringify(hindrances.map(({ detail }) => detail)), by.actor?.name ?? 'schedule', by.actor?.id ?? 'engine'],
      );
      if (made.length === 0) return undefined;
      await tx.query("update synthetic_check set next_at = now() + $2 * interval '1 millisecond' where name = $1", [check.name, definition.everyMs]);
      if (!hindered) await this.writeSteps(tx, { id, definition, at: made[0]!.at, vias });
      if (by.actor)
        await this.audit.record(tx, by.actor, { action: 'synthetic.run', object: { kind: 'synthetic-run', id }, summary: `${by.actor.name} ran the synthetic check ${check.name}` });
      return id;
    });
  } // prettier-ignore

  private async writeSteps(tx: Tx, { id, definition, at, vias }: { id: string; definition: SyntheticDefinition; at: Date; vias: readonly string[] }): Promise<void> {
    const filling = { run: runWord(id), customer: definition.customer, at };
    const steps = definition.steps.map(({ step, deliver, through, reverses, lookups, payload }, index) => ({
      at: index,
      step,
      connection: deliver.connection,
      delivery_id: `${id}/${step}`,
      via: vias[index],
      stream: deliver.stream ?? null,
      body: JSON.stringify(fill(payload, filling)),
      flows: through,
      answers: fill(lookups, filling),
      reverses: reverses ?? null,
    }));
    await tx.query(
      `insert into synthetic_step (run_id, at, step, connection, delivery_id, via, stream, body, flows, answers, reverses)
       select $1, at, step, connection, delivery_id, via, stream, body, array(select jsonb_array_elements_text(flows)), answers, reverses
       from jsonb_to_recordset($2::jsonb) as g(at int, step text, connection text, delivery_id text, via text, stream text, body text, flows jsonb, answers jsonb, reverses text)`,
      [id, JSON.stringify(steps)],
    );
  } // prettier-ignore

  /** Open runs that nobody works on; whoever takes them has them for a minute, and then for as long as it comes back. */
  async take(): Promise<OpenRun[]> {
    const rows = await this.db.query<Row>(
      `update synthetic_run set lease_until = now() + interval '${leaseSeconds} seconds' where id in (
         select id from synthetic_run where ended_at is null and (lease_until is null or lease_until < now()) order by started_at limit ${runsAtOnce} for update skip locked)
       returning *, (extract(epoch from now() - started_at) * 1000)::float8 as run_ms, (extract(epoch from now() - read_at) * 1000)::float8 as read_ms_ago, (extract(epoch from now() - reading_since) * 1000)::float8 as reading_ms`,
    );
    return rows.map((row) => ({
      id: row['id'] as string,
      check: row['check_name'] as string,
      version: row['version'] as number,
      state: row['state'] as OpenRun['state'],
      trouble: row['trouble'] as Trouble | null,
      says: row['says'] as string[],
      runMs: row['run_ms'] as number,
      startedAt: row['started_at'] as Date,
      readMsAgo: row['read_ms_ago'] as number | null,
      readingMs: row['reading_ms'] as number | null,
    }));
  }

  async leave(id: string): Promise<void> {
    await this.db.query('update synthetic_run set lease_until = null where id = $1', [id]);
  }

  /** How far each step is, by what the tables say. Times of what is under way are so far. */
  async steps(runId: string): Promise<StepFacts[]> {
    const rows = await this.db.query<Row>(
      `select s.step, s.reverses, s.flows, s.delivered_at is not null as delivered, i.state as inbox_state, i.problem,
         extract(epoch from coalesce((select min(m.received_at) from message m where m.synthetic_run = s.run_id and m.inbox_id = i.id), now()) - s.delivered_at)::float8 * 1000 as intake_ms, hops.of as hops
       from synthetic_step s left join inbox i on i.connection = s.connection and i.delivery_id = s.delivery_id and i.synthetic_run = s.run_id
       cross join lateral (
         select coalesce(jsonb_agg(jsonb_build_object('messageId', m.id, 'flow', m.flow, 'state', m.state, 'reason', m.reason, 'legalEntity', m.legal_entity, 'booked', coalesce(p.state = 'posted', false),
             'prepareMs', greatest(0, extract(epoch from coalesce(a.sent, m.settled_at, now()) - m.received_at) * 1000), 'sendMs', case when a.sent is not null then greatest(0, extract(epoch from coalesce(m.settled_at, a.ended, now()) - a.sent) * 1000) end) order by m.seq), '[]') as of
         from message m left join posting p on p.message_id = m.id and p.kind in ('invoice','credit-memo','payment') left join lateral (select min(sent_at) as sent, max(ended_at) as ended from attempt a where a.message_id = m.id) a on true
         where m.synthetic_run = s.run_id and m.correlation_id in (select x.correlation_id from message x where x.synthetic_run = s.run_id and x.inbox_id = i.id)) hops
       where s.run_id = $1 order by s.at`,
      [runId],
    );
    return rows.map((row) => ({
      step: row['step'] as string,
      reverses: row['reverses'] as string | null,
      flows: row['flows'] as string[],
      delivered: row['delivered'] as boolean,
      inbox: row['inbox_state'] === null ? null : { state: row['inbox_state'] as 'new', problem: row['problem'] as string | null },
      intakeMs: row['delivered'] === true ? Math.max(0, row['intake_ms'] as number) : null,
      hops: row['hops'] as Hop[],
    }));
  }

  /** Says that the step is on its way before it is: whoever comes after a crash delivers it once more, under the same id. */
  async delivering(runId: string, step: string): Promise<Delivery> {
    const [row] = await this.db.query<Delivery>(
      `update synthetic_step set delivered_at = coalesce(delivered_at, now()) where run_id = $1 and step = $2 returning connection, delivery_id as "deliveryId", via, stream, body`,
      [runId, step],
    );
    return row!;
  }

  async note(id: string, { state, trouble, says, stages }: Omit<Verdict, 'move'>): Promise<void> {
    await this.db.query(
      `update synthetic_run set state = $2, trouble = case when trouble = 'wrong' then trouble else coalesce($3, trouble) end, says = $4, stages = $5, reading_since = case when $2 = 'reading' then coalesce(reading_since, now()) end
       where id = $1 and ended_at is null`,
      [id, state, trouble, JSON.stringify(says), JSON.stringify(stages)],
    );
  }

  async noteReading(id: string, { nets, stages, trouble, says }: { nets: readonly Net[]; stages: readonly StageTime[]; trouble: Trouble | null; says: readonly string[] }): Promise<void> {
    await this.db.query(
      `update synthetic_run set net = $2, stages = $3, trouble = case when trouble = 'wrong' then trouble else coalesce($4, trouble) end, says = $5, read_at = now() where id = $1 and ended_at is null`,
      [id, JSON.stringify(nets), JSON.stringify(stages), trouble, JSON.stringify(says)],
    );
  } // prettier-ignore

  /** What the run has, or may have, in books. */
  async postings(runId: string): Promise<RunPosting[]> {
    return this.db.query<RunPosting>(
      `select p.connection, p.external_key as key, p.effect, p.state, p.document_id as "documentId", p.document_number as "documentNumber" from posting p join message m on m.id = p.message_id
       where m.synthetic_run = $1 and p.synthetic and p.kind in ('invoice','credit-memo','payment') order by p.connection, p.created_at`,
      [runId],
    );
  }

  /** The days that its documents are booked on. */
  async days(runId: string): Promise<{ since: string; until: string }> {
    const [row] = await this.db.query<{ since: string; until: string }>(
      `select least(min(o.posting_date), (now() at time zone 'utc')::date - 1)::text as since, greatest(max(o.posting_date), (now() at time zone 'utc')::date + 1)::text as until
       from message m join canonical_object o on o.id = m.canonical_id where m.synthetic_run = $1 and o.synthetic`,
      [runId],
    );
    return row!;
  }

  /** The run is over: what stopped of it goes no further, and only so many runs are kept. */
  async end(id: string, result: Result): Promise<void> {
    await this.db.transaction(async (tx) => {
      const ended = await tx.query<{ check: string }>(
        "update synthetic_run set state = 'ended', result = $2, ended_at = now(), lease_until = null where id = $1 and ended_at is null returning check_name as check",
        [id, result],
      );
      if (ended.length > 0) await this.close(tx, id, ended[0]!.check);
    });
  }

  /** A person ends a run whose books they have put right by hand, with the reason. */
  async giveUp(id: string, reason: string, { scope, actor }: { scope: Scope; actor: Actor }): Promise<void> {
    const run = await this.find(id, scope);
    await this.db.transaction(async (tx) => {
      const ended = await tx.query<{ check: string }>(
        "update synthetic_run set state = 'ended', result = 'wrong', says = says || jsonb_build_array($2::text), ended_at = now(), lease_until = null where id = $1 and ended_at is null returning check_name as check",
        [id, `${actor.name} ended it: ${reason}`],
      );
      if (ended.length === 0) throw new Problem('SYNTHETIC_ENDED', `The run ${id} of ${run.check} has ended already.`);
      await this.close(tx, id, ended[0]!.check);
      await this.audit.record(tx, actor, {
        action: 'synthetic.given-up',
        object: { kind: 'synthetic-run', id },
        summary: `${actor.name} ended the run ${id} of the synthetic check ${run.check} by hand`,
        reason,
        before: { net: run.net },
      });
    });
  }

  private async close(tx: Tx, id: string, check: string): Promise<void> {
    const reason = 'the synthetic run is over';
    await tx.query(
      `with stopped as (select id, state from message where synthetic_run = $1 and state in ('exception','held','waiting','blocked') for update),
       moved as (update message m set state = case s.state when 'exception' then 'resolved' else 'superseded' end, reason = $2, settled_at = now(), updated_at = now(), lease_until = null from stopped s where m.id = s.id returning m.id, s.state as was, m.state as now)
       insert into message_history (message_id, from_state, to_state, reason) select id, was, now, $2 from moved`,
      [id, reason],
    );
    const old = await tx.query<{ id: string }>('select id from synthetic_run where check_name = $1 and ended_at is not null order by started_at desc, id desc offset $2', [check, runsKept]);
    const ids = old.map((row) => row.id);
    if (ids.length === 0) return;
    await tx.query('delete from synthetic_step where run_id = any($1)', [ids]);
    await tx.query('delete from synthetic_run where id = any($1)', [ids]);
  } // prettier-ignore

  async list(query: { check?: string | undefined; limit?: number | undefined; cursor?: string | undefined }, scope: Scope) {
    const limit = query.limit ?? 20;
    const after = decodeCursor(query.cursor, ['instant', 'text']);
    const seen = within(scope, 'r.legal_entities', 2);
    const rows = await this.db
      .seenBy(scope)
      .query<Row>(
        `${select} where ($1::text is null or r.check_name = $1) and ${seen.where} and ($4::timestamptz is null or (r.started_at, r.id) < ($4::timestamptz, $5::text)) order by r.started_at desc, r.id desc limit $6`,
        [query.check ?? null, ...seen.values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
      );
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    return { items: items.map(shape), next };
  }

  async find(id: string, scope: Scope) {
    const seen = within(scope, 'r.legal_entities', 2);
    const [row] = await this.db.seenBy(scope).query<Row>(`${select} where r.id = $1 and ${seen.where}`, [id, ...seen.values]);
    if (!row) throw new Problem('NOT_FOUND', `There is no run ${id} of a synthetic check.`);
    return shape(row);
  }

  /** Its messages, in their order. */
  async messages(id: string, scope: Scope) {
    const seen = within(scope, 'm.legal_entities', 2);
    const rows = await this.db.seenBy(scope).query<Row>(
      `select m.id, m.flow, m.state, m.reason, m.title, m.document_number from message m where m.synthetic_run = $1 and ${seen.where} order by m.seq`,
      [id, ...seen.values],
    );
    return rows.map((row) => ({ id: row['id'] as string, flow: row['flow'] as string, state: row['state'] as string, reason: row['reason'] as string | null, title: row['title'] as string | null, documentNumber: row['document_number'] as string | null }));
  } // prettier-ignore
}

/** What stands in the ids and numbers of a run's documents: of a later run it sorts later, and it is short enough for the number of any ERP. */
export const runWord = (id: string): string => `${id.slice(4, 14)}${id.slice(-4)}`;

const select = `select r.*, to_char(r.started_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text from synthetic_run r`;
const instant = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

const shape = (row: Row) => ({
  id: row['id'] as string,
  check: row['check_name'] as string,
  version: row['version'] as number,
  legalEntity: (row['legal_entities'] as string[])[0] ?? '',
  state: row['state'] as 'forward' | 'reversing' | 'reading' | 'ended',
  result: row['result'] as Result | null,
  trouble: row['trouble'] as Trouble | null,
  says: row['says'] as string[],
  stages: row['stages'] as StageTime[],
  net: row['net'] as Net[],
  startedBy: row['started_by'] as string,
  startedAt: instant(row['started_at'])!,
  endedAt: instant(row['ended_at']),
  readAt: instant(row['read_at']),
});
export type SyntheticRun = ReturnType<typeof shape>;
