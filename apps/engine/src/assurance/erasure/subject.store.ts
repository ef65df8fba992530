import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row } from '../../platform/database/index.js';

/** A customer of a source system, by the id that it has there. */
export interface Subject {
  sourceSystem: string;
  customer: string;
}

/** Rows that hold something personal of a subject and have not been erased. */
export interface Found {
  objects: string[];
  messages: string[];
  deliveries: string[];
  /** Golden cases of mappings. */
  cases: string[];
  /** Messages and deliveries of those that are on their way: they need what would be erased. */
  underWay: string[];
}

/** Rows that one statement looks through. Such a search reads everything that was ever stored, and nobody else may wait for it. */
const strideRows = 5_000;
const final = ['posted', 'skipped', 'duplicate', 'superseded', 'resolved'];

/** Looks for everything that is stored of a subject, piece by piece. */
@Injectable()
export class SubjectSearch {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Undefined when it was told to stop before it was through. */
  async find(subject: Subject, goesOn: () => boolean): Promise<Found | undefined> {
    // As JSON writes it: what is not there as a whole string is another customer.
    const written = JSON.stringify(subject.customer);
    const { sourceSystem, customer } = subject;
    const own = await this.through(
      `with piece as (select id, type, source_id from canonical_object where id > $1 and source_system = $3 order by id limit $2)
       select max(id) as last, array_agg(id) filter (where (type = 'customer' and source_id = $4) or exists (select 1 from canonical_version v
         where v.object_id = piece.id and strpos(v.content, $5) > 0 and v.content::jsonb #>> '{customer,sourceId}' = $4)) as hits from piece`,
      [sourceSystem, customer, written],
      goesOn,
    );
    if (!own) return undefined;
    // What an erasure leaves of a document still names its customer by id, so a search that begins anew in the middle finds the same.
    const ofSubject = [...new Set([...own.hits, ...(await this.settling(sourceSystem, own.hits))])];
    // A document that never reached the hub is known by its words alone.
    const messages = await this.through(
      `with piece as (select id, state, canonical_id, source_system, erasure from message where id > $1 order by id limit $2),
       hit as (select id, state from piece where erasure is null and (canonical_id = any($3) or (canonical_id is null and source_system = $4
         and exists (select 1 from message_body b where b.message_id = piece.id and strpos(b.body, $5) > 0))))
       select (select max(id) from piece) as last, array_agg(id) as hits, array_agg(id) filter (where state <> all($6)) as moving from hit`,
      [ofSubject, sourceSystem, written, final],
      goesOn,
    );
    if (!messages) return undefined;
    const deliveries = await this.through(
      `with piece as (select id, state, raw, connection, erasure from inbox where id > $1 order by id limit $2),
       hit as (select id, state from piece where erasure is null and ((connection in (select name from connection where system = $3) and position(convert_to($4, 'UTF8') in raw) > 0)
         or exists (select 1 from message m where m.inbox_id = piece.id and m.canonical_id = any($5))))
       select (select max(id) from piece) as last, array_agg(id) as hits, array_agg(id) filter (where state = 'new') as moving from hit`,
      [sourceSystem, written, ofSubject],
      goesOn,
    );
    if (!deliveries) return undefined;
    const objects = await this.db.query<{ id: string }>(
      'select distinct object_id as id from canonical_version where object_id = any($1) and erasure is null order by 1',
      [ofSubject],
    );
    return {
      cases: await this.cases({ sourceSystem, written, objects: ofSubject, messages: messages.hits }),
      objects: objects.map(({ id }) => id),
      messages: messages.hits,
      deliveries: deliveries.hits,
      underWay: [...messages.moving, ...deliveries.moving],
    };
  }

  /** Payments and credit memos of the subject's invoices, which need not name the customer themselves. */
  private async settling(sourceSystem: string, objects: readonly string[]): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `select o.id from canonical_reference r join canonical_object o on o.id = r.object_id
       where r.relation = 'invoice' and o.source_system = $1 and r.target in (select source_id from canonical_object where id = any($2) and type = 'invoice')`,
      [sourceSystem, objects],
    );
    return rows.map(({ id }) => id);
  }

  /** Golden cases that are copies of the subject's records, or name the customer. What a pack brings is nobody's record. */
  private async cases(of: { sourceSystem: string; written: string; objects: string[]; messages: string[] }): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `select c.id from mapping_case c left join message m on m.id = c.message_id where c.erasure is null and c.origin <> 'pack' and (c.message_id = any($4) or m.canonical_id = any($3)
         or ((c.source_system is null or c.source_system = $1) and strpos(c.input || coalesce(c.enriched, '') || c.expects, $2) > 0)) order by 1`,
      [of.sourceSystem, of.written, of.objects, of.messages],
    );
    return rows.map(({ id }) => id);
  }

  /** What these hold: stored payloads of messages, versions of documents. */
  async held({ messages, objects }: Pick<Found, 'messages' | 'objects'>): Promise<{ payloads: number; versions: number }> {
    const [row] = await this.db.query<{ payloads: number; versions: number }>(
      `select (select count(*)::int from message_body where message_id = any($1)) as payloads,
         (select count(*)::int from canonical_version where object_id = any($2) and erasure is null) as versions`,
      [messages, objects],
    );
    return row!;
  }

  /** Tables that a person keeps and that name the customer now, with the number of rows: what is written there is theirs to change. */
  async tables({ customer }: Subject): Promise<{ table: string; rows: number }[]> {
    return this.db.query(
      `select table_name as "table", count(*)::int as rows from table_row where until_version is null
       and exists (select 1 from jsonb_each_text(key || "values") as t(name, value) where t.value = $1) group by 1 order by 1`,
      [customer],
    );
  }

  private async through(
    piece: string,
    values: readonly unknown[],
    goesOn: () => boolean,
  ): Promise<{ hits: string[]; moving: string[] } | undefined> {
    const [hits, moving]: [string[], string[]] = [[], []];
    for (let last: string | null = ''; last !== null;) {
      if (!goesOn()) return undefined;
      const [row]: Row[] = await this.db.query<Row>(piece, [last, strideRows, ...values]);
      hits.push(...((row!['hits'] as string[] | null) ?? []));
      moving.push(...((row!['moving'] as string[] | null | undefined) ?? []));
      last = row!['last'] as string | null;
    }
    return { hits, moving };
  }
}
