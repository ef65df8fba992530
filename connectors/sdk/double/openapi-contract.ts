import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { DoubleRequest } from './request.js';

type Node = Record<string, unknown>;
const asNode = (value: unknown): Node => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : {});
const methods = ['get', 'post', 'put', 'patch', 'delete'];

interface Route {
  method: string;
  pattern: RegExp;
  template: string;
  /** Checks `{ query, headers, path }` after their texts were made into what the schema says. */
  parameters: { name: string; in: string; required: boolean; check: ValidateFunction; type: unknown }[];
  body: { required: boolean; types: Map<string, ValidateFunction> } | undefined;
}

export interface OpenApiOptions {
  /** What stands before the paths of the document in an address, such as `/api/v1`. Default ''. */
  base?: string;
  /** Requests that the document does not describe and that are well so: the token endpoint. */
  apart?: (request: DoubleRequest) => boolean;
  /** A field that an object's schema does not name is a problem, also where the document leaves that open. Default false. */
  closed?: boolean;
}

/**
 * A vendor's OpenAPI 3.0 document as a check of requests: path, method, parameters (query, header, path) and body. Words for everything that does not
 * fit. `nullable` becomes a type of its own and unknown formats (`decimal`, `unix-time`) pass, as they must for documents in the wild.
 */
export function openApiContract(
  document: object,
  { base = '', apart = () => false, closed = false }: OpenApiOptions = {},
): (request: DoubleRequest) => string[] {
  const open = asNode(withNull(document));
  const root = closed ? asNode(withoutStrangers(open)) : open;
  const ajv = new Ajv({ strict: false, logger: false, allErrors: true, coerceTypes: false, validateFormats: true, validateSchema: false });
  (addFormatsModule as unknown as (ajv: Ajv) => void)(ajv);
  for (const format of ['unix-time', 'decimal', 'double', 'float', 'int32', 'int64', 'byte', 'binary', 'password', 'uuid'])
    ajv.addFormat(format, true);
  ajv.addSchema({ $id: 'contract', components: root['components'] ?? {} });
  const deref = (value: unknown): Node => {
    const { $ref } = asNode(value);
    if (typeof $ref !== 'string') return asNode(value);
    return deref(
      $ref
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => asNode(at)[key.replaceAll('~1', '/').replaceAll('~0', '~')], root),
    );
  };
  const compile = (schema: unknown) => ajv.compile(asNode(absolute(schema ?? {})));
  const routes = lazily(() => Object.entries(asNode(root['paths'])).flatMap(([template, item]) => routesOf(template, asNode(item))));

  function routesOf(template: string, item: Node): Route[] {
    return methods.flatMap((method) => {
      const operation = asNode(item[method]);
      if (item[method] === undefined) return [];
      const listed = [item['parameters'], operation['parameters']].flatMap((list) => (Array.isArray(list) ? list : [])).map(deref);
      return [{ method: method.toUpperCase(), template, pattern: patternOf(base + template), ...lazyParts(listed, operation) }];
    });
  }

  /** Compiled when the route is asked for the first time: documents hold hundreds of routes, and a test meets ten. */
  function lazyParts(listed: Node[], operation: Node): Pick<Route, 'parameters' | 'body'> {
    const parameters = lazily(() =>
      listed.map((one) => ({
        name: String(one['name']),
        in: String(one['in']),
        required: one['required'] === true,
        type: deref(one['schema'])['type'],
        check: compile(one['schema']),
      })),
    );
    const body = lazily(() => {
      if (operation['requestBody'] === undefined) return undefined;
      const asked = deref(operation['requestBody']);
      const types = Object.entries(asNode(asked['content'])).map(([type, media]): [string, ValidateFunction] => [
        bare(type),
        compile(asNode(media)['schema']),
      ]);
      return { required: asked['required'] === true, types: new Map(types) };
    });
    return {
      get parameters() {
        return parameters();
      },
      get body() {
        return body();
      },
    };
  }

  return (request) => {
    if (apart(request)) return [];
    const onPath = routes().filter((route) => route.pattern.test(request.path));
    // The fewest placeholders: `/Invoices/Settings` before `/Invoices/{id}`.
    const route = onPath
      .filter(({ method }) => method === request.method)
      .sort((a, b) => placeholders(a.template) - placeholders(b.template))[0];
    if (!route)
      return [
        onPath.length === 0 ? 'the document has no such path' : `the path knows ${onPath.map(({ method }) => method).join(', ')} only`,
      ];
    return [...parameterProblems(route, request), ...bodyProblems(route, request)];
  };
}

