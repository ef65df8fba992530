import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Controls of usage: copies of sealed summaries and of what billing counts, their sums in the unit of each meter, and gaps that are quantities. */
export class UsageControls1700000000029 implements MigrationInterface {
  name = 'UsageControls1700000000029';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- A control of usage reads billing from the instant billing_cut_off on, and the ledger as it stood at this one.
alter table control_run add column ledger_cut_off timestamptz;

-- Both sides as they were read. Rows of one meter, customer and day are one place. Quantities have the unit of their meter; they stand beside no currency.
create table control_usage_row (
  run_id text not null references control_run(id), side text not null check (side in ('ledger', 'billing')), seq int not null,
  meter text not null, customer text not null, day date not null, date date not null, quantity numeric not null,
  summary text, kind text, period text, sent text check (sent in ('yes', 'maybe', 'no')), sent_quantity numeric,
  primary key (run_id, side, seq), check ((side = 'ledger') = (summary is not null)));
create index control_usage_row_place on control_usage_row (run_id, meter collate "C", customer collate "C", day, side, seq);

create table control_quantity_total (
  run_id text not null references control_run(id), legal_entity text not null, meter text not null, unit text,
  summaries int not null, counted_days int not null, ledger numeric not null, billing numeric not null, primary key (run_id, legal_entity, meter));
create table control_quantity_bar (
  run_id text not null references control_run(id), legal_entity text not null, meter text not null, kind text not null, gaps int not null, quantity numeric not null,
  primary key (run_id, legal_entity, meter, kind));

-- The difference of a gap is money in its currency, or a quantity in the unit of its meter: one of the two, never both.
alter table gap alter column currency drop not null, add column meter text, add column usage jsonb,
  add constraint gap_measure check ((currency is null) = (meter is not null) and (meter is null) = (usage is null));

do $$
declare
  named text;
begin
  foreach named in array array['control_usage_row', 'control_quantity_total', 'control_quantity_bar'] loop
    execute format('alter table %I enable row level security, force row level security', named);
    execute format('create policy engine on %I using (true) with check (true)', named);
    execute format('create policy scope on %I as restrictive to waybill_person using (exists (select 1 from control_run r where r.id = run_id))', named);
  end loop;
end $$;
`;
