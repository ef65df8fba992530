import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The life of an exception: taken up, put off, sent again, come back; what people did to it; selections; the records of a replay. */
export class Exceptions1700000000015 implements MigrationInterface {
  name = 'Exceptions1700000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
alter table exception drop constraint exception_state_check;
alter table exception
  add constraint exception_state_check check (state in ('open','in-progress','replaying','resolved')),
  add column assignee_id text,
  add column snoozed_until timestamptz,
  add column changed_at timestamptz not null default now(),
  add column returns int not null default 0,
  add column closed_run text,
  add column closed_attempt int;
-- Until now an assignee was any text; the console wrote the e-mail address.
update exception e set assignee_id = u.id, assignee = u.name, state = 'in-progress' from user_account u where e.state = 'open' and u.email = lower(e.assignee);
drop index exception_open;
create unique index exception_open on exception (message_id) where state <> 'resolved';
drop index exception_cause;
create index exception_cause on exception (cause_key) where state <> 'resolved';
create index exception_unresolved on exception (opened_at, id) where state <> 'resolved';
create index exception_message on exception (message_id, opened_at);

-- The table of moves of exceptions/life.ts. What has ended stays so: a message that stops again opens another one.
create function exception_check_move() returns trigger language plpgsql as $$
begin
  raise exception 'an exception does not move from % to %', old.state, new.state using errcode = 'check_violation';
end $$;
create trigger exception_moves before update of state on exception for each row
  when (old.state is distinct from new.state and (old.state || ' ' || new.state) <> all ('{open in-progress,open replaying,open resolved,in-progress open,in-progress replaying,in-progress resolved,replaying open,replaying resolved}'::text[]))
  execute function exception_check_move();

-- What people did, each act once, in the transaction of the act. The grants leave no way to change it.
create table exception_act (
  exception_id text not null references exception(id), seq bigint generated always as identity, at timestamptz not null default now(),
  kind text not null check (kind in ('assigned','given-back','snoozed','woken','commented','replayed','called-back','resolved')),
  by_name text not null, by_id text not null, words text, assignee text, until timestamptz, run_id text, primary key (exception_id, seq));

-- Exceptions that somebody chose by a filter, as they were at that moment.
create table selection (
  id text primary key, filter jsonb not null, records int not null, amounts jsonb not null, excluded jsonb not null, hash bytea not null,
  created_at timestamptz not null default now(), created_by text not null, created_by_id text not null, expires_at timestamptz not null,
  used_at timestamptz, used_for text);
create index selection_expires on selection (expires_at);
create table selection_member (
  selection_id text not null references selection(id) on delete cascade, exception_id text not null, message_id text not null, primary key (selection_id, exception_id));

-- Each message that a replay was asked for. What became of it is in the message, as long as the message is still of this run.
create table replay_record (
  run_id text not null references run(id), message_id text not null, exception_id text, refused text, called_back_at timestamptz, primary key (run_id, message_id));

do $$
declare
  scoped record;
begin
  for scoped in select * from (values
    ('exception_act', 'exists (select 1 from exception e where e.id = exception_id)'),
    ('selection_member', 'exists (select 1 from message m where m.id = message_id)'),
    ('replay_record', 'exists (select 1 from message m where m.id = message_id)')
  ) as t(name, sees) loop
    execute format('alter table %I enable row level security, force row level security', scoped.name);
    execute format('create policy engine on %I using (true) with check (true)', scoped.name);
    execute format('create policy scope on %I as restrictive to waybill_person using (%s)', scoped.name, scoped.sees);
  end loop;
end $$;
-- As a run, a selection is somebody's before it has members, so only reading is held to the scope.
alter table selection enable row level security, force row level security;
create policy engine on selection using (true) with check (true);
create policy scope on selection as restrictive for select to waybill_person using (exists (select 1 from selection_member s where s.selection_id = id));

drop policy scope on audit_entry;
create policy scope on audit_entry as restrictive for select to waybill_person using (
  case object_kind
    when 'message' then exists (select 1 from message m where m.id = object_id)
    when 'exception' then exists (select 1 from exception e where e.id = object_id)
    when 'selection' then exists (select 1 from selection s where s.id = object_id)
    when 'approval' then exists (select 1 from approval a where a.id = object_id)
    when 'canonical' then exists (select 1 from canonical_object o where o.id = object_id)
    when 'run' then exists (select 1 from run r where r.id = object_id)
    when 'usage-event' then waybill_sees('{}')
    when 'usage-export' then waybill_sees('{}')
    when 'usage-refusal' then waybill_sees('{}')
    else action not like 'pipeline.%' end);

-- A replay that is cancelled takes back what nobody has begun.
insert into message_move values ('ready','exception');
drop trigger message_moves on message;
do $$ begin
  execute format(
    'create trigger message_moves before update of state on message for each row when (old.state is distinct from new.state and (old.state || '' '' || new.state) <> all (%L::text[])) execute function message_check_move()',
    (select array_agg(from_state || ' ' || to_state order by from_state, to_state) from message_move));
end $$;
`;
