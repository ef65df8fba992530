/**
 * `$metadata` (EDMX, OData 4) as JSON Schemas, for holding requests against what the vendor itself publishes. Read with patterns, for the
 * file is a flat list of elements; what the file does not say is not checked. For tests only.
 */
export interface EntityModel {
  name: string;
  /** JSON Schema of what may be written: every property optional, none unknown, navigation properties as deep inserts. */
  schema: Record<string, unknown>;
  properties: Set<string>;
  navigation: Map<string, string>;
}

export interface Model {
  entities: Map<string, EntityModel>;
  /** By the name of the entity set. */
  sets: Map<string, EntityModel>;
  /** Names of actions by the entity that they are bound to. */
  actions: Map<string, Set<string>>;
}

const attributes = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]));
const bare = (type: string): string => type.replace(/^Collection\((.+)\)$/, '$1').replace(/^Microsoft\.NAV\./, '');
const elements = (xml: string, name: string): { of: Record<string, string>; inner: string }[] =>
  [...xml.matchAll(new RegExp(`<${name}\\b([^>]*?)(?:/>|>([\\s\\S]*?)</${name}>)`, 'g'))].map(([, head, inner]) => ({
    of: attributes(head!),
    inner: inner ?? '',
  }));

function schemaOf(type: string, maxLength: string | undefined, enums: Map<string, string[]>): Record<string, unknown> {
  const name = bare(type);
  const members = enums.get(name);
  if (members) return { enum: members };
  switch (name) {
    case 'Edm.String':
      return { type: 'string', ...(maxLength === undefined ? {} : { maxLength: Number(maxLength) }) };
    case 'Edm.Guid':
      return { type: 'string', pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' };
    case 'Edm.Date':
      return { type: 'string', format: 'date' };
    case 'Edm.DateTimeOffset':
      return { type: 'string', format: 'date-time' };
    case 'Edm.Decimal':
    case 'Edm.Double':
      return { type: 'number' };
    case 'Edm.Int32':
    case 'Edm.Int64':
      return { type: 'integer' };
    case 'Edm.Boolean':
      return { type: 'boolean' };
    default:
      return {};
  }
}

export function readEdmx(xml: string): Model {
  const enums = new Map(
    elements(xml, 'EnumType').map(({ of, inner }) => [of['Name']!, elements(inner, 'Member').map((member) => member.of['Name']!)]),
  );
  const entities = new Map<string, EntityModel>();
  for (const { of, inner } of elements(xml, 'EntityType')) {
    const properties = elements(inner, 'Property');
    const navigation = new Map(elements(inner, 'NavigationProperty').map((one) => [one.of['Name']!, one.of['Type']!]));
    const fields: Record<string, unknown> = {};
    for (const { of: property } of properties) fields[property['Name']!] = schemaOf(property['Type']!, property['MaxLength'], enums);
    entities.set(of['Name']!, {
      name: of['Name']!,
      properties: new Set(Object.keys(fields)),
      navigation: new Map([...navigation].map(([name, type]) => [name, bare(type)])),
      schema: { type: 'object', additionalProperties: false, minProperties: 1, properties: fields },
    });
    for (const [name, type] of navigation)
      if (type.startsWith('Collection(')) fields[name] = { type: 'array', items: { $ref: `edmx:${bare(type)}` } };
  }
  const sets = new Map<string, EntityModel>();
  for (const { of } of elements(xml, 'EntitySet')) {
    const entity = entities.get(bare(of['EntityType']!));
    if (entity) sets.set(of['Name']!, entity);
  }
  const actions = new Map<string, Set<string>>();
  for (const { of, inner } of elements(xml, 'Action')) {
    const bound = bare(elements(inner, 'Parameter')[0]?.of['Type'] ?? '');
    actions.set(bound, (actions.get(bound) ?? new Set<string>()).add(of['Name']!));
  }
  return { entities, sets, actions };
}
