// Every pack: its mappings compile, its cases hold, and what they give fits the canonical model or the target's operation.
import { describe, expect, it } from '@jest/globals';
import { avalara } from '@waybill/connector-avalara';
import { businessCentral } from '@waybill/connector-business-central';
import { hubspot } from '@waybill/connector-hubspot';
import { netsuite } from '@waybill/connector-netsuite';
import { quickbooksOnline } from '@waybill/connector-quickbooks-online';
import { sandboxErp } from '@waybill/connector-sandbox-erp';
import { salesforce } from '@waybill/connector-salesforce';
import { stripe } from '@waybill/connector-stripe';
import { tryton } from '@waybill/connector-tryton';
import { xero } from '@waybill/connector-xero';
import type { Connector } from '@waybill/sdk';
import { checkExpression, compile, type MappingFailure, tablesRead, type TableRows } from '@waybill/mapping-language';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

type Row = Record<string, string | null>;
interface Case {
  name: string;
  source?: unknown;
  sourceFile?: string;
  enriched?: unknown;
  tables?: Record<string, Row[]>;
  flow?: unknown;
  revision?: string;
  delivery?: unknown;
  expect?: Record<string, unknown>;
  expectError?: { category: string; contains: string };
}
interface Flow {
  flow: string;
  map: string;
  produce?: string;
  to: { canonical?: string; connection?: string; operation?: string };
}
interface TableFile {
  tables: { name: string; key: string[]; columns: { name: string; required?: boolean }[] }[];
}

const here = import.meta.dirname;
const read = (path: string): string => readFileSync(path, 'utf8');
const packs = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(here, entry.name)).some((file) => file.endsWith('.jsonata')))
  .map((entry) => entry.name);
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const setByEngine = { sourceSystem: 's', sourceId: 'i', sourceRevision: 'r', correlationId: 'c', occurredAt: '2026-11-23T00:00:00Z' };
const readSchema = (file: string): object => JSON.parse(read(join(here, 'canonical', file))) as object;
for (const file of readdirSync(join(here, 'canonical'))) if (file.endsWith('.schema.json')) ajv.addSchema(readSchema(file));
/** By the first part of a connection's name in a pack: `tryton-us` is of tryton, `erp-us` of the sandbox ERP. */
const connectors: Record<string, Connector> = {
  ...{ tryton, stripe, netsuite, salesforce, hubspot, xero, avalara },
  ...{ bc: businessCentral, qbo: quickbooksOnline, erp: sandboxErp },
};
const canonical = (type: string) => ajv.getSchema(`waybill:canonical/${type.replace('@', '.v')}.json`)!;

/** What a flow's mapping must give: a canonical type, or the input of the operation it ends in. */
function outputOf(flow: Flow | undefined): { valid: ReturnType<typeof ajv.compile>; canonical: boolean } | undefined {
  if (flow?.produce) return { valid: canonical(flow.produce), canonical: true };
  const operation = connectors[flow?.to.connection?.split('-')[0] ?? '']?.operations[flow?.to.operation ?? ''];
  return operation && { valid: ajv.compile(operation.input), canonical: false };
}

function definitionsOf(pack: string): TableFile['tables'] {
  const path = join(here, pack, 'tables', 'tables.yaml');
  return existsSync(path) ? (parse(read(path)) as TableFile).tables : [];
}

/** Rows as the engine keeps them: key columns apart from value columns, an empty cell is null. */
function rowsOf(name: string, key: string[], rows: Row[]): TableRows {
  const known = [...key, 'validFrom', 'validTo'];
  return {
    name,
    version: 1,
    key,
    rows: rows.map((row) => ({
      key: Object.fromEntries(key.map((column) => [column, String(row[column])])),
      values: Object.fromEntries(Object.entries(row).filter(([column]) => !known.includes(column))),
      validFrom: row['validFrom'] ?? null,
      validTo: row['validTo'] ?? null,
    })),
  };
}

