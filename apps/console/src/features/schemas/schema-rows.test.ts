// A JSON Schema as rows that people read: each field in its order, with type, need, rules and words; bounded.
import { describe, expect, it } from '@jest/globals';
import { rowsMax, rowsOfSchema } from './schema-rows.js';

const told = (schema: object) =>
  rowsOfSchema(schema).rows.map(({ path, type, required, rules }) => [path.join('.'), type, required, rules.join('; ')]);

describe('the rows of a schema', () => {
  it('are its fields with what is inside them, lists passed through', () => {
    const schema = {
      required: ['id', 'lines'],
      properties: {
        id: { type: 'string', minLength: 1, description: 'Its number' },
        status: { enum: ['open', 'paid'] },
        day: { type: ['string', 'null'], format: 'date' },
        lines: { type: 'array', items: { type: 'object', required: ['net'], additionalProperties: false, properties: { net: { type: 'number', minimum: 0 } } } },
        tags: { type: 'array', items: { type: 'string' } },
        code: { const: null, minLength: 2, maxLength: 3 },
        rate: { type: 'number', exclusiveMinimum: 0, maximum: 100 },
        any: {},
      },
    }; // prettier-ignore
    expect(told(schema)).toEqual([
      ['id', 'string', true, 'at least 1 character'],
      ['status', 'string', false, '"open" | "paid"'],
      ['day', 'string or null', false, 'date'],
      ['lines', 'list of object', true, ''],
      ['lines.net', 'number', true, 'at least 0'],
      ['tags', 'list of string', false, ''],
      ['code', 'null', false, 'null; 2 to 3 characters'],
      ['rate', 'number', false, 'at most 100; more than 0'],
      ['any', 'any', false, ''],
    ]);
    expect(rowsOfSchema(schema).rows[0]!.description).toBe('Its number');
  });

  it('are those of what a schema refers to and of its alternatives; what one of those requires may be left out', () => {
    const schema = {
      $defs: { 'a/b': { type: 'object', required: ['x'], properties: { x: { const: 1 } } } },
      allOf: [{ required: ['m'], properties: { m: { $ref: '#/$defs/a~1b' } } }],
      anyOf: [{ required: ['p'], properties: { p: { type: 'string' } } }, { properties: { p: { type: 'integer' } } }],
    };
    expect(told(schema)).toEqual([
      ['m', 'object', true, ''],
      ['m.x', 'number', true, '1'],
      ['p', 'string or integer', false, ''],
    ]);
  });

  it(`are ${rowsMax} at most, and no schema is followed for ever`, () => {
    const wide = { properties: Object.fromEntries(Array.from({ length: rowsMax + 1 }, (_, n) => [`f${n}`, {}])) };
    expect([rowsOfSchema(wide).rows.length, rowsOfSchema(wide).more]).toEqual([rowsMax, true]);
    expect(rowsOfSchema({ $ref: '#', properties: { again: { $ref: '#' } } }).more).toBe(true);
    const lists = { $defs: { l: { type: 'array', items: { $ref: '#/$defs/l' } } }, properties: { l: { $ref: '#/$defs/l' } } };
    expect(rowsOfSchema(lists).rows[0]!.type).toBe('list of list of list of list');
    expect([rowsOfSchema(true), rowsOfSchema(null)]).toEqual([
      { rows: [], more: false },
      { rows: [], more: false },
    ]);
  });
});
