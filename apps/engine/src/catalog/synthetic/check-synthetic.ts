import type { Connector } from '@waybill/sdk';
import type { ProblemItem } from '../../platform/problems/index.js';
import { isHub, isInbound, type FlowDefinition } from '../flows/definition.js';
import type { SyntheticDefinition } from './definition.js';

/** What a check may refer to. */
export interface SyntheticWorld {
  connections: ReadonlyMap<string, Connector>;
  flows: ReadonlyMap<string, FlowDefinition>;
  /** Does the customer have documents of anybody else than of synthetic transactions? */
  hasRealDocuments: boolean;
}

/** The stream by which a connection's books are read back, if it has one. */
export const readBackStream = ({ streams }: Connector): string | undefined =>
  Object.keys(streams).find((one) => streams[one]!.readsBack === true);

/** Where a flow changes books: the connection, or nothing. */
export function booksOf(flow: FlowDefinition, connections: ReadonlyMap<string, Connector>): string | undefined {
  if (isHub(flow.to)) return undefined;
  const { connection, operation } = flow.to;
  return connections.get(connection)?.operations[operation]?.kind === 'financial-posting' ? connection : undefined;
}

/** Kinds of documents that a stream of books tells. */
const readable: readonly string[] = ['invoice', 'credit-memo', 'payment'];

/** Everything that a check refers to, checked at once; `path` is a JSON pointer into the file. */
export function checkSynthetic({ steps, customer }: SyntheticDefinition, { connections, flows, hasRealDocuments }: SyntheticWorld): ProblemItem[] {
  const problems: ProblemItem[] = [];
  const tell = (code: string, path: string, detail: string) => void problems.push({ code, path, detail });
  if (hasRealDocuments) tell('SYNTHETIC_CUSTOMER', '/customer', `${customer} has documents that are real; a check needs a customer of its own`);
  for (const [at, { step, deliver, through, reverses, lookups }] of steps.entries()) {
    const here = `/steps/${at}`;
    const source = connections.get(deliver.connection);
    if (!source) tell('SYNTHETIC_CONNECTION', `${here}/deliver/connection`, `there is no connection ${deliver.connection}`);
    else if (deliver.stream !== undefined && !source.streams[deliver.stream]) tell('SYNTHETIC_CONNECTION', `${here}/deliver/stream`, `${source.title} has no stream ${deliver.stream}`);
    else if (!source.unpack) tell('SYNTHETIC_CONNECTION', `${here}/deliver/connection`, `nothing comes in by ${deliver.connection}: ${source.title} is only written to`);
    let arrives: string[] = [];
    let books = false;
    for (const [index, name] of through.entries()) {
      const path = `${here}/through/${index}`;
      const flow = flows.get(name);
      if (!flow) {
        tell('SYNTHETIC_FLOW', path, `there is no flow ${name}`);
        continue;
      }
      if (isInbound(flow.from) && flow.from.connection !== deliver.connection) tell('SYNTHETIC_FLOW', path, `${name} begins at ${flow.from.connection}, and the step delivers to ${deliver.connection}`);
      if (!isInbound(flow.from) && !arrives.includes(flow.from.canonical)) tell('SYNTHETIC_FLOW', path, `${name} begins at ${flow.from.canonical}, which no flow before it ends in`);
      if (isHub(flow.to)) arrives = [...arrives, flow.to.canonical];
      const written = booksOf(flow, connections);
      books ||= written !== undefined;
      const target = written === undefined ? undefined : connections.get(written);
      const kind = target && !isHub(flow.to) ? target.operations[flow.to.operation]!.document : undefined;
      if (kind !== undefined && !readable.includes(kind)) tell('SYNTHETIC_READ_BACK', path, `${name} posts a ${kind}, and books are read back by ${readable.join(', ')}`);
      if (target && readBackStream(target) === undefined) tell('SYNTHETIC_READ_BACK', path, `${name} posts into ${written}, and ${target.title} cannot read its books back: nobody could say that it comes to nothing there`);
    }
    const known = new Set(through.flatMap((name) => Object.keys(flows.get(name)?.enrich ?? {})));
    for (const name of Object.keys(lookups)) if (!known.has(name)) tell('SYNTHETIC_FLOW', `${here}/lookups/${name}`, `no flow of the step looks ${name} up`);
    if (books && reverses === undefined && !steps.some((one) => one.reverses === step)) tell('SYNTHETIC_REVERSAL', here, `${step} posts into books, and no later step takes it back with reverses: ${step}`);
  }
  return problems;
} // prettier-ignore
