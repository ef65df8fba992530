import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs tell how far they are, and are found when the process that ran them is gone. */
export class Intake1700000000004 implements MigrationInterface {
  name = 'Intake1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
alter table run
  add column pages int not null default 0,
  add column reached_at timestamptz,
  add column cursor text,
  add column alive_until timestamptz not null default now() + interval '30 seconds',
  add column resumed int not null default 0;
create index run_running on run (alive_until) where state = 'running' and kind <> 'replay';
`;
