import { t } from '../../language/index.js';
/** A settings field as the form shows it; made of the connector's JSON Schema. */
export interface Field {
  path: string[];
  name: string;
  title: string;
  description?: string;
  kind: 'text' | 'secret' | 'integer' | 'number' | 'boolean' | 'choice' | 'list' | 'json' | 'variant' | 'group';
  required: boolean;
  choices?: string[];
  initial?: unknown;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  /** Calls go where it says, and the secrets with them. */
  destination?: boolean;
  /** A secret that a consent brings, which nobody can enter again. */
  fromConsent?: boolean;
  fields?: Field[];
  /** `oneOf`: the ways, of which one is filled in. */
  variants?: { title: string; fixed: Record<string, unknown>; fields: Field[] }[];
}

type Schema = Record<string, unknown>;
const asSchema = (value: unknown): Schema => (typeof value === 'object' && value !== null ? (value as Schema) : {});

export function fieldsOf(schema: unknown, path: string[] = []): Field[] {
  const { properties, required } = asSchema(schema);
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(asSchema(properties))
    .filter(([, property]) => asSchema(property)['const'] === undefined)
    .map(([name, property]) => fieldOf(name, asSchema(property), [...path, name], needed.includes(name)));
}

function fieldOf(name: string, schema: Schema, path: string[], required: boolean): Field {
  const text = (key: string) => (typeof schema[key] === 'string' ? schema[key] : undefined);
  const number = (key: string) => (typeof schema[key] === 'number' ? schema[key] : undefined);
  const base = {
    path,
    name,
    title: text('title') ?? spaced(name),
    description: text('description'),
    required,
    initial: schema['default'],
    minimum: number('minimum'),
    maximum: number('maximum'),
    pattern: text('pattern'),
    destination:
      schema['x-destination'] === undefined
        ? schema['format'] === 'uri' || text('pattern')?.startsWith('^http') === true
        : schema['x-destination'] === true,
    fromConsent: schema['x-from-consent'] === true,
  };
  if (Array.isArray(schema['oneOf'])) {
    const variants = schema['oneOf'].map(asSchema);
    if (variants.every((variant) => variant['const'] !== undefined))
      return { ...base, kind: 'choice', choices: variants.map((variant) => String(variant['const'])) };
    return {
      ...base,
      kind: 'variant',
      variants: variants.map((variant, index) => ({
        title: typeof variant['title'] === 'string' ? variant['title'] : t('Way {{index}}', { index: index + 1 }),
        fixed: constantsOf(variant),
        fields: fieldsOf(variant, path),
      })),
    };
  }
  if (Array.isArray(schema['enum'])) return { ...base, kind: 'choice', choices: schema['enum'].map(String) };
  if (schema['x-secret'] === true || schema['writeOnly'] === true || schema['format'] === 'password') return { ...base, kind: 'secret' };
  switch (schema['type']) {
    case 'boolean':
      return { ...base, kind: 'boolean' };
    case 'integer':
      return { ...base, kind: 'integer' };
    case 'number':
      return { ...base, kind: 'number' };
    case 'array':
      return asSchema(schema['items'])['type'] === 'string' ? { ...base, kind: 'list' } : { ...base, kind: 'json' };
    case 'object':
      return schema['properties'] ? { ...base, kind: 'group', fields: fieldsOf(schema, path) } : { ...base, kind: 'json' };
    case 'string':
      return { ...base, kind: 'text' };
    default:
      return { ...base, kind: 'json' };
  }
}

function constantsOf(schema: Schema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(asSchema(schema['properties'])).flatMap(([name, property]) =>
      asSchema(property)['const'] === undefined ? [] : [[name, asSchema(property)['const']]],
    ),
  );
}

function spaced(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return words[0]!.toUpperCase() + words.slice(1);
}

export type Values = Record<string, unknown>;

export function read(values: Values, path: string[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Values)[key] : undefined), values);
}

/** A copy with one value changed; undefined takes it out. */
export function write(values: Values, path: string[], value: unknown): Values {
  const [head, ...rest] = path as [string, ...string[]];
  const next = { ...values };
  const inner =
    rest.length === 0
      ? value
      : write(typeof values[head] === 'object' && values[head] !== null ? (values[head] as Values) : {}, rest, value);
  if (inner === undefined) delete next[head];
  else next[head] = inner;
  return next;
}

