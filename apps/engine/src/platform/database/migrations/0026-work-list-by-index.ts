import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The indexes of the work list hold what it shows of a cause and of what is to do; and who sees some legal entities is asked about one word, not about a list. */
export class WorkListByIndex1700000000026 implements MigrationInterface {
  name = 'WorkListByIndex1700000000026';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
drop policy scope on exception;
create policy scope on exception as restrictive to waybill_person using (
  case when held_entity is null then (select coalesce(current_setting('waybill.unassigned', true), '') = 'true')
    else (select coalesce(current_setting('waybill.entities', true), '') = '*')
      or held_entity = any((select array(select jsonb_array_elements_text(nullif(nullif(current_setting('waybill.entities', true), ''), '*')::jsonb)))::text[]) end);
drop index exception_to_do;
alter table exception drop column held_entities;
drop index exception_cause;
create index exception_cause on exception (cause_key, opened_at, id)
  include (state, category, flow, held_entity, held_currency, held_amount, assignee_id, assignee, snoozed_until, closed_at) where state <> 'resolved';
create index exception_to_do on exception (opened_at, id)
  include (category, held_entity, held_currency, held_amount, snoozed_until, closed_at) where state in ('open','in-progress');
`;
