/** Operations: what works, what waits and what is kept. */
import { Type } from '@sinclair/typebox';
import { Count, Instant, Maybe } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';

const Waiting = Type.Object({ count: Count('So many'), oldestAt: Maybe(Instant('Since when the oldest waits')) });

export const operationsRoutes = defineRoutes({
  getOperations: {
    method: 'GET',
    path: '/v1/operations',
    summary: 'What the processes, the queue, the connections and the database are doing now; counts are of the whole installation',
    permission: 'operations.read',
    response: Type.Object({
      asOf: Instant('By the clock of the database'),
      version: Type.String(),
      schema: Type.Object({ newest: Type.String({ description: 'Name of the newest migration' }), migrations: Count('That were run') }),
      queue: Type.Object({
        backend: Type.Union(['redis', 'postgres'].map((one) => Type.Literal(one))),
        state: Type.String({ description: '`ok`, `away` or `evicts`, as the process sees it that answers' }),
        detail: Maybe(Type.String()),
      }),
      messages: Type.Array(
        Type.Object({ state: Type.String(), count: Count('Messages in it'), oldestAt: Maybe(Instant('When the oldest came in')), link: Type.String() }),
        { description: 'Live states alone' },
      ),
      deliveries: Type.Object({ waiting: Waiting, unread: Waiting }),
      usage: Type.Object({ commits: Waiting, events: Type.String({ description: 'Events in them' }) }),
      processes: Type.Object({
        leader: Maybe(Type.Object({ holder: Type.String(), until: Instant('When its lease ends') })),
        workers: Type.Array(Type.Object({ process: Type.String(), lanes: Count('That it works now'), until: Instant('When its last lease ends') })),
      }),
      connections: Type.Array(
        Type.Object({
          name: Type.String(),
          state: Type.Union(['on', 'paused'].map((one) => Type.Literal(one))),
          rests: Maybe(Type.Object({ why: Type.String(), forMs: Count('Milliseconds'), circuit: Type.Boolean({ description: 'It failed several times in a row' }) })),
          running: Count('Calls under way, over all processes'),
          concurrency: Count('At once at most'),
          perSecond: Maybe(Type.Number()),
          usedToday: Count('Requests of this day of UTC'),
          perDay: Maybe(Type.Integer()),
          waiting: Type.Array(Type.Union(['high', 'normal', 'low'].map((one) => Type.Literal(one))), { description: 'Priorities of which somebody waits for a call' }),
        }),
      ),
      database: Type.Object({
        version: Type.String(),
        bytes: Count('Of the whole database'),
        connections: Type.Object({ used: Count('Of this database'), most: Count('That the server takes') }),
        longestTransactionSeconds: Maybe(Type.Number({ description: 'Of those that may be seen' })),
        tables: Type.Array(Type.Object({ name: Type.String(), bytes: Count('With indexes and all partitions'), rows: Count('As the planner estimates') })),
      }),
      kept: Type.Array(
        Type.Object({ what: Type.String(), forDays: Maybe(Type.Integer({ description: 'Null: for ever' })), oldestAt: Maybe(Instant('The oldest that is there')) }),
        { description: 'How long things are kept' },
      ),
    }),
  },
}); // prettier-ignore
