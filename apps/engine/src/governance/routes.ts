/** Who may do what, and who did it. */
import { Type } from '@sinclair/typebox';
import { Amount, AnyJson, Id, Instant, Maybe, Page, pageQuery, Text } from '../platform/http/fields.js';
import { defineRoutes } from '../platform/http/route.js';

const Identity = Type.Object({
  kind: Type.Union([Type.Literal('user'), Type.Literal('api-key')]),
  id: Type.String(),
  name: Type.String(),
  email: Maybe(Type.String()),
  roles: Type.Array(Type.String()),
  permissions: Type.Array(Type.String()),
  legalEntities: Maybe(Type.Array(Type.String(), { description: 'Legal entities whose documents you see; null: all' })),
  environment: Type.String({ description: 'Of this installation: production, staging, demo …' }),
});

const Entities = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
  maxItems: 100,
  description: 'Legal entities whose documents they see; empty: all',
});
const Conflicts = Type.Array(
  Type.Object({
    roles: Type.Array(Type.String()),
    permissions: Type.Array(Type.String()),
    sentence: Type.String({ description: 'What these roles allow one person that two should do' }),
  }),
  { description: 'Segregation of duties: what their roles should not allow together' },
);

const User = Type.Object({
  id: Id('usr', 'The user'),
  email: Type.String(),
  name: Type.String(),
  roles: Type.Array(Type.String()),
  legalEntities: Entities,
  conflicts: Conflicts,
  disabled: Type.Boolean(),
  createdAt: Instant('Since'),
  lastSeenAt: Maybe(Instant('Last seen')),
});

const ApiKey = Type.Object({
  id: Id('key', 'The key'),
  name: Type.String(),
  prefix: Type.String({ description: 'First characters, to know it by' }),
  roles: Type.Array(Type.String()),
  legalEntities: Entities,
  conflicts: Conflicts,
  createdAt: Instant('Since'),
  createdBy: Type.String(),
  expiresAt: Maybe(Instant('Until')),
  lastUsedAt: Maybe(Instant('Last used')),
  revokedAt: Maybe(Instant('Revoked')),
});

const Roles = Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 7 });

export const AuditEntry = Type.Object({
  id: Id('aud', 'The entry'),
  at: Instant('When'),
  actorKind: Type.String(),
  actor: Type.String(),
  action: Type.String({ description: 'What was done, such as `flow.saved`' }),
  objectKind: Type.String(),
  objectId: Type.String(),
  summary: Type.String({ description: 'One sentence' }),
  reason: Maybe(Type.String()),
  before: Maybe(AnyJson),
  after: Maybe(AnyJson),
  requestId: Maybe(Type.String()),
});

