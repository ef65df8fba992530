// What a provider says of a person, and how much of it is believed.
import { describe, expect, it } from '@jest/globals';
import { readIdentity, vouchesForEmail } from './provider-identity.js';

const read = (claims: Record<string, unknown>) =>
  readIdentity({
    issuer: 'https://login.example',
    claims: { sub: 's1', ...claims },
    groupsClaim: 'groups',
    rolesOfGroup: { 'cn=fin': ['finance-operator', 'viewer'], ops: ['viewer'] },
  });

describe('an identity', () => {
  it('has the roles of its groups, each once, and of no others', () =>
    expect(read({ groups: ['ops', 'cn=fin', 'choir', 'constructor', 7] }).roles).toEqual(['finance-operator', 'viewer']));
  it('takes one group that is no list', () => expect(read({ groups: 'ops' }).roles).toEqual(['viewer']));
  it('has no roles without groups', () => expect(read({}).roles).toEqual([]));
  it.each([
    [{ email: 'Ada@Example.org' }, 'ada@example.org'],
    [{ email: 'ada@example.org', email_verified: false }, undefined],
    [{ email: 'ada@example.org', email_verified: 'false' }, undefined],
    [{ email: 'two words@example.org' }, undefined],
    [{ email: 7 }, undefined],
    [{}, undefined],
  ])('%p gives the address %p', (claims, email) => expect(read(claims).email).toBe(email));
  it('is nobody without a subject', () => expect(() => read({ sub: '' })).toThrow('no subject'));
  it('vouches for an address only outright', () =>
    expect([true, 'true', false, 'yes', 1, undefined].map((value) => vouchesForEmail({ email_verified: value }))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]));
});
