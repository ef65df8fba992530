import {
  checkSynthetic,
  readFlowFile,
  checkFlow,
  installedConnectors,
  isInbound,
  isOfUsage,
  mappingProblems,
  meterTableProblems,
  readBackOf,
  readControlFile,
  readSyntheticFile,
  rowProblems,
  type FlowDefinition,
} from '../../catalog/index.js';
import { roles } from '../../governance/index.js';
import { readMeterFile } from '../../ledger/index.js';
import type { ProblemItem } from '../../platform/problems/index.js';
import { secretFields, type JsonObject, type JsonSchema } from '@waybill/sdk';
import { isFromEnvironment, type Definitions } from './definitions.js';
import type { Finding } from './findings.js';

/** What the checks ask of the schemas of this version of the engine. */
export interface Schemas {
  find(name: string): unknown;
  problems(schema: JsonSchema, value: unknown): ProblemItem[];
}

/**
 * What is wrong with definitions, told without an installation: each file by itself, and what one says of another. `beside` are those that the
 * folder does not hold and that an installation has; what a file refers to may stand there.
 */
export function checkDefinitions(files: Definitions, schemas: Schemas, beside?: Definitions): Finding[] {
  const all = <T>(of: (definitions: Definitions) => ReadonlyMap<string, T>): Map<string, T> => new Map([...(beside ? of(beside) : []), ...of(files)]);
  const connections = all((d) => d.connections);
  const tables = all((d) => d.tables);
  const flows = new Map<string, FlowDefinition>();
  for (const [name, yaml] of all((d) => d.flows)) {
    const { definition } = readFlowFile(yaml);
    if (definition) flows.set(name, definition);
  }
  const world = (except: string) => ({
    connections,
    connectors: installedConnectors,
    mappings: all((d) => d.mappings),
    tables,
    hasSchema: (name: string) => schemas.find(name) !== undefined,
    roles: Object.keys(roles),
    waits: [...flows].flatMap(([name, { from, waitFor }]) => (name === except || isInbound(from) ? [] : waitFor.map((wait) => ({ produces: from.canonical, waitsFor: wait.posted })))),
  });
  const findings: Finding[] = [];
  const tell = (file: string, problems: readonly ProblemItem[]) => void findings.push(...problems.map((problem) => ({ file, ...problem })));
  const named = (file: string, field: string, says: string, name: string) => {
    if (says !== name) tell(file, [{ code: 'FILE_NAME', path: `/${field}`, detail: `the file says ${says}, its name says ${name}`, line: 1 }]);
  };

  for (const [name, connection] of files.connections) tell(`${name}.connection.yaml`, connectionProblems(connection, schemas));
  for (const [name, { key, columns, rows }] of files.tables) {
    const twice = [...key, ...columns.map((column) => column.name)].find((column, at, every) => every.indexOf(column) !== at);
    if (twice !== undefined) tell('tables/tables.yaml', [{ code: 'TABLE_INVALID', detail: `the table ${name} names the column ${twice} twice` }]);
    tell(`tables/${name}.csv`, rowProblems({ name, key, columns }, rows ?? [], (at) => ({ line: at + 2 })));
  }
  for (const [name, source] of files.mappings) tell(`${name}.jsonata`, mappingProblems(source));
  for (const [name, yaml] of files.meters) {
    const file = `${name}.meter.yaml`;
    const { definition, problems } = readMeterFile(yaml);
    tell(file, problems);
    if (definition) named(file, 'meter', definition.meter, name);
  }
  for (const [name, yaml] of files.flows) {
    const file = `${name}.flow.yaml`;
    const { definition, problems, locate } = readFlowFile(yaml);
    tell(file, problems);
    if (!definition) continue;
    named(file, 'flow', definition.flow, name);
    tell(file, checkFlow(definition, world(name)).map((problem) => ({ ...problem, ...locate(problem.path ?? '') })));
  }
  for (const [name, yaml] of files.controls) {
    const file = `${name}.control.yaml`;
    const { definition, problems, locate } = readControlFile(yaml);
    tell(file, problems);
    if (!definition) continue;
    named(file, 'control', definition.control, name);
    const { connection, path } = readBackOf(definition);
    if (!connections.has(connection)) tell(file, [{ code: 'CONTROL_CONNECTION', path, detail: `there is no connection ${JSON.stringify(connection)}`, ...locate(path) }]);
    if (isOfUsage(definition)) tell(file, meterTableProblems(definition, tables.get(definition.billing.meters.table)).map((problem) => ({ ...problem, ...locate(problem.path ?? '') })));
  }
  const connectors = new Map([...connections].flatMap(([name, { connector }]) => (installedConnectors.has(connector) ? [[name, installedConnectors.get(connector)!] as const] : [])));
  for (const [name, yaml] of files.syntheticChecks) {
    const file = `${name}.synthetic.yaml`;
    const { definition, problems, locate } = readSyntheticFile(yaml);
    tell(file, problems);
    if (!definition) continue;
    named(file, 'synthetic check', definition.synthetic, name);
    // Whether the customer is a real one only an installation knows.
    tell(file, checkSynthetic(definition, { connections: connectors, flows, hasRealDocuments: false }).map((problem) => ({ ...problem, ...locate(problem.path ?? '') })));
  }
  return findings;
} // prettier-ignore

/** Settings are checked with something in the place of what comes from the environment. */
function connectionProblems({ connector: name, settings }: { connector: string; settings: JsonObject }, schemas: Schemas): ProblemItem[] {
  const connector = installedConnectors.get(name);
  if (!connector)
    return [{ code: 'CONNECTOR_UNKNOWN', path: '/connector', detail: `there is no connector ${JSON.stringify(name)}`, remedy: `There are ${[...installedConnectors.keys()].sort().join(', ')}.` }]; // prettier-ignore
  const secret = secretFields(connector.settings);
  const open = Object.entries(settings).filter(([field, value]) => secret.includes(field) && !isFromEnvironment(value));
  const problems: ProblemItem[] = open.map(([field]) => ({
    code: 'SECRET_IN_FILE',
    path: `/settings/${field}`,
    detail: `${field} is a secret, and a file is no place for one`,
    remedy: 'Write { env: NAME } and set NAME where the files are applied.',
  }));
  const fields = (connector.settings['properties'] ?? {}) as Record<string, JsonSchema>;
  const fromOutside = Object.keys(settings).filter((field) => isFromEnvironment(settings[field]));
  const known = Object.fromEntries(Object.entries(settings).filter(([field]) => !fromOutside.includes(field)));
  const required = ((connector.settings['required'] ?? []) as string[]).filter((field) => !fromOutside.includes(field));
  const unknown = fromOutside.filter((field) => !Object.hasOwn(fields, field));
  problems.push(...unknown.map((field) => ({ code: 'CONNECTION_INVALID', path: `/settings/${field}`, detail: `${connector.title} has no setting ${field}` }))); // prettier-ignore
  const wrong = schemas.problems({ ...connector.settings, required }, known);
  problems.push(...wrong.map((problem) => ({ ...problem, path: `/settings${problem.path === '/' ? '' : (problem.path ?? '')}` })));
  return problems;
}
