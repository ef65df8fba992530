// Ten thousand pairs that are made to be taken for each other have ten thousand different keys.
import { describe, expect, it } from '@jest/globals';
import { eventKey, eventName, seqOf } from './event-key.js';
import { adversarialPairs } from './adversarial-pairs.fixture.js';

describe('eventKey', () => {
  it('tells ten thousand adversarial pairs apart', () => {
    const pairs = adversarialPairs();
    expect(new Set(pairs.map(([source, id]) => JSON.stringify([source, id]))).size).toBe(pairs.length);
    expect(pairs.length).toBeGreaterThanOrEqual(10_000);
    expect(new Set(pairs.map(([source, id]) => eventKey(source, id))).size).toBe(pairs.length);
  });
  it('is the same for the same', () => expect(eventKey('/a', 'b')).toEqual(eventKey('/a', 'b')));
});

describe('names of events', () => {
  it('hold their place', () => expect(seqOf(eventName('65536'))).toBe('65536'));
  it.each(['ue_', 'ue_0', 'ue_01', 'ue_-1', 'ue_1.5', 'ue_9223372036854775808', 'ue_99999999999999999999', '65536', 'UE_1', 'ue_1 '])(
    '%s is none',
    (name) => expect(seqOf(name)).toBeUndefined(),
  );
});
