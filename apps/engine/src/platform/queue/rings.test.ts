// Waiting rings stay few: one for each lane. Answering without the queue works each lane once at a time.
import { describe, expect, it } from '@jest/globals';
import { AnswerHere } from './answer-here.js';
import { WaitingRings, type Ring } from './rings.js';

const lane = (n: number): Ring => ({ bell: 'lane', flow: 'f', lane: n });
const turn = () => new Promise((done) => setImmediate(done));

describe('waiting rings', () => {
  it('keeps one for each lane and one for the inbox, in the order they came', () => {
    const rings = new WaitingRings(10);
    for (let i = 0; i < 1000; i += 1) for (const ring of [lane(2), { bell: 'inbox' } as const, lane(1)]) rings.add(ring, 0);
    expect(rings.take(10).map(({ ring }) => ring)).toEqual([lane(2), { bell: 'inbox' }, lane(1)]);
    expect(rings.size).toBe(0);
  });

  it('keeps now and later apart, and of two for later the earlier', () => {
    const rings = new WaitingRings(10);
    for (const ms of [5_000, 0, 900, 7_000]) rings.add(lane(1), ms);
    expect(rings.take(10).map(({ delayMs }) => delayMs)).toEqual([900, 0]);
  });

  it('has an end, and takes what it already holds', () => {
    const rings = new WaitingRings(2);
    expect([1, 2, 3, 2].map((n) => rings.add(lane(n), 0))).toEqual([true, true, false, true]);
    expect(rings.take(1)).toHaveLength(1);
    expect(rings.add(lane(3), 0)).toBe(true);
  });
});

describe('answering here', () => {
  it('works so many lanes at a time, each once at a time, and once more when it was rung meanwhile', async () => {
    const open: (() => void)[] = [];
    const began: number[] = [];
    const here = new AnswerHere(
      async (ring) => {
        began.push(ring.bell === 'lane' ? ring.lane : 0);
        await new Promise<void>((done) => open.push(done));
      },
      2,
      () => undefined,
    );
    for (const n of [1, 1, 1, 2, 3]) here.take(lane(n));
    await turn();
    expect(began).toEqual([1, 2]);
    open.shift()!(); // lane 1: it was rung again while it was worked on
    await turn();
    expect(began).toEqual([1, 2, 1]);
    open.shift()!();
    await turn();
    expect(began).toEqual([1, 2, 1, 3]);
    open.splice(0).forEach((done) => done());
    await here.stop();
    here.take(lane(4));
    await turn();
    expect(began).toHaveLength(4);
  });
});
