// A schema made of payloads: they fit it, it names what they have, and it holds none of their values; what a schema says already stays.
import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from '@waybill/sdk';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { PayloadFields } from '../payload-fields.js';
import { driftOf } from './drift.js';
import { inferredSchema, requiredFrom, withSeenFields } from './inferred.js';

const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void;
const seenIn = (...payloads: unknown[]) => {
  const seen = new PayloadFields();
  for (const payload of payloads) seen.add(payload, null);
  return seen;
};
const inferred = (...payloads: unknown[]) => inferredSchema(seenIn(...payloads));
const often = <T>(payload: T, times = requiredFrom): T[] => Array.from({ length: times }, () => payload);

describe('an inferred schema', () => {
  it('names types, formats that all values have, lists and objects', () => {
    const call = { at: '2026-10-01T10:00:00Z', day: '2026-10-01', id: '0b0f8a1e-4b1e-4c59-8f0a-3c1d2e3f4a5b', n: 1, share: 0.5, ok: true, tags: ['a'], items: [{ sku: 'x', sizes: [1, 2.5] }], by: { region: 'eu' } };
    expect(inferred(call)).toEqual({
      type: 'object',
      properties: {
        at: { type: 'string', format: 'date-time' },
        day: { type: 'string', format: 'date' },
        id: { type: 'string', format: 'uuid' },
        n: { type: 'integer' },
        share: { type: 'number' },
        ok: { type: 'boolean' },
        tags: { type: 'array', items: { type: 'string' } },
        items: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' }, sizes: { type: 'array', items: { type: 'number' } } } } },
        by: { type: 'object', properties: { region: { type: 'string' } } },
      },
    });
  });
  it('takes every type that was seen, null last, and a number for whole and broken ones', () => {
    expect(inferred({ a: null, b: 1, c: '2026-10-01' }, { a: 'x', b: 1.5, c: 'no date' }).properties).toEqual({
      a: { type: ['string', 'null'] },
      b: { type: 'number' },
      c: { type: 'string' },
    });
  });
  it('requires what each of enough objects fills, at every depth', () => {
    const payload = { always: 1, list: [{ inside: 1 }], sometimes: 1 };
    expect(inferred(...often(payload, requiredFrom - 1))).not.toHaveProperty('required');
    const schema = inferred(...often(payload), { always: 2, list: [{ inside: 2 }, { inside: 3 }], sometimes: null });
    expect(schema.required).toEqual(['always', 'list']);
    expect(schema).toMatchObject({ properties: { list: { items: { required: ['inside'] } } } });
  });
  it('of nothing is any object', () => expect(inferred()).toEqual({ type: 'object' }));
  it('is fitted by what it is made of, and nothing of them drifts', () => {
    const payloads = [{ a: [1, 'x', null, { b: [[]] }], c: {} }, { a: { d: 1 }, c: [] }, { a: [], e: [{ f: '2026-10-01' }, { f: null }] }, ...often({ g: 'x' })];
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
    addFormats(ajv);
    const fits = ajv.compile(inferred(...payloads));
    for (const payload of payloads) expect([payload, fits(payload), fits.errors]).toEqual([payload, true, null]);
    expect(driftOf(inferred(...payloads), seenIn(...payloads))).toMatchObject({ unknown: [], otherTypes: [] });
  });
}); // prettier-ignore

describe('a schema with the fields that are seen', () => {
  const schema: JsonSchema = {
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: { id: { type: 'string', minLength: 3 }, lines: { type: 'array', items: { type: 'object', properties: { net: { type: 'number' } } } }, free: { type: 'object' } },
  };
  it('has them as optional ones where they stand, keeps its own words, and is not changed itself', () => {
    const before = structuredClone(schema);
    const seen = seenIn(...often({ id: 'in_1', total: 5, lines: [{ net: 1, tax: '0.19' }], free: { any: 1 } }));
    expect(withSeenFields(schema, seen)).toEqual({
      ...schema,
      properties: {
        id: { type: 'string', minLength: 3 },
        lines: { type: 'array', items: { type: 'object', properties: { net: { type: 'number' }, tax: { type: 'string' } } } },
        free: { type: 'object' },
        total: { type: 'integer' },
      },
    });
    expect(schema).toEqual(before);
    expect(driftOf(withSeenFields(schema, seen), seen).unknown).toEqual([]);
  });
  it('leaves alone what other words of it allow', () => {
    const open: JsonSchema = { type: 'object', properties: { id: { type: 'string' } }, additionalProperties: { type: 'number' } };
    expect(withSeenFields(open, seenIn({ id: 'x', anything: 1 }))).toEqual(open);
  });
}); // prettier-ignore
