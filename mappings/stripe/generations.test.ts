// The fixtures that Stripe published in 2023 and in 2026, with one overlay, become byte-identical canonical documents.
import { describe, expect, it } from '@jest/globals';
import { stripe } from '@waybill/connector-stripe';
import { compile, type TableRows } from '@waybill/mapping-language';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { contractsOf } from '../../tools/contracts-for-tests.mjs';

type Data = Record<string, unknown>;
interface Overlays {
  fixtures: Record<string, string>;
  overlays: Record<string, { resource: string; stream: string; event: string; mapping: string; enriched?: Data; set: Data }>;
}

const here = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');
const { fixtures, overlays } = JSON.parse(here('fixture-overlays.json')) as Overlays;
const { missing, json } = contractsOf('stripe');

const tables = Object.fromEntries(
  (parse(here('tables/tables.yaml')) as { tables: { name: string; key: string[] }[] }).tables.map(({ name, key }): [string, TableRows] => {
    const [header, ...lines] = here(`tables/${name}.csv`)
      .trim()
      .split('\n')
      .map((line) => line.split(',')) as [string[], ...string[][]];
    const rows = lines.map((cells) => {
      const row = Object.fromEntries(header.map((column, i) => [column, cells[i] || null]));
      const values = Object.fromEntries(Object.entries(row).filter(([column]) => !key.includes(column) && !column.startsWith('valid')));
      return {
        key: Object.fromEntries(key.map((column) => [column, row[column]!])),
        values,
        validFrom: row['validFrom'] ?? null,
        validTo: row['validTo'] ?? null,
      };
    });
    return [name, { name, version: 1, key, rows }];
  }),
);

/** Writes a value at a JSON pointer, making objects on the way. */
function write(target: Data, pointer: string, value: unknown): void {
  const [last, ...path] = pointer.slice(1).split('/').reverse() as [string, ...string[]];
  const holder = path.reverse().reduce<Data>((at, part) => (at[part] ??= {}) as Data, target);
  holder[last] = structuredClone(value);
}

async function canonical(name: string, file: string): Promise<string> {
  const overlay = overlays[name]!;
  const fixture = (json(file) as { resources: Record<string, Data> }).resources[overlay.resource]!;
  for (const [pointer, value] of Object.entries(overlay.set)) write(fixture, pointer, value);
  const event = { id: 'evt_overlay', object: 'event', type: overlay.event, created: 1793491200, data: { object: fixture } };
  const [record] = stripe.unpack({ id: event.id, body: JSON.stringify(event), via: 'webhook' });
  expect(record?.stream).toBe(overlay.stream);
  const bindings = { source: record!.body, enriched: overlay.enriched ?? {}, delivery: record!.delivery, tables, asOf: record!.occurredAt };
  return JSON.stringify(await compile(here(`${overlay.mapping}.jsonata`)).evaluate(record!.body, bindings));
}

describe('two generations of fixtures', () => {
  if (missing) return it.skip(`give one canonical document (skipped: ${missing})`, () => undefined);
  for (const name of Object.keys(overlays)) {
    it(`${name}: ${Object.keys(fixtures).join(' and ')} give byte-identical canonical JSON`, async () => {
      const [older, newer] = await Promise.all(Object.values(fixtures).map((file) => canonical(name, file)));
      expect(newer).toBe(older);
      expect(older!.length).toBeGreaterThan(200);
    });
    it(`${name}: without its overlay a fixture is refused, so the overlay is what makes it a document`, async () => {
      const saved = overlays[name]!.set;
      overlays[name]!.set = { '/status': saved['/status'], '/customer_address': { country: 'US' }, '/total': 99 };
      await expect(canonical(name, Object.values(fixtures)[0]!)).rejects.toThrow();
      overlays[name]!.set = saved;
    });
  }
});
