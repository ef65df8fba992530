import { Inject, Injectable } from '@nestjs/common';
import { countedCustomersMax, countedUsageLookup, type CountedUsage, type CountedUsageAsk, type JsonObject } from '@waybill/sdk';
import { ConnectionCalls, ConnectionStore, type UsageControl } from '../../../catalog/index.js';
import { Database, type Row } from '../../../platform/database/index.js';
import { Problem } from '../../../platform/problems/index.js';
import { monthOf } from '../period.js';
import { patiently, type RunOf } from '../snapshot.store.js';
import type { UsageRow } from './matching.js';

/** Pairs of a customer and a meter that one run asks billing for. */
export const asksMax = 20_000;
const askedAtOnce = 4;
const readAtOnce = 5_000;
const dayMs = 86_400_000;
/** Billing counts by days of UTC, a meter's month may begin a day before or after. */
const dayFrom = (date: string, days: number): string => new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);

type UsageRun = RunOf<UsageControl>;

/** Sealed usage and what billing counts, as they are at the time of a run. */
@Injectable()
export class UsageSnapshotStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ConnectionCalls) private readonly calls: ConnectionCalls,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
  ) {}

  /** What billing counts of every customer that the ledger knows, at every meter that has a name there. */
  async loadBilling(run: UsageRun): Promise<Date> {
    const [{ now }] = (await this.db.query<{ now: Date }>('select clock_timestamp() as now')) as [{ now: Date }];
    const { starts, ends } = monthOf(run.period);
    const customers = await this.customers(run);
    const meters = customers.length === 0 ? [] : await this.meters(run);
    const most = Math.min(asksMax, run.limits.rows);
    if (customers.length * meters.length > most) throw tooLarge(`customers and meters to ask ${run.definition.billing.connection} for`, most);
    const asks = meters.flatMap(({ meter, name }) =>
      Array.from({ length: Math.ceil(customers.length / countedCustomersMax) }, (_, at) => ({
        meter,
        ask: { meter: name, customers: customers.slice(at * countedCustomersMax, (at + 1) * countedCustomersMax), from: dayFrom(starts, -1), to: dayFrom(ends, 1) },
      })),
    );
    let seq = 0;
    for (let at = 0; at < asks.length; at += askedAtOnce) {
      const answers = await Promise.all(asks.slice(at, at + askedAtOnce).map(async ({ meter, ask }) => (await this.ask(run, ask)).map((one) => ({ meter, ...one }))));
      const rows = answers.flat().map((one) => ({ ...one, seq: (seq += 1) }));
      await this.db.query(
        `insert into control_usage_row (run_id, side, seq, meter, customer, day, date, quantity)
         select $1, 'billing', seq, meter, customer, day, day, quantity from jsonb_to_recordset($2::jsonb) as g(seq int, meter text, customer text, day date, quantity numeric)`,
        [run.id, JSON.stringify(rows)],
      );
      await run.touch();
    }
    return now;
  } // prettier-ignore

  /** The summaries that were sealed, with what became of each on its way. What is asked for as a credit memo is none that billing counts. */
  async loadLedger(run: UsageRun): Promise<Date> {
    const { definition, period, limits } = run;
    const { starts, ends } = monthOf(period);
    const { connector, record: { system } } = await this.connections.open(definition.billing.connection);
    const [done] = await this.db.query<{ rows: number; now: Date }>(
      `with given as (
         select s.id, s.kind, s.meter, s.customer, s.period, s.quantity, ((s.ends - interval '1 second') at time zone 'utc')::date as day, ((s.ends - interval '1 second') at time zone v.zone)::date as date,
           case when p.state = 'posted' then 'yes' when p.state in ('in_flight', 'in_doubt') then 'maybe' else 'no' end as sent,
           case when p.receipt #>> '{details,quantity}' ~ '^-?[0-9]{1,30}([.][0-9]{1,20})?$' then (p.receipt #>> '{details,quantity}')::numeric end as sent_quantity
         from usage_summary s join usage_meter_version v on v.id = s.version
         left join posting p on p.ledger = $2 and p.effect = 'create' and p.source_system = 'waybill/usage' and p.kind = any($3) and p.source_id = s.id and p.effect_number = 1
         where s.legal_entity = $4 and s.kind <> 'credit-request' and ($5::text[] is null or s.meter = any($5)) and s.ends > $6::date - interval '2 days' and s.ends < $7::date + interval '3 days'
           and s.starts > $6::date - interval '35 days' and s.starts < $7::date + interval '3 days'
         order by s.id limit $8),
       written as (
         insert into control_usage_row (run_id, side, seq, meter, customer, day, date, quantity, summary, kind, period, sent, sent_quantity)
         select $1, 'ledger', row_number() over (order by id), meter, customer, day, date, quantity, id, kind, period, sent, sent_quantity from given returning 1)
       select count(*)::int as rows, clock_timestamp() as now from written`,
      [run.id, system, kindsOf(connector), definition.ledger.legalEntity, definition.ledger.meters ?? null, starts, ends, limits.rows + 1],
    );
    if (done!.rows > limits.rows) throw tooLarge('summaries', limits.rows);
    // A place belongs to the month of its summaries, which their meter's time zone tells; what no summary says, to that of its day.
    await this.db.query(
      `delete from control_usage_row r using (
         select meter, customer, day, coalesce(max(date) filter (where side = 'ledger'), day) as date from control_usage_row where run_id = $1 group by 1, 2, 3) p
       where r.run_id = $1 and r.meter = p.meter and r.customer = p.customer and r.day = p.day and p.date not between $2 and $3`,
      [run.id, starts, ends],
    );
    await run.touch();
    return done!.now;
  } // prettier-ignore

  /** Both sides in the order of their places, without words where both say nothing. */
  async *rows(run: UsageRun): AsyncGenerator<UsageRow> {
    const units = await this.units();
    let after: [string, string, string, string, number] = ['', '', '0001-01-01', '', 0];
    for (;;) {
      const page = await this.db.query<Row>(
        `select meter, customer, day::text as day, side, seq, trim_scale(quantity)::text as quantity, summary, kind, period, sent, trim_scale(sent_quantity)::text as sent_quantity
         from control_usage_row where run_id = $1 and (meter collate "C", customer collate "C", day, side, seq) > ($2, $3, $4::date, $5, $6)
         order by meter collate "C", customer collate "C", day, side, seq limit ${readAtOnce}`,
        [run.id, ...after],
      );
      for (const row of page) yield rowOf(row, units);
      const last = page.at(-1);
      if (!last || page.length < readAtOnce) return;
      after = [last['meter'] as string, last['customer'] as string, last['day'] as string, last['side'] as string, last['seq'] as number];
      await run.touch();
    }
  }

  private async ask(run: UsageRun, ask: CountedUsageAsk): Promise<CountedUsage['counted']> {
    const answer = await patiently(run.signal, () =>
      this.calls.call(run.definition.billing.connection, (context, { connector }) => connector.lookups[countedUsageLookup]!.run(context, ask as unknown as JsonObject), { signal: run.signal }),
    );
    return (answer as unknown as CountedUsage).counted;
  } // prettier-ignore

  /** Whose usage belongs to the legal entity: who had some that was sealed, and who is named to pay for it. */
  private async customers({ definition, period }: UsageRun): Promise<string[]> {
    const { starts, ends } = monthOf(period);
    const rows = await this.db.query<{ customer: string }>(
      `select customer from usage_summary where legal_entity = $1 and ($4::text[] is null or meter = any($4))
       union select "values"->>'customer' from table_row where table_name = 'usage-accounts' and "values"->>'legalEntity' = $1 and "values"->>'customer' is not null
         and until_version is null and (valid_from is null or valid_from <= $3) and (valid_to is null or valid_to >= $2) order by 1`,
      [definition.ledger.legalEntity, starts, ends, definition.ledger.meters ?? null],
    );
    return rows.map(({ customer }) => customer);
  }

  /** Meters with their names in billing; one that was renamed in the month has both. */
  private async meters({ definition, period }: UsageRun): Promise<{ meter: string; name: string }[]> {
    const { starts, ends } = monthOf(period);
    const { table, column } = definition.billing.meters;
    return this.db.query<{ meter: string; name: string }>(
      `select distinct key->>'meter' as meter, "values"->>$2 as name from table_row where table_name = $1 and until_version is null and "values"->>$2 is not null
         and (valid_from is null or valid_from <= $4) and (valid_to is null or valid_to >= $3) and ($5::text[] is null or key->>'meter' = any($5)) order by 1, 2`,
      [table, column, starts, ends, definition.ledger.meters ?? null],
    );
  }

  private async units(): Promise<Map<string, string>> {
    const rows = await this.db.query<{ meter: string; unit: string }>(
      `select v.meter, v.definition->>'unit' as unit from usage_meter_version v join usage_meter m on m.name = v.meter
       where v.definition->>'unit' is not null and v.version = coalesce(m.active, (select max(o.version) from usage_meter_version o where o.meter = v.meter))`,
    );
    return new Map(rows.map(({ meter, unit }) => [meter, unit]));
  }
}

/** Kinds of documents that the connector's operations make. */
export const kindsOf = ({ operations }: { operations: Record<string, { document: string }> }): string[] => [
  ...new Set(Object.values(operations).map(({ document }) => document)),
];

function rowOf(row: Row, units: ReadonlyMap<string, string>): UsageRow {
  const meter = row['meter'] as string;
  const place = { meter, unit: units.get(meter) ?? null, customer: row['customer'] as string, day: row['day'] as string };
  const quantity = row['quantity'] as string;
  if (row['side'] === 'billing') return { ...place, side: 'billing', counted: quantity };
  return {
    ...place,
    side: 'ledger',
    summary: {
      id: row['summary'] as string,
      kind: row['kind'] as 'period' | 'adjustment',
      period: row['period'] as string,
      quantity,
      sent: row['sent'] as 'yes' | 'maybe' | 'no',
      sentQuantity: row['sent_quantity'] as string | null,
    },
  };
}

const tooLarge = (what: string, max: number) =>
  new Problem('CONTROL_TOO_LARGE', `There are more than ${max} ${what} in the period.`, {
    remedy: 'Give some of the meters a control of their own.',
  });
