// A click on a JSON text leads to the value that stands there, and back.
import { describe, expect, it } from '@jest/globals';
import { pointerOf, spotAt, spotsAt, spotsOf } from './json-places.js';

const value = {
  id: 'a "quoted" one',
  lines: [
    { net: -1.5e3, tags: [] },
    { net: 2, tags: ['x'] },
  ],
  'a/b': null,
  deep: { empty: {} },
};

describe.each([
  ['indented', JSON.stringify(value, null, 2)],
  ['in one line', JSON.stringify(value)],
])('a text %s', (_, text) => {
  const spots = spotsOf(text);
  const at = (words: string, more = 0) => pointerOf(spotAt(spots, text.indexOf(words) + more)!.path);
  it('has each value at its place', () => {
    for (const { path, from, to } of spots)
      expect(JSON.parse(text.slice(from, to))).toEqual(
        path.reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], value),
      );
  });
  it('leads from an offset, its name included, to the innermost value', () => {
    expect([at('"id"'), at('quoted'), at('-1500', 1), at('"x"', 1), at('"a/b"', 2), at('"empty"')]).toEqual(['/id', '/id', '/lines/0/net', '/lines/1/tags/0', '/a~1b', '/deep/empty']); // prettier-ignore
    expect(at('{')).toBe('');
  });
  it('finds the same field of every item', () =>
    expect(spotsAt(spots, ['lines', 'net']).map(({ path }) => pointerOf(path))).toEqual(['/lines/0/net', '/lines/1/net']));
});

it.each(['', '{', '{"a": }', '{"a": 1', '[1,]', '"\\u00zz"', '{} more'])('%j is not JSON', (text) => expect(spotsOf(text)).toEqual([]));
