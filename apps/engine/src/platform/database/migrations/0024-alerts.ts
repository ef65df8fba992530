import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Alerts: where they go, what is looked at, what lasts, and every notice that was sent or could not be. */
export class Alerts1700000000024 implements MigrationInterface {
  name = 'Alerts1700000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
create table alert_channel (
  name text primary key, kind text not null check (kind in ('email','slack','webhook')), description text not null default '', addresses text[] not null default '{}',
  state text not null default 'on' check (state in ('on','paused')), updated_at timestamptz not null default now(), updated_by text not null);
create table alert_rule (
  name text primary key, definition jsonb not null, state text not null default 'on' check (state in ('on','paused')), looked_at timestamptz, problem text,
  updated_at timestamptz not null default now(), updated_by text not null);

create table alert (
  id text primary key, rule text not null, subject text not null, severity text not null check (severity in ('high','medium')), title text not null, detail text not null, link text not null,
  amounts jsonb not null, since timestamptz not null, legal_entities text[] not null default '{}', opened_at timestamptz not null default now(), seen_at timestamptz not null default now(),
  said_at timestamptz, acknowledged_at timestamptz, acknowledged_by text, ended_at timestamptz);
-- One that lasts for each thing that a rule found, however many processes look.
create unique index alert_open on alert (rule, subject) where ended_at is null;
create index alert_newest on alert (opened_at desc, id desc);

create table alert_notice (
  id text primary key, channel text not null, rule text, occasion text not null check (occasion in ('opened','repeated','ended','test')), alerts text[] not null,
  state text not null default 'waiting' check (state in ('waiting','sent','failed')), tries int not null default 0, due_at timestamptz not null, held_until timestamptz,
  subject text, text text, legal_entities text[] not null default '{}', created_at timestamptz not null default now(), tried_at timestamptz, sent_at timestamptz, last_error text);
create index alert_notice_due on alert_notice (due_at) where state = 'waiting';
create index alert_notice_newest on alert_notice (id desc);
create index alert_notice_channel on alert_notice (channel, tried_at desc) where tried_at is not null;

alter table alert enable row level security, force row level security;
create policy engine on alert using (true) with check (true);
create policy scope on alert as restrictive to waybill_person using (waybill_sees(legal_entities));
alter table alert_notice enable row level security, force row level security;
create policy engine on alert_notice using (true) with check (true);
create policy scope on alert_notice as restrictive to waybill_person using (waybill_sees(legal_entities));

-- Deliveries that nobody could read are few and are asked for all the time.
create index inbox_failed on inbox (connection, received_at) where state = 'failed';
`;
