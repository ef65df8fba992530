// Nobody gives what they do not have, and a key never has more than its service account.
import { describe, expect, it } from '@jest/globals';
import { refuseUnknownPermissions, refuseUnknownRoles, refuseWiderRights, rightsOf } from './rights.js';

describe('rights', () => {
  it('is that of the roles, or the list, within the service account', () => {
    expect(rightsOf({ roles: ['finance-approver'], permissions: null, account: null })).toContain('approval.decide');
    expect([...rightsOf({ roles: [], permissions: ['flow.read'], account: null })]).toEqual(['flow.read']);
    expect([...rightsOf({ roles: [], permissions: ['flow.read', 'flow.write'], account: ['flow.read'] })]).toEqual(['flow.read']);
    expect([...rightsOf({ roles: [], permissions: ['flow.read'], account: [] })]).toEqual([]);
  });
  it('that is wider than the giver is refused, with what is missing', () => {
    const giver = { name: 'Ada', permissions: new Set(['flow.read']) };
    expect(() => refuseWiderRights(['flow.read'], giver, '/x')).not.toThrow();
    expect(() => refuseWiderRights(['flow.read', 'flow.write', 'audit.read'], giver, '/x')).toThrow(
      'Ada cannot give flow.write, audit.read.',
    );
  });
  it('of names that are none is refused', () => {
    expect(() => refuseUnknownRoles(['admin', 'constructor'])).toThrow('no role constructor');
    expect(() => refuseUnknownPermissions(['flow.read', 'toString'])).toThrow('no permission toString');
  });
});
