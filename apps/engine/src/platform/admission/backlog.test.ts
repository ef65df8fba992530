// The backlog is measured at most once a second, while somebody asks, and never keeps anybody waiting unless the last measurement is old.
import { describe, expect, it } from '@jest/globals';
import { Backlog } from './backlog.js';

function setUp(most: number) {
  const state = { now: 0, counted: 0, asked: 0, broken: false };
  const backlog = new Backlog({
    most,
    now: () => state.now,
    count: async (limit) => {
      state.asked += 1;
      if (state.broken) throw new Error('away');
      return Math.min(limit, state.counted);
    },
  });
  return { state, backlog };
}
const settled = () => new Promise((done) => setImmediate(done));

describe('backlog', () => {
  it('has room below the limit and none at it', async () => {
    const { state, backlog } = setUp(10);
    state.counted = 9;
    expect(await backlog.hasRoom()).toBe(true);
    state.now += 6_000;
    state.counted = 10;
    expect(await backlog.hasRoom()).toBe(false);
    state.now += 6_000;
    state.counted = 3;
    expect(await backlog.hasRoom()).toBe(true);
  });

  it('asks once a second, however many want to know', async () => {
    const { state, backlog } = setUp(10);
    await Promise.all(Array.from({ length: 100 }, () => backlog.hasRoom()));
    expect(state.asked).toBe(1);
    state.now += 900;
    await backlog.hasRoom();
    expect(state.asked).toBe(1);
    state.now += 200;
    state.counted = 10;
    expect(await backlog.hasRoom()).toBe(true); // from the last measurement; the new one is under way
    await settled();
    expect(await backlog.hasRoom()).toBe(false);
    expect(state.asked).toBe(2);
  });

  it('stays as it was when it cannot be counted', async () => {
    const { state, backlog } = setUp(10);
    state.counted = 10;
    await backlog.hasRoom();
    state.broken = true;
    state.now += 6_000;
    expect(await backlog.hasRoom()).toBe(false);
  });
});
