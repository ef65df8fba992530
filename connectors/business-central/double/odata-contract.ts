import type { DoubleRequest } from '@waybill/sdk/double';
import addFormatsModule from 'ajv-formats';
import { Ajv, type ValidateFunction } from 'ajv';
import { readEdmx, type EntityModel, type Model } from './edmx.js';

const guid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const below = new RegExp(`^/v2\\.0/[^/]+/[^/]+/api/v2\\.0/(?:companies\\(${guid}\\)/)?(.*)$`);

/** A request against the vendor's metadata: entity set, key, bound action, query options and body. Words for everything that does not fit. */
export function odataContract(xml: string, options: { apart: (request: DoubleRequest) => boolean }): (request: DoubleRequest) => string[] {
  const model = readEdmx(xml);
  const ajv = new Ajv({ strict: false, logger: false, allErrors: true });
  (addFormatsModule as unknown as (ajv: Ajv) => void)(ajv);
  for (const { name, schema } of model.entities.values()) ajv.addSchema({ $id: `edmx:${name}`, ...schema });
  const check = (name: string): ValidateFunction => ajv.getSchema(`edmx:${name}`)!;

  return (request) => {
    if (options.apart(request)) return [];
    const rest = below.exec(request.path)?.[1];
    if (rest === undefined) return ['the address is not below the API'];
    const found = entityAt(model, rest);
    if (typeof found === 'string') return [found];
    const { entity, keyed, action } = found;
    const wrong = queryProblems(entity, request);
    if (action !== undefined) {
      if (request.method !== 'POST') wrong.push('an action is called with POST');
      if (request.text !== '') wrong.push('the action takes no body');
      return wrong;
    }
    if (request.method === 'POST' && keyed) wrong.push('an entity is made in its set, not at a key');
    if (['PATCH', 'DELETE'].includes(request.method)) {
      if (!keyed) wrong.push(`${request.method} needs a key`);
      if (!request.headers['if-match']) wrong.push(`${request.method} needs If-Match`);
    }
    if (['POST', 'PATCH'].includes(request.method)) {
      if ((request.headers['content-type'] ?? '').split(';')[0] !== 'application/json')
        wrong.push('the content type is not application/json');
      const validate = check(entity.name);
      if (!validate(request.json))
        wrong.push(
          ...(validate.errors ?? []).slice(0, 5).map((e) => `${e.instancePath || '/'} ${e.message ?? ''} ${JSON.stringify(e.params)}`),
        );
    }
    return wrong;
  };
}

/** `salesInvoices(id)/salesInvoiceLines`, `journals(id)/Microsoft.NAV.post`. */
function entityAt(model: Model, rest: string): { entity: EntityModel; keyed: boolean; action?: string } | string {
  const segments = rest.split('/');
  let entity: EntityModel | undefined;
  let keyed = false;
  for (const segment of segments) {
    const [, name, key] = /^([\w.]+)(?:\(([^)]*)\))?$/.exec(segment) ?? [];
    if (name === undefined) return `the segment ${segment} makes no sense`;
    if (entity === undefined) {
      entity = model.sets.get(name);
      if (!entity) return `the metadata has no entity set ${name}`;
    } else if (name.startsWith('Microsoft.NAV.')) {
      const action = name.slice('Microsoft.NAV.'.length);
      if (!keyed || !model.actions.get(entity.name)?.has(action)) return `${entity.name} has no action ${action}`;
      return { entity, keyed, action };
    } else {
      const target: string | undefined = entity.navigation.get(name);
      const next: EntityModel | undefined = target === undefined ? undefined : model.entities.get(target);
      if (!keyed || !next) return `${entity.name} has no ${name}`;
      entity = next;
    }
    keyed = key !== undefined && key !== '';
  }
  return { entity: entity!, keyed };
}

const options = ['$filter', '$orderby', '$top', '$skip', '$expand', '$select'];

function queryProblems(entity: EntityModel, { query }: DoubleRequest): string[] {
  const wrong = Object.keys(query)
    .filter((name) => !options.includes(name))
    .map((name) => `there is no query option ${name}`);
  const filtered = [...(query['$filter'] ?? '').replace(/'(?:[^']|'')*'/g, "''").matchAll(/(\w+) (?:eq|ne|gt|ge|lt|le) /g)].map(
    ([, name]) => name!,
  );
  const ordered = (query['$orderby'] ?? '')
    .split(',')
    .map((part) => part.trim().split(' ')[0]!)
    .filter(Boolean);
  if (query['$filter'] !== undefined && filtered.length === 0) wrong.push('the filter compares nothing');
  for (const name of [...filtered, ...ordered]) if (!entity.properties.has(name)) wrong.push(`${entity.name} has no property ${name}`);
  return wrong;
}
