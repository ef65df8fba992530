// A row that the engine's tests prove is green when each of its tests ran and passed, and says which one did not.
import { describe, expect, it } from '@jest/globals';
import type { Proof } from '../rows/proofs.js';
import { titlePattern, verdictOf, type TestFile } from './proved.js';

const proof: Proof = {
  id: '50',
  title: 'Numbers',
  tests: [{ file: 'a.test.ts', titles: ['reads %s, ${times} times', 'is (still) there'] }],
};
const files = (...tests: [title: string, status: TestFile['tests'][0]['status']][]): TestFile[] => [
  { name: 'a.test.ts', tests: tests.map(([title, status]) => ({ title, status, seconds: 1 })) },
];
const judged = (...tests: Parameters<typeof files>) => verdictOf(proof, files(...tests));

describe('a row that tests prove', () => {
  it('is green when every test ran and passed, however often it was repeated', () => {
    expect(judged(['reads 1, 3 times', 'passed'], ['reads 2, 3 times', 'passed'], ['is (still) there', 'passed'])).toMatchObject({
      verdict: 'green',
      counts: { tests: 3 },
      seconds: 3,
      broken: [],
    });
  });
  it('is red when one failed or did not run', () => {
    const failed = judged(['reads 1, 3 times', 'failed'], ['is (still) there', 'passed']);
    expect(failed).toMatchObject({ verdict: 'red', broken: ['a.test.ts failed: reads 1, 3 times'] });
    expect(judged(['is (still) there', 'passed'])).toMatchObject({
      verdict: 'red',
      broken: ['a.test.ts did not run "reads %s, ${times} times"'],
    });
    expect(verdictOf(proof, [])).toMatchObject({ verdict: 'red' });
  });
  it('is skipped, with a reason, when all were skipped or there are none', () => {
    expect(judged(['reads 1, 3 times', 'pending'], ['is (still) there', 'pending'])).toMatchObject({ verdict: 'skipped' });
    expect(verdictOf({ id: '87', title: 'x', tests: [], open: 'not built' }, [])).toMatchObject({
      verdict: 'skipped',
      reason: 'not built',
    });
  });
  it('knows its tests by their titles with any values in them', () => {
    expect(titlePattern('from $name to ${here}').test('from a to b')).toBe(true);
    expect(titlePattern('is (still) there').test('is still there')).toBe(false);
  });
});
