// One leader: a scheduler that stood still until its lease was over begins nothing before it has asked again.
import { describe, expect, it } from '@jest/globals';
import { Scheduler, type Leads } from './scheduler.js';

function bench(grant: () => boolean) {
  const clock = { now: 0 };
  const done: string[] = [];
  const given: { leads?: Leads; quiet?: boolean } = {};
  const statement: { wait: Promise<void> | undefined } = { wait: undefined };
  const scheduler = new Scheduler(
    {
      query: async <T>() => {
        const granted = grant();
        await statement.wait;
        return (granted ? [{ epoch: '1' }] : []) as T[];
      },
    },
    {
      sweep: () => Promise.resolve(done.push('sweep')),
      unpackNew: () => Promise.resolve(done.push('unpack')),
      resumeRuns: () => Promise.resolve(),
      forgetOld: () => Promise.resolve(),
      rollUp: () => Promise.resolve(),
      controlUsage: () => {
        done.push('control');
        clock.now += 100;
        return Promise.resolve(given.quiet ?? false);
      },
      sealUsage: () => Promise.resolve(),
      erase: () => Promise.resolve(),
      makeMonths: () => Promise.resolve(),
      runControls: () => Promise.resolve(),
      runSynthetic: () => Promise.resolve(),
      lookForAlerts: () => Promise.resolve(),
      sendAlerts: () => Promise.resolve(),
      watchShares: () => Promise.resolve(),
      watchReplays: () => Promise.resolve(),
      recountDue: () => Promise.resolve(),
      mapShadows: () => Promise.resolve(true),
      pollDue: (leads) => {
        given.leads = leads;
        done.push('poll');
        return Promise.resolve();
      },
    },
    { warn: () => undefined } as never,
    () => clock.now,
  );
  return { clock, done, given, statement, scheduler };
}

describe('Scheduler', () => {
  it('works while it leads, and not while somebody else does', async () => {
    const [leader, other] = [bench(() => true), bench(() => false)];
    for (const { scheduler } of [leader, other]) for (let n = 0; n < 3; n += 1) await scheduler.tick();
    expect(leader.done).toEqual(['poll', 'poll', 'poll', 'sweep', 'unpack']);
    expect(other.done).toEqual([]);
  });
  it('stops in the middle of its work when its lease is over', async () => {
    const { clock, given, scheduler } = bench(() => true);
    await scheduler.tick();
    expect(given.leads!()).toBe(true);
    clock.now = 60_000; // the process stood still for a minute
    expect(given.leads!()).toBe(false);
    await scheduler.tick();
    expect(given.leads!()).toBe(true);
  });
  it('counts usage again for a twentieth of the time: after 100 ms it rests for 1.9 s', async () => {
    const { clock, done, scheduler } = bench(() => true);
    const controls = async (ticks: number) => {
      for (let n = 0; n < ticks; n += 1) await scheduler.tick();
      return done.filter((what) => what === 'control').length;
    };
    expect(await controls(10)).toBe(1);
    clock.now += 1_890;
    expect(await controls(10)).toBe(1);
    clock.now += 20;
    expect(await controls(10)).toBe(2);
  });
  it('counts it again for half of the time when nothing comes in', async () => {
    const { clock, done, given, scheduler } = bench(() => true);
    given.quiet = true;
    const controls = async () => {
      for (let n = 0; n < 10; n += 1) await scheduler.tick();
      return done.filter((what) => what === 'control').length;
    };
    expect(await controls()).toBe(1);
    clock.now += 90;
    expect(await controls()).toBe(1);
    clock.now += 20;
    expect(await controls()).toBe(2);
  });
  it('begins nothing on an answer that came after the lease was over', async () => {
    const { clock, done, statement, scheduler } = bench(() => true);
    let answerComes!: () => void;
    statement.wait = new Promise((resolve) => (answerComes = resolve));
    const tick = scheduler.tick();
    clock.now = 60_000;
    answerComes();
    await tick;
    expect(done).toEqual([]);
  });
});
