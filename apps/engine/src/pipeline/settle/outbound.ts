import type { JsonObject } from '@waybill/sdk';
import type { Kept } from '../../canon/index.js';
import { documentFacts, effectOf } from '../../canon/index.js';
import { isHub } from '../../catalog/index.js';
import type { Journey } from '../journey.js';
import type { Draft } from '../messages.store.js';
import type { Subscription } from '../send/subscriptions.js';

/** The canonical type that a journey ends in, without its version: `invoice`. */
export function canonicalType({ release }: Journey): string {
  const { to } = release.definition;
  if (!isHub(to)) throw new Error(`${release.flow} does not end in the hub`);
  return to.canonical.split('@')[0]!;
}

/** Where a document that changed in the hub came from: what its messages carry on. */
export interface Origin {
  type: string;
  key: string;
  sourceSystem: string;
  correlationId: string | null;
  /** The message that brought it; none when it was made here. */
  causedBy: string | null;
  runId: string | null;
  syntheticRun: string | null;
  occurredAt: string;
  content: JsonObject;
  text: string;
  delivery: JsonObject;
  /** What look-ups would say of a synthetic document, on its whole way. */
  answers?: JsonObject;
}

/** One message for each flow that wants what has changed in the hub. */
export function outbound(origin: Origin, subscribers: readonly Subscription[], { objectId, version, changed }: Kept): Draft[] {
  if (!changed) return [];
  const { type, content, ...carried } = origin;
  return subscribers.map((subscription) => ({
    ...subscription,
    ...carried,
    content,
    revision: String(version).padStart(10, '0'),
    effect: effectOf(type, content),
    connection: null,
    stream: null,
    inboxId: null,
    canonicalId: objectId,
    canonicalVersion: version,
    facts: documentFacts(content),
    partial: false,
  }));
}

export const originOf = (journey: Journey): Origin => ({
  type: canonicalType(journey),
  key: journey.row.key,
  sourceSystem: journey.row.sourceSystem,
  correlationId: journey.row.correlationId,
  causedBy: journey.row.id,
  runId: journey.row.runId,
  syntheticRun: journey.row.syntheticRun,
  occurredAt: journey.row.occurredAt,
  content: journey.output!,
  text: journey.outputText!,
  delivery: journey.delivery,
  ...(journey.answers ? { answers: journey.answers } : {}),
});
