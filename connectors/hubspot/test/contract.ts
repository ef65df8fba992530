import { openApiContract, type DoubleRequest } from '@waybill/sdk/double';

/**
 * What HubSpot says of the requests that this connector makes, and nothing else. Written by hand from developers.hubspot.com: "Create or update a batch of
 * objects by unique property values", "Search the CRM" (five filter groups of ten filters, 200 rows, one sort), "Associations v4" and "Account information".
 * HubSpot's own OpenAPI documents are not licensed for copies, and are not among the contracts that tests read.
 */
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const name = { type: 'string', pattern: '^[a-z][a-z0-9_]*$' };
const inPath = (...names: string[]) => names.map((one) => ({ name: one, in: 'path', required: true, schema: text(255) }));
const query = (names: Record<string, object>) => Object.entries(names).map(([one, schema]) => ({ name: one, in: 'query', schema }));
const json = (required: string[], properties: object) => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object', required, properties, additionalProperties: false } } },
});

const filter = {
  type: 'object',
  required: ['propertyName', 'operator', 'value'],
  additionalProperties: false,
  properties: { propertyName: name, operator: { enum: ['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE'] }, value: text(3_000) },
};

const paths: Record<string, Record<string, { parameters: { name: string; in: string }[]; requestBody?: object }>> = {
  '/account-info/v3/details': { get: { parameters: [] } },
  '/crm/v3/objects/{type}': { get: { parameters: [...inPath('type'), ...query({ limit: { type: 'integer', minimum: 1, maximum: 100 }, after: text(100) })] } },
  '/crm/v3/objects/{type}/{id}': {
    get: { parameters: [...inPath('type', 'id'), ...query({ properties: text(10_000), archived: { enum: ['true', 'false'] }, idProperty: name })] },
  },
  '/crm/v3/objects/{type}/search': {
    post: {
      parameters: inPath('type'),
      requestBody: json(['filterGroups'], {
        filterGroups: { type: 'array', maxItems: 5, items: { type: 'object', required: ['filters'], properties: { filters: { type: 'array', minItems: 1, maxItems: 10, items: filter } } } },
        sorts: { type: 'array', maxItems: 1, items: { type: 'object', properties: { propertyName: name, direction: { enum: ['ASCENDING', 'DESCENDING'] } } } },
        properties: { type: 'array', items: name },
        limit: { type: 'integer', minimum: 1, maximum: 200 },
        after: text(20),
      }),
    },
  },
  '/crm/v3/objects/{type}/batch/upsert': {
    post: {
      parameters: inPath('type'),
      requestBody: json(['inputs'], {
        inputs: {
          type: 'array',
          minItems: 1,
          maxItems: 100,
          items: {
            type: 'object',
            required: ['id', 'idProperty', 'properties'],
            additionalProperties: false,
            properties: { id: text(255), idProperty: name, properties: { type: 'object', propertyNames: name, additionalProperties: { type: 'string' } } },
          },
        },
      }),
    },
  },
  '/crm/v4/objects/{from}/{fromId}/associations/default/{to}/{toId}': { put: { parameters: inPath('from', 'fromId', 'to', 'toId') } },
}; // prettier-ignore

const check = openApiContract({ openapi: '3.0.3', paths });

/** The schema, and what a schema does not say: no parameter but those named, and the token. */
export function contractOf(token: string): (request: DoubleRequest) => string[] {
  return (request) => {
    const template = Object.keys(paths).find((one) => new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`).test(request.path));
    const known = template ? paths[template]![request.method.toLowerCase()]?.parameters : undefined;
    const strange = Object.keys(request.query).filter((one) => known && !known.some((parameter) => parameter.in === 'query' && parameter.name === one));
    return [
      ...check(request),
      ...strange.map((one) => `the query parameter ${one} is not known`),
      ...(request.headers['authorization'] === `Bearer ${token}` ? [] : ['the access token is missing']),
    ];
  };
} // prettier-ignore
