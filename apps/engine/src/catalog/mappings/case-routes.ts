/** Golden cases of mappings: what a sample has to become. */
import { Type } from '@sinclair/typebox';
import { caseLimits } from '@waybill/mapping-language';
import { AnyJson, Count, Id, Instant, Maybe, Name, Text } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';

const strict = { additionalProperties: false };
const NameParam = Type.Object({ name: Name('The mapping') });
const CaseParams = Type.Object({ name: Name('The mapping'), id: Id('gcs', 'The case') });
const CaseName = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '\\S',
  description: 'What it is a case of; one of its kind in the mapping',
});
const Tags = Type.Array(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }), { maxItems: caseLimits.tagsMax });
const Reason = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' });
const Path = Type.String({ maxLength: 400, pattern: '^(/.*)?$', description: 'JSON pointer in the output' });

const Expectation = Type.Union(
  [
    Type.Object({ kind: Type.Literal('whole'), output: AnyJson }, strict),
    Type.Object(
      {
        kind: Type.Literal('paths'),
        values: Type.Array(Type.Object({ path: Path, value: Type.Optional(AnyJson) }, strict), {
          minItems: 1,
          maxItems: caseLimits.pathsMax,
          description: 'A value that is left out has to be absent',
        }),
      },
      strict,
    ),
    Type.Object(
      {
        kind: Type.Literal('failure'),
        category: Type.Optional(Type.Union(['transformation', 'master-data'].map((one) => Type.Literal(one)))),
        contains: Type.String({ minLength: 1, maxLength: 500 }),
      },
      { ...strict, description: 'The mapping has to refuse the sample with a sentence that contains this' },
    ),
  ],
  { description: 'The whole output as the mapping makes it, single paths of it, or that the sample is refused' },
);

const Difference = Type.Object({
  path: Type.String({ description: 'JSON pointer; empty for the output as a whole' }),
  expected: Type.Optional(AnyJson),
  got: Type.Optional(AnyJson),
  words: Type.Optional(Type.String()),
});

export const GoldenCaseItem = Type.Object({
  id: Id('gcs', 'The case'),
  name: Type.String(),
  tags: Type.Array(Type.String()),
  revision: Type.Integer(),
  origin: Type.Union(['recorded', 'pasted', 'pack'].map((one) => Type.Literal(one))),
  messageId: Maybe(Type.String({ description: 'Of the record that it is a copy of' })),
  pack: Maybe(Type.String()),
  input: AnyJson,
  inputHash: Type.String({ description: 'SHA-256 over the input as it is kept' }),
  enriched: Maybe(AnyJson),
  flow: Maybe(AnyJson),
  delivery: Maybe(AnyJson),
  recordRevision: Type.String({ description: '`$revision`' }),
  asOf: Type.String({ description: 'Day that tables are read on' }),
  tables: Maybe(
    Type.Array(
      Type.Object({
        name: Type.String(),
        version: Type.Integer(),
        key: Type.Array(Type.String()),
        rows: Type.Array(
          Type.Object({
            key: Type.Record(Type.String(), Type.String()),
            values: Type.Record(Type.String(), Maybe(Type.String())),
            validFrom: Maybe(Type.String()),
            validTo: Maybe(Type.String()),
          }),
        ),
      }),
      { description: 'Rows in the place of the tables as they are' },
    ),
  ),
  expects: Expectation,
  reason: Maybe(Type.String({ description: 'Of the newest change of what is expected' })),
  createdAt: Instant('When it was made'),
  createdBy: Type.String(),
  changedAt: Instant('When it was changed last'),
  changedBy: Type.String(),
  erased: Type.Boolean({ description: 'What it held was erased with its customer; it is not run any more' }),
});

const CaseResult = Type.Object({
  id: Maybe(Type.String({ description: 'Null for a case of a legal entity that you do not see' })),
  name: Type.String(),
  ok: Type.Boolean(),
  differences: Type.Array(Difference, { description: `At most ${caseLimits.differencesMax}` }),
});

export const caseRoutes = defineRoutes({
  listCases: {
    method: 'GET',
    path: '/v1/mappings/{name}/cases',
    summary: 'Golden cases of a mapping, with their samples',
    permission: 'mapping.read',
    params: NameParam,
    response: Type.Object({
      items: Type.Array(GoldenCaseItem),
      hidden: Count('Cases of legal entities that you do not see; they are run when the mapping is saved'),
      packs: Type.Array(Type.Object({ pack: Type.String(), cases: Count('Cases that it brings for this mapping') }), {
        description: 'Packs whose cases can be taken over',
      }),
    }),
  },
  makeCase: {
    method: 'POST',
    path: '/v1/mappings/{name}/cases',
    summary: 'Make a golden case: of a recorded message, whose record is copied, or of a sample of your own',
    permission: 'mapping.write',
    status: 201,
    params: NameParam,
    body: Type.Object(
      {
        name: Type.Optional(CaseName),
        tags: Type.Optional(Tags),
        messageId: Type.Optional(Id('msg', 'Copies its record and what was looked up for it; instead of `input`')),
        input: Type.Optional(AnyJson),
        enriched: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        flow: Type.Optional(Type.String({ maxLength: 80, description: 'Name that `$flow` says, of a sample of your own' })),
        asOf: Type.Optional(Instant('For table look-ups, of a sample of your own; default now')),
        expects: Type.Optional({
          ...Expectation,
          description: 'Left out: the whole of what the mapping as it is saved makes of the sample now',
        }),
        reason: Type.Optional(Reason),
      },
      strict,
    ),
    response: GoldenCaseItem,
  },
  changeCase: {
    method: 'PUT',
    path: '/v1/mappings/{name}/cases/{id}',
    summary: 'Name a golden case anew, or expect something else of its sample, which stays. What is expected changes with a reason',
    permission: 'mapping.write',
    params: CaseParams,
    body: Type.Object(
      {
        revision: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'That you have seen; a newer one is not overwritten' }),
        name: Type.Optional(CaseName),
        tags: Type.Optional(Tags),
        expects: Type.Optional(Expectation),
        reason: Type.Optional(Reason),
      },
      strict,
    ),
    response: GoldenCaseItem,
  },
  removeCase: {
    method: 'POST',
    path: '/v1/mappings/{name}/cases/{id}/remove',
    summary: 'Take a golden case away',
    permission: 'mapping.write',
    params: CaseParams,
    body: Type.Object({ reason: Reason }, strict),
    response: Type.Object({ removed: Type.Boolean() }),
  },
  runCases: {
    method: 'POST',
    path: '/v1/mappings/{name}/cases/run',
    summary:
      'Run the golden cases of a mapping in the engine, with the mapping as it is saved or with another text; nothing is stored or sent',
    permission: 'mapping.read',
    params: NameParam,
    body: Type.Object({ source: Type.Optional(Text('Instead of what is saved', 100_000)) }, strict),
    response: Type.Object({ ok: Type.Boolean(), results: Type.Array(CaseResult) }),
  },
  importCases: {
    method: 'POST',
    path: '/v1/mappings/{name}/cases/import',
    summary: 'Take over the cases that a pack brings for a mapping; those whose names are there stay as they are',
    permission: 'mapping.write',
    params: NameParam,
    body: Type.Object({ pack: Type.String({ maxLength: 80 }) }, strict),
    response: Type.Object({
      added: Type.Array(Type.String()),
      left: Type.Array(Type.Object({ name: Type.String(), why: Type.String() })),
    }),
  },
});
