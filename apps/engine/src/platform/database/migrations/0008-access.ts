import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who sees what: legal entities of users, keys and rows, and row-level security under every query of a person. Who may approve: makers. */
export class Access1700000000008 implements MigrationInterface {
  name = 'Access1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(role).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; as a superuser: create role waybill_person nologin`, { cause: error });
    });
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

// A role belongs to the whole server; another database of it may have made it, or makes it now.
const role = `
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'waybill_person') then create role waybill_person nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$`;

const statements = `
alter table user_account add column legal_entities text[] not null default '{}';
alter table api_key add column legal_entities text[] not null default '{}', add column created_by_id text;
alter table message add column legal_entities text[] not null generated always as (case when legal_entity is null then '{}'::text[] else array[legal_entity] end) stored;
alter table canonical_object add column legal_entities text[] not null default '{}';
update canonical_object o set legal_entities = e.names from (
  select v.object_id, array_agg(distinct m.legal_entity order by m.legal_entity) as names from canonical_version v join message m on m.id = v.message_id
  where m.legal_entity is not null group by v.object_id) e where e.object_id = o.id;

-- Who made what decides about a document may not approve it.
alter table release add column created_by_id text;
alter table mapping_version add column created_by_id text;
alter table table_row add column created_by_id text;
alter table approval
  add column legal_entities text[] not null default '{}',
  add column makers jsonb not null default '[]',
  add column subject text,
  add column decided_by_id text,
  add column used_at timestamptz;
update approval set subject = message_id;
alter table approval alter column subject set not null;
drop index approval_open;
create unique index approval_open on approval (kind, subject) where state = 'open';
create index approval_of_message on approval (message_id, requested_at);
update approval a set legal_entities = m.legal_entities from message m where m.id = a.message_id;
alter table run add column started_by_id text;

-- The scope of the transaction, as the application told it. What was not told sees nothing.
create function waybill_sees(of_row text[]) returns boolean language sql stable parallel safe as $$
  select case when cardinality(of_row) = 0 then coalesce(current_setting('waybill.unassigned', true), '') = 'true'
    else coalesce(current_setting('waybill.entities', true), '') = '*'
      or of_row && (select array(select jsonb_array_elements_text(nullif(nullif(current_setting('waybill.entities', true), ''), '*')::jsonb))) end
$$;

-- The engine works without a scope, and its policy is the constant true, which the planner drops: nothing is asked per row. The role
-- waybill_person, which the application takes for the time of a caller's transaction, has a second policy that must hold as well.
do $$
declare
  scoped record;
begin
  for scoped in select * from (values
    ('message', 'waybill_sees(legal_entities)'),
    ('canonical_object', 'waybill_sees(legal_entities)'),
    ('approval', 'waybill_sees(legal_entities)'),
    ('exception', 'exists (select 1 from message m where m.id = message_id)'),
    ('posting', 'exists (select 1 from message m where m.id = message_id)'),
    ('attempt', 'exists (select 1 from message m where m.id = message_id)'),
    ('message_body', 'exists (select 1 from message m where m.id = message_id)'),
    ('message_history', 'exists (select 1 from message m where m.id = message_id)'),
    ('canonical_version', 'exists (select 1 from canonical_object o where o.id = object_id)'),
    ('inbox', 'waybill_sees(''{}'')')
  ) as t(name, sees) loop
    execute format('alter table %I enable row level security, force row level security', scoped.name);
    execute format('create policy engine on %I using (true) with check (true)', scoped.name);
    execute format('create policy scope on %I as restrictive to waybill_person using (%s)', scoped.name, scoped.sees);
  end loop;
end $$;

-- A run that a person starts is theirs before it has messages, so only reading is held to the scope; so is the audit log.
alter table run enable row level security, force row level security;
create policy engine on run using (true) with check (true);
create policy scope on run as restrictive for select to waybill_person using (
  case when kind = 'replay' then exists (select 1 from message m where m.run_id = run.id) else waybill_sees('{}') end);
alter table audit_entry enable row level security, force row level security;
create policy engine on audit_entry using (true) with check (true);
create policy scope on audit_entry as restrictive for select to waybill_person using (
  case object_kind
    when 'message' then exists (select 1 from message m where m.id = object_id)
    when 'exception' then exists (select 1 from exception e where e.id = object_id)
    when 'approval' then exists (select 1 from approval a where a.id = object_id)
    when 'canonical' then exists (select 1 from canonical_object o where o.id = object_id)
    when 'run' then exists (select 1 from run r where r.id = object_id)
    else action not like 'pipeline.%' end);
`;
