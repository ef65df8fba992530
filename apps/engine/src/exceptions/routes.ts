import { exceptionCategories } from '@waybill/sdk';
import { Type } from '@sinclair/typebox';
import { ImpactOnExceptions, RowInput, TableDraftDetail } from '../catalog/routes.js';
import { AgeFilter, Ageing, AmountFilter, CurrencyFilter, Facet, facetField, facetQuery, OrNot } from '../pipeline/routes.js';
import { Amount, Count, Id, Instant, Maybe, Page, pageQuery } from '../platform/http/fields.js';
import { defineRoutes } from '../platform/http/route.js';
import { dueStates } from './clock.js';
import {
  Acted,
  exceptionFields,
  facetExceptionsMax,
  ExceptionGroup,
  ExceptionItem,
  HistoryEntry,
  Outcome,
  ReplayItem,
  ReplayRecord,
  Selection,
} from './fields.js';
import { editRoutes } from './edits/edit-routes.js';
import { workingHoursRoutes } from './working-hours/working-hours-routes.js';
import { commentLengthMax, statesAskedFor } from './life.js';

export { ExceptionGroup, ExceptionItem, ReplayItem } from './fields.js';

const replayReleases = ['kept', 'live'] as const;
const oneOf = <T extends string>(values: readonly T[]) => Type.Union(values.map((value) => Type.Literal(value)));

/** Which exceptions: the same for the list, the groups, a file and a selection. */
const filter = {
  state: Type.Optional(OrNot(`${statesAskedFor.map((state) => `\`${state}\``).join(', ')}. \`to-do\`, the default: open or in progress`)),
  category: Type.Optional(OrNot(`Category: ${exceptionCategories.join(', ')}`)),
  flow: Type.Optional(OrNot('Name of a flow')),
  legalEntity: Type.Optional(OrNot('Legal entity')),
  causeKey: Type.Optional(Type.String({ maxLength: 200 })),
  message: Type.Optional(Type.String({ maxLength: 40 })),
  owner: Type.Optional(OrNot('Id of a user, `me`, or `nobody`')),
  snoozed: Type.Optional(
    Type.Unsafe<'no' | 'only' | 'also'>({
      ...oneOf(['no', 'only', 'also']),
      description: 'Those that are put off: left out, alone, or among the others. Left out by default, unless one message is asked for',
    }),
  ),
  due: Type.Optional(OrNot(`State of the service-level clock: ${dueStates.join(', ')}`)),
  age: Type.Optional(AgeFilter('stopped')),
  currency: Type.Optional(CurrencyFilter),
  amount: Type.Optional(AmountFilter),
  q: Type.Optional(Type.String({ maxLength: 200, description: 'Document number, customer or cause contains' })),
};

const params = Type.Object({ id: Id('exc', 'The exception') });
const selectionParams = Type.Object({ id: Id('sel', 'The selection') });
const replayParams = Type.Object({ id: Id('run', 'The replay') });
const strict = { additionalProperties: false };
const Assign = Type.Object(
  { assignee: Maybe(Type.String({ minLength: 1, maxLength: 254, description: 'Id or e-mail address of a user' })) },
  strict,
);
const reason = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' });
const Resolve = Type.Object({ reason }, strict);
const Snooze = Type.Object({ until: Maybe(Instant('When it comes back')), reason: Type.Optional(Type.String({ maxLength: 500 })) }, strict);

const Chosen = {
  messages: Type.Optional(Type.Array(Id('msg', 'A message'), { maxItems: 1000 })),
  causeKey: Type.Optional(Type.String({ maxLength: 200, description: 'All exceptions of this root cause that are to do' })),
  selection: Type.Optional(Id('sel', 'A selection, which a replay uses up')),
  release: Type.Optional(
    Type.Unsafe<(typeof replayReleases)[number]>({
      ...oneOf(replayReleases),
      default: 'kept',
      description: '`kept`: the release that each message came in under; `live`: the one that is live in its flow now',
    }),
  ),
};

