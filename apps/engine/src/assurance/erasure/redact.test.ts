// What goes and what stays of a canonical document, and that no field of the hub's schemas is forgotten.
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { erased, kept, personal, redact } from './redact.js';

const folder = join(import.meta.dirname, '../../../../../mappings/canonical');

/** Names of all fields that a schema knows whose value is not a number, a truth or only a place for others. */
function textFields(schema: unknown, into = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return into;
  for (const [word, value] of Object.entries(schema as Record<string, unknown>)) {
    if (word === 'properties')
      for (const [name, one] of Object.entries(value as Record<string, { type?: string }>))
        if (!['integer', 'number', 'boolean', 'object'].includes(one.type ?? '')) into.add(name);
    textFields(value, into);
  }
  return into;
}

describe('a field of the hub', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.schema.json'));
  it.each(files)('%s: each is either personal or kept', (file) => {
    const names = [...textFields(JSON.parse(readFileSync(join(folder, file), 'utf8')))];
    // Lists of objects are places; what stands in them is asked by its own name.
    const places = ['lines', 'taxLines', 'taxIds', 'allocations', 'items', 'dimensions', 'usedIn', 'usage', 'deferral', 'address'];
    expect(names.filter((name) => !kept.has(name) && !personal.has(name) && !places.includes(name))).toEqual([]);
    expect(names.filter((name) => kept.has(name) && personal.has(name))).toEqual([]);
  });
});

describe('redact', () => {
  const invoice = {
    sourceSystem: 'stripe',
    sourceId: 'in_1',
    number: 'NWM-0042',
    customer: { sourceId: 'cus_1', number: 'C-1', name: 'Ada Lovelace', email: 'ada@example.test' },
    lines: [{ id: 'l1', description: 'For Ada, as agreed', quantity: '2', amount: '10.00', taxCodes: ['VAT-19'], free: 'of Ada' }],
    taxLines: [{ taxCode: 'VAT-19', base: '10.00', amount: '1.90' }],
    taxIds: [{ type: 'eu_vat', value: 'DE123' }],
    dimensions: { buyer: 'Ada', 'seat of': { name: 'Ada' } },
    total: '11.90',
    taxExempt: false,
    eventCount: 3,
    dueDate: null,
  };
  const after = redact(invoice);
  it('leaves no word of a person', () => expect(JSON.stringify(after)).not.toMatch(/Ada|ada@|DE123/));
  it('takes a field that nobody has decided about for personal', () =>
    expect((after['lines'] as { free: string }[])[0]!.free).toBe(erased));
  it('leaves sums, ids, codes and the shape as they were', () =>
    expect(after).toEqual({
      ...invoice,
      customer: { sourceId: 'cus_1', number: 'C-1', name: erased, email: erased },
      lines: [{ ...invoice.lines[0], description: erased, free: erased }],
      taxIds: [{ type: 'eu_vat', value: erased }],
      dimensions: { buyer: erased, 'seat of': { name: erased } },
    }));
});
