// The audit log is sealed without a gap or a double, whoever seals, dies or comes late; the application can add to it and do nothing else.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { SealerStore } from '../src/governance/audit/sealer.store.js';
import { armFailPoints, type FailPoint } from '../src/platform/failpoints/index.js';
import { check, exportOf, openAuditBench, person, sentencesOf, type AuditBench } from './audit-log.js';

jest.setTimeout(600_000);
let bench: AuditBench;

beforeAll(async () => {
  bench = await openAuditBench();
});
afterAll(() => bench?.stop());
afterEach(() => armFailPoints(() => undefined));

const sealAll = async (sealer = bench.sealer) => {
  let sealed = 0;
  for (let n = await sealer.seal(); n > 0; n = await sealer.seal()) sealed += n;
  return sealed;
};

/** Numbers and seals without a gap, each entry once, nothing left over, and the verifier agrees. */
async function unbroken(): Promise<void> {
  const [row] = await bench.db.query(
    `select (select count(*)::int from audit_entry) as entries, (select count(*)::int from audit_seal_entry) as sealed, (select coalesce(max(seal_seq), 0)::int from audit_seal_entry) as last_seq,
       (select count(*)::int from audit_seal) as seals, (select coalesce(max(number), 0)::int from audit_seal) as last_seal, (select count(*)::int from audit_unsealed) as unsealed,
       (select count(*)::int from audit_seal s where s.last_seq - s.first_seq + 1 <> (select count(*) from audit_seal_entry e where e.seal = s.number and e.seal_seq between s.first_seq and s.last_seq)) as broken`,
  );
  const { entries, seals } = row as { entries: number; seals: number };
  expect(row).toEqual({ entries, sealed: entries, last_seq: entries, seals, last_seal: seals, unsealed: 0, broken: 0 });
  const outside = await bench.outside();
  const text = await exportOf(bench.db, bench.key);
  expect(sentencesOf(await check(text, { pins: [bench.key.publicKey], outside }))).toEqual([]);
  await sealAll();
}

