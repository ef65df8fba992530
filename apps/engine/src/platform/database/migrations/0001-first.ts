import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first schema. Migrations are history: this file never changes again; what comes next is a new file. */
export class First1700000000001 implements MigrationInterface {
  name = 'First1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- governance
create table user_account (
  id text primary key, email text not null unique, name text not null, password_hash text not null, roles text[] not null,
  disabled_at timestamptz, last_seen_at timestamptz, created_at timestamptz not null default now());
create table session (
  id text primary key, user_id text not null references user_account(id), token_hash bytea not null unique,
  created_at timestamptz not null default now(), last_seen_at timestamptz not null default now(), expires_at timestamptz not null, ended_at timestamptz);
create index session_live on session (user_id) where ended_at is null;
create table sign_in_failure (subject text primary key, failures int not null, next_at timestamptz not null, updated_at timestamptz not null default now());
create table api_key (
  id text primary key, name text not null, prefix text not null, key_hash bytea not null unique, roles text[] not null,
  created_at timestamptz not null default now(), created_by text not null, expires_at timestamptz, last_used_at timestamptz, revoked_at timestamptz);
create table audit_entry (
  id text primary key, at timestamptz not null default now(), actor_kind text not null, actor_id text not null, actor_name text not null,
  action text not null, object_kind text not null, object_id text not null, summary text not null, reason text,
  before jsonb, after jsonb, request_id text, leaf bytea not null);
create index audit_entry_at on audit_entry (at desc, id desc);
create index audit_entry_object on audit_entry (object_kind, object_id, at desc);
create function audit_refuse() returns trigger language plpgsql as $$ begin raise exception 'audit entries are never changed or deleted'; end $$;
create trigger audit_entry_fixed before update or delete or truncate on audit_entry for each statement execute function audit_refuse();
create table secret (
  owner text not null, field text not null, ciphertext bytea not null, nonce bytea not null, tag bytea not null,
  wrapped_key bytea not null, wrap_nonce bytea not null, wrap_tag bytea not null, kek_id text not null, set_at timestamptz not null default now(),
  primary key (owner, field));

-- catalog
create table connection (
  name text primary key, connector text not null, description text not null default '', settings jsonb not null, system text not null,
  state text not null default 'on' check (state in ('on','paused')), created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(), updated_by text not null);
create table connection_health (
  connection text primary key references connection(name), failures int not null default 0, state text not null default 'unknown',
  since timestamptz, detail text, last_success_at timestamptz, open_until timestamptz);
create table mapping_version (
  name text not null, version int not null, source text not null, hash text not null, note text,
  created_at timestamptz not null default now(), created_by text not null, primary key (name, version));
create table reference_table (
  name text primary key, title text not null, description text not null default '', key_columns text[] not null, columns jsonb not null,
  governed boolean not null default true, version int not null default 1, updated_at timestamptz not null default now());
create table table_row (
  id text primary key, table_name text not null references reference_table(name), key jsonb not null, "values" jsonb not null,
  valid_from date, valid_to date, from_version int not null, until_version int,
  created_at timestamptz not null default now(), created_by text not null);
create index table_row_current on table_row (table_name) where until_version is null;
create index table_row_key on table_row (table_name, key) where until_version is null;
create table release (
  id text primary key, flow text not null, version int not null, yaml text not null, definition jsonb not null,
  mapping_name text not null, mapping_version int not null, hash text not null, note text,
  created_at timestamptz not null default now(), created_by text not null, unique (flow, version));
create table flow (
  name text primary key, release_id text not null references release(id), state text not null default 'on' check (state in ('on','paused')),
  source_connection text, source_stream text, source_type text, target_connection text, updated_at timestamptz not null default now());
create index flow_source on flow (source_connection, source_stream);
create index flow_canonical on flow (source_type) where source_type is not null;

-- canon
create table canonical_object (
  id text primary key, type text not null, source_system text not null, source_id text not null, version int not null, title text,
  updated_at timestamptz not null default now(), unique (source_system, type, source_id));
create index canonical_object_newest on canonical_object (type, updated_at desc, id desc);
create table canonical_version (
  object_id text not null references canonical_object(id), version int not null, revision text not null, content text not null,
  hash text not null, message_id text not null, created_at timestamptz not null default now(), primary key (object_id, version));

-- intake
create table run (
  id text primary key, kind text not null, connection text, stream text, flow text, state text not null default 'running',
  started_by text not null, started_at timestamptz not null default now(), ended_at timestamptz, read int not null default 0,
  added int not null default 0, note text, error text, range_since text, range_until text, cancel boolean not null default false);
create index run_newest on run (started_at desc, id desc);
create table inbox (
  id text primary key, connection text not null, delivery_id text not null, via text not null, stream text, raw bytea not null,
  run_id text, received_at timestamptz not null default now(), state text not null default 'new', problem text, attempts int not null default 0,
  unique (connection, delivery_id));
create index inbox_new on inbox (received_at) where state = 'new';
create table stream_cursor (
  connection text not null, stream text not null, cursor text, polled_at timestamptz, next_at timestamptz not null default now(), failures int not null default 0,
  primary key (connection, stream));
create table hook_refusal (
  connection text not null, day date not null default current_date, code text not null, count int not null default 1,
  last_at timestamptz not null default now(), primary key (connection, day, code));
create table leader (name text primary key, epoch bigint not null, holder text not null, until timestamptz not null);

-- pipeline
create table message (
  id text primary key, seq bigint generated always as identity, flow text not null, release_id text not null, lane smallint not null,
  ordering_key text not null, key text not null, revision text not null, content_hash bytea not null, effect text not null,
  state text not null, stage text, reason text, due_at timestamptz not null default now(), epoch int not null default 0,
  lease_until timestamptz, attempts int not null default 0, failures int not null default 0, unclear int not null default 0,
  replayed boolean not null default false, source_system text not null, connection text, stream text, inbox_id text,
  canonical_id text, canonical_version int, correlation_id text not null, caused_by text, run_id text,
  occurred_at timestamptz not null, received_at timestamptz not null default now(), updated_at timestamptz not null default now(), settled_at timestamptz,
  title text, customer text, legal_entity text, amount numeric, currency text,
  document_number text, posting_id text, depends_on text, depends_until timestamptz, tables jsonb, approved_hash text);
create index message_due on message (flow, lane, due_at) where state = 'ready';
create index message_doubt on message (flow, lane, due_at) where state = 'in_doubt';
create index message_leased on message (lease_until) where state in ('claimed','in_flight');
create index message_live_key on message (flow, ordering_key, seq) where state not in ('posted','skipped','duplicate','superseded','resolved');
create index message_key on message (flow, key, seq);
create index message_waiting on message (depends_on) where state = 'waiting';
create index message_newest on message (received_at desc, id desc);
create index message_flow_newest on message (flow, received_at desc, id desc);
create index message_stopped on message (state, received_at desc) where state in ('in_doubt','waiting','held','exception');
create index message_correlation on message (correlation_id);
create index message_run on message (run_id) where run_id is not null;
create index message_title on message (title text_pattern_ops) where title is not null;
create index message_document on message (document_number text_pattern_ops) where document_number is not null;
create table message_move (from_state text not null, to_state text not null, primary key (from_state, to_state));
insert into message_move values
      ('ready','claimed'), ('ready','blocked'), ('ready','superseded'),
      ('claimed','ready'), ('claimed','in_flight'), ('claimed','waiting'), ('claimed','blocked'), ('claimed','held'), ('claimed','exception'), ('claimed','posted'), ('claimed','skipped'), ('claimed','duplicate'), ('claimed','superseded'),
      ('in_flight','posted'), ('in_flight','in_doubt'), ('in_flight','ready'), ('in_flight','exception'),
      ('in_doubt','posted'), ('in_doubt','ready'), ('in_doubt','exception'),
      ('waiting','ready'), ('waiting','exception'), ('waiting','superseded'),
      ('blocked','ready'), ('blocked','superseded'),
      ('held','ready'), ('held','exception'), ('held','superseded'),
      ('exception','ready'), ('exception','resolved'), ('exception','superseded'),
      ('skipped','ready'),
      ('resolved','ready');
create function message_check_move() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from message_move where from_state = old.state and to_state = new.state) then
    raise exception 'a message does not move from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger message_moves before update of state on message for each row when (old.state is distinct from new.state) execute function message_check_move();