function csvRows(pack: string, name: string): Row[] {
  const [header, ...lines] = read(join(here, pack, 'tables', `${name}.csv`))
    .trim()
    .split('\n')
    .map((line) => line.split(',')) as [string[], ...string[][]];
  return lines.map((cells) =>
    Object.fromEntries(header.map((column, i) => [column, cells[i] === '' || cells[i] === undefined ? null : cells[i]!])),
  );
}

for (const pack of packs) {
  const files = readdirSync(join(here, pack));
  const definitions = definitionsOf(pack);
  const flows = files.filter((file) => file.endsWith('.flow.yaml')).map((file) => parse(read(join(here, pack, file))) as Flow);

  describe(`pack ${pack}`, () => {
    for (const definition of definitions)
      it(`table ${definition.name}: rows have the columns of its definition`, () => {
        const rows = csvRows(pack, definition.name);
        const columns = [...definition.key, ...definition.columns.map((column) => column.name), 'validFrom', 'validTo'];
        expect(rows.length).toBeGreaterThan(0);
        for (const row of rows) {
          expect(Object.keys(row)).toEqual(columns);
          for (const column of definition.columns) if (column.required) expect(row[column.name]).not.toBeNull();
        }
        const keys = rows.map((row) => JSON.stringify([...definition.key, 'validFrom'].map((column) => row[column])));
        expect(new Set(keys).size).toBe(keys.length);
      });

    it('every flow names a mapping of the pack, and every mapping is used', () => {
      const used = new Set(flows.map((flow) => `${flow.map}.jsonata`));
      expect([...used].sort()).toEqual(files.filter((file) => file.endsWith('.jsonata')).sort());
      for (const flow of flows) expect(files).toContain(`${flow.flow}.flow.yaml`);
    });

    for (const file of files.filter((name) => name.endsWith('.jsonata'))) {
      const source = read(join(here, pack, file));
      const output = outputOf(flows.find((flow) => `${flow.map}.jsonata` === file));
      const { cases } = parse(read(join(here, pack, file.replace('.jsonata', '.cases.yaml'))), { merge: true }) as { cases: Case[] };

      describe(file, () => {
        it('has nothing that a save would refuse, and reads tables that exist', () => {
          expect(checkExpression(source).filter((problem) => problem.severity === 'error')).toEqual([]);
          if (definitions.length > 0) expect(definitions.map((one) => one.name)).toEqual(expect.arrayContaining(tablesRead(source)));
        });
        for (const one of cases)
          it(one.name, async () => {
            const tables = Object.fromEntries(
              definitions.map(({ name, key }) => [name, rowsOf(name, key, one.tables?.[name] ?? csvRows(pack, name))]),
            );
            const input = one.sourceFile ? (JSON.parse(read(join(here, pack, one.sourceFile))) as unknown) : one.source;
            const { enriched = {}, flow, revision, delivery } = one;
            const bindings = { source: input, enriched, flow, revision, delivery, tables, asOf: setByEngine.occurredAt };
            const run = () => compile(source).evaluate(input, bindings);
            // The limit is one of the clock, and a busy machine may hold the processor back for as long: what is too slow is so twice.
            const twice = run().catch((error: unknown) =>
              /timeout/i.test((error as Error).message) ? run() : Promise.reject(error as Error),
            );
            const got = await twice.then(
              (value) => ({ value: JSON.parse(JSON.stringify(value)) as Record<string, unknown> }),
              (error: unknown) => ({ error: error as MappingFailure }),
            );
            if (one.expectError) {
              expect('error' in got ? { category: got.error.facts.category, message: got.error.facts.message } : got).toEqual({
                category: one.expectError.category,
                message: expect.stringContaining(one.expectError.contains),
              });
              return;
            }
            if ('error' in got) throw got.error;
            expect(got.value).toEqual(one.expect);
            expect(output).toBeDefined();
            const { valid } = output!;
            expect(valid(output!.canonical ? { ...setByEngine, ...got.value } : got.value) ? [] : valid.errors).toEqual([]);
          });
      });
    }
  });
}
