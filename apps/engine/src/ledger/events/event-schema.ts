import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { ProblemItem } from '../../platform/problems/index.js';

const addFormats = addFormatsModule as unknown as (ajv: Ajv2020, options: { mode: 'fast' }) => void;
const schemaBytesMax = 64 * 1024;
const uniqueItemsMax = 1_000;
const dialects = /^https?:\/\/json-schema\.org\/(?:draft\/2020-12\/schema|draft-07\/schema)#?$/;

/**
 * Keywords that are not run at the door, where one event must not keep the others waiting: an expression can take for ever on a text that is
 * made for it, and references can be nested so that each doubles the work.
 */
const refused: Record<string, string> = {
  pattern: 'an expression can be slow on purpose; use enum, const, format or minLength and maxLength',
  patternProperties: 'an expression can be slow on purpose; name the properties',
  $ref: 'write the schema in its place',
  $dynamicRef: 'write the schema in its place',
};
/** Below these the names are the author's own. */
const named = new Set(['properties', 'dependentSchemas', '$defs', 'definitions']);
/** Below these stand values, not schemas. */
const values = new Set(['enum', 'const', 'default', 'examples']);

/** What keeps a schema from being used at the door, each with its place; and what it compiles to when nothing does. Pure. */
export function compileSchema(
  schema: Record<string, unknown>,
): { validate: ValidateFunction; validateAll: ValidateFunction } | { problems: ProblemItem[] } {
  const problems: ProblemItem[] = [];
  const say = (path: string, detail: string) => void problems.push({ code: 'USAGE_TYPE_INVALID', path: `/schema${path}`, detail });
  if (Buffer.byteLength(JSON.stringify(schema)) > schemaBytesMax) say('', `A schema may have ${schemaBytesMax / 1024} kB.`);
  else walk(schema, '', say);
  const { $schema: dialect, $id: _, ...rest } = schema;
  if (dialect !== undefined && !(typeof dialect === 'string' && dialects.test(dialect)))
    say('/$schema', 'Only JSON Schema 2020-12 and draft-07 are read.');
  if (problems.length > 0) return { problems };
  try {
    return { validate: compiler(false).compile(rest), validateAll: compiler(true).compile(rest) };
  } catch (error) {
    say('', `The schema cannot be compiled: ${(error as Error).message.slice(0, 300)}.`);
    return { problems };
  }
}

function compiler(allErrors: boolean): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors, logger: false, validateFormats: true });
  addFormats(ajv, { mode: 'fast' });
  return ajv;
}

function walk(schema: unknown, path: string, say: (path: string, detail: string) => void, names = false): void {
  if (Array.isArray(schema)) return schema.forEach((part, n) => walk(part, `${path}/${n}`, say));
  if (typeof schema !== 'object' || schema === null) return;
  const object = schema as Record<string, unknown>;
  for (const [name, part] of Object.entries(object)) {
    const place = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!names && Object.hasOwn(refused, name)) say(place, `${name} is not used at the door: ${refused[name]}.`);
    if (!names && name === 'uniqueItems' && part === true && !(Number(object['maxItems']) <= uniqueItemsMax))
      say(place, `uniqueItems needs maxItems of ${uniqueItemsMax} at most: each item is compared with each.`);
    if (names || !values.has(name)) walk(part, place, say, !names && named.has(name));
  }
}
