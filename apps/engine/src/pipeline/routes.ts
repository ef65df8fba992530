import { Type } from '@sinclair/typebox';
import { AnyJson, Count, Id, Instant, Maybe, Page, pageQuery, Text } from '../platform/http/fields.js';
import { defineRoutes } from '../platform/http/route.js';
import { shadowRoutes } from './candidates/shadow-routes.js';
import { comparisonRoutes } from './comparison/comparison-routes.js';
import { driftRoutes } from './drift/drift-routes.js';
import { Facet, facetField, facetQuery } from './facets/facet-fields.js';
import { messageFields } from './facets/facets.js';
import { AgeName, messageFilter, MessageSummary, StageName } from './message-fields.js';
import { payloadSearchRoutes } from './payload-search/payload-search-routes.js';
import { validationRoutes } from './validation/validation-routes.js';
import { stages } from './vocabulary.js';

export { driftFields, driftMarks, InferredSchema, inferredQuery } from './drift/drift-routes.js';
export { Facet, facetField, facetQuery } from './facets/facet-fields.js';
export { AgeFilter, AgeName, AmountFilter, CurrencyFilter, MessageSummary, OrNot } from './message-fields.js';

/** A table that two lists have: messages, and exceptions. */
export const Ageing = Type.Object({
  items: Type.Array(
    Type.Object({
      currency: Maybe(Type.String({ description: 'ISO currency; null: without an amount' })),
      count: Count('Of all ages'),
      amount: Maybe(Type.String({ description: 'What they come to at all ages, decimal text; null without an amount' })),
      ages: Type.Array(
        Type.Object({
          age: AgeName,
          count: Count('So many'),
          amount: Maybe(Type.String({ description: 'What they come to, decimal text; null without an amount' })),
        }),
      ),
    }),
    { description: 'One for each currency, most first; sums of different currencies are never added' },
  ),
});

const StagePayload = Type.Object({
  at: Maybe(Instant('When the stage ended')),
  payload: AnyJson,
  sameAs: Type.Optional(StageName),
  hash: Type.Optional(Type.String({ description: 'SHA-256 of the stored text' })),
  bytes: Type.Optional(Type.Integer()),
});

export const Attempt = Type.Object({
  id: Id('att', 'The attempt'),
  number: Type.Integer(),
  outcome: Maybe(Text('posted, rejected, retryable, throttled, in-doubt, unauthorized, misconfigured; null while under way', 40)),
  code: Maybe(Text("The vendor's code", 200)),
  detail: Maybe(Text('What happened')),
  vendorWords: Maybe(Text("The vendor's own words")),
  httpStatus: Maybe(Type.Integer()),
  sentAt: Instant('When the intent was committed, before the first byte left'),
  endedAt: Maybe(Instant('When the answer was read')),
  requestHash: Text('SHA-256 of the request document', 100),
  exchanges: Type.Array(
    Type.Object({
      method: Type.String(),
      url: Type.String(),
      status: Maybe(Type.Integer()),
      ms: Type.Integer(),
      note: Type.Optional(Type.String()),
    }),
    { description: 'The HTTP exchanges, without secrets' },
  ),
});

