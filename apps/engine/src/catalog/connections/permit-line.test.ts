// The calls of one connection in one process: who waits is served in order, one statement for many, and what ends is told.
import { describe, expect, it } from '@jest/globals';
import type { Answer, Ask } from './gate.store.js';
import { PermitLine } from './permit-line.store.js';

const answer = (granted: Answer['granted'], more: Partial<Answer> = {}): Answer => ({
  granted,
  restMs: 0,
  why: '',
  againMs: 0,
  troubled: false,
  probe: false,
  stamp: '',
  ...more,
});

/** A gate with so many calls in all, as one process sees it. */
function gate(concurrency: number) {
  const seen: Ask[] = [];
  const line = new PermitLine(
    (ask) => {
      seen.push(ask);
      let left = concurrency - ask.running;
      const granted = ask.wanted.map((wanted) => {
        const got = Math.min(wanted, left);
        left -= got;
        return got;
      });
      return Promise.resolve(answer(granted as unknown as Answer['granted']));
    },
    60_000,
    () => undefined,
  );
  return { line, seen };
}

describe('PermitLine', () => {
  it('asks once for many that come at the same time', async () => {
    const { line, seen } = gate(50);
    const all = await Promise.all(Array.from({ length: 50 }, () => line.take(1, 'normal', 1_000)));
    expect(all.every(({ count }) => count === 1)).toBe(true);
    expect(seen.length).toBeLessThanOrEqual(2);
    for (let n = 0; n < 50; n += 1) line.give(1, 1);
    line.close();
  });
  it('gives what ended to who waits here, in the order they came', async () => {
    const { line } = gate(1);
    await line.take(1, 'normal', 1_000);
    const order: string[] = [];
    const first = line.take(1, 'normal', 10_000).then(() => order.push('first'));
    const second = line.take(1, 'normal', 10_000).then(() => order.push('second'));
    line.give(1, 1);
    await first;
    expect(order).toEqual(['first']);
    line.give(1, 1);
    await second;
    line.close();
  });
  it('lets go of who waited long enough, and says why', async () => {
    const { line } = gate(1);
    await line.take(1, 'normal', 1_000);
    expect(await line.take(1, 'normal', 20)).toEqual({ count: 0, restMs: 0, why: 'all its calls are taken', probe: false });
    line.close();
  });
  it('answers at once while the connection rests, and asks nobody', async () => {
    let asked = 0;
    const line = new PermitLine(
      () => {
        asked += 1;
        return Promise.resolve(answer([0, 0, 0], { restMs: 30_000, why: 'it asked to slow down' }));
      },
      60_000,
      () => undefined,
    );
    for (let n = 0; n < 3; n += 1) expect(await line.take(1, 'high', 5_000)).toMatchObject({ count: 0, why: 'it asked to slow down' });
    expect(asked).toBe(1);
    line.forget();
    expect((await line.take(1, 'high', 5_000)).restMs).toBe(30_000);
    expect(asked).toBe(2);
    line.close();
  });
  it('tells what ended and how many requests it made, though nobody wants more', async () => {
    const { line, seen } = gate(4);
    await line.take(2, 'low', 1_000);
    line.give(1, 3);
    line.give(1, 0);
    while (seen.length < 2) await new Promise((done) => setTimeout(done, 5));
    expect(seen[1]).toEqual({ running: 0, requestsOver: 1, wanted: [0, 0, 0] });
    line.close();
  });
  it('tells whoever waits when the gate cannot be asked, and forgets nothing that ended', async () => {
    let broken = true;
    const seen: Ask[] = [];
    const troubles: unknown[] = [];
    const line = new PermitLine(
      (ask) => {
        if (broken) return Promise.reject(new Error('away'));
        seen.push(ask);
        return Promise.resolve(answer([0, ask.wanted[1], 0]));
      },
      60_000,
      (error) => troubles.push(error),
    );
    await expect(line.take(1, 'normal', 1_000)).rejects.toThrow('away');
    line.give(0, 4);
    broken = false;
    expect((await line.take(1, 'normal', 1_000)).count).toBe(1);
    expect(seen.at(0)!.requestsOver).toBe(4);
    expect(troubles).toHaveLength(1);
    line.close();
  });
});
