import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recorded payloads can be searched for a piece of JSON. */
export class PayloadSearch1700000000030 implements MigrationInterface {
  name = 'PayloadSearch1700000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- Payloads are kept as the text that came in. Some text is JSON and no jsonb: an escaped NUL, a number that numeric does not hold. One of those must not end the search of all the others: null.
create function payload_holds(payload text, piece jsonb) returns boolean language plpgsql immutable strict parallel safe as $$
begin
  return payload::jsonb @> piece;
exception when data_exception or program_limit_exceeded then
  return null;
end $$;
`;
