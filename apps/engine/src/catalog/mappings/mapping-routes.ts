/** Mappings: their texts and versions, and what the editor asks. */
import { Type } from '@sinclair/typebox';
import { AnyJson, Instant, Maybe, Page, ProblemItem } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { NameParam, Note, Version, AsDraft, Drafts, CheckResult } from '../fields.js';

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

export const mappingRoutes = defineRoutes({
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
});
