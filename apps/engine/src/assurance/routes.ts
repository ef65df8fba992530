import { Type } from '@sinclair/typebox';
import { Amount, AnyJson, Count, Instant, Maybe } from '../platform/http/fields.js';
import { defineRoutes } from '../platform/http/route.js';
import { attentionKinds } from './attention.js';
import { AttentionFact } from './attention-fact.js';
import { alertRoutes } from './alerts/routes.js';
import { erasureRoutes } from './erasure/routes.js';
import { lineageRoutes } from './lineage/routes.js';
import { operationsRoutes } from './operations/routes.js';
import { reconciliationRoutes } from './reconciliation/routes.js';
import { serviceLevelRoutes } from './service-levels/routes.js';
import { syntheticRoutes } from './synthetic/routes.js';
import { timelineRoutes } from './timeline/routes.js';
import { valueRoutes } from './value/routes.js';

export const assuranceRoutes = {
  ...lineageRoutes,
  ...reconciliationRoutes,
  ...erasureRoutes,
  ...alertRoutes,
  ...operationsRoutes,
  ...serviceLevelRoutes,
  ...syntheticRoutes,
  ...timelineRoutes,
  ...valueRoutes,
  ...defineRoutes({
    getOverview: {
      method: 'GET',
      path: '/v1/overview',
      summary: 'Is money moving, and what needs a person',
      permission: 'message.read',
      query: Type.Object({ hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 168, default: 24 })) }),
      response: Type.Object({
        asOf: Instant('When this was counted'),
        attention: Type.Array(
          Type.Object({
            kind: Type.Union(attentionKinds.map((k) => Type.Literal(k))),
            severity: Type.Union([Type.Literal('high'), Type.Literal('medium')]),
            title: Type.String({ description: 'In English' }),
            detail: Type.String({ description: 'In English' }),
            fact: AttentionFact,
            since: Maybe(Instant('Since when')),
            amounts: Type.Array(Amount),
            owner: Type.Optional(
              Maybe(
                Type.String({ description: 'Whose it is: a name, or how many people; null: nobody’s; absent: nothing that somebody owns' }),
              ),
            ),
            link: Type.String({ description: 'Path in the console' }),
          }),
          { description: 'What needs a person, worst first', 'x-permission': 'control.read' },
        ),
        mine: Maybe(
          Type.Object(
            {
              exceptions: Type.Object({
                count: Count('Open, and not snoozed'),
                overdue: Count('Of these, those over their time'),
                oldestAt: Maybe(Instant('When the oldest was opened')),
                amounts: Type.Array(Amount),
              }),
              approvals: Type.Object(
                {
                  count: Count('That a role of the caller decides and that they had no hand in'),
                  oldestAt: Maybe(Instant('When the oldest was asked for')),
                },
                { 'x-permission': 'approval.decide' },
              ),
            },
            { description: 'What was given to the caller, and waits for their decision; null for a key' },
          ),
        ),
        numbers: Type.Object({
          received: Type.Integer(),
          posted: Type.Integer(),
          exceptions: Type.Integer({ description: 'Open now, and not put off: what the list of exceptions shows' }),
          underway: Type.Integer({ description: 'Neither ended nor stopped' }),
          notYetPosted: Type.Array(Amount, { description: 'Money of documents that have not reached their target, per currency' }),
          postedAmounts: Type.Array(Amount, { description: 'Money posted in the range, per currency' }),
        }),
        postedByLedger: Type.Array(
          Type.Object({
            ledger: Type.String(),
            connection: Maybe(Type.String()),
            documents: Type.Integer(),
            amounts: Type.Array(Amount),
            lastAt: Maybe(Instant('Newest')),
          }),
        ),
        throughput: Type.Array(
          Type.Object({ at: Instant('Start of the bucket'), received: Type.Integer(), posted: Type.Integer(), exceptions: Type.Integer() }),
        ),
        flows: Type.Array(
          Type.Object({
            name: Type.String(),
            state: Type.String(),
            posted: Type.Integer(),
            exceptions: Type.Integer(),
            underway: Type.Integer(),
            p95Seconds: Maybe(Type.Number()),
            lastAt: Maybe(Instant('Newest message')),
          }),
        ),
        connections: Type.Array(
          Type.Object({ name: Type.String(), connector: Type.String(), state: Type.String(), detail: Maybe(Type.String()) }),
        ),
        changes: Type.Array(Type.Object({ at: Instant('When'), summary: Type.String() }), {
          description: 'Releases and configuration changes in the range, for marks on the chart; they come out of the audit log',
          'x-permission': 'audit.read',
        }),
      }),
    },
    getLive: {
      method: 'GET',
      path: '/health/live',
      summary: 'The process runs',
      permission: 'public',
      response: Type.Object({ status: Type.Literal('live') }),
    },
    getReady: {
      method: 'GET',
      path: '/health/ready',
      summary: 'Requests can be served; 503 with the reason when not',
      permission: 'public',
      response: Type.Object({ status: Type.String(), database: Type.String(), queue: Type.String(), warnings: Type.Array(Type.String()) }),
    },
    getMetrics: {
      method: 'GET',
      path: '/metrics',
      summary: 'Metrics in the text format of Prometheus',
      permission: 'public',
      produces: 'text/plain',
      response: Type.String(),
    },
    getOpenApi: { method: 'GET', path: '/v1/openapi.json', summary: 'This description', permission: 'public', response: AnyJson },
    listErrors: {
      method: 'GET',
      path: '/v1/errors',
      summary: 'The error catalogue: every code with its meaning and its remedy',
      permission: 'signed-in',
      response: Type.Object({
        items: Type.Array(Type.Object({ code: Type.String(), status: Type.Integer(), title: Type.String(), remedy: Type.String() })),
      }),
    },
    streamEvents: {
      method: 'GET',
      path: '/v1/events',
      summary:
        'Live updates as server-sent events. Each event names what changed (`messages`, `exceptions`, `catalog`, `approvals`, `connections`, `alerts`); read it anew',
      permission: 'signed-in',
      produces: 'text/event-stream',
      response: AnyJson,
    },
  }),
};
