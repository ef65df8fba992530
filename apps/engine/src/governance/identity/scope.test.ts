// Nobody gives what they do not have, and a key never has more than its service account.
import { describe, expect, it } from '@jest/globals';
import { refuseUnknownPermissions, refuseUnknownRoles, refuseWider, scopeOf } from './scope.js';

describe('scope', () => {
  it('is that of the roles, or the list, within the service account', () => {
    expect(scopeOf({ roles: ['finance-approver'], permissions: null, account: null })).toContain('approval.decide');
    expect([...scopeOf({ roles: [], permissions: ['flow.read'], account: null })]).toEqual(['flow.read']);
    expect([...scopeOf({ roles: [], permissions: ['flow.read', 'flow.write'], account: ['flow.read'] })]).toEqual(['flow.read']);
    expect([...scopeOf({ roles: [], permissions: ['flow.read'], account: [] })]).toEqual([]);
  });
  it('that is wider than the giver is refused, with what is missing', () => {
    const giver = { name: 'Ada', permissions: new Set(['flow.read']) };
    expect(() => refuseWider(['flow.read'], giver, '/x')).not.toThrow();
    expect(() => refuseWider(['flow.read', 'flow.write', 'audit.read'], giver, '/x')).toThrow('Ada cannot give flow.write, audit.read.');
  });
  it('of names that are none is refused', () => {
    expect(() => refuseUnknownRoles(['admin', 'constructor'])).toThrow('no role constructor');
    expect(() => refuseUnknownPermissions(['flow.read', 'toString'])).toThrow('no permission toString');
  });
});
