import { describe, expect, it } from '@jest/globals';
import { restMs } from './pace.js';

describe('the rest of a commit of usage', () => {
  it.each([
    ['nothing waits', { oldestSeconds: null, rolledSeconds: 0 }, 1, 0],
    ['what waits is fresh', { oldestSeconds: 1, rolledSeconds: 0.5 }, 1, 0],
    ['the roll-up is half a second late', { oldestSeconds: 1.5, rolledSeconds: 0.5 }, 1, 600],
    ['it is a quarter of a second late', { oldestSeconds: 1.25, rolledSeconds: 1 }, 1, 300],
    ['it is a second late', { oldestSeconds: 2, rolledSeconds: 1 }, 1, 1_200],
    ['it is far behind', { oldestSeconds: 60, rolledSeconds: 1 }, 1, 1_500],
    ['it may be older', { oldestSeconds: 2, rolledSeconds: 1 }, 5, 0],
    ['nobody rolls up', { oldestSeconds: 60, rolledSeconds: 10.1 }, 1, 0],
    ['nobody ever has', { oldestSeconds: 60, rolledSeconds: null }, 1, 0],
    ['it has had nothing to do for long', { oldestSeconds: 2, rolledSeconds: 3600 }, 1, 1_200],
    ['it is about to begin for the first time', { oldestSeconds: 2, rolledSeconds: null }, 1, 1_200],
    ['it is switched off', { oldestSeconds: 60, rolledSeconds: 1 }, 0, 0],
  ])('when %s', (_, behind, freshSeconds, rest) => expect(restMs(behind, freshSeconds)).toBe(rest));
});
