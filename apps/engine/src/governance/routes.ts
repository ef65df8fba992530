/** Who may do what, and who did it. */
import { Type } from '@sinclair/typebox';
import { AnyJson, Id, Instant, Maybe, Page, pageQuery, Text } from '../platform/http/fields.js';
import { defineRoutes } from '../platform/http/route.js';

const Identity = Type.Object({
  kind: Type.Union([Type.Literal('user'), Type.Literal('api-key')]),
  id: Type.String(),
  name: Type.String(),
  email: Maybe(Type.String()),
  roles: Type.Array(Type.String()),
  permissions: Type.Array(Type.String()),
  environment: Type.String({ description: 'Of this installation: production, staging, demo …' }),
});

const User = Type.Object({
  id: Id('usr', 'The user'),
  email: Type.String(),
  name: Type.String(),
  roles: Type.Array(Type.String()),
  disabled: Type.Boolean(),
  createdAt: Instant('Since'),
  lastSeenAt: Maybe(Instant('Last seen')),
});

const ApiKey = Type.Object({
  id: Id('key', 'The key'),
  name: Type.String(),
  prefix: Type.String({ description: 'First characters, to know it by' }),
  roles: Type.Array(Type.String()),
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
  leaf: Type.String({ description: 'SHA-256 of the entry, in hex' }),
  sealSeq: Maybe(Type.Integer({ description: 'Its number in the sealed log; null until a seal covers it' })),
  seal: Maybe(Type.Integer({ description: 'Number of the seal that covers it' })),
});

const auditFilter = {
  actor: Type.Optional(Type.String({ maxLength: 200 })),
  action: Type.Optional(Type.String({ maxLength: 100 })),
  object: Type.Optional(Type.String({ maxLength: 200, description: 'Kind, or kind/id' })),
  from: Type.Optional(Instant('At or after')),
  to: Type.Optional(Instant('Before')),
};

const AuditStatus = Type.Object({
  lastSeal: Maybe(
    Type.Object({
      number: Type.Integer(),
      lastSeq: Type.Integer({ description: 'Number of the last entry that is sealed: so many are' }),
      sealedAt: Instant('When'),
      hash: Type.String(),
      publicKey: Type.String({ description: 'Of the key that signed it, 64 hexadecimal digits' }),
    }),
  ),
  unsealed: Type.Integer({ description: 'Entries that no seal covers yet' }),
  lagSeconds: Type.Number({ description: 'Age of the oldest of them; 0 when there is none' }),
  copies: Type.Array(
    Type.Object({
      place: Type.String({ description: '`file` or `http`' }),
      address: Type.String(),
      upTo: Type.Integer({ description: 'Number of the last seal it has' }),
      behind: Type.Integer({ description: 'Seals that it does not have yet' }),
      at: Maybe(Instant('When it got its last one')),
      trouble: Maybe(Type.String({ description: 'Why it does not get more' })),
      troubleSince: Maybe(Instant('Since when')),
    }),
    { description: 'Places outside the database that keep the seals' },
  ),
  publicKey: Type.String({ description: 'Of the key of this process: what an auditor pins' }),
});

const AuditManifest = Type.Object({ manifest: AnyJson, signature: Type.String() });

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
  requestedAt: Instant('When'),
  decidedAt: Maybe(Instant('When')),
  decidedBy: Maybe(Type.String()),
  reason: Maybe(Type.String()),
});
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
    body: Type.Object({ roles: Type.Optional(Roles), disabled: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
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
      { name: Type.String({ minLength: 1, maxLength: 120 }), roles: Roles, expiresAt: Type.Optional(Maybe(Instant('Until'))) },
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
    query: Type.Object({ ...pageQuery, ...auditFilter }),
    response: Page(AuditEntry),
  },
  getAuditStatus: {
    method: 'GET',
    path: '/v1/audit/status',
    summary: 'How far the audit log is sealed, and where its seals are kept outside',
    permission: 'audit.read',
    response: AuditStatus,
  },
  exportAudit: {
    method: 'GET',
    path: '/v1/audit/export',
    summary:
      'The audit log as a file, for `waybill verify-audit`. JSONL has proofs and ends with a signed manifest; the manifest of a CSV is read by the id in the header X-Waybill-Export',
    permission: 'audit.export',
    query: Type.Object({
      format: Type.Optional(Type.Union([Type.Literal('jsonl'), Type.Literal('csv')], { default: 'jsonl' })),
      ...auditFilter,
    }),
    produces: 'application/jsonl',
    response: Type.String(),
  },
  getAuditManifest: {
    method: 'GET',
    path: '/v1/audit/exports/{id}/manifest',
    summary: 'The signed manifest of an export that ended',
    permission: 'audit.export',
    params: Type.Object({ id: Id('exp', 'The export') }),
    response: AuditManifest,
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
  approve: {
    method: 'POST',
    path: '/v1/approvals/{id}/approve',
    summary: 'Approve exactly what was shown',
    permission: 'approval.decide',
    params: ApprovalParam,
    body: Decision,
    response: Approval,
  },
  reject: {
    method: 'POST',
    path: '/v1/approvals/{id}/reject',
    summary: 'Reject; the message becomes an exception',
    permission: 'approval.decide',
    params: ApprovalParam,
    body: Decision,
    response: Approval,
  },
});
