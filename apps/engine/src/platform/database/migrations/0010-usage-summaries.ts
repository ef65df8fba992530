import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What becomes of usage: meters and their versions, buckets that the roll-up fills, seals of periods and the summaries that they fix. */
export class UsageSummaries1700000000010 implements MigrationInterface {
  name = 'UsageSummaries1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
create table usage_meter (name text primary key, active int, created_at timestamptz not null default now());

-- A version never changes. Only the roll-up writes to it: how far it has come, and whether anybody still needs it (it is active, or a period was
-- sealed with it).
create table usage_meter_version (
  id bigint generated always as identity primary key, meter text not null references usage_meter(name), version int not null check (version > 0),
  yaml text not null, definition jsonb not null, hash text not null, note text,
  created_at timestamptz not null default now(), created_by text not null, created_by_id text not null,
  types text[] not null, matches jsonb not null, value_path text[], dimensions text[] not null,
  path1 text[], path2 text[], path3 text[], path4 text[], path5 text[], aggregate text not null, grain text not null,
  zone text not null, every text not null, starts_on int not null,
  rolls boolean not null default false, rolled bigint not null default 0, unique (meter, version));
create function usage_meter_version_fixed() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'rolls' - 'rolled' is distinct from to_jsonb(old) - 'rolls' - 'rolled' then
    raise exception 'a version of a meter never changes' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger usage_meter_version_fixed before update on usage_meter_version for each row execute function usage_meter_version_fixed();
create trigger usage_meter_version_stays before delete or truncate on usage_meter_version for each statement execute function usage_refuse();

-- The one row whose lock makes a roll: its number is given, its commits are marked and their events are counted in one transaction.
create table usage_rollup (one boolean primary key default true check (one), roll bigint not null default 0, rolled_at timestamptz);
insert into usage_rollup default values;

-- What a version of a meter made of the usage of a subject in an hour or a day. roll: the last one that touched it. A bucket whose events were all
-- taken back stays, with nothing in it: what was sealed from it has to hear of that.
create table usage_bucket (
  version bigint not null references usage_meter_version(id), starts timestamptz not null, subject text not null, group_key uuid not null, grouped jsonb not null,
  events bigint not null, total numeric, smallest numeric, largest numeric, last_value numeric, last_at timestamptz, last_seq bigint, roll bigint not null,
  primary key (version, starts, subject, group_key)) with (fillfactor = 80);
-- How often each value was seen, for meters that count different ones.
create table usage_distinct (
  version bigint not null, starts timestamptz not null, subject text not null, group_key uuid not null, value text not null, events bigint not null,
  primary key (version, starts, subject, group_key, value));
-- Events that a meter wants and cannot read: listed, never guessed.
create table usage_unreadable (
  version bigint not null references usage_meter_version(id), seq bigint not null, subject text not null, starts timestamptz not null, reason text not null, said text,
  roll bigint not null, primary key (version, seq));
-- Who pays for a subject that no row of usage-accounts names: the customer or the subscription of that id, whatever system it came from.
create index canonical_object_account on canonical_object (source_id) where type in ('customer', 'subscription');
create index usage_event_occurred on usage_event using brin (occurred_at);

-- The end of a period of a meter: who, when, and the roll that divides what is in it from what came too late.
create table usage_seal (
  id text primary key, meter text not null references usage_meter(name), version bigint not null references usage_meter_version(id), period text not null,
  starts timestamptz not null, ends timestamptz not null, roll bigint not null, summaries int not null, unattributed bigint not null,
  sealed_at timestamptz not null default now(), sealed_by text not null, sealed_by_id text not null, reason text, unique (meter, period));
create table usage_summary (
  id text primary key, seal text not null references usage_seal(id), kind text not null check (kind in ('period', 'adjustment', 'credit-request')),
  meter text not null, version bigint not null references usage_meter_version(id), period text not null, used_in text not null, grain_key text not null,
  starts timestamptz not null, ends timestamptz not null, customer text not null, subscription text, plan text, region text, legal_entity text,
  legal_entities text[] not null generated always as (case when legal_entity is null then '{}'::text[] else array[legal_entity] end) stored,
  grouped jsonb not null, group_key uuid not null,
  quantity numeric not null, added bigint not null, removed bigint not null, digest bytea not null, roll bigint not null,
  whole numeric not null, whole_events bigint not null, adjusts text references usage_summary(id), canonical_id text,
  sealed_at timestamptz not null default now(), check ((kind = 'period') = (period = used_in)));
create index usage_summary_newest on usage_summary (starts desc, meter, customer, id);
create index usage_summary_chain on usage_summary (meter, used_in, grain_key, roll);
create index usage_summary_seal on usage_summary (seal);
-- Whose usage, and from when to when, the summary is made of: kept, so that a later change of the accounts moves no member.
create table usage_summary_part (
  summary text not null references usage_summary(id), subject text not null, starts timestamptz not null, ends timestamptz not null, primary key (summary, subject, starts));
create index usage_summary_part_subject on usage_summary_part (subject, starts);
create trigger usage_seal_fixed before update or delete or truncate on usage_seal for each statement execute function usage_refuse();
create trigger usage_summary_fixed before update or delete or truncate on usage_summary for each statement execute function usage_refuse();
create trigger usage_summary_part_fixed before update or delete or truncate on usage_summary_part for each statement execute function usage_refuse();

-- What the control found in a slice, the last time it looked: commits by number, or the days of a meter.
create table usage_control (
  slice text primary key, kind text not null check (kind in ('commits', 'day')), checked_at timestamptz not null default now(), roll bigint not null,
  facts jsonb not null, difference bigint not null);
create index usage_control_red on usage_control (slice) where difference <> 0;

-- A summary belongs to a legal entity, like the documents that are made of it; what is not summarised yet belongs to nobody.
do $$
declare
  scoped record;
begin
  for scoped in select * from (values
    ('usage_summary', 'waybill_sees(legal_entities)'),
    ('usage_summary_part', 'exists (select 1 from usage_summary s where s.id = summary)'),
    ('usage_bucket', 'waybill_sees(''{}'')'),
    ('usage_distinct', 'waybill_sees(''{}'')'),
    ('usage_unreadable', 'waybill_sees(''{}'')')
  ) as t(name, sees) loop
    execute format('alter table %I enable row level security, force row level security', scoped.name);
    execute format('create policy engine on %I using (true) with check (true)', scoped.name);
    execute format('create policy scope on %I as restrictive to waybill_person using (%s)', scoped.name, scoped.sees);
  end loop;
end $$;
`;
