import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One budget per connection over all processes, flows that drain, messages that end their worker. */
export class Limits1700000000003 implements MigrationInterface {
  name = 'Limits1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
alter table connection add column limits jsonb not null default '{}';

-- What every process must agree on before it calls a connection. Locked for one short statement at a time.
create table connection_gate (
  connection text primary key references connection(name),
  tokens double precision, refilled_at timestamptz not null default clock_timestamp(),
  day date not null default (clock_timestamp() at time zone 'utc')::date, day_used bigint not null default 0,
  paused_until timestamptz, paused_why text,
  -- the circuit: open while open_until is set; after it one probe goes, whose holder has until probe_until
  open_until timestamptz, openings int not null default 0, recent text not null default '', probe_process text, probe_until timestamptz,
  -- by priority, high first: until when somebody of it is taken to wait for calls, and calls that went to higher ones meanwhile
  waiting_until timestamptz[] not null default '{-infinity,-infinity,-infinity}', passed_over int[] not null default '{0,0,0}');
-- Calls that a process may have under way. A process that goes away loses its share when "until" passes.
create table connection_share (
  connection text not null references connection(name), process text not null, running int not null, until timestamptz not null,
  primary key (connection, process));

-- Why a connection is not called now and for how long; no row when it may be called.
create function connection_rest(of_connection text, usual_per_day bigint) returns table (rest_ms double precision, why text) language sql stable as $$
  select ceil(rest.ms), rest.why from connection c left join connection_gate g on g.connection = c.name, lateral (
    select 3000::double precision as ms, 'a person paused it' as why, 1 as rank where c.state = 'paused'
    union all select extract(epoch from g.paused_until - clock_timestamp()) * 1000, coalesce(g.paused_why, 'it asked to slow down'), 2 where g.paused_until > clock_timestamp()
    union all select extract(epoch from g.open_until - clock_timestamp()) * 1000, 'it failed several times in a row', 3 where g.open_until > clock_timestamp()
    union all select 500, 'one call is finding out whether it is back', 4 where g.open_until <= clock_timestamp() and g.probe_until > clock_timestamp()
    union all select extract(epoch from ((g.day + 1)::timestamp at time zone 'utc') - clock_timestamp()) * 1000, 'its ' || allowed.n || ' calls of this day are used up', 5
      from (select coalesce((c.limits->>'perDay')::bigint, usual_per_day) as n) as allowed
      where g.day = (clock_timestamp() at time zone 'utc')::date and g.day_used >= allowed.n
  ) rest where c.name = of_connection order by rest.rank limit 1
$$;

-- A process says how many calls it has under way and how many more it wants, by priority, high first; it is told how many it gets.
-- plpgsql, because each statement in it sees what was committed while it waited for the lock; one round trip for the caller.
-- requests_over: requests that ended calls made beyond the one that each had paid for, or fewer when negative.
create function connection_exchange(
  of_connection text, of_process text, lease_ms int, usual_concurrency int, usual_per_second double precision, usual_per_day bigint,
  running_now int, requests_over int, wanted int[])
returns table (granted int[], rest_ms double precision, why text, again_ms double precision, troubled boolean, probe boolean, stamp timestamptz)
language plpgsql as $$
declare
  gate connection_gate;
  set_limits jsonb;
  most int; per_second double precision; per_day bigint; burst double precision;
  others int; budget int; reserve int; can int; got int; total int := 0;
begin
  select c.limits, c.updated_at into set_limits, stamp from connection c where c.name = of_connection;
  if not found then return; end if;
  select * into gate from connection_gate g where g.connection = of_connection for update;
  if not found then
    insert into connection_gate (connection) values (of_connection) on conflict do nothing;
    select * into gate from connection_gate g where g.connection = of_connection for update;
  end if;
  most := coalesce((set_limits->>'concurrency')::int, usual_concurrency);
  per_second := coalesce((set_limits->>'perSecond')::double precision, usual_per_second);
  per_day := coalesce((set_limits->>'perDay')::bigint, usual_per_day);

