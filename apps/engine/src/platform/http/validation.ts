import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { Problem, type ProblemItem } from '../problems/index.js';
import { isDay, isInstant } from '../days/index.js';
import { unstorableAt } from './storable.js';

const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void;
const strict = new Ajv({ allErrors: true, strict: false, coerceTypes: false });
const fromText = new Ajv({ allErrors: true, strict: false, coerceTypes: true, useDefaults: true });
addFormats(strict);
addFormats(fromText);
for (const ajv of [strict, fromText]) ajv.addFormat('date', isDay).addFormat('date-time', isInstant);
const compiled = new WeakMap<object, ValidateFunction>();

/** Checks a JSON body; throws REQUEST_INVALID with every problem and its path. */
export function checkBody(schema: object, value: unknown): void {
  check(strict, schema, value, '');
}

/** Checks query or path parameters, which arrive as text: numbers and booleans are read from it, defaults are filled in. */
export function checkParameters(schema: object, value: Record<string, unknown>, where: 'query' | 'path'): void {
  const known = Object.keys((schema as { properties?: object }).properties ?? {});
  const unknown = where === 'query' ? Object.keys(value).filter((name) => !known.includes(name)) : [];
  if (unknown.length > 0)
    throw new Problem('REQUEST_INVALID', `There is no query parameter ${unknown.join(', ')}.`, {
      path: `/${unknown[0]}`,
      remedy: `Known here: ${known.join(', ') || 'none'}.`,
    });
  check(fromText, schema, value, where);
}

function check(ajv: Ajv, schema: object, value: unknown, where: string): void {
  refuseUnstorable(value);
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  if (validate(value)) return;
  const problems = problemsOf(validate.errors ?? []);
  const first = problems[0]!;
  throw new Problem('REQUEST_INVALID', `${where ? `In the ${where}: ` : ''}${first.path ?? 'the body'} ${first.detail}.`, {
    ...(first.path ? { path: first.path } : {}),
    problems,
  });
}

export function refuseUnstorable(value: unknown): void {
  const path = unstorableAt(value);
  if (path !== undefined)
    throw new Problem('REQUEST_INVALID', `${path} has a NUL or half a character in it.`, {
      path,
      remedy: 'Send text without U+0000 and with whole surrogate pairs.',
    });
}

/** Errors of ajv as problems; of a union what each of its branches would have, and of one of words all of them in one sentence. */
export function problemsOf(errors: readonly ErrorObject[]): ProblemItem[] {
  const telling = wordsTogether(errors.filter((e) => !['anyOf', 'oneOf', 'if'].includes(e.keyword)));
  const seen = new Set<string>();
  return (telling.length > 0 ? telling : errors).flatMap((error) => {
    const extra = error.keyword === 'additionalProperties' ? `/${String(error.params['additionalProperty'])}` : '';
    const path = `${error.instancePath}${extra}` || '/';
    const detail = sentence(error);
    if (seen.has(path + detail)) return [];
    seen.add(path + detail);
    return [{ code: 'REQUEST_INVALID', path, detail }];
  });
}

/** A union of words fails once for each of them: where one alone is named, the others seem to be refused. */
function wordsTogether(errors: readonly ErrorObject[]): ErrorObject[] {
  const allowed = new Map<string, unknown[]>();
  for (const { keyword, instancePath, params } of errors)
    if (keyword === 'const') allowed.set(instancePath, [...(allowed.get(instancePath) ?? []), params['allowedValue']]);
  return errors.map((error) => {
    const values = allowed.get(error.instancePath)!;
    if (error.keyword !== 'const' || values.length === 1) return error;
    return { ...error, keyword: 'enum', params: { allowedValues: [...new Set(values)] } };
  });
}

function sentence(error: ErrorObject): string {
  if (error.keyword === 'additionalProperties') return 'is not a field here';
  if (error.keyword === 'required') return `needs ${String(error.params['missingProperty'])}`;
  if (error.keyword === 'const') return `must be ${JSON.stringify(error.params['allowedValue'])}`;
  if (error.keyword === 'enum')
    return `must be one of ${(error.params['allowedValues'] as unknown[]).map((v) => JSON.stringify(v)).join(', ')}`;
  return error.message ?? 'is not valid';
}
