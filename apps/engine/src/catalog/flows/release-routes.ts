/** Releases of flows: from draft to live and back, and who approves them. */
import { Type, type TProperties } from '@sinclair/typebox';
import { Count, Id, Instant, Maybe, Name, Page, pageQuery } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { releaseStates } from './release-life.js';

const strict = { additionalProperties: false };
const FlowParam = Type.Object({ name: Name('The flow') });
const ReleaseParam = Type.Object({ id: Id('rel', 'The release') });
const Reason = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S', description: 'Why; stays in the history of the flow' });
const State = Type.Unsafe<(typeof releaseStates)[number]>({
  ...Type.Union(releaseStates.map((state) => Type.Literal(state))),
  description: '`shadow`: maps what comes in beside the live one, and sends nothing; `share`: takes a part of new messages',
});

export const ReleaseRef = Type.Object({ id: Id('rel', 'The release'), version: Type.Integer(), state: State });

const Mapping = Type.Object({ name: Type.String(), version: Type.Integer() });
const Share = Type.Object({
  percent: Maybe(Type.Integer({ description: 'Of the ordering keys' })),
  entities: Maybe(Type.Array(Type.String(), { description: 'Legal entities' })),
  stop: Type.Object({ points: Type.Integer(), minimum: Type.Integer() }),
});
const Counted = Type.Object(
  {
    messages: Count('Messages that came in under it'),
    ended: Count('Those that have come to an end, or stopped'),
    exceptions: Count('Those that stopped as an exception at least once'),
  },
  { description: 'Among the newest 10,000 messages of the flow that the caller sees' },
);

const Release = Type.Object({
  id: Id('rel', 'The release'),
  flow: Type.String(),
  version: Type.Integer(),
  state: State,
  contentHash: Type.String({ description: 'Of the flow, its mapping and all else that it depends on' }),
  mapping: Mapping,
  note: Maybe(Type.String()),
  createdAt: Instant('When'),
  createdBy: Type.String(),
  submittedAt: Maybe(Instant('When somebody asked for the approval')),
  submittedBy: Maybe(Type.String()),
  approvedAt: Maybe(Instant('When')),
  approvedBy: Maybe(Type.String()),
  underWaySince: Maybe(Instant('Since when in the shadow or on a share')),
  share: Maybe(Share),
  liveSince: Maybe(Instant('When it went live last')),
  counted: Counted,
});
const Event = Type.Object({
  releaseId: Id('rel', 'The release'),
  version: Type.Integer(),
  at: Instant('When'),
  from: Maybe(State),
  to: State,
  reason: Maybe(Type.String()),
  by: Type.String(),
  details: Type.Record(Type.String(), Type.Unknown()),
});
const Content = Type.Object({
  id: Id('rel', 'The release'),
  version: Type.Integer(),
  yaml: Type.String(),
  mapping: Type.Composite([Mapping, Type.Object({ source: Type.String() })]),
});

export const ReleaseDetail = Type.Composite([
  Release,
  Type.Object({
    approver: Maybe(Type.String({ description: 'The role that approves releases of the flow' })),
    approval: Maybe(
      Type.Object({
        id: Id('apr', 'The approval'),
        state: Type.String(),
        decidedAt: Maybe(Instant('When')),
        decidedBy: Maybe(Type.String()),
        reason: Maybe(Type.String()),
      }),
    ),
    evidence: Type.Unknown({ description: 'Sums of the comparison that was made when it was submitted; null where there was none' }),
    content: Content,
    live: Type.Composite([Content, Type.Object({ counted: Counted })], { description: 'What is live, to set beside it' }),
    mayShare: Type.Object({
      percent: Type.Boolean(),
      entities: Type.Boolean(),
      why: Maybe(Type.String({ description: 'Why one of them is not possible' })),
    }),
    history: Type.Array(Event, { description: 'What happened to it, oldest first; the newest 100' }),
  }),
]);

