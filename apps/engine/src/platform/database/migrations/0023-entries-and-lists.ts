import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The journal entries that an ERP tells of its documents; and indexes for lists of a million messages. */
export class EntriesAndLists1700000000023 implements MigrationInterface {
  name = 'EntriesAndLists1700000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const sees = (column: string): string =>
  `case when cardinality(${column}) = 0 then (select coalesce(current_setting('waybill.unassigned', true), '') = 'true')
    else (select coalesce(current_setting('waybill.entities', true), '') = '*')
      or ${column} && (select array(select jsonb_array_elements_text(nullif(nullif(current_setting('waybill.entities', true), ''), '*')::jsonb))) end`;

const statements = `
-- What the newest reading of an ERP found, over what was known before.
create table booked_entry (
  ledger text not null, type text not null, document text not null, entry text not null, number text, date date not null, currency text not null, document_currency text not null,
  legal_entities text[] not null, lines jsonb not null, line_ids text[] not null, read_at timestamptz not null, primary key (ledger, type, document));
create index booked_entry_number on booked_entry (number) where number is not null;
create index booked_entry_entry on booked_entry (entry);
create index booked_entry_lines on booked_entry using gin (line_ids);
alter table booked_entry enable row level security, force row level security;
create policy engine on booked_entry using (true) with check (true);
create policy scope on booked_entry as restrictive to waybill_person using (waybill_sees(legal_entities));
-- From a document of an ERP to what was posted.
create index posting_document on posting (ledger, document_id) where document_id is not null;

-- Lists of messages. What begins with some letters is found by a range of bytes; whoever sees a few legal entities walks theirs alone, newest first.
drop index message_key;
create index message_key on message (key text_pattern_ops, flow, seq);
alter table message add column customer_folded text generated always as (lower(customer)) stored;
create index message_customer on message (customer_folded text_pattern_ops) where customer_folded is not null;
create index message_entity_newest on message (legal_entity, received_at desc, id desc) where legal_entity is not null;
create index message_ended_otherwise on message (state, received_at desc, id desc) where state in ('skipped','duplicate','superseded','resolved','blocked');

-- The work list is sorted and grouped by what an exception holds. It is copied from the message when the exception opens, and comes back, so that a hundred thousand of them are
-- not each looked up; of a message that went on, the legal entity follows.
alter table exception add column held_amount numeric, add column held_currency text, add column held_entity text;
update exception e set held_amount = m.amount, held_currency = m.currency, held_entity = m.legal_entity from message m where m.id = e.message_id;
alter table exception add column held_entities text[] not null generated always as (case when held_entity is null then '{}'::text[] else array[held_entity] end) stored;
create function exception_holds() returns trigger language plpgsql as $$
begin
  select m.amount, m.currency, m.legal_entity into new.held_amount, new.held_currency, new.held_entity from message m where m.id = new.message_id;
  return new;
end $$;
create trigger exception_holds before insert on exception for each row execute function exception_holds();
create function exception_entity_follows() returns trigger language plpgsql as $$
begin
  update exception set held_entity = new.legal_entity where message_id = new.id;
  return null;
end $$;
create trigger exception_entity_follows after update of legal_entity on message for each row when (new.replayed and old.legal_entity is distinct from new.legal_entity)
  execute function exception_entity_follows();
-- What waybill_sees says, written out: a function with a query in it is called for each row, a query that asks for no row of the table is run once for all of them.
drop policy scope on exception;
create policy scope on exception as restrictive to waybill_person using (${sees('held_entities')});
drop policy scope on message;
create policy scope on message as restrictive to waybill_person using (${sees('legal_entities')});
drop index exception_cause;
create index exception_cause on exception (cause_key, opened_at, id) where state <> 'resolved';
create index message_words on message (id) include (title, customer_folded) where state = 'exception';
create index exception_to_do on exception (opened_at, id) include (category, held_amount, closed_at, snoozed_until, held_entities) where state in ('open','in-progress');
`;
