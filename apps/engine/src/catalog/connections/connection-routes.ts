/** Connectors that are installed, and connections. */
import { Type } from '@sinclair/typebox';
import { AnyJson, Instant, Maybe, Name, Page, Text } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { NameParam } from '../fields.js';
import { ShownConsent } from './consent-routes.js';

const limitFields = {
  concurrency: Type.Integer({ description: 'Calls at the same time, over all flows and processes' }),
  perSecond: Maybe(Type.Number({ description: 'Requests a second' })),
  perDay: Maybe(Type.Integer({ description: 'Requests in a day of UTC' })),
};
const LimitsInput = Type.Object(
  {
    concurrency: Type.Optional(Maybe(Type.Integer({ minimum: 1, maximum: 100 }))),
    perSecond: Type.Optional(Maybe(Type.Number({ minimum: 0.01, maximum: 10_000 }))),
    perDay: Type.Optional(Maybe(Type.Integer({ minimum: 1, maximum: 1_000_000_000 }))),
  },
  {
    additionalProperties: false,
    description:
      'Instead of what the connector says; a field that is null or left out is as the connector says. Left out as a whole: as they are',
  },
);

export const ConnectorItem = Type.Object({
  name: Type.String(),
  title: Type.String(),
  summary: Type.String(),
  vendorApi: Type.String(),
  documentation: Type.String({ description: 'Markdown' }),
  settings: AnyJson,
  webhook: Type.Boolean(),
  streams: Type.Array(
    Type.Object({
      name: Type.String(),
      title: Type.String(),
      summary: Type.String(),
      kind: Type.String(),
      polls: Type.Boolean(),
      becomes: Maybe(Type.String()),
    }),
  ),
  operations: Type.Array(
    Type.Object({
      name: Type.String(),
      title: Type.String(),
      summary: Type.String(),
      kind: Type.String(),
      document: Type.String(),
      effects: Type.Array(Type.String()),
      idempotency: Type.String(),
      input: AnyJson,
    }),
  ),
  lookups: Type.Array(Type.Object({ name: Type.String(), title: Type.String(), summary: Type.String(), by: AnyJson })),
  limits: Type.Object({ ...limitFields, scope: Type.String() }),
});

export const ConnectionItem = Type.Object({
  name: Name('The connection'),
  connector: Type.String(),
  description: Type.String(),
  state: Type.Union([Type.Literal('on'), Type.Literal('paused')]),
  system: Type.String({ description: 'Vendor and account: the source system and the target ledger' }),
  limits: Type.Object(
    { ...limitFields, own: Type.Array(Type.String(), { description: 'Which of them were set for this connection' }) },
    { description: 'What holds now' },
  ),
  settings: Type.Record(Type.String(), Type.Unknown(), { description: 'Secret fields show only `{ "set": true, "at": … }`' }),
  webhookUrl: Maybe(Type.String({ description: 'Where the vendor sends its webhooks' })),
  consent: Maybe(ShownConsent),
  flows: Type.Array(Type.String()),
  health: Type.Object({
    state: Type.Union(
      ['unknown', 'ok', 'failing', 'open'].map((s) => Type.Literal(s)),
      { description: '`open`: calls are paused after failures' },
    ),
    since: Maybe(Instant('Since when')),
    detail: Maybe(Type.String()),
    lastSuccessAt: Maybe(Instant('Last good answer')),
  }),
  updatedAt: Instant('Last change'),
  updatedBy: Type.String(),
});

export const connectionRoutes = defineRoutes({
  listConnectors: {
    method: 'GET',
    path: '/v1/connectors',
    summary: 'Connectors that are installed',
    permission: 'connection.read',
    response: Page(ConnectorItem),
  },
  listConnections: {
    method: 'GET',
    path: '/v1/connections',
    summary: 'Connections',
    permission: 'connection.read',
    response: Page(ConnectionItem),
  },
  getConnection: {
    method: 'GET',
    path: '/v1/connections/{name}',
    summary: 'One connection',
    permission: 'connection.read',
    params: NameParam,
    response: ConnectionItem,
  },
  putConnection: {
    method: 'PUT',
    path: '/v1/connections/{name}',
    summary: 'Make or change a connection. A secret field that is left out keeps its value',
    permission: 'connection.write',
    params: NameParam,
    body: Type.Object(
      {
        connector: Type.String({ maxLength: 80 }),
        description: Type.Optional(Text('What it is for', 500)),
        settings: Type.Record(Type.String(), Type.Unknown()),
        system: Type.Optional(
          Type.String({
            maxLength: 200,
            description: 'Overrides the account that the connector finds in the settings; cannot change once messages exist',
          }),
        ),
        limits: Type.Optional(LimitsInput),
      },
      { additionalProperties: false },
    ),
    response: ConnectionItem,
  },
  checkConnection: {
    method: 'POST',
    path: '/v1/connections/{name}/check',
    summary: 'Try the connection step by step',
    permission: 'connection.write',
    params: NameParam,
    response: Type.Object({
      ok: Type.Boolean(),
      steps: Type.Array(
        Type.Object({ name: Type.String(), ok: Type.Boolean(), detail: Type.String(), remedy: Type.Optional(Type.String()) }),
      ),
    }),
  },
  pauseConnection: {
    method: 'POST',
    path: '/v1/connections/{name}/pause',
    summary: 'Stop calls and polls; webhooks are still taken',
    permission: 'connection.write',
    params: NameParam,
    response: ConnectionItem,
  },
  resumeConnection: {
    method: 'POST',
    path: '/v1/connections/{name}/resume',
    summary: 'Go on',
    permission: 'connection.write',
    params: NameParam,
    response: ConnectionItem,
  },

  tryConnectionNow: {
    method: 'POST',
    path: '/v1/connections/{name}/try-now',
    summary:
      'End the rest of a connection that failed several times, or that asked to slow down: the next call finds out whether it is back',
    permission: 'connection.write',
    params: NameParam,
    body: Type.Object({ reason: Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' }) }, { additionalProperties: false }),
    response: ConnectionItem,
  },
});
