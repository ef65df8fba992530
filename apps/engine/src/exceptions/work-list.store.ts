import { Inject, Injectable } from '@nestjs/common';
import { ageing, ageOf, type AgedRow, type Sum } from '../pipeline/index.js';
import { Database, within, withinOne, type Row } from '../platform/database/index.js';
import { decodeCursor, page, type Caller } from '../platform/http/index.js';
import { Problem } from '../platform/problems/index.js';
import { dueState, isBreached } from './clock.js';
import { asksForEnded, conditionOf, type Condition, type ExceptionFilter } from './filter.js';
import { columns, iso, shape } from './rows.js';

export const sorts = ['urgent', 'oldest', 'newest'] as const;
export type Sort = (typeof sorts)[number];

export interface ExceptionList extends ExceptionFilter {
  limit?: number | undefined;
  cursor?: string | undefined;
  count?: boolean | undefined;
  sort?: Sort | undefined;
}

/** Groups that are answered at once; causes beyond are the least urgent. */
export const groupsMax = 200;
/** Owners that a group names. */
const ownersShown = 5;
const joined = 'from exception e join message m on m.id = e.message_id';
/** What a condition is over: the message only where something of it is asked for. */
const from = ({ ofMessage }: Pick<Condition, 'ofMessage'>): string => (ofMessage ? joined : 'from exception e');
const text = (column: string) => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
/**
 * Money times age, at an instant. What holds no money counts as 1, so that it is sorted by its age alone. Amounts of different currencies are
 * compared by their numbers: no rate is assumed.
 */
const weight = (at: string) => `(coalesce(abs(e.held_amount), 1) * greatest(extract(epoch from ${at} - e.opened_at), 0))`;

