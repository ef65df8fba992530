import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contracts and subscriptions are found by their customer. */
export class HubLookups1700000000032 implements MigrationInterface {
  name = 'HubLookups1700000000032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- 'customer': target is the id of the customer in the document's own system.
alter table canonical_reference drop constraint canonical_reference_relation_check;
alter table canonical_reference add constraint canonical_reference_relation_check check (relation in ('usage', 'invoice', 'customer'));
create index canonical_reference_customer on canonical_reference (target) where relation = 'customer';

insert into canonical_reference (object_id, relation, target)
select o.id, 'customer', v.content::jsonb #>> '{customer,sourceId}' from canonical_object o join canonical_version v on v.object_id = o.id and v.version = o.version
where o.type in ('contract', 'subscription') and v.content::jsonb #>> '{customer,sourceId}' <> '';
`;
