/** What recorded payloads say against the schemas. */
import { Type } from '@sinclair/typebox';
import { schemaParams, SchemaKindName } from '../../catalog/routes.js';
import { Count, Instant, Maybe, Page } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { payloadsMax } from '../payload-fields.js';
import { toldMax } from './drift.js';
import { requiredFrom } from './inferred.js';

/** So many payloads of each schema are looked through for the marks of a list. */
export const markPayloads = 50;

const place = { path: Type.Array(Type.String(), { description: 'Names; lists are passed through' }) };
const seen = {
  example: Maybe(Type.String({ description: 'As JSON, at most 60 characters; null where it holds other fields' })),
  firstAt: Instant('When the first of the payloads that have it came in'),
  lastAt: Instant('When the last of them did'),
};
const most = (what: string) => ({ description: `${what}. At most ${toldMax}` });

/** What payloads say against a schema, whichever they are. */
export const driftFields = {
  unknown: Type.Array(
    Type.Object({
      ...place,
      types: Type.Array(Type.String(), { description: 'As JSON names them, the most frequent first' }),
      filled: Count('Objects around it in which it is there and not null'),
      of: Count('Objects around it'),
      ...seen,
      refused: Type.Boolean({ description: 'The schema allows no other fields there' }),
    }),
    most('Fields that payloads have and the schema does not, what is new first'),
  ),
  unseen: Type.Array(
    Type.Object({
      ...place,
      types: Type.Array(Type.String(), { description: 'That the schema allows; none: any' }),
      required: Type.Boolean(),
      of: Count('Objects around it'),
    }),
    most('Fields of the schema that no payload fills; none are told where payloads have too many fields to count'),
  ),
  otherTypes: Type.Array(
    Type.Object({
      ...place,
      inList: Type.Boolean({ description: 'The values stand in a list there' }),
      declared: Type.Array(Type.String(), { description: 'Types that the schema allows' }),
      type: Type.String({ description: 'Type of the values' }),
      count: Count('So many values'),
      of: Count('Objects around it, or values in the list'),
      ...seen,
    }),
    most('Values of a type that the schema does not allow'),
  ),
  more: Type.Boolean({ description: 'There is more than is told' }),
};

/** What is counted of it in a list. */
export const driftMarks = {
  unknown: Count('Fields that the schema does not have'),
  unseen: Count('Fields of the schema that no payload fills'),
  otherTypes: Count('Places with values of another type'),
};

export const InferredSchema = Type.Object({}, { description: 'JSON Schema 2020-12 that they fit; it holds no values' });
export const inferredQuery = Type.Object({
  onto: Type.Optional(
    Type.Union([Type.Literal('schema')], {
      description:
        '`schema`: what the schema says already, with every other field that is seen as an optional one. Left out: of payloads alone',
    }),
  ),
});

export const driftRoutes = defineRoutes({
  listSchemaDrift: {
    method: 'GET',
    path: '/v1/schema-drift',
    summary: `How many fields of the newest payloads differ from each schema that a flow uses, over ${markPayloads} payloads each; no values`,
    permission: 'message.read',
    response: Page(
      Type.Object({
        kind: SchemaKindName,
        name: Type.String(),
        payloads: Count('That were looked through'),
        ...driftMarks,
      }),
    ),
  },
  getSchemaDrift: {
    method: 'GET',
    path: '/v1/schemas/{kind}/{name}/drift',
    summary:
      'What the newest recorded payloads say against a schema: fields that it does not have, fields that nobody fills, values of another type. The uppermost field of each',
    permission: 'message.read',
    params: schemaParams,
    response: Type.Object({
      payloads: Count(`Recorded payloads that were looked through, at most ${payloadsMax}: those that the caller sees`),
      flows: Type.Array(Type.String(), { description: 'The flows that they travelled' }),
      side: Maybe(
        Type.Union([Type.Literal('reads'), Type.Literal('writes')], {
          description: '`reads`: the payloads are records; `writes`: outputs of mappings; null: no flow uses the schema',
        }),
      ),
      from: Maybe(Instant('When the oldest of them came in')),
      to: Maybe(Instant('When the newest did')),
      ...driftFields,
    }),
  },
  getInferredSchema: {
    method: 'GET',
    path: '/v1/schemas/{kind}/{name}/inferred',
    summary: `A JSON Schema that the newest recorded payloads fit. A field that each of ${requiredFrom} objects or more fills is required`,
    permission: 'message.read',
    params: schemaParams,
    query: inferredQuery,
    response: Type.Object({
      payloads: Count(`Recorded payloads that it is made of, at most ${payloadsMax}: those that the caller sees`),
      schema: InferredSchema,
      more: Type.Boolean({ description: 'Payloads have more fields than could be counted' }),
    }),
  },
});
