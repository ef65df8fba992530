import { Inject, Injectable } from '@nestjs/common';
import type { BookedEntry, BookedLine, JsonObject } from '@waybill/sdk';
import { Database, realBook, within, type Row, type Scope } from '../../platform/database/index.js';
import { nodesMax } from './chain.js';

export interface TracedObject {
  id: string;
  type: string;
  title: string | null;
  sourceSystem: string;
  sourceId: string;
  updatedAt: string;
  content: JsonObject;
  /** Part of a synthetic transaction. */
  synthetic: boolean;
}

/** Usage that an invoice bills, beside what the ledger's summaries for it come to. */
export interface BilledUsage {
  document: string;
  place: number;
  meter: string;
  customer: string;
  from: string;
  to: string;
  lines: number;
  billed: string;
  reported: string;
  unit: string | null;
  summaries: number;
  events: number;
  /** Summaries whose way to billing has not ended, and what they come to. */
  notReported: number;
  quantityNotReported: string;
}

/** The journal entry of a document of an ERP. */
export interface Booked {
  ledger: string;
  type: string;
  document: string;
  readAt: string;
  documentCurrency: string;
  entry: BookedEntry;
}

/** What a posting became there: whatever takes a document back is one of the other kind. */
const typeInBooks =
  "case p.effect when 'create' then p.kind when 'refund' then 'refund' when 'void' then case p.kind when 'invoice' then 'credit-memo' when 'credit-memo' then 'invoice' end end";
/** One more of each kind than an answer has room for, so that it knows that something is left out. */
const eachMax = nodesMax + 1;
const columns = 'o.id, o.type, o.title, o.source_system, o.source_id, o.updated_at, v.content, o.synthetic';
const newest = 'join canonical_version v on v.object_id = o.id and v.version = o.version';
/** References of a document in an order of their own, so that a place names one of them. */
const withPlace = `select r.*, row_number() over (partition by r.object_id order by r.target, r.starts, r.ends) as place from canonical_reference r where r.relation = 'usage'`;
/** The summaries that a reference bills: a meter event carries the last second of the period in which its usage is billed. A request for a credit memo is none. */
const billedBy = `s.customer = r.customer and s.meter = r.target and s.ends > r.starts + interval '1 second' and s.ends <= r.ends + interval '1 second' and s.kind <> 'credit-request'`;

/** What a trace asks of the database, for many ids at once. */
@Injectable()
export class LineageQueries {
  constructor(@Inject(Database) private readonly db: Database) {}

  async objects(ids: readonly string[], scope: Scope): Promise<TracedObject[]> {
    return this.find(`${newest} where o.id = any($1)`, [ids], ids.length, scope);
  }

  /** The invoices that payments and credit memos belong to. */
  async invoicesOf(ids: readonly string[], scope: Scope): Promise<TracedObject[]> {
    return this.find(
      `${newest} where o.type = 'invoice' and exists (select 1 from canonical_reference r join canonical_object p on p.id = r.object_id
         where r.object_id = any($1) and r.relation = 'invoice' and r.target = o.source_id and p.source_system = o.source_system)`,
      [ids],
      ids.length,
      scope,
    );
  }

  async settling(invoices: readonly TracedObject[], scope: Scope): Promise<{ invoice: string; object: TracedObject }[]> {
    const bySource = new Map(invoices.map(({ id, sourceSystem, sourceId }) => [JSON.stringify([sourceSystem, sourceId]), id]));
    const seen = within(scope, 'o.legal_entities', 2);
    const rows = await this.rows(invoices.length, scope, `select ${columns}, r.target from canonical_reference r join canonical_object o on o.id = r.object_id ${newest}
       where r.relation = 'invoice' and r.target = any($1) and ${seen.where} order by o.updated_at, o.id limit ${eachMax}`, [invoices.map(({ sourceId }) => sourceId), ...seen.values]);
    return rows.flatMap((row) => {
      const invoice = bySource.get(JSON.stringify([row['source_system'], row['target']]));
      return invoice === undefined ? [] : [{ invoice, object: objectOf(row) }];
    });
  } // prettier-ignore

