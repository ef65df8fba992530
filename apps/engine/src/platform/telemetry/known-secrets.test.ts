// A secret is found in every form in which a text may carry it, and nothing else is touched.
import { describe, expect, it } from '@jest/globals';
import { KnownSecrets } from './known-secrets.js';

const secret = 'sk_live_"a+b"/$1.*';
const known = (): KnownSecrets => {
  const all = new KnownSecrets();
  all.remember(secret);
  return all;
};

describe('known secrets', () => {
  it.each([
    ['as it is', secret],
    ['in JSON', JSON.stringify({ token: secret })],
    ['in a URL', `https://erp.example/?key=${encodeURIComponent(secret)}`],
    ['in base64', Buffer.from(secret).toString('base64')],
    ...['', 'u', 'us', 'user', 'somebody'].map((user) => [
      `as the password of ${user || 'nobody'}`,
      `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
    ]),
    ['as the name of a password', `Basic ${Buffer.from(`${secret}:x`).toString('base64')}`],
  ])('are hidden %s', (_, text) => {
    const hidden = known().hide(text);
    expect(hidden).toContain('[sealed]');
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) expect(hidden).not.toContain(form);
  });

  it('hide what follows from what begins the same', () => {
    const all = new KnownSecrets();
    all.remember('password-1');
    all.remember('password-1-and-more');
    expect(all.hide('a password-1-and-more b password-1 c')).toBe('a [sealed] b [sealed] c');
  });

  it('are forgotten when they are over', () => {
    const all = known();
    all.remember('token-of-an-hour');
    all.forget('token-of-an-hour');
    expect(all.hide(`token-of-an-hour ${secret}`)).toBe('token-of-an-hour [sealed]');
  });

  it('leave everything else as it is, short values too', () => {
    const all = known();
    all.remember('short');
    expect(all.hide('a short text, 12.50 USD')).toBe('a short text, 12.50 USD');
  });
});
