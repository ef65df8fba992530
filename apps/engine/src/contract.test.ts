// The contract holds together: each route says who may call it with a permission that exists, and no two routes share an address.
import { describe, expect, it } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldPermissionsIn, undeclaredIn } from './governance/access/declared.js';
import { permissions, roles, scopePermissions } from './governance/access/permissions.js';
import { conflictsOf, segregated } from './governance/access/segregation.js';
import type { RouteSpec } from './platform/http/route.js';
import { catalogue } from './platform/problems/index.js';
import { routes } from './routes.js';

const all = Object.entries(routes) as [string, { method: string; path: string; permission: string; summary: string }][];

describe('routes', () => {
  it('each needs a permission of the table, or says that it is public or for anybody signed in; so do fields that differ', () =>
    expect(undeclaredIn(routes)).toEqual([]));

  it.each<[string, Partial<RouteSpec>]>([
    ['no permission', { permission: undefined as never }],
    ['an empty one', { permission: '' }],
    ['one that is not in the table', { permission: 'message.write' }],
    ['one of every object', { permission: 'constructor' }],
    ['a field with one that is not in the table', { response: Type.Object({ secret: Type.String({ 'x-permission': 'secret.read' }) }) }],
  ])('a planted route with %s is found', (_, flaw) => {
    const planted: RouteSpec = {
      method: 'GET',
      path: '/v1/planted',
      summary: 'Planted',
      permission: 'message.read',
      response: Type.Object({}),
    };
    expect(undeclaredIn({ planted })).toEqual([]);
    expect(undeclaredIn({ planted: { ...planted, ...flaw } })).toHaveLength(1);
  });

  it('whoever asks for a permission inside a handler has declared it on a field', () => {
    const declared = new Set(Object.values<RouteSpec>(routes).flatMap((route) => fieldPermissionsIn([route.body, route.response])));
    const asked: string[] = [];
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.test)\.ts$/.test(name));
    for (const file of files)
      for (const [, name] of readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/permissions\.has\('([\w.]+)'\)/g))
        asked.push(name!);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((name) => !declared.has(name) && !scopePermissions.includes(name as never))).toEqual([]);
  });

  it('only health, the contract itself, signing in and signed webhooks need no identity', () => {
    const open = all.filter(([, route]) => route.permission === 'public').map(([, route]) => `${route.method} ${route.path}`);
    const signingIn = /^GET \/v1\/session\/ways$|^POST \/v1\/session(\/(provider(\/begin)?|reset|link(\/password)?))?$/;
    const others = /^GET \/(health\/|metrics$|v1\/openapi\.json$)|^POST \/v1\/hooks\/\{connection\}$/;
    expect(open.filter((route) => !signingIn.test(route) && !others.test(route))).toEqual([]);
  });

  it('have an address of their own', () => {
    const addresses = all.map(([, route]) => `${route.method} ${route.path.replace(/\{\w+\}/g, '{}')}`);
    expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
  });

  it('each permission is asked for by a route, or widens what its owner sees', () => {
    const asked = new Set<string>([...all.map(([, route]) => route.permission), ...scopePermissions]);
    expect(Object.keys(permissions).filter((permission) => !asked.has(permission))).toEqual([]);
  });
});

describe('roles', () => {
  it.each(Object.entries(roles))('%s is made of permissions that exist, each once', (_, role) => {
    expect(
      role.permissions.filter((permission, index) => !(permission in permissions) || role.permissions.indexOf(permission) !== index),
    ).toEqual([]);
  });
});

describe('segregation of duties', () => {
  it('names permissions that exist, each pair once', () => {
    for (const { one, other } of segregated) expect([one, other].filter((name) => !(name in permissions))).toEqual([]);
    expect(new Set(segregated.map(({ one, other }) => `${one} ${other}`)).size).toBe(segregated.length);
  });
  it('is broken by the administrator alone, by nobody else alone, and by who approves beside who makes', () => {
    const alone = Object.keys(roles).filter((name) => conflictsOf([name]).length > 0);
    expect(alone).toEqual(['admin']);
    expect(conflictsOf(['integrator', 'finance-approver']).map(({ permissions }) => permissions[0])).toEqual(['mapping.write', 'flow.write', 'table.write', 'message.replay', 'payload.edit', 'connection.write']); // prettier-ignore
    expect(conflictsOf(['finance-operator', 'finance-approver'])[0]).toEqual({
      roles: ['finance-operator', 'finance-approver'],
      permissions: ['table.write', 'approval.decide'],
      sentence: expect.stringMatching(/^Finance operator and Finance approver together may write the table rows/),
    });
    for (const other of ['auditor', 'viewer']) expect(conflictsOf(['finance-approver', other])).toEqual([]);
  });
});

describe('problem codes', () => {
  it.each(Object.entries(catalogue))('%s is named, answers with an error status and says what to do', (code, facts) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(facts.status).toBeGreaterThanOrEqual(400);
    expect(facts.title).not.toMatch(/\.$/);
    expect(facts.remedy).toMatch(/\.$/);
  });
});
