// The external id of a posting: the same for the same identity, different for any other, and nothing but letters, digits and a dash.
import { describe, expect, it } from '@jest/globals';
import { postingKey, type PostingIdentity } from './posting-key.js';

const identity: PostingIdentity = {
  ledger: 'erp/us',
  effect: 'create',
  sourceSystem: 'stripe/acct_1',
  kind: 'invoice',
  sourceId: 'in_1',
  effectNumber: 1,
};

describe('posting key', () => {
  it('is stable', () => expect(postingKey(identity)).toBe(postingKey({ ...identity })));
  it('fits the narrowest alphabet', () => expect(postingKey(identity)).toMatch(/^wb-[a-z2-7]{26}$/));
  it.each([
    { ledger: 'erp/de' },
    { effect: 'void' as const },
    { sourceSystem: 'stripe/acct_2' },
    { kind: 'credit-memo' },
    { sourceId: 'in_2' },
    { effectNumber: 2 },
  ])('differs by %p', (change) => expect(postingKey({ ...identity, ...change })).not.toBe(postingKey(identity)));
  it('is not fooled by moved separators', () =>
    expect(postingKey({ ...identity, ledger: 'a', sourceSystem: 'b-c' })).not.toBe(
      postingKey({ ...identity, ledger: 'a-b', sourceSystem: 'c' }),
    ));
});
