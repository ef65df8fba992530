// The roll-up counts every event once, whatever order transactions commit in, whoever is killed, and whatever is corrected; to the last digit.
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { money } from '@waybill/sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AuditStore } from '../src/governance/index.js';
import { MeterStore } from '../src/ledger/summaries/meters/meters.store.js';
import { apartMin } from '../src/ledger/summaries/rollup/fold.store.js';
import { RollUp } from '../src/ledger/summaries/rollup/rollup.store.js';
import { Database } from '../src/platform/database/index.js';
import { eventually } from './eventually.js';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';
import { writeUsage, type Used } from './usage-in.js';

jest.setTimeout(180_000);
let postgres: TestPostgres;
let db: Database;
let second: Database;
let pool: pg.Pool;
let owner: pg.Pool;
let meters: MeterStore;
const actor = { kind: 'engine', id: 'test', name: 'test' } as const;

beforeAll(async () => {
  postgres = await startTestPostgres();
  const { url, migrateUrl } = await postgres.database();
  const onIdleError = () => undefined;
  db = new Database({ url, poolMax: 4, onIdleError });
  second = new Database({ url, poolMax: 4, onIdleError });
  pool = new pg.Pool({ connectionString: url, max: 24 });
  owner = new pg.Pool({ connectionString: migrateUrl, max: 2 });
  for (const one of [pool, owner]) one.on('error', () => undefined);
  meters = new MeterStore(db, new AuditStore());
});
afterAll(async () => {
  await Promise.all([db?.close(), second?.close(), pool?.end(), owner?.end()]);
  await postgres?.stop();
});
beforeEach(async () => {
  // What production never may: begin anew.
  await owner.query("set session_replication_role = replica; delete from usage_bucket; delete from usage_distinct; delete from usage_unreadable; delete from usage_correction; delete from usage_key; delete from usage_event; delete from usage_commit; delete from usage_meter_version; delete from usage_meter; update usage_rollup set roll = 0; set session_replication_role = origin"); // prettier-ignore
});

async function used(...events: Used[]): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const places = await writeUsage(client, events);
    await client.query('commit');
    return places;
  } finally {
    client.release();
  }
}

const aggregates = ['sum', 'count', 'max', 'min', 'average', 'unique', 'latest'] as const;
async function putMeters(window = 'hour', zone = 'UTC'): Promise<void> {
  for (const aggregate of aggregates)
    await meters.put(
      `m-${aggregate}`,
      { activate: true, yaml: `meter: m-${aggregate}\nevents: [api.call]\naggregate: ${aggregate}\n${aggregate === 'count' ? '' : 'value: /n\n'}groupBy: { region: /region }\nwindow: ${window}\nperiod: { timeZone: ${zone} }\n` },
      actor,
    );
} // prettier-ignore

interface Fact {
  seq: bigint;
  corrects: string | null;
  kind: string;
  type: string;
  subject: string | null;
  occurred_at: Date;
  data: { n?: unknown; region?: string } | null;
}
const decimal = /^-?\d{1,30}(\.\d{1,20})?$/;

/** The same by hand: every effective event, one after another. */
async function byHand(): Promise<Map<string, Record<string, string>>> {
  const { rows } = await owner.query<Fact>('select seq, corrects, kind, type, subject, occurred_at, data from usage_event order by seq');
  const taken = new Set(rows.map((row) => row.corrects).filter((one) => one !== null));
  const groups = new Map<string, { at: number; seq: bigint; text: string }[]>();
  for (const row of rows) {
    const n = row.data?.n;
    if (
      taken.has(String(row.seq)) ||
      row.kind === 'cancellation' ||
      row.type !== 'api.call' ||
      n === undefined ||
      n === null ||
      typeof n === 'object' ||
      !decimal.test(String(n as string))
    )
      continue;
    const key = JSON.stringify([row.subject, Math.floor(row.occurred_at.getTime() / 3_600_000), row.data?.region ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), { at: row.occurred_at.getTime(), seq: BigInt(row.seq), text: String(n as string) }]);
  }
  return new Map([...groups].map(([key, events]) => {
    const values = events.map(({ text }) => text);
    const by = (sign: 1 | -1) => values.reduce((a, b) => (money.compare(a, b) * sign >= 0 ? a : b));
    const newest = [...events].sort((a, b) => b.at - a.at || (b.seq > a.seq ? 1 : -1))[0]!;
    return [key, { events: String(events.length), sum: money.sum(values), max: by(1), min: by(-1), unique: String(new Set(values).size), latest: newest.text }];
  })); // prettier-ignore
}

