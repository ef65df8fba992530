// A worker stops believing in its lease a little before the database does, whatever kept it from renewing.
import { describe, expect, it } from '@jest/globals';
import { Lease } from './lease.js';

describe('lease', () => {
  const at = (leaseMs: number, askedAt = 0) => {
    const clock = { now: askedAt };
    return { clock, lease: new Lease(leaseMs, askedAt, () => clock.now) };
  };
  it('is over a tenth before its end, counted from when it was asked for', () => {
    const { clock, lease } = at(60_000, 1_000);
    clock.now = 54_999;
    expect(lease.isOver()).toBe(false);
    clock.now = 55_000;
    expect(lease.isOver()).toBe(true);
  });
  it('goes on from a renewal, and stays over after it was lost', () => {
    const { clock, lease } = at(5_000);
    lease.renewed(4_000);
    clock.now = 8_499;
    expect(lease.isOver()).toBe(false);
    lease.lost();
    expect(lease.isOver()).toBe(true);
  });
  it('is over at once for a process that stood still past its end', () => {
    const { clock, lease } = at(60_000);
    clock.now = 3_600_000;
    expect(lease.isOver()).toBe(true);
  });
});
