/** What is told of a message in a list, and which messages a list has. */
import { effects } from '@waybill/sdk';
import { Type } from '@sinclair/typebox';
import { Amount, Count, Id, Instant, Maybe, Name, Text } from '../platform/http/fields.js';
import { ages } from './ageing.js';
import { messageStates, stages } from './vocabulary.js';

const State = Type.Union(
  messageStates.map((s) => Type.Literal(s)),
  { description: 'State of the message' },
);
export const StageName = Type.Union(stages.map((s) => Type.Literal(s)));

/** Filters that two lists have: messages, and exceptions. */
export const AgeName = Type.Unsafe<(typeof ages)[number]>({
  ...Type.Union(ages.map((age) => Type.Literal(age))),
  description: 'Age in days of 24 hours: from the first number on, before the second',
});
export const CurrencyName = Type.String({ pattern: '^([A-Z]{3}|none)$', description: 'ISO currency, or `none`: without an amount' });
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

/** Which messages: the same for the list, its facets and a search of payloads. */
export const messageFilter = {
  flow: Type.Optional(Type.String({ maxLength: 80 })),
  state: Type.Optional(Type.String({ maxLength: 200, description: 'One state or several, separated by commas' })),
  key: Type.Optional(Type.String({ maxLength: 500, description: 'Exact identity in the source' })),
  q: Type.Optional(Type.String({ maxLength: 200, description: 'Starts with: key, document number, number in the target, or a whole id' })),
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
};
