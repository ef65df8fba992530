import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A delivery that could not be read because the machine was busy comes again later, instead of without an identity. */
export class LateAnswers1700000000018 implements MigrationInterface {
  name = 'LateAnswers1700000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table inbox add column due_at timestamptz');
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
