// Whatever a superuser does to the audit log, the verifier finds it in an export and the seals that are kept outside: six kinds, a hundred times each.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import type pg from 'pg';
import { leafOfText } from '../src/governance/audit/leaf.js';
import { makeSeal, sealKeyOf, type LastSeal } from '../src/governance/audit/seal.js';
import { check, exportOf, openAuditBench, within, type AuditBench } from './audit-log.js';

jest.setTimeout(600_000);
const times = 100;
const entries = 40;
let bench: AuditBench;
let outside: string[];

beforeAll(async () => {
  bench = await openAuditBench();
  // Seals of one to nine entries.
  for (let left = entries, size = 1; left > 0; left -= size, size = (size % 9) + 1) {
    await bench.write(Math.min(size, left));
    await bench.sealer.seal();
  }
  outside = await bench.outside();
});
afterAll(() => bench?.stop());

/** The same chance in every run. */
function dice(seed: number): (below: number) => number {
  let n = 0;
  return (below) =>
    createHash('sha256')
      .update(`${seed} ${(n += 1)}`)
      .digest()
      .readUInt32BE() % below;
}

type Tamper = (sql: pg.Client, roll: (below: number) => number) => Promise<number | undefined>;

/** An export of the log after the superuser was there; afterwards everything is as it was. */
async function exportAfter(tamper: Tamper, seed: number): Promise<{ text: string; touched: number | undefined }> {
  const sql = bench.superuser;
  await sql.query('begin');
  try {
    await sql.query("set local session_replication_role = 'replica'"); // no trigger, no foreign key
    const touched = await tamper(sql, dice(seed));
    await sql.query("set local session_replication_role = 'origin'");
    return { text: await exportOf(within(sql), bench.key), touched };
  } finally {
    await sql.query('rollback');
  }
}

const idAt = async (sql: pg.Client, seq: number) =>
  (await sql.query<{ entry_id: string }>('select entry_id from audit_seal_entry where seal_seq = $1', [seq])).rows[0]!.entry_id;

/** Gives an entry the leaf of what it says now, in both places. */
async function hashAgain(sql: pg.Client, id: string): Promise<void> {
  const { rows } = await sql.query<Record<string, unknown>>(
    `select id, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, format, actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", action,
       object_kind as "objectKind", object_id as "objectId", summary, reason, before, after, request_id as "requestId" from audit_entry where id = $1`,
    [id],
  );
  const leaf = leafOfText(canonicalize(rows[0]!));
  await sql.query('update audit_entry set leaf = $2 where id = $1', [id, leaf]);
  await sql.query('update audit_seal_entry set leaf = $2 where entry_id = $1', [id, leaf]);
}

const edits = [
  "summary = summary || ' '",
  "actor_name = 'eve@example.com'",
  "at = at + interval '1 microsecond'",
  "after = jsonb_set(after, '{amount}', '\"0.01\"')",
  "reason = 'another reason'",
  "action = 'flow.read'",
  "object_id = 'other'",
  'request_id = null',
  "before = '{}'",
  'format = 1',
];

