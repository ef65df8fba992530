// What a vendor sends back is read once and one way, and none of its words become ours.
import { describe, expect, it } from '@jest/globals';
import { isProblem } from '../../platform/problems/index.js';
import { answeredTo, askedOf, scopesLacking } from './consent-answer.js';

const refused = (search: string): string | undefined => {
  try {
    answeredTo(search);
    return undefined;
  } catch (error) {
    return isProblem(error) ? error.code : String(error);
  }
};

describe('what a vendor sent back', () => {
  it('is a code with its state and whatever stands beside them', () =>
    expect(answeredTo('code=a%2Bb.c&state=s&realmId=1')).toEqual({
      state: 's',
      code: 'a+b.c',
      callback: { code: 'a+b.c', state: 's', realmId: '1' },
    }));
  it.each(['', 'code=a', 'state=s', 'state=&code=a', 'state=s&code=', 'state=s&state=t&code=a', 'state=s&code=a&code=b'])(
    'is refused as %j',
    (search) => expect(refused(search)).toBe('CONSENT_ATTEMPT'),
  );
  it.each([
    ['access_denied', 'access_denied'],
    ['<b>call us</b>', ''],
    ['a'.repeat(61), ''],
  ])('that is the error %j says %j', (error, told) =>
    expect(answeredTo(new URLSearchParams({ state: 's', error, code: 'a' }).toString())).toMatchObject({ error: told }),
  );
});

describe('what was asked', () => {
  const ask = {
    authorizeUrl: 'https://v/a',
    tokenUrl: 'https://v/t',
    client: { by: 'basic' as const, id: 'c', secret: 'x' },
    scopes: ['one', 'two'],
  };
  it('is the same for another secret of the same client, and another for another address, client or scope', () => {
    expect(askedOf({ ...ask, client: { ...ask.client, secret: 'y' } })).toBe(askedOf(ask));
    const others = [
      { ...ask, tokenUrl: 'https://w/t' },
      { ...ask, authorizeUrl: 'https://w/a' },
      { ...ask, client: { ...ask.client, id: 'd' } },
      { ...ask, scopes: ['one'] },
    ];
    for (const other of others) expect(askedOf(other)).not.toBe(askedOf(ask));
  });
  it('and not given is told, but not the wish for a refresh token', () =>
    expect(scopesLacking(['one', 'two', 'offline_access', 'refresh_token'], ['two'])).toEqual(['one']));
});
