// Whether the engine is reached: what was asked before the network went away says nothing of now.
import { afterEach, describe, expect, it } from '@jest/globals';
import { fetchAndTell, reach } from './reach.js';

const original = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = original;
  globalThis.dispatchEvent(new Event('online'));
});
const request = () => new Request('http://localhost/v1/me');

describe('reach', () => {
  it('stays offline when an answer comes that was asked for before, and is reached by one that was asked for since', async () => {
    let answer: (response: Response) => void = () => undefined;
    globalThis.fetch = () => new Promise((resolve) => (answer = resolve));
    const before = fetchAndTell(request());
    globalThis.dispatchEvent(new Event('offline'));
    answer(new Response('{}'));
    await before;
    expect(reach.get().is).toBe('offline');
    const since = fetchAndTell(request());
    answer(new Response('{}'));
    await since;
    expect(reach.get().is).toBe('reached');
  });
});
