import { expect, it } from '@jest/globals';
import { sentencesOf } from './problem.js';

it.each([
  [{ detail: 'there is no mapping "x"', remedy: 'There are a, b.' }, 'There is no mapping "x". There are a, b.'],
  [{ detail: 'The amounts do not add up.' }, 'The amounts do not add up.'],
  [{ detail: 'is this a date?', remedy: 'Write 2026-11-01.' }, 'Is this a date? Write 2026-11-01.'],
])('reads as sentences: %j', (problem, said) => expect(sentencesOf(problem)).toBe(said));