/** The work list: what stopped, why, whose it is, how long it may take. */
@Injectable()
export class WorkListStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(list: ExceptionList, caller: Caller) {
    const { limit = 50, cursor, count: counted, sort, ...filter } = list;
    const condition = conditionOf(filter, caller);
    const order = sort ?? (asksForEnded(filter.state) ? 'newest' : 'urgent');
    const { items, next } = await (order === 'urgent'
      ? this.urgent(condition, limit, cursor, caller)
      : this.byTime(condition, order, limit, cursor, caller));
    const [count] = counted
      ? await this.db
          .seenBy(caller.scope)
          .query<{ n: number }>(`select count(*)::int as n ${from(condition)} where ${condition.where}`, condition.values)
      : [];
    return { items: items.map(shape), next, ...(count ? { count: count.n } : {}) };
  }

  /**
   * Over time first, then money times age. The age is that of the first page's instant, or rows would move between pages. Which rows a page has is found by
   * what they are sorted by alone; only those are then read.
   */
  private async urgent({ where, values, ofMessage }: Condition, limit: number, cursor: string | undefined, { scope }: Caller) {
    const after = decodeCursor(cursor, ['instant', 'count', 'decimal', 'text']);
    const n = values.length;
    const at = after ? `$${n + 2}::timestamptz` : 'now()';
    const [late, weighs] = [`${isBreached(at)}::int`, weight(at)];
    const rest = after ? `where (late, weight, id) < ($${n + 3}::int, $${n + 4}::numeric, $${n + 5}::text)` : '';
    const rows = await this.db.seenBy(scope).query<Row>(
      `with sorted as (select e.id, ${late} as late, ${weighs} as weight ${from({ ofMessage })} where ${where}),
       found as (select * from sorted ${rest} order by late desc, weight desc, id desc limit $${n + 1})
       select ${columns}, found.late, found.weight::text as weight_text, ${text(at)} as at_text from found join exception e on e.id = found.id join message m on m.id = e.message_id
       order by found.late desc, found.weight desc, e.id desc`,
      [...values, limit + 1, ...(after ?? [])],
    );
    return page(rows, limit, (row) => [row['at_text'] as string, String(row['late']), row['weight_text'] as string, row['id'] as string]);
  }

  private async byTime(
    { where, values }: Condition,
    order: 'oldest' | 'newest',
    limit: number,
    cursor: string | undefined,
    { scope }: Caller,
  ) {
    const after = decodeCursor(cursor, ['instant', 'text']);
    const n = values.length;
    const [sign, way] = order === 'oldest' ? ['>', 'asc'] : ['<', 'desc'];
    const beyond = after ? ` and (e.opened_at, e.id) ${sign} ($${n + 2}::timestamptz, $${n + 3}::text)` : '';
    const rows = await this.db
      .seenBy(scope)
      .query<Row>(
        `select ${columns}, ${text('e.opened_at')} as at_text ${joined} where ${where}${beyond} order by e.opened_at ${way}, e.id ${way} limit $${n + 1}`,
        [...values, limit + 1, ...(after ?? [])],
      );
    return page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
  }

  /** The same exceptions as the list of that filter, by currency and age. */
  async ageing(filter: ExceptionFilter, caller: Caller) {
    const condition = conditionOf(filter, caller);
    const rows = await this.db.seenBy(caller.scope).query<AgedRow & Row>(
      `select e.held_currency as currency, ${ageOf('e.opened_at')} as age, count(*)::int as n, sum(e.held_amount)::text as amount
       ${from(condition)} where ${condition.where} group by 1, 2`,
      condition.values,
    );
    return ageing(rows);
  }

  /** What is to do, by root cause: over time first, then most money times age. Sums are of everything that matches; words are those of the newest of each group that is shown. */
  async groups(filter: ExceptionFilter, caller: Caller) {
    const condition = conditionOf(filter, caller);
    const { where, values } = condition;
    const seen = withinOne(caller.scope, 'e.held_entity', 1); // the condition begins with the same two values
    const rows = await this.db.seenBy(caller.scope).query<Row>(
      // Everything that is shown of a group is a sum of few parts, so all that match are read once and kept nowhere.
      `with part as materialized (select e.cause_key, e.flow, e.held_entity as legal_entity, e.held_currency as currency, e.assignee_id, max(e.assignee) as assignee, count(*) as n, sum(e.held_amount) as amount,
           sum(${weight('now()')}) as weight, min(e.opened_at) as oldest, max(e.opened_at) as newest, min(e.due_at) as due_at,
           count(*) filter (where ${dueState('now()')} = 'breached') as breached, count(*) filter (where ${dueState('now()')} = 'due-soon') as due_soon
         ${from(condition)} where ${where} group by 1, 2, 3, 4, 5),
       grouped as (select cause_key, sum(n)::int as count, min(oldest) as oldest, max(newest) as newest, array_agg(distinct flow) as flows, array_remove(array_agg(distinct legal_entity), null) as entities,
           coalesce(sum(n) filter (where assignee_id is null), 0)::int as unowned, min(due_at) as due_at, sum(breached)::int as breached, sum(due_soon)::int as due_soon, sum(weight) as weight
         from part group by cause_key order by sum(breached) > 0 desc, sum(weight) desc, min(oldest), cause_key limit ${groupsMax + 1}),
       money as (select cause_key, jsonb_agg(jsonb_build_object('currency', currency, 'amount', total::text) order by total desc) as amounts from (select cause_key, currency, sum(amount) as total from part where amount is not null group by cause_key, currency) s group by cause_key),
       owner as (select cause_key, jsonb_agg(jsonb_build_object('id', assignee_id, 'name', assignee) order by n desc, assignee) as owners from (select cause_key, assignee_id, max(assignee) as assignee, sum(n) as n from part where assignee_id is not null group by cause_key, assignee_id) s group by cause_key),
       trend as (select e.cause_key, count(*) filter (where e.opened_at > now() - interval '24 hours')::int as day, count(*) filter (where e.opened_at <= now() - interval '24 hours')::int as day_before from exception e where e.opened_at > now() - interval '48 hours' and ${seen.where} group by e.cause_key)
       select g.*, first.sample, last.category, last.code, last.cause, last.remedy, last.fix, coalesce(money.amounts, '[]') as amounts, coalesce(owner.owners, '[]') as owners, coalesce(trend.day, 0) as day, coalesce(trend.day_before, 0) as day_before
       from grouped g
       cross join lateral (select e.id as sample ${from(condition)} where ${where} and e.cause_key = g.cause_key and e.opened_at = g.oldest order by e.id limit 1) first
       cross join lateral (select e.category, e.code, e.cause, e.remedy, e.fix::text as fix ${from(condition)} where ${where} and e.cause_key = g.cause_key and e.opened_at = g.newest order by e.id desc limit 1) last
       left join money on money.cause_key = g.cause_key left join owner on owner.cause_key = g.cause_key left join trend on trend.cause_key = g.cause_key
       order by (g.breached > 0) desc, g.weight desc, g.oldest, g.cause_key`,
      values,
    );
    return { items: rows.slice(0, groupsMax).map(groupOf), more: rows.length > groupsMax };
  }

  async find(id: string, caller: Caller) {
    const seen = within(caller.scope, 'm.legal_entities', 2);
    const [row] = await this.db
      .seenBy(caller.scope)
      .query<Row>(`select ${columns} ${joined} where e.id = $1 and ${seen.where}`, [id, ...seen.values]);
    if (!row) throw new Problem('NOT_FOUND', `There is no exception ${id}.`);
    return shape(row);
  }
}

const groupOf = (row: Row) => {
  const owners = row['owners'] as { id: string; name: string }[];
  return {
    causeKey: row['cause_key'] as string,
    category: row['category'] as never,
    code: row['code'] as string,
    cause: row['cause'] as string,
    remedy: row['remedy'] as string,
    fix: JSON.parse(row['fix'] as string) as never,
    count: row['count'] as number,
    amounts: row['amounts'] as Sum[],
    flows: row['flows'] as string[],
    legalEntities: row['entities'] as string[],
    oldestAt: iso(row['oldest'])!,
    newestAt: iso(row['newest'])!,
    sample: row['sample'] as string,
    owners: owners.slice(0, ownersShown),
    ownersMore: Math.max(0, owners.length - ownersShown),
    unowned: row['unowned'] as number,
    openedLastDay: row['day'] as number,
    openedDayBefore: row['day_before'] as number,
    dueAt: iso(row['due_at'])!,
    breached: row['breached'] as number,
    dueSoon: row['due_soon'] as number,
  };
};
