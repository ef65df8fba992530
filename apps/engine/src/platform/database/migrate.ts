import 'reflect-metadata';
import { DataSource, type QueryRunner } from 'typeorm';
import { personRole } from './database.js';
import { migrations } from './migrations/index.js';

/**
 * Brings the schema up to date, one transaction a migration, one migrator at a time (advisory lock), and gives the application
 * role what it needs and nothing more: no update or delete on the audit log, no right to change the schema.
 */
export async function migrate(ownerUrl: string, appRole: string | undefined): Promise<string[]> {
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations,
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    poolSize: 2,
  });
  await source.initialize();
  try {
    const runner = source.createQueryRunner();
    await runner.connect();
    try {
      await runner.query("select pg_advisory_lock(hashtext('waybill-migrate'))");
      const done = await source.runMigrations();
      const [{ owner }] = (await runner.query('select current_user as owner')) as [{ owner: string }];
      if (appRole !== undefined) await runner.query(`${mayConnect(appRole)}${grants(appRole)}`);
      await runner.query(grants(personRole));
      await letTakeRole(runner, appRole ?? owner);
      return done.map((migration) => migration.name);
    } finally {
      await runner.query("select pg_advisory_unlock(hashtext('waybill-migrate'))");
      await runner.release();
    }
  } finally {
    await source.destroy();
  }
}

/**
 * The application takes the role of its callers where it answers one of them. It must not inherit it: the policies of a role bind whoever has its
 * privileges, and the pipeline would be bound with it.
 */
async function letTakeRole(runner: QueryRunner, role: string): Promise<void> {
  const [{ sixteen }] = (await runner.query("select current_setting('server_version_num')::int >= 160000 as sixteen")) as [
    { sixteen: boolean },
  ];
  // Since 16, whoever made a role is a member of it that may not take it.
  const [is] = (await runner.query(
    "select pg_has_role($1, $2, $3) as may, pg_has_role($1, $2, 'usage') as inherits, rolsuper as super from pg_roles where rolname = $1",
    [role, personRole, sixteen ? 'set' : 'member'],
  )) as [{ may: boolean; inherits: boolean; super: boolean }];
  if (is.super || (is.may && !is.inherits)) return;
  const statement = sixteen
    ? `grant ${personRole} to ${quoted(role)} with inherit false, set true`
    : `alter role ${quoted(role)} noinherit; grant ${personRole} to ${quoted(role)}`;
  await runner.query(statement).catch((error: unknown) => {
    throw new Error(`${(error as Error).message}; as a superuser: ${statement}`, { cause: error });
  });
}

const quoted = (role: string): string => `"${role.replaceAll('"', '""')}"`;

const mayConnect = (role: string): string =>
  `do $$ begin execute format('grant connect, temporary, create on database %I to ${quoted(role)}', current_database()); end $$;`;

/** Policies and refusals of a table hold for whoever goes through it, so nobody goes to one of its partitions. */
const partitionsAlone = (name: string): string => `
    do $$ declare part regclass; begin
      for part in select inhrelid from pg_inherits where inhparent in ('usage_event'::regclass, 'usage_key'::regclass) loop
        execute format('revoke all on %s from ${name.replaceAll("'", "''")}', part);
      end loop;
    end $$;`;

function grants(role: string): string {
  const name = quoted(role);
  return `
    grant usage on schema public to ${name};
    grant select, insert, update, delete on all tables in schema public to ${name};
    grant usage, select on all sequences in schema public to ${name};
    revoke update, delete, truncate, references, trigger on audit_entry, audit_seal, audit_seal_entry from ${name};
    revoke insert, update, truncate on audit_unsealed from ${name};
    revoke update, delete, truncate, references, trigger on usage_event, usage_key, usage_correction, usage_conflict, usage_refusal, usage_refusal_answer, usage_event_type, usage_commit from ${name};
    revoke update, delete, truncate, references, trigger on usage_seal, usage_summary, usage_summary_part, usage_meter_version from ${name};
    grant update (rolls, rolled) on usage_meter_version to ${name};
    grant update (roll) on usage_commit to ${name};
    grant update (times, last_at) on usage_conflict to ${name};
    ${partitionsAlone(name)}
    revoke update, delete, truncate, references, trigger on exception_act, release_event from ${name};
    revoke insert, update, delete on message_move, release_move, schema_migration from ${name};`;
}
