import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The moves of a message are held against the table without a call: the trigger speaks only when a move is refused. */
export class Moves1700000000005 implements MigrationInterface {
  name = 'Moves1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

// A condition of a trigger cannot look into a table, so it carries the pairs. A migration that changes `message_move` makes the trigger anew.
const statements = `
create or replace function message_check_move() returns trigger language plpgsql as $$
begin
  raise exception 'a message does not move from % to %', old.state, new.state using errcode = 'check_violation';
end $$;
drop trigger message_moves on message;
do $$ begin
  execute format(
    'create trigger message_moves before update of state on message for each row when (old.state is distinct from new.state and (old.state || '' '' || new.state) <> all (%L::text[])) execute function message_check_move()',
    (select array_agg(from_state || ' ' || to_state order by from_state, to_state) from message_move));
end $$;
`;
