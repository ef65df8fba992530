import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists are narrowed: recorded payloads can be searched for a piece of JSON, and runs know their replays. */
export class NarrowedLists1700000000030 implements MigrationInterface {
  name = 'NarrowedLists1700000000030';

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

-- A replay takes messages from the run that they were of: which one that was, or the other way round, which runs have one. Of replays before this only what a run's deliveries became is known.
alter table replay_record add column run_before text;
update replay_record p set run_before = i.run_id from message m, message first, inbox i
  where m.id = p.message_id and p.refused is null and first.correlation_id = m.correlation_id and i.id = first.inbox_id and i.run_id is not null;
create index replay_record_before on replay_record (run_before) where run_before is not null;
`;
