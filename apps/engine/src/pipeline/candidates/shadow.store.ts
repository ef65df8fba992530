import { Inject, Injectable } from '@nestjs/common';
import { money } from '@waybill/sdk';
import { ReleaseStore, TableStore } from '../../catalog/index.js';
import { Database, real, within, type Row } from '../../platform/database/index.js';
import type { Caller } from '../../platform/http/index.js';
import { asClaimed } from '../as-claimed.js';
import { compareOne, movedBetween, sameMoney, type Outcome } from '../comparison/compare.js';
import { Rehearsal } from '../rehearsal.store.js';
import { sumsOf, type Sum } from '../sums.js';

/** Messages that a shadow maps, the first that come in: what they do not show, more of the same will not. */
export const shadowMax = 10_000;
/** Messages of one round; between two rounds the scheduler rests. */
const roundRows = 100;
/** Fields by which an outcome says how it differs. */
const fieldsMax = 5;
/** Documents that an answer shows: those whose money moves first, then the newest. */
const documentsMax = 200;

/** Behind the mapping of the live release, whatever came of it. What was a duplicate or superseded was never mapped. */
const mapped = "('posted','skipped','resolved','exception','held','waiting')";

/**
 * Maps what came in with the release that is in the shadow, beside the live one, from what was recorded, after the live path is done with it: no message
 * is touched, no other system is asked, and a shadow that fails harms nobody.
 */
@Injectable()
export class ShadowStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(Rehearsal) private readonly rehearsal: Rehearsal,
  ) {}

  /** One batch of each shadow. True when there was nothing to do. */
  async round(leads: () => boolean = () => true): Promise<boolean> {
    const shadows = await this.db.query<{ id: string; flow: string; live: string; since: Date; room: number }>(
      `select r.id, r.flow, f.release_id as live, r.under_way_since as since, ${shadowMax} - (select count(*)::int from shadow_outcome o where o.release_id = r.id) as room
       from release r join flow f on f.name = r.flow where r.state = 'shadow'`,
    );
    let quiet = true;
    for (const shadow of shadows) {
      if (!leads()) break;
      if (shadow.room > 0 && (await this.map(shadow)) > 0) quiet = false;
    }
    return quiet;
  }

  private async map({
    id,
    flow,
    live,
    since,
    room,
  }: {
    id: string;
    flow: string;
    live: string;
    since: Date;
    room: number;
  }): Promise<number> {
    const rows = await this.db.query<Row>(
      `select m.* from message m where m.flow = $1 and ${real('m')} and m.received_at >= $2 and m.state in ${mapped} and m.erasure is null
         and not exists (select 1 from shadow_outcome o where o.release_id = $3 and o.message_id = m.id) order by m.received_at, m.id limit $4`,
      [flow, since, id, Math.min(roundRows, room)],
    );
    if (rows.length === 0) return 0;
    const tables = await this.tables.snapshot();
    const trials = [
      { tables, release: await this.releases.release(live) },
      { tables, release: await this.releases.release(id) },
    ];
    const [before, after] = await this.rehearsal.run(rows.map(asClaimed), trials);
    const outcomes = before!.map((was, index) => {
      const one = compareOne(was, after![index]!);
      return {
        message: was.row.id,
        outcome: one.outcome,
        fields: [...new Set(one.differs.map(({ field }) => field))].slice(0, fieldsMax),
        before_amount: one.before?.amount ?? null,
        before_currency: one.before?.currency ?? null,
        after_amount: one.after?.amount ?? null,
        after_currency: one.after?.currency ?? null,
      };
    });
    await this.db.query(
      `insert into shadow_outcome (release_id, message_id, outcome, fields, before_amount, before_currency, after_amount, after_currency)
       select $1, message, outcome, fields, before_amount, before_currency, after_amount, after_currency from jsonb_to_recordset($2::jsonb)
         as g(message text, outcome text, fields text[], before_amount numeric, before_currency text, after_amount numeric, after_currency text) on conflict do nothing`,
      [id, JSON.stringify(outcomes)],
    );
    return rows.length;
  }

  /** What a shadow has shown so far, within what the caller sees. */
  async of(id: string, { scope }: Caller) {
    await this.releases.saved(id);
    const seen = within(scope, 'm.legal_entities', 2);
    const db = this.db.seenBy(scope);
    const from = `from shadow_outcome o join message m on m.id = o.message_id where o.release_id = $1 and ${seen.where}`;
    const values = [id, ...seen.values];
    const counts = await db.query<Row>(
      `select o.outcome, (o.before_currency, o.before_amount) is distinct from (o.after_currency, o.after_amount) as moves, count(*)::int as n ${from} group by 1, 2`,
      values,
    );
    const sums = await db.query<Row>(
      `select 'before' as side, o.before_currency as currency, sum(o.before_amount)::text as amount_text ${from} and o.before_amount is not null group by 2
       union all select 'after', o.after_currency, sum(o.after_amount)::text ${from} and o.after_amount is not null group by 2`,
      values,
    );
    const fields = await db.query<Row>(`select field as path, count(*)::int as count from (select unnest(o.fields) as field ${from}) f group by field order by count desc, field limit 50`, values); // prettier-ignore
    const documents = await db.query<Row>(
      `select o.*, o.before_amount::text as before_text, o.after_amount::text as after_text, m.title, m.received_at ${from} and o.outcome <> 'unchanged'
       order by (o.before_currency, o.before_amount) is distinct from (o.after_currency, o.after_amount) desc, m.received_at desc, m.id desc limit ${documentsMax}`,
      values,
    );
    const [before, after] = ['before', 'after'].map((side) => sumsOf(sums.filter((row) => row['side'] === side))) as [Sum[], Sum[]];
    const count = (keep: (row: Row) => boolean) => counts.filter(keep).reduce((all, row) => all + (row['n'] as number), 0);
    const outcome = (name: Outcome) => count((row) => row['outcome'] === name);
    return {
      most: shadowMax,
      tried: count(() => true),
      unchanged: outcome('unchanged'),
      changed: outcome('changed'),
      worksNow: outcome('works-now'),
      failsNow: outcome('fails-now'),
      movesMoney: count((row) => row['moves'] === true),
      before,
      after,
      moved: movedBetween(before, after),
      fields: fields.map((row) => ({ path: row['path'] as string, count: row['count'] as number })),
      documents: documents.map(documentOf),
    };
  }
}

function documentOf(row: Row) {
  const sum = (amount: unknown, currency: unknown): Sum | null =>
    amount === null ? null : { amount: amount as string, currency: currency as string };
  const [before, after] = [sum(row['before_text'], row['before_currency']), sum(row['after_text'], row['after_currency'])];
  const comparable = before === null || after === null || before.currency === after.currency;
  const currency = (after ?? before)?.currency;
  const moves = !sameMoney(before ?? undefined, after ?? undefined);
  return {
    messageId: row['message_id'] as string,
    title: row['title'] as string | null,
    receivedAt: (row['received_at'] as Date).toISOString(),
    outcome: row['outcome'] as Exclude<Outcome, 'unchanged'>,
    fields: row['fields'] as string[],
    money: {
      before,
      after,
      delta: moves && comparable && currency ? { amount: money.subtract(after?.amount ?? '0', before?.amount ?? '0'), currency } : null,
    },
  };
}
