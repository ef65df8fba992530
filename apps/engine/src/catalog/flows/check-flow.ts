import { checkExpression, tablesRead } from '@waybill/mapping-language';
import type { Connector } from '@waybill/sdk';
import { sentenceProblem } from '../../platform/sentences/index.js';
import type { ProblemItem } from '../../platform/problems/index.js';
import { isHub, isInbound, type Enrichment, type FlowDefinition } from './definition.js';
import { hubLookupOf, typeName } from './hub-lookups.js';

/** What a flow may refer to. */
export interface FlowWorld {
  connections: ReadonlyMap<string, { connector: string }>;
  connectors: ReadonlyMap<string, Connector>;
  mappings: ReadonlyMap<string, string>;
  tables: ReadonlyMap<string, { key: readonly string[] }>;
  hasSchema(name: string): boolean;
  roles: readonly string[];
  /** Who already waits for whom: canonical type → types it waits for, over all other flows. */
  waits: readonly { produces: string; waitsFor: string }[];
}

/** Everything that a flow refers to, checked at once; `path` is a JSON pointer into the file. */
export function checkFlow(flow: FlowDefinition, world: FlowWorld): ProblemItem[] {
  return [
    ...checkSource(flow, world),
    ...checkTarget(flow, world),
    ...checkEnrich(flow, world),
    ...checkMapping(flow, world),
    ...checkExpressions(flow),
    ...checkRules(flow, world),
    ...checkWaits(flow, world),
  ];
}

function checkSource({ from, accept }: FlowDefinition, world: FlowWorld): ProblemItem[] {
  const problems: ProblemItem[] = [];
  if (isInbound(from)) {
    const connector = connectorOf(from.connection, world);
    if (!connector)
      problems.push(unknown('FLOW_CONNECTION_UNKNOWN', '/from/connection', 'connection', from.connection, [...world.connections.keys()]));
    else if (!connector.streams[from.stream])
      problems.push(
        unknown('FLOW_STREAM_UNKNOWN', '/from/stream', `stream of ${connector.title}`, from.stream, Object.keys(connector.streams)),
      );
  } else if (!world.hasSchema(from.canonical))
    problems.push(unknown('FLOW_SCHEMA_UNKNOWN', '/from/canonical', 'canonical type', from.canonical, []));
  if (accept !== undefined && !world.hasSchema(accept)) problems.push(unknown('FLOW_SCHEMA_UNKNOWN', '/accept', 'schema', accept, []));
  return problems;
}

function checkTarget({ from, to, produce, waitFor }: FlowDefinition, world: FlowWorld): ProblemItem[] {
  const problems: ProblemItem[] = [];
  if (produce !== undefined && !world.hasSchema(produce))
    problems.push(unknown('FLOW_SCHEMA_UNKNOWN', '/produce', 'canonical type', produce, []));
  if (isHub(to)) {
    if (!world.hasSchema(to.canonical)) problems.push(unknown('FLOW_SCHEMA_UNKNOWN', '/to/canonical', 'canonical type', to.canonical, []));
    if (produce !== undefined && produce !== to.canonical)
      problems.push({ code: 'FLOW_FIELD', path: '/produce', detail: `produce is ${produce}, but the target is ${to.canonical}` });
    if (!isInbound(from))
      problems.push({ code: 'FLOW_FIELD', path: '/to', detail: 'a flow from the canonical hub must end at a connection' });
    if (waitFor.length > 0)
      problems.push({ code: 'FLOW_FIELD', path: '/waitFor', detail: 'only a flow to a connection can wait for a posting' });
    return problems;
  }
  const connector = connectorOf(to.connection, world);
  if (!connector)
    problems.push(unknown('FLOW_CONNECTION_UNKNOWN', '/to/connection', 'connection', to.connection, [...world.connections.keys()]));
  else if (!connector.operations[to.operation])
    problems.push(
      unknown(
        'FLOW_OPERATION_UNKNOWN',
        '/to/operation',
        `operation of ${connector.title}`,
        to.operation,
        Object.keys(connector.operations),
      ),
    );
  return problems;
}

function checkEnrich({ enrich }: FlowDefinition, world: FlowWorld): ProblemItem[] {
  return Object.entries(enrich).flatMap(([name, source]): ProblemItem[] => {
    const path = `/enrich/${name}`;
    if ('table' in source) {
      const table = world.tables.get(source.table);
      if (!table) return [unknown('FLOW_TABLE_UNKNOWN', `${path}/table`, 'table', source.table, [...world.tables.keys()])];
      const odd = Object.keys(source.by).find((column) => !table.key.includes(column));
      return odd === undefined
        ? []
        : [
            {
              code: 'FLOW_FIELD',
              path: `${path}/by/${odd}`,
              detail: `the table ${source.table} has no key column ${odd}; it has ${table.key.join(', ')}`,
            },
          ];
    }
    if ('canonical' in source) return checkHubLookup(source, path, world);
    const connector = connectorOf(source.connection, world);
    if (!connector)
      return [unknown('FLOW_CONNECTION_UNKNOWN', `${path}/connection`, 'connection', source.connection, [...world.connections.keys()])];
    return connector.lookups[source.lookup]
      ? []
      : [unknown('FLOW_LOOKUP_UNKNOWN', `${path}/lookup`, `lookup of ${connector.title}`, source.lookup, Object.keys(connector.lookups))];
  });
}

