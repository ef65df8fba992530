/** Service levels: what flows promise, and what became of it. */
import { Type } from '@sinclair/typebox';
import { AgeName } from '../../pipeline/routes.js';
import { Count, Instant, Maybe } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { serviceLevelStates } from './service-level.js';

export const serviceLevelRoutes = defineRoutes({
  listServiceLevels: {
    method: 'GET',
    path: '/v1/service-levels',
    summary: 'What flows promise, what they kept of it, and which documents are delayed now; a flow without a promise is not told',
    permission: 'message.read',
    query: Type.Object({
      hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 168, default: 24, description: 'Documents that came in during so many hours are judged' })),
      flow: Type.Optional(Type.String({ maxLength: 80 })),
    }),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          flow: Type.String(),
          withinMs: Count('Promised: milliseconds from coming in to being posted'),
          share: Type.Number({ description: 'Promised: percent of the documents' }),
          state: Type.Union(serviceLevelStates.map((one) => Type.Literal(one))),
          kept: Count('Posted in time'),
          late: Count('Posted or closed by hand too late, or open and over their time'),
          keptShare: Maybe(Type.Number({ description: 'Percent, rounded down to hundredths; null: nothing was due' })),
          dueBefore: Instant('What came in before it and is open is delayed'),
          delayed: Type.Object({
            count: Count('Open now and over their time, whenever they came in'),
            oldestAt: Maybe(Instant('When the oldest came in')),
            ages: Type.Array(Type.Object({ age: AgeName, count: Count('Of that age') }), { description: 'By days since they came in' }),
          }),
        }),
      ),
    }),
  },
}); // prettier-ignore
