import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Streams that feed the usage ledger: who reads each, how far it has been read, and what a person made of what was refused. */
export class UsageStreams1700000000013 implements MigrationInterface {
  name = 'UsageStreams1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- One row for each stream of a connection. The position is moved in the transaction that brings the events, and only by the epoch that holds the
-- lease: a process that comes back late commits nothing.
create table usage_stream (
  connection text not null, stream text not null, position text, epoch bigint not null default 0, holder text,
  lease_until timestamptz not null default '-infinity', next_at timestamptz not null default now(), failures int not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'reading', 'resting', 'failing')),
  detail text, since timestamptz not null default now(), lag bigint, moved_at timestamptz, settings_at timestamptz,
  read bigint not null default 0, accepted bigint not null default 0, duplicates bigint not null default 0, conflicts bigint not null default 0,
  refused bigint not null default 0, primary key (connection, stream));

-- What came with the value, as JSON text: it may hold what jsonb refuses. How long the value was: of a large one only the beginning is kept.
alter table usage_refusal add column connection text not null default '', add column headers text not null default '{}',
  add column bytes bigint not null default 0, add column problems text not null default '[]';
create index usage_refusal_stream on usage_refusal (connection, stream, received_at desc, id desc);

-- A refusal itself is never changed; what somebody made of it is a row of its own.
create table usage_refusal_answer (
  refusal text primary key references usage_refusal (id), note text not null, answered_at timestamptz not null default now(), by text not null, by_id text not null);
create trigger usage_refusal_answer_fixed before update or delete or truncate on usage_refusal_answer for each statement execute function usage_refuse();
alter table usage_refusal_answer enable row level security, force row level security;
create policy engine on usage_refusal_answer using (true) with check (true);
create policy scope on usage_refusal_answer as restrictive to waybill_person using (waybill_sees('{}'));
drop policy scope on audit_entry;
create policy scope on audit_entry as restrictive for select to waybill_person using (
  case object_kind
    when 'message' then exists (select 1 from message m where m.id = object_id)
    when 'exception' then exists (select 1 from exception e where e.id = object_id)
    when 'approval' then exists (select 1 from approval a where a.id = object_id)
    when 'canonical' then exists (select 1 from canonical_object o where o.id = object_id)
    when 'run' then exists (select 1 from run r where r.id = object_id)
    when 'usage-event' then waybill_sees('{}')
    when 'usage-export' then waybill_sees('{}')
    when 'usage-refusal' then waybill_sees('{}')
    else action not like 'pipeline.%' end);
`;
