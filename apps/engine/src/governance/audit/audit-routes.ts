/** The audit log: read, watched, exported. */
import { Type } from '@sinclair/typebox';
import { AnyJson, Id, Instant, Maybe, Page, pageQuery } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';

const AuditEntry = Type.Object({
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

export const auditRoutes = defineRoutes({
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
});
