import 'reflect-metadata';
import { DataSource } from 'typeorm';
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
      if (appRole !== undefined) await runner.query(grants(appRole));
      return done.map((migration) => migration.name);
    } finally {
      await runner.query("select pg_advisory_unlock(hashtext('waybill-migrate'))");
      await runner.release();
    }
  } finally {
    await source.destroy();
  }
}

function grants(role: string): string {
  const name = `"${role.replaceAll('"', '""')}"`;
  return `
    do $$ begin execute format('grant connect, temporary, create on database %I to ${name}', current_database()); end $$;
    grant usage on schema public to ${name};
    grant select, insert, update, delete on all tables in schema public to ${name};
    grant usage, select on all sequences in schema public to ${name};
    revoke update, delete, truncate, references, trigger on audit_entry, audit_seal, audit_seal_entry from ${name};
    revoke insert, update, truncate on audit_unsealed from ${name};
    revoke insert, update, delete on message_move, schema_migration from ${name};`;
}
