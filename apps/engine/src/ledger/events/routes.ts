import { Type } from '@sinclair/typebox';
import { CompatibilityFields } from '../../catalog/routes.js';
import { driftFields, driftMarks, InferredSchema, inferredQuery } from '../../pipeline/routes.js';
import { payloadsMax } from '../../pipeline/index.js';
import { AnyJson, Count, Id, Instant, Maybe, Page, pageQuery, Text } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { drift, limits } from './limits.js';

const EventId = (description: string) => Type.String({ description, pattern: '^ue_[1-9][0-9]{0,18}$', examples: ['ue_65536'] });

const CloudEvent = Type.Object(
  {
    specversion: Type.Literal('1.0'),
    id: Type.String({ minLength: 1, maxLength: limits.idBytesMax, description: 'Unique in its source, for ever' }),
    source: Type.String({ minLength: 1, maxLength: limits.sourceBytesMax, description: 'Who says so: a URI reference' }),
    type: Type.String({ minLength: 1, maxLength: limits.typeBytesMax, description: 'What was used' }),
    subject: Type.Optional(Type.String({ minLength: 1, maxLength: limits.subjectBytesMax, description: 'Who used it' })),
    time: Type.Optional(Instant('When it was used; when it was received if it says nothing')),
    datacontenttype: Type.Optional(Type.String()),
    dataschema: Type.Optional(Type.String()),
    data: Type.Optional(AnyJson),
    data_base64: Type.Optional(Type.String({ description: 'Kept; no meter can look into it' })),
  },
  { description: 'A CloudEvent 1.0; further attributes are extensions' },
);

const Rejection = Type.Object({
  index: Count('Its place in the batch, or the number of its line, from 0'),
  id: Maybe(Type.String()),
  code: Text('A code of the error catalogue', 60),
  path: Text('Where in the event, as a JSON pointer'),
  detail: Text('One sentence'),
  problems: Type.Optional(
    Type.Array(Type.Object({ code: Text('A code of the error catalogue', 60), path: Text('Where'), detail: Text('One sentence') }), {
      description: 'All its problems, where it has more than one',
    }),
  ),
  first: Type.Optional(EventId('Of a conflict: the event that stays')),
});

const Taken = Type.Object(
  {
    accepted: Count('Events that are new, and committed'),
    duplicates: Count('Events that were there with the same content'),
    conflicts: Count('Events whose source and id are there with other content: the first stays'),
    rejected: Type.Array(Rejection, { description: 'Every event that is not in the ledger, conflicts too' }),
  },
  { description: 'What became of the events. For NDJSON a line like it after each commit, with sums so far' },
);

const states = ['accepted', 'corrected', 'cancelled', 'correction', 'cancellation'] as const;
const UsageEvent = Type.Object({
  id: EventId('The event'),
  kind: Type.Union(['event', 'correction', 'cancellation'].map((kind) => Type.Literal(kind))),
  state: Type.Union(
    states.map((state) => Type.Literal(state)),
    { description: '`accepted` and `correction` count; `corrected` and `cancelled` have a successor; a `cancellation` counts nothing' },
  ),
  source: Type.String(),
  eventId: Type.String({ description: 'The id that its source gave it' }),
  type: Type.String(),
  registered: Type.Boolean({ description: 'Is the type one with a schema?' }),
  subject: Maybe(Type.String()),
  occurredAt: Instant('When it was used'),
  receivedAt: Instant('When it was committed here'),
  data: AnyJson,
  attributes: Type.Record(Type.String(), AnyJson, { description: 'Other attributes of the CloudEvent' }),
  corrects: Maybe(EventId('The event that it takes back')),
  correctedBy: Maybe(EventId('Its successor')),
  reason: Maybe(Type.String()),
});

const Conflict = Type.Object({
  id: Id('ucf', 'The conflict'),
  source: Type.String(),
  eventId: Type.String(),
  first: EventId('The event that stays'),
  event: AnyJson,
  times: Count('How often this content came'),
  via: Type.String(),
  by: Type.String(),
  receivedAt: Instant('When it first came'),
  lastAt: Instant('When it last came'),
});

