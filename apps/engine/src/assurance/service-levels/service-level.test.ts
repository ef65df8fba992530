// A promise is kept or missed by its counts; what a person reads of it is never rounded up.
import { describe, expect, it } from '@jest/globals';
import { judge } from './service-level.js';

describe('a service level', () => {
  it.each([
    ['of nothing that was due says so', 99, { kept: 0, late: 0 }, { state: 'nothing-due', keptShare: null }],
    ['is kept when every document was in time', 100, { kept: 3, late: 0 }, { state: 'kept', keptShare: 100 }],
    ['of a hundred is missed by one document in many', 100, { kept: 99_999, late: 1 }, { state: 'missed', keptShare: 99.99 }],
    ['is kept exactly at its share', 99.5, { kept: 199, late: 1 }, { state: 'kept', keptShare: 99.5 }],
    ['just below its share is missed and does not read like it', 99.5, { kept: 198_999, late: 1_001 }, { state: 'missed', keptShare: 99.49 }],
    ['is missed when nothing was in time', 1, { kept: 0, late: 7 }, { state: 'missed', keptShare: 0 }],
  ] as const)('%s', (_, share, judged, answer) => expect(judge({ share }, judged)).toEqual(answer)); // prettier-ignore
});