/** What a secret field holds for the reader: whether and since when it is set. */
export function secretState(value: unknown): { set: boolean; at?: string } | undefined {
  if (typeof value !== 'object' || value === null || !('set' in value)) return undefined;
  const { set, at } = value as { set: unknown; at?: unknown };
  return { set: set === true, at: typeof at === 'string' ? at : undefined };
}

/** The settings to send: secrets that were not replaced are left out, so the engine keeps them. */
export function settingsToSend(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => secretState(value) === undefined)
      .map(([key, value]) => [
        key,
        typeof value === 'object' && value !== null && !Array.isArray(value) ? settingsToSend(value as Values) : value,
      ]),
  );
}

export function startValues(fields: Field[]): Values {
  return fields.reduce<Values>((values, field) => {
    if (field.kind === 'group') return { ...values, [field.name]: startValues(field.fields ?? []) };
    if (field.kind === 'variant') return { ...values, [field.name]: { ...field.variants?.[0]?.fixed } };
    return field.initial === undefined ? values : { ...values, [field.name]: field.initial };
  }, {});
}

/** What is missing or does not fit, by path. The engine checks again. */
export function problemsOf(fields: Field[], values: Values): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const value = read(values, field.path);
    if (field.kind === 'group') Object.assign(problems, problemsOf(field.fields ?? [], values));
    else if (field.kind === 'variant') Object.assign(problems, problemsOf(chosenVariant(field, value)?.fields ?? [], values));
    else if (field.required && (value === undefined || value === '' || secretState(value)?.set === false))
      problems[field.path.join('.')] = t('Needed');
    else if (
      typeof value === 'string' &&
      value !== '' &&
      field.pattern &&
      field.kind === 'text' &&
      !new RegExp(field.pattern, 'u').test(value)
    )
      problems[field.path.join('.')] = t('Must look like {{pattern}}', { pattern: field.pattern });
  }
  return problems;
}

/** Origins of addresses; what is not one, as it is written. */
function placesOf(value: unknown): string[] {
  return [value].flat().flatMap((one) => {
    if (typeof one !== 'string' && typeof one !== 'number') return [];
    const text = String(one).trim().toLowerCase();
    return text === '' ? [] : [/^https?:/.test(text) && URL.canParse(text) ? new URL(text).origin : text];
  });
}

/** The fields by which a stored connection would lead elsewhere. The engine decides the same and refuses, so this only says it in time. */
export function movedFields(fields: Field[], stored: Values, values: Values): Field[] {
  return fields.filter((field) => {
    const known = placesOf(stored[field.name] ?? field.initial);
    return field.destination === true && placesOf(values[field.name]).some((place) => !known.includes(place));
  });
}

/** What stands beside the fields of a connection that would lead elsewhere: why, and at each kept secret that it is entered again. */
export function secretsAgain(fields: Field[], stored: Values, values: Values): Record<string, string> {
  const moved = movedFields(fields, stored, values);
  const kept = fields.filter((field) => field.kind === 'secret' && secretState(stored[field.name])?.set === true);
  const missing = kept.filter(
    (field) => !field.fromConsent && (values[field.name] === '' || secretState(values[field.name])?.set === true),
  );
  if (moved.length === 0) return {};
  const forgotten = kept.some((field) => field.fromConsent);
  const leadsAway = [
    t('Leads to another server, which the stored secrets do not go to.'),
    ...(forgotten ? [t('Connect again afterwards: the consent does not go there.')] : []),
  ].join(' ');
  return {
    ...Object.fromEntries(
      missing.map((field) => [field.path.join('.'), t('Enter it again: {{title}} leads to another server', { title: moved[0]!.title })]),
    ),
    ...(missing.length > 0 || forgotten ? Object.fromEntries(moved.map((field) => [field.path.join('.'), leadsAway])) : {}),
  };
}

export function chosenVariant(field: Field, value: unknown) {
  const held = asSchema(value);
  return (
    field.variants?.find((variant) => Object.entries(variant.fixed).every(([name, fixed]) => held[name] === fixed)) ?? field.variants?.[0]
  );
}