  async usageOf(ids: readonly string[], scope: Scope): Promise<BilledUsage[]> {
    const seen = within(scope, 's.legal_entities', 2);
    const rows = await this.rows(ids.length, scope, `with r as (${withPlace} and r.object_id = any($1))
       select r.object_id, r.place::int as place, r.target, r.customer, r.starts, r.ends, r.lines, trim_scale(r.quantity)::text as billed, x.*
       from r cross join lateral (select coalesce(trim_scale(sum(s.quantity)), 0)::text as reported, count(*)::int as summaries, coalesce(sum(s.added + s.removed), 0)::int as events,
         max(v.definition ->> 'unit') as unit, count(*) filter (where waits)::int as not_reported, coalesce(trim_scale(sum(s.quantity) filter (where waits)), 0)::text as quantity_not_reported
         from usage_summary s join usage_meter_version v on v.id = s.version
         cross join lateral (select s.quantity <> 0 and not exists (select 1 from message m where m.canonical_id = s.canonical_id and m.state in ('posted', 'duplicate')) as waits) w
         where ${billedBy} and ${seen.where}) x order by 1, 2`, [ids, ...seen.values]);
    return rows.map((row) => ({
      document: row['object_id'] as string,
      place: row['place'] as number,
      meter: row['target'] as string,
      customer: row['customer'] as string,
      from: instant(row['starts']),
      to: instant(row['ends']),
      lines: row['lines'] as number,
      billed: row['billed'] as string,
      reported: row['reported'] as string,
      unit: row['unit'] as string | null,
      summaries: row['summaries'] as number,
      events: row['events'] as number,
      notReported: row['not_reported'] as number,
      quantityNotReported: row['quantity_not_reported'] as string,
    }));
  } // prettier-ignore

  /** The documents that bill summaries, with the place of the usage in each. */
  async billsOf(summaries: readonly string[], scope: Scope): Promise<{ summary: string; document: string; place: number }[]> {
    const seen = within(scope, 'o.legal_entities', 2);
    const rows = await this.rows(summaries.length, scope, `with asked as (select s.* from usage_summary s where s.id = any($1)), of_customer as (
         select distinct r.object_id from asked s join canonical_reference r on r.relation = 'usage' and ${billedBy}), r as (${withPlace} and r.object_id in (select object_id from of_customer))
       select s.id as summary, r.object_id as document, r.place::int as place from asked s join r on ${billedBy} join canonical_object o on o.id = r.object_id where ${seen.where} and ${realBook('o')}
       order by s.id, o.updated_at desc limit ${eachMax}`, [summaries, ...seen.values]);
    return rows as { summary: string; document: string; place: number }[];
  } // prettier-ignore

  async summaries(ids: readonly string[], scope: Scope) {
    const seen = within(scope, 's.legal_entities', 2);
    const rows = await this.rows(ids.length, scope, `select s.id, s.kind, s.meter, s.customer, s.period, s.used_in, s.starts, trim_scale(s.quantity)::text as quantity, (s.added + s.removed)::int as events, s.canonical_id,
       v.definition ->> 'unit' as unit from usage_summary s join usage_meter_version v on v.id = s.version where s.id = any($1) and ${seen.where} order by s.starts, s.id`, [ids, ...seen.values]);
    return rows.map((row) => ({
      id: row['id'] as string,
      kind: row['kind'] as string,
      meter: row['meter'] as string,
      customer: row['customer'] as string,
      period: row['period'] as string,
      usedIn: row['used_in'] as string,
      starts: instant(row['starts']),
      quantity: row['quantity'] as string,
      events: row['events'] as number,
      unit: row['unit'] as string | null,
      canonicalId: row['canonical_id'] as string | null,
    }));
  } // prettier-ignore