const act = <Fields extends TProperties = Record<never, never>>(path: string, summary: string, fields = {} as Fields) =>
  ({
    method: 'POST',
    path: `/v1/releases/{id}/${path}`,
    summary,
    permission: 'release.steer',
    params: ReleaseParam,
    body: Type.Object({ ...fields, reason: Reason }, strict),
    response: ReleaseDetail,
  }) as const;

export const releaseRoutes = defineRoutes({
  governFlow: {
    method: 'PUT',
    path: '/v1/flows/{name}/approver',
    summary: 'Who approves a release of the flow from now on; null for nobody. Releases that nobody of that role approved are drafts again',
    permission: 'flow.govern',
    params: FlowParam,
    body: Type.Object(
      {
        approver: Maybe(Type.Unsafe<'finance-approver' | 'admin'>(Type.Union(['finance-approver', 'admin'].map((r) => Type.Literal(r))))),
        reason: Reason,
      },
      strict,
    ),
    response: Type.Object({ flow: Type.String(), approver: Maybe(Type.String()) }),
  },
  listReleases: {
    method: 'GET',
    path: '/v1/flows/{name}/releases',
    summary:
      'Releases of a flow, newest first: who made and approved them, since when they are live, and how many of their messages stopped',
    permission: 'flow.read',
    params: FlowParam,
    query: Type.Object({ limit: pageQuery.limit, cursor: pageQuery.cursor }),
    response: Page(Release),
  },
  listReleaseEvents: {
    method: 'GET',
    path: '/v1/flows/{name}/release-events',
    summary: 'What happened to the releases of a flow, newest first; nothing of it is ever rewritten',
    permission: 'flow.read',
    params: FlowParam,
    query: Type.Object({ limit: pageQuery.limit, cursor: pageQuery.cursor }),
    response: Page(Event),
  },
  getRelease: {
    method: 'GET',
    path: '/v1/releases/{id}',
    summary: 'One release beside the one that is live: files, mappings, evidence, history',
    permission: 'flow.read',
    params: ReleaseParam,
    response: ReleaseDetail,
  },
  submitRelease: {
    method: 'POST',
    path: '/v1/releases/{id}/submit',
    summary:
      'Ask for the approval of exactly what was shown, with the sums of a comparison as evidence; where the flow names no approver it is approved at once',
    permission: 'flow.write',
    params: ReleaseParam,
    body: Type.Object({ contentHash: Type.String({ maxLength: 100 }), reason: Reason }, strict),
    response: ReleaseDetail,
  },
  withdrawRelease: {
    method: 'POST',
    path: '/v1/releases/{id}/withdraw',
    summary: 'Give up a release that is not live',
    permission: 'flow.write',
    params: ReleaseParam,
    body: Type.Object({ reason: Reason }, strict),
    response: ReleaseDetail,
  },
  shadowRelease: act('shadow', 'Let an approved release map what comes in beside the live one; it sends nothing'),
  shareRelease: act('share', 'Give an approved release a part of new messages, by percent or by legal entity; again, to change the part', {
    percent: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'Of the ordering keys, by a hash' })),
    entities: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 100 })),
    stop: Type.Optional(
      Type.Object(
        {
          points: Type.Integer({
            minimum: 0,
            maximum: 100,
            default: 5,
            description: 'Percentage points more exceptions than the live release',
          }),
          minimum: Type.Integer({ minimum: 1, maximum: 10_000, default: 20, description: 'Messages before it is judged' }),
        },
        { ...strict, description: 'When the share is taken back by itself' },
      ),
    ),
  }),
  makeReleaseLive: act('live', 'Make an approved release the live one: every new message comes under it'),
  stopRelease: act('stop', 'End the shadow or the share of a release: every new message comes under the live one'),
  rollBackFlow: {
    method: 'POST',
    path: '/v1/flows/{name}/roll-back',
    summary: 'Make an earlier release live again, in one act. What was posted stays posted; nothing of the history is rewritten',
    permission: 'release.steer',
    params: FlowParam,
    body: Type.Object({ version: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }), reason: Reason }, strict),
    response: ReleaseDetail,
  },
});
