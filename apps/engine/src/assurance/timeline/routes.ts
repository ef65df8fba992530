/** What happened to a flow and to what it rests on, as one list. */
import { Type } from '@sinclair/typebox';
import { Instant, Maybe, Name, pageQuery } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { TimelineFact, timelineKinds } from './timeline-fact.js';

const Kind = Type.Unsafe<(typeof timelineKinds)[number]>(Type.Union(timelineKinds.map((kind) => Type.Literal(kind))));
const oneKind = `(${timelineKinds.join('|')})`;

export const timelineRoutes = defineRoutes({
  getFlowTimeline: {
    method: 'GET',
    path: '/v1/flows/{name}/timeline',
    summary:
      'What happened to a flow, newest first: its releases and pauses, its mapping, its tables, its connections and their credentials, its runs, and incidents. Runs of one kind that became the same are one event, as far as nothing else happened between them and the page goes',
    permission: 'flow.read',
    params: Type.Object({ name: Name('The flow') }),
    query: Type.Object({
      limit: pageQuery.limit,
      cursor: pageQuery.cursor,
      kind: Type.Optional(
        Type.String({
          pattern: `^${oneKind}(,${oneKind}){0,${timelineKinds.length - 1}}$`,
          description: `Only these, separated by commas: ${timelineKinds.join(', ')}`,
          examples: ['release,credential'],
        }),
      ),
      from: Type.Optional(Instant('What happened then or later')),
      to: Type.Optional(Instant('What happened before it')),
    }),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          id: Type.String({ description: 'The same each time that it is told; that of folded runs is the id of the first of them' }),
          at: Instant('When; of folded runs, when the last of them began'),
          kind: Kind,
          fact: TimelineFact,
          by: Maybe(Type.String({ description: 'Who did it; null: nobody, or more than one' })),
          reason: Maybe(Type.String({ description: 'What somebody wrote about it' })),
          link: Type.String({ description: 'Path in the console' }),
        }),
      ),
      next: Maybe(Type.String()),
      withheld: Type.Array(Kind, {
        description: 'Kinds that are not told to this caller, who has no permission to see what they are about',
      }),
    }),
  },
});
