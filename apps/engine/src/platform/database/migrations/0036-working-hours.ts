import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The working hours of legal entities, in which the clock of an exception runs; when each exception is due is kept with it. */
export class WorkingHours1700000000036 implements MigrationInterface {
  name = 'WorkingHours1700000000036';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- The hours of each category as the settings have them, and a number that rises whenever they or somebody's working hours change.
create table exception_hours (category text primary key, hours int not null check (hours between 1 and 2160));
insert into exception_hours values ('master-data', 24), ('transformation', 24), ('api-failure', 8), ('duplicate', 48), ('posting-rejection', 24);
create table exception_clock (one boolean primary key default true check (one), version int not null);
insert into exception_clock (version) values (1);

-- Of one legal entity; '*': of every one that has none of its own. The three lists of shifts and the two of free days go side by side.
create table working_hours (
  legal_entity text primary key check (legal_entity <> ''), zone text not null, weekdays int[] not null, begins time[] not null, ends time[] not null,
  free_days date[] not null, free_names text[] not null, hours jsonb not null default '{}', version int not null default 1,
  changed_at timestamptz not null default now(), changed_by text not null, changed_by_id text not null,
  check (cardinality(weekdays) > 0 and cardinality(weekdays) = cardinality(begins) and cardinality(weekdays) = cardinality(ends) and cardinality(free_days) = cardinality(free_names)));

-- When something that stopped then is due, and due soon, which is after three quarters of its time. Shifts are in the order of the week. Counted three years ahead at most.
create function exception_due(opened timestamptz, of_category text, entity text, out due timestamptz, out soon timestamptz) language plpgsql stable as $$
declare
  work working_hours; seconds double precision; done double precision := 0; worked double precision; day date; shift_begins timestamptz; shift_ends timestamptz;
begin
  select w.* into work from working_hours w where w.legal_entity in ('*', entity) order by w.legal_entity = '*' limit 1;
  seconds := 3600 * coalesce((work.hours->>of_category)::int, (select h.hours from exception_hours h where h.category = of_category), (select max(h.hours) from exception_hours h));
  if work.legal_entity is null then
    due := opened + make_interval(secs => seconds);
    soon := opened + make_interval(secs => seconds * 0.75);
    return;
  end if;
  day := (opened at time zone work.zone)::date;
  for ahead in 0..1096 loop
    if not day = any(work.free_days) then
      for shift in 1..cardinality(work.weekdays) loop
        continue when work.weekdays[shift] <> extract(isodow from day);
        shift_begins := greatest(opened, (day + work.begins[shift]) at time zone work.zone);
        shift_ends := (day + work.ends[shift]) at time zone work.zone;
        worked := extract(epoch from shift_ends - shift_begins);
        continue when worked <= 0;
        if soon is null and done + worked >= seconds * 0.75 then soon := shift_begins + make_interval(secs => seconds * 0.75 - done); end if;
        if done + worked >= seconds then
          due := shift_begins + make_interval(secs => seconds - done);
          return;
        end if;
        done := done + worked;
      end loop;
    end if;
    day := day + 1;
  end loop;
  due := day::timestamp at time zone work.zone;
  soon := coalesce(soon, due);
end $$;

alter table exception add column due_at timestamptz, add column soon_at timestamptz, add column clock_version int not null default 1;
update exception e set due_at = t.due, soon_at = t.soon from exception x, exception_due(x.opened_at, x.category, x.held_entity) t where x.id = e.id;
alter table exception alter column due_at set not null, alter column soon_at set not null;
-- After exception_holds, by its name: the legal entity is known then. What comes back with another category has that one's time, from its first stop on.
create function exception_is_due() returns trigger language plpgsql as $$
begin
  select t.due, t.soon into new.due_at, new.soon_at from exception_due(new.opened_at, new.category, new.held_entity) t;
  select c.version into new.clock_version from exception_clock c;
  return new;
end $$;
create trigger exception_is_due before insert on exception for each row execute function exception_is_due();
create trigger exception_is_due_again before update of category, held_entity, opened_at on exception for each row
  when (old.category is distinct from new.category or old.held_entity is distinct from new.held_entity or old.opened_at <> new.opened_at) execute function exception_is_due();

drop index exception_cause;
create index exception_cause on exception (cause_key, opened_at, id)
  include (state, category, flow, held_entity, held_currency, held_amount, assignee_id, assignee, snoozed_until, closed_at, due_at, soon_at) where state <> 'resolved';
drop index exception_to_do;
create index exception_to_do on exception (opened_at, id)
  include (category, held_entity, held_currency, held_amount, snoozed_until, closed_at, due_at, soon_at) where state in ('open','in-progress');
`;
