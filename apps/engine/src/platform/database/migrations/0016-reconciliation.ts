import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Controls, their runs and what they found; what people said to it; and what the books must say of a document, beside its newest version. */
export class Reconciliation1700000000016 implements MigrationInterface {
  name = 'Reconciliation1700000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const decimal = (path: string) =>
  `case when v.content::jsonb ->> '${path}' ~ '^-?[0-9]{1,30}([.][0-9]{1,20})?$' then (v.content::jsonb ->> '${path}')::numeric end`;
const text = (path: string) => `left(nullif(v.content::jsonb ->> '${path}', ''), 300)`; // prettier-ignore

const statements = `
alter table canonical_object add column legal_entity text, add column posting_date date, add column total numeric, add column tax numeric,
  add column currency text, add column status text, add column kind text;
update canonical_object o set legal_entity = coalesce(${text('legalEntity')}, ${text('entity')}), total = coalesce(${decimal('total')}, ${decimal('amount')}), tax = ${decimal('taxTotal')},
  posting_date = case when v.content::jsonb ->> 'postingDate' ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$' or v.content::jsonb ->> 'postingDate' ~ '^[0-9]{4}-(0[13-9]|1[0-2])-(29|30)$' or v.content::jsonb ->> 'postingDate' ~ '^[0-9]{4}-(0[13578]|1[02])-31$'
    or v.content::jsonb ->> 'postingDate' ~ '^[0-9]{2}([02468][048]|[13579][26])-02-29$' then (v.content::jsonb ->> 'postingDate')::date end,
  currency = ${text('currency')}, status = ${text('status')}, kind = ${text('kind')}
from canonical_version v where v.object_id = o.id and v.version = o.version and o.type in ('invoice', 'credit-memo', 'payment');
-- Documents come about in the order of their dates, so a summary for each few pages finds a month, and costs the pipeline next to nothing.
create index canonical_object_dated on canonical_object using brin (posting_date) with (pages_per_range = 16);

create table control (
  name text primary key, active int not null, state text not null default 'on' check (state in ('on', 'paused')), updated_at timestamptz not null default now());
create table control_version (
  control text not null, version int not null, yaml text not null, definition jsonb not null, hash text not null, note text,
  created_at timestamptz not null default now(), created_by text not null, created_by_id text not null, primary key (control, version));

create table control_run (
  id text primary key, control text not null, version int not null, period text not null, starts date not null, ends date not null,
  legal_entities text[] not null, day date not null, kind text not null check (kind in ('daily', 'demand')),
  state text not null default 'running' check (state in ('running', 'done', 'failed')), started_by text not null, started_by_id text not null,
  started_at timestamptz not null default now(), touched_at timestamptz not null default now(), ended_at timestamptz, error text,
  -- The instants up to which each side is told: the ERP was read from the first on, billing as it stood at the second.
  erp_cut_off timestamptz, billing_cut_off timestamptz,
  matched int not null default 0, gaps int not null default 0, open_gaps int not null default 0, drift int not null default 0, gaps_left int not null default 0, rows_kept boolean not null default true);
create index control_run_newest on control_run (control, period, started_at desc);
create index control_run_list on control_run (started_at desc, id desc);
-- Of several schedulers one begins the run of a day; one that failed may be tried again.
create unique index control_run_daily on control_run (control, period, day) where kind = 'daily' and state <> 'failed';

-- Both sides as they were read. place joins them: rows of one place are the same document.
create table control_row (
  run_id text not null references control_run(id), side text not null check (side in ('billing', 'erp')), seq int not null, place int not null,
  document text not null, key text, number text, reference text, type text not null, currency text not null, amount numeric not null, tax numeric, date date not null, live boolean not null,
  primary key (run_id, side, seq));
create index control_row_key on control_row (run_id, side, key) where key is not null;
create index control_row_number on control_row (run_id, side, number) where number is not null;
create index control_row_reference on control_row (run_id, side, reference) where reference is not null;
create index control_row_place on control_row (run_id, place, side, seq);
-- A page that comes twice brings nothing twice.
create unique index control_row_document on control_row (run_id, side, type, document);

create table control_total (
  run_id text not null references control_run(id), legal_entity text not null, currency text not null,
  billing_rows int not null, erp_rows int not null, billing numeric not null, erp numeric not null, billing_tax numeric not null, erp_tax numeric not null,
  primary key (run_id, legal_entity, currency));
create table control_bar (
  run_id text not null references control_run(id), legal_entity text not null, currency text not null, kind text not null, gaps int not null, amount numeric not null,
  primary key (run_id, legal_entity, currency, kind));

create table gap (
  id text primary key, run_id text not null references control_run(id), n int not null, fingerprint bytea not null, kind text not null, cause text not null, drift boolean not null, settled text,
  legal_entity text not null, currency text not null, difference numeric not null, type text not null, number text, sentence text not null, remedy text not null, also text[] not null default '{}',
  billing jsonb, erp jsonb, link_kind text, link_id text, unique (run_id, n));
create index gap_fingerprint on gap (fingerprint);
-- What a person says of a gap holds for the same gap in later runs.
create table gap_acceptance (
  control text not null, fingerprint bytea not null, legal_entities text[] not null, "as" text not null check ("as" in ('timing', 'explained')), reason text not null,
  accepted_at timestamptz not null default now(), accepted_by text not null, accepted_by_id text not null, hands text[] not null, primary key (control, fingerprint));

create table checkpoint (
  id text primary key, control text not null, period text not null, run_id text not null references control_run(id), legal_entities text[] not null, content_hash text not null,
  state text not null default 'prepared' check (state in ('prepared', 'locked', 'reopened', 'void')), makers jsonb not null, comment text,
  prepared_at timestamptz not null default now(), prepared_by text not null, prepared_by_id text not null,
  reviewed_at timestamptz, reviewed_by text, reviewed_by_id text, review_comment text, reopened_at timestamptz, reopened_by text, reopen_reason text);
create unique index checkpoint_current on checkpoint (control, period) where state in ('prepared', 'locked');
create index checkpoint_newest on checkpoint (control, period, prepared_at desc);

do $$
declare
  scoped record;
begin
  for scoped in select * from (values
    ('control_run', 'waybill_sees(legal_entities)'),
    ('gap_acceptance', 'waybill_sees(legal_entities)'),
    ('checkpoint', 'waybill_sees(legal_entities)'),
    ('control_row', 'exists (select 1 from control_run r where r.id = run_id)'),
    ('control_total', 'exists (select 1 from control_run r where r.id = run_id)'),
    ('control_bar', 'exists (select 1 from control_run r where r.id = run_id)'),
    ('gap', 'exists (select 1 from control_run r where r.id = run_id)')
  ) as t(name, sees) loop
    execute format('alter table %I enable row level security, force row level security', scoped.name);
    execute format('create policy engine on %I using (true) with check (true)', scoped.name);
    execute format('create policy scope on %I as restrictive to waybill_person using (%s)', scoped.name, scoped.sees);
  end loop;
end $$;
create policy controls on audit_entry as restrictive for select to waybill_person using (
  case object_kind
    when 'control-run' then exists (select 1 from control_run r where r.id = object_id)
    when 'gap' then exists (select 1 from gap g where g.id = object_id)
    when 'checkpoint' then exists (select 1 from checkpoint c where c.id = object_id)
    else true end);
`;
