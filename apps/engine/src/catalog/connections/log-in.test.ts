// One log-in for all calls, and one more when the session is over, however many calls hear of it.
import { describe, expect, it } from '@jest/globals';
import { LogIn } from './log-in.js';

const opener = () => {
  let opened = 0;
  return { open: () => Promise.resolve(`token-${(opened += 1)}`), count: () => opened };
};

describe('the session of a connection', () => {
  it('is opened once for many calls', async () => {
    const login = new LogIn();
    const { open, count } = opener();
    expect(await Promise.all([1, 2, 3].map(() => login.forCall().get(open)))).toEqual(['token-1', 'token-1', 'token-1']);
    expect(count()).toBe(1);
  });

  it('is opened once more when it is over, also for a call that hears of it late', async () => {
    const login = new LogIn();
    const { open, count } = opener();
    const [early, late] = [login.forCall(), login.forCall()];
    await Promise.all([early.get(open), late.get(open)]);
    early.drop();
    expect(await early.get(open)).toBe('token-2');
    late.drop(); // its 401 was for the old one
    expect(await late.get(open)).toBe('token-2');
    expect(count()).toBe(2);
  });

  it('is tried again after a log-in that failed', async () => {
    const login = new LogIn();
    await expect(login.forCall().get(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await login.forCall().get(opener().open)).toBe('token-1');
  });

  it('is opened anew when the connection has changed', async () => {
    const login = new LogIn();
    const { open } = opener();
    await login.forCall().get(open);
    login.forget();
    expect(await login.forCall().get(open)).toBe('token-2');
  });
});
