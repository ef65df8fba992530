/** A payload is shown as it was stored: no digit lost. */
import { describe, expect, it } from '@jest/globals';
import { parseExact, pretty } from './exact.js';

describe('exact JSON', () => {
  it('keeps numbers that JSON.parse would round', () => {
    expect(pretty('{"a":9007199254740993,"b":1.10,"c":1e3}')).toBe('{\n  "a": 9007199254740993,\n  "b": 1.10,\n  "c": 1e3\n}');
  });

  it('keeps strings as they were escaped', () => {
    expect(pretty('["K\\u00f6ln","a\\"b"]')).toBe('[\n  "K\\u00f6ln",\n  "a\\"b"\n]');
  });

  it('shows what is not JSON as it stands', () => {
    for (const text of ['{"a":1,}', 'plain', '[1,2', '{"a" 1}', '01', '{} {}']) expect(parseExact(text)).toBeUndefined();
    expect(pretty('plain')).toBe('plain');
  });

  it('does not run out of stack on a deep document', () => {
    expect(parseExact('['.repeat(5000) + ']'.repeat(5000))).toBeUndefined();
  });
});
