import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../../governance/index.js';
import { Database, within, type Row, type Scope, type Tx } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor, type Caller } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';

export interface GapFilter {
  kind?: string | undefined;
  /** `open`: nobody has said anything to it; `settled`: explained by the engine, or accepted. */
  state?: 'open' | 'settled' | undefined;
  drift?: boolean | undefined;
  currency?: string | undefined;
  meter?: string | undefined;
  q?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** Gaps of runs, and what people say to them. */
@Injectable()
export class GapStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  /** In the order of the run, a page at a time. */
  async list(runId: string, filter: GapFilter, caller: Caller) {
    const { scope } = caller;
    const limit = filter.limit ?? 50;
    const after = decodeCursor(filter.cursor, ['count']);
    const seen = within(scope, 'r.legal_entities', 2);
    const rows = await this.db.seenBy(scope).query<Row>(
      `${select} where g.run_id = $1 and ${seen.where} and ($4::text is null or g.kind = $4)
       and case $5::text when 'open' then g.settled is null and a.fingerprint is null when 'settled' then g.settled is not null or a.fingerprint is not null else true end
       and ($6::boolean is null or g.drift = $6) and ($7::text is null or g.currency = $7) and ($11::text is null or g.meter = $11)
       and ($8::text is null or g.number = $8 or g.erp ->> 'number' = $8 or g.erp ->> 'id' = $8 or g.billing ->> 'id' = $8 or g.usage ->> 'customer' = $8 or strpos(lower(g.sentence), lower($8)) > 0)
       and g.n > $9 order by g.n limit $10`,
      [runId, ...seen.values, filter.kind ?? null, filter.state ?? null, filter.drift ?? null, filter.currency ?? null, filter.q ?? null, Math.min(Number(after?.[0] ?? 0), 2_147_483_647), limit + 1, filter.meter ?? null],
    );
    const { items, next } = page(rows, limit, (row) => [String(row['n'])]);
    return { items: items.map((row) => shape(row, caller)), next };
  } // prettier-ignore

  /** A person says why it is right as it is. It holds for the same gap in later runs, until either side says something else. */
  async accept(id: string, said: { as: 'timing' | 'explained'; reason: string }, caller: Caller, actor: Actor) {
    return this.change(id, caller, async (tx, gap) => {
      if (gap['settled'] !== null) throw new Problem('GAP_SETTLED', 'The engine has explained this gap; nothing is to be said to it.');
      if (gap['accepted_by'] !== null) throw new Problem('GAP_SETTLED', `${gap['accepted_by'] as string} has accepted this gap already.`);
      await tx.query(
        'insert into gap_acceptance (control, fingerprint, legal_entities, "as", reason, accepted_by, accepted_by_id, hands) values ($1,$2,$3,$4,$5,$6,$7,$8)',
        [gap['control'], gap['fingerprint'], gap['legal_entities'], said.as, said.reason, actor.name, actor.id, caller.hands],
      );
      await this.audit.record(tx, actor, {
        action: 'gap.accepted',
        object: { kind: 'gap', id },
        summary: `${actor.name} accepted a gap of ${gap['control'] as string} in ${gap['period'] as string} as ${said.as}`,
        reason: said.reason,
        after: {
          as: said.as,
          kind: gap['kind'],
          difference: gap['difference'],
          currency: gap['currency'] ?? undefined,
          meter: gap['meter'] ?? undefined,
          sentence: gap['sentence'],
        },
      });
    });
  }

  /** Takes it back: the gap is open again. */
  async withdraw(id: string, reason: string, caller: Caller, actor: Actor) {
    return this.change(id, caller, async (tx, gap) => {
      const [was] = await tx.query<Row>('delete from gap_acceptance where control = $1 and fingerprint = $2 returning *', [gap['control'], gap['fingerprint']]); // prettier-ignore
      if (!was) throw new Problem('GAP_SETTLED', 'Nobody has accepted this gap.');
      await this.audit.record(tx, actor, {
        action: 'gap.reopened',
        object: { kind: 'gap', id },
        summary: `${actor.name} took back that a gap of ${gap['control'] as string} in ${gap['period'] as string} was accepted`,
        reason,
        before: { as: was['as'], reason: was['reason'], by: was['accepted_by'] },
      });
    });
  }

