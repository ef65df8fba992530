import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Consents of people at a vendor's page: the attempts under way, what was given, and until when the login of a connection is good. */
export class Consents1700000000025 implements MigrationInterface {
  name = 'Consents1700000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- One for a session and a connection; it is deleted when it is used, so it is used once. asked: a hash of whom and what the vendor was asked.
create table consent_attempt (
  id text primary key, connection text not null references connection(name), session_id text not null references session(id) on delete cascade,
  state_hash bytea not null unique, asked text not null, expires_at timestamptz not null, unique (session_id, connection));

create table connection_consent (
  connection text primary key references connection(name), account text not null, scopes_wanted text[] not null,
  scopes_granted text[], given_at timestamptz not null default now(), given_by text not null, user_id text not null);

-- Of a login that processes share, without its secrets: until when it is good, and that the vendor refused to renew it for good.
create table connection_login (
  connection text primary key, made_from text not null, good_until timestamptz, kept_at timestamptz,
  refused_at timestamptz, refused_because text);
`;
