// What an editor completes with: every field of recorded payloads, how often it is filled, its types and an example; bounded.
import { describe, expect, it } from '@jest/globals';
import { fieldsMax, PayloadFields } from './payload-fields.js';

function fieldsOf(payloads: readonly [source: unknown, enriched?: unknown][]) {
  const counted = new PayloadFields();
  for (const [source, enriched] of payloads) counted.add(source, enriched);
  const { fields, ...rest } = counted.result();
  return { ...rest, fields: Object.fromEntries(fields.map(({ root, path, ...field }) => [[root, ...path].join('.'), field])) };
}

describe('the fields of recorded payloads', () => {
  it('are counted within the objects around them, and lists are passed through', () => {
    const { payloads, fields } = fieldsOf([
      [{ id: 'a', memo: null, lines: [{ net: 1 }, { net: '2', note: '' }] }],
      [{ id: 'b', lines: [{ net: 3, note: 'x' }, 'not an object'] }, { customer: { vip: true } }],
    ]);
    expect(payloads).toBe(2);
    expect(fields).toEqual({
      'source.id': { types: ['string'], filled: 2, of: 2, example: '"a"' },
      'source.memo': { types: ['null'], filled: 0, of: 2, example: null },
      'source.lines': { types: ['array'], filled: 2, of: 2, example: null },
      'source.lines.net': { types: ['number', 'string'], filled: 3, of: 3, example: '1' },
      'source.lines.note': { types: ['string'], filled: 2, of: 3, example: '"x"' },
      'enriched.customer': { types: ['object'], filled: 1, of: 1, example: null },
      'enriched.customer.vip': { types: ['boolean'], filled: 1, of: 1, example: 'true' },
    });
  });
  it('are at most two thousand, and an example has sixty characters', () => {
    const wide = Object.fromEntries(Array.from({ length: fieldsMax + 1 }, (_, at) => [`f${at}`, 'x'.repeat(100)]));
    const { fields, more } = fieldsOf([[wide]]);
    expect([Object.keys(fields).length, more, fields['source.f0']!.example!.length]).toEqual([fieldsMax, true, 60]);
    let deep: object = {};
    for (let at = 0; at < 30; at += 1) deep = { deep };
    expect(fieldsOf([[deep]]).more).toBe(true);
  });
});
