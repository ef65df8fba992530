import type { JsonObject, JsonSchema } from '@waybill/sdk';
import { brokenSum, documentFacts } from '../../canon/index.js';
import { isHub, isInbound } from '../../catalog/index.js';
import type { EvaluationItem, EvaluationResult } from '../../platform/mapping-runtime/index.js';
import type { ProblemItem } from '../../platform/problems/index.js';
import { onJourney } from '../expressions.js';
import { mappingException, stop, type ExceptionFacts, type Journey, type StageResult } from '../journey.js';

export interface MapTools {
  evaluate(items: EvaluationItem[]): Promise<EvaluationResult[]>;
  problems(schema: JsonSchema, value: unknown): ProblemItem[];
}

/** Translates, stamps the identity that no mapping may choose, and checks what came out: its schema, then its sums. */
export async function map(journeys: readonly Journey[], tools: MapTools): Promise<StageResult> {
  const fresh = journeys.filter((journey) => !journey.kept);
  const results = await tools.evaluate(fresh.map((journey) => onJourney(journey, journey.release.mapping.source, 'source', false)));
  return fresh.flatMap((journey, index) => {
    const facts = finish(journey, results[index]!, tools);
    return facts ? [stop(journey, { to: 'exception', facts })] : [];
  });
}

/** Puts the output on the journey, or says what is wrong with it. Also what the mapping editor runs on a sample. */
export function finish(journey: Journey, result: EvaluationResult, tools: Pick<MapTools, 'problems'>): ExceptionFacts | undefined {
  if ('failure' in result) return mappingException(journey, result.failure);
  const value = 'text' in result ? (JSON.parse(result.text) as unknown) : null;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return mappingException(journey, {
      code: 'MAPPING_OUTPUT',
      category: 'transformation',
      message: `it must give an object, not ${Array.isArray(value) ? 'a list' : JSON.stringify(value)}`,
    });
  }
  const output = stamp(journey, value as JsonObject);
  journey.output = output;
  journey.outputText = JSON.stringify(output);
  journey.facts = factsOf(journey, output);
  journey.bodies.push({ stage: 'map', text: journey.outputText });
  const { produce, mapping } = journey.release;
  const problem = produce ? tools.problems(produce.schema, output)[0] : undefined;
  if (problem) {
    const where = problem.path === undefined || problem.path === '/' ? 'The output' : problem.path;
    return {
      category: 'transformation',
      code: 'MAPPING_OUTPUT',
      cause: `${where} of ${produce!.name} ${problem.detail}.`.replace('The output of', 'The output for'),
      causeKey: `mapping ${mapping.name} output ${(problem.path ?? '').replace(/\/\d+/g, '/*')} ${problem.detail}`,
      remedy: `Open the record in the mapping ${mapping.name}, correct it, then replay.`,
      ...(problem.path ? { path: problem.path } : {}),
      fix: { kind: 'mapping', mapping: mapping.name },
    };
  }
  const broken = isHub(journey.release.definition.to) ? brokenSum(produce!.name.split('@')[0]!, output) : undefined;
  if (!broken) return undefined;
  return {
    category: 'transformation',
    code: 'TOTALS_DIFFER',
    cause: `The amounts do not add up: ${broken.sentence}.`,
    causeKey: `sums ${mapping.name} ${broken.path}`,
    remedy: `Correct the mapping ${mapping.name}, or the document at its source; amounts are never adjusted silently.`,
    path: broken.path,
    fix: { kind: 'mapping', mapping: mapping.name },
  };
}

/** Fields of a canonical object that no mapping decides; `occurredAt` only where the mapping says nothing. */
export const stamped = ['sourceSystem', 'sourceId', 'sourceRevision', 'correlationId', 'occurredAt'] as const;

/** Identity, version and correlation belong to the engine: a canonical object carries what the message carries. */
function stamp({ release, row }: Journey, output: JsonObject): JsonObject {
  if (!isHub(release.definition.to)) return output;
  return {
    ...output,
    sourceSystem: row.sourceSystem,
    sourceId: row.key,
    sourceRevision: row.revision,
    correlationId: row.correlationId,
    occurredAt: (output['occurredAt'] as string | undefined) ?? row.occurredAt,
  };
}

/** From the hub, the canonical object knows best what people call the document; on the way in, the output does. */
/** What lists and postings say of a document: of one that comes in by its output, of one that goes out by what the hub holds. */
export const factsOf = ({ release, source }: Journey, output: JsonObject) =>
  documentFacts(isInbound(release.definition.from) ? output : source);