describe('the sealer', () => {
  it('numbers what waits in the order of arrival, and chains its seals', async () => {
    await bench.write(5);
    expect(await bench.sealer.seal()).toBe(5);
    expect(await bench.sealer.seal()).toBe(0);
    await bench.write(3);
    expect(await bench.sealer.seal()).toBe(3);
    await unbroken();
  });

  it('takes an entry whose transaction commits late, after later ones were sealed', async () => {
    let commit!: () => void;
    const held = new Promise<void>((done) => (commit = done));
    let written!: () => void;
    const begun = new Promise<void>((done) => (written = done));
    const late = bench.db.transaction(async (tx) => {
      await bench.audit.record(tx, person, { action: 'late', object: { kind: 'x', id: 'late' }, summary: 'Late' });
      written();
      await held;
    });
    await begun;
    await bench.write(4);
    expect(await sealAll()).toBe(4);
    commit();
    await late;
    expect(await sealAll()).toBe(1);
    await unbroken();
  });

  it('seals a thousand at a time at most', async () => {
    await bench.superuser.query(
      `insert into audit_entry (id, actor_kind, actor_id, actor_name, action, object_kind, object_id, summary, format, leaf)
       select 'aud_bulk_' || n, 'engine', 'engine', 'Waybill', 'bulk', 'x', n::text, 'Bulk', 1,
         sha256('\\x00'::bytea || convert_to(format('{"action":"bulk","actorId":"engine","actorKind":"engine","actorName":"Waybill","after":null,"before":null,"id":"aud_bulk_%s","objectId":"%s","objectKind":"x","reason":null,"requestId":null,"summary":"Bulk"}', n, n), 'UTF8'))
       from generate_series(1, 1234) n`,
    );
    expect([await bench.sealer.seal(), await bench.sealer.seal(), await bench.sealer.seal()]).toEqual([1000, 234, 0]);
    await unbroken();
  });

  it('seals what 32 writers write at once, each entry once', async () => {
    await bench.warm(34);
    const writers = Promise.all(Array.from({ length: 32 }, () => bench.write(10)));
    let sealed = 0;
    const until = { done: false };
    void writers.then(() => (until.done = true));
    while (!until.done) sealed += await bench.sealer.seal();
    sealed += await sealAll();
    expect(sealed).toBe(320);
    await unbroken();
  });

  describe('of several', () => {
    const other = () => new SealerStore(bench.db, bench.key);
    const expire = () => bench.superuser.query("update leader set until = '-infinity' where name = 'audit-sealer'");

    it('one leads; who was paused past its lease finds that it no longer does, and seals nothing', async () => {
      const second = other();
      expect(await second.lead()).toBe(false);
      await bench.write(2);
      expect(await second.seal()).toBe(0);
      await expire();
      expect(await second.lead()).toBe(true);
      expect(await bench.sealer.seal()).toBe(0);
      expect(await second.seal()).toBe(2);
      await unbrokenBy(second);
      await second.resign();
      expect(await bench.sealer.lead()).toBe(true);
    });

    it('fifty changes of the leader under load leave no gap and no double', async () => {
      await bench.warm(16);
      const sealers = [bench.sealer, other(), other()];
      const until = { done: false };
      const writers = Promise.all(Array.from({ length: 8 }, () => bench.write(20))).then(() => (until.done = true));
      const work = sealers.map(async (sealer) => {
        while (!until.done) await sealer.seal();
      });
      for (let n = 1; n <= 50; n += 1) {
        await expire();
        await sealers[n % 3]!.lead();
      }
      await Promise.all([writers, ...work]);
      await expire();
      await bench.sealer.lead();
      await sealAll();
      await unbroken();
    });

    const unbrokenBy = async (sealer: SealerStore) => {
      await sealAll(sealer);
      const [row] = await bench.db.query(
        'select count(*)::int as n, count(distinct seal_seq)::int as numbers, max(seal_seq)::int as last from audit_seal_entry',
      );
      expect(row).toEqual({ n: row!['last'], numbers: row!['last'], last: row!['last'] });
    };
  });

  // `seal.copied` is struck in audit-copies.test.ts.
  describe.each(['seal.written', 'seal.committed'] as FailPoint[])('broken at %s', (point) => {
    it('leaves no gap and no double', async () => {
      for (let n = 0; n < 5; n += 1) {
        await bench.write(3);
        let struck = 0;
        armFailPoints((passed) => {
          if (passed === point && (struck += 1) === 1) throw new Error(`struck at ${point}`);
        });
        await expect(bench.sealer.seal()).rejects.toThrow('struck');
        const [left] = await bench.db.query('select count(*)::int as n from audit_unsealed');
        expect(left).toEqual({ n: point === 'seal.written' ? 3 : 0 });
        armFailPoints(() => undefined);
        await sealAll();
      }
      await sealAll();
      await unbroken();
    });
  });

  it('whose connection is killed between the rows and the commit has sealed nothing; the next one seals all', async () => {
    await bench.write(7);
    let struck = 0;
    armFailPoints(async (point) => {
      if (point !== 'seal.written' || (struck += 1) > 1) return;
      await bench.superuser.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'waybill' and datname = current_database() and state = 'idle in transaction'",
      );
    });
    await expect(bench.sealer.seal()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    armFailPoints(() => undefined);
    expect(await sealAll()).toBe(7);
    await unbroken();
  });
});

