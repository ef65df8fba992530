/** The audit log: an act and its entry are one, and nobody who runs the application can take an entry away. */
import pg from 'pg';
import { Acts } from '../load/acts.js';
import { sleep } from '../waiting.js';
import { defineRow, type Row } from './row.js';

const refusedAtCommit = `
create function faults_refuse() returns trigger language plpgsql as $$ begin raise exception 'refused by the harness'; end $$;
create constraint trigger faults_refuse after insert on reference_table deferrable initially deferred
  for each row when (new.name like '%-refused') execute function faults_refuse()`;

const actWithoutEntry = defineRow({
  id: '80',
  slow: true,
  title: 'An act without its entry',
  inject: 'tables are made while the API is killed and its connections are cut; and some commits are refused at the last moment',
  expected: 'an act and its entry are both there or neither; who was answered 2xx finds both',
  ownWorld: {},
  async run({ world, dice, times, count, claim }) {
    const { postgres } = world;
    await postgres.sql(refusedAtCommit);
    const acts = new Acts(world, 'faults-act');
    const refused = times(10, 100);
    for (let n = 0; n < refused; n += 1) claim(!(await acts.act('-refused')), 'a refused commit was answered as done');
    count('commits refused', refused);
    for (let n = times(4, 60); n > 0; n -= 1) {
      const making = acts.make(24, { beside: 8, pauseMs: 5 });
      await sleep(dice.whole(20, 400));
      if (n % 2 === 0) {
        await world.api.kill();
        count('kills');
      } else {
        const cut = await postgres.sql(
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'waybill_app' and pid <> pg_backend_pid()",
        );
        count('connections cut', cut.length);
      }
      await making;
      await world.api.ready();
    }
    count('acts', acts.answered.size);
    claim(acts.answered.size > 0, 'no act was answered');
    for (const mismatch of (await acts.mismatches()).slice(0, 10)) claim(false, mismatch);
    await postgres.sql('drop trigger faults_refuse on reference_table; drop function faults_refuse()');
  },
});

/** What the application might be made to try against its own log, by whoever has its password or an injection. */
const attempts = (entry: string): [string, string][] => [
  ['change an entry', `update audit_entry set summary = 'nothing' where id = '${entry}'`],
  ['take an entry away', `delete from audit_entry where id = '${entry}'`],
  ['empty the log', 'truncate audit_entry'],
  ['empty the log and what hangs on it', 'truncate audit_entry cascade'],
  ['drop the log', 'drop table audit_entry cascade'],
  ['change a seal', "update audit_seal set body = '{}'"],
  ['take the seals away', 'delete from audit_seal'],
  ['give an entry another seal', 'update audit_seal_entry set seal_seq = seal_seq + 1000'],
  ['take an entry out of its seal', 'delete from audit_seal_entry'],
  ['switch the triggers off', 'alter table audit_entry disable trigger all'],
  ['replicate past the triggers', 'set session_replication_role = replica'],
  ['own the log', 'alter table audit_entry owner to current_user'],
  // A grant of what one does not have is a warning; what counts is what may be done afterwards.
  ['give itself the right', "grant update on audit_entry to current_user; update audit_entry set summary = 'nothing'"],
  ['become the owner', 'set role waybill_owner'],
  ['switch row-level security off', 'alter table audit_entry disable row level security'],
  ['replace the function behind the trigger', "create or replace function public.audit_refuse() returns trigger language plpgsql as 'begin return null; end'"], // prettier-ignore
];

const appendOnly = defineRow({
  id: '78',
  title: 'The application against its own log',
  inject: 'with the application’s own password: change, delete, truncate, drop, own, grant, and go around the triggers',
  expected: 'every attempt is refused, and the log is as it was',
  async run({ world, count, claim }) {
    await new Acts(world, `faults-log-${Date.now()}`).make(1);
    const client = new pg.Client({ connectionString: world.postgres.urls().url });
    await client.connect();
    const state = async () =>
      (
        await world.postgres.sql<{ state: string }>(
          `select md5(string_agg(e::text, '|' order by id)) || (select count(*) from pg_trigger where tgrelid = 'audit_entry'::regclass and tgenabled = 'O')
             || (select relowner::text || relrowsecurity::text from pg_class where oid = 'audit_entry'::regclass) as state from audit_entry e where id <= $1`,
          [last],
        )
      )[0]!.state;
    const [{ id: last }] = (await world.postgres.sql<{ id: string }>('select max(id) as id from audit_entry')) as [{ id: string }];
    try {
      const before = await state();
      for (const [what, statement] of attempts(last)) {
        count('attempts');
        const refused = await client.query(`begin; ${statement}; commit`).then(
          () => undefined,
          (error: unknown) => (error as { code?: string }).code ?? 'unknown',
        );
        await client.query('rollback');
        claim(refused !== undefined, `the application may ${what}`);
      }
      claim((await state()) === before, 'the log is not as it was');
    } finally {
      await client.end();
    }
  },
});

export const auditRows: Row[] = [appendOnly, actWithoutEntry];
