// A share takes about its part of the documents, every version of one document under one release, and a larger share all of a smaller one.
import { describe, expect, it } from '@jest/globals';
import { releaseFor, type Share } from './choosing.js';

const live = 'rel_live';
const share = (percent: number | null, entities: string[] | null = null, releaseId = 'rel_candidate'): Share => ({
  releaseId,
  percent,
  entities,
});
const keys = Array.from({ length: 10_000 }, (_, n) => `stripe/acct in_${n}`);
const taken = (of: Share) =>
  new Set(keys.filter((orderingKey) => releaseFor({ releaseId: live, share: of }, { orderingKey, legalEntity: null }) === of.releaseId));

describe('releaseFor', () => {
  it('is the live release where nothing is shared', () =>
    expect(releaseFor({ releaseId: live, share: null }, { orderingKey: 'a', legalEntity: 'US' })).toBe(live));

  it('takes about as many as the percent says', () => {
    for (const percent of [1, 10, 50]) {
      const part = taken(share(percent)).size / keys.length;
      expect(part).toBeGreaterThan((0.8 * percent) / 100);
      expect(part).toBeLessThan((1.2 * percent) / 100);
    }
    expect(taken(share(100)).size).toBe(keys.length);
  });

  it('depends on nothing but the candidate and the ordering key', () => {
    expect(taken(share(10))).toEqual(taken(share(10)));
    const entity = (legalEntity: string | null) => keys.filter((orderingKey) => releaseFor({ releaseId: live, share: share(10) }, { orderingKey, legalEntity }) !== live); // prettier-ignore
    expect(entity('US')).toEqual(entity(null));
  });

  it('keeps every document of a smaller share in a larger one, and gives another candidate other documents', () => {
    const [small, large, other] = [taken(share(10)), taken(share(40)), taken(share(10, null, 'rel_other'))];
    expect([...small].filter((key) => !large.has(key))).toEqual([]);
    expect([...other].filter((key) => small.has(key)).length).toBeLessThan(small.size / 2);
  });

  it('by legal entity takes all of those, and nothing of which the entity is not known', () => {
    const of = (legalEntity: string | null) =>
      releaseFor({ releaseId: live, share: share(null, ['DE']) }, { orderingKey: 'a', legalEntity });
    expect([of('DE'), of('US'), of(null)]).toEqual(['rel_candidate', live, live]);
  });
});
