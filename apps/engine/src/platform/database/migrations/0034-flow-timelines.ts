import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened to a flow is read newest first, without walking past what happened to others. */
export class FlowTimelines1700000000034 implements MigrationInterface {
  name = 'FlowTimelines1700000000034';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statements = `
-- Which flows a replay sent messages of again.
alter table run add column flows text[] not null default '{}';
update run r set flows = sent.flows from (
  select p.run_id, array_agg(distinct m.flow order by m.flow) as flows from replay_record p join message m on m.id = p.message_id where p.refused is null group by p.run_id) sent
  where sent.run_id = r.id;
create index run_of_flow on run (flow, started_at desc, id desc) where flow is not null;
create index run_of_stream on run (connection, stream, started_at desc, id desc) where kind = 'poll';
create index run_replay on run (started_at desc, id desc) where kind = 'replay';

-- The pipeline writes an entry of each batch that it posts; what people and keys did is few beside it.
create index audit_entry_act on audit_entry (object_kind, object_id, at desc, id desc) where action not like 'pipeline.%';
create index table_version_at on table_version (table_name, at desc, version desc);
create index alert_subject on alert (subject, opened_at desc, id desc);
create index alert_of_rule on alert (rule, opened_at desc, id desc);
`;