  delete from connection_share s where s.connection = of_connection and s.until < clock_timestamp();
  select coalesce(sum(s.running), 0) into others from connection_share s where s.connection = of_connection and s.process <> of_process;
  -- A bucket of a tenth of a second: in any second at most 1.1 times the rate.
  burst := greatest(1, per_second / 10);
  gate.tokens := least(burst, coalesce(gate.tokens, burst) + greatest(0, extract(epoch from clock_timestamp() - gate.refilled_at)) * coalesce(per_second, 0)) - requests_over;
  gate.refilled_at := clock_timestamp();
  if gate.day <> (clock_timestamp() at time zone 'utc')::date then
    gate.day := (clock_timestamp() at time zone 'utc')::date;
    gate.day_used := 0;
  end if;
  gate.day_used := gate.day_used + requests_over;
  if gate.probe_process = of_process and running_now = 0 then gate.probe_until := null; end if;
  update connection_gate g set day = gate.day, day_used = gate.day_used, probe_until = gate.probe_until where g.connection = of_connection;

  granted := '{0,0,0}';
  probe := false;
  again_ms := 0;
  select r.rest_ms, r.why into rest_ms, why from connection_rest(of_connection, usual_per_day) r;
  if rest_ms is null then
    rest_ms := 0;
    budget := greatest(0, most - others - running_now);
    if per_second is not null then budget := least(budget, floor(greatest(0, gate.tokens))::int); end if;
    if per_day is not null then budget := least(budget, per_day - gate.day_used); end if;
    if gate.open_until is not null then budget := least(budget, 1); end if;
    for class in 1..3 loop
      if coalesce(wanted[class], 0) = 0 then
        if gate.waiting_until[class] < clock_timestamp() then gate.passed_over[class] := 0; end if;
        continue;
      end if;
      -- Whoever was passed over nine times is due the tenth call; higher ones leave it.
      reserve := 0;
      for lower in class + 1..3 loop
        if wanted[lower] > 0 or gate.waiting_until[lower] > clock_timestamp() then reserve := reserve + gate.passed_over[lower] / 9; end if;
      end loop;
      can := greatest(0, budget - reserve);
      for higher in 1..class - 1 loop
        if gate.waiting_until[higher] > clock_timestamp() then can := least(can, gate.passed_over[class] / 9); end if;
      end loop;
      got := least(wanted[class], can);
      granted[class] := got;
      budget := budget - got;
      total := total + got;
      gate.passed_over[class] := greatest(0, gate.passed_over[class] - 9 * got);
      for lower in class + 1..3 loop
        if wanted[lower] > 0 or gate.waiting_until[lower] > clock_timestamp() then
          gate.passed_over[lower] := least(9 * most, gate.passed_over[lower] + got);
        end if;
      end loop;
      if got < wanted[class] then gate.waiting_until[class] := clock_timestamp() + interval '500 milliseconds';
      elsif budget > 0 then gate.waiting_until[class] := '-infinity';
      end if;
    end loop;
    if total > 0 and gate.open_until is not null then
      probe := true;
      gate.probe_process := of_process;
      gate.probe_until := clock_timestamp() + lease_ms * interval '1 millisecond';
    end if;
    gate.tokens := gate.tokens - total;
    if per_second is not null and gate.tokens < 1 then again_ms := ceil((1 - gate.tokens) / per_second * 1000); end if;
  end if;
  if per_second is null then gate.tokens := null; end if;
  update connection_gate g set tokens = gate.tokens, refilled_at = gate.refilled_at, day_used = gate.day_used + total, probe_process = gate.probe_process, probe_until = gate.probe_until,
    waiting_until = gate.waiting_until, passed_over = gate.passed_over where g.connection = of_connection;
  insert into connection_share as s (connection, process, running, until) values (of_connection, of_process, running_now + total, clock_timestamp() + lease_ms * interval '1 millisecond')
    on conflict (connection, process) do update set running = excluded.running, until = excluded.until;
  troubled := gate.open_until is not null or gate.recent like '%x%';
  return next;
end $$;

-- Flows: what is in goes out, up to the mark; what comes later waits.
alter table flow drop constraint flow_state_check;
alter table flow add constraint flow_state_check check (state in ('on','paused','draining'));
alter table flow add column drain_to bigint;

-- Messages: workers that ended while they had it; claims in the order of arrival without a sort.
alter table message add column crashes int not null default 0;
drop index message_due;
create index message_due on message (flow, lane, seq) include (due_at, crashes) where state = 'ready';
create index message_suspect on message (flow, lane) where crashes > 0 and state in ('ready','in_doubt');
-- A lane whose target rests has one bell for the end of the rest; one that was left with work in it has one until rung_until.
alter table lane add column resting_until timestamptz not null default '-infinity', add column rung_until timestamptz not null default '-infinity';
`;