describe('an act and its entry', () => {
  it('are both there or neither, whatever breaks between them, a thousand times', async () => {
    await bench.warm(2);
    const kill =
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'waybill' and datname = current_database() and state = 'idle in transaction'";
    const kept: number[] = [];
    for (let n = 0; n < 1_000; n += 1) {
      const breaks = ['before the act', 'before the entry', 'after the entry', 'nowhere'][n % 4]!;
      // The server cuts the connection now and then; else the code throws.
      const stop = async (at: string) => {
        if (at !== breaks) return;
        if (n % 100 < 4) await bench.superuser.query(kill);
        throw new Error(`struck ${at}`);
      };
      await bench.db
        .transaction(async (tx) => {
          await stop('before the act');
          await tx.query('insert into sign_in_failure (subject, failures, next_at) values ($1, 1, now())', [`act-${n}`]);
          await stop('before the entry');
          await bench.audit.record(tx, person, { action: 'act.done', object: { kind: 'act', id: `act-${n}` }, summary: 'An act' });
          await stop('after the entry');
        })
        .then(
          () => kept.push(n),
          (error: Error) => expect(error.message).toMatch(/struck|does not answer/),
        );
    }
    expect(kept).toHaveLength(250);
    const [orphans] = await bench.db.query(
      `select (select count(*)::int from sign_in_failure) as acts, (select count(*)::int from audit_entry where action = 'act.done') as entries,
         (select count(*)::int from sign_in_failure f full join (select * from audit_entry where action = 'act.done') e on e.object_id = f.subject where e.id is null or f.subject is null) as orphans`,
    );
    expect(orphans).toEqual({ acts: 250, entries: 250, orphans: 0 });
    await sealAll();
    await unbroken();
  });
});

describe('the application role', () => {
  it.each([
    'update audit_entry set summary = summary',
    'delete from audit_entry',
    'truncate audit_entry cascade',
    'update audit_seal set body = body',
    'delete from audit_seal',
    'truncate audit_seal cascade',
    'update audit_seal_entry set leaf = leaf',
    'delete from audit_seal_entry',
    'truncate audit_seal_entry',
    'drop trigger audit_entry_fixed on audit_entry',
    'drop trigger audit_entry_awaits_seal on audit_entry',
    'drop trigger audit_seal_in_order on audit_seal',
    'alter table audit_entry disable trigger all',
    'alter table audit_seal add column x int',
    'drop table audit_seal_entry',
    'create trigger mine before insert on audit_entry for each row execute function audit_refuse()',
    'create or replace function audit_refuse() returns trigger language plpgsql as $$ begin return null; end $$',
    'create or replace function audit_await_seal() returns trigger language plpgsql as $$ begin return null; end $$',
    "set session_replication_role = 'replica'",
    'insert into audit_unsealed (entry_id) select id from audit_entry limit 1',
    "update audit_unsealed set entry_id = 'x'",
    'truncate audit_unsealed',
    'set role waybill_owner',
  ])('may not %s', async (statement) => {
    const app = new pg.Client({ connectionString: bench.appUrl });
    await app.connect();
    try {
      await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await app.end();
    }
  });

  it('cannot insert a seal that does not follow the last one', async () => {
    const values = "now(), 99, decode(repeat('00', 32), 'hex'), sha256('x'), '{}', '\\x00', '\\x00'";
    const columns = 'number, first_seq, last_seq, sealed_at, epoch, previous, hash, body, signature, public_key';
    await expect(
      bench.db.query(
        `insert into audit_seal (${columns}) select max(number) + 2, max(last_seq) + 1, max(last_seq) + 1, ${values} from audit_seal`,
      ),
    ).rejects.toThrow(/does not follow/);
    await expect(
      bench.db.query(
        `insert into audit_seal (${columns}) select max(number) + 1, max(last_seq) + 1, max(last_seq) + 1, ${values} from audit_seal`,
      ),
    ).rejects.toThrow(/does not follow/);
  });

  it('even its owner is stopped by the triggers', async () => {
    for (const table of ['audit_entry', 'audit_seal', 'audit_seal_entry'])
      for (const statement of [`delete from ${table}`, `truncate ${table} cascade`])
        await expect(bench.superuser.query(statement)).rejects.toThrow('never changed');
  });
});
