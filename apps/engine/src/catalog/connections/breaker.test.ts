// The circuit: what opens it, what one probe decides, and how many calls reach a system that is down for half an hour.
import { describe, expect, it } from '@jest/globals';
import { afterCalls, closedCircuit, type Circuit, type Outcome } from './breaker.js';

const calls = (outcomes: string, from: Circuit = closedCircuit, nowMs = 0) =>
  afterCalls(
    from,
    [...outcomes].map((one): Outcome => (one === 'x' ? 'failed' : 'answered')),
    { probe: false, nowMs },
  );
const probe = (from: Circuit, outcome: Outcome, nowMs: number) => afterCalls(from, [outcome], { probe: true, nowMs });

describe('circuit', () => {
  it('opens at the fifth failure in a row, not before, and not when an answer came between', () => {
    expect(calls('xxxx').openUntil).toBeUndefined();
    expect(calls('xxxxx').openUntil).toBe(2_000);
    expect(calls('xxxx.xxxx').openUntil).toBeUndefined();
  });
  it('opens when half of the last twenty failed', () => {
    expect(calls('xx..xx..xx..xx..x...').openUntil).toBeUndefined();
    expect(calls('xx..xx..xx..xx..xx..').openUntil).toBe(2_000);
    expect(calls('....................xx..xx..xx..').openUntil).toBeUndefined(); // six of twenty
  });
  it('is closed by an answer to its probe, and rests longer after each probe that fails, up to 75 seconds', () => {
    let circuit = calls('xxxxx');
    const pauses: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const at = circuit.openUntil!;
      circuit = probe(circuit, 'failed', at);
      pauses.push(circuit.openUntil! - at);
    }
    expect(pauses).toEqual([6_000, 18_000, 54_000, 75_000, 75_000, 75_000]);
    expect(probe(circuit, 'answered', 0)).toEqual(closedCircuit);
  });
  it('learns nothing from calls that were under way when it opened', () => {
    const open = calls('xxxxx');
    expect(calls('xxx', open)).toEqual(open);
    expect(calls('...', open)).toEqual(open);
  });
  it('lets at most forty calls reach a system that is down for half an hour, ten at a time, when four ended before the fifth', () => {
    const outageMs = 30 * 60_000;
    let reached = 4 + 10;
    let circuit = calls('xxxxx');
    for (let nowMs = 0; nowMs <= outageMs; nowMs += 10) {
      if (nowMs < circuit.openUntil!) continue;
      reached += 1;
      circuit = probe(circuit, 'failed', nowMs);
    }
    expect(reached).toBeLessThanOrEqual(40);
    expect(circuit.openUntil! - outageMs).toBeLessThanOrEqual(75_000); // and is asked again soon after its return
  });
});
