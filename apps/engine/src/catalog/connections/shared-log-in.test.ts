// The login that processes share: one question to its keeper for all calls of this process, and one more when a token is refused.
import { describe, expect, it } from '@jest/globals';
import type { Login } from '@waybill/sdk';
import { SharedLogIn, type LoginAsk } from './shared-log-in.js';

const at = new Date('2026-11-27T06:00:00Z');

/** A keeper that renews whenever it is asked for another token than the one it has. */
function keeper() {
  let kept: Login | undefined;
  const asked: LoginAsk[] = [];
  const keep = async (ask: LoginAsk, renew: (before: Login | undefined) => Promise<Login>): Promise<Login> => {
    asked.push(ask);
    await Promise.resolve();
    if (kept && kept.token !== ask.refused) return kept;
    return (kept = await renew(kept));
  };
  let serial = 0;
  const renew = () => Promise.resolve({ token: `token-${(serial += 1)}`, until: '2026-11-27T07:00:00Z' });
  return { keep, renew, asked };
}

describe('the shared login', () => {
  it('is asked for once by many calls, and not again while it is good', async () => {
    const { keep, renew, asked } = keeper();
    let now = at;
    const login = new SharedLogIn(keep, () => now);
    expect(await Promise.all([1, 2, 3].map(() => login.forCall().shared('a', renew)))).toEqual(['token-1', 'token-1', 'token-1']);
    await login.forCall().shared('a', renew);
    expect(asked).toHaveLength(1);
    now = new Date('2026-11-27T07:00:00Z');
    await login.forCall().shared('a', renew);
    expect(asked).toHaveLength(2);
  });
  it('is asked for once more when it was refused, however many calls hear of it, and a call that hears late gets the new one', async () => {
    const { keep, renew, asked } = keeper();
    const login = new SharedLogIn(keep, () => at);
    const calls = [1, 2, 3].map(() => login.forCall());
    await Promise.all(calls.map((call) => call.shared('a', renew)));
    calls[0]!.drop();
    calls[1]!.drop();
    expect(await Promise.all([calls[0]!.shared('a', renew), calls[1]!.shared('a', renew)])).toEqual(['token-2', 'token-2']);
    calls[2]!.drop(); // its refusal was of the old one
    expect(await calls[2]!.shared('a', renew)).toBe('token-2');
    expect(asked.map(({ refused }) => refused)).toEqual([undefined, 'token-1']);
  });
  it('joined while somebody asked who had not heard of the refusal is asked for again', async () => {
    const { keep, renew } = keeper();
    const login = new SharedLogIn(keep, () => at);
    const early = login.forCall();
    await early.shared('a', renew);
    early.drop();
    login.forget();
    const [plain, refused] = await Promise.all([login.forCall().shared('a', renew), early.shared('a', renew)]);
    expect([plain, refused]).toEqual(['token-1', 'token-2']);
  });
  it('of other settings, and after a failure, is asked for anew', async () => {
    const { keep, renew, asked } = keeper();
    const login = new SharedLogIn(keep, () => at);
    await expect(new SharedLogIn(() => Promise.reject(new Error('away')), () => at).forCall().shared('a', renew)).rejects.toThrow('away'); // prettier-ignore
    await login.forCall().shared('a', renew);
    await login.forCall().shared('b', renew);
    expect(asked.map(({ madeFrom }) => madeFrom)).toEqual(['a', 'b']);
  });
});
