// The budget of a connection: so many calls at once, and none during a pause that the vendor asked for.
import { describe, expect, it } from '@jest/globals';
import { Limiter } from './limiter.js';

const gate = () => {
  let open!: () => void;
  return { closed: new Promise<void>((done) => (open = done)), open: () => open() };
};
const settled = () => new Promise((done) => setImmediate(done));

describe('Limiter', () => {
  it('runs no more at once than it may, and the rest in the order they came', async () => {
    const limiter = new Limiter(2, undefined);
    const gates = Array.from({ length: 4 }, gate);
    const begun: number[] = [];
    const runs = gates.map((one, n) => limiter.run(() => (begun.push(n), one.closed)));
    await settled();
    expect([begun, limiter.free]).toEqual([[0, 1], 0]);
    gates[1]!.open();
    await settled();
    expect(begun).toEqual([0, 1, 2]);
    for (const one of gates) one.open();
    await Promise.all(runs);
    expect([begun, limiter.free]).toEqual([[0, 1, 2, 3], 2]);
  });
  it('gives its place back when a call fails', async () => {
    const limiter = new Limiter(1, undefined);
    await expect(limiter.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await limiter.run(() => Promise.resolve('yes'))).toBe('yes');
    expect(limiter.free).toBe(1);
  });
  it('has nothing free during a pause, and never shortens one', () => {
    let now = 0;
    const limiter = new Limiter(3, undefined, () => now);
    limiter.pause(5_000);
    limiter.pause(1_000);
    expect([limiter.free, limiter.pausedMs]).toEqual([0, 5_000]);
    now = 5_000;
    expect([limiter.free, limiter.pausedMs]).toEqual([3, 0]);
  });
});
