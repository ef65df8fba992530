import { Inject, Injectable } from '@nestjs/common';
import { isConnectorFailure, money, type BookedDocument, type Page } from '@waybill/sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  compared,
  ConnectionCalls,
  ConnectionStore,
  isResting,
  type ControlDefinition,
  type DocumentControl,
} from '../../catalog/index.js';
import { Database, realBook, type Row } from '../../platform/database/index.js';
import { Problem } from '../../platform/problems/index.js';
import { EntryStore } from './entries.store.js';
import type { SideRow } from './matching.js';
import { monthOf } from './period.js';

/** Documents of one side that one run compares. */
export const rowsMax = 1_000_000;
const erpPageLimit = 1_000;
const triesMax = 5;
const restMsMax = 30_000;
const joinedAtOnce = 20_000;
const readAtOnce = 5_000;

export interface RunLimits {
  rows: number;
  gaps: number;
}

export interface RunOf<Definition extends ControlDefinition = DocumentControl> {
  id: string;
  control: string;
  period: string;
  definition: Definition;
  signal: AbortSignal;
  /** Called between two pieces of work, so that a run whose process is gone is told from one that takes long. */
  touch(): Promise<void>;
  limits: RunLimits;
}

/** Both sides of a run, as they are at its time: read once, page by page, and compared from the copy. */
@Injectable()
export class SnapshotStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ConnectionCalls) private readonly calls: ConnectionCalls,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(EntryStore) private readonly entries: EntryStore,
  ) {}

  /** The books of the ERP. They are read before billing, so that whatever is found there was in the hub before. */
  async loadErp(run: RunOf): Promise<Date> {
    const { definition } = run;
    const [{ now }] = (await this.db.query<{ now: Date }>('select clock_timestamp() as now')) as [{ now: Date }];
    const { connector, settings, record: { system } } = await this.connections.open(definition.erp.connection);
    const types: readonly string[] = compared[definition.compare];
    let rows = 0;
    for (let cursor: string | null = null; ;) {
      const page = await this.page(run, cursor);
      const documents = page.deliveries.flatMap((one) => connector.unpack!(one, settings)).map(({ body }) => body as unknown as BookedDocument);
      const fits = await this.realOnly(system, documents.filter(({ type }) => types.includes(type))); // prettier-ignore
      const given = fits.map(({ state, reference, tax, type, total, entry: _, ...one }, at) => ({
        ...one, type, reference, tax: signed(type, tax), seq: rows + at + 1, amount: signed(type, total), live: state === 'posted',
      }));
      rows += given.length;
      if (rows > run.limits.rows) throw tooLarge('the ERP', run.limits.rows);
      if (given.length > 0)
        await this.db.query(
          `insert into control_row (run_id, side, seq, place, document, key, number, reference, type, currency, amount, tax, date, live)
           select $1, 'erp', seq, -seq, id, key, number, reference, type, currency, amount, tax, date, live
           from jsonb_to_recordset($2::jsonb) as g(seq int, id text, key text, number text, reference text, type text, currency text, amount numeric, tax numeric, date date, live boolean)
           on conflict (run_id, side, type, document) do nothing`,
          [run.id, JSON.stringify(given)],
        );
      await this.entries.keep({ ledger: system, legalEntity: definition.billing.legalEntity }, fits);
      await run.touch();
      if (page.more) {
        cursor = page.cursor;
        continue;
      }
      const { from, to } = monthOf(run.period);
      await this.entries.forgetOthers({ ledger: system, types, from, to, since: now });
      return now;
    }
  } // prettier-ignore

  /** What synthetic transactions booked, and took back, belongs to no comparison. */
  private async realOnly(ledger: string, documents: readonly BookedDocument[]): Promise<BookedDocument[]> {
    const found = await this.db.query<{ key: string; document: string | null }>(
      'select external_key as key, document_id as document from posting where synthetic and ledger = $1 and (external_key = any($2) or document_id = any($3))',
      [ledger, documents.flatMap(({ key }) => key ?? []), documents.map(({ id }) => id)],
    );
    const known = new Set(found.flatMap(({ key, document }) => [`key ${key}`, ...(document === null ? [] : [`document ${document}`])]));
    return documents.filter(({ key, id }) => !known.has(`document ${id}`) && (key === null || !known.has(`key ${key}`)));
  }

  /** What the hub says, with the key that each document was posted under. */
  async loadBilling(run: RunOf): Promise<Date> {
    const { definition, period } = run;
    const { from, to } = monthOf(period);
    const { system } = await this.connections.find(definition.erp.connection);
    const [done] = await this.db.query<{ rows: number; now: Date }>(
      `with given as (
         select o.id, o.title, o.source_id, coalesce(case when o.type = 'payment' then o.kind end, o.type) as type, o.currency, o.total, o.tax, o.posting_date, o.status, p.external_key
         from canonical_object o left join posting p on p.ledger = $2 and p.source_system = o.source_system and p.kind = o.type and p.source_id = o.source_id and p.effect_number = 1
           and p.effect = case when o.kind = 'refund' then 'refund' else 'create' end
         where o.type = $3 and ${realBook('o')} and o.legal_entity = $4 and ($5::text is null or o.source_system = $5) and o.posting_date between $6 and $7 and o.currency is not null and o.total is not null
         order by o.id limit $8),
       written as (
         insert into control_row (run_id, side, seq, place, document, key, number, reference, type, currency, amount, tax, date, live)
         select $1, 'billing', row_number() over (order by id), row_number() over (order by id), id, external_key, title, source_id, type, currency,
           case when type = 'refund' then -total else total end, tax, posting_date, coalesce(status, '') not in ('void', 'reversed', 'failed') from given returning 1)
       select count(*)::int as rows, clock_timestamp() as now from written`,
      [run.id, system, definition.compare, definition.billing.legalEntity, definition.billing.system ?? null, from, to, run.limits.rows + 1],
    );
    if (done!.rows > run.limits.rows) throw tooLarge('billing', run.limits.rows);
    await run.touch();
    return done!.now;
  } // prettier-ignore

  /** Gives the rows of the ERP the place of the document that they are: by the first key that finds one. */
  async join(run: RunOf): Promise<void> {
    const [{ last }] = (await this.db.query<{ last: number | null }>("select max(seq) as last from control_row where run_id = $1 and side = 'erp'", [run.id])) as [{ last: number | null }]; // prettier-ignore
    for (const key of run.definition.keys)
      for (let from = 1; from <= (last ?? 0); from += joinedAtOnce) {
        await this.db.query(joins[key], [run.id, from, from + joinedAtOnce - 1]);
        await run.touch();
      }
  }

  /** Both sides in the order of their places. */
  async *rows(run: RunOf): AsyncGenerator<{ place: number; row: SideRow }> {
    const { starts, ends } = monthOf(run.period);
    let after: [number, string, number] = [-2_147_483_648, '', 0];
    for (;;) {
      const page = await this.db.query<Row>(
        `select place, side, seq, document as id, key, number, reference, type, currency, amount::text as amount, tax::text as tax, date::text as date, live, date between $5 and $6 as within
         from control_row where run_id = $1 and (place, side, seq) > ($2, $3, $4) order by place, side, seq limit ${readAtOnce}`,
        [run.id, ...after, starts, ends],
      );
      for (const { place, seq: _, ...row } of page) yield { place: place as number, row: row as unknown as SideRow };
      const last = page.at(-1);
      if (!last || page.length < readAtOnce) return;
      after = [last['place'] as number, last['side'] as string, last['seq'] as number];
      await run.touch();
    }
  }

  /** The copies of a period that no checkpoint stands on, but the newest. */
  async forgetOlder(run: { id: string; control: string; period: string }): Promise<void> {
    const older = await this.db.query<{ id: string }>(
      `select r.id from control_run r where r.control = $1 and r.period = $2 and r.id <> $3 and r.rows_kept and r.state <> 'running'
       and not exists (select 1 from checkpoint c where c.run_id = r.id and c.state in ('prepared', 'locked'))`,
      [run.control, run.period, run.id],
    );
    for (const { id } of older) await this.forget(id);
  }

  async forget(runId: string): Promise<void> {
    for (const table of ['control_row', 'control_usage_row']) await this.db.query(`delete from ${table} where run_id = $1`, [runId]);
    await this.db.query('update control_run set rows_kept = false where id = $1', [runId]);
  }

  private page(run: RunOf, cursor: string | null): Promise<Page> {
    const { connection, stream } = run.definition.erp;
    const { from: since, to: until } = monthOf(run.period);
    return patiently(run.signal, () =>
      this.calls.call(
        connection,
        (context, { connector }) => connector.streams[stream]!.poll!.read(context, { stream, limit: erpPageLimit, cursor, since, until }),
        { signal: run.signal },
      ),
    );
  }
}

