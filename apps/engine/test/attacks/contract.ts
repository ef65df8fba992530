/** The API as a stranger knows it: its OpenAPI document, and nothing else. What is attacked is what it says. */

export interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  minItems?: number;
  additionalProperties?: boolean | Schema;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: Schema;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  permission: string;
  parameters: Parameter[];
  /** Of a JSON body. */
  body: Schema | undefined;
  /** Every type that a body may come in; `*` for any. */
  bodyTypes: string[];
  produces: string;
}

interface Document {
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        'x-permission': string;
        parameters?: Parameter[];
        requestBody?: { content: Record<string, { schema: Schema }> };
        responses: Record<string, { content?: Record<string, unknown> }>;
      }
    >
  >;
}

export async function readContract(url: string): Promise<Operation[]> {
  const document = (await (await fetch(`${url}/v1/openapi.json`)).json()) as Document;
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]): Operation => {
      const content = told.requestBody?.content ?? {};
      const success = Object.entries(told.responses).find(([status]) => status.startsWith('2'))?.[1];
      return {
        id: told.operationId,
        method: method.toUpperCase(),
        path,
        permission: told['x-permission'],
        parameters: told.parameters ?? [],
        body: content['application/json']?.schema,
        bodyTypes: Object.keys(content).map((type) => (type === '*/*' ? '*' : type)),
        produces: Object.keys(success?.content ?? {})[0] ?? 'application/json',
      };
    }),
  );
}

/** The prefix of an id that a schema asks for: `msg` of `^msg_[0-9a-z]{26}$`. */
export const idPrefix = (schema: Schema): string | undefined => /^\^([a-z]+)_\[0-9a-z\]\{26\}\$$/.exec(schema.pattern ?? '')?.[1];
export const noSuchId = (prefix: string): string => `${prefix}_0000000000000000000000000z`;

/** The least that fits a schema; `ids` gives an id of a kind, and one that names nothing when it gives none. */
export function sample(schema: Schema, ids: (prefix: string) => string | undefined = () => undefined): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sample(schema.anyOf.find(({ type }) => type !== 'null') ?? schema.anyOf[0]!, ids);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sample(part, ids) as object)) as unknown;
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'string':
      return text(schema, ids);
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return false;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, ids));
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {}, ids)]));
    default:
      return {};
  }
}

function text(schema: Schema, ids: (prefix: string) => string | undefined): string {
  const prefix = idPrefix(schema);
  if (prefix !== undefined) return ids(prefix) ?? noSuchId(prefix);
  if (schema.format === 'email') return 'nobody@example.org';
  if (schema.format === 'date') return '2026-11-01';
  if (schema.format === 'date-time') return '2026-11-01T00:00:00Z';
  return 'nothing-of-this-name'.padEnd(schema.minLength ?? 0, 'x').slice(0, schema.maxLength ?? 40);
}

/** A place in a JSON body, and how to put something there into a body that fits otherwise. */
export interface Place {
  path: string;
  schema: Schema;
  put(value: unknown): unknown;
}

/** Every field of a body schema, objects inside objects too. */
export function placesOf(schema: Schema | undefined): Place[] {
  if (!schema) return [];
  const parts = schema.allOf ?? [schema];
  const base = () => sample(schema) as Record<string, unknown>;
  return parts.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, field]): Place[] => {
      const put = (value: unknown) => ({ ...base(), [name]: value });
      const within = placesOf(field.type === 'object' ? field : undefined);
      const inItems = field.type === 'array' && field.items ? [field.items] : [];
      return [
        { path: `/${name}`, schema: field, put },
        ...within.map((inner) => ({ path: `/${name}${inner.path}`, schema: inner.schema, put: (value: unknown) => put(inner.put(value)) })),
        ...inItems.flatMap((item): Place[] => [
          { path: `/${name}/0`, schema: item, put: (value) => put([value]) },
          ...placesOf(item).map((inner) => ({
            path: `/${name}/0${inner.path}`,
            schema: inner.schema,
            put: (value: unknown) => put([inner.put(value)]),
          })),
        ]),
      ];
    }),
  );
}

export const takesText = (schema: Schema): boolean =>
  schema.type === 'string'
    ? schema.const === undefined
    : (schema.anyOf ?? []).some((one) => one.type === 'string' && one.const === undefined);
