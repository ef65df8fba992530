// A text that changes under an editor is changed only where it differs.
import { expect, it } from '@jest/globals';
import { changeBetween } from './code-editor.js';

it.each([
  ['abc', 'abXc', { from: 2, to: 2, insert: 'X' }],
  ['abc', 'ac', { from: 1, to: 2, insert: '' }],
  ['aaa', 'aaaa', { from: 3, to: 3, insert: 'a' }],
  ['', 'new', { from: 0, to: 0, insert: 'new' }],
  ['old', '', { from: 0, to: 3, insert: '' }],
  ['one two one', 'one one', { from: 4, to: 8, insert: '' }],
])('%j becomes %j by one change', (before, after, change) => {
  const found = changeBetween(before, after)!;
  expect(found).toEqual(change);
  expect(before.slice(0, found.from) + found.insert + before.slice(found.to)).toBe(after);
});
it('does nothing to what is the same', () => expect(changeBetween('same', 'same')).toBeUndefined());
