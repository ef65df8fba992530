// Every protection that a tooth takes away stands where the tooth looks for it, so that a change of the engine is told here and not in the long run.
import { describe, expect, it } from '@jest/globals';
import { misfitOf } from './patched-engine.js';
import { controls, teeth } from './teeth.js';

describe('teeth', () => {
  it.each([...teeth, ...controls].map(({ name, replacements }) => [name, replacements] as const))('%s fits', async (_, replacements) => {
    const misfits = await Promise.all(replacements.map(misfitOf));
    expect(misfits.filter((misfit) => misfit !== undefined)).toEqual([]);
  });
});
