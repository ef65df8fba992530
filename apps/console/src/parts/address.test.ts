/** The address holds what a page shows, as plain text. */
import { describe, expect, it } from '@jest/globals';
import { instantOf, parseSearch, pick, stringifySearch } from './address.js';

describe('the address', () => {
  it('gives back what was put in, numbers of documents included', () => {
    const search = { q: '0012', state: 'posted,exception', from: '2026-11-01T00:00:00.000Z', name: 'A & B=ü' };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  });

  it('leaves out what is empty', () => {
    expect(stringifySearch({ q: '', flow: undefined })).toBe('');
  });

  it('reads well', () => {
    expect(stringifySearch({ state: 'posted,held' })).toBe('?state=posted,held');
  });

  it('takes only the keys of the page', () => {
    expect(pick({ q: 'x', evil: 'y', state: 7 }, ['q', 'state'])).toEqual({ q: 'x', state: '7' });
  });

  it('turns a relative time into an instant of whole minutes', () => {
    const now = Date.parse('2026-11-23T09:30:42Z');
    expect(instantOf('now-24h', now)).toBe('2026-11-22T09:30:00.000Z');
    expect(instantOf('2026-11-01', now)).toBe('2026-11-01T00:00:00.000Z');
    expect(instantOf('yesterday-ish', now)).toBeUndefined();
  });
});
