// The contract holds together: each route says who may call it with a permission that exists, and no two routes share an address.
import { describe, expect, it } from '@jest/globals';
import { permissions, roles } from './governance/access/permissions.js';
import { catalogue } from './platform/problems/index.js';
import { routes } from './routes.js';

const all = Object.entries(routes) as [string, { method: string; path: string; permission: string; summary: string }][];

describe('routes', () => {
  it('each needs a permission of the catalogue, or says that it is public or for anybody signed in', () => {
    const known = new Set<string>([...Object.keys(permissions), 'public', 'signed-in']);
    expect(all.filter(([, route]) => !known.has(route.permission)).map(([id, route]) => `${id}: ${route.permission}`)).toEqual([]);
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

  it('each permission is asked for by a route', () => {
    const asked = new Set(all.map(([, route]) => route.permission));
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

describe('problem codes', () => {
  it.each(Object.entries(catalogue))('%s is named, answers with an error status and says what to do', (code, facts) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(facts.status).toBeGreaterThanOrEqual(400);
    expect(facts.title).not.toMatch(/\.$/);
    expect(facts.remedy).toMatch(/\.$/);
  });
});
