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
-- Behind row-level security only what is leakproof reaches an index, and comparing numerics is not: the whole part of an amount is a bigint, within its limits.
alter table message add column amount_whole bigint
  generated always as (least(greatest(floor(amount), -9000000000000000000), 9000000000000000000)::bigint) stored;
create index message_amount on message (amount_whole) where amount_whole is not null;
`;
