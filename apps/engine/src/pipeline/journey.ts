import type { Effect, ExceptionCategory, JsonObject, Receipt } from '@waybill/sdk';
import type { MappingFailureFacts } from '@waybill/mapping-language';
import type { Release } from '../catalog/index.js';
import type { DocumentFacts } from '../canon/index.js';
import type { Exchange } from '../platform/egress/index.js';
import type { Subscription } from './send/subscriptions.js';
import type { MessageState, Stage } from './vocabulary.js';

/** A message's row as a worker claimed it. */
export interface MessageRow {
  id: string;
  seq: string;
  flow: string;
  releaseId: string;
  lane: number;
  orderingKey: string;
  key: string;
  revision: string;
  effect: Effect;
  state: MessageState;
  stage: Stage | null;
  epoch: number;
  attempts: number;
  failures: number;
  unclear: number;
  replayed: boolean;
  sourceSystem: string;
  connection: string | null;
  stream: string | null;
  canonicalId: string | null;
  canonicalVersion: number | null;
  correlationId: string;
  occurredAt: string;
  contentHash: string;
  runId: string | null;
  postingId: string | null;
  approvedHash: string | null;
  tables: Record<string, number> | null;
  /** Workers that ended while they had it. */
  crashes: number;
  /** The synthetic run that it is part of; null for all that is real. */
  syntheticRun: string | null;
}

/** A message under way in memory: its row and what the stages made of it so far. */
export interface Journey {
  row: MessageRow;
  release: Release;
  /** Text of the record as it came, and the same as data. */
  sourceText: string;
  source: JsonObject;
  delivery: JsonObject;
  /** What look-ups would say of a synthetic record, by the name of the enrichment. */
  answers?: JsonObject;
  partial: boolean;
  enriched: JsonObject;
  /** What the mapping made; absent before `map`. */
  output?: JsonObject;
  outputText?: string;
  facts?: DocumentFacts;
  /** True when an earlier try already mapped it: a retry keeps its output and its versions. */
  kept: boolean;
  stage: Stage;
  tables: Record<string, number>;
  bodies: { stage: Stage; text: string }[];
  /** Outbound flows that want what goes into the hub, found before the transaction that writes it. */
  subscribers?: Subscription[];
}

export interface ExceptionFacts {
  category: ExceptionCategory;
  code: string;
  cause: string;
  causeKey: string;
  remedy: string;
  vendorWords?: string;
  path?: string;
  fix: Fix;
}

export type Fix =
  | { kind: 'table'; table: string; by: Record<string, string> }
  | { kind: 'target' | 'connection'; connection: string }
  | { kind: 'mapping'; mapping: string }
  | { kind: 'source' | 'decision' };

/** How a stage ends a message's journey, for now or for good. What it does not name goes on to the next stage. */
export type Ending =
  | { to: 'posted'; reason?: string; hub: true }
  | { to: 'posted'; reason?: string; hub: false; postingId: string; /** External key of the posting. */ key: string; receipt: Receipt }
  | { to: 'skipped' | 'duplicate' | 'superseded'; reason: string; postingId?: string; documentNumber?: string }
  | {
      to: 'ready';
      reason: string;
      afterMs: number;
      /** Does it use up one of the flow's attempts? */ counts: boolean;
      /** How a doubt ended: not there, or unknown still and sent again under the same key. */ doubt?: 'absent' | 'same-key';
    }
  | { to: 'waiting'; reason: string; dependsOn: string; withinMs?: number }
  | { to: 'held'; reason: string; approval: { role: string; rule: string; hash: string; content: string } }
  | { to: 'in_doubt'; reason: string; quietMs: number }
  | {
      to: 'exception';
      facts: ExceptionFacts;
      /** It stands in the books all the same, and a person looks: nothing is posted a second time. */
      booked?: Booking;
    };

/** A document that the target has: by which posting, under which external key, and what the target said of it. */
export interface Booking {
  postingId: string;
  key: string;
  receipt: Receipt;
}

/** Pure: what an ending says is in the books of a target now. */
export function bookingOf(ending: Ending): Booking | undefined {
  if (ending.to === 'exception') return ending.booked;
  return ending.to === 'posted' && !ending.hub ? ending : undefined;
}

export interface Ended {
  journey: Journey;
  ending: Ending;
  /** The call that led to it, where there was one. */
  call?: Call;
}

/** One call to a target, for the attempt's record. */
export interface Call {
  attemptId: string;
  outcome: string;
  code?: string;
  detail?: string;
  vendorWords?: string;
  httpStatus?: number;
  exchanges: Exchange[];
}

/** What a stage answers: an ending for each journey that stops here. */
export type StageResult = Ended[];

export const stop = (journey: Journey, ending: Ending, call?: Call): Ended => ({ journey, ending, ...(call ? { call } : {}) });

/** A mapping or an expression that failed, as an exception with its cure. */
export function mappingException(journey: Journey, failure: MappingFailureFacts, where = 'mapping'): ExceptionFacts {
  const mapping = journey.release.mapping.name;
  if (failure.missing) {
    const key = Object.entries(failure.missing.by).map(([column, value]) => `${column} ${value}`).join(', '); // prettier-ignore
    return {
      category: 'master-data',
      code: failure.code,
      cause: failure.message,
      causeKey: `table ${failure.missing.table} ${key}`,
      remedy: `Add a row for ${key} to the table ${failure.missing.table}, then replay.`,
      fix: { kind: 'table', ...failure.missing },
    };
  }
  return {
    category: failure.category,
    code: failure.code,
    cause:
      failure.category === 'master-data'
        ? failure.message
        : `The ${where} ${where === 'mapping' ? `${mapping} ` : ''}failed: ${failure.message}.`,
    causeKey: `${where} ${mapping} ${failure.code} ${failure.category === 'master-data' ? failure.message : ''}`.trim(),
    remedy:
      failure.category === 'master-data'
        ? 'Add what is missing, then replay.'
        : `Open the record in the mapping ${mapping}, correct it, then replay.`,
    fix: failure.category === 'master-data' ? { kind: 'source' } : { kind: 'mapping', mapping },
  };
}
