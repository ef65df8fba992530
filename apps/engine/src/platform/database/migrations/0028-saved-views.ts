import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Views of lists that people keep: where one looks, under a name. */
export class SavedViews1700000000028 implements MigrationInterface {
  name = 'SavedViews1700000000028';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
create table saved_view (
  id text primary key, page text not null, name text not null, search jsonb not null, shared boolean not null default false,
  owner_id text not null, owner text not null, created_at timestamptz not null default now(), updated_at timestamptz not null default now());
create unique index saved_view_name on saved_view (owner_id, page, lower(name));
create index saved_view_shared on saved_view (page) where shared;
`;