interface Booked {
  aggregate: string;
  subject: string;
  starts: Date;
  grouped: { region?: string };
  events: string;
  total: string;
  smallest: string;
  largest: string;
  last: string;
  different: string;
}

/** What the roll-up made, in the same shape. */
async function booked(): Promise<Map<string, Record<string, string>>> {
  const { rows } = await owner.query<Booked>(
    `select v.aggregate, b.subject, b.starts, b.grouped, b.events, trim_scale(b.total)::text as total, trim_scale(b.smallest)::text as smallest, trim_scale(b.largest)::text as largest, trim_scale(b.last_value)::text as last,
       (select count(*) from usage_distinct d where (d.version, d.starts, d.subject, d.group_key) = (b.version, b.starts, b.subject, b.group_key) and d.events > 0)::text as different
     from usage_bucket b join usage_meter_version v on v.id = b.version where b.events > 0`,
  );
  const found = new Map<string, Record<string, string>>();
  const columns = { sum: 'total', max: 'largest', min: 'smallest', unique: 'different', latest: 'last' } as const;
  for (const row of rows) {
    const key = JSON.stringify([row.subject, Math.floor(row.starts.getTime() / 3_600_000), row.grouped.region ?? null]);
    const entry = found.get(key) ?? {};
    if (row.aggregate !== 'count') entry['events'] = row.events;
    if (row.aggregate in columns) entry[row.aggregate] = row[columns[row.aggregate as keyof typeof columns]];
    found.set(key, entry);
  }
  return found;
} // prettier-ignore

const plain = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
const comparable = (all: Map<string, Record<string, string>>) =>
  Object.fromEntries(
    [...all]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, facts]) => [
        key,
        Object.fromEntries(
          Object.entries(facts)
            .map(([n, v]) => [n, plain(v)])
            .sort(),
        ),
      ]),
  );
async function expectSame(): Promise<void> {
  expect(comparable(await booked())).toEqual(comparable(await byHand()));
}

