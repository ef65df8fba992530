import { Type } from '@sinclair/typebox';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readCsv } from '../../catalog/index.js';
import { csvLine, Decimal } from '../../platform/csv/index.js';
import { formCheck, readYaml, type FormWords } from '../../platform/yaml/index.js';
import {
  noDefinitions,
  nonePaused,
  plainText,
  type ConnectionFile,
  type Definitions,
  type EventTypeFile,
  type Kind,
  type Paused,
  type TableFile,
} from './definitions.js';
import type { Finding } from './findings.js';

/** Each kind has files of its own, named for what they define; the layout is that of the packs. */
const endings: Partial<Record<Kind, string>> = {
  connection: '.connection.yaml',
  'event-type': '.event-type.yaml',
  mapping: '.jsonata',
  meter: '.meter.yaml',
  flow: '.flow.yaml',
  control: '.control.yaml',
  'synthetic-check': '.synthetic.yaml',
};
const manifest = 'waybill.yaml';
const tablesFile = 'tables/tables.yaml';
/** Rows of a table that a folder may hold; more than a table in Git can be looked through. */
const rowsMax = 100_000;
const fileBytesMax = 20 * 1024 * 1024;

const closed = { additionalProperties: false } as const;
const ConnectionForm = Type.Object(
  {
    connection: Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 80 }),
    connector: Type.String({ minLength: 1, maxLength: 80 }),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    system: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    settings: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    limits: Type.Optional(
      Type.Object({ concurrency: Type.Optional(Type.Number()), perSecond: Type.Optional(Type.Number()), perDay: Type.Optional(Type.Number()) }, closed),
    ),
  },
  closed,
); // prettier-ignore
const EventTypeForm = Type.Object(
  { eventType: Type.String({ minLength: 1, maxLength: 255 }), description: Type.Optional(Type.String({ maxLength: 2000 })), schema: Type.Object({}) },
  closed,
); // prettier-ignore
const name = Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 60 });
const TablesForm = Type.Object(
  {
    tables: Type.Array(
      Type.Object(
        {
          name: Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 80 }),
          title: Type.String({ minLength: 1, maxLength: 200 }),
          description: Type.Optional(Type.String({ maxLength: 1000 })),
          key: Type.Array(name, { minItems: 1, maxItems: 8 }),
          columns: Type.Array(
            Type.Object(
              {
                name,
                type: Type.Union(['text', 'decimal', 'date', 'boolean'].map((one) => Type.Literal(one))),
                required: Type.Optional(Type.Boolean()),
                description: Type.Optional(Type.String({ maxLength: 300 })),
              },
              closed,
            ),
            { minItems: 1, maxItems: 40 },
          ),
          governed: Type.Optional(Type.Boolean()),
          approver: Type.Optional(Type.Union([Type.Literal('finance-approver'), Type.Literal('admin'), Type.Null()])),
        },
        closed,
      ),
    ),
  },
  closed,
);
const names = Type.Optional(Type.Array(Type.String(), { uniqueItems: true }));
const ManifestForm = Type.Object(
  {
    waybill: Type.Literal(1),
    paused: Type.Optional(Type.Object({ connections: names, flows: names, controls: names, syntheticChecks: names }, closed)),
    releases: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  closed,
);
const words = (file: string): FormWords => ({ code: 'FILE_INVALID', file, unions: [[/\/type$/, 'must be text, decimal, date or boolean'], [/\/approver$/, 'must be finance-approver, admin or null']] }); // prettier-ignore
const forms = {
  connection: formCheck(ConnectionForm, words('a connection file')),
  'event-type': formCheck(EventTypeForm, words('an event type file')),
  tables: formCheck(TablesForm, words('the file of tables')),
  manifest: formCheck(ManifestForm, words('waybill.yaml')),
};

/** What stands in a folder, and what is wrong with the files themselves. Files of other kinds are left alone. */
export async function readFolder(folder: string): Promise<{ definitions: Definitions; findings: Finding[] }> {
  const definitions = noDefinitions();
  const findings: Finding[] = [];
  const read = async (file: string): Promise<string> => {
    const text = await readFile(join(folder, file), 'utf8');
    if (text.length > fileBytesMax) findings.push({ file, code: 'FILE_TOO_LARGE', detail: `has ${text.length} characters; ${fileBytesMax} are the most` }); // prettier-ignore
    return plainText(text);
  };
  const form = <T>(file: string, text: string, kind: keyof typeof forms, begins: string): T | undefined => {
    const { value, problems, locate } = readYaml(text, { code: 'FILE_INVALID', begins });
    const wrong = value ? forms[kind](value).map((problem) => ({ ...problem, ...locate(problem.path ?? '') })) : problems;
    findings.push(...wrong.map((problem) => ({ file, ...problem })));
    return value && wrong.length === 0 ? (value as T) : undefined;
  };
  const misnamed = (file: string, says: string, expected: string) => {
    if (says !== expected) findings.push({ file, code: 'FILE_NAME', detail: `the file says ${says}, its name says ${expected}` });
  };

  for (const file of (await readdir(folder)).sort()) {
    const named = (kind: Kind): string | undefined =>
      file.endsWith(endings[kind]!) ? decodeURIComponent(file.slice(0, -endings[kind]!.length)) : undefined;
    const connection = named('connection');
    const eventType = named('event-type');
    if (connection !== undefined) {
      const raw = form<{ connection: string } & Partial<ConnectionFile> & { connector: string }>(file, await read(file), 'connection', 'connection'); // prettier-ignore
      if (!raw) continue;
      const { connection: says, ...rest } = raw;
      misnamed(file, says, connection);
      definitions.connections.set(connection, { description: '', settings: {}, limits: {}, ...rest });
    } else if (eventType !== undefined) {
      const raw = form<{ eventType: string; description?: string; schema: EventTypeFile['schema'] }>(file, await read(file), 'event-type', 'eventType'); // prettier-ignore
      if (!raw) continue;
      misnamed(file, raw.eventType, eventType);
      definitions.eventTypes.set(eventType, { description: raw.description ?? '', schema: raw.schema });
    } else
      for (const [kind, into] of [
        ['mapping', definitions.mappings],
        ['meter', definitions.meters],
        ['flow', definitions.flows],
        ['control', definitions.controls],
        ['synthetic-check', definitions.syntheticChecks],
      ] as const) {
        const of = named(kind);
        if (of !== undefined) into.set(of, await read(file));
      }
  }
  const there = new Set(await readdir(folder, { recursive: true }));
  if (there.has(manifest)) {
    const raw = form<{ paused?: Partial<Paused>; releases?: Record<string, string> }>(
      manifest,
      await read(manifest),
      'manifest',
      'waybill',
    );
    if (raw) {
      definitions.paused = { ...nonePaused(), ...raw.paused };
      definitions.releases = new Map(Object.entries(raw.releases ?? {}));
    }
  }
  if (there.has(tablesFile)) {
    const raw = form<{ tables: (Partial<TableFile> & { name: string; title: string; key: string[]; columns: (Omit<TableFile['columns'][number], 'required'> & { required?: boolean })[] })[] }>(tablesFile, await read(tablesFile), 'tables', 'tables'); // prettier-ignore
    for (const { name: table, columns, ...given } of raw?.tables ?? []) {
      if (definitions.tables.has(table)) findings.push({ file: tablesFile, code: 'FILE_INVALID', detail: `the table ${table} stands there twice` }); // prettier-ignore
      const shape = {
        description: '',
        governed: true,
        approver: null,
        ...given,
        columns: columns.map((c) => ({ ...c, required: c.required ?? false })),
      };
      const csv = `tables/${table}.csv`;
      const { rows, problems } = there.has(csv) ? readCsv(await read(csv), { name: table, ...shape }, rowsMax) : { rows: undefined, problems: [] }; // prettier-ignore
      findings.push(...problems.map((problem) => ({ file: csv, ...problem })));
      definitions.tables.set(table, { ...shape, rows: rows?.map((row) => ({ ...row, validFrom: row.validFrom ?? null, validTo: row.validTo ?? null })) }); // prettier-ignore
    }
  }
  return { definitions, findings };
}

/** Writes what an installation has; files of definitions that it does not have any more go, all others stay. Returns the files. */
export async function writeFolder(folder: string, definitions: Definitions): Promise<{ written: string[]; removed: string[] }> {
  const files = new Map<string, string>();
  const put = (kind: Kind, of: string, text: string) => void files.set(`${encodeURIComponent(of)}${endings[kind]!}`, text);
  const yaml = (value: object) => stringify(value, { lineWidth: 0 });
  for (const [of, { description, system, limits, ...file }] of definitions.connections)
    put('connection', of, yaml({ connection: of, connector: file.connector, ...(description ? { description } : {}), ...(system ? { system } : {}), settings: file.settings, ...(Object.keys(limits).length > 0 ? { limits } : {}) })); // prettier-ignore
  for (const [of, { description, schema }] of definitions.eventTypes)
    put('event-type', of, yaml({ eventType: of, ...(description ? { description } : {}), schema }));
  for (const [of, text] of definitions.mappings) put('mapping', of, text);
  for (const [of, text] of definitions.meters) put('meter', of, text);
  for (const [of, text] of definitions.flows) put('flow', of, text);
  for (const [of, text] of definitions.controls) put('control', of, text);
  for (const [of, text] of definitions.syntheticChecks) put('synthetic-check', of, text);
  if (definitions.tables.size > 0)
    files.set(tablesFile, yaml({ tables: [...definitions.tables].map(([of, { rows: _, ...shape }]) => ({ name: of, ...tableShape(shape) })) })); // prettier-ignore
  for (const [of, table] of definitions.tables) if (table.rows) files.set(`tables/${of}.csv`, csvOf(table));
  const paused = Object.fromEntries(Object.entries(definitions.paused).filter(([, list]) => (list as string[]).length > 0));
  files.set(
    manifest,
    yaml({
      waybill: 1,
      ...(Object.keys(paused).length > 0 ? { paused } : {}),
      releases: Object.fromEntries([...definitions.releases].sort(([a], [b]) => (a < b ? -1 : 1))),
    }),
  );
  await mkdir(join(folder, 'tables'), { recursive: true });
  const removed = await staleFiles(folder, files);
  for (const file of removed) await rm(join(folder, file));
  for (const [file, text] of files) await writeFile(join(folder, file), text);
  if (definitions.tables.size === 0 && (await readdir(join(folder, 'tables'))).length === 0) await rm(join(folder, 'tables'), { recursive: true }); // prettier-ignore
  return { written: [...files.keys()].sort(), removed };
}

/** Files of kinds that an export writes, of things that are not there any more. */
async function staleFiles(folder: string, files: ReadonlyMap<string, string>): Promise<string[]> {
  const ours = (file: string) => Object.values(endings).some((ending) => file.endsWith(ending));
  const top = (await readdir(folder)).filter((file) => ours(file) && !files.has(file));
  const before = files.has(tablesFile) ? await tablesOf(join(folder, tablesFile)) : [];
  const there = new Set(await readdir(join(folder, 'tables')));
  return [...top, ...before.map((table) => `${table}.csv`).filter((file) => there.has(file) && !files.has(`tables/${file}`)).map((file) => `tables/${file}`)]; // prettier-ignore
}

/** Only a table that the folder's own list names has a file that an export may take away. */
async function tablesOf(file: string): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const { tables } = (parse(text) ?? {}) as { tables?: { name?: unknown }[] };
  return (tables ?? []).flatMap(({ name: of }) => (typeof of === 'string' ? [of] : []));
}

/** What is as it is anyway is not written: a file shows what somebody decided. */
function tableShape({ description, approver, governed, columns, title, key }: Omit<TableFile, 'rows'>) {
  return {
    title,
    ...(description ? { description } : {}),
    key,
    columns: columns.map(({ required, ...column }) => ({ ...column, ...(required ? { required } : {}) })),
    ...(governed ? {} : { governed }),
    ...(approver === null ? {} : { approver }),
  };
}

function csvOf({ key, columns, rows }: TableFile): string {
  const header = csvLine([...key, ...columns.map((column) => column.name), 'validFrom', 'validTo']);
  const cell = (value: string | null | undefined, type: string) =>
    type === 'decimal' && value !== null && value !== undefined && value !== '' ? new Decimal(value) : (value ?? '');
  return [
    header,
    ...rows!.map((row) =>
      csvLine([
        ...key.map((column) => row.key[column] ?? ''),
        ...columns.map((column) => cell(row.values[column.name], column.type)),
        row.validFrom ?? '',
        row.validTo ?? '',
      ]),
    ),
  ].join('');
}
