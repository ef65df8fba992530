import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The life of a release: from draft to live and back, who approves, what it was proven by, and what it does in the shadow. */
export class ReleaseLife1700000000021 implements MigrationInterface {
  name = 'ReleaseLife1700000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- The role that approves a release of the flow; null: saving goes live.
alter table flow add column approver text;
-- Saved with a draft and live nowhere: whoever saves a flow that is new does not get it by accident.
alter table mapping_version add column draft boolean not null default false;

alter table release
  add column state text not null default 'superseded' check (state in ('draft','submitted','approved','shadow','share','stopped','live','superseded','withdrawn','rejected','rolled-back')),
  add column base_release_id text references release(id), add column evidence jsonb, add column reason text,
  add column submitted_at timestamptz, add column submitted_by text, add column approved_at timestamptz, add column approved_by text,
  add column under_way_since timestamptz, add column share_percent int check (share_percent between 1 and 100), add column share_entities text[],
  add column stop_points int, add column stop_minimum int, add column live_since timestamptz;
-- Until now every release went live when it was saved.
update release set live_since = created_at;
update release r set state = 'live' from flow f where f.release_id = r.id;
create unique index release_live on release (flow) where state = 'live';
create unique index release_under_way on release (flow) where state in ('shadow','share');
create index release_candidates on release (flow) where state in ('draft','submitted','approved','shadow','share','stopped');

create table release_move (from_state text not null, to_state text not null, primary key (from_state, to_state));
insert into release_move values
  ('draft','submitted'), ('draft','approved'), ('draft','withdrawn'), ('draft','superseded'),
  ('submitted','approved'), ('submitted','rejected'), ('submitted','draft'), ('submitted','withdrawn'), ('submitted','superseded'),
  ('approved','shadow'), ('approved','share'), ('approved','live'), ('approved','draft'), ('approved','withdrawn'), ('approved','superseded'),
  ('shadow','approved'), ('shadow','share'), ('shadow','live'), ('shadow','draft'), ('shadow','withdrawn'), ('shadow','superseded'),
  ('share','live'), ('share','stopped'), ('share','superseded'),
  ('stopped','shadow'), ('stopped','share'), ('stopped','draft'), ('stopped','withdrawn'), ('stopped','superseded'),
  ('live','superseded'), ('live','rolled-back'),
  ('superseded','live'), ('rolled-back','live');
create function release_check_move() returns trigger language plpgsql as $$
begin
  if old.state is distinct from new.state and not exists (select 1 from release_move where from_state = old.state and to_state = new.state) then
    raise exception 'a release does not move from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  if (old.flow, old.version, old.yaml, old.definition, old.mapping_name, old.mapping_version, old.hash, old.created_by, old.base_release_id)
     is distinct from (new.flow, new.version, new.yaml, new.definition, new.mapping_name, new.mapping_version, new.hash, new.created_by, new.base_release_id) then
    raise exception 'what a release holds does not change' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger release_moves before update on release for each row execute function release_check_move();

-- What happened to the releases of a flow, in order; nothing of it is ever rewritten.
create table release_event (
  flow text not null, seq bigint generated always as identity, release_id text not null references release(id), at timestamptz not null default now(),
  from_state text, to_state text not null, reason text, by_name text not null, by_id text not null, details jsonb not null default '{}', primary key (flow, seq));
insert into release_event (flow, release_id, at, from_state, to_state, reason, by_name, by_id)
  select flow, id, created_at, null, 'live', note, created_by, coalesce(created_by_id, created_by) from release order by flow, version;
create index release_event_of_release on release_event (release_id, seq);

-- What a candidate in the shadow made of a message, beside what the live release makes of it; no value of the document but its money.
create table shadow_outcome (
  release_id text not null references release(id), message_id text not null, at timestamptz not null default now(),
  outcome text not null check (outcome in ('unchanged','changed','works-now','fails-now')), fields text[] not null,
  before_amount numeric, before_currency text, after_amount numeric, after_currency text, primary key (release_id, message_id));
alter table shadow_outcome enable row level security, force row level security;
create policy engine on shadow_outcome using (true) with check (true);
create policy scope on shadow_outcome as restrictive to waybill_person using (exists (select 1 from message m where m.id = message_id));

-- A replay may take the live release; cancelled, it gives back the one that the message came in under.
alter table replay_record add column release_before text;

-- A release belongs to no legal entity, and neither does its approval.
drop policy scope on approval;
create policy scope on approval as restrictive to waybill_person using (kind in ('table-draft','release') or waybill_sees(legal_entities));
`;
