import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Postings know their quiet time and their doubts, and are found by their key and by their message. */
export class Postings1700000000002 implements MigrationInterface {
  name = 'Postings1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
alter table posting
  add column quiet_ms bigint not null default 62000,
  add column doubtful boolean not null default false,
  add column waived_in_doubt boolean not null default false;
create unique index posting_key on posting (external_key);
create index posting_unclear on posting (message_id) where state in ('in_flight','in_doubt');
`;
