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
  hasPassword: Type.Boolean({ description: 'False: was invited and has not come yet, or signs in through the provider' }),
  rolesFrom: Type.String({ description: '`waybill`: given here; `provider`: by the groups of the provider' }),
  provider: Maybe(Type.String({ description: 'Issuer, when the user signs in through it' })),
  secondFactor: Type.Boolean(),
  linkOpen: Type.Boolean({ description: 'A link to choose a password is out' }),
  createdAt: Instant('Since'),
  lastSeenAt: Maybe(Instant('Last seen')),
});

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
const Session = Type.Object({
  id: Id('ses', 'The session'),
  userId: Type.String(),
  user: Type.String(),
  email: Type.String(),
  method: Type.String({ description: '`password` or `provider`' }),
  address: Maybe(Type.String({ description: 'It began from here' })),
  device: Maybe(Type.String({ description: 'What the browser says that it is' })),
  startedAt: Instant('Since'),
  lastSeenAt: Instant('Last request'),
  expiresAt: Instant('Ends then in all cases'),
  current: Type.Boolean({ description: 'The session of this request' }),
});

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

const Password = Type.String({ minLength: 1, maxLength: 200 });
const Code = Type.String({ minLength: 1, maxLength: 40, description: 'Of the authenticator app, or a recovery code' });
const LinkToken = Type.String({ minLength: 20, maxLength: 100, description: 'What stands behind the # of the link' });
const HandedOut = { mailed: Type.Boolean(), link: Maybe(Type.String({ description: 'Without a mail server: to hand on, shown once' })) };
const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Type.String({ description: 'Shown once' })) });
const Done = Type.Object({ done: Type.Boolean() });
const Permissions = Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 100 });
const UserParam = Type.Object({ id: Id('usr', 'The user') });
const SessionParam = Type.Object({ id: Id('ses', 'The session') });

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
    ownPagesOnly: true,
    body: Type.Object(
      { email: Type.String({ maxLength: 254 }), password: Type.String({ maxLength: 200 }), code: Type.Optional(Code) },
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
    summary: 'Change my password; all my sessions end, the answer sets the cookie of a new one',
    permission: 'signed-in',
    body: Type.Object({ current: Password, next: Password }, { additionalProperties: false }),
    response: Type.Object({ changed: Type.Boolean() }),
  },
  getSignInWays: {
    method: 'GET',
    path: '/v1/session/ways',
    summary: 'How one can sign in here',
    permission: 'public',
    response: Type.Object({
      provider: Maybe(Type.Object({ title: Type.String() })),
      mail: Type.Boolean({ description: 'A forgotten password can be reset by mail' }),
    }),
  },
  beginProviderSignIn: {
    method: 'POST',
    path: '/v1/session/provider/begin',
    summary: 'Begin a sign-in through the OpenID Connect provider: the browser goes to the address',
    permission: 'public',
    ownPagesOnly: true,
    body: Type.Object({}, { additionalProperties: false }),
    response: Type.Object({ address: Type.String() }),
  },
  finishProviderSignIn: {
    method: 'POST',
    path: '/v1/session/provider',
    summary: 'End it with what the provider sent back; the answer sets the session cookie',
    permission: 'public',
    ownPagesOnly: true,
    body: Type.Object(
      { search: Type.String({ maxLength: 8_000, description: 'What stands behind the ? of the address the browser came back to' }) },
      { additionalProperties: false },
    ),
    response: Identity,
  },
  requestReset: {
    method: 'POST',
    path: '/v1/session/reset',
    summary: 'Ask for a link to choose a new password; the answer is the same for an address that is not known',
    permission: 'public',
    ownPagesOnly: true,
    status: 202,
    body: Type.Object({ email: Type.String({ minLength: 1, maxLength: 254 }) }, { additionalProperties: false }),
    response: Done,
  },
  readLink: {
    method: 'POST',
    path: '/v1/session/link',
    summary: 'Whom an invitation or a reset is for',
    permission: 'public',
    ownPagesOnly: true,
    body: Type.Object({ token: LinkToken }, { additionalProperties: false }),
    response: Type.Object({ purpose: Type.String(), email: Type.String(), name: Type.String() }),
  },
  useLink: {
    method: 'POST',
    path: '/v1/session/link/password',
    summary: 'Choose a password by an invitation or a reset; all sessions of the user end',
    permission: 'public',
    ownPagesOnly: true,
    body: Type.Object({ token: LinkToken, password: Password }, { additionalProperties: false }),
    response: Type.Object({ email: Type.String() }),
  },
  listMySessions: {
    method: 'GET',
    path: '/v1/session/all',
    summary: 'My sessions',
    permission: 'signed-in',
    response: Page(Session),
  },
  endMySession: {
    method: 'DELETE',
    path: '/v1/session/all/{id}',
    summary: 'End one of my sessions',
    permission: 'signed-in',
    params: SessionParam,
    response: Done,
  },
  endMyOtherSessions: {
    method: 'DELETE',
    path: '/v1/session/all',
    summary: 'End all my sessions but this one',
    permission: 'signed-in',
    response: Type.Object({ ended: Type.Integer() }),
  },
  getSecondFactor: {
    method: 'GET',
    path: '/v1/session/second-factor',
    summary: 'My second factor',
    permission: 'signed-in',
    response: Type.Object({
      enrolled: Type.Boolean(),
      since: Maybe(Instant('Since')),
      recoveryCodesLeft: Type.Integer(),
      hasPassword: Type.Boolean({ description: 'Without one the provider asks for the second factor' }),
    }),
  },
  beginSecondFactor: {
    method: 'POST',
    path: '/v1/session/second-factor',
    summary: 'Begin: a secret for the authenticator app, in force once a code of it has been confirmed',
    permission: 'signed-in',
    body: Type.Object({ current: Password }, { additionalProperties: false }),
    response: Type.Object({ secret: Type.String(), address: Type.String({ description: 'For the QR code' }) }),
  },
  confirmSecondFactor: {
    method: 'POST',
    path: '/v1/session/second-factor/confirm',
    summary: 'Confirm with a code of the app; my other sessions end',
    permission: 'signed-in',
    body: Type.Object({ code: Code }, { additionalProperties: false }),
    response: RecoveryCodes,
  },
  renewRecoveryCodes: {
    method: 'POST',
    path: '/v1/session/second-factor/recovery-codes',
    summary: 'New recovery codes; the old ones are void',
    permission: 'signed-in',
    body: Type.Object({ current: Password }, { additionalProperties: false }),
    response: RecoveryCodes,
  },
  removeSecondFactor: {
    method: 'POST',
    path: '/v1/session/second-factor/remove',
    summary: 'Sign in without a second factor from now on; my other sessions end',
    permission: 'signed-in',
    body: Type.Object({ current: Password }, { additionalProperties: false }),
    response: Done,
  },
  listSessions: {
    method: 'GET',
    path: '/v1/sessions',
    summary: 'Sessions of everybody',
    permission: 'access.read',
    query: Type.Object({ user: Type.Optional(Id('usr', 'Of this user only')) }),
    response: Page(Session),
  },
  endSession: {
    method: 'DELETE',
    path: '/v1/sessions/{id}',
    summary: 'End a session at once',
    permission: 'access.write',
    params: SessionParam,
    response: Done,
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
        password: Password,
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
    params: UserParam,
    body: Type.Object(
      { roles: Type.Optional(Roles), disabled: Type.Optional(Type.Boolean()), legalEntities: Type.Optional(Entities) },
      { additionalProperties: false },
    ),
    response: User,
  },
  inviteUser: {
    method: 'POST',
    path: '/v1/users/invitations',
    summary: 'Invite somebody, who chooses the password by a link',
    permission: 'access.write',
    status: 201,
    body: Type.Object(
      {
        email: Type.String({ format: 'email', maxLength: 254 }),
        name: Text('Name', 120),
        roles: Roles,
        legalEntities: Type.Optional(Entities),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ user: User, ...HandedOut }),
  },
  renewUserLink: {
    method: 'POST',
    path: '/v1/users/{id}/link',
    summary: 'Invite again, or let the user choose a new password; the link before is void',
    permission: 'access.write',
    params: UserParam,
    response: Type.Object(HandedOut),
  },
  resetSecondFactor: {
    method: 'DELETE',
    path: '/v1/users/{id}/second-factor',
    summary: 'Take the second factor from a user who has lost it; ends the sessions of the user',
    permission: 'access.write',
    params: UserParam,
    response: Done,
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
