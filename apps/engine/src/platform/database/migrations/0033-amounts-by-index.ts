import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages of an amount that few have, or none, are found without walking past all others. */
export class AmountsByIndex1700000000033 implements MigrationInterface {
  name = 'AmountsByIndex1700000000033';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
create index message_amount on message (amount) where amount is not null;
`;
