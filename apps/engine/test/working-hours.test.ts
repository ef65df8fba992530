// The clock of an exception runs in the working hours of its legal entity: what the database counts is what somebody with a calendar counts, minute by minute.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readSettings } from '../src/config/index.js';
import { WorkingHoursStore } from '../src/exceptions/index.js';
import { inOrder, weekdays, type WorkingHours } from '../src/exceptions/working-hours/hours.js';
import { exceptionOf, makeCustomer, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { person, type Person } from './people.js';
import { deliver, event, invoice } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(120_000);
const minute = 60_000;
const office: WorkingHours = {
  timeZone: 'America/New_York',
  shifts: weekdays.slice(0, 5).map((day) => ({ day, from: '09:00', to: '17:00' })),
  freeDays: [{ day: '2026-11-26', name: 'Thanksgiving' }],
  hours: {},
};

describe('working hours', () => {
  let bench: Bench;
  let approver: Person;
  let operator: Person;
  beforeAll(async () => {
    bench = await openBench();
    await setUpCompany(bench);
    approver = await person(bench, { roles: ['finance-approver'], name: 'Ada' });
    operator = await person(bench, { roles: ['finance-operator'], name: 'Ben' });
  });
  afterAll(() => bench?.stop());

  const put = (legalEntity: string, body: Partial<WorkingHours> & { expectedVersion?: number; reason?: string } = {}, by: { call: Bench['api']['call'] } = approver) =>
    by.call('putWorkingHours', { params: { legalEntity }, body: { ...office, ...body } }); // prettier-ignore
  const remove = (legalEntity: string) => approver.call('removeWorkingHours', { params: { legalEntity } });
  const dueOf = async (opened: string, category = 'master-data', entity: string | null = 'US') => {
    const [row] = await bench.sql<{ due: Date; soon: Date }>('select due, soon from exception_due($1::timestamptz, $2, $3)', [
      opened,
      category,
      entity,
    ]);
    return { due: row!.due.toISOString(), soon: row!.soon.toISOString() };
  };
  async function stopped(key: string) {
    await makeCustomer(bench, { number: `cus_${key}`, active: false });
    await deliver(bench, event(invoice({ id: `in_${key}`, customer: `cus_${key}` })));
    return exceptionOf(bench, { key: `in_${key}` });
  }
  const read = (id: string) => bench.api.call('getException', { params: { id } });

  it('are plain hours where nobody has set any', async () => {
    expect(await dueOf('2026-11-27T21:00:00Z')).toEqual({ due: '2026-11-28T21:00:00.000Z', soon: '2026-11-28T15:00:00.000Z' });
    expect((await bench.api.call('listWorkingHours')).items).toEqual([]);
  });

  describe('in New York', () => {
    beforeAll(() => put('US'));
    afterAll(() => remove('US'));

    it.each([
      // Wednesday at noon, 5 hours left; Thursday is Thanksgiving; Friday 8; Saturday and Sunday nothing; Monday 8; 3 of Tuesday.
      ['2026-11-25T17:00:00Z', 'master-data', '2026-12-01T17:00:00.000Z', '2026-11-30T19:00:00.000Z'],
      // At night it begins in the morning, and ends at the end of that day, not in the morning of the next.
      ['2026-12-01T05:00:00Z', 'api-failure', '2026-12-01T22:00:00.000Z', '2026-12-01T20:00:00.000Z'],
      // Over the day that summer time ends: eight hours are eight hours.
      ['2026-10-30T20:00:00Z', 'api-failure', '2026-11-02T21:00:00.000Z', '2026-11-02T19:00:00.000Z'],
    ])('from %s a %s is due at %s', async (opened, category, due, soon) => expect(await dueOf(opened, category)).toEqual({ due, soon }));

    it('are those of this legal entity, and of no other', async () => {
      expect((await dueOf('2026-11-27T21:00:00Z', 'api-failure', 'DE')).due).toBe('2026-11-28T05:00:00.000Z');
      expect((await dueOf('2026-11-27T21:00:00Z', 'api-failure', null)).due).toBe('2026-11-28T05:00:00.000Z');
    });

    it('may be others for what has none of its own', async () => {
      await put('*', { timeZone: 'UTC', shifts: [{ day: 'sun', from: '00:00', to: '24:00' }] });
      expect((await dueOf('2026-11-27T21:00:00Z', 'api-failure', 'DE')).due).toBe('2026-11-29T08:00:00.000Z');
      expect((await dueOf('2026-11-27T21:00:00Z', 'api-failure', null)).due).toBe('2026-11-29T08:00:00.000Z');
      expect((await dueOf('2026-11-27T21:00:00Z', 'api-failure')).due).toBe('2026-11-30T21:00:00.000Z');
      expect((await operator.call('listWorkingHours')).items.map(({ legalEntity }) => legalEntity)).toEqual(['*', 'US']);
      await remove('*');
    });

    it('have hours of their own for a category', async () => {
      await put('US', { hours: { 'api-failure': 2 } });
      expect((await dueOf('2026-12-01T15:00:00Z', 'api-failure')).due).toBe('2026-12-01T17:00:00.000Z');
      expect((await dueOf('2026-12-01T15:00:00Z', 'duplicate')).due).toBe('2026-12-09T15:00:00.000Z');
      await put('US');
    });

    it('end the search after three years without work', async () => {
      const freeDays = Array.from({ length: 160 }, (_, week) => {
        const day = new Date(Date.parse('2026-11-30T00:00:00Z') + week * 7 * 1_440 * minute).toISOString().slice(0, 10);
        return { day, name: 'closed' };
      });
      await put('US', { timeZone: 'UTC', shifts: [{ day: 'mon', from: '09:00', to: '10:00' }], freeDays });
      expect(await dueOf('2026-11-27T21:00:00Z')).toEqual({ due: '2029-11-28T00:00:00.000Z', soon: '2029-11-28T00:00:00.000Z' });
      await put('US');
    });
  });

  it('count as somebody does who looks at every minute', async () => {
    const random = numbers(20_261_128);
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns'];
    const two = (n: number) => String(n).padStart(2, '0');
    for (let round = 0; round < 25; round += 1) {
      const shifts = weekdays.flatMap((day) => {
        if (random(10) < 3) return [];
        const from = random(12);
        const noon = from + 1 + random(5);
        const back = noon + random(3);
        const end = Math.min(24, back + 1 + random(6));
        const morning = { day, from: `${two(from)}:30`, to: `${two(noon)}:45` };
        return random(2) === 0 ? [morning] : [{ day, from: `${two(back + 1)}:00`, to: `${two(Math.max(back + 2, end))}:00` }, morning];
      });
      if (shifts.length === 0) continue;
      const timeZone = zones[random(zones.length)]!;
      const opened = new Date(Date.parse('2026-01-01T00:00:00Z') + random(365 * 1_440) * minute);
      const freeDays = [1, 2, 3].map((n) => ({ day: new Date(opened.getTime() + n * (1 + random(3)) * 1_440 * minute).toISOString().slice(0, 10), name: 'free' })); // prettier-ignore
      const once = new Map(freeDays.map((free) => [free.day, free]));
      const hours = { ...office, timeZone, shifts, freeDays: [...once.values()], hours: { 'master-data': 1 + random(30) } };
      await put('US', hours);
      const counted = await dueOf(opened.toISOString());
      const seconds = hours.hours['master-data'] * 3_600;
      expect({ round, hours, opened, ...counted }).toEqual({
        round,
        hours,
        opened,
        due: afterWork(hours, opened, seconds / 60).toISOString(),
        soon: afterWork(hours, opened, (seconds * 0.75) / 60).toISOString(),
      });
    }
    await remove('US');
  });

  it('move what is open when they change, and nothing that has ended', async () => {
    const [open, ended] = [await stopped('open'), await stopped('ended')];
    await bench.sql("update exception set opened_at = '2026-11-27T21:00:00Z' where id = any($1)", [[open.id, ended.id]]);
    await operator.call('resolveException', { params: { id: ended.id }, body: { reason: 'booked by hand' } });
    const before = await read(ended.id);
    expect(await put('US', { reason: 'the new year' })).toMatchObject({ version: 1, changedBy: 'Ada', recounted: 1, left: 0 });
    // Friday at four in the afternoon: one hour, then eight on Monday, on Tuesday, and seven on Wednesday.
    expect((await read(open.id)).dueAt).toBe('2026-12-02T21:00:00.000Z');
    expect((await read(ended.id)).dueAt).toBe(before.dueAt);
    // One that stops now is counted so from the beginning.
    const fresh = await stopped('fresh');
    expect((await read(fresh.id)).dueAt).toBe((await dueOf(fresh.openedAt)).due);
    expect(await remove('US')).toEqual({ done: true, recounted: 2, left: 0 });
    expect((await read(open.id)).dueAt).toBe('2026-11-28T21:00:00.000Z');
    const entries = (await bench.api.call('listAudit', { query: { object: 'working-hours/US' } })).items;
    expect(entries.slice(0, 2).map(({ summary, reason }) => [summary, reason])).toEqual([
      ['Ada removed the working hours of US', null],
      ['Ada set the working hours of US', 'the new year'],
    ]);
  });

  it('follow an exception that comes back with another category', async () => {
    const { id } = await stopped('again');
    const { openedAt, dueAt } = await read(id);
    await bench.sql("update exception set category = 'duplicate' where id = $1", [id]);
    expect(Date.parse((await read(id)).dueAt) - Date.parse(openedAt)).toBe(48 * 60 * minute);
    expect(Date.parse(dueAt) - Date.parse(openedAt)).toBe(24 * 60 * minute);
  });

  it('count again by themselves what opened while they were changed, and what the settings say anew', async () => {
    const { id } = await stopped('meanwhile');
    await bench.sql("update exception set clock_version = 0, due_at = '2030-01-01', soon_at = '2030-01-01' where id = $1", [id]);
    const [{ openedAt }, exceptionHours] = [await read(id), { ...readSettings({}).settings.exceptionHours, 'master-data': 3 }];
    await bench.restart(undefined, { exceptionHours });
    await eventually(async () => Date.parse((await read(id)).dueAt) - Date.parse(openedAt) === 180 * minute, { what: 'three hours' });
    const [entry] = (await bench.api.call('listAudit', { query: { object: 'setting/WAYBILL_EXCEPTION_HOURS' } })).items;
    expect(entry).toMatchObject({ summary: 'The hours of exceptions are others: master-data 3', before: { 'master-data': 24 }, after: { 'master-data': 3 } }); // prettier-ignore
    await bench.restart();
    await bench.engine.app.get(WorkingHoursStore).recountDue();
    expect(Date.parse((await read(id)).dueAt) - Date.parse(openedAt)).toBe(1_440 * minute);
  });

  it('count ten thousand again while the request waits, and the rest by themselves', async () => {
    await bench.sql(
      `insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, stage, fix)
       select 'exc_many_' || n, 'msg_many_' || n, 'f', 'duplicate', 'c', 'c', 'c', 'r', 's', '{}' from generate_series(1, 10100) n`,
    );
    const waiting = (await bench.sql<{ n: number }>("select count(*)::int as n from exception where state <> 'resolved'"))[0]!.n;
    const saved = await put('*');
    expect(saved).toMatchObject({ recounted: 10_000, left: waiting - 10_000 });
    await bench.engine.app.get(WorkingHoursStore).recountDue();
    const [late] = await bench.sql<{ n: number }>("select count(*)::int as n from exception where state <> 'resolved' and clock_version <> (select version from exception_clock)"); // prettier-ignore
    expect(late!.n).toBe(0);
    await bench.sql("delete from exception where id like 'exc_many_%'");
    await remove('*');
  });

  it('are refused with every problem of them, and nothing is saved', async () => {
    const refused = (body: object, legalEntity = 'US') => approver.problem('putWorkingHours', { params: { legalEntity }, body: { ...office, ...body } as never }); // prettier-ignore
    const found = await refused({
      timeZone: 'Europe/Nowhere',
      shifts: [{ day: 'mon', from: '09:00', to: '12:00' }, { day: 'mon', from: '11:30', to: '17:00' }, { day: 'tue', from: '22:00', to: '06:00' }],
      freeDays: [{ day: '2026-12-25', name: 'a' }, { day: '2026-12-25', name: 'b' }],
    }); // prettier-ignore
    expect([found.status, found.code]).toEqual([422, 'WORKING_HOURS_INVALID']);
    expect(found.problems!.map(({ path }) => path)).toEqual(['/timeZone', '/shifts/1', '/shifts/2/to', '/freeDays/1/day']);
    expect(await refused({ shifts: [{ day: 'mon', from: '09:00', to: '09:59' }] })).toMatchObject({ code: 'WORKING_HOURS_INVALID', problems: [{ path: '/shifts' }] }); // prettier-ignore
    // A name that JavaScript knows and the database's list has not.
    expect(await refused({ timeZone: 'Europe/BERLIN' })).toMatchObject({ code: 'WORKING_HOURS_INVALID', path: '/timeZone' });
    for (const body of [
      { shifts: [] },
      { shifts: [{ day: 'mon', from: '9:00', to: '17:00' }] },
      { shifts: [{ day: 'mon', from: '24:00', to: '24:00' }] },
      { freeDays: [{ day: '2026-02-30', name: 'x' }] },
      { hours: { weather: 3 } },
      { hours: { duplicate: 0 } },
      { hours: { duplicate: 2_161 } },
      { shifts: Array.from({ length: 29 }, () => office.shifts[0]) },
    ])
      // prettier-ignore
      expect([body, (await refused(body)).code]).toEqual([body, 'REQUEST_INVALID']);
    expect((await bench.api.call('listWorkingHours')).items).toEqual([]);
  });

  it('are written by who may, of what they see, and over no version that they have not seen', async () => {
    const params = { legalEntity: 'DE' };
    expect(await operator.problem('putWorkingHours', { params, body: office })).toMatchObject({ status: 403 });
    const german = await person(bench, { roles: ['finance-approver'], legalEntities: ['DE'], name: 'Eva' });
    expect(await german.problem('putWorkingHours', { params: { legalEntity: 'US' }, body: office })).toMatchObject({ status: 404 });
    expect(await german.problem('putWorkingHours', { params: { legalEntity: '*' }, body: office })).toMatchObject({ code: 'SCOPE_WIDER' });
    expect(await german.problem('removeWorkingHours', { params: { legalEntity: '*' } })).toMatchObject({ code: 'SCOPE_WIDER' });
    expect(await put('DE', { expectedVersion: 0 }, german)).toMatchObject({ version: 1 });
    expect(await german.problem('putWorkingHours', { params, body: { ...office, expectedVersion: 0 } })).toMatchObject({ status: 409, path: '/expectedVersion' }); // prettier-ignore
    expect(await put('DE', { expectedVersion: 1 }, german)).toMatchObject({ version: 2 });
    await put('US');
    await put('*');
    expect((await german.call('listWorkingHours')).items.map(({ legalEntity }) => legalEntity)).toEqual(['*', 'DE']);
    for (const entity of ['DE', 'US', '*']) await remove(entity);
    expect(await approver.problem('removeWorkingHours', { params })).toMatchObject({ status: 404 });
  });
});

/** The instant at which so many minutes were worked since `opened`, found by looking at each minute on the clock of the zone. */
function afterWork(given: WorkingHours, opened: Date, minutes: number): Date {
  const { timeZone, shifts, freeDays } = inOrder(given);
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }); // prettier-ignore
  let at = opened.getTime();
  let done = 0;
  for (; done < minutes; at += minute) {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const [day, time] = [`${part['year']}-${part['month']}-${part['day']}`, `${part['hour']}:${part['minute']}`];
    if (freeDays.some((free) => free.day === day)) continue;
    if (!shifts.some((shift) => shift.day === part['weekday']!.toLowerCase() && shift.from <= time && time < shift.to)) continue;
    if (minutes - done < 1) return new Date(at + (minutes - done) * minute);
    done += 1;
  }
  return new Date(at);
}

/** The same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
