// An expression is not blamed for a machine that gave it no processor; one that computes for too long is stopped the first time.
import { describe, expect, it } from '@jest/globals';
import { limits } from '@waybill/mapping-language';
import { patient } from './patient.js';

const late = { failure: { code: 'D1012', message: 'Evaluation timeout', category: 'transformation' as const } };

/** Evaluations that are late so often, and use so much of the processor each. */
async function run(lateTimes: number, computesMs: number) {
  let tries = 0;
  let processorMs = 0;
  const evaluate = () => {
    tries += 1;
    processorMs += computesMs;
    return Promise.resolve(tries > lateTimes ? { text: '42' } : late);
  };
  return { result: await patient(evaluate, () => processorMs), tries };
}

describe('patience with an evaluation', () => {
  it('asks again while the process got no processor, and gives up in the end', async () => {
    expect(await run(0, 1)).toEqual({ result: { text: '42' }, tries: 1 });
    expect(await run(2, 1)).toEqual({ result: { text: '42' }, tries: 3 });
    expect(await run(19, 1)).toEqual({ result: { text: '42' }, tries: 20 });
    expect(await run(Infinity, 1)).toEqual({ result: late, tries: 20 });
  });
  it('stops what computed, at once', async () => {
    expect(await run(Infinity, limits.timeoutMs)).toEqual({ result: late, tries: 1 });
    expect(await run(Infinity, limits.timeoutMs / 2)).toEqual({ result: late, tries: 1 });
  });
  it('leaves other failures alone', async () => {
    let tries = 0;
    const failure = { failure: { ...late.failure, code: 'T2001' } };
    expect(await patient(() => Promise.resolve(void (tries += 1)).then(() => failure), () => 0)).toEqual(failure); // prettier-ignore
    expect(tries).toBe(1);
  });
});
