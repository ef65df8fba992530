// A target that is away for half an hour, in virtual time, on the real circuit, budget and calls: how many calls reach it, and that what waited
// goes out by itself when it is back. Only the database's gate is a model of its one statement.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { inDoubt, TransportFailure, type HttpResponse } from '@waybill/sdk';
import { afterCalls, closedCircuit, type Circuit, type Outcome } from '../../src/catalog/connections/breaker.js';
import { ConnectionCalls, isResting } from '../../src/catalog/connections/calls.store.js';
import type { Answer, Ask } from '../../src/catalog/connections/gate.store.js';
import { Chance } from './world.js';

jest.setTimeout(120_000);
const minutes = 60_000;
const outageMs = 30 * minutes;

interface Scenario {
  processes: number;
  lanes: number;
  documents: number;
  /** Calls at once. */
  width: number;
  /** How the target is away: it says 503 after a while, or nothing until the call gives up. */
  away: 'says 503' | 'says nothing';
  /** Over how long the documents come, milliseconds. */
  overMs: number;
  seed: number;
}

/** What `connection_exchange` and `report` do in the database, for any number of processes. */
class Gate {
  circuit: Circuit = closedCircuit;
  private readonly running = new Map<string, number>();
  private probing: string | undefined;

  constructor(private readonly width: number) {}

  of(process: string) {
    return {
      leaseMs: 60_000,
      exchange: async (_: string, __: unknown, ask: Ask): Promise<Answer> => {
        await later(1);
        this.running.set(process, ask.running);
        if (this.probing === process && ask.running === 0) this.probing = undefined;
        const rest = this.rest();
        const others = [...this.running].reduce((sum, [of, calls]) => sum + (of === process ? 0 : calls), 0);
        const open = this.circuit.openUntil !== undefined;
        const room = rest.restMs > 0 ? 0 : Math.min(this.width - others - ask.running, open ? 1 : Infinity);
        const got = Math.max(0, Math.min(ask.wanted[1], room));
        this.running.set(process, ask.running + got);
        if (open && got > 0) this.probing = process;
        return { granted: [0, got, 0], ...rest, againMs: 0, troubled: this.circuit !== closedCircuit, probe: open && got > 0, stamp: '' };
      },
      rest: () => Promise.resolve(this.rest()),
      pause: () => Promise.resolve(),
      leave: () => Promise.resolve(),
      report: async (_: string, outcomes: readonly Outcome[], probe: boolean): Promise<Circuit> => {
        await later(2);
        const held = probe && this.probing === process;
        this.circuit = afterCalls(this.circuit, outcomes, { probe: held, nowMs: performance.now() });
        if (held) this.probing = undefined;
        return this.circuit;
      },
    };
  }

  private rest(): { restMs: number; why: string } {
    const ms = (this.circuit.openUntil ?? 0) - performance.now();
    if (ms > 0) return { restMs: ms, why: 'it failed several times in a row' };
    return this.probing === undefined ? { restMs: 0, why: '' } : { restMs: 500, why: 'one call is finding out whether it is back' };
  }
}

const later = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function simulate({ processes, lanes, documents, width, away, overMs, seed }: Scenario) {
  const chance = new Chance(seed);
  const gate = new Gate(width);
  let [reached, posted] = [0, 0];
  const target = {
    async request(): Promise<HttpResponse> {
      const down = performance.now() < outageMs;
      if (down) reached += 1;
      await later(down && away === 'says nothing' ? 30_000 : chance.between(5, 80));
      if (!down) return { status: 201, headers: {}, text: '' };
      if (away === 'says 503') return { status: 503, headers: {}, text: '' };
      throw new TransportFailure({ sent: true, code: 'timeout', message: 'it did not answer' });
    },
  };
  const callsOf = (process: string) =>
    new ConnectionCalls(
      { query: () => Promise.resolve([]) } as never,
      { open: () => Promise.resolve({ record: { name: 'erp', limits: {}, updatedAt: '' }, connector: { limits: { concurrency: width } }, settings: {} }) } as never,
      gate.of(process) as never,
      { bind: () => target, dialFor: () => undefined } as never,
      { openerFor: () => undefined } as never,
      { warn: () => undefined } as never,
      {} as never,
    ); // prettier-ignore
  /** One document: sent; in doubt it is looked up, which finds nothing, and sent again. Due again after so many milliseconds; undefined: posted. */
  const post = async (calls: ConnectionCalls, permit?: never): Promise<number | undefined> => {
    try {
      await calls.call('erp', async ({ http }) => {
        const { status } = await http.request({ method: 'POST', url: '' });
        if (status !== 201) throw inDoubt({ code: 'http-503', message: 'it is away' });
      }, permit === undefined ? {} : { permit }); // prettier-ignore
      return undefined;
    } catch (error) {
      return isResting(error) ? error.retryAfterMs : 6_000;
    }
  };
  const due = Array.from({ length: documents }, () => chance.between(0, overMs));
  const lane = async (calls: ConnectionCalls) => {
    while (posted < documents) {
      const now = performance.now();
      const { restMs } = await calls.room('erp');
      const mine = due.flatMap((at, n) => (at <= now ? [n] : [])).slice(0, width * 4);
      if (restMs > 0 || mine.length === 0) {
        await later(Math.min(restMs || 500, 30_000));
        continue;
      }
      for (const n of mine) due[n] = Infinity; // nobody else takes them meanwhile
      const { permits } = await calls.take('erp', Math.min(width, mine.length));
      const put = async (n: number, afterMs: number | undefined) => {
        if (afterMs === undefined) posted += 1;
        else due[n] = performance.now() + afterMs;
      };
      for (const n of mine.splice(permits.length)) await put(n, 500);
      await Promise.all(mine.map(async (n, at) => put(n, await post(calls, permits[at] as never))));
    }
  };
  const all = Array.from({ length: processes }, (_, n) => callsOf(`process ${n}`));
  const work = Promise.all(all.flatMap((calls) => Array.from({ length: lanes }, () => lane(calls))));
  let drainedMs: number | undefined;
  void work.then(() => (drainedMs = performance.now() - outageMs));
  await jest.advanceTimersByTimeAsync(outageMs);
  const duringOutage = reached;
  for (let n = 0; n < 20 && drainedMs === undefined; n += 1) await jest.advanceTimersByTimeAsync(minutes);
  for (const calls of all) calls.onModuleDestroy();
  return { duringOutage, posted, drainedMs };
}

describe('a target that is away for half an hour', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 0 }));
  afterEach(() => void jest.useRealTimers());

  const scenarios = [1, 3].flatMap((processes) =>
    [1, 8, 10].flatMap((width) =>
      (['says 503', 'says nothing'] as const).flatMap((away) =>
        [0, 20 * minutes].map((overMs): Scenario => ({ processes, lanes: 4, documents: 30 * width, width, away, overMs, seed: processes * 100 + width })),
      ),
    ),
  ); // prettier-ignore
  it.each(scenarios)('$away: $processes processes, $width calls at once, $documents documents over $overMs ms', async (scenario) => {
    const { duringOutage, posted, drainedMs } = await simulate(scenario);
    expect(duringOutage).toBeLessThanOrEqual(40);
    expect(duringOutage).toBeGreaterThanOrEqual(10); // somebody asks whether it is back
    expect(posted).toBe(scenario.documents);
    expect(drainedMs).toBeLessThan(10 * minutes);
  });
});
