import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a document says of others: the usage that an invoice bills, the invoice that a payment or a credit memo belongs to. */
export class Lineage1700000000014 implements MigrationInterface {
  name = 'Lineage1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- Of the newest version of each document. 'usage': target is a meter, quantity and amount are the sums of the lines that bill it from starts to ends.
-- 'invoice': target is the id of an invoice in the document's own system.
create table canonical_reference (
  object_id text not null references canonical_object(id), relation text not null check (relation in ('usage', 'invoice')), target text not null,
  customer text, starts timestamptz, ends timestamptz, quantity numeric, amount numeric, lines int);
create index canonical_reference_object on canonical_reference (object_id);
create index canonical_reference_usage on canonical_reference (customer, target, starts) where relation = 'usage';
create index canonical_reference_invoice on canonical_reference (target) where relation = 'invoice';
-- A number that people read is the id or the title of a document.
create index canonical_object_source on canonical_object (source_id);
create index canonical_object_title on canonical_object (title) where title is not null;
-- From an invoice to the summaries that it bills.
create index usage_summary_billed on usage_summary (customer, meter, ends);
alter table canonical_reference enable row level security, force row level security;
create policy engine on canonical_reference using (true) with check (true);
create policy scope on canonical_reference as restrictive to waybill_person using (exists (select 1 from canonical_object o where o.id = object_id));

-- Usage has not been in invoices before this version.
insert into canonical_reference (object_id, relation, target)
select o.id, 'invoice', v.content::jsonb #>> '{invoice,sourceId}' from canonical_object o join canonical_version v on v.object_id = o.id and v.version = o.version
where o.type in ('payment', 'credit-memo') and v.content::jsonb #>> '{invoice,sourceId}' <> '';
`;
