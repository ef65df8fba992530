// The kit for doubles: faults happen where they were planned, the same over a socket and in process, and a breach of the contract is kept.
import { describe, expect, it } from '@jest/globals';
import { fetchHttp, outcomeOf } from '../src/conformance/index.js';
import type { HttpClient } from '../src/http.js';
import { startDouble, type VendorDouble } from './index.js';

const vendor: VendorDouble<{ notes: string[] }> = {
  name: 'Notes',
  contract: ({ json }) => (typeof (json as { text?: unknown } | undefined)?.text === 'string' ? [] : ['text is missing']),
  start: () => ({ notes: [] }),
  answer({ json }, state) {
    state.notes.push((json as { text: string }).text);
    return { status: 201, body: { count: state.notes.length } };
  },
  says: { throttled: { status: 429 }, tokenOver: { status: 401 }, serverError: { status: 503, body: 'away' } },
  situations: {
    'closed-period'(state) {
      state.notes.push('closed');
      return () => void state.notes.pop();
    },
  },
};
const post = (http: HttpClient, url: string, body: object = { text: 'a' }) =>
  outcomeOf(() => http.request({ method: 'POST', url: `${url}/notes`, body: body as never }));

describe.each(['in process', 'over loopback'])('a double %s', (way) => {
  it('does what it is told, and each fault once, where it was planned', async () => {
    const double = startDouble(vendor);
    const server = way === 'over loopback' ? await double.listen() : undefined;
    try {
      const [http, url] = server ? [fetchHttp(), server.url] : [double.http, 'https://notes.example'];
      const statuses = async () => {
        const outcome = await post(http, url);
        return 'value' in outcome ? (outcome.value as { status: number }).status : outcome.recovery;
      };
      double.fault('lost-before');
      double.fault('lost-after', { skip: 1 });
      double.fault('throttle', { skip: 1 });
      double.fault('token-over', { skip: 1 });
      double.fault('error-before', { skip: 1 });
      double.fault('error-after', { skip: 1 });
      const seen = [];
      for (let n = 0; n < 8; n += 1) seen.push(await statuses());
      expect(seen).toEqual(['in-doubt', 201, 'in-doubt', 429, 401, 503, 503, 201]);
      expect(double.state.notes).toHaveLength(4); // two that were answered, one lost after, one error after
    } finally {
      await server?.close();
    }
  });
});

describe('a double', () => {
  it('answers a breach of the contract with 400, keeps it, and does nothing', async () => {
    const double = startDouble(vendor);
    expect(await post(double.http, 'https://notes.example', { words: 'a' })).toMatchObject({ value: { status: 400 } });
    expect(double.breaches).toEqual(['POST /notes: text is missing']);
    expect(double.state.notes).toEqual([]);
  });
  it('begins and ends a situation that it has, and says so when it has none', () => {
    const double = startDouble(vendor);
    const end = double.situation('closed-period');
    expect(double.state.notes).toEqual(['closed']);
    end();
    expect(double.state.notes).toEqual([]);
    expect(() => double.situation('inactive-customer')).toThrow('The double of Notes has no situation inactive-customer.');
  });
  it('loses the same answers for the same seed, about as many as asked', async () => {
    const run = async (seed: number) => {
      const double = startDouble(vendor);
      double.chaos({ seed, share: 0.2, kinds: ['lost-before', 'lost-after'] });
      const lost: number[] = [];
      for (let n = 0; n < 200; n += 1) if ('recovery' in (await post(double.http, 'https://notes.example'))) lost.push(n);
      return lost;
    };
    const [first, again, other] = [await run(7), await run(7), await run(8)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first.length > 20 && first.length < 65).toBe(true);
  });
});
