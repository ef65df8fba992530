import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The journal entries that an ERP tells of its documents; and indexes for lists of a million messages. */
export class EntriesAndLists1700000000023 implements MigrationInterface {
  name = 'EntriesAndLists1700000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- What the newest reading of an ERP found, over what was known before.
create table booked_entry (
  ledger text not null, type text not null, document text not null, entry text not null, number text, date date not null, currency text not null, document_currency text not null,
  legal_entities text[] not null, lines jsonb not null, line_ids text[] not null, read_at timestamptz not null, primary key (ledger, type, document));
create index booked_entry_number on booked_entry (number) where number is not null;
create index booked_entry_entry on booked_entry (entry);
create index booked_entry_lines on booked_entry using gin (line_ids);
alter table booked_entry enable row level security, force row level security;
create policy engine on booked_entry using (true) with check (true);
create policy scope on booked_entry as restrictive to waybill_person using (waybill_sees(legal_entities));
-- From a document of an ERP to what was posted.
create index posting_document on posting (ledger, document_id) where document_id is not null;
`;