const kinds: Record<string, Tamper> = {
  'a row edited': async (sql, roll) => {
    const seq = 1 + roll(entries);
    const id = await idAt(sql, seq);
    await sql.query(`update audit_entry set ${edits[roll(edits.length)]!} where id = $1`, [id]);
    if (roll(2) === 0) await hashAgain(sql, id);
    return seq;
  },
  'a row deleted': async (sql, roll) => {
    const seq = 1 + roll(entries);
    await sql.query('delete from audit_entry where id = $1', [await idAt(sql, seq)]);
    const how = roll(3);
    if (how > 0) await sql.query('delete from audit_seal_entry where seal_seq = $1', [seq]);
    // The hole closed: everything behind it moves down by one.
    if (how === 2) {
      await sql.query('update audit_seal_entry set seal_seq = seal_seq + 1000 where seal_seq > $1', [seq]);
      await sql.query('update audit_seal_entry set seal_seq = seal_seq - 1001 where seal_seq > 1000');
    }
    return seq;
  },
  'a row inserted': async (sql, roll) => {
    const seq = 1 + roll(entries);
    const like = await idAt(sql, seq);
    const id = `aud_forged_${roll(1e9)}`;
    const sealed = roll(2) === 0;
    await sql.query(
      `insert into audit_entry (id, at, actor_kind, actor_id, actor_name, action, object_kind, object_id, summary, reason, before, after, request_id, leaf, format)
       select $1, at ${sealed ? '' : "- interval '1 hour'"}, actor_kind, actor_id, actor_name, action, object_kind, object_id, 'Forged', reason, before, after, request_id, leaf, format from audit_entry where id = $2`,
      [id, like],
    );
    if (!sealed) {
      await hashAgain(sql, id);
      return undefined;
    }
    await sql.query('update audit_seal_entry set seal_seq = seal_seq + 1000 where seal_seq >= $1', [seq]);
    await sql.query('update audit_seal_entry set seal_seq = seal_seq - 999 where seal_seq > 1000');
    await sql.query(
      'insert into audit_seal_entry (seal_seq, entry_id, seal, leaf) select $1, $2, seal, leaf from audit_seal_entry where seal_seq = $3',
      [seq, id, seq + 1],
    );
    await hashAgain(sql, id);
    return seq;
  },
  'two rows swapped': async (sql, roll) => {
    const one = 1 + roll(entries - 1);
    const two = one + 1 + roll(entries - one);
    const [a, b] = [await idAt(sql, one), await idAt(sql, two)];
    const how = roll(2);
    // Either the places are swapped, or what stands in them.
    if (how === 0)
      await sql.query(
        `update audit_seal_entry s set entry_id = o.entry_id || '!', leaf = o.leaf from audit_seal_entry o where s.seal_seq in ($1, $2) and o.seal_seq in ($1, $2) and o.seal_seq <> s.seal_seq`,
        [one, two],
      );
    if (how === 0) await sql.query("update audit_seal_entry set entry_id = rtrim(entry_id, '!') where entry_id like '%!'");
    else
      await sql.query(
        `update audit_entry e set summary = o.summary, object_id = o.object_id, at = o.at, after = o.after, leaf = o.leaf from audit_entry o where e.id in ($1, $2) and o.id in ($1, $2) and o.id <> e.id`,
        [a, b],
      );
    return one;
  },
  'the tail cut': async (sql, roll) => {
    const { rows } = await sql.query<{ number: string; first_seq: string }>('select number, first_seq from audit_seal order by number');
    const cut = rows[roll(rows.length)]!;
    await sql.query('delete from audit_entry where id in (select entry_id from audit_seal_entry where seal >= $1)', [cut.number]);
    await sql.query('delete from audit_seal_entry where seal >= $1', [cut.number]);
    await sql.query('delete from audit_seal where number >= $1', [cut.number]);
    return Number(cut.first_seq);
  },
  'the whole log rewritten with new hashes': async (sql, roll) => {
    const seq = 1 + roll(entries);
    const changed = await idAt(sql, seq);
    await sql.query("update audit_entry set summary = 'Nothing happened' where id = $1", [changed]);
    await hashAgain(sql, changed);
    // Signed with a key of the forger's own, or with the old signatures left standing, or even by whoever stole the key.
    const how = roll(3);
    const forger = how === 2 ? bench.key : sealKeyOf(randomBytes(32));
    let last: LastSeal | undefined;
    const { rows: seals } = await sql.query<{ number: string; sealed_at: Date; body: string }>(
      'select number, sealed_at, body from audit_seal order by number',
    );
    for (const { number, body } of seals) {
      const { rows } = await sql.query<{ leaf: Buffer }>('select leaf from audit_seal_entry where seal = $1 order by seal_seq', [number]);
      const { log, sealedAt } = JSON.parse(body) as { log: string; sealedAt: string };
      const made = makeSeal(forger, last, { log, leaves: rows.map(({ leaf }) => leaf), sealedAt });
      last = { log, number: made.body.number, lastSeq: made.body.lastSeq, hash: made.hash };
      await sql.query(
        `update audit_seal set body = $2, hash = $3, previous = $4, public_key = $5 ${how === 1 ? '' : ', signature = $6'} where number = $1`,
        [
          number,
          made.text,
          made.hash,
          Buffer.from(made.body.previous, 'hex'),
          Buffer.from(forger.publicKey, 'hex'),
          ...(how === 1 ? [] : [made.signature]),
        ],
      );
    }
    return undefined;
  },
};

describe('the verifier', () => {
  it(`is silent about ${times} clean exports`, async () => {
    const alarms: string[] = [];
    for (let n = 0; n < times; n += 1) {
      const { text } = await exportAfter(async () => undefined, n);
      const { findings } = await check(text, { pins: [bench.key.publicKey], outside });
      alarms.push(...findings.found.map(({ sentence }) => sentence));
    }
    expect(alarms).toEqual([]);
  });

  it.each(Object.entries(kinds))(`finds %s, ${times} of ${times} times, and names the first bad number`, async (_, tamper) => {
    const missed: string[] = [];
    for (let n = 0; n < times; n += 1) {
      const { text, touched } = await exportAfter(tamper, n);
      const { findings } = await check(text, { pins: [bench.key.publicKey], outside });
      if (findings.count === 0) missed.push(`tampering ${n} at ${touched} was not found`);
      // A seal is named by its first number, which may lie before the row that was touched.
      else if (
        touched !== undefined &&
        !(findings.firstSeq !== undefined && findings.firstSeq <= touched && findings.firstSeq > touched - 9)
      )
        missed.push(`tampering ${n} at ${touched} was found at ${findings.firstSeq}`);
    }
    expect(missed).toEqual([]);
  });

  it('without the seals from outside still finds all but a tail that was cut and a log that was written anew with the stolen key', async () => {
    const found = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, 0]));
    for (const [kind, tamper] of Object.entries(kinds))
      for (let n = 0; n < 20; n += 1) {
        const { text } = await exportAfter(tamper, n);
        if ((await check(text, { pins: [bench.key.publicKey] })).findings.count > 0) found[kind]! += 1;
      }
    expect(found).toMatchObject({ 'a row edited': 20, 'a row deleted': 20, 'a row inserted': 20, 'two rows swapped': 20 });
    expect(found['the tail cut']).toBeLessThan(20);
  });
});
