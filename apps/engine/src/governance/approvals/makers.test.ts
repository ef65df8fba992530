// Who had a hand in a document is told which part was theirs; who had none approves it. Two keys of one hand are one.
import { describe, expect, it } from '@jest/globals';
import { ownPart, type Maker } from './makers.js';

const makers: Maker[] = [
  { id: 'usr_1', name: 'Ada', did: 'wrote version 3 of the mapping erp-invoice', hands: ['usr_1'] },
  { id: null, name: 'Old Name', did: 'released version 1 of the flow erp-us-invoices', hands: [] },
];
const byKey: Maker[] = [{ id: 'key_1', name: 'sync', did: 'wrote rows of the table customer', hands: ['key_1', 'usr_1'] }];
const user = (id: string, name = 'Somebody') => ({ id, name, hands: [id] });
const key = (id: string, ...hands: string[]) => ({ id, name: 'key', hands: [id, ...hands] });

describe('ownPart', () => {
  it('is what somebody made', () =>
    expect(ownPart(makers, user('usr_1', 'Renamed'))).toBe(
      'You wrote version 3 of the mapping erp-invoice, so somebody else approves what came of it.',
    ));
  it('goes by the name where only that was kept', () => expect(ownPart(makers, user('usr_9', 'Old Name'))).toContain('released'));
  it('does not go by the name where there is an id', () => expect(ownPart(makers, user('usr_2', 'Ada'))).toBeUndefined());
  it('counts a key as whoever made it', () =>
    expect(ownPart(makers, key('key_2', 'usr_1'))).toMatch(/^Whoever made this key, .* wrote version 3/));
  it('counts what a key made as made by whoever made the key', () =>
    expect(ownPart(byKey, user('usr_1'))).toMatch(/^A key that comes from you wrote rows/));
  it('counts the next key as the one before it', () =>
    expect(ownPart(byKey, key('key_2', 'usr_2', 'key_1', 'usr_1'))).toMatch(/^Whoever made this key, or a key before it, wrote rows/));
  it('counts the key before as the next one, while both live', () =>
    expect(ownPart([{ ...byKey[0]!, id: 'key_2', hands: ['key_1', 'key_2', 'usr_2'] }], key('key_1'))).toMatch(
      /^A key that comes from you /,
    ));
  it('counts two keys of one person as one', () =>
    expect(ownPart(byKey, key('key_3', 'usr_1'))).toMatch(/^A key from the same hands as this one wrote rows/));
  it('is nothing for others', () => {
    expect(ownPart([...makers, ...byKey], user('usr_2', 'Bea'))).toBeUndefined();
    expect(ownPart([...makers, ...byKey], key('key_4', 'usr_2'))).toBeUndefined();
  });
});
