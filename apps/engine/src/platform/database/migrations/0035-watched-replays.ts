import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A replay may end by itself when too many of its messages stop again. */
export class WatchedReplays1700000000035 implements MigrationInterface {
  name = 'WatchedReplays1700000000035';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
alter table run add column stop_after int check (stop_after > 0), add column watched boolean not null default false;
create index run_watched on run (id) where watched;
`;
