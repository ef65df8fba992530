import type { RouteSpec, Routes } from './route.js';
import { Problem } from './fields.js';

interface ApiFacts {
  title: string;
  version: string;
  description: string;
}

/** The OpenAPI 3.1 document of the routes. TypeBox schemas are JSON Schema, which OpenAPI 3.1 takes as they stand. */
export function openApiDocument(routes: Routes, facts: ApiFacts): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [operationId, route] of Object.entries(routes)) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(operationId, route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: facts.title,
      version: facts.version,
      description: facts.description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-waybill_session',
          description: 'The session cookie of the console; writes also need the header X-Waybill-Request',
        },
      },
      schemas: { Problem: plain(Problem) },
    },
  };
}

function operation(operationId: string, route: RouteSpec): Record<string, unknown> {
  const problem = {
    description: 'A problem',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const parameters = [...fields(route.params, 'path'), ...fields(route.query, 'query')];
  const content: Record<string, unknown> = {};
  if (route.body) content['application/json'] = { schema: plain(route.body) };
  for (const [type, schema] of Object.entries(route.ownBodies ?? {})) content[type] = { schema: plain(schema) };
  for (const type of route.textBody ?? []) content[type === '*' ? '*/*' : type] = { schema: { type: 'string' } };
  return {
    operationId,
    summary: route.summary,
    tags: [route.path.split('/')[2] ?? 'health'],
    'x-permission': route.permission,
    ...(route.permission === 'public' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(Object.keys(content).length > 0 ? { requestBody: { required: true, content } } : {}),
    responses: {
      [String(route.status ?? 200)]: {
        description: 'Success',
        content: { [route.produces ?? 'application/json']: { schema: plain(route.response) } },
      },
      default: problem,
    },
  };
}

function fields(schema: RouteSpec['params'], where: 'path' | 'query'): unknown[] {
  if (!schema) return [];
  return Object.entries(schema.properties).map(([name, field]) => {
    const { description, ...rest } = plain(field);
    return {
      name,
      in: where,
      required: where === 'path' || (schema.required ?? []).includes(name),
      ...(description ? { description } : {}),
      schema: rest,
    };
  });
}

/** A TypeBox schema as plain data: its symbols and identifiers are for TypeScript only. */
function plain(schema: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema, (key, value: unknown) => (key === '$id' ? undefined : value))) as Record<string, unknown>;
}
