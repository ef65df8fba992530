/** Schemas: what there is, who is checked by it, and whether a version may take the place of the one before. */
import { Type } from '@sinclair/typebox';
import { AnyJson, Count, Maybe, Name, Page } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { broken, differencesMax, verdicts } from './compatibility.js';

const oneOf = <const T extends readonly string[]>(values: T, description?: string) =>
  Type.Unsafe<T[number]>({
    ...Type.Union(values.map((value) => Type.Literal(value))),
    ...(description === undefined ? {} : { description }),
  });

export const schemaKinds = ['canonical', 'source', 'operation'] as const;
export const SchemaKindName = oneOf(schemaKinds);
/** Of routes of one schema. */
export const schemaParams = Type.Object({
  kind: Type.String({ maxLength: 40 }),
  name: Type.String({ maxLength: 120, description: 'With a dot for the slash: `stripe.invoices`' }),
});

export const CompatibilityFields = Type.Object(
  {
    verdict: oneOf(
      verdicts,
      '`backward`: what fitted before still fits; `forward`: who reads by the version before can still read; `full`: both; `none`: neither',
    ),
    differences: Type.Array(
      Type.Object({
        path: Type.String({ description: 'JSON pointer to the field; * for what stands in a list, or under any other name' }),
        breaks: Maybe(oneOf(broken, '`senders`: what fitted before may be refused; `readers`: what comes now may be new to them')),
        detail: Type.String({ description: 'The end of a sentence that begins with the field' }),
      }),
      { description: `What breaks first, at most ${differencesMax}; null in \`breaks\`: harmless` },
    ),
    more: Type.Boolean({ description: 'There are more differences' }),
  },
  { description: 'The version beside the one before it' },
);

const item = {
  name: Type.String(),
  title: Type.String(),
  kind: SchemaKindName,
  version: Maybe(Type.Integer({ description: 'Major version of a canonical type; null: a connector has one at a time' })),
  connector: Maybe(Type.String({ description: 'Whose stream or operation it is; null: a canonical type' })),
};

export const schemaRoutes = defineRoutes({
  listSchemas: {
    method: 'GET',
    path: '/v1/schemas',
    summary: 'Schemas: canonical types and what connectors declare, with how many flows and mappings use them',
    permission: 'schema.read',
    response: Page(
      Type.Object({
        ...item,
        inUse: Type.Boolean({ description: 'A canonical type, or of a connector that a connection uses' }),
        flows: Count('Flows whose records or outputs are checked by it'),
        mappings: Count('Mappings of those flows'),
      }),
    ),
  },
  getSchema: {
    method: 'GET',
    path: '/v1/schemas/{kind}/{name}',
    summary: 'One JSON Schema',
    permission: 'schema.read',
    params: schemaParams,
    response: AnyJson,
  },
  listSchemaConsumers: {
    method: 'GET',
    path: '/v1/schemas/{kind}/{name}/consumers',
    summary: 'The flows whose records or outputs are checked by a schema, with their mappings',
    permission: 'schema.read',
    params: schemaParams,
    response: Page(
      Type.Object({
        flow: Name('The flow'),
        state: oneOf(['on', 'paused', 'draining']),
        mapping: Type.String(),
        side: oneOf(['reads', 'writes'], '`reads`: its records; `writes`: the output of its mapping'),
      }),
    ),
  },
  listSchemaVersions: {
    method: 'GET',
    path: '/v1/schemas/{kind}/{name}/versions',
    summary: 'The versions of a schema, newest first, each beside the one before it',
    permission: 'schema.read',
    params: schemaParams,
    response: Page(Type.Object({ ...item, compatibility: Maybe(CompatibilityFields) })),
  },
});
