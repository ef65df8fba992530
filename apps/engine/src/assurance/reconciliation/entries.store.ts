import { Inject, Injectable } from '@nestjs/common';
import type { BookedDocument } from '@waybill/sdk';
import { Database } from '../../platform/database/index.js';

/** The journal entries by which documents stand in the books, as the newest run that read them found them. Lineage leads to them. */
@Injectable()
export class EntryStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Keeps the entries of a page over what was known of them. A document that comes without one had none told. */
  async keep({ ledger, legalEntity }: { ledger: string; legalEntity: string }, documents: readonly BookedDocument[]): Promise<void> {
    const given = documents.flatMap(({ id, type, currency, entry }) =>
      entry === undefined ? [] : [{ document: id, type, currency, entry: entry.id, number: entry.number, date: entry.date, books: entry.currency, lines: entry.lines, ids: entry.lines.map((line) => line.id) }],
    );
    if (given.length === 0) return;
    await this.db.query(
      `insert into booked_entry (ledger, type, document, entry, number, date, currency, document_currency, legal_entities, lines, line_ids, read_at)
       select distinct on (g.type, g.document) $1, g.type, g.document, g.entry, g.number, g.date, g.books, g.currency, array[$2::text], g.lines, array(select jsonb_array_elements_text(g.ids)), clock_timestamp()
       from jsonb_to_recordset($3::jsonb) as g(type text, document text, entry text, number text, date date, books text, currency text, lines jsonb, ids jsonb)
       on conflict (ledger, type, document) do update set entry = excluded.entry, number = excluded.number, date = excluded.date, currency = excluded.currency,
         document_currency = excluded.document_currency, legal_entities = excluded.legal_entities, lines = excluded.lines, line_ids = excluded.line_ids, read_at = excluded.read_at`,
      [ledger, legalEntity, JSON.stringify(given)],
    );
  } // prettier-ignore

  /** What a whole reading of these days, begun `since`, did not find is not in the books any more. */
  async forgetOthers(of: { ledger: string; types: readonly string[]; from: string; to: string; since: Date }): Promise<void> {
    await this.db.query('delete from booked_entry where ledger = $1 and type = any($2) and date between $3 and $4 and read_at < $5', [of.ledger, of.types, of.from, of.to, of.since]); // prettier-ignore
  }
}
