// Who had a hand in a document is told which part was theirs; who had none approves it.
import { describe, expect, it } from '@jest/globals';
import { ownPart, type Maker } from './makers.js';

const makers: Maker[] = [
  { id: 'usr_1', name: 'Ada', did: 'wrote version 3 of the mapping erp-invoice' },
  { id: null, name: 'Old Name', did: 'released version 1 of the flow erp-us-invoices' },
];
describe('ownPart', () => {
  it('is what somebody made', () =>
    expect(ownPart(makers, { id: 'usr_1', name: 'Renamed' })).toBe(
      'You wrote version 3 of the mapping erp-invoice, so somebody else approves what came of it.',
    ));
  it('goes by the name where only that was kept', () => expect(ownPart(makers, { id: 'usr_9', name: 'Old Name' })).toContain('released'));
  it('does not go by the name where there is an id', () => expect(ownPart(makers, { id: 'usr_2', name: 'Ada' })).toBeUndefined());
  it('counts a key as whoever made it', () =>
    expect(ownPart(makers, { id: 'key_1', name: 'sync', madeById: 'usr_1' })).toMatch(/^Whoever made this key wrote version 3/));
  it('is nothing for others', () => expect(ownPart(makers, { id: 'usr_2', name: 'Bea', madeById: null })).toBeUndefined());
});