const ownRoutes = defineRoutes({
  listExceptions: {
    method: 'GET',
    path: '/v1/exceptions',
    summary: 'Exceptions; those over their time first, then most money times age',
    permission: 'exception.read',
    query: Type.Object({
      ...pageQuery,
      ...filter,
      sort: Type.Optional(
        Type.Unsafe<'urgent' | 'oldest' | 'newest'>({
          ...oneOf(['urgent', 'oldest', 'newest']),
          description: '`urgent` by default; `newest` where those that have ended are asked for',
        }),
      ),
    }),
    response: Page(ExceptionItem),
  },
  listExceptionGroups: {
    method: 'GET',
    path: '/v1/exceptions/groups',
    summary: 'Exceptions by root cause, at most 200 causes; those over their time first, then most money times age',
    permission: 'exception.read',
    query: Type.Object(filter),
    response: Type.Object({ items: Type.Array(ExceptionGroup), more: Type.Boolean({ description: 'There are more causes' }) }),
  },
  getExceptionAgeing: {
    method: 'GET',
    path: '/v1/exceptions/ageing',
    summary: 'Exceptions by currency of what they hold and age since they opened',
    permission: 'exception.read',
    query: Type.Object(filter),
    response: Ageing,
  },
  getExceptionFacet: {
    method: 'GET',
    path: '/v1/exceptions/facets',
    summary:
      'Values of one filter of the work list with how many exceptions have each, under the other filters. Of the filter `state` those of all exceptions',
    permission: 'exception.read',
    query: Type.Object({ field: facetField(exceptionFields), ...facetQuery, ...filter }),
    response: Facet(exceptionFields, facetExceptionsMax),
  },
  exportExceptions: {
    method: 'GET',
    path: '/v1/exceptions/export',
    summary: 'Exceptions as CSV, in which no cell is a formula; at most 10,000. An entry of the audit log',
    permission: 'exception.read',
    query: Type.Object(filter),
    produces: 'text/csv',
    response: Type.String(),
  },
  listAssignees: {
    method: 'GET',
    path: '/v1/exceptions/assignees',
    summary: 'Users whom an exception can be given to',
    permission: 'exception.work',
    response: Type.Object({ items: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })) }),
  },
  getException: {
    method: 'GET',
    path: '/v1/exceptions/{id}',
    summary: 'One exception',
    permission: 'exception.read',
    params,
    response: ExceptionItem,
  },
  getExceptionHistory: {
    method: 'GET',
    path: '/v1/exceptions/{id}/history',
    summary: 'What people did to an exception, and what the pipeline did with its message meanwhile, oldest first; the newest 500',
    permission: 'exception.read',
    params,
    response: Type.Object({ items: Type.Array(HistoryEntry), more: Type.Boolean({ description: 'There are older entries' }) }),
  },
  assignException: {
    method: 'POST',
    path: '/v1/exceptions/{id}/assign',
    summary: 'Give an exception to a user, take it up by giving it to yourself, or give it back with null',
    permission: 'exception.work',
    params,
    body: Assign,
    response: ExceptionItem,
  },
  snoozeException: {
    method: 'POST',
    path: '/v1/exceptions/{id}/snooze',
    summary: 'Put an exception off until an instant within 92 days; it comes back by itself. With null it is back now',
    permission: 'exception.work',
    params,
    body: Snooze,
    response: ExceptionItem,
  },
  commentException: {
    method: 'POST',
    path: '/v1/exceptions/{id}/comments',
    summary: 'Write a comment. It stays as it is; an exception may have 200',
    permission: 'exception.work',
    params,
    body: Type.Object({ text: Type.String({ minLength: 1, maxLength: commentLengthMax, pattern: '\\S' }) }, strict),
    response: ExceptionItem,
  },
  resolveException: {
    method: 'POST',
    path: '/v1/exceptions/{id}/resolve',
    summary: 'End an exception without posting: booked by hand, or not to be posted at all',
    permission: 'exception.work',
    params,
    body: Resolve,
    response: ExceptionItem,
  },
  draftForException: {
    method: 'POST',
    path: '/v1/exceptions/{id}/table-draft',
    summary: 'Begin a draft of the table that an exception names, and tell which exceptions it would clear',
    permission: 'table.write',
    status: 201,
    params,
    body: Type.Object(
      { put: Type.Array(RowInput, { minItems: 1, maxItems: 100 }), reason: Type.Optional(Type.String({ maxLength: 500 })) },
      strict,
    ),
    response: Type.Object({ draft: TableDraftDetail, exceptions: ImpactOnExceptions }),
  },
  makeSelection: {
    method: 'POST',
    path: '/v1/selections',
    summary: 'Freeze what matches a filter now, or exceptions by id: counted, hashed, used once within 30 minutes; at most 10,000',
    permission: 'message.replay',
    body: Type.Object(
      {
        filter: Type.Optional(Type.Object(filter, strict)),
        exceptions: Type.Optional(Type.Array(Id('exc', 'An exception'), { minItems: 1, maxItems: 1000 })),
      },
      { ...strict, description: 'Exceptions, or a filter; neither means all that is to do' },
    ),
    response: Selection,
  },
  getSelection: {
    method: 'GET',
    path: '/v1/selections/{id}',
    summary: 'A selection of your own',
    permission: 'message.replay',
    params: selectionParams,
    response: Selection,
  },
  assignSelection: {
    method: 'POST',
    path: '/v1/selections/{id}/assign',
    summary: 'Give all of a selection to a user, or back with null; uses the selection up',
    permission: 'exception.work',
    params: selectionParams,
    body: Assign,
    response: Acted,
  },
  snoozeSelection: {
    method: 'POST',
    path: '/v1/selections/{id}/snooze',
    summary: 'Put all of a selection off until an instant; uses the selection up',
    permission: 'exception.work',
    params: selectionParams,
    body: Snooze,
    response: Acted,
  },
  resolveSelection: {
    method: 'POST',
    path: '/v1/selections/{id}/resolve',
    summary: 'End all of a selection without posting, with one reason; uses the selection up',
    permission: 'exception.work',
    params: selectionParams,
    body: Resolve,
    response: Acted,
  },
  previewReplay: {
    method: 'POST',
    path: '/v1/replays/preview',
    summary: 'What a replay would do, without doing it: versions, verdict and the changed request of each message',
    permission: 'message.replay',
    body: Type.Object(Chosen, { ...strict, description: 'What to replay, one of them: messages by id, a whole group, or a selection' }),
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
    summary:
      'Send stored messages again: the same release or the live one, the tables as they are now. What is already posted posts nothing',
    permission: 'message.replay',
    status: 202,
    body: Type.Object(
      {
        ...Chosen,
        reason: Type.Optional(Type.String({ maxLength: 500 })),
        perMinute: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 6_000,
            description: 'At most so many begin a minute, oldest first; as fast as their targets take them otherwise',
          }),
        ),
        stopAfter: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 10_000,
            description: 'When so many have stopped again, what has not begun is taken back, as by a cancel; looked at every three seconds',
          }),
        ),
      },
      strict,
    ),
    response: Type.Object({
      runId: Id('run', 'The run that records the replay'),
      accepted: Type.Integer(),
      refused: Type.Array(Type.Object({ messageId: Type.String(), reason: Type.String() })),
    }),
  },
  getReplay: {
    method: 'GET',
    path: '/v1/replays/{id}',
    summary: 'How far a replay is: its messages by what became of them',
    permission: 'message.read',
    params: replayParams,
    response: Type.Object({
      runId: Id('run', 'The run that records the replay'),
      total: Count('Messages that it was asked for'),
      outcomes: Type.Record(Type.String(), Type.Integer(), { description: 'Messages by outcome; an outcome that is not named has none' }),
      mayCancel: Type.Boolean({ description: 'Some have not begun' }),
      stopAfter: Maybe(Type.Integer({ description: 'It ends by itself when so many have stopped again' })),
      lastBeginsAt: Maybe(Instant('When the last that has not begun may begin; null: none rests')),
      cancelled: Type.Boolean(),
    }),
  },
  listReplayRecords: {
    method: 'GET',
    path: '/v1/replays/{id}/records',
    summary: 'What became of each message of a replay',
    permission: 'message.read',
    params: replayParams,
    query: Type.Object({ ...pageQuery, outcome: Type.Optional(Outcome) }),
    response: Page(ReplayRecord),
  },
  cancelReplay: {
    method: 'POST',
    path: '/v1/replays/{id}/cancel',
    summary: 'Take back what a replay has not begun: those are exceptions again. What is under way goes on',
    permission: 'message.replay',
    params: replayParams,
    response: Type.Object({ calledBack: Count('Taken back'), goesOn: Count('Under way, so they go on') }),
  },
});

export const exceptionRoutes = { ...ownRoutes, ...editRoutes, ...workingHoursRoutes };
