// The idempotent receiver: same version and content, same version and other content, an older version, a replay.
import { describe, expect, it } from '@jest/globals';
import type { Journey } from '../journey.js';
import { dedupe, type Earlier } from './dedupe.js';

const journey = (more: object = {}, kept = false) =>
  ({ kept, row: { id: 'm', key: 'k', revision: '2', contentHash: 'h', replayed: false, ...more } }) as unknown as Journey;
const before = (...earlier: Partial<Earlier>[]) =>
  new Map([['m', earlier.map((one, n) => ({ id: `m${n}`, revision: '2', hash: 'h', state: 'posted', ...one }))]]);
const judged = (one: Journey, ...earlier: Partial<Earlier>[]) =>
  dedupe([one], before(...earlier)).map(({ ending }) => (ending.to === 'exception' ? ending.facts.code : ending.to));

describe('dedupe', () => {
  it('lets the first version pass, and a newer one', () => {
    expect(judged(journey())).toEqual([]);
    expect(judged(journey(), { revision: '1' })).toEqual([]);
  });
  it.each(['posted', 'exception', 'ready', 'superseded'])('ends the same again as a duplicate when the first is %s', (state) =>
    expect(judged(journey(), { state })).toEqual(['duplicate']),
  );
  it('does not take a duplicate for the first', () => expect(judged(journey(), { state: 'duplicate', hash: 'other' })).toEqual([]));
  it('makes an exception of the same version with other content', () =>
    expect(judged(journey(), { hash: 'other' })).toEqual(['REVISION_CONFLICT']));
  it('supersedes what is older than what came', () => expect(judged(journey(), { revision: '3' })).toEqual(['superseded']));
  it('compares versions as text, as connectors promise them', () =>
    expect(judged(journey({ revision: '000010' }), { revision: '000009' })).toEqual([]));
  it('lets replays and retries pass', () => {
    expect(judged(journey({ replayed: true }), {})).toEqual([]);
    expect(judged(journey({}, true), {})).toEqual([]);
  });
});
