import { effects } from '@waybill/sdk';
import { Type } from '@sinclair/typebox';
import { Amount, AnyJson, Count, Id, Instant, Maybe, Name, Page, pageQuery, Text } from '../platform/http/fields.js';
import { defineRoutes } from '../platform/http/route.js';
import { shadowRoutes } from './candidates/shadow-routes.js';
import { ages } from './ageing.js';
import { comparisonRoutes } from './comparison/comparison-routes.js';
import { driftRoutes } from './drift/drift-routes.js';
import { messageStates, stages } from './vocabulary.js';

const State = Type.Union(
  messageStates.map((s) => Type.Literal(s)),
  { description: 'State of the message' },
);
const StageName = Type.Union(stages.map((s) => Type.Literal(s)));

/** Filters and a table that two lists have: messages, and exceptions. */
export const AgeName = Type.Unsafe<(typeof ages)[number]>({
  ...Type.Union(ages.map((age) => Type.Literal(age))),
  description: 'Age in days of 24 hours: from the first number on, before the second',
});
export const CurrencyName = Type.String({ pattern: '^([A-Z]{3}|none)$', description: 'ISO currency, or `none`: without an amount' });
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

export const MessageSummary = Type.Object({
  id: Id('msg', 'The message'),
  flow: Name('Flow it travels'),
  state: State,
  stage: Maybe(StageName),
  reason: Maybe(Text('Why it is in this state, one sentence')),
  key: Text('Identity of the document in its source', 500),
  revision: Text('Version of the document in its source', 200),
  effect: Type.Union(effects.map((e) => Type.Literal(e))),
  sourceSystem: Text('Vendor and account it comes from', 300),
  connection: Maybe(Name('Connection it came in by; null from the hub')),
  target: Text('Where it goes, such as `invoice@1` or `erp-us · invoice`', 200),
  title: Maybe(Text('What people call it: the document number', 300)),
  customer: Maybe(Text('Customer name or number', 300)),
  legalEntity: Maybe(Text('Legal entity', 100)),
  amount: Maybe(Amount),
  attempts: Count('Calls to the target so far'),
  documentNumber: Maybe(Text('Number in the target', 300)),
  exceptionId: Maybe(Id('exc', 'Open exception')),
  runId: Maybe(Id('run', 'Run that brought it')),
  correlationId: Text('Follows the document through every flow', 100),
  receivedAt: Instant('When it was committed here'),
  dueAt: Maybe(Instant('When it will be tried next')),
  settledAt: Maybe(Instant('When it ended')),
  syntheticRun: Maybe(Id('syn', 'The synthetic run that it is part of; null for all that is real')),
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
      flow: Type.Optional(Type.String({ maxLength: 80 })),
      state: Type.Optional(Type.String({ maxLength: 200, description: 'One state or several, separated by commas' })),
      key: Type.Optional(Type.String({ maxLength: 500, description: 'Exact identity in the source' })),
      q: Type.Optional(
        Type.String({ maxLength: 200, description: 'Starts with: key, document number, number in the target, or a whole id' }),
      ),
      run: Type.Optional(Type.String({ maxLength: 40 })),
      correlation: Type.Optional(Type.String({ maxLength: 100 })),
      legalEntity: Type.Optional(Type.String({ maxLength: 100 })),
      from: Type.Optional(Instant('Received at or after')),
      to: Type.Optional(Instant('Received before')),
      age: Type.Optional(AgeName),
      currency: Type.Optional(CurrencyName),
      synthetic: Type.Optional(
        Type.Union([Type.Literal('no'), Type.Literal('yes')], {
          description: 'Parts of synthetic transactions: without them, as by default, or they alone',
        }),
      ),
      postedSince: Type.Optional(Instant('Whose posting has been in its ledger since then, or since a later instant')),
      unposted: Type.Optional(
        Type.Boolean({ description: 'Not ended yet, of flows that post into books or bring into the hub what those read' }),
      ),
    }),
    response: Page(MessageSummary),
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

export const pipelineRoutes = { ...ownRoutes, ...comparisonRoutes, ...shadowRoutes, ...driftRoutes };
