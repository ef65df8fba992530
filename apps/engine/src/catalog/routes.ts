/** What an admin defines: connections, mappings, tables, flows, schemas, packs. */
import { Type } from '@sinclair/typebox';
import { AnyJson, Day, Id, Instant, Maybe, Name, Page, ProblemItem, Text } from '../platform/http/fields.js';
import { defineRoutes } from '../platform/http/route.js';
import { caseRoutes } from './mappings/case-routes.js';
import { RowInput, Table, TableRow } from './tables/fields.js';
import { consentRoutes, ShownConsent } from './connections/consent-routes.js';
import { ReleaseRef, releaseRoutes } from './flows/release-routes.js';
import { schemaRoutes } from './schemas/schema-routes.js';
import { tableDraftRoutes } from './tables/draft-routes.js';

export { releaseStates } from './flows/release-life.js';
export { ImpactOnExceptions } from './tables/draft-routes.js';
export { CompatibilityFields, SchemaKindName, schemaParams } from './schemas/schema-routes.js';
export { RowInput, TableDraftDetail, TableRow } from './tables/fields.js';

const NameParam = Type.Object({ name: Name('Its name') });
const Note = Type.Optional(Type.String({ maxLength: 500, description: 'Why; kept with the version' }));
const Version = Type.Object({
  version: Type.Integer(),
  hash: Type.String(),
  note: Maybe(Type.String()),
  createdAt: Instant('When'),
  createdBy: Type.String(),
});
const AsDraft = Type.Optional(Type.Boolean({ description: 'Live nowhere yet: to be compared, approved, shared and made live later' }));
const Drafts = Type.Array(Type.Object({ flow: Type.String(), releaseId: Id('rel', 'The release'), version: Type.Integer() }), {
  description: 'Releases that wait as drafts',
});
const CheckResult = Type.Object({ ok: Type.Boolean(), problems: Type.Array(ProblemItem) });

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

export const FlowItem = Type.Object({
  name: Name('The flow'),
  description: Type.String(),
  state: Type.Union(
    ['on', 'paused', 'draining'].map((state) => Type.Literal(state)),
    { description: '`draining`: what was in when it began goes out, what comes later waits; then it is `paused`' },
  ),
  priority: Type.Union(
    ['high', 'normal', 'low'].map((priority) => Type.Literal(priority)),
    { description: 'Who gets the calls of a connection first' },
  ),
  source: Type.Object({ connection: Maybe(Type.String()), stream: Maybe(Type.String()), canonical: Maybe(Type.String()) }),
  target: Type.Object({ connection: Maybe(Type.String()), operation: Maybe(Type.String()), canonical: Maybe(Type.String()) }),
  mapping: Type.String(),
  release: Version,
  approver: Maybe(Type.String({ description: 'The role that approves its releases; null: saving goes live' })),
  candidate: Maybe(
    Type.Composite(
      [
        ReleaseRef,
        Type.Object({ share: Maybe(Type.Object({ percent: Maybe(Type.Integer()), entities: Maybe(Type.Array(Type.String())) })) }),
      ],
      { description: 'The release that may go live next: in the shadow or on a share, else the newest' },
    ),
  ),
  counts: Type.Record(Type.String(), Type.Integer(), { description: 'Messages by state; final states over the last 24 hours' }),
  lastMessageAt: Maybe(Instant('Newest message')),
});

const savedFields = {
  source: Type.String({ maxLength: 100_000 }),
  note: Note,
  expectedVersion: Type.Optional(Type.Integer({ description: 'Refuse when somebody else saved in between' })),
  draft: AsDraft,
};
const SavedMapping = Type.Object({
  name: Type.String(),
  version: Type.Integer(),
  unchanged: Type.Boolean(),
  released: Type.Array(Type.String(), { description: 'Flows in which it is live now' }),
  drafts: Drafts,
});

