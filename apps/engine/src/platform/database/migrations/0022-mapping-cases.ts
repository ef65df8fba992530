import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Golden cases of mappings: a sample that never changes, and what the mapping has to make of it. */
export class MappingCases1700000000022 implements MigrationInterface {
  name = 'MappingCases1700000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
create table mapping_case (
  id text primary key, mapping_name text not null, name text not null, tags text[] not null default '{}', revision int not null default 1,
  origin text not null check (origin in ('recorded', 'pasted', 'pack')), message_id text, source_system text, legal_entities text[] not null default '{}', pack text,
  input text not null, input_hash text not null, enriched text, facts text not null, as_of text not null, tables text, expects text not null,
  reason text, created_at timestamptz not null default now(), created_by text not null, created_by_id text not null,
  changed_at timestamptz not null default now(), changed_by text not null, changed_by_id text not null, erasure text,
  unique (mapping_name, name));
create index mapping_case_of_message on mapping_case (message_id) where message_id is not null;
alter table mapping_case enable row level security, force row level security;
create policy engine on mapping_case using (true) with check (true);
-- What was pasted belongs to no legal entity, and so does what a pack brings; a copy of a record is seen by whoever sees the record.
create policy scope on mapping_case as restrictive to waybill_person using (message_id is null or waybill_sees(legal_entities));
`;