function checkHubLookup(source: Extract<Enrichment, { canonical: string }>, path: string, world: FlowWorld): ProblemItem[] {
  const { canonical, by, asOf } = source;
  if (!world.hasSchema(canonical)) return [unknown('FLOW_SCHEMA_UNKNOWN', `${path}/canonical`, 'canonical type', canonical, [])];
  const known = hubLookupOf(canonical);
  const fields = `a ${typeName(canonical)} is found by ${known.by.join(', ')}`;
  const odd = Object.keys(by).filter((field) => !(known.by as readonly string[]).includes(field));
  return [
    ...odd.map((field) => ({ code: 'FLOW_FIELD', path: `${path}/by/${field}`, detail: `${fields}, not by ${field}` })),
    ...(Object.keys(by).every((field) => field === 'sourceSystem')
      ? [{ code: 'FLOW_FIELD', path: `${path}/by`, detail: `${fields}; the system alone names no document` }]
      : []),
    ...(asOf !== undefined && !known.dated
      ? [{ code: 'FLOW_FIELD', path: `${path}/asOf`, detail: `a ${typeName(canonical)} has no first and last day, so asOf says nothing; leave it out` }]
      : []),
  ]; // prettier-ignore
}

function checkMapping({ map }: FlowDefinition, world: FlowWorld): ProblemItem[] {
  const source = world.mappings.get(map);
  if (source === undefined) return [unknown('FLOW_MAPPING_UNKNOWN', '/map', 'mapping', map, [...world.mappings.keys()])];
  const missing = tablesRead(source).filter((table) => !world.tables.has(table));
  return missing.map((table) => ({
    ...unknown('FLOW_TABLE_UNKNOWN', '/map', 'table', table, [...world.tables.keys()]),
    detail: `the mapping ${map} reads the table ${table}, which does not exist`,
  }));
}

function checkExpressions(flow: FlowDefinition): ProblemItem[] {
  const all: [string, string | undefined][] = [
    ['/key', flow.key],
    ['/revision', flow.revision],
    ['/orderBy', flow.orderBy],
    ['/when', flow.when],
    ...flow.permit.flatMap((rule, i): [string, string | undefined][] => [[`/permit/${i}/when`, rule.when], [`/permit/${i}/unless`, rule.unless]]),
    ...flow.waitFor.map((wait, i): [string, string] => [`/waitFor/${i}/key`, wait.key]),
    ...Object.entries(flow.enrich).flatMap(([name, source]): [string, string | undefined][] => [
      ...Object.entries(source.by).map(([column, expression]): [string, string] => [`/enrich/${name}/by/${column}`, expression]),
      [`/enrich/${name}/asOf`, 'asOf' in source ? source.asOf : undefined],
    ]),
  ]; // prettier-ignore
  return all.flatMap(([path, expression]) =>
    expression === undefined
      ? []
      : checkExpression(expression)
          .filter((p) => p.severity === 'error')
          .map((p) => ({
            code: 'FLOW_EXPRESSION',
            path,
            detail: `${JSON.stringify(expression)}: ${p.message}${p.position === undefined ? '' : ` (at character ${p.position})`}`,
          })),
  );
}

function checkRules({ permit, edits }: FlowDefinition, world: FlowWorld): ProblemItem[] {
  const stranger = typeof edits === 'object' && !world.roles.includes(edits.approve);
  const ofEdits = stranger ? [unknown('FLOW_FIELD', '/edits/approve', 'role', edits.approve, [...world.roles])] : [];
  const ofRules = permit.flatMap(({ then }, index): ProblemItem[] => {
    if (then === 'skip') return [];
    const problems: ProblemItem[] = [];
    const template = then.say === undefined ? undefined : sentenceProblem(then.say);
    if (template !== undefined) problems.push({ code: 'FLOW_TEMPLATE', path: `/permit/${index}/then/say`, detail: template });
    if ('approve' in then && !world.roles.includes(then.approve))
      problems.push(unknown('FLOW_FIELD', `/permit/${index}/then/approve`, 'role', then.approve, [...world.roles]));
    return problems;
  });
  return [...ofRules, ...ofEdits];
}

/** A waits for B and B waits for A: neither would ever leave. */
function checkWaits(flow: FlowDefinition, world: FlowWorld): ProblemItem[] {
  if (isInbound(flow.from)) return [];
  const produces = flow.from.canonical;
  const edges = [...world.waits, ...flow.waitFor.map((wait) => ({ produces, waitsFor: wait.posted }))];
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    edges.some(
      (edge) =>
        edge.produces === from &&
        (edge.waitsFor === to || (!seen.has(edge.waitsFor) && reaches(edge.waitsFor, to, seen.add(edge.waitsFor)))),
    );
  return flow.waitFor.flatMap((wait, index) =>
    wait.posted !== produces && !reaches(wait.posted, produces, new Set([wait.posted]))
      ? []
      : [
          {
            code: 'FLOW_CYCLE',
            path: `/waitFor/${index}`,
            detail: wait.posted === produces ? `${produces} would wait for itself` : `${wait.posted} already waits for ${produces}`,
          },
        ],
  );
}

const connectorOf = (connection: string, world: FlowWorld): Connector | undefined =>
  world.connectors.get(world.connections.get(connection)?.connector ?? '');

function unknown(code: string, path: string, kind: string, name: string, known: string[]): ProblemItem {
  return {
    code,
    path,
    detail: `there is no ${kind} ${JSON.stringify(name)}`,
    ...(known.length > 0 ? { remedy: `There are ${known.sort().slice(0, 20).join(', ')}.` } : {}),
  };
}