const EventType = Type.Object({
  type: Type.String(),
  version: Type.Integer(),
  schema: AnyJson,
  description: Type.String(),
  createdBy: Type.String(),
  createdAt: Instant('When'),
});
/** What a list of events, or a file of them, is asked for. */
export const eventFilter = {
  subject: Type.Optional(Type.String({ minLength: 1, maxLength: limits.subjectBytesMax })),
  type: Type.Optional(Type.String({ minLength: 1, maxLength: limits.typeBytesMax })),
  source: Type.Optional(Type.String({ minLength: 1, maxLength: limits.sourceBytesMax })),
  id: Type.Optional(
    Type.String({ minLength: 1, maxLength: limits.idBytesMax, description: 'The id that the source gave; needs source. Or `ue_…`' }),
  ),
  state: Type.Optional(Type.Union([...states, 'conflict'].map((state) => Type.Literal(state)))),
  occurredFrom: Type.Optional(Instant('Used at or after')),
  occurredTo: Type.Optional(Instant('Used before')),
  receivedFrom: Type.Optional(Instant('Received at or after')),
  receivedTo: Type.Optional(Instant('Received before')),
};
const typeParam = Type.Object({
  type: Type.String({ minLength: 1, maxLength: limits.typeBytesMax, description: 'The type of the CloudEvents' }),
});

const span = {
  events: Count(`The newest events that were looked through, at most ${payloadsMax}`),
  from: Maybe(Instant('When the oldest of them came in')),
  to: Maybe(Instant('When the newest did')),
};

