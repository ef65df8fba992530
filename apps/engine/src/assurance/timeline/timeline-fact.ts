import { Type, type Static } from '@sinclair/typebox';
import { releaseStates } from '../../catalog/routes.js';
import { Count, Instant, Maybe } from '../../platform/http/fields.js';

/** What events are about; a page offers them as a filter. */
export const timelineKinds = ['release', 'mapping', 'table', 'connection', 'credential', 'pause', 'run', 'incident'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** The permission without which events of a kind are not told; events of the flow itself come with the route. */
export const permissionOf = {
  release: 'flow.read',
  pause: 'flow.read',
  mapping: 'mapping.read',
  table: 'table.read',
  connection: 'connection.read',
  credential: 'connection.read',
  run: 'message.read',
  incident: 'alert.read',
} as const satisfies Record<TimelineKind, string>;

/** A fact of this kind is told to nobody without the permission. */
const to = (kind: TimelineKind) => ({ 'x-permission': permissionOf[kind] });

const oneOf = <const T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>({ ...Type.Union(values.map((value) => Type.Literal(value))), description });
const ofFlow = <const C extends string>(code: C) => Type.Object({ code: Type.Literal(code) });
const ofConnection = <const C extends string>(code: C) =>
  Type.Object({ code: Type.Literal(code), connection: Type.String() }, to('connection'));
const names = (description: string) => Type.Array(Type.String(), { description });

/** What happened, in parts, for whoever says it in words of their own. Names and counts; never a value of a setting, a row or a document. */
export const TimelineFact = Type.Union([
  Type.Object({
    code: Type.Literal('release'),
    version: Type.Integer(),
    from: Maybe(oneOf(releaseStates, 'What it was; null: it was made')),
    to: oneOf(releaseStates, 'What it became'),
    percent: Maybe(Type.Integer({ description: 'Of new messages, where it takes a share' })),
    entities: Maybe(names('Legal entities whose new messages it takes, where it takes a share')),
  }),
  Type.Object({
    code: Type.Literal('flow-governed'),
    approver: Maybe(Type.String({ description: 'The role that approves releases from now on; null: none needs to' })),
  }),
  ofFlow('flow-paused'),
  ofFlow('flow-resumed'),
  ofFlow('flow-draining'),
  ofFlow('flow-drained'),
  Type.Object({ code: Type.Literal('mapping-saved'), mapping: Type.String(), version: Type.Integer() }, to('mapping')),
  Type.Object({ code: Type.Literal('table-published'), table: Type.String(), version: Type.Integer() }, to('table')),
  Type.Object(
    {
      code: Type.Literal('connection-changed'),
      connection: Type.String(),
      made: Type.Boolean({ description: 'It was made' }),
      settings: names('Settings and limits that are other than before'),
      secrets: names('Secrets that were given anew'),
      forgotten: names('Secrets that were forgotten, since their server is another one'),
    },
    to('connection'),
  ),
  Type.Object(
    {
      code: Type.Literal('connection-connected'),
      connection: Type.String(),
      settings: names('Settings that the consent brought'),
    },
    to('connection'),
  ),
  ofConnection('connection-paused'),
  ofConnection('connection-resumed'),
  ofConnection('connection-tried-now'),
  Type.Object(
    {
      code: Type.Literal('connection-failing'),
      connection: Type.String(),
      silent: Type.Boolean({ description: 'It is given a rest: nothing is sent to it but a try now and then' }),
      said: Maybe(Type.String({ description: 'What the last failed call said' })),
    },
    to('connection'),
  ),
  Type.Object(
    {
      code: Type.Literal('alert'),
      rule: Type.String(),
      severity: Type.Union([Type.Literal('high'), Type.Literal('medium')]),
      said: Type.String({ description: 'In English' }),
      endedAt: Maybe(Instant('When it was over; null: it lasts')),
    },
    to('incident'),
  ),
  Type.Object(
    {
      code: Type.Literal('runs'),
      run: oneOf(['poll', 'backfill', 'replay'], 'Of which kind they are'),
      state: oneOf(['running', 'succeeded', 'failed', 'cancelled'], 'What became of each of them'),
      count: Count('How many'),
      firstAt: Instant('When the first of them began'),
      lastAt: Instant('When the last of them began'),
      read: Count('Deliveries read, or messages chosen, by all of them'),
      added: Count('Of these, new deliveries, or messages that were sent again'),
      error: Maybe(Type.String({ description: 'What the last one that failed said' })),
    },
    { description: 'Runs of one kind that became the same, with no other event between them', ...to('run') },
  ),
]);
export type TimelineFact = Static<typeof TimelineFact>;
export type RunsFact = Extract<TimelineFact, { code: 'runs' }>;
