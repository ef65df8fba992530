/** What a change does to recorded payloads, before anybody approves it. */
import { Type } from '@sinclair/typebox';
import { Amount, AnyJson, Count, Id, Instant, Maybe, Name, Text } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { changeShapes } from './differences.js';

const strict = { additionalProperties: false };
const Newest = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 5_000, default: 500, description: 'So many recorded payloads, the newest' }),
);
const Sums = (description: string) => Type.Array(Amount, { description });
const Shape = Type.Unsafe<(typeof changeShapes)[number]>({
  ...Type.Union(changeShapes.map((shape) => Type.Literal(shape))),
  description: '`set`: it had no value; `emptied`: it has none any more; `type-changed`: another kind of value',
});
const outcomes = ['changed', 'works-now', 'fails-now'] as const;
const counts = {
  tried: Count('Recorded payloads that were tried; fewer than were found when that took longer than 100 seconds'),
  unchanged: Count('Same output'),
  changed: Count('Other output, or another ending'),
  worksNow: Count('Stops as it is, and would go on'),
  failsNow: Count('Goes on as it is, and would stop'),
  movesMoney: Count('Documents whose money differs'),
};

export const Comparison = Type.Object({
  triedAt: Instant('When'),
  newest: Type.Integer({ description: 'Payloads that were asked for' }),
  found: Count('Payloads that are recorded and seen by the caller, at most as many as were asked for'),
  against: Type.Array(
    Type.Object({
      flow: Type.String(),
      releaseId: Id('rel', 'The release'),
      version: Type.Integer(),
      mapping: Type.Object({ name: Type.String(), version: Type.Integer() }),
    }),
    { description: 'What is live, by flow' },
  ),
  notTried: Type.Array(Text('A sentence', 300), { description: 'What of the change recorded payloads cannot show' }),
  ...counts,
  before: Sums('Money of what goes on as it is, a sum per currency'),
  after: Sums('Money of what would go on, a sum per currency'),
  flows: Type.Array(Type.Object({ flow: Type.String(), ...counts })),
  fields: Type.Array(
    Type.Object({
      path: Type.String({ description: 'JSON pointer into the output; * for any place in a list' }),
      shape: Shape,
      count: Count('Documents in which it differs so'),
      before: AnyJson,
      after: AnyJson,
    }),
    { description: 'Changed fields, by path and by shape of the change, each with an example; at most 200, those that differ most often' },
  ),
  moreFields: Type.Boolean({ description: 'There are more than these' }),
  documents: Type.Array(
    Type.Object({
      messageId: Id('msg', 'The message'),
      flow: Type.String(),
      title: Maybe(Type.String()),
      receivedAt: Instant('When it came in'),
      outcome: Type.Unsafe<(typeof outcomes)[number]>(Type.Union(outcomes.map((outcome) => Type.Literal(outcome)))),
      stops: Type.Object(
        { before: Maybe(Type.String()), after: Maybe(Type.String()) },
        { description: 'Why it stops, is held or is left out, with each; null where it goes on' },
      ),
      changes: Type.Array(
        Type.Object({ path: Type.String({ description: 'JSON pointer into the output' }), shape: Shape, before: AnyJson, after: AnyJson }),
        { description: 'At most 20; of a value longer than 300 characters its text, cut' },
      ),
      moreChanges: Count('Changes beyond these'),
      money: Type.Object({
        before: Maybe(Amount),
        after: Maybe(Amount),
        delta: Maybe(Amount),
      }),
    }),
    { description: 'Every document that changes, newest first, up to 1,000; of more those stay whose money moves' },
  ),
  documentsLeftOut: Count('Changed documents beyond these'),
});

export const comparisonRoutes = defineRoutes({
  compareMapping: {
    method: 'POST',
    path: '/v1/mappings/{name}/compare',
    summary:
      'What a source that is not saved does to the newest recorded payloads of the flows that use the mapping, beside what is live. Nothing is stored or sent',
    permission: 'message.read',
    params: Type.Object({ name: Name('The mapping') }),
    body: Type.Object(
      {
        source: Type.String({ maxLength: 100_000 }),
        flow: Type.Optional(Type.String({ maxLength: 80, description: 'Only in this flow' })),
        newest: Newest,
      },
      strict,
    ),
    response: Comparison,
  },
  compareRelease: {
    method: 'POST',
    path: '/v1/releases/{id}/compare',
    summary: 'The same for a saved release, beside the one that is live in its flow',
    permission: 'message.read',
    params: Type.Object({ id: Id('rel', 'The release') }),
    body: Type.Object({ newest: Newest }, strict),
    response: Comparison,
  },
});