export const usageEventRoutes = defineRoutes({
  sendUsage: {
    method: 'POST',
    path: '/v1/usage/events',
    summary:
      'Usage events as CloudEvents 1.0: one (structured, or binary with `ce-` headers and any content type), a batch of up to 1,000, or any number as NDJSON. Answered after COMMIT; the same event again is a duplicate, other content under its source and id is 409',
    permission: 'usage.write',
    status: 202,
    ownBodies: {
      'application/cloudevents+json': CloudEvent,
      'application/cloudevents-batch+json': Type.Array(CloudEvent, { maxItems: limits.batchItemsMax }),
      'application/x-ndjson': Type.String({ description: 'A CloudEvent in each line' }),
    },
    response: Taken,
  },
  listUsageEvents: {
    method: 'GET',
    path: '/v1/usage/events',
    summary:
      'Usage events: newest received first, or, of a subject, newest used first. A page may hold fewer than asked for while `next` goes on',
    permission: 'usage.read',
    query: Type.Object({
      limit: pageQuery.limit,
      cursor: pageQuery.cursor,
      ...eventFilter,
    }),
    response: Page(UsageEvent),
  },
  getUsageEvent: {
    method: 'GET',
    path: '/v1/usage/events/{id}',
    summary: 'A usage event with its chain of corrections, its duplicates and conflicts, and the commit that brought it',
    permission: 'usage.read',
    params: Type.Object({ id: EventId('The event') }),
    response: Type.Composite([
      UsageEvent,
      Type.Object({
        contentHash: Type.String({ description: 'SHA-256 of the event as RFC 8785 JSON' }),
        cloudEvent: AnyJson,
        chain: Type.Array(
          Type.Object({
            id: EventId('An event of the chain'),
            kind: Type.String(),
            data: AnyJson,
            occurredAt: Instant('When it was used'),
            receivedAt: Instant('When it was committed here'),
            reason: Maybe(Type.String()),
            by: Type.String(),
          }),
          { description: 'From the original to the one that counts, or the cancellation' },
        ),
        duplicates: Type.Object({ times: Count('How often it came again with the same content'), lastAt: Maybe(Instant('When last')) }),
        conflicts: Type.Array(Conflict),
        commit: Type.Object({
          id: Type.String(),
          events: Count('Events of the commit'),
          via: Type.String(),
          by: Type.String(),
          roll: Maybe(Type.String({ description: 'The roll-up that took it' })),
        }),
      }),
    ]),
  },
  correctUsage: {
    method: 'POST',
    path: '/v1/usage/corrections',
    summary: 'Correct or cancel a usage event: a row of its own that takes the effect of the other away. The first stays as it is',
    permission: 'usage.correct',
    status: 201,
    body: Type.Object(
      {
        kind: Type.Union([Type.Literal('correction'), Type.Literal('cancellation')]),
        source: Type.String({ minLength: 1, maxLength: limits.sourceBytesMax, description: 'Who corrects: a URI reference' }),
        id: Type.String({
          minLength: 1,
          maxLength: limits.idBytesMax,
          description: 'Unique in its source, for ever: the same again is a duplicate',
        }),
        of: Type.Union([
          Type.Object({ event: EventId('The event, or the newest of its chain') }, { additionalProperties: false }),
          Type.Object(
            {
              source: Type.String({ minLength: 1, maxLength: limits.sourceBytesMax }),
              id: Type.String({ minLength: 1, maxLength: limits.idBytesMax }),
            },
            { additionalProperties: false },
          ),
        ]),
        data: Type.Optional(AnyJson),
        time: Type.Optional(Instant('When it was really used; unchanged if not given')),
        reason: Type.String({ minLength: 1, maxLength: 2000 }),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({
      id: EventId('The correction'),
      kind: Type.String(),
      corrects: EventId('What it takes back'),
      original: EventId('Where the chain begins'),
      duplicate: Type.Boolean({ description: 'It was there already' }),
    }),
  },
  listUsageConflicts: {
    method: 'GET',
    path: '/v1/usage/conflicts',
    summary: 'Usage events that came under a source and id that have other content, newest first',
    permission: 'usage.read',
    query: Type.Object({ ...pageQuery, source: Type.Optional(Type.String({ minLength: 1, maxLength: limits.sourceBytesMax })) }),
    response: Page(Conflict),
  },
  listUsageEventTypes: {
    method: 'GET',
    path: '/v1/usage/event-types',
    summary: 'Types of usage events with their newest version, by name',
    permission: 'usage.read',
    query: Type.Object({ limit: pageQuery.limit, cursor: pageQuery.cursor }),
    response: Page(EventType),
  },
  getUsageEventType: {
    method: 'GET',
    path: '/v1/usage/event-types/{type}',
    summary: 'A type of usage events with all its versions, newest first, each beside the one before it',
    permission: 'usage.read',
    params: typeParam,
    response: Type.Object({
      type: Type.String(),
      versions: Type.Array(Type.Composite([EventType, Type.Object({ compatibility: Maybe(CompatibilityFields) })])),
    }),
  },
  putUsageEventType: {
    method: 'PUT',
    path: '/v1/usage/event-types/{type}',
    summary: 'Save the schema of a type as a new version, which events are checked by from now on. The same again makes no version',
    permission: 'usage-type.write',
    params: typeParam,
    body: Type.Object(
      {
        schema: Type.Object({}, { description: 'JSON Schema (2020-12) of `data`' }),
        description: Type.Optional(Text('What is counted', 2000)),
      },
      { additionalProperties: false },
    ),
    response: EventType,
  },
  listUsageEventDrift: {
    method: 'GET',
    path: '/v1/usage/event-drift',
    summary: `Types among the newest ${drift.marks.lookedAtMax} usage events, and how many fields of at most ${drift.marks.eventsMax} events each differ from their schema; no values`,
    permission: 'usage.read',
    response: Page(
      Type.Object({
        type: Type.String(),
        version: Maybe(Type.Integer({ description: 'Of its newest schema; null: it has none' })),
        events: Count('That were looked through'),
        ...driftMarks,
      }),
    ),
  },
  getUsageEventTypeDrift: {
    method: 'GET',
    path: '/v1/usage/event-types/{type}/drift',
    summary:
      'What the newest events of a type say against its newest schema. A type without a schema has no drift, and says how many events there are',
    permission: 'usage.read',
    params: typeParam,
    response: Type.Object({
      version: Maybe(Type.Integer({ description: 'Of the schema; null: the type has none' })),
      ...span,
      ...driftFields,
    }),
  },
  getInferredUsageEventType: {
    method: 'GET',
    path: '/v1/usage/event-types/{type}/inferred',
    summary: 'A JSON Schema of `data` that the newest events of a type fit, whether it has a schema or not',
    permission: 'usage.read',
    params: typeParam,
    query: inferredQuery,
    response: Type.Object({
      ...span,
      schema: InferredSchema,
      more: Type.Boolean({ description: 'Events have more fields than could be counted' }),
    }),
  },
  tryUsageEventType: {
    method: 'POST',
    path: '/v1/usage/event-types/{type}/try',
    summary: 'What a schema would say of the newest events of a type, beside the verdict on the newest version. Nothing is saved',
    permission: 'usage.read',
    params: typeParam,
    body: Type.Object({ schema: Type.Object({}, { description: 'JSON Schema (2020-12) of `data`' }) }, { additionalProperties: false }),
    response: Type.Object({
      ...span,
      refused: Count('Events that it would refuse'),
      examples: Type.Array(
        Type.Object({
          id: EventId('The event'),
          path: Type.String({ description: 'Where it does not fit, a JSON pointer' }),
          detail: Type.String(),
        }),
        { description: `The newest of them, at most ${drift.refusedToldMax}` },
      ),
      compatibility: Maybe(CompatibilityFields),
    }),
  },
});
