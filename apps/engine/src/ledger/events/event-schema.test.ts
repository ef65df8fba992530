// A schema that could keep others waiting is refused when it is saved, with its place; the rest of JSON Schema is taken.
import { describe, expect, it } from '@jest/globals';
import { compileSchema } from './event-schema.js';

const pathsOf = (schema: Record<string, unknown>) => {
  const compiled = compileSchema(schema);
  return 'problems' in compiled ? compiled.problems.map(({ path }) => path) : [];
};

/** A schema in a schema in a schema. */
function deep(levels: number): Record<string, unknown> {
  let schema: Record<string, unknown> = { type: 'integer' };
  for (let n = 0; n < levels; n += 1) schema = { properties: { a: schema } };
  return schema;
}

describe('compileSchema', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ properties: { a: { pattern: '(a+)+$' } } }, '/schema/properties/a/pattern'],
    [{ patternProperties: { '^a': {} } }, '/schema/patternProperties'],
    [{ $ref: '#/$defs/a', $defs: { a: {} } }, '/schema/$ref'],
    [{ allOf: [{ $ref: '#' }, { $ref: '#' }] }, '/schema/allOf/0/$ref'],
    [{ properties: { a: { type: 'array', uniqueItems: true } } }, '/schema/properties/a/uniqueItems'],
    [{ $schema: 'http://json-schema.org/draft-03/schema#' }, '/schema/$schema'],
    [{ type: 'objekt' }, '/schema'],
    [{ propertys: {} }, '/schema'],
    [{ description: 'x'.repeat(70_000) }, '/schema'],
    [{ properties: { a: { pattern: { $data: '1/b' } } } }, '/schema/properties/a/pattern'],
  ])('refuses %j', (schema, path) => expect(pathsOf(schema)).toContain(path));

  it('takes one as deep as a body may be', () => expect(pathsOf(deep(30))).toEqual([]));

  it('takes names and values that are spelled like keywords', () => {
    expect(
      pathsOf({ properties: { pattern: { type: 'string' }, $ref: { enum: [{ pattern: 1, $ref: 2 }] } }, required: ['pattern'] }),
    ).toEqual([]);
  });

  it('takes what people write', () => {
    const compiled = compileSchema({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://example.org/calls',
      type: 'object',
      properties: {
        calls: { type: 'integer', minimum: 0 },
        at: { type: 'string', format: 'date-time' },
        tags: { type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 10 },
      },
      required: ['calls'],
      additionalProperties: false,
    });
    if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems));
    expect(compiled.validate({ calls: 1, at: '2026-11-20T08:00:00Z', tags: ['a'] })).toBe(true);
    for (const data of [null, {}, { calls: -1 }, { calls: 1, more: 2 }, { calls: 1, at: 'now' }, { calls: 1, tags: ['a', 'a'] }])
      expect(compiled.validate(data)).toBe(false);
  });
});
