import type { Kept } from '../../canon/index.js';
import { documentFacts, effectOf } from '../../canon/index.js';
import { isHub } from '../../catalog/index.js';
import type { Journey } from '../journey.js';
import type { Draft } from '../messages.store.js';

/** The canonical type that a journey ends in, without its version: `invoice`. */
export function canonicalType({ release }: Journey): string {
  const { to } = release.definition;
  if (!isHub(to)) throw new Error(`${release.flow} does not end in the hub`);
  return to.canonical.split('@')[0]!;
}

/** One message for each flow that wants what has changed in the hub. */
export function outbound(journey: Journey, { objectId, version, changed }: Kept): Draft[] {
  if (!changed) return [];
  const { row, output, outputText, delivery } = journey;
  return (journey.subscribers ?? []).map(({ flow, releaseId, orderBy }) => ({
    flow,
    releaseId,
    orderBy,
    key: row.key,
    revision: String(version).padStart(10, '0'),
    effect: effectOf(canonicalType(journey), output!),
    sourceSystem: row.sourceSystem,
    connection: null,
    stream: null,
    inboxId: null,
    canonicalId: objectId,
    canonicalVersion: version,
    correlationId: row.correlationId,
    causedBy: row.id,
    runId: row.runId,
    occurredAt: row.occurredAt,
    facts: documentFacts(output!),
    content: output!,
    text: outputText!,
    delivery,
    partial: false,
  }));
}