describe('the roll-up', () => {
  it('is exact for every aggregate, with more digits than a double has', async () => {
    await putMeters();
    await used(
      { data: { n: 0.1 } },
      { data: { n: '0.2' } },
      { data: { n: '123456789012345678901234567890.12345678901234567890' } },
      { data: { n: '-0.3', region: 'eu' } },
      { data: { n: '7', region: 'eu' }, at: '2026-01-10T12:59:59.999Z' },
      { data: { n: 7, region: 'eu' }, at: '2026-01-10T13:00:00Z', subject: 'acme' },
    );
    await new RollUp(db).runAll();
    await expectSame();
    const [{ total }] = (await db.query<{ total: string }>("select b.total::text as total from usage_bucket b join usage_meter_version v on v.id = b.version where v.meter = 'm-sum' and b.grouped = '{}'")) as [{ total: string }]; // prettier-ignore
    expect(total).toBe('123456789012345678901234567890.42345678901234567890');
  });

  it('is exact where there are so many events that each meter reads them by itself', async () => {
    await putMeters();
    const [first] = await used({ data: { n: 5, region: 'eu' } });
    const values = [0.1, '0.2', 7, -3, '123456789012345678901234567890.5', [1], { n: 1 }, null, undefined];
    await used(
      ...Array.from({ length: apartMin }, (_, n) => ({
        data: n % 97 === 0 ? null : { n: values[n % values.length], ...(n % 3 === 0 ? {} : { region: ['eu', 'us', ''][n % 4] }) },
        subject: ['globex', 'acme', 'initech'][n % 5] ?? 'globex',
        at: new Date(Date.UTC(2026, 0, 10, 12) + n * 10_000).toISOString(),
        ...(n % 11 === 0 ? { type: 'other.call' } : {}),
      })),
      { corrects: first!, data: { n: 50, region: 'us' } },
    );
    await new RollUp(db).runAll();
    await expectSame();
    const [{ unlisted }] = (await db.query<{ unlisted: string }>(
      `select count(*) as unlisted from usage_event e cross join usage_meter_version v
       where e.type = 'api.call' and e.kind = 'event' and v.aggregate = 'sum' and coalesce(e.data ->> 'n', '') !~ '^-?[0-9]{1,30}(\\.[0-9]{1,20})?$'
         and not exists (select 1 from usage_unreadable u where u.seq = e.seq and u.version = v.id)`,
    )) as [{ unlisted: string }];
    expect(unlisted).toBe('0');
  });

  it('lists what is no number, and does not guess', async () => {
    await putMeters();
    const [text, nothing, list, infinite, fine, huge] = await used(
      { data: { n: 'twelve' } },
      { data: {} },
      { data: { n: [1] } },
      { data: { n: '1e3' } },
      // Numbers of JSON, with more digits than are counted: 25 behind the point, 32 before it.
      { data: { n: 1e-25 } },
      { data: { n: 1e31 } },
      { data: { n: 5 } },
    );
    await new RollUp(db).runAll();
    const listed = await db.query<{ seq: string; reason: string }>("select u.seq, u.reason from usage_unreadable u join usage_meter_version v on v.id = u.version where v.meter = 'm-sum' order by u.seq"); // prettier-ignore
    expect(listed).toEqual([
      { seq: text, reason: 'no-number' },
      { seq: nothing, reason: 'missing' },
      { seq: list, reason: 'no-number' },
      { seq: infinite, reason: 'no-number' },
      { seq: fine, reason: 'no-number' },
      { seq: huge, reason: 'no-number' },
    ]);
    await used({ corrects: text!, data: { n: 12 } });
    await new RollUp(db).runAll();
    const sums = await db.query("select v.aggregate, b.events, b.total::text as total from usage_bucket b join usage_meter_version v on v.id = b.version where v.aggregate in ('sum', 'unique') order by 1"); // prettier-ignore
    expect(sums).toEqual([
      { aggregate: 'sum', events: '2', total: '17' },
      { aggregate: 'unique', events: '5', total: null },
    ]);
    expect(await db.query("select 1 from usage_unreadable u join usage_meter_version v on v.id = u.version where v.meter = 'm-sum' and u.seq = $1", [text])).toEqual([]); // prettier-ignore
  });

  it('skips no transaction that commits late and counts none twice, with two at work and sessions killed', async () => {
    await putMeters();
    let working = true;
    const killed = { sessions: 0 };
    const roll = async (over: Database) => {
      const rollUp = new RollUp(over);
      // A killed session is an error of that turn alone; the next goes on.
      while (working) await rollUp.run().catch(() => sleep(5));
    };
    const killer = async () => {
      while (working) {
        await sleep(60 + Math.random() * 120);
        const { rowCount } = await owner.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'waybill' and state <> 'idle' and query ~ 'usage_' order by random() limit 1"); // prettier-ignore
        killed.sessions += rowCount ?? 0;
      }
    };
    const atWork = [roll(db), roll(second), killer()];
    let n = 0;
    for (let round = 0; round < 8; round += 1) {
      // Each writes and holds its transaction open; then they commit in another order than they began, some never.
      const open = await Promise.all(
        Array.from({ length: 12 }, async () => {
          const client = await pool.connect();
          await client.query('begin');
          await writeUsage(
            client,
            Array.from({ length: 1 + Math.floor(Math.random() * 20) }, () => ({
              data: { n: (n += 1) },
              subject: `s${n % 3}`,
              at: `2026-01-1${n % 3}T1${n % 4}:30:00Z`,
            })),
          );
          return client;
        }),
      );
      for (const [index, client] of open.sort(() => Math.random() - 0.5).entries()) {
        await sleep(Math.random() * 25);
        await client.query(index % 6 === 5 ? 'rollback' : 'commit');
        client.release();
        // However slow the two at work are: what is committed by now has its roll before the next, whose number is often lower, is.
        if (round % 2 === 0) await eventually(() => new RollUp(db).runAll().then(() => true));
      }
    }
    working = false;
    await Promise.all(atWork);
    await new RollUp(db).runAll();
    await expectSame();
    const [facts] = await db.query<Record<string, string>>(
      "select (select count(*) from usage_commit where roll is null)::text as left, (select sum(events) from usage_commit)::text as accepted, (select sum(b.events) from usage_bucket b join usage_meter_version v on v.id = b.version where v.meter = 'm-count')::text as counted",
    );
    expect(facts).toEqual({ left: '0', accepted: facts!['accepted'], counted: facts!['accepted'] });
    expect(killed.sessions).toBeGreaterThan(3);
  });

  it('is exact under corrections of corrections, cancellations and moves in time, one roll at a time', async () => {
    await putMeters();
    let heads = await used(...Array.from({ length: 40 }, (_, n): Used => ({ data: { n: n % 7, region: n % 2 ? 'eu' : 'us' }, subject: `s${n % 3}` }))); // prettier-ignore
    const rollUp = new RollUp(db);
    for (let round = 0; round < 12; round += 1) {
      if (round % 3 !== 1) await rollUp.runAll();
      const chosen = heads.filter(() => Math.random() < 0.2);
      const acts = chosen.map((seq, index): Used =>
        index % 4 === 3
          ? { cancels: seq }
          : { corrects: seq, subject: `s${index % 3}`, at: `2026-01-10T1${index % 4}:10:00Z`, data: { n: `${round}.${index + 1}`, region: 'eu' } },
      );
      if (acts.length === 0) continue;
      const made = await used(...acts, { data: { n: round } });
      heads = [...heads.filter((seq) => !chosen.includes(seq)), ...made.filter((_, index) => !acts[index]?.cancels)];
    }
    await rollUp.runAll();
    await expectSame();
  }); // prettier-ignore

  it('counts a correction that is rolled up before what it corrects', async () => {
    await putMeters();
    const late = await pool.connect();
    await late.query('begin');
    // The correction draws its number first and commits last, so its number is the lower one.
    const { rows } = await late.query<{ id: string }>("select nextval('usage_commit_id') as id");
    const [original] = await used({ data: { n: 5 } });
    const seq = String(BigInt(rows[0]!.id) * 65_536n);
    await late.query("insert into usage_commit (id, events, via, by) values ($1, 1, 'http', 'test')", [rows[0]!.id]);
    await late.query("insert into usage_event (seq, received_at, occurred_at, corrects, kind, source, id, type, subject, data) values ($1, now(), '2026-01-10T12:00:00Z', $2, 'correction', 'test', 'c', 'api.call', 'globex', '{\"n\": 8}')", [seq, original]); // prettier-ignore
    await late.query("insert into usage_correction (corrects, seq, original, kind, received_at, by) values ($1, $2, $1, 'correction', now(), 'test')", [original, seq]); // prettier-ignore
    await late.query('commit');
    late.release();
    // A roll that took the correction alone, as its limit of commits could.
    await db.query('update usage_rollup set roll = 1');
    await db.query("update usage_commit set roll = 1 where id = $1", [rows[0]!.id]); // prettier-ignore
    await new RollUp(db).runAll();
    await expectSame();
  });

  it('lets a new version count the past by the same way', async () => {
    await used({ data: { n: 1 } }, { data: { n: 2 } });
    const rollUp = new RollUp(db);
    await rollUp.runAll();
    const [old] = await used({ data: { n: 3 } });
    await rollUp.runAll();
    await used({ corrects: old!, data: { n: 30 } });
    await rollUp.runAll();
    await putMeters();
    expect((await rollUp.lag()).meters).toHaveLength(7);
    await rollUp.runAll();
    expect((await rollUp.lag()).meters).toEqual([]);
    await expectSame();
  });

  it('puts a day of summer time and of winter time into the hours and days of its clock', async () => {
    await putMeters('day', 'Europe/Berlin');
    // The night of 25 October 2026 has 25 hours in Berlin.
    await used(
      { at: '2026-10-24T21:59:59Z', data: { n: 1 } },
      { at: '2026-10-24T22:00:00Z', data: { n: 10 } },
      { at: '2026-10-25T22:59:59Z', data: { n: 100 } },
      { at: '2026-10-25T23:00:00Z', data: { n: 1000 } },
    );
    await new RollUp(db).runAll();
    const days = await db.query<{ day: string; total: string }>("select to_char(b.starts at time zone 'Europe/Berlin', 'YYYY-MM-DD') as day, b.total::text as total from usage_bucket b join usage_meter_version v on v.id = b.version where v.meter = 'm-sum' order by 1"); // prettier-ignore
    expect(days).toEqual([
      { day: '2026-10-24', total: '1' },
      { day: '2026-10-25', total: '110' },
      { day: '2026-10-26', total: '1000' },
    ]);
  });
});
