// What recorded payloads say against a schema: fields that it does not have, fields that nobody fills, values of another type; the uppermost of each.
import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from '@waybill/sdk';
import { PayloadFields } from '../payload-fields.js';
import { driftOf, toldMax } from './drift.js';

const at = (minute: number) => `2026-10-01T10:${String(minute).padStart(2, '0')}:00.000Z`;

/** The newest first, as they are read. */
function driftIn(schema: JsonSchema, ...payloads: unknown[]) {
  const seen = new PayloadFields();
  payloads.forEach((payload, n) => seen.add(payload, null, at(payloads.length - n)));
  return driftOf(schema, seen);
}
const paths = (found: readonly { path: string[] }[]) => found.map(({ path }) => path.join('.'));

const invoice: JsonSchema = {
  type: 'object',
  required: ['id', 'total'],
  properties: {
    id: { type: 'string' },
    total: { type: 'integer' },
    memo: { type: ['string', 'null'] },
    due: { type: 'string', format: 'date' },
    customer: { anyOf: [{ type: 'string' }, { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }] },
    lines: { type: 'array', items: { type: 'object', required: ['net'], properties: { net: { type: 'number' }, tags: { type: 'array', items: { type: 'string' } } } } },
    metadata: { type: 'object', additionalProperties: { type: 'string' } },
    raw: { type: 'object' },
  },
}; // prettier-ignore