create table message_body (
  message_id text not null, seq int generated always as identity, stage text not null, body text not null, hash bytea not null,
  created_at timestamptz not null default now(), primary key (message_id, seq));
create table message_history (
  message_id text not null, seq bigint generated always as identity, at timestamptz not null default now(), from_state text, to_state text not null,
  stage text, reason text, by_actor text, primary key (message_id, seq));
create table lane (flow text not null, lane smallint not null, epoch bigint not null default 0, lease_until timestamptz not null default '-infinity', holder text, primary key (flow, lane));
create table posting (
  id text primary key, ledger text not null, effect text not null, source_system text not null, kind text not null, source_id text not null,
  effect_number int not null default 1, external_key text not null, connection text not null, operation text not null, message_id text not null,
  state text not null check (state in ('in_flight','in_doubt','posted','rejected','waived')), attempt int not null default 1,
  sent_at timestamptz, quiet_until timestamptz, document_id text, document_number text, receipt jsonb, amount numeric, currency text,
  created_at timestamptz not null default now(), settled_at timestamptz,
  unique (ledger, effect, source_system, kind, source_id, effect_number));
create index posting_source on posting (source_system, kind, source_id);
create index posting_settled on posting (settled_at desc) where state = 'posted';
create table attempt (
  id text primary key, message_id text not null, posting_id text not null, number int not null, request_hash bytea not null,
  sent_at timestamptz not null default now(), ended_at timestamptz, outcome text, code text, detail text, vendor_words text, http_status int, exchanges jsonb not null default '[]');
create index attempt_message on attempt (message_id, sent_at);

-- exceptions and approvals
create table exception (
  id text primary key, message_id text not null, flow text not null, category text not null, code text not null, cause text not null, cause_key text not null,
  remedy text not null, vendor_words text, path text, stage text not null, fix jsonb not null, state text not null default 'open' check (state in ('open','resolved')),
  assignee text, opened_at timestamptz not null default now(), closed_at timestamptz, closed_by text, resolution text);
create unique index exception_open on exception (message_id) where state = 'open';
create index exception_cause on exception (cause_key) where state = 'open';
create index exception_newest on exception (opened_at desc, id desc);
create table approval (
  id text primary key, kind text not null, message_id text, role text not null, rule text not null, summary text not null,
  content_hash text not null, content text not null, state text not null default 'open', requested_at timestamptz not null default now(),
  decided_at timestamptz, decided_by text, reason text);
create unique index approval_open on approval (message_id) where state = 'open';
`;
