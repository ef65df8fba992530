import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Edits of single fields of a payload that stopped: what was there, what is there now, who asked and who approved. */
export class PayloadEdits1700000000020 implements MigrationInterface {
  name = 'PayloadEdits1700000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
create table payload_edit (
  id text primary key, message_id text not null, exception_id text not null references exception(id), reason text not null, changes jsonb not null,
  before_hash bytea not null, after_hash bytea not null, content_hash text not null, payload text not null, enriched text, output text not null, facts jsonb, tables jsonb not null,
  release_id text not null, approval_id text references approval(id), by_name text not null, by_id text not null, by_hands text[] not null, at timestamptz not null default now(),
  applied_at timestamptz, run_id text);
create index payload_edit_of_message on payload_edit (message_id, id);
alter table payload_edit enable row level security, force row level security;
create policy engine on payload_edit using (true) with check (true);
create policy scope on payload_edit as restrictive to waybill_person using (exists (select 1 from message m where m.id = message_id));
`;
