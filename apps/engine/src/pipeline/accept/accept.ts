import type { JsonObject, JsonSchema, SourceRecord } from '@waybill/sdk';
import type { ProblemItem } from '../../platform/problems/index.js';
import { stop, type Journey, type StageResult } from '../journey.js';

export interface AcceptTools {
  problems(schema: JsonSchema, value: unknown): ProblemItem[];
  /** Fetches what a delivery left out; throws what the connector throws. Undefined when nothing needs fetching. */
  complete(journey: Journey): Promise<JsonObject | undefined>;
  /** A failed call as the ending of this try. */
  failed(journey: Journey, error: unknown, connection: string): StageResult[number];
}

/** Is the record what its stream promises? Partial records are completed first; one that does not fit is kept and shown with the path. */
export async function accept(journeys: readonly Journey[], tools: AcceptTools): Promise<StageResult> {
  const results = await Promise.all(journeys.map((journey) => acceptOne(journey, tools)));
  return results.filter((result) => result !== undefined);
}

async function acceptOne(journey: Journey, tools: AcceptTools): Promise<StageResult[number] | undefined> {
  try {
    const whole = await tools.complete(journey);
    if (whole) {
      journey.source = whole;
      journey.sourceText = JSON.stringify(whole);
      journey.bodies.push({ stage: 'accept', text: journey.sourceText });
    }
  } catch (error) {
    return tools.failed(journey, error, journey.row.connection ?? '');
  }
  const { accept: schema, definition } = journey.release;
  const missing = journey.delivery['keyProblem'];
  const problems = [
    ...(typeof missing === 'string' ? [{ code: 'RECORD_INVALID', detail: `has no identity: ${missing}` }] : []),
    ...(schema ? tools.problems(schema, journey.source) : []),
  ] as ProblemItem[];
  if (problems.length === 0) return undefined;
  const first = problems[0]!;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const where = first.path === '/' || first.path === undefined ? 'The record' : `${first.path} of the record`;
  return stop(journey, {
    to: 'exception',
    facts: {
      category: 'transformation',
      code: 'RECORD_INVALID',
      cause: `${where} ${first.detail}${more}.`,
      causeKey: `record ${definition.flow} ${first.path ?? ''} ${first.detail}`,
      remedy: 'Correct the record at its source, or name another schema in the flow; then replay.',
      ...(first.path ? { path: first.path } : {}),
      fix: { kind: 'source' },
    },
  });
}

/** A record that a delivery told in part, as the connector's `complete` takes it. */
export function recordOf(journey: Journey): SourceRecord {
  return {
    stream: journey.row.stream ?? '',
    body: journey.source,
    revision: journey.row.revision,
    effect: journey.row.effect,
    occurredAt: journey.row.occurredAt,
    partial: journey.partial,
    delivery: journey.delivery,
  };
}