const ownRoutes = defineRoutes({
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

  listFlows: { method: 'GET', path: '/v1/flows', summary: 'Flows', permission: 'flow.read', response: Page(FlowItem) },
  getFlow: {
    method: 'GET',
    path: '/v1/flows/{name}',
    summary: 'One flow with its file',
    permission: 'flow.read',
    params: NameParam,
    response: Type.Composite([FlowItem, Type.Object({ yaml: Type.String(), definition: AnyJson, releases: Type.Array(Version) })]),
  },
  putFlow: {
    method: 'PUT',
    path: '/v1/flows/{name}',
    summary:
      'Save a flow: a new release goes live, or waits as a draft where the flow names who approves or `draft` asks for it. Every problem is told at once',
    permission: 'flow.write',
    params: NameParam,
    query: Type.Object({ draft: AsDraft }),
    body: Type.Object(
      {
        yaml: Type.Optional(Type.String({ maxLength: 100_000 })),
        definition: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        note: Note,
        draft: AsDraft,
        mappingVersion: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 2_000_000_000, description: 'Of its mapping; left out: the one that is live in the flow' }),
        ),
        expectedVersion: Type.Optional(
          Type.Integer({
            minimum: 0,
            maximum: 2_000_000_000,
            description: 'Of the live release that the file began from, 0 for a new flow: refuse when another one went live in between',
          }),
        ),
      },
      { additionalProperties: false, description: 'The flow file as YAML text, or the same as a JSON object' },
    ),
    textBody: ['application/yaml', 'text/yaml'],
    response: Type.Composite([
      FlowItem,
      Type.Object({ made: Maybe(Type.Composite([ReleaseRef], { description: 'What the save became; null when it was live already' })) }),
    ]),
  },
  checkFlow: {
    method: 'POST',
    path: '/v1/flows/check',
    summary: 'Check a flow file without saving it',
    permission: 'flow.read',
    body: Type.Object({ yaml: Type.String({ maxLength: 100_000 }) }, { additionalProperties: false }),
    response: Type.Composite([CheckResult, Type.Object({ definition: Maybe(AnyJson) })]),
  },
  pauseFlow: {
    method: 'POST',
    path: '/v1/flows/{name}/pause',
    summary: 'Messages keep coming in and wait',
    permission: 'flow.write',
    params: NameParam,
    response: FlowItem,
  },
  drainFlow: {
    method: 'POST',
    path: '/v1/flows/{name}/drain',
    summary: 'What is in goes out; what comes later waits. Paused by itself when nothing moves any more',
    permission: 'flow.write',
    params: NameParam,
    response: FlowItem,
  },
  resumeFlow: {
    method: 'POST',
    path: '/v1/flows/{name}/resume',
    summary: 'Go on',
    permission: 'flow.write',
    params: NameParam,
    response: FlowItem,
  },

  listMappings: {
    method: 'GET',
    path: '/v1/mappings',
    summary: 'Mappings',
    permission: 'mapping.read',
    response: Page(
      Type.Object({
        name: Type.String(),
        version: Type.Integer(),
        updatedAt: Instant('Last version'),
        updatedBy: Type.String(),
        usedBy: Type.Array(Type.String()),
      }),
    ),
  },
  getMapping: {
    method: 'GET',
    path: '/v1/mappings/{name}',
    summary: 'One mapping, its current source and its versions',
    permission: 'mapping.read',
    params: NameParam,
    query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) }),
    response: Type.Object({
      name: Type.String(),
      version: Type.Integer(),
      source: Type.String(),
      versions: Type.Array(
        Type.Composite([Version, Type.Object({ draft: Type.Boolean({ description: 'Live in no flow, saved with a draft' }) })]),
      ),
      usedBy: Type.Array(
        Type.Object({ flow: Type.String(), version: Type.Integer({ description: 'Live in the flow' }), produce: Type.String() }),
      ),
    }),
  },
  putMapping: {
    method: 'PUT',
    path: '/v1/mappings/{name}',
    summary:
      'Save a new version; the flows that use it get a new release: live, or a draft where a flow names who approves or `draft` asks for it. Its golden cases are run first, and a red one stops it',
    permission: 'mapping.write',
    params: NameParam,
    query: Type.Object({ draft: AsDraft }),
    body: Type.Object(savedFields, { additionalProperties: false }),
    textBody: ['text/plain', 'application/jsonata'],
    response: SavedMapping,
  },
  overrideMapping: {
    method: 'POST',
    path: '/v1/mappings/{name}/override',
    summary: 'Save a new version although golden cases are red. The reason is an entry of the audit log, with the cases',
    permission: 'mapping.override',
    params: NameParam,
    body: Type.Object(
      { ...savedFields, reason: Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' }) },
      { additionalProperties: false },
    ),
    response: SavedMapping,
  },
  evaluateMapping: {
    method: 'POST',
    path: '/v1/mappings/evaluate',
    summary: 'Run a mapping on a sample in the engine, with the tables as they are; nothing is stored or sent',
    permission: 'mapping.read',
    body: Type.Object(
      {
        source: Type.String({ maxLength: 100_000 }),
        input: Type.Unknown(),
        enriched: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        flow: Type.Optional(Type.String({ maxLength: 80, description: 'Run as this flow would: its enrich, its produce schema' })),
        asOf: Type.Optional(Instant('For table look-ups')),
        delivery: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'What `$delivery` says' })),
        revision: Type.Optional(Type.String({ maxLength: 255, description: 'What `$revision` says' })),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({
      ok: Type.Boolean(),
      output: Type.Optional(Type.Unknown()),
      enriched: Type.Optional(Type.Unknown()),
      error: Type.Optional(
        Type.Object({
          code: Type.String(),
          message: Type.String(),
          position: Type.Optional(Type.Integer()),
          category: Type.Optional(Type.String()),
        }),
      ),
      problems: Type.Array(ProblemItem, { description: 'Where the output does not fit the schema' }),
      ms: Type.Number(),
    }),
  },
  checkMapping: {
    method: 'POST',
    path: '/v1/mappings/check',
    summary: 'Check a mapping without running it',
    permission: 'mapping.read',
    body: Type.Object({ source: Type.String({ maxLength: 100_000 }) }, { additionalProperties: false }),
    response: Type.Composite([
      CheckResult,
      Type.Object({ warnings: Type.Array(ProblemItem, { description: 'What is probably not meant; it does not stop a save' }) }),
    ]),
  },
  listMappingFields: {
    method: 'GET',
    path: '/v1/mappings/{name}/fields',
    summary:
      'Fields of the newest recorded payloads that a mapping reads, with types, how often they are filled, and an example; and the schemas around it',
    permission: 'mapping.read',
    params: NameParam,
    response: Type.Object({
      payloads: Type.Integer({ description: 'Recorded payloads that were looked through, at most 200' }),
      fields: Type.Array(
        Type.Object({
          root: Type.Union([Type.Literal('source'), Type.Literal('enriched')]),
          path: Type.Array(Type.String(), { description: 'Names; lists are passed through' }),
          types: Type.Array(Type.String(), { description: 'As JSON names them, the most frequent first' }),
          filled: Type.Integer({ description: 'Objects around it in which it is there and not null' }),
          of: Type.Integer({ description: 'Objects around it' }),
          example: Maybe(Type.String({ description: 'As JSON, at most 60 characters; null where it holds other fields' })),
        }),
        { description: 'At most 2,000' },
      ),
      more: Type.Boolean({ description: 'There are more fields' }),
      source: Maybe(Type.Object({ name: Type.String(), schema: AnyJson }, { description: 'What the records of its flows fit' })),
      targets: Type.Array(
        Type.Object({
          flow: Type.String(),
          name: Type.String(),
          schema: AnyJson,
          stamps: Type.Array(Type.String(), { description: 'Fields that the engine sets itself, whatever the mapping gives' }),
        }),
        { description: 'What the mapping has to give, by flow' },
      ),
      tables: Type.Array(
        Type.Object({ name: Type.String(), title: Type.String(), key: Type.Array(Type.String()), columns: Type.Array(Type.String()) }),
      ),
    }),
  },
  listSamples: {
    method: 'GET',
    path: '/v1/mappings/{name}/samples',
    summary: 'Recorded records that this mapping translated, newest first',
    permission: 'mapping.read',
    params: NameParam,
    query: Type.Object({
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })),
      q: Type.Optional(Type.String({ maxLength: 200, description: 'Beginning of a document key, a title or a message id' })),
    }),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          messageId: Type.String(),
          flow: Type.String(),
          title: Maybe(Type.String()),
          state: Type.String(),
          receivedAt: Instant('When'),
          occurredAt: Instant('When it happened, by the clock of the source: the day that tables are read on'),
          revision: Type.String({ description: '`$revision`' }),
          facts: AnyJson,
          delivery: AnyJson,
          input: AnyJson,
          enriched: Maybe(AnyJson),
          output: Maybe(AnyJson),
          hash: Type.String(),
        }),
      ),
    }),
  },

  listTables: { method: 'GET', path: '/v1/tables', summary: 'Tables', permission: 'table.read', response: Page(Table) },
  getTable: {
    method: 'GET',
    path: '/v1/tables/{name}',
    summary: 'One table',
    permission: 'table.read',
    params: NameParam,
    response: Table,
  },
  putTable: {
    method: 'PUT',
    path: '/v1/tables/{name}',
    summary: 'Make a table or change its columns; rows stay. May bring its first rows',
    permission: 'table.write',
    params: NameParam,
    body: Type.Object(
      {
        title: Type.String({ minLength: 1, maxLength: 200 }),
        description: Type.Optional(Text('What it is for', 1000)),
        key: Type.Array(Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 60 }), { minItems: 1, maxItems: 8 }),
        columns: Type.Array(
          Type.Object({
            name: Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 60 }),
            type: Type.Union(['text', 'decimal', 'date', 'boolean'].map((t) => Type.Literal(t))),
            required: Type.Optional(Type.Boolean()),
            description: Type.Optional(Text('Meaning', 300)),
          }),
          { minItems: 1, maxItems: 40 },
        ),
        governed: Type.Optional(Type.Boolean()),
        rows: Type.Optional(Type.Array(RowInput, { maxItems: 10_000 })),
      },
      { additionalProperties: false },
    ),
    response: Table,
  },
  getTableSnapshot: {
    method: 'GET',
    path: '/v1/tables/{name}/snapshot',
    summary: 'The rows that a mapping sees: of the version as it is, of every day. None where there are more than 5,000',
    permission: 'table.read',
    params: NameParam,
    response: Type.Object({
      name: Type.String(),
      version: Type.Integer(),
      key: Type.Array(Type.String()),
      rows: Type.Array(
        Type.Object({
          key: Type.Record(Type.String(), Type.String()),
          values: Type.Record(Type.String(), Maybe(Type.String())),
          validFrom: Maybe(Day('First day')),
          validTo: Maybe(Day('Last day')),
        }),
      ),
      more: Type.Boolean({ description: 'There are more than 5,000 rows, so none is told' }),
    }),
  },
  listTableRows: {
    method: 'GET',
    path: '/v1/tables/{name}/rows',
    summary: 'Rows valid on a day, or all with their history',
    permission: 'table.read',
    params: NameParam,
    query: Type.Object({
      asOf: Type.Optional(Day('Default today')),
      history: Type.Optional(Type.Boolean({ description: 'Also ended rows, and those that later versions no longer have' })),
      everyDay: Type.Optional(Type.Boolean({ description: 'Rows of this version whatever their days, ended and coming ones too' })),
      q: Type.Optional(Type.String({ maxLength: 200 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })),
      cursor: Type.Optional(Type.String({ maxLength: 400 })),
    }),
    response: Page(TableRow),
  },
  changeTableRows: {
    method: 'POST',
    path: '/v1/tables/{name}/rows',
    summary: 'Write rows. An older row of the same key ends the day before the new one begins; nothing is overwritten',
    permission: 'table.write',
    params: NameParam,
    body: Type.Object(
      {
        put: Type.Optional(Type.Array(RowInput, { maxItems: 10_000 })),
        end: Type.Optional(
          Type.Array(
            Type.Object({ key: Type.Record(Type.String(), Type.String()), validTo: Day('Its last day') }, { additionalProperties: false }),
            { maxItems: 1000 },
          ),
        ),
        reason: Type.Optional(Text('Why', 500)),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({
      version: Type.Integer(),
      added: Type.Integer(),
      ended: Type.Integer(),
      unchanged: Type.Integer(),
      mayClear: Type.Integer({ description: 'Open exceptions that name this table and these keys' }),
    }),
  },
  importTableRows: {
    method: 'PUT',
    path: '/v1/tables/{name}/rows',
    summary: 'Write rows from CSV: a header of key columns, value columns, validFrom, validTo',
    permission: 'table.write',
    params: NameParam,
    query: Type.Object({ dryRun: Type.Optional(Type.Boolean({ description: 'Only tell what would change' })) }),
    textBody: ['text/csv'],
    response: Type.Object({
      version: Type.Integer(),
      added: Type.Integer(),
      ended: Type.Integer(),
      unchanged: Type.Integer(),
      problems: Type.Array(ProblemItem),
    }),
  },

  listPacks: {
    method: 'GET',
    path: '/v1/packs',
    summary: 'Integrations that can be installed',
    permission: 'flow.read',
    response: Page(
      Type.Object({
        name: Type.String(),
        title: Type.String(),
        readme: Type.String(),
        connections: Type.Array(Type.Object({ name: Type.String(), connector: Type.String(), exists: Type.Boolean() })),
        flows: Type.Array(Type.String()),
        mappings: Type.Array(Type.String()),
        tables: Type.Array(Type.String()),
        controls: Type.Array(Type.String()),
        installed: Type.Boolean(),
      }),
    ),
  },
  installPack: {
    method: 'POST',
    path: '/v1/packs/{name}/install',
    summary: 'Write the mappings, tables, flows and controls of a pack. Tables that exist keep their rows',
    permission: 'flow.write',
    params: NameParam,
    body: Type.Object(
      {
        tableRows: Type.Optional(Type.Boolean({ default: true, description: 'Fill new tables with the rows of the pack' })),
        flows: Type.Optional(
          Type.Array(Type.String({ maxLength: 80 }), { description: 'Only these flows; default all whose connections exist' }),
        ),
        controls: Type.Optional(
          Type.Array(Type.String({ maxLength: 80 }), {
            description: 'Only these controls; default all whose connections exist, and none when flows are chosen',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({
      mappings: Type.Array(Type.String()),
      tables: Type.Array(Type.String()),
      flows: Type.Array(Type.String(), { description: 'Live as the pack has them' }),
      drafts: Drafts,
      left: Type.Array(Type.Object({ flow: Type.String(), reason: Type.String() })),
      controls: Type.Array(Type.String()),
      controlsLeft: Type.Array(Type.Object({ control: Type.String(), reason: Type.String() })),
    }),
  },
});

export const catalogRoutes = { ...ownRoutes, ...consentRoutes, ...releaseRoutes, ...caseRoutes, ...tableDraftRoutes, ...schemaRoutes };
