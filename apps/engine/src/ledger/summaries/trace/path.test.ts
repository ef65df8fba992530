// The way of a piece of usage ends at the first thing that stops it, and says what to do.
import { describe, expect, it } from '@jest/globals';
import { pathOf, type Facts, type MeterFacts } from './path.js';

const meter = (more: Partial<MeterFacts> = {}): MeterFacts => ({
  name: 'calls',
  version: 1,
  period: '2026-10',
  periodEnds: '2026-11-01T00:00:00.000Z',
  problem: null,
  said: '1',
  behind: false,
  customer: 'cus',
  subject: 's',
  why: null,
  seal: 'usl_1',
  summary: 'usm_1',
  documents: [{ message: 'msg_1', flow: 'f', state: 'posted', documentNumber: 'D-1', reason: null }],
  ...more,
});
const facts = (more: Partial<Facts> = {}, ofMeter: Partial<MeterFacts> = {}): Facts => ({
  event: 'ue_1',
  receivedAt: '2026-10-01T00:00:00.000Z',
  cancelledBy: null,
  correctedBy: null,
  roll: '4',
  meter: meter(ofMeter),
  notWanted: [],
  ...more,
});
const held = { message: 'msg_2', flow: 'g', state: 'held', documentNumber: null, reason: 'large' };

describe('pathOf', () => {
  it('goes all the way for what is billed', () => {
    const path = pathOf(facts());
    expect(path.map(({ done }) => done)).toEqual(Array.from({ length: 9 }, () => true));
    expect(path.at(-1)!.detail).toBe('f: D-1');
  });

  it.each<[string, Facts]>([
    ['in-force', facts({ cancelledBy: 'ue_9' })],
    ['counted', facts({ roll: null })],
    ['metered', facts({ meter: undefined, notWanted: ['the meter calls does not read x'] })],
    ['readable', facts({}, { problem: 'no-number' })],
    ['readable', facts({}, { behind: true })],
    ['attributed', facts({}, { customer: null })],
    ['sealed', facts({}, { seal: null, summary: null, documents: [] })],
    ['sealed', facts({}, { summary: null, documents: [] })],
    ['handed-on', facts({}, { documents: [] })],
    ['posted', facts({}, { documents: [...meter().documents, held] })],
  ])('ends at %s with a remedy', (step, known) => {
    const path = pathOf(known);
    expect(path.filter(({ done }) => !done)).toEqual([path.at(-1)]);
    expect(path.at(-1)).toMatchObject({ step, done: false, remedy: expect.stringMatching(/\w/) });
  });

  it('says which message has stopped, and why', () => expect(pathOf(facts({}, { documents: [held] })).at(-1)!.detail).toBe('msg_2 of g is held: large'));
}); // prettier-ignore
