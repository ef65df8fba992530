// Jobs beside each other: no more at once than asked for, those that must be alone are, the deadline is kept and said.
import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { runBeside, type Job } from './beside.js';
import { Deadline, TimeOver, within } from './deadline.js';
import { Ordered } from './jobs.js';

interface Place {
  close(): Promise<void>;
}

function bench(names: readonly string[], alone: readonly string[] = []) {
  const ran: string[] = [];
  const late: string[] = [];
  let now = 0;
  let most = 0;
  let beside = 0;
  let open = 0;
  const jobs: Job<Place>[] = names.map((name) => ({
    name,
    alone: alone.includes(name),
    late: (why) => void late.push(`${name}: ${why}`),
    async run() {
      most = Math.max(most, (now += 1));
      await sleep(10);
      if (alone.includes(name)) beside = Math.max(beside, now, open);
      now -= 1;
      ran.push(name);
    },
  }));
  const place = () => ((open += 1), { close: () => Promise.resolve(void (open -= 1)) });
  return { jobs, ran, late, place, seen: () => ({ most, beside, open }) };
}

describe('jobs beside each other', () => {
  it('run as many at once as there are places, and all of them', async () => {
    const { jobs, ran, place, seen } = bench(['a', 'b', 'c', 'd', 'e']);
    await runBeside(jobs, { places: 3, open: place, deadline: new Deadline(1), onProgress: () => undefined });
    expect(ran.sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(seen()).toEqual({ most: 3, beside: 0, open: 0 });
  });
  it('begin with the slow ones', async () => {
    const { jobs, ran, place } = bench(['a', 'b', 'c']);
    const slowLast = jobs.map((job) => ({ ...job, slow: job.name === 'c' }));
    await runBeside(slowLast, { places: 1, open: place, deadline: new Deadline(1), onProgress: () => undefined });
    expect(ran).toEqual(['c', 'a', 'b']);
  });
  it('leave the machine to one that must be alone, places closed', async () => {
    const { jobs, ran, place, seen } = bench(['a', 'x', 'b', 'y'], ['x', 'y']);
    await runBeside(jobs, { places: 2, open: place, deadline: new Deadline(1), onProgress: () => undefined });
    expect(ran.slice(2)).toEqual(['x', 'y']);
    expect(seen()).toMatchObject({ beside: 1, open: 0 });
  });
  it('wait, those that must be alone, for what runs beside all of them; the others do not', async () => {
    const { jobs, ran, place } = bench(['a', 'x'], ['x']);
    let end = (): void => undefined;
    const others = new Promise<void>((done) => (end = done));
    const all = runBeside(jobs, { places: 1, open: place, deadline: new Deadline(1), onProgress: () => undefined, others });
    await sleep(60);
    expect(ran).toEqual(['a']);
    end();
    await all;
    expect(ran).toEqual(['a', 'x']);
  });
  it('do not begin after the deadline, and say so', async () => {
    const { jobs, ran, late, place } = bench(['a', 'b']);
    let now = 0;
    const deadline = new Deadline(1, () => now);
    const slow = jobs.map((job) => ({ ...job, run: (at: Place) => job.run(at).then(() => void (now = 90_000)) }));
    await runBeside(slow, { places: 1, open: place, deadline, onProgress: () => undefined });
    expect(ran).toEqual(['a']);
    expect(late.at(-1)).toBe('b: the 1 minutes of this run were over');
  });
});

describe('within', () => {
  it('gives the work’s end, and its failure', async () => {
    expect(await within(1_000, 'too late', Promise.resolve(7))).toBe(7);
    await expect(within(1_000, 'too late', Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
  it('does not wait for work that hangs', async () => {
    await expect(within(10, 'too late', new Promise(() => undefined))).rejects.toThrow(TimeOver);
  });
});

describe('results', () => {
  it('stand in the order of the table, whoever comes first', () => {
    const ordered = new Ordered<string>();
    const [first, second, third] = [ordered.place(), ordered.place(), ordered.place()];
    third('c');
    first('a');
    expect(ordered.all).toEqual(['a', 'c']);
    second('b');
    expect(ordered.all).toEqual(['a', 'b', 'c']);
  });
});