  /** What was sent of documents; not the message that brought a version here. */
  async deliveries(ids: readonly string[], scope: Scope) {
    const seen = within(scope, 'm.legal_entities', 2);
    const rows = await this.rows(ids.length, scope, `select m.canonical_id, m.id, m.flow, m.state, m.reason, m.document_number, m.effect, coalesce(m.settled_at, m.received_at) as at, p.ledger, p.document_id, p.kind, p.operation, c.connector, coalesce(p.state = 'posted' and p.message_id = m.id, false) as stands, coalesce(p.amount, m.amount)::text as amount, coalesce(p.currency, m.currency) as currency
       from message m left join posting p on p.id = m.posting_id left join connection c on c.name = p.connection where m.canonical_id = any($1) and (m.state not in ('superseded', 'duplicate') or (p.state = 'posted' and p.message_id = m.id))
       and not exists (select 1 from canonical_version v where v.object_id = m.canonical_id and v.message_id = m.id) and ${seen.where} order by m.seq limit ${eachMax}`, [ids, ...seen.values]);
    return rows.map((row) => ({
      object: row['canonical_id'] as string,
      message: row['id'] as string,
      flow: row['flow'] as string,
      state: row['state'] as string,
      reason: row['reason'] as string | null,
      documentNumber: row['document_number'] as string | null,
      effect: row['effect'] as string,
      at: instant(row['at']),
      ledger: row['ledger'] as string | null,
      amount: row['amount'] as string | null,
      currency: row['currency'] as string | null,
      kind: row['kind'] as string | null,
      document: row['document_id'] as string | null,
      connector: row['connector'] as string | null,
      operation: row['operation'] as string | null,
      /** The target has it by this message, whatever became of the message since. */
      stands: row['stands'] as boolean,
    }));
  } // prettier-ignore

  /** The journal entries of documents of ERPs, as the newest run of a control read them. */
  async entries(documents: readonly { ledger: string; type: string; document: string }[], scope: Scope): Promise<Booked[]> {
    const seen = within(scope, 'e.legal_entities', 4);
    const rows = await this.rows(documents.length, scope, `select e.ledger, e.type, e.document, e.entry, e.number, e.date::text as date, e.currency, e.document_currency, e.lines, e.read_at
       from unnest($1::text[], $2::text[], $3::text[]) as g(ledger, type, document) join booked_entry e on e.ledger = g.ledger and e.type = g.type and e.document = g.document where ${seen.where}`,
      [documents.map(({ ledger }) => ledger), documents.map(({ type }) => type), documents.map(({ document }) => document), ...seen.values]);
    return rows.map((row) => ({
      ledger: row['ledger'] as string,
      type: row['type'] as string,
      document: row['document'] as string,
      readAt: instant(row['read_at']),
      documentCurrency: row['document_currency'] as string,
      entry: {
        id: row['entry'] as string,
        number: row['number'] as string | null,
        date: row['date'] as string,
        currency: row['currency'] as string,
        lines: row['lines'] as BookedLine[],
      },
    }));
  } // prettier-ignore

  /** The documents behind a number that an ERP's journal gave, or behind the id of an entry or of one of its lines. */
  async bookedUnder(number: string, scope: Scope, most: number): Promise<string[]> {
    const [entry, message] = [within(scope, 'e.legal_entities', 2), within(scope, 'm.legal_entities', 2)];
    const rows = await this.rows(1, scope, `select distinct m.canonical_id as id from booked_entry e join posting p on p.ledger = e.ledger and p.document_id = e.document and ${typeInBooks} = e.type
       join message m on m.posting_id = p.id where (e.number = $1 or e.entry = $1 or e.line_ids @> array[$1]) and m.canonical_id is not null and ${entry.where} and ${message.where} order by 1 limit ${most}`,
      [number, ...entry.values]);
    return rows.map(({ id }) => id as string);
  } // prettier-ignore

  private async find(where: string, values: unknown[], asked: number, scope: Scope): Promise<TracedObject[]> {
    const seen = within(scope, 'o.legal_entities', 2);
    const rows = await this.rows(asked, scope, `select ${columns} from canonical_object o ${where} and ${seen.where} order by o.id`, [...values, ...seen.values]);
    return rows.map(objectOf);
  } // prettier-ignore

  private rows(asked: number, scope: Scope, sql: string, values: unknown[]): Promise<Row[]> {
    return asked === 0 ? Promise.resolve([]) : this.db.seenBy(scope).query<Row>(sql, values);
  }
}

const instant = (value: unknown): string => (value as Date).toISOString();
const objectOf = (row: Row): TracedObject => ({
  id: row['id'] as string,
  type: row['type'] as string,
  title: row['title'] as string | null,
  sourceSystem: row['source_system'] as string,
  sourceId: row['source_id'] as string,
  updatedAt: instant(row['updated_at']),
  content: JSON.parse(row['content'] as string) as JsonObject,
  synthetic: row['synthetic'] as boolean,
});
