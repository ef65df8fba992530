import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Erasing what is personal of a customer: who asked, who confirmed, and which rows hold nothing personal any more. */
export class Erasure1700000000017 implements MigrationInterface {
  name = 'Erasure1700000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
create table erasure (
  id text primary key, source_system text not null, customer text not null, reason text not null,
  state text not null default 'counting' check (state in ('counting', 'open', 'erasing', 'done', 'withdrawn')),
  makers jsonb not null, requested_by text not null, requested_at timestamptz not null default now(),
  confirmed_by text, confirmed_at timestamptz, ended_at timestamptz, counts jsonb, waits_for text[] not null default '{}', tables jsonb not null default '[]');
create unique index erasure_live on erasure (source_system, customer) where state in ('counting', 'open', 'erasing');
-- It speaks of customers of every legal entity: who does not see everything sees none of it.
alter table erasure enable row level security, force row level security;
create policy engine on erasure using (true) with check (true);
create policy scope on erasure as restrictive to waybill_person using (false);
alter table message add column erasure text;
-- What people wrote to an exception cannot be changed by anybody but this, and only where the message was erased.
create function erase_words_of_acts(messages text[]) returns void language sql security definer set search_path = public, pg_temp as $$
  update exception_act a set words = 'erased' from exception e join message m on m.id = e.message_id
  where a.exception_id = e.id and a.words is not null and e.message_id = any(messages) and m.erasure is not null
$$;
alter table inbox add column erasure text;
alter table canonical_version add column erasure text;
`;
