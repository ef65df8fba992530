import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Synthetic transactions: checks as files, their runs, and the mark that travels with everything that a run makes. */
export class SyntheticTransactions1700000000031 implements MigrationInterface {
  name = 'SyntheticTransactions1700000000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
create table synthetic_check (
  name text primary key, active int not null, state text not null default 'on' check (state in ('on','paused')), paused_reason text, paused_by text, paused_at timestamptz,
  next_at timestamptz not null default now(), updated_at timestamptz not null default now());
create table synthetic_check_version (
  check_name text not null, version int not null, yaml text not null, definition jsonb not null, hash text not null, note text,
  created_at timestamptz not null default now(), created_by text not null, created_by_id text not null, primary key (check_name, version));

-- A run ends when nothing of it is under way and the books say that it comes to nothing. Until then no other run of its check begins.
create table synthetic_run (
  id text primary key, check_name text not null, version int not null, legal_entities text[] not null, state text not null check (state in ('forward','reversing','reading','ended')),
  result text check (result in ('passed','late','wrong','failed-to-start')), trouble text check (trouble in ('late','wrong')), says jsonb not null default '[]', stages jsonb not null default '[]', net jsonb not null default '[]',
  started_by text not null, started_by_id text not null, started_at timestamptz not null default now(), ended_at timestamptz, reading_since timestamptz, read_at timestamptz, lease_until timestamptz,
  check ((state = 'ended') = (ended_at is not null) and (state = 'ended') = (result is not null)));
create unique index synthetic_run_open on synthetic_run (check_name) where ended_at is null;
create index synthetic_run_newest on synthetic_run (check_name, started_at desc, id desc);
create table synthetic_step (
  run_id text not null references synthetic_run(id), at int not null, step text not null, connection text not null, delivery_id text not null, via text not null, stream text, body text not null,
  flows text[] not null, answers jsonb not null default '{}', reverses text, delivered_at timestamptz, primary key (run_id, at), unique (connection, delivery_id));

-- Whatever a run makes names it, from the door to the posting. Nobody else's rows have the mark, and no row gets or loses it later.
alter table inbox add column synthetic_run text;
alter table message add column synthetic_run text;
create index message_synthetic_run on message (synthetic_run) where synthetic_run is not null;
alter table canonical_object add column synthetic boolean not null default false;
alter table posting add column synthetic boolean not null default false;

create function keep_synthetic_mark() returns trigger language plpgsql as $f$
begin
  raise exception 'the mark of a synthetic transaction never changes' using errcode = '23514';
end $f$;
create trigger synthetic_mark before update of synthetic_run on inbox for each row when (old.synthetic_run is distinct from new.synthetic_run) execute function keep_synthetic_mark();
create trigger synthetic_mark before update of synthetic_run on message for each row when (old.synthetic_run is distinct from new.synthetic_run) execute function keep_synthetic_mark();
create trigger synthetic_mark before update of synthetic on canonical_object for each row when (old.synthetic is distinct from new.synthetic) execute function keep_synthetic_mark();
create trigger synthetic_mark before update of synthetic on posting for each row when (old.synthetic is distinct from new.synthetic) execute function keep_synthetic_mark();

alter table synthetic_run enable row level security, force row level security;
create policy engine on synthetic_run using (true) with check (true);
create policy scope on synthetic_run as restrictive to waybill_person using (waybill_sees(legal_entities));
alter table synthetic_step enable row level security, force row level security;
create policy engine on synthetic_step using (true) with check (true);
create policy scope on synthetic_step as restrictive to waybill_person using (exists (select 1 from synthetic_run r where r.id = run_id));
`;
