// Thousands of hours of kills, pauses, lost answers and late bookings in virtual time, each run replayable from its seed.
import { describe, expect, it, jest } from '@jest/globals';
import type { Tooth } from './model-store.js';
import { ordinaryFaults, simulate, type Scenario } from './simulate.js';

jest.setTimeout(300_000);
const seeds = Number(process.env['WAYBILL_SIMULATION_SEEDS'] ?? 60);
const first = Number(process.env['WAYBILL_SIMULATION_FROM'] ?? 1);
const scenario = (seed: number, more: Partial<Scenario> = {}): Scenario => ({
  seed,
  documents: 200,
  faults: ordinaryFaults,
  kills: seed % 7,
  pauses: seed % 3,
  pausesAtWrite: 0.002,
  databaseTrouble: 0.01,
  withVoids: 0.2,
  ...more,
});

describe('the posting core in virtual time', () => {
  it(`books every document once, under ${seeds} seeds`, async () => {
    const wrong: string[] = [];
    for (let seed = first; seed < first + seeds; seed += 1) {
      const outcome = await simulate(scenario(seed));
      wrong.push(...outcome.wrong.map((what) => `SEED=${seed}: ${what}`));
    }
    expect(wrong).toEqual([]);
  });

  it('does the same again from the same seed', async () => {
    expect(await simulate(scenario(42))).toEqual(await simulate(scenario(42)));
  });

  it.each<[Tooth, Partial<Scenario>]>([
    ['quiet-time', {}],
    ['intent-kept', { kills: 12 }],
    ['look-up', {}],
    ['write-deadline', { pausesAtWrite: 0.02 }],
  ])('would book twice without its protection: %s', async (tooth, more) => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= 20 && wrong.length === 0; seed += 1)
      wrong.push(...(await simulate(scenario(seed, { ...more, without: [tooth] }))).wrong.filter((what) => what.includes('booked')));
    expect(wrong).not.toEqual([]);
  });
});
