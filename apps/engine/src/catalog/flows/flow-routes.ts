/** Flows: their files, and whether they run. */
import { Type } from '@sinclair/typebox';
import { AnyJson, Instant, Maybe, Name, Page } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { NameParam, Note, Version, AsDraft, CheckResult } from '../fields.js';
import { ReleaseRef } from './release-routes.js';

export const FlowItem = Type.Object({
  name: Name('The flow'),
  description: Type.String(),
  state: Type.Union(
    ['on', 'paused', 'draining'].map((state) => Type.Literal(state)),
    { description: '`draining`: what was in when it began goes out, what comes later waits; then it is `paused`' },
  ),
  priority: Type.Union(
    ['high', 'normal', 'low'].map((priority) => Type.Literal(priority)),
    { description: 'Who gets the calls of a connection first' },
  ),
  source: Type.Object({ connection: Maybe(Type.String()), stream: Maybe(Type.String()), canonical: Maybe(Type.String()) }),
  target: Type.Object({ connection: Maybe(Type.String()), operation: Maybe(Type.String()), canonical: Maybe(Type.String()) }),
  mapping: Type.String(),
  release: Version,
  approver: Maybe(Type.String({ description: 'The role that approves its releases; null: saving goes live' })),
  candidate: Maybe(
    Type.Composite(
      [
        ReleaseRef,
        Type.Object({ share: Maybe(Type.Object({ percent: Maybe(Type.Integer()), entities: Maybe(Type.Array(Type.String())) })) }),
      ],
      { description: 'The release that may go live next: in the shadow or on a share, else the newest' },
    ),
  ),
  counts: Type.Record(Type.String(), Type.Integer(), { description: 'Messages by state; final states over the last 24 hours' }),
  lastMessageAt: Maybe(Instant('Newest message')),
});

export const flowRoutes = defineRoutes({
  listFlows: { method: 'GET', path: '/v1/flows', summary: 'Flows', permission: 'flow.read', response: Page(FlowItem) },
  getFlow: {
    method: 'GET',
    path: '/v1/flows/{name}',
    summary: 'One flow with its file',
    permission: 'flow.read',
    params: NameParam,
    response: Type.Composite([FlowItem, Type.Object({ yaml: Type.String(), definition: AnyJson, releases: Type.Array(Version) })]),
  },
  putFlow: {
    method: 'PUT',
    path: '/v1/flows/{name}',
    summary:
      'Save a flow: a new release goes live, or waits as a draft where the flow names who approves or `draft` asks for it. Every problem is told at once',
    permission: 'flow.write',
    params: NameParam,
    query: Type.Object({ draft: AsDraft }),
    body: Type.Object(
      {
        yaml: Type.Optional(Type.String({ maxLength: 100_000 })),
        definition: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        note: Note,
        draft: AsDraft,
        mappingVersion: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 2_000_000_000, description: 'Of its mapping; left out: the one that is live in the flow' }),
        ),
        expectedVersion: Type.Optional(
          Type.Integer({
            minimum: 0,
            maximum: 2_000_000_000,
            description: 'Of the live release that the file began from, 0 for a new flow: refuse when another one went live in between',
          }),
        ),
      },
      { additionalProperties: false, description: 'The flow file as YAML text, or the same as a JSON object' },
    ),
    textBody: ['application/yaml', 'text/yaml'],
    response: Type.Composite([
      FlowItem,
      Type.Object({ made: Maybe(Type.Composite([ReleaseRef], { description: 'What the save became; null when it was live already' })) }),
    ]),
  },
  checkFlow: {
    method: 'POST',
    path: '/v1/flows/check',
    summary: 'Check a flow file without saving it',
    permission: 'flow.read',
    body: Type.Object({ yaml: Type.String({ maxLength: 100_000 }) }, { additionalProperties: false }),
    response: Type.Composite([CheckResult, Type.Object({ definition: Maybe(AnyJson) })]),
  },
  pauseFlow: {
    method: 'POST',
    path: '/v1/flows/{name}/pause',
    summary: 'Messages keep coming in and wait',
    permission: 'flow.write',
    params: NameParam,
    response: FlowItem,
  },
  drainFlow: {
    method: 'POST',
    path: '/v1/flows/{name}/drain',
    summary: 'What is in goes out; what comes later waits. Paused by itself when nothing moves any more',
    permission: 'flow.write',
    params: NameParam,
    response: FlowItem,
  },
  resumeFlow: {
    method: 'POST',
    path: '/v1/flows/{name}/resume',
    summary: 'Go on',
    permission: 'flow.write',
    params: NameParam,
    response: FlowItem,
  },
});
