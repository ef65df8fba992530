// A share is taken back when its messages stop more often than those of the live release beside it, and not for an outage that hits both.
import { describe, expect, it } from '@jest/globals';
import { judge } from './stop-rule.js';

const rule = { points: 5, minimum: 20 };
const of = (exceptions: number, messages: number) => ({ messages, exceptions });

describe('judge', () => {
  it('lets a candidate go on that is as good as the live release', () => {
    expect(judge(of(0, 100), of(0, 900), rule)).toBeUndefined();
    expect(judge(of(5, 100), of(45, 900), rule)).toBeUndefined();
  });
  it('stops one that is worse by more than the points, and says by how much', () => {
    expect(judge(of(6, 100), of(0, 900), rule)).toBe(
      '6 of its 100 messages stopped (6 %); of the live release 0 of 900 (0 %); more than 5 percentage points apart',
    );
    expect(judge(of(5, 100), of(0, 900), rule)).toBeUndefined();
  });
  it('compares: what stops the messages of both is not the candidate', () => {
    expect(judge(of(60, 100), of(520, 900), rule)).toBeUndefined();
    expect(judge(of(60, 100), of(400, 900), rule)).toMatch(/^60 of its 100/);
  });
  it('says nothing of fewer messages than the minimum, not even when all of them stop', () => {
    expect(judge(of(19, 19), of(0, 900), rule)).toBeUndefined();
    expect(judge(of(20, 20), of(0, 900), rule)).toMatch(/^20 of its 20/);
    expect(judge(of(0, 0), of(0, 0), { points: 0, minimum: 0 })).toBeUndefined();
  });
  it('is not excused by a live release of which hardly anything came in', () => expect(judge(of(20, 20), of(1, 1), rule)).toMatch(/^20/));
  it('at no points stops the first that is worse', () => {
    expect(judge(of(1, 1_000), of(1, 1_000), { points: 0, minimum: 20 })).toBeUndefined();
    expect(judge(of(2, 1_000), of(1, 1_000), { points: 0, minimum: 20 })).toBeDefined();
  });
});
