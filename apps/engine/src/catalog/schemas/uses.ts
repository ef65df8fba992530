import { isHub, isInbound, type FlowDefinition } from '../flows/definition.js';

/** What a flow reads has the shape of its records, what it writes that of its mapping's output. */
export type Side = 'reads' | 'writes';

export interface SchemaUse {
  flow: string;
  mapping: string;
  side: Side;
  kind: SchemaKind;
  /** As the book of schemas has it. */
  name: string;
}

export type SchemaKind = 'canonical' | 'source' | 'operation';

interface Known {
  /** Of a connection; undefined when there is no such connection. */
  connectorOf(connection: string): string | undefined;
  /** The schema that a flow file means by a name, such as `stripe/invoice` for `stripe/invoices`. */
  meant(name: string): { kind: SchemaKind; name: string } | undefined;
}

/** The schemas that a flow is checked by: of its records, and of what its mapping makes of them. */
export function usesOf(definition: FlowDefinition, { connectorOf, meant }: Known): SchemaUse[] {
  const { flow, map: mapping, from, to, accept, produce } = definition;
  const read = accept ?? (isInbound(from) ? full(connectorOf(from.connection), from.stream) : from.canonical);
  const written = isHub(to) ? to.canonical : produce;
  const operation = isHub(to) ? undefined : full(connectorOf(to.connection), to.operation);
  const uses: SchemaUse[] = [];
  const source = read === undefined ? undefined : meant(read);
  if (source) uses.push({ flow, mapping, side: 'reads', ...source });
  const target =
    written !== undefined ? meant(written) : operation === undefined ? undefined : { kind: 'operation' as const, name: operation };
  if (target) uses.push({ flow, mapping, side: 'writes', ...target });
  return uses;
}

const full = (connector: string | undefined, name: string): string | undefined =>
  connector === undefined ? undefined : `${connector}/${name}`;
