// Runs as dots: when across, how long or how much up; a second and an hour are both seen, and every dot is within the chart.
import { describe, expect, it } from '@jest/globals';
import type { Run } from '../../api/operate.js';
import { scatterOf, valueOf } from './scatter.js';

const size = { width: 1_000, height: 100 };
const begun = Date.parse('2026-10-01T00:00:00Z');
const run = (minute: number, seconds: number | null, read = 0): Run =>
  ({ id: `run_${minute}`, startedAt: new Date(begun + minute * 60_000).toISOString(), endedAt: seconds === null ? null : new Date(begun + minute * 60_000 + seconds * 1000).toISOString(), read }) as Run; // prettier-ignore
const now = begun + 3 * 3_600_000;

describe('a scatter of runs', () => {
  it('has a dot for each, in order, across from the first start to the last and up by how long it took', () => {
    const { dots, across, up, stepMs } = scatterOf([run(100, 3_600), run(50, 1), run(0, 0)], 'took', now, size);
    expect(dots.map(({ x, value }) => [x, value])).toEqual([[1000, 3_600_000], [500, 1_000], [0, 0]]); // prettier-ignore
    expect(dots.map(({ y }) => Math.round(y))).toEqual([0, 92, 100]);
    expect(across.map(({ x }) => x)).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(across[1]!.at).toBe('2026-10-01T00:20:00.000Z');
    expect(stepMs).toBe(20 * 60_000);
    expect(up.map(({ value }) => value)).toEqual([0, 1_000, 10_000, 60_000, 600_000, 3_600_000]);
    expect([up[0]!.y, up.at(-1)!.y]).toEqual([100, 0]);
  });

  it('has what a run that goes on took until now, and what each read', () => {
    expect(valueOf(run(0, null), 'took', now)).toBe(3 * 3_600_000);
    expect(valueOf(run(1_000, null), 'took', now)).toBe(0);
    const { dots, up } = scatterOf([run(0, 1, 250), run(10, 1, 0)], 'read', now, size);
    expect(dots.map(({ value }) => value)).toEqual([250, 0]);
    expect(up.map(({ value }) => value)).toEqual([0, 1, 10, 100, 1_000]);
  });

  it('has every dot within it, whatever there is', () => {
    const some = [run(0, 1e9, 1e12), run(0, 0.001, 3), run(1, null, 0)];
    for (const measure of ['took', 'read'] as const)
      for (const { x, y } of scatterOf(some, measure, now, size).dots)
        expect([x >= 0, x <= size.width, y >= 0, y <= size.height]).toEqual([true, true, true, true]);
    expect(scatterOf([run(5, 0)], 'took', now, size)).toMatchObject({ dots: [{ x: 500, y: 100 }], up: [{ value: 0 }, { value: 1_000 }] });
    expect(scatterOf([], 'read', now, size)).toMatchObject({ dots: [], across: [] });
  });
});
