import { exceptionCategories } from '@waybill/sdk';
import { Type } from '@sinclair/typebox';
import { Amount, AnyJson, Count, Id, Instant, Maybe, Page, pageQuery, Text } from '../platform/http/fields.js';
import { defineRoutes } from '../platform/http/route.js';

const Category = Type.Union(exceptionCategories.map((c) => Type.Literal(c)));

/** Where the cure is, so that a screen can lead there. */
const Fix = Type.Union([
  Type.Object(
    { kind: Type.Literal('table'), table: Type.String(), by: Type.Record(Type.String(), Type.String()) },
    { description: 'A row of a table is missing or wrong' },
  ),
  Type.Object(
    { kind: Type.Literal('target'), connection: Type.String() },
    { description: 'Something must be put right in the target system' },
  ),
  Type.Object({ kind: Type.Literal('mapping'), mapping: Type.String() }, { description: 'The mapping does not fit the record' }),
  Type.Object({ kind: Type.Literal('connection'), connection: Type.String() }, { description: 'The connection does not work' }),
  Type.Object({ kind: Type.Literal('source') }, { description: 'The record must be put right where it comes from' }),
  Type.Object({ kind: Type.Literal('decision') }, { description: 'A person must decide; nothing is broken' }),
]);

export const ExceptionItem = Type.Object({
  id: Id('exc', 'The exception'),
  messageId: Id('msg', 'The message it stopped'),
  flow: Type.String(),
  category: Category,
  code: Text('Code of the catalogue or of the vendor', 200),
  cause: Text('What is wrong, in plain words'),
  causeKey: Text('The same for all exceptions of one root cause', 200),
  remedy: Text('What to do about it'),
  vendorWords: Maybe(Text("The vendor's own words")),
  path: Maybe(Text('Where in the document', 500)),
  stage: Text('Stage it stopped at', 20),
  fix: Fix,
  state: Type.Union([Type.Literal('open'), Type.Literal('resolved')]),
  assignee: Maybe(Type.String()),
  openedAt: Instant('When it stopped'),
  closedAt: Maybe(Instant('When it ended')),
  closedBy: Maybe(Type.String()),
  resolution: Maybe(Text('How it ended')),
  title: Maybe(Type.String()),
  customer: Maybe(Type.String()),
  legalEntity: Maybe(Type.String()),
  amount: Maybe(Amount),
  attempts: Count('Calls to the target'),
});

export const ExceptionGroup = Type.Object({
  causeKey: Type.String(),
  category: Category,
  code: Type.String(),
  cause: Type.String(),
  remedy: Type.String(),
  fix: Fix,
  count: Type.Integer(),
  amounts: Type.Array(Amount, { description: 'Money held, a sum per currency' }),
  flows: Type.Array(Type.String()),
  oldestAt: Instant('The oldest'),
  newestAt: Instant('The newest'),
  sample: Id('exc', 'One of them'),
});

const Selection = Type.Object(
  {
    messages: Type.Optional(Type.Array(Id('msg', 'A message'), { maxItems: 1000 })),
    causeKey: Type.Optional(Type.String({ maxLength: 200, description: 'All open exceptions of this root cause' })),
  },
  { additionalProperties: false, description: 'What to replay: messages by id, or a whole group' },
);

export const ReplayItem = Type.Object({
  messageId: Id('msg', 'The message'),
  flow: Type.String(),
  title: Maybe(Type.String()),
  amount: Maybe(Amount),
  verdict: Type.Union(['sends', 'posts-nothing', 'still-fails', 'refused'].map((v) => Type.Literal(v))),
  reason: Text('Why, one sentence'),
  versions: Type.Object({
    release: Type.Integer(),
    mapping: Maybe(Type.Object({ name: Type.String(), version: Type.Integer() })),
    tables: Type.Array(Type.Object({ name: Type.String(), used: Maybe(Type.Integer()), current: Type.Integer() }), {
      description: 'Version read the last time, and the one a replay reads',
    }),
  }),
  before: Maybe(AnyJson),
  after: Maybe(AnyJson),
});

export const exceptionRoutes = defineRoutes({
  listExceptions: {
    method: 'GET',
    path: '/v1/exceptions',
    summary: 'Exceptions, oldest open first',
    permission: 'exception.read',
    query: Type.Object({
      ...pageQuery,
      state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('resolved'), Type.Literal('all')], { default: 'open' })),
      category: Type.Optional(Category),
      flow: Type.Optional(Type.String({ maxLength: 80 })),
      causeKey: Type.Optional(Type.String({ maxLength: 200 })),
      message: Type.Optional(Type.String({ maxLength: 40 })),
      q: Type.Optional(Type.String({ maxLength: 200, description: 'Document number, customer or cause contains' })),
    }),
    response: Page(ExceptionItem),
  },
  listExceptionGroups: {
    method: 'GET',
    path: '/v1/exceptions/groups',
    summary: 'Open exceptions by root cause, most money and oldest first',
    permission: 'exception.read',
    response: Type.Object({ items: Type.Array(ExceptionGroup) }),
  },
  getException: {
    method: 'GET',
    path: '/v1/exceptions/{id}',
    summary: 'One exception',
    permission: 'exception.read',
    params: Type.Object({ id: Id('exc', 'The exception') }),
    response: ExceptionItem,
  },
  assignException: {
    method: 'POST',
    path: '/v1/exceptions/{id}/assign',
    summary: 'Give an exception to somebody, or take it back with null',
    permission: 'exception.work',
    params: Type.Object({ id: Id('exc', 'The exception') }),
    body: Type.Object({ assignee: Maybe(Type.String({ maxLength: 200 })) }, { additionalProperties: false }),
    response: ExceptionItem,
  },
  resolveException: {
    method: 'POST',
    path: '/v1/exceptions/{id}/resolve',
    summary: 'End an exception without posting: booked by hand, or not to be posted at all',
    permission: 'exception.work',
    params: Type.Object({ id: Id('exc', 'The exception') }),
    body: Type.Object({ reason: Type.String({ minLength: 3, maxLength: 500 }) }, { additionalProperties: false }),
    response: ExceptionItem,
  },
  previewReplay: {
    method: 'POST',
    path: '/v1/replays/preview',
    summary: 'What a replay would do, without doing it: versions, verdict and the changed request of each message',
    permission: 'message.replay',
    body: Selection,
    response: Type.Object({
      count: Type.Integer(),
      amounts: Type.Array(Amount),
      verdicts: Type.Record(Type.String(), Type.Integer()),
      items: Type.Array(ReplayItem, { description: 'The first 50' }),
    }),
  },
  startReplay: {
    method: 'POST',
    path: '/v1/replays',
    summary: 'Send stored messages again: the same release, the tables as they are now. What is already posted posts nothing',
    permission: 'message.replay',
    status: 202,
    body: Type.Composite([Selection, Type.Object({ reason: Type.Optional(Type.String({ maxLength: 500 })) })], {
      additionalProperties: false,
    }),
    response: Type.Object({
      runId: Id('run', 'The run that records the replay'),
      accepted: Type.Integer(),
      refused: Type.Array(Type.Object({ messageId: Type.String(), reason: Type.String() })),
    }),
  },
});