export const MessageDetail = Type.Composite([
  MessageSummary,
  Type.Object({
    orderingKey: Text('Messages with one value never overtake each other', 500),
    stages: Type.Object(Object.fromEntries(stages.map((s) => [s, StagePayload])) as Record<(typeof stages)[number], typeof StagePayload>, {
      description:
        'What the message looked like after each stage; `sameAs` where a stage changed nothing; payload null where it has not been',
    }),
    attemptsMade: Type.Array(Attempt),
    history: Type.Array(
      Type.Object({
        at: Instant('When'),
        from: Maybe(Type.String()),
        to: Type.String(),
        stage: Maybe(Type.String()),
        reason: Maybe(Type.String()),
        by: Maybe(Type.String({ description: 'Person or key, when it was not the engine' })),
      }),
      { description: 'Every move, oldest first' },
    ),
    versions: Type.Object({
      release: Type.Object({ flow: Type.String(), version: Type.Integer(), hash: Type.String() }),
      mapping: Maybe(Type.Object({ name: Type.String(), version: Type.Integer() })),
      tables: Type.Array(Type.Object({ name: Type.String(), version: Type.Integer() })),
    }),
    source: Type.Object({
      connection: Maybe(Type.String()),
      stream: Maybe(Type.String()),
      deliveryId: Maybe(Type.String()),
      via: Maybe(Type.String()),
      canonical: Maybe(Type.Object({ type: Type.String(), id: Type.String(), version: Type.Integer() })),
    }),
    posting: Maybe(
      Type.Object({
        id: Id('pst', 'The posting'),
        ledger: Type.String(),
        effect: Type.String(),
        state: Type.String(),
        externalId: Type.String({ description: 'Our key in the target' }),
        documentId: Maybe(Type.String()),
        documentNumber: Maybe(Type.String()),
        url: Maybe(Type.String()),
        totals: Maybe(Type.Object({ currency: Type.String(), total: Type.String(), tax: Type.Optional(Type.String()) })),
        quietUntil: Maybe(Instant('In doubt: when it will be looked up')),
      }),
    ),
    erasure: Maybe(Text('The erasure that took what was personal out of it, and its payload', 40)),
    doubt: Maybe(
      Type.Object(
        {
          sentAt: Instant('When the call was made whose answer is missing'),
          why: Text('What came instead of an answer'),
          lookUpAt: Instant('When the target is asked for our key'),
          undecided: Count('Look-ups so far that decided nothing'),
          undecidedMax: Type.Integer({ description: 'After so many a person is asked' }),
        },
        { description: 'While in doubt: what is known, and what happens when' },
      ),
    ),
    related: Type.Array(
      Type.Object({
        id: Id('msg', 'The other message'),
        flow: Type.String(),
        state: Type.String(),
        relation: Type.Union(['caused-by', 'caused', 'same-document', 'blocked-by', 'waits-for'].map((r) => Type.Literal(r))),
      }),
    ),
  }),
]);

const ownRoutes = defineRoutes({
  listMessages: {
    method: 'GET',
    path: '/v1/messages',
    summary: 'Messages, newest first',
    permission: 'message.read',
    query: Type.Object({
      ...pageQuery,
      ...messageFilter,
    }),
    response: Page(MessageSummary),
  },
  getMessageFacet: {
    method: 'GET',
    path: '/v1/messages/facets',
    summary: 'Values of one filter of the list of messages with how many messages have each, under the other filters',
    permission: 'message.read',
    query: Type.Object({ field: facetField(messageFields), ...facetQuery, ...messageFilter }),
    response: Facet(messageFields),
  },
  getUnpostedAgeing: {
    method: 'GET',
    path: '/v1/messages/ageing',
    summary: 'What is not posted yet, by currency and age since it was received',
    permission: 'message.read',
    response: Ageing,
  },
  getMessage: {
    method: 'GET',
    path: '/v1/messages/{id}',
    summary: 'One message with the payload of every stage, attempts and history',
    permission: 'message.read',
    params: Type.Object({ id: Id('msg', 'The message') }),
    response: MessageDetail,
  },
  getStagePayload: {
    method: 'GET',
    path: '/v1/messages/{id}/stages/{stage}',
    summary: "A stage's payload as the exact text that is stored",
    permission: 'message.read',
    params: Type.Object({ id: Id('msg', 'The message'), stage: StageName }),
    response: AnyJson,
  },
});

export const pipelineRoutes = {
  ...ownRoutes,
  ...validationRoutes,
  ...payloadSearchRoutes,
  ...comparisonRoutes,
  ...shadowRoutes,
  ...driftRoutes,
};
