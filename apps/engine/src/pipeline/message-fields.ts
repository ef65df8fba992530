/** What is told of a message in a list, and which messages a list has. */
import { effects } from '@waybill/sdk';
import { Type } from '@sinclair/typebox';
import { Amount, Count, Id, Instant, Maybe, Name, Text } from '../platform/http/fields.js';
import { ages } from './ageing.js';
import { ageDaysMax, amountDigits, namedMax } from './filter-words.js';
import { messageStates, stages } from './vocabulary.js';

const State = Type.Union(
  messageStates.map((s) => Type.Literal(s)),
  { description: 'State of the message' },
);
export const StageName = Type.Union(stages.map((s) => Type.Literal(s)));

/** A bucket of age. */
export const AgeName = Type.Unsafe<(typeof ages)[number]>({
  ...Type.Union(ages.map((age) => Type.Literal(age))),
  description: 'Age in days of 24 hours: from the first number on, before the second',
});
const currency = '([A-Z]{3}|none)';
/** Several values with a minus each are long; no filter is longer than a view keeps it. */
const filterMax = 500;
/** A filter by one value, or by all but some. */
export const OrNot = (description: string) =>
  Type.String({ maxLength: filterMax, description: `${description}. \`-a\` or \`-a,-b\`: all but those, at most ${namedMax}` });
export const CurrencyFilter = Type.String({
  pattern: `^(${currency}|-${currency}(,-${currency}){0,${namedMax - 1}})$`,
  description: 'ISO currency, or `none`: without an amount. `-EUR` or `-EUR,-none`: all but those',
});
export const AgeFilter = (since: string) =>
  Type.String({
    maxLength: 40,
    description: `Age since it ${since}: ${ages.map((age) => `\`${age}\``).join(', ')} in days of 24 hours, from the first number on, before the second; or \`>24h\`, \`>=24h\`, \`<15m\`, \`<=15m\`, \`1d..7d\` with both ends, in m, h, d or w, up to ${ageDaysMax} days`,
    examples: ['>24h'],
  });
export const AmountFilter = Type.String({
  maxLength: 80,
  description: `\`>1000\`, \`>=1000\`, \`<250.50\`, \`<=250.50\`, \`1000..5000\` with both ends, or one amount: as a decimal number, ${amountDigits.before} digits and ${amountDigits.behind} behind the point at most. Without a currency the number is compared in the currency of each document; no rate is assumed`,
  examples: ['1000..5000'],
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

/** Which messages: the same for the list, its facets and a search of payloads. */
export const messageFilter = {
  flow: Type.Optional(OrNot('Name of a flow')),
  state: Type.Optional(OrNot('One state or several, separated by commas')),
  release: Type.Optional(OrNot('Release that it travels under, as flow and version: `erp-us-invoices@3`')),
  key: Type.Optional(Type.String({ maxLength: 500, description: 'Exact identity in the source' })),
  q: Type.Optional(Type.String({ maxLength: 200, description: 'Starts with: key, document number, number in the target, or a whole id' })),
  run: Type.Optional(Type.String({ maxLength: 40 })),
  correlation: Type.Optional(Type.String({ maxLength: 100 })),
  legalEntity: Type.Optional(OrNot('Legal entity')),
  from: Type.Optional(Instant('Received at or after')),
  to: Type.Optional(Instant('Received before')),
  age: Type.Optional(AgeFilter('was received')),
  currency: Type.Optional(CurrencyFilter),
  amount: Type.Optional(AmountFilter),
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
