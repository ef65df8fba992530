/** What programs come in with: API keys and the service accounts that they belong to. */
import { Type } from '@sinclair/typebox';
import { Id, Instant, Maybe, Page, pageQuery, Text } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { Conflicts, Entities, Permissions, Roles } from './fields.js';

const keyFields = {
  id: Id('key', 'The key'),
  name: Type.String(),
  prefix: Type.String({ description: 'First characters, to know it by' }),
  roles: Type.Array(Type.String()),
  permissions: Type.Array(Type.String(), { description: 'What the key may do' }),
  serviceAccountId: Maybe(Type.String()),
  serviceAccount: Maybe(Type.String({ description: 'The service account it belongs to' })),
  replacedBy: Maybe(Type.String({ description: 'Its successor, after a rotation' })),
  legalEntities: Entities,
  conflicts: Conflicts,
  createdAt: Instant('Since'),
  createdBy: Type.String(),
  expiresAt: Maybe(Instant('Until')),
  lastUsedAt: Maybe(Instant('Last used')),
  revokedAt: Maybe(Instant('Revoked')),
};
const ApiKey = Type.Object(keyFields);
/** Spread, not composed: a composite of this size is too deep for the compiler. */
const NewKey = Type.Object({ ...keyFields, value: Type.String({ description: 'Shown once' }) });

const ServiceAccount = Type.Object({
  id: Id('sva', 'The service account'),
  name: Type.String(),
  purpose: Type.String(),
  permissions: Type.Array(Type.String()),
  keys: Type.Integer({ description: 'Keys that work now' }),
  disabled: Type.Boolean(),
  createdAt: Instant('Since'),
  createdBy: Type.String(),
});

export const keyRoutes = defineRoutes({
  listApiKeys: {
    method: 'GET',
    path: '/v1/api-keys',
    summary: 'API keys, newest first',
    permission: 'access.read',
    query: Type.Object({
      limit: pageQuery.limit,
      cursor: pageQuery.cursor,
      q: Type.Optional(Text('Part of its name, of the name of its service account, or of its first characters', 120)),
    }),
    response: Page(ApiKey),
  },
  createApiKey: {
    method: 'POST',
    path: '/v1/api-keys',
    summary: 'Make a key; its value is shown once, now',
    permission: 'access.write',
    status: 201,
    body: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 120 }),
        roles: Type.Optional(Roles),
        permissions: Type.Optional(Permissions),
        serviceAccountId: Type.Optional(Id('sva', 'The service account that the key belongs to')),
        legalEntities: Type.Optional(Entities),
        expiresAt: Type.Optional(Maybe(Instant('Until'))),
      },
      { additionalProperties: false, description: 'What it may do: roles, or permissions, or the whole of a service account' },
    ),
    response: NewKey,
  },
  revokeApiKey: {
    method: 'DELETE',
    path: '/v1/api-keys/{id}',
    summary: 'Revoke a key at once',
    permission: 'access.write',
    params: Type.Object({ id: Id('key', 'The key') }),
    response: ApiKey,
  },
  rotateApiKey: {
    method: 'POST',
    path: '/v1/api-keys/{id}/rotate',
    summary: 'Make a successor with the same rights, shown once, now; the old key lives until the given time',
    permission: 'access.write',
    status: 201,
    params: Type.Object({ id: Id('key', 'The key') }),
    body: Type.Object(
      { oldUntil: Instant('The old key ends then'), expiresAt: Type.Optional(Maybe(Instant('The new key ends then'))) },
      { additionalProperties: false },
    ),
    response: NewKey,
  },
  listServiceAccounts: {
    method: 'GET',
    path: '/v1/service-accounts',
    summary: 'Service accounts',
    permission: 'access.read',
    response: Page(ServiceAccount),
  },
  createServiceAccount: {
    method: 'POST',
    path: '/v1/service-accounts',
    summary: 'Make a service account: a name for a program, and what its keys may do at most',
    permission: 'access.write',
    status: 201,
    body: Type.Object(
      { name: Type.String({ minLength: 1, maxLength: 120 }), purpose: Type.Optional(Text('What for', 300)), permissions: Permissions },
      { additionalProperties: false },
    ),
    response: ServiceAccount,
  },
  changeServiceAccount: {
    method: 'PUT',
    path: '/v1/service-accounts/{id}',
    summary: 'Change what its keys may do, disable or enable; in force at the next request',
    permission: 'access.write',
    params: Type.Object({ id: Id('sva', 'The service account') }),
    body: Type.Object(
      { permissions: Type.Optional(Permissions), disabled: Type.Optional(Type.Boolean()) },
      { additionalProperties: false },
    ),
    response: ServiceAccount,
  },
});
