/** Approvals: the desk, and what is decided there. */
import { Type } from '@sinclair/typebox';
import { Amount, AnyJson, Id, Instant, Maybe, Page, pageQuery } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';

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

export const approvalRoutes = defineRoutes({
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