/** One call of a run. What passes by itself is waited for, a few times. */
export async function patiently<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await call();
    } catch (error) {
      const rest = isResting(error) ? error.retryAfterMs : isConnectorFailure(error) && passing.includes(error.facts.recovery) ? 1_000 * 2 ** attempt : undefined; // prettier-ignore
      if (rest === undefined || rest > restMsMax || attempt === triesMax || signal.aborted) throw error;
      await sleep(rest, undefined, { signal });
    }
}

const passing: readonly string[] = ['retryable', 'throttled'];
const signed = (type: string, amount: string | null): string | null =>
  amount === null || type !== 'refund' ? amount : money.negate(amount);

const tooLarge = (side: string, max: number) =>
  new Problem('CONTROL_TOO_LARGE', `There are more than ${max} documents of ${side} around the period.`, {
    remedy: 'Give each billing system a control of its own, or compare a company with fewer documents.',
  });

const open = "e.run_id = $1 and e.side = 'erp' and e.place < 0 and e.seq between $2 and $3";
const joins = {
  posting: `update control_row e set place = b.place from control_row b where ${open} and b.run_id = $1 and b.side = 'billing' and b.key = e.key`,
  number: `update control_row e set place = f.place from (
      select e.seq, coalesce(
        (select min(b.place) from control_row b where b.run_id = $1 and b.side = 'billing' and b.number = e.reference and b.type = e.type),
        (select min(b.place) from control_row b where b.run_id = $1 and b.side = 'billing' and b.reference = e.reference and b.type = e.type)) as place
      from control_row e where ${open} and e.reference is not null) f
    where e.run_id = $1 and e.side = 'erp' and e.seq = f.seq and f.place is not null`,
};
