import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The usage ledger: events as they came, each once for ever, and what was sent against them. Rows are inserted and never changed. */
export class UsageLedger1700000000009 implements MigrationInterface {
  name = 'UsageLedger1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
create function usage_refuse() returns trigger language plpgsql as $$ begin raise exception 'the usage ledger is never changed or deleted'; end $$;

-- One row for each transaction that brought events, in that transaction. A row without a roll is to be rolled up: whoever commits late
-- simply appears late, and nobody reasons about the order of numbers or clocks.
create sequence usage_commit_id as bigint;
create table usage_commit (
  id bigint primary key, received_at timestamptz not null default now(), events int not null check (events between 1 and 65536),
  via text not null, by text not null, roll bigint);
create index usage_commit_waiting on usage_commit (id) include (events) where roll is null;
create index usage_commit_roll on usage_commit (roll) where roll is not null;
create function usage_commit_only_rolls() returns trigger language plpgsql as $$
begin
  if old.roll is not null or new.roll is null or (new.id, new.received_at, new.events, new.via, new."by") is distinct from (old.id, old.received_at, old.events, old.via, old."by") then
    raise exception 'a commit of the usage ledger gets its roll once, and nothing else changes' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger usage_commit_rolls before update on usage_commit for each row execute function usage_commit_only_rolls();
create trigger usage_commit_stays before delete or truncate on usage_commit for each statement execute function usage_refuse();

-- seq: the commit's id * 65536 + the place in the commit, so the events of a commit are one range of it.
create table usage_event (
  seq bigint not null, received_at timestamptz not null, occurred_at timestamptz not null, corrects bigint,
  kind text not null default 'event' check (kind in ('event', 'correction', 'cancellation')),
  source text not null, id text not null, type text not null, subject text, data jsonb, attributes jsonb, reason text,
  primary key (seq, received_at), check ((kind = 'event') = (corrects is null)))
  partition by range (received_at);
create index usage_event_subject on usage_event (subject, occurred_at);
create trigger usage_event_fixed before update or delete on usage_event for each row execute function usage_refuse();
create trigger usage_event_stays before truncate on usage_event for each statement execute function usage_refuse();

-- Makes the partition of a month. Attached rather than made in place, so that neither writers nor readers are kept waiting. The application
-- may not change the schema; through this it may make what it will need, and nothing else.
create function usage_event_month(at timestamptz) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  first timestamptz := date_trunc('month', at, 'UTC');
  name text := 'usage_event_' || to_char(first at time zone 'UTC', 'YYYYMM');
begin
  if at not between now() - interval '2 months' and now() + interval '4 months' then
    raise exception 'usage events are received now, not at %', at using errcode = 'check_violation';
  end if;
  if to_regclass(name) is not null then return false; end if;
  perform pg_advisory_xact_lock(hashtext('usage_event_month'));
  if to_regclass(name) is not null then return false; end if;
  execute format('create table %I (like usage_event including all)', name);
  execute format('create trigger usage_event_stays before truncate on %I for each statement execute function usage_refuse()', name);
  execute format('alter table usage_event attach partition %I for values from (%L) to (%L)', name, first, date_trunc('month', first + interval '1 month 5 days', 'UTC'));
  return true;
end $$;
select usage_event_month(date_trunc('month', now(), 'UTC') + n * interval '1 month') from generate_series(0, 2) n;

-- Which events are there: a key is the SHA-256 of source and id, each with its length before it; the content is the SHA-256 of the whole event.
-- A unique key of a partitioned table holds the column it is divided by, so keys have a table of their own, divided by themselves. Kept for ever.
create table usage_key (key bytea primary key, content bytea not null, seq bigint not null, received_at timestamptz not null) partition by hash (key);
do $$ begin
  for n in 0..15 loop
    execute format('create table %I partition of usage_key for values with (modulus 16, remainder %s)', 'usage_key_' || n, n);
    execute format('create trigger usage_key_stays before truncate on %I for each statement execute function usage_refuse()', 'usage_key_' || n);
  end loop;
end $$;
create trigger usage_key_fixed before update or delete on usage_key for each row execute function usage_refuse();
create trigger usage_key_stays before truncate on usage_key for each statement execute function usage_refuse();

-- Which event was taken back by which: one successor at most. "original" is where the chain begins.
create table usage_correction (
  corrects bigint primary key, seq bigint not null unique, original bigint not null,
  kind text not null check (kind in ('correction', 'cancellation')), received_at timestamptz not null, by text not null);
create index usage_correction_original on usage_correction (original);
create trigger usage_correction_fixed before update or delete or truncate on usage_correction for each statement execute function usage_refuse();

-- The key of an event with other content: the first stays, and this is kept whole. The same again is counted.
create table usage_conflict (
  id text primary key, key bytea not null, content bytea not null, first_seq bigint not null, received_at timestamptz not null default now(),
  last_at timestamptz not null default now(), times int not null default 1, via text not null, by text not null,
  source text not null, event_id text not null, event jsonb not null, unique (key, content));
create index usage_conflict_newest on usage_conflict (received_at desc, id desc);
create index usage_conflict_first on usage_conflict (first_seq);
create trigger usage_conflict_stays before delete or truncate on usage_conflict for each statement execute function usage_refuse();

-- How often an event came again with the same content.
create table usage_duplicate (seq bigint primary key, times bigint not null, last_at timestamptz not null default now());

-- What a stream brought and the door refused, as bytes, with its problem. What comes by HTTP is refused in the answer.
create table usage_refusal (
  id text primary key, stream text not null, position text not null, received_at timestamptz not null default now(),
  raw bytea not null, code text not null, path text, detail text not null, unique (stream, position));
create index usage_refusal_newest on usage_refusal (received_at desc, id desc);
create trigger usage_refusal_fixed before update or delete or truncate on usage_refusal for each statement execute function usage_refuse();

-- Versions of a type of event; the newest is the one that counts.
create table usage_event_type (
  type text not null, version int not null check (version > 0), schema jsonb not null, description text not null default '', hash text not null,
  created_by text not null, created_by_id text not null, created_at timestamptz not null default now(), primary key (type, version));
create trigger usage_event_type_fixed before update or delete or truncate on usage_event_type for each statement execute function usage_refuse();

-- An event belongs to no legal entity: who used it is known, who pays for it is found when it is summarised. So, like a delivery, it is seen
-- by whoever may see what is unassigned. Partitions are reached through their table alone; see the grants of the migrator.
do $$
declare
  name text;
begin
  foreach name in array array['usage_commit', 'usage_event', 'usage_key', 'usage_correction', 'usage_conflict', 'usage_duplicate', 'usage_refusal'] loop
    execute format('alter table %I enable row level security, force row level security', name);
    execute format('create policy engine on %I using (true) with check (true)', name);
    execute format('create policy scope on %I as restrictive to waybill_person using (waybill_sees(''{}''))', name);
  end loop;
end $$;
drop policy scope on audit_entry;
create policy scope on audit_entry as restrictive for select to waybill_person using (
  case object_kind
    when 'message' then exists (select 1 from message m where m.id = object_id)
    when 'exception' then exists (select 1 from exception e where e.id = object_id)
    when 'approval' then exists (select 1 from approval a where a.id = object_id)
    when 'canonical' then exists (select 1 from canonical_object o where o.id = object_id)
    when 'run' then exists (select 1 from run r where r.id = object_id)
    when 'usage-event' then waybill_sees('{}')
    else action not like 'pipeline.%' end);
`;
