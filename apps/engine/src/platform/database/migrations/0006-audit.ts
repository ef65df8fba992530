import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Seals over the audit log: entries get a number in one unbroken row, and signed seals chain them. */
export class Audit1700000000006 implements MigrationInterface {
  name = 'Audit1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- Format 2 has the time and the format in its leaf. Entries that were there before are of format 1, and so is what a process of the release before writes
-- while the new one is brought in.
alter table audit_entry add column format smallint not null default 1;

-- A seal is the signed text in "body"; the columns beside it are for questions. A seal follows the one before it, whoever inserts.
create table audit_seal (
  number bigint primary key, first_seq bigint not null, last_seq bigint not null, sealed_at timestamptz not null, epoch bigint not null,
  previous bytea not null, hash bytea not null unique, body text not null, signature bytea not null, public_key bytea not null,
  check (number > 0 and first_seq > 0 and last_seq >= first_seq));
-- No reference to audit_entry: nothing there is ever deleted, and a thousand look-ups a seal would show nothing that the leaf does not.
create table audit_seal_entry (
  seal_seq bigint primary key check (seal_seq > 0), entry_id text not null unique,
  seal bigint not null references audit_seal(number), leaf bytea not null);
create index audit_seal_entry_seal on audit_seal_entry (seal);
create function audit_seal_follows() returns trigger language plpgsql as $$
declare
  last audit_seal;
begin
  select * into last from audit_seal order by number desc limit 1;
  if new.number <> coalesce(last.number, 0) + 1 or new.first_seq <> coalesce(last.last_seq, 0) + 1
    or new.previous <> coalesce(last.hash, decode(repeat('00', 32), 'hex')) or new.epoch < coalesce(last.epoch, 0) then
    raise exception 'seal % does not follow seal %', new.number, coalesce(last.number, 0) using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger audit_seal_in_order before insert on audit_seal for each row execute function audit_seal_follows();
create trigger audit_seal_fixed before update or delete or truncate on audit_seal for each statement execute function audit_refuse();
create trigger audit_seal_entry_fixed before update or delete or truncate on audit_seal_entry for each statement execute function audit_refuse();

-- What is not sealed yet, in the order of arrival: the state that the sealer reads. A transaction that commits late puts its entry here late; a
-- mark "sealed up to" would step over it. The owner's right writes here, so the application needs none to insert.
create table audit_unsealed (arrival bigint generated always as identity primary key, entry_id text not null unique);
create function audit_await_seal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into audit_unsealed (entry_id) select id from added order by id;
  return null;
end $$;
create trigger audit_entry_awaits_seal after insert on audit_entry referencing new table as added for each statement execute function audit_await_seal();
insert into audit_unsealed (entry_id) select id from audit_entry order by at, id;

-- How far each place outside has the seals.
create table audit_copy (
  place text primary key, address text not null, up_to bigint not null default 0, at timestamptz, trouble text, trouble_since timestamptz);
`;
