/** What a release in the shadow makes of what comes in. */
import { Type } from '@sinclair/typebox';
import { Amount, Count, Id, Instant, Maybe } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';

const outcomes = ['changed', 'works-now', 'fails-now'] as const;
const Sums = Type.Array(Amount, { description: 'A sum per currency' });

export const shadowRoutes = defineRoutes({
  getShadow: {
    method: 'GET',
    path: '/v1/releases/{id}/shadow',
    summary: 'What a release made of messages that came in while it was in the shadow, beside the live one; it sent nothing',
    permission: 'message.read',
    params: Type.Object({ id: Id('rel', 'The release') }),
    response: Type.Object({
      most: Count('Messages that a shadow maps at most'),
      tried: Count('Messages so far'),
      unchanged: Count('Same output'),
      changed: Count('Other output, or another ending'),
      worksNow: Count('Stop with the live release, and would go on'),
      failsNow: Count('Go on with the live release, and would stop'),
      movesMoney: Count('Messages whose money differs'),
      before: Sums,
      after: Sums,
      moved: Sums,
      fields: Type.Array(Type.Object({ path: Type.String(), count: Count('Messages in which it differs') }), {
        description: 'Fields that differ, of each message the first 5; at most 50',
      }),
      documents: Type.Array(
        Type.Object({
          messageId: Id('msg', 'The message'),
          title: Maybe(Type.String()),
          receivedAt: Instant('When it came in'),
          outcome: Type.Unsafe<(typeof outcomes)[number]>(Type.Union(outcomes.map((outcome) => Type.Literal(outcome)))),
          fields: Type.Array(Type.String()),
          money: Type.Object({ before: Maybe(Amount), after: Maybe(Amount), delta: Maybe(Amount) }),
        }),
        { description: 'Those that differ, at most 200: whose money moves first, then the newest' },
      ),
    }),
  },
});