const Approval = Type.Object({
  id: Id('apr', 'The approval'),
  kind: Type.String(),
  messageId: Maybe(Type.String()),
  role: Type.String({ description: 'Who may decide' }),
  rule: Type.String(),
  summary: Type.String(),
  state: Type.Union(['open', 'approved', 'rejected', 'void'].map((s) => Type.Literal(s))),
  contentHash: Type.String({ description: 'Hash of exactly what is approved' }),
  content: AnyJson,
  document: Maybe(
    Type.Object({
      title: Maybe(Type.String()),
      customer: Maybe(Type.String()),
      flow: Type.String(),
      legalEntity: Maybe(Type.String()),
      amount: Maybe(Amount),
    }),
  ),
  requestedBy: Type.String({ description: 'Who asks: a rule, or the person who sent the document again' }),
  makers: Type.Array(Type.Object({ name: Type.String(), did: Type.String() }), {
    description: 'Who made it or last edited what it is made of; none of them approves it',
  }),
  ownPart: Maybe(Type.String({ description: 'Why you may not approve it: what you made or last edited yourself' })),
  requestedAt: Instant('When'),
  decidedAt: Maybe(Instant('When')),
  decidedBy: Maybe(Type.String()),
  usedAt: Maybe(Instant('When what was approved was done')),
  reason: Maybe(Type.String()),
});
const ApprovalDetail = Type.Composite([
  Approval,
  Type.Object({
    previous: AnyJson,
    versions: Maybe(
      Type.Object({
        release: Type.Integer(),
        mapping: Type.String(),
        tables: Type.Array(Type.Object({ name: Type.String(), version: Type.Integer() })),
      }),
    ),
  }),
]);
const Decision = Type.Object(
  {
    contentHash: Type.String({ maxLength: 100, description: 'Hash of what was shown; a changed document is refused' }),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
);
const ApprovalParam = Type.Object({ id: Id('apr', 'The approval') });

export const governanceRoutes = defineRoutes({
  signIn: {
    method: 'POST',
    path: '/v1/session',
    summary: 'Sign in; the answer sets the session cookie',
    permission: 'public',
    body: Type.Object(
      { email: Type.String({ maxLength: 254 }), password: Type.String({ maxLength: 200 }) },
      { additionalProperties: false },
    ),
    response: Identity,
  },
  getSession: { method: 'GET', path: '/v1/session', summary: 'Who am I', permission: 'signed-in', response: Identity },
  signOut: {
    method: 'DELETE',
    path: '/v1/session',
    summary: 'End this session',
    permission: 'signed-in',
    response: Type.Object({ ended: Type.Boolean() }),
  },
  changePassword: {
    method: 'POST',
    path: '/v1/session/password',
    summary: 'Change my password; all my other sessions end',
    permission: 'signed-in',
    body: Type.Object(
      { current: Type.String({ maxLength: 200 }), next: Type.String({ minLength: 12, maxLength: 200 }) },
      { additionalProperties: false },
    ),
    response: Type.Object({ changed: Type.Boolean() }),
  },
  listUsers: { method: 'GET', path: '/v1/users', summary: 'Users', permission: 'access.read', response: Page(User) },
  createUser: {
    method: 'POST',
    path: '/v1/users',
    summary: 'Make a user with a first password',
    permission: 'access.write',
    status: 201,
    body: Type.Object(
      {
        email: Type.String({ format: 'email', maxLength: 254 }),
        name: Text('Name', 120),
        roles: Roles,
        legalEntities: Type.Optional(Entities),
        password: Type.String({ minLength: 12, maxLength: 200 }),
      },
      { additionalProperties: false },
    ),
    response: User,
  },
  changeUser: {
    method: 'PUT',
    path: '/v1/users/{id}',
    summary: 'Change roles, disable or enable; ends the sessions of the user',
    permission: 'access.write',
    params: Type.Object({ id: Id('usr', 'The user') }),
    body: Type.Object(
      { roles: Type.Optional(Roles), disabled: Type.Optional(Type.Boolean()), legalEntities: Type.Optional(Entities) },
      { additionalProperties: false },
    ),
    response: User,
  },
  listRoles: {
    method: 'GET',
    path: '/v1/roles',
    summary: 'Roles and what each may do, as sentences',
    permission: 'access.read',
    response: Page(
      Type.Object({
        name: Type.String(),
        title: Type.String(),
        summary: Type.String(),
        permissions: Type.Array(Type.Object({ name: Type.String(), sentence: Type.String() })),
        conflicts: Type.Array(Type.Object({ with: Type.String(), sentences: Type.Array(Type.String()) }), {
          description: 'Roles that one person should not have beside this one, and why; with itself where it holds both by design',
        }),
      }),
    ),
  },
  listApiKeys: { method: 'GET', path: '/v1/api-keys', summary: 'API keys', permission: 'access.read', response: Page(ApiKey) },
  createApiKey: {
    method: 'POST',
    path: '/v1/api-keys',
    summary: 'Make a key; its value is shown once, now',
    permission: 'access.write',
    status: 201,
    body: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 120 }),
        roles: Roles,
        legalEntities: Type.Optional(Entities),
        expiresAt: Type.Optional(Maybe(Instant('Until'))),
      },
      { additionalProperties: false },
    ),
    response: Type.Composite([ApiKey, Type.Object({ value: Type.String() })]),
  },
  revokeApiKey: {
    method: 'DELETE',
    path: '/v1/api-keys/{id}',
    summary: 'Revoke a key at once',
    permission: 'access.write',
    params: Type.Object({ id: Id('key', 'The key') }),
    response: ApiKey,
  },
  listAudit: {
    method: 'GET',
    path: '/v1/audit',
    summary: 'Who did what, newest first',
    permission: 'audit.read',
    query: Type.Object({
      ...pageQuery,
      actor: Type.Optional(Type.String({ maxLength: 200 })),
      action: Type.Optional(Type.String({ maxLength: 100 })),
      object: Type.Optional(Type.String({ maxLength: 200, description: 'Kind, or kind/id' })),
      from: Type.Optional(Instant('At or after')),
      to: Type.Optional(Instant('Before')),
    }),
    response: Page(AuditEntry),
  },
  listApprovals: {
    method: 'GET',
    path: '/v1/approvals',
    summary: 'Approvals, open ones first',
    permission: 'approval.read',
    query: Type.Object({
      ...pageQuery,
      state: Type.Optional(
        Type.Union(
          ['open', 'approved', 'rejected', 'void', 'all'].map((s) => Type.Literal(s)),
          { default: 'open' },
        ),
      ),
    }),
    response: Page(Approval),
  },
  getApproval: {
    method: 'GET',
    path: '/v1/approvals/{id}',
    summary: 'One approval with the versions it binds, beside the last version of the document that was posted',
    permission: 'approval.read',
    params: ApprovalParam,
    response: ApprovalDetail,
  },
  approve: {
    method: 'POST',
    path: '/v1/approvals/{id}/approve',
    summary: 'Approve exactly what was shown',
    permission: 'approval.decide',
    params: ApprovalParam,
    body: Decision,
    response: ApprovalDetail,
  },
  reject: {
    method: 'POST',
    path: '/v1/approvals/{id}/reject',
    summary: 'Reject; the message becomes an exception',
    permission: 'approval.decide',
    params: ApprovalParam,
    body: Decision,
    response: ApprovalDetail,
  },
});
