import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Known devices, links by mail, second factors, identities of a provider, service accounts; keys with a scope and a successor. */
export class Identity1700000000007 implements MigrationInterface {
  name = 'Identity1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- Who was invited has no password yet, and who comes from a provider never gets one.
alter table user_account alter column password_hash drop not null;
alter table user_account add column roles_from text not null default 'waybill' check (roles_from in ('waybill', 'provider'));
alter table user_account add column provider_issuer text, add column provider_subject text;
create unique index user_account_provider on user_account (provider_issuer, provider_subject);

alter table session add column method text not null default 'password';
alter table session add column address text, add column device text;

-- A name that somebody made up is as good as a real one here: rows go by age alone, never because there are many.
create index sign_in_failure_age on sign_in_failure (updated_at);
create table known_device (
  id text primary key, user_id text not null references user_account(id), token_hash bytea not null unique,
  created_at timestamptz not null default now(), last_used_at timestamptz not null default now());
create index known_device_user on known_device (user_id);

create table user_link (
  id text primary key, user_id text not null references user_account(id), purpose text not null check (purpose in ('invitation', 'reset')),
  token_hash bytea not null unique, created_at timestamptz not null default now(), expires_at timestamptz not null, ended_at timestamptz);
create unique index user_link_open on user_link (user_id) where ended_at is null;

-- last_step: the newest time step whose code was taken; a code is good for one sign-in.
create table second_factor (
  user_id text primary key references user_account(id), confirmed_at timestamptz not null default now(), last_step bigint not null);
create table recovery_code (
  user_id text not null references user_account(id), code_hash bytea not null, used_at timestamptz, primary key (user_id, code_hash));

create table service_account (
  id text primary key, name text not null unique, purpose text not null default '', permissions text[] not null,
  created_at timestamptz not null default now(), created_by text not null, disabled_at timestamptz);
-- permissions: the scope of the key; null in keys that follow their roles alone.
alter table api_key add column permissions text[], add column service_account_id text references service_account(id),
  add column replaced_by text references api_key(id);
create index api_key_service_account on api_key (service_account_id);
`;
