import { Type } from '@sinclair/typebox';
import { Count, Day, Id, Instant, Maybe, Name, Page, pageQuery } from '../platform/http/fields.js';
import { AgeFilter, Facet, facetField, facetQuery, OrNot } from '../pipeline/routes.js';
import { defineRoutes } from '../platform/http/route.js';
import { facetRunsMax, runFields } from './run-fields.js';

export const Run = Type.Object({
  id: Id('run', 'The run'),
  kind: Type.Union(['poll', 'backfill', 'replay'].map((k) => Type.Literal(k))),
  connection: Maybe(Type.String()),
  stream: Maybe(Type.String()),
  flow: Maybe(Type.String()),
  since: Maybe(Type.String({ description: 'First day that a backfill was asked for' })),
  until: Maybe(Type.String({ description: 'Last day that a backfill was asked for' })),
  state: Type.Union(['running', 'succeeded', 'failed', 'cancelled'].map((s) => Type.Literal(s))),
  startedBy: Type.String(),
  startedAt: Instant('When'),
  endedAt: Maybe(Instant('When')),
  read: Count('Deliveries read, or messages chosen'),
  added: Count('Deliveries that were new'),
  pages: Count('Pages read'),
  reachedAt: Maybe(Instant('When the newest record that was read happened, by its source')),
  resumed: Count('How often another process went on with it, because the one before was gone'),
  replayed: Type.Boolean({
    description: 'Another run sent some of its messages again; messages are counted with the last run that they were of',
  }),
  messages: Type.Record(Type.String(), Type.Integer(), { description: 'Messages of the run by state' }),
  note: Maybe(Type.String()),
  error: Maybe(Type.String()),
});

const filter = {
  kind: Type.Optional(OrNot('poll, backfill or replay')),
  flow: Type.Optional(OrNot('Name of a flow; a run without one is of none')),
  state: Type.Optional(OrNot('As the list shows it: a replay is running while one of its messages is under way')),
  age: Type.Optional(AgeFilter('began')),
  replayed: Type.Optional(Type.Boolean({ description: 'Whether another run sent some of its messages again' })),
};

export const intakeRoutes = defineRoutes({
  receiveHook: {
    method: 'POST',
    path: '/v1/hooks/{connection}',
    summary:
      'A webhook of the connection. The raw body is verified, stored and then acknowledged; the same delivery again is acknowledged and changes nothing',
    permission: 'public',
    params: Type.Object({ connection: Name('The connection') }),
    query: Type.Object({
      validationToken: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 500,
          description: 'A vendor that asks the address before it sends gets this back as plain text, and nothing is stored',
        }),
      ),
    }),
    textBody: ['*'],
    response: Type.Object({ accepted: Type.Boolean(), duplicate: Type.Boolean(), deliveryId: Type.String() }),
  },
  listUnreadDeliveries: {
    method: 'GET',
    path: '/v1/deliveries/unread',
    summary:
      'Deliveries that the connector did not understand, newest first, each with the reason. Nothing for whoever may not see what is unassigned',
    permission: 'message.read',
    query: Type.Object({ limit: pageQuery.limit, cursor: pageQuery.cursor, connection: Type.Optional(Name('The connection')) }),
    response: Page(
      Type.Object({
        id: Id('inb', 'The delivery'),
        connection: Type.String(),
        deliveryId: Type.String({ description: 'As its source calls it' }),
        via: Type.String({ description: '`webhook`, `poll` or `push`' }),
        stream: Maybe(Type.String()),
        receivedAt: Instant('When'),
        problem: Type.String({ description: 'What is wrong with it, and where' }),
      }),
    ),
  },
  listRuns: {
    method: 'GET',
    path: '/v1/runs',
    summary: 'Polls, backfills and replays, newest first. Polls that brought nothing are not kept',
    permission: 'message.read',
    query: Type.Object({
      ...pageQuery,
      ...filter,
    }),
    response: Page(Run),
  },
  getRunFacet: {
    method: 'GET',
    path: '/v1/runs/facets',
    summary: 'Values of one filter of the list of runs with how many runs have each, under the other filters',
    permission: 'message.read',
    query: Type.Object({ field: facetField(runFields), ...facetQuery, ...filter }),
    response: Facet(runFields, facetRunsMax),
  },
  getRun: {
    method: 'GET',
    path: '/v1/runs/{id}',
    summary: 'One run',
    permission: 'message.read',
    params: Type.Object({ id: Id('run', 'The run') }),
    response: Run,
  },
  startRun: {
    method: 'POST',
    path: '/v1/flows/{name}/runs',
    summary: 'Read the source of a flow now (poll), or again over a range (backfill)',
    permission: 'run.start',
    status: 202,
    params: Type.Object({ name: Name('The flow') }),
    body: Type.Object(
      {
        kind: Type.Union([Type.Literal('poll'), Type.Literal('backfill')]),
        since: Type.Optional(Day('First day, for a backfill')),
        until: Type.Optional(Day('Last day, for a backfill')),
      },
      { additionalProperties: false },
    ),
    response: Run,
  },
  cancelRun: {
    method: 'POST',
    path: '/v1/runs/{id}/cancel',
    summary: 'Stop a poll or a backfill after the page under way',
    permission: 'run.start',
    params: Type.Object({ id: Id('run', 'The run') }),
    response: Run,
  },
});