  private async change(id: string, caller: Caller, work: (tx: Tx, gap: Row) => Promise<void>) {
    return this.db.transaction(async (tx) => {
      const gap = await this.locked(tx, id, caller.scope);
      await work(tx, gap);
      await tx.query(
        `update control_run r set open_gaps = r.gaps_left + (select count(*) from gap g where g.run_id = r.id and g.settled is null and not exists (select 1 from gap_acceptance a where a.control = r.control and a.fingerprint = g.fingerprint))
         where r.control = $1 and r.id in (select run_id from gap where fingerprint = $2)`,
        [gap['control'], gap['fingerprint']],
      );
      const [after] = await tx.query<Row>(`${select} where g.id = $1`, [id]);
      return shape(after!, caller);
    });
  } // prettier-ignore

  /** Under the lock of its period: who signs it off meanwhile waits, or is found to have done it. */
  private async locked(tx: Tx, id: string, scope: Scope): Promise<Row> {
    const seen = within(scope, 'r.legal_entities', 2);
    const [gap] = await tx.query<Row>(`${select} where g.id = $1 and ${seen.where}`, [id, ...seen.values]);
    if (!gap) throw new Problem('NOT_FOUND', `There is no gap ${id}.`);
    await lockPeriod(tx, gap['control'] as string, gap['period'] as string);
    const [locked] = await tx.query("select 1 as one from checkpoint where control = $1 and period = $2 and state = 'locked'", [gap['control'], gap['period']]); // prettier-ignore
    if (locked)
      throw new Problem('CHECKPOINT_LOCKED', `${gap['period'] as string} of ${gap['control'] as string} is signed off and locked.`);
    return (await tx.query<Row>(`${select} where g.id = $1`, [id]))[0]!;
  }
}

/** Whatever is said to a period of a control takes this first. */
export const lockPeriod = (tx: Tx, control: string, period: string): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 18))', [`${control} ${period}`]);

const select = `select g.*, g.difference::text as difference_text, r.control, r.period, r.legal_entities, a."as", a.reason, a.accepted_at, a.accepted_by,
  case when lm.id is null then null when le.id is not null then le.cause when g.cause in ('held', 'delayed', 'under-way', 'left-out', 'resolved', 'not-posted') then lm.reason end as why, case when lm.id is not null and le.state <> 'resolved' then le.remedy end as why_remedy
  from gap g join control_run r on r.id = g.run_id left join gap_acceptance a on a.control = r.control and a.fingerprint = g.fingerprint
  left join exception le on g.link_kind = 'exception' and le.id = g.link_id
  left join message lm on lm.id = case g.link_kind when 'message' then g.link_id when 'exception' then le.message_id end and lm.legal_entities && r.legal_entities`;

interface Side {
  id: string;
  number: string | null;
  amount: string;
  tax: string | null;
  currency: string;
  date: string;
  state: string;
}

/** A quantity of a meter on both sides, as one run found it. */
interface UsageSides {
  unit: string | null;
  customer: string;
  day: string;
  ledger: { summary: string; kind: string; period: string; quantity: string; sentQuantity: string | null } | null;
  billing: { quantity: string; summaries: number } | null;
}

/** The words of an exception are for those who may read exceptions. */
const mayReadWhy = ({ permissions }: Caller): boolean => permissions.has('exception.read');

const shape = (row: Row, caller: Caller) => ({
  id: row['id'] as string,
  runId: row['run_id'] as string,
  kind: row['kind'] as string,
  cause: row['cause'] as string,
  drift: row['drift'] as boolean,
  legalEntity: row['legal_entity'] as string,
  currency: row['currency'] as string | null,
  difference: row['difference_text'] as string,
  type: row['type'] as string,
  number: row['number'] as string | null,
  sentence: row['sentence'] as string,
  remedy: ((mayReadWhy(caller) ? row['why_remedy'] : null) ?? row['remedy']) as string,
  why: mayReadWhy(caller) ? (row['why'] as string | null) : null,
  also: row['also'] as string[],
  billing: row['billing'] as Side | null,
  erp: row['erp'] as Side | null,
  usage: row['usage'] === null ? null : { meter: row['meter'] as string, ...(row['usage'] as UsageSides) },
  link: row['link_kind'] === null ? null : { kind: row['link_kind'] as string, id: row['link_id'] as string },
  explained: row['settled'] !== null,
  accepted:
    row['accepted_by'] === null
      ? null
      : {
          as: row['as'] as string,
          reason: row['reason'] as string,
          by: row['accepted_by'] as string,
          at: (row['accepted_at'] as Date).toISOString(),
        },
});
export type Gap = ReturnType<typeof shape>;
