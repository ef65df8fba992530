import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables with drafts: who must approve a change, what each version came from, and the change sets that are not live yet. */
export class TableDrafts1700000000019 implements MigrationInterface {
  name = 'TableDrafts1700000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- The role that approves a change of rows; null: whoever may write rows publishes them.
alter table reference_table add column approver text;

create table table_version (
  table_name text not null references reference_table(name), version int not null, at timestamptz not null default now(),
  by_name text not null, by_id text, approved_by text, reason text, draft_id text, primary key (table_name, version));
-- Versions of before are known by their rows alone. One that only ended rows, or changed columns, left no name.
insert into table_version (table_name, version, at, by_name, by_id)
  select distinct on (table_name, from_version) table_name, from_version, created_at, created_by, created_by_id from table_row order by table_name, from_version, created_at;
create index table_row_ended on table_row (table_name, until_version) where until_version is not null;
create index table_row_begun on table_row (table_name, from_version);

create table table_draft (
  id text primary key, table_name text not null references reference_table(name),
  state text not null default 'open' check (state in ('open','submitted','published','withdrawn')),
  revision int not null default 1, base_version int not null, reason text not null default '', origin text not null check (origin in ('hand','csv','exception')),
  exception_id text, changes jsonb not null, makers jsonb not null,
  created_at timestamptz not null default now(), created_by text not null, changed_at timestamptz not null default now(), changed_by text not null, changed_by_id text not null,
  submitted_at timestamptz, submitted_by text, ended_at timestamptz, ended_by text, published_version int);
create index table_draft_newest on table_draft (table_name, id desc);
create index table_draft_of_exception on table_draft (exception_id) where exception_id is not null;

-- A table belongs to no legal entity, and so does the approval of a change of one: whoever may see approvals sees it.
drop policy scope on approval;
create policy scope on approval as restrictive to waybill_person using (kind = 'table-draft' or waybill_sees(legal_entities));

-- Whoever wrote the row that was missing is told of in the history of the exception.
alter table exception_act drop constraint exception_act_kind_check;
alter table exception_act add constraint exception_act_kind_check
  check (kind in ('assigned','given-back','snoozed','woken','commented','replayed','called-back','resolved','row-drafted','edit-asked','edited','edit-ended'));
`;
