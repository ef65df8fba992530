/** What an exception and its kin look like in the contract. */
import { exceptionCategories } from '@waybill/sdk';
import { Type } from '@sinclair/typebox';
import { Amount, AnyJson, Count, Id, Instant, Maybe, Text } from '../platform/http/fields.js';
import { dueStates } from './clock.js';
import { actKinds, exceptionStates } from './life.js';

const oneOf = <T extends string>(values: readonly T[]) => Type.Union(values.map((value) => Type.Literal(value)));

/** The filters of the work list whose values are counted. */
export const exceptionFields = ['category', 'flow', 'legalEntity', 'owner', 'state', 'due', 'age', 'currency'] as const;
export type ExceptionField = (typeof exceptionFields)[number];
/** Exceptions that are counted: what is to do is no more than that, or somebody has other worries. */
export const facetExceptionsMax = 100_000;

export const Category = Type.Union(exceptionCategories.map((c) => Type.Literal(c)));

/** Where the cure is, so that a screen can lead there. */
export const Fix = Type.Union([
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
  state: Type.Unsafe<(typeof exceptionStates)[number]>(oneOf(exceptionStates)),
  assigneeId: Maybe(Text('User whose it is', 40)),
  assignee: Maybe(Type.String({ description: 'The name of that user when it was given to them' })),
  snoozedUntil: Maybe(Instant('Put off until then; null when it is not')),
  openedAt: Instant('When it stopped first'),
  dueAt: Instant('When its time is over'),
  due: Type.Unsafe<(typeof dueStates)[number]>({
    ...oneOf(dueStates),
    description: 'The service-level clock; of an exception that has ended, how it stood then',
  }),
  returns: Count('How often it came back from a replay'),
  closedAt: Maybe(Instant('When it ended')),
  closedBy: Maybe(Type.String()),
  resolution: Maybe(Text('How it ended')),
  closedRun: Maybe(Text('The replay that ended it', 40)),
  closedAttempt: Maybe(Type.Integer({ description: 'The attempt that posted its document' })),
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
  legalEntities: Type.Array(Type.String()),
  oldestAt: Instant('The oldest'),
  newestAt: Instant('The newest'),
  sample: Id('exc', 'One of them'),
  owners: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }), { description: 'Whose they are, at most five' }),
  ownersMore: Count('Owners beyond those'),
  unowned: Count('Those that are nobody’s'),
  openedLastDay: Count('Opened with this cause within 24 hours, also those that have ended since'),
  openedDayBefore: Count('The same within the 24 hours before'),
  dueAt: Instant('When the time of the first is over'),
  breached: Count('Over their time'),
  dueSoon: Count('In the last quarter of their time'),
});

export const HistoryEntry = Type.Object({
  at: Instant('When'),
  kind: Type.Unsafe<(typeof actKinds)[number] | 'moved'>({
    ...oneOf([...actKinds, 'moved']),
    description: 'What a person did, or `moved`: what the pipeline did',
  }),
  by: Maybe(Type.String({ description: 'Who; null: the pipeline' })),
  words: Maybe(Text('The comment, the reason, or why it moved')),
  assignee: Maybe(Type.String({ description: 'To whom it was given' })),
  until: Maybe(Instant('Until when it was put off')),
  runId: Maybe(Text('The replay', 40)),
  from: Maybe(Text('State of the message before', 20)),
  to: Maybe(Text('State of the message after', 20)),
  stage: Maybe(Text('Where', 20)),
});

export const Selection = Type.Object({
  id: Id('sel', 'The selection'),
  count: Type.Integer({ description: 'Exceptions in it' }),
  amounts: Type.Array(Amount, { description: 'Money held, a sum per currency' }),
  excluded: Type.Array(Type.Object({ reason: Type.String(), count: Type.Integer() }), {
    description: 'What matched and is left out, and why',
  }),
  hash: Type.String({ description: 'SHA-256 over the exceptions, their causes and their amounts' }),
  createdAt: Instant('When it was frozen'),
  expiresAt: Instant('Until when it may be used, once'),
  expired: Type.Boolean(),
  usedAt: Maybe(Instant('When it was used')),
  usedFor: Maybe(Text('What for', 100)),
});

export const Acted = Type.Object({
  done: Count('Exceptions'),
  refused: Type.Array(Type.Object({ exceptionId: Type.String(), code: Type.String(), reason: Type.String() }), {
    description: 'Those that it was not done to, and why',
  }),
});

export const ReplayItem = Type.Object({
  messageId: Id('msg', 'The message'),
  flow: Type.String(),
  title: Maybe(Type.String()),
  amount: Maybe(Amount),
  verdict: Type.Union(['sends', 'posts-nothing', 'still-fails', 'refused'].map((v) => Type.Literal(v))),
  reason: Text('Why, one sentence'),
  versions: Type.Object({
    release: Type.Integer({ description: 'Version of the flow that a replay uses' }),
    kept: Type.Integer({ description: 'Version that the message came in under' }),
    mapping: Maybe(Type.Object({ name: Type.String(), version: Type.Integer() })),
    tables: Type.Array(Type.Object({ name: Type.String(), used: Maybe(Type.Integer()), current: Type.Integer() }), {
      description: 'Version read the last time, and the one a replay reads',
    }),
  }),
  before: Maybe(AnyJson),
  after: Maybe(AnyJson),
});

/** What became of one message of a replay. */
export const replayOutcomes = [
  'under-way',
  'waits',
  'posted',
  'posted-nothing',
  'stopped-again',
  'called-back',
  'replayed-again',
  'refused',
] as const;
export type ReplayOutcome = (typeof replayOutcomes)[number];
export const Outcome = Type.Unsafe<ReplayOutcome>({
  ...oneOf(replayOutcomes),
  description:
    'under-way; waits for an approval or another document; posted; posted-nothing: needless or posted before; stopped-again; called-back: the replay was cancelled before it began; replayed-again by a later replay; refused at the start',
});

export const ReplayRecord = Type.Object({
  messageId: Id('msg', 'The message'),
  exceptionId: Maybe(Text('Its exception', 40)),
  flow: Type.String(),
  title: Maybe(Type.String()),
  amount: Maybe(Amount),
  outcome: Outcome,
  reason: Maybe(Text('Why')),
  documentNumber: Maybe(Type.String({ description: 'Number in the target' })),
});
