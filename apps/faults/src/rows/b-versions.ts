import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditVerifies } from '../checks/audit-verifies.js';
import { api } from '../load/company.js';
import { builtEngine, type World } from '../supervisor/world.js';
import { patchedEngine } from '../teeth/patched-engine.js';
import { until } from '../waiting.js';
import { defineRow } from './row.js';

/** What the next version brings: something at once, something that takes time, and something at the end. */
const nextMigration = `
class FaultsNext1800000000000 {
  name = 'FaultsNext1800000000000';
  async up(runner) {
    await runner.query('create table faults_next (id text primary key, n int not null)');
    await runner.query("insert into faults_next select id, 1 from message limit 100");
    await runner.query("select pg_sleep(4) /* the middle */");
    await runner.query('create index faults_next_n on faults_next (n)');
  }
  async down() {}
}
export const migrations = [
    FaultsNext1800000000000,`;

const migrationKilled = defineRow({
  id: '22',
  title: 'Migration killed',
  inject: 'the next version migrates while this one works, and is killed in the middle of it; then it is started again',
  expected: 'a killed migration leaves nothing; the next try completes; this version takes and posts all the while',
  ownWorld: {},
  async run({ world, load, plan, times, count, claim }) {
    const { postgres } = world;
    const next = await patchedEngine(
      [{ file: 'platform/database/migrations/index.js', find: 'export const migrations = [', replace: nextMigration }],
      world.options.engine ?? builtEngine,
    );
    try {
      const incarnations = world.engines.map((engine) => engine.incarnation);
      for (let n = times(1, 5); n > 0; n -= 1) {
        load.start(plan(times(40, 100)), times(10_000, 12_000));
        const migrator = world.node('next-version', { roles: 'scheduler', engine: next.dist });
        migrator.start().catch(() => undefined); // it is killed before it could say that it is ready
        await until('the middle of the migration', 90_000, async () => (await middle(world)) > 0, { everyMs: 50 });
        await migrator.kill({ forGood: true });
        count('kills');
        claim((await half(world)) === 0, 'a migration that is not done is seen');
        const sideways = plan(5);
        await load.bring(sideways, 0);
        const posted = await until('posting beside a migration', 30_000, async () =>
          (await postgres.sql("select 1 from message where flow = 'erp-de-invoices' and state = 'posted' and key = any($1)", [sideways.documents.map(({ id }) => id)])).length === 5,
        ).catch(() => false); // prettier-ignore
        claim(posted, 'this version stood still while the next one migrated');
        const ready = await migrator.start().then(() => true, () => false); // prettier-ignore
        claim(ready, 'the next version did not start after its first try had been killed');
        const [done] = await postgres.sql<{ n: number }>(
          "select count(*)::int as n from schema_migration where name = 'FaultsNext1800000000000'",
        );
        claim(done?.n === 1, `the migration is written down ${done?.n ?? 0} times`);
        claim((await half(world)) === 1, 'the migration is written down and not done');
        await migrator.stop();
        await load.arrived();
        await postgres.sql("drop table if exists faults_next; delete from schema_migration where name = 'FaultsNext1800000000000'");
      }
      claim(world.engines.every((engine, n) => engine.incarnation === incarnations[n]), 'a process of this version had to start again'); // prettier-ignore
    } finally {
      await next.remove();
    }
  },
});

const count1 = async (world: World, text: string): Promise<number> => (await world.postgres.sql(text)).length;
const middle = (world: World) =>
  count1(world, "select 1 from pg_stat_activity where query like '%the middle%' and state = 'active' and pid <> pg_backend_pid()");
const half = (world: World) => count1(world, "select 1 from pg_class where relname = 'faults_next'");

const restored = defineRow({
  id: '23',
  slow: true,
  title: 'Restore from a backup',
  inject:
    'a cold backup while some documents are accepted and not yet posted; they and more are posted; the database is put back to the backup',
  expected:
    'the books of a target with a unique key stay right: what is posted again is recognised there, what came since is read again by the poll; the check of the audit log names the restore',
  ownWorld: {},
  async run({ world, load, plan, times, count, claim }) {
    const documents = times(20, 300);
    const books = { entities: ['US'] } as const;
    const flow = (state: 'on' | 'paused') => world.postgres.sql("update flow set state = $1 where name = 'erp-us-invoices'", [state]);
    const there = async (state: string) =>
      (
        await world.postgres.sql<{ n: number }>(
          "select count(*)::int as n from message where flow = 'erp-us-invoices' and state = $1 and key like 'r23-%'",
          [state],
        )
      )[0]!.n;
    const all = (state: string, n: number) =>
      until(`${n} documents that are ${state}`, times(60_000, 120_000), async () => (await there(state)) === n);
    const folder = await mkdtemp(join(tmpdir(), 'waybill-backup-'));
    try {
      await load.bring(plan(documents, books), 500);
      await all('posted', documents);
      await flow('paused');
      await load.bring(plan(documents, books), 500);
      await all('ready', documents);
      await world.postgres.backUp(join(folder, 'data'));
      await flow('on');
      const acceptedBefore = new Set(load.sender.accepted);
      await load.bring(plan(documents, books), 500);
      await all('posted', 3 * documents);
      await world.postgres.restore(join(folder, 'data'));
      count('posted, and ready in the backup', documents);
      count('posted, and not in the backup', documents);
      // A disk that is lost is lost: what was acknowledged after the backup is the source's to tell again.
      for (const id of load.sender.accepted) if (!acceptedBefore.has(id)) load.sender.accepted.delete(id);
      await until('an API that answers', 30_000, () => api(world, 'GET', '/health/ready'));
      claim((await there('ready')) === documents, `the backup holds ${await there('ready')} documents that wait, not ${documents}`);
      await flow('on');
      await load.poll();
      await all('posted', 3 * documents);
      // The seals kept outside are younger than the backup: whoever checks the log must hear of that, and will for ever.
      const setBack =
        /the database was set back, by a restored backup|is not the one that was kept outside: the log was written anew|of the seals file (does not follow seal|begins at)/;
      const said = await until('a check that sees the seals twice', 30_000, async () => (await auditVerifies(world)).some(({ sentence }) => setBack.test(sentence))).catch(() => false); // prettier-ignore
      claim(said, 'the database was set back, and the check of the audit log does not say so');
      load.explained.audit = setBack;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

export const versionRows = [migrationKilled, restored];