describe('drift of a schema', () => {
  it('is nothing where payloads are as it says, whatever stands where it says nothing', () => {
    const payload = { id: 'in_1', total: 100, memo: 'x', due: '2026-10-01', customer: 'cus_1', lines: [{ net: 1, tags: ['a'] }, { net: 1.5 }], metadata: { any: 'word' }, raw: { a: { b: 1 } } }; // prettier-ignore
    expect(driftIn(invoice, payload, { ...payload, customer: { id: 'cus_1' } })).toEqual({
      unknown: [],
      unseen: [],
      otherTypes: [],
      more: false,
    });
    expect(driftIn(invoice)).toEqual({ unknown: [], unseen: [], otherTypes: [], more: false });
    expect(driftIn({}, payload)).toEqual({ unknown: [], unseen: [], otherTypes: [], more: false });
  });

  it('is of the record alone, not of what was looked up for it', () => {
    const seen = new PayloadFields();
    seen.add({ a: 1 }, { a: 'x', b: 1 }, at(1));
    expect(driftOf({ properties: { a: { type: 'integer' } } }, seen)).toMatchObject({ unknown: [], otherTypes: [] });
  });

  it('is a field that it does not have, with how often, what, and since when; not each field inside it', () => {
    const { unknown } = driftIn(invoice, { id: 'c', total: 1, tax: { rate: 2, kind: 'x' } }, { id: 'b', total: 1, tax: 7 }, { id: 'a', total: 1, lines: [{ net: 1, sku: 'S-1' }, { net: 2 }] }); // prettier-ignore
    expect(unknown).toEqual([
      { path: ['tax'], types: ['object', 'number'], filled: 2, of: 3, example: '7', firstAt: at(2), lastAt: at(3), refused: false },
      { path: ['lines', 'sku'], types: ['string'], filled: 1, of: 2, example: '"S-1"', firstAt: at(1), lastAt: at(1), refused: false },
    ]);
  });

  it('tells first what was seen last for the first time', () =>
    expect(paths(driftIn({ properties: { a: {} } }, { old: 1, fresh: 1 }, { old: 1, later: 1 }, { old: 1 }).unknown)).toEqual([
      'fresh',
      'later',
      'old',
    ]));

  it('says where a field that it does not have is not allowed', () => {
    const closed = { type: 'object', additionalProperties: false, properties: { a: {}, list: { type: 'array', items: { type: 'object', additionalProperties: false, properties: { b: {} } } } } }; // prettier-ignore
    expect(driftIn(closed, { a: 1, x: 1, list: [{ b: 1, y: 1 }] }).unknown).toMatchObject([
      { path: ['x'], refused: true },
      { path: ['list', 'y'], refused: true },
    ]);
  });

  it('is a field that nobody fills, required or not, within the objects that are there', () => {
    const { unseen } = driftIn(invoice, { id: 'a', memo: null, lines: [{}, { net: null }] }, { id: 'b' });
    expect(unseen).toEqual([
      { path: ['total'], types: ['integer'], required: true, of: 2 },
      { path: ['memo'], types: ['string', 'null'], required: false, of: 2 },
      { path: ['due'], types: ['string'], required: false, of: 2 },
      { path: ['customer'], types: ['string', 'object'], required: false, of: 2 },
      { path: ['lines', 'net'], types: ['number'], required: true, of: 2 },
      { path: ['lines', 'tags'], types: ['array'], required: false, of: 2 },
      { path: ['metadata'], types: ['object'], required: false, of: 2 },
      { path: ['raw'], types: ['object'], required: false, of: 2 },
    ]);
  });

  it('is a value of another type, by type, also inside lists and maps', () => {
    const { otherTypes } = driftIn(
      invoice,
      { id: 7, total: 1.5, metadata: { n: 3 }, lines: [{ net: '1.00', tags: ['a', 1, 2] }] },
      { id: 'b', total: 1, customer: null, lines: 'none' },
    );
    const seen = { firstAt: at(2), lastAt: at(2) };
    expect(otherTypes).toEqual([
      { path: ['id'], inList: false, declared: ['string'], type: 'integer', count: 1, of: 2, example: '7', ...seen },
      { path: ['total'], inList: false, declared: ['integer'], type: 'number', count: 1, of: 2, example: '1.5', ...seen },
      { path: ['metadata', 'n'], inList: false, declared: ['string'], type: 'integer', count: 1, of: 1, example: '3', ...seen },
      { path: ['lines'], inList: false, declared: ['array'], type: 'string', count: 1, of: 2, example: '"none"', firstAt: at(1), lastAt: at(1) },
      { path: ['lines', 'net'], inList: false, declared: ['number'], type: 'string', count: 1, of: 1, example: '"1.00"', ...seen },
      { path: ['lines', 'tags'], inList: true, declared: ['string'], type: 'integer', count: 2, of: 3, example: '1', ...seen },
      { path: ['customer'], inList: false, declared: ['string', 'object'], type: 'null', count: 1, of: 2, example: null, firstAt: at(1), lastAt: at(1) },
    ]);
  }); // prettier-ignore

  it('reads enums, constants, what is combined and what is referred to', () => {
    const schema: JsonSchema = {
      $defs: { money: { type: 'object', properties: { amount: { type: 'string' } } } },
      allOf: [{ type: 'object', properties: { kind: { const: 'invoice' } } }],
      oneOf: [{ properties: { a: { enum: [1, null] } }, required: ['a'] }, { properties: { b: { $ref: '#/$defs/money' } } }],
      properties: { elsewhere: { $ref: 'https://example.test/schema' } },
    };
    const drift = driftIn(schema, { kind: 1, a: 'x', b: { amount: 2, currency: 'USD' }, elsewhere: { anything: 1 } });
    expect(drift.otherTypes.map(({ path, declared }) => [path.join('.'), declared])).toEqual([
      ['kind', ['string']],
      ['a', ['integer', 'null']],
      ['b.amount', ['string']],
    ]);
    expect(paths(drift.unknown)).toEqual(['b.currency']);
    expect(drift.unseen).toEqual([]);
    expect(driftIn(schema, { kind: 'invoice' }).unseen.map(({ path, required }) => [path[0], required])).toEqual([
      ['elsewhere', false],
      ['a', false],
      ['b', false],
    ]);
    const itself: JsonSchema = { $ref: '#/$defs/tree', $defs: { tree: { properties: { child: { $ref: '#/$defs/tree' } } } } };
    expect(paths(driftIn(itself, { child: { child: { leaf: 1 } } }).unknown)).toEqual(['child.child.leaf']);
    expect(driftIn({ $ref: '#' }, { a: 1 }).unknown).toEqual([]);
    const deep = Array.from({ length: 12 }).reduce<object>((inner) => ({ a: inner }), { leaf: 1 });
    expect(driftIn({ $ref: '#', properties: { a: { $ref: '#' } } }, deep).unknown).toHaveLength(1);
  });

  it(`tells ${toldMax} of each, says that there are more, and claims nothing where not all could be counted`, () => {
    const wide = Object.fromEntries(Array.from({ length: toldMax + 1 }, (_, n) => [`f${n}`, n]));
    const told = driftIn({ properties: { a: {} } }, wide);
    expect([told.unknown.length, told.more, paths(told.unseen)]).toEqual([toldMax, true, ['a']]);
    const wider = Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`f${n}`, n]));
    expect(driftIn({ properties: { a: {} } }, { ...wider, a: 1 })).toMatchObject({ more: true, unseen: [] });
  });
});