const placeholders = (template: string): number => template.split('{').length - 1;

function parameterProblems(route: Route, request: DoubleRequest): string[] {
  const inPath = route.pattern.exec(request.path)?.groups ?? {};
  const names = [...route.template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);
  return route.parameters.flatMap((parameter) => {
    const given =
      parameter.in === 'query'
        ? request.query[parameter.name]
        : parameter.in === 'header'
          ? request.headers[parameter.name.toLowerCase()]
          : parameter.in === 'path'
            ? decodeURIComponent(inPath[`p${names.indexOf(parameter.name)}`] ?? '')
            : undefined;
    if (given === undefined) return parameter.required ? [`the ${parameter.in} parameter ${parameter.name} is missing`] : [];
    return parameter.check(valueOf(given, parameter.type))
      ? []
      : [`${parameter.in} parameter ${parameter.name}: ${words(parameter.check)}`];
  });
}

function bodyProblems({ body }: Route, request: DoubleRequest): string[] {
  if (body === undefined) return request.text === '' ? [] : ['the document knows no body here'];
  if (request.text === '') return body.required ? ['the body is missing'] : [];
  const type = bare(request.headers['content-type'] ?? '');
  const check = body.types.get(type);
  if (!check) return [`the content type ${type || '(none)'} is not one of ${[...body.types.keys()].join(', ')}`];
  const value = type.endsWith('json') ? request.json : request.form;
  if (value === undefined) return ['the body is not JSON'];
  return check(value) ? [] : [words(check)];
}

const words = (check: ValidateFunction): string =>
  (check.errors ?? [])
    .slice(0, 5)
    .map(({ instancePath, message, params }) => `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`)
    .join('; ');

/** `application/json; charset=utf-8` is `application/json`: without this an empty body passes. */
const bare = (type: string): string => type.split(';')[0]!.trim().toLowerCase();

/** What stands in an address is text; the schema says what it is meant as. */
function valueOf(given: string, type: unknown): unknown {
  if (type === 'boolean') return given === 'true' ? true : given === 'false' ? false : given;
  if (type === 'integer' || type === 'number') return given !== '' && Number.isFinite(Number(given)) ? Number(given) : given;
  if (type === 'array') return given.split(',');
  return given;
}

const patternOf = (template: string): RegExp => {
  let at = 0;
  const source = template
    .split(/(\{[^}]+\})/)
    .map((part) => (part.startsWith('{') ? `(?<p${at++}>[^/]+)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`);
};

/** References inside a schema lead into the one document that ajv knows as `contract`. */
function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' && inner.startsWith('#') ? `contract${inner}` : absolute(inner),
    ]),
  );
}

/** OpenAPI 3.0 says `nullable`, JSON Schema says `null`. Examples may hold anything and are left out. */
function withNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNull);
  if (typeof value !== 'object' || value === null) return value;
  const { example: _, examples: __, nullable, ...rest } = value as Node;
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, one]) => [key, key === 'properties' ? eachWithNull(one) : withNull(one)]),
  );
  return nullable === true ? { anyOf: [inner, { type: 'null' }] } : inner;
}

/** Objects with named properties take no others. Parts of an `allOf` stay open, for each would refuse what the others name. */
function withoutStrangers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutStrangers);
  if (typeof value !== 'object' || value === null) return value;
  const inner: Node = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, key === 'allOf' ? one : withoutStrangers(one)]));
  const named = typeof inner['properties'] === 'object' && inner['allOf'] === undefined && inner['additionalProperties'] === undefined;
  return named && inner['type'] === 'object' ? { ...inner, additionalProperties: false } : inner;
}

/** The names of properties are the vendor's, and one of them may be `example`. */
const eachWithNull = (properties: unknown): Node =>
  Object.fromEntries(Object.entries(asNode(properties)).map(([name, one]) => [name, withNull(one)]));

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
