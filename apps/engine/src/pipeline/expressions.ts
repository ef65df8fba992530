import type { EvaluationItem } from '../platform/mapping-runtime/index.js';
import { isHub, isInbound, type Release } from '../catalog/index.js';
import type { Journey } from './journey.js';

/** What every expression of a flow may see of itself. */
export function flowFacts(release: Release, ledger?: string): Record<string, unknown> {
  const { flow, from, to } = release.definition;
  return {
    name: flow,
    source: isInbound(from) ? { connection: from.connection, stream: from.stream } : { canonical: from.canonical },
    target: isHub(to) ? { canonical: to.canonical } : { connection: to.connection, operation: to.operation, ...(ledger ? { ledger } : {}) },
  };
}

/** An expression on a journey: on its record, or on what the mapping made. */
export function onJourney(journey: Journey, expression: string, input: 'source' | 'output', optional = true): EvaluationItem {
  const { row, release, source, enriched, delivery, output } = journey;
  return {
    expression,
    input: input === 'source' ? source : (output ?? {}),
    source,
    enriched,
    flow: { ...flowFacts(release), source: { ...(flowFacts(release)['source'] as object), system: row.sourceSystem } },
    delivery,
    revision: row.revision,
    asOf: row.occurredAt,
    ...(output ? { more: { output } } : {}),
    optional,
  };
}

/** The answer of an expression that names something, a document or its version: words or a number, 500 characters at most; undefined where it is neither. */
export function namedIn(answer: string): string | undefined {
  const value = JSON.parse(answer) as unknown;
  return typeof value === 'string' && value !== '' ? value.slice(0, 500) : typeof value === 'number' ? String(value) : undefined;
}
