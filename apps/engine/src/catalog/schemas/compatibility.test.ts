// Whether a version of a schema may take the place of the one before: each difference is named, with whom it breaks.
import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from '@waybill/sdk';
import { compatibility, differencesMax } from './compatibility.js';

const of = (field: object, more: object = {}): JsonSchema => ({ type: 'object', properties: { a: field }, ...more });
const told = (before: object, after: object) => {
  const { verdict, differences } = compatibility(before as JsonSchema, after as JsonSchema);
  return [verdict, ...differences.map(({ path, breaks, detail }) => `${path} ${breaks ?? 'harmless'}: ${detail}`)];
};

describe('compatibility', () => {
  it.each<[string, object, object, string[]]>([
    ['the same, in another order', { type: 'object', properties: { a: { type: 'string', format: 'date' } } }, { properties: { a: { format: 'date', type: 'string' } }, type: 'object' }, ['full']],
    ['a removed field', of({}), { type: 'object', properties: {} }, ['backward', '/a readers: is removed']],
    ['a removed field that is no longer allowed', of({}, { additionalProperties: false }), { type: 'object', properties: {}, additionalProperties: false }, ['none', '/a both: is removed, and no longer allowed']],
    ['a removed field that was required', of({}, { required: ['a'] }), { type: 'object', properties: {} }, ['backward', '/a readers: is removed']],
    ['a new field', { type: 'object' }, of({ type: 'string' }), ['full', '/a harmless: is added, and may be left out']],
    ['a new required field', { type: 'object' }, of({}, { required: ['a'] }), ['forward', '/a senders: is added, and required']],
    ['a field that becomes required', of({}), of({}, { required: ['a'] }), ['forward', '/a senders: is required now']],
    ['a field that may be left out', of({}, { required: ['a'] }), of({}), ['backward', '/a readers: may be left out now']],
    ['a narrower type', of({ type: ['string', 'null'] }), of({ type: 'string' }), ['forward', '/a senders: has a narrower type: was string or null, now string']],
    ['an integer for a number', of({ type: 'number' }), of({ type: 'integer' }), ['forward', '/a senders: has a narrower type: was number, now integer']],
    ['a type where any was', of({}), of({ type: 'string' }), ['forward', '/a senders: has a narrower type: was any type, now string']],
    ['a wider type', of({ type: 'integer' }), of({ type: 'number' }), ['backward', '/a readers: has a wider type: was integer, now number']],
    ['another type', of({ type: 'string' }), of({ type: 'number' }), ['none', '/a both: has another type: was string, now number']],
    ['fewer values', of({ enum: ['x', 'y'] }), of({ const: 'x' }), ['forward', '/a senders: does not allow "y" any more']],
    ['more values', of({ enum: ['x'] }), of({ enum: ['y', 'x'] }), ['backward', '/a readers: allows "y" as well']],
    ['values for a type', of({ type: 'string' }), of({ type: 'string', enum: ['x'] }), ['forward', '/a senders: has a list of values now: "x"']],
    ['a type for values', of({ enum: ['x'] }), of({}), ['backward', '/a readers: has no list of values any more: was "x"']],
    ['values without the type they have', of({ type: 'string', enum: ['x'] }), of({ enum: ['x'] }), ['full']],
    ['values of a type more', of({ type: 'string' }), of({ enum: ['x', null] }), ['none', '/a readers: has a wider type: was string, now string or null', '/a senders: has a list of values now: "x", null']],
    ['another format', of({ format: 'date' }), of({ format: 'date-time' }), ['none', '/a both: has another format: was "date", now "date-time"']],
    ['a format', of({}), of({ format: 'date' }), ['forward', '/a senders: has the format "date" now']],
    ['no format', of({ format: 'date' }), of({}), ['backward', '/a readers: has the format "date" no more']],
    ['another pattern', of({ pattern: '^a' }), of({ pattern: '^b' }), ['forward', '/a senders: has another pattern']],
    ['a tighter and a looser limit', of({ minimum: 1, maxLength: 5 }), of({ minimum: 2, maxLength: 6 }), ['forward', '/a senders: has another minimum: was 1, now 2', '/a harmless: has another maxLength: was 5, now 6']],
    ['a limit more and one less', of({ maxItems: 5 }), of({ minItems: 1 }), ['forward', '/a senders: has a minItems of 1 now', '/a harmless: has no maxItems any more: was 5']],
    ['no other fields', of({}), of({}, { additionalProperties: false }), ['forward', ' senders: allows no other fields any more']],
    ['other fields', of({}, { additionalProperties: false }), of({}), ['full', ' harmless: allows other fields now']],
    ['what stands under other names', of({}, { additionalProperties: { type: 'string' } }), of({}, { additionalProperties: { type: 'number' } }), ['none', '/* both: has another type: was string, now number']],
    ['a field of a list, with a slash', of({ items: of({}) }), of({ items: { type: 'object', properties: { 'b/c': {}, a: {} }, required: ['b/c'] } }), ['forward', '/a/*/b~1c senders: is added, and required']],
    ['other words', of({ description: 'x' }), of({ description: 'y', title: 'A' }), ['full', '/a harmless: has another title', '/a harmless: has another description']],
    ['a keyword that is not compared', of({ anyOf: [{ type: 'string' }] }), of({ anyOf: [{ type: 'number' }] }), ['none', '/a both: has another anyOf, which is not compared: look at it']],
    ['nothing that fits', of({}), { type: 'object', properties: { a: false } }, ['none', '/a both: has another not, which is not compared: look at it']],
  ])('%s', (_, before, after, says) => expect(told(before, after)).toEqual(says)); // prettier-ignore

  it(`tells ${differencesMax}, those that break first`, () => {
    const wide = Object.fromEntries(Array.from({ length: differencesMax }, (_, n) => [`f${n}`, {}]));
    const { differences, more } = compatibility(of({}), { type: 'object', properties: wide });
    expect([differences.length, more, differences[0]!.breaks]).toEqual([differencesMax, true, 'readers']);
  });

  it('looks no deeper than it says, and does not call that harmless', () => {
    const deep = (leaf: object) => Array.from({ length: 30 }).reduce<object>((inner) => ({ properties: { a: inner } }), leaf);
    expect(compatibility(deep({ type: 'string' }) as JsonSchema, deep({ type: 'number' }) as JsonSchema)).toMatchObject({
      verdict: 'none',
      differences: [{ breaks: 'both', detail: 'is nested more than 20 deep and differs: look at it' }],
    });
  });
});
