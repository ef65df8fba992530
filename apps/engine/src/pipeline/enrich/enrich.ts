import { findRow, type TableRows } from '@waybill/mapping-language';
import { isJsonObject, type Json, type JsonObject } from '@waybill/sdk';
import type { Enrichment } from '../../catalog/index.js';
import type { EvaluationItem, EvaluationResult } from '../../platform/mapping-runtime/index.js';
import { onJourney } from '../expressions.js';
import { mappingException, stop, type Journey, type StageResult } from '../journey.js';

export interface EnrichTools {
  evaluate(items: EvaluationItem[]): Promise<EvaluationResult[]>;
  tables: ReadonlyMap<string, TableRows>;
  lookup(connection: string, lookup: string, by: JsonObject): Promise<JsonObject | null>;
  failed(journey: Journey, error: unknown, connection: string): StageResult[number];
}

interface Question {
  journey: Journey;
  name: string;
  from: Enrichment;
  /** Where its expressions stand among all of the batch: the key columns, then the date. */
  columns: { name: string; at: number }[];
  asOfAt: number | undefined;
}

/** Looks up what the record itself does not say: rows of tables, records of other systems. What is not found is simply absent; rules and mappings decide what that means. */
export async function enrich(journeys: readonly Journey[], tools: EnrichTools): Promise<StageResult> {
  const items: EvaluationItem[] = [];
  const questions = journeys
    .filter((journey) => !journey.kept)
    .flatMap((journey) => Object.entries(journey.release.definition.enrich).map(([name, from]) => ask(journey, name, from, items)));
  const answers = await tools.evaluate(items);
  const ended = await Promise.all([...new Set(questions.map((q) => q.journey))].map((journey) => answerAll(questions.filter((q) => q.journey === journey), answers, tools))); // prettier-ignore
  for (const journey of new Set(questions.map((q) => q.journey))) {
    if (Object.keys(journey.enriched).length > 0) journey.bodies.push({ stage: 'enrich', text: JSON.stringify(journey.enriched) });
  }
  return ended.filter((one) => one !== undefined);
}

/** One journey's questions in order; the first that fails ends its try. */
async function answerAll(
  questions: readonly Question[],
  answers: readonly EvaluationResult[],
  tools: EnrichTools,
): Promise<StageResult[number] | undefined> {
  for (const question of questions) {
    const ended = await answer(question, answers, tools);
    if (ended) return ended;
  }
  return undefined;
}

function ask(journey: Journey, name: string, from: Enrichment, items: EvaluationItem[]): Question {
  const put = (expression: string) => items.push(onJourney(journey, expression, 'source')) - 1;
  const columns = Object.entries(from.by).map(([column, expression]) => ({ name: column, at: put(expression) }));
  return { journey, name, from, columns, asOfAt: 'asOf' in from && from.asOf !== undefined ? put(from.asOf) : undefined };
}

async function answer(
  { journey, name, from, columns, asOfAt }: Question,
  answers: readonly EvaluationResult[],
  tools: EnrichTools,
): Promise<StageResult[number] | undefined> {
  const by: JsonObject = {};
  for (const { name: column, at } of columns) {
    const value = answers[at]!;
    if ('failure' in value) return stop(journey, { to: 'exception', facts: mappingException(journey, value.failure, `enrich ${name}`) });
    if ('text' in value && !isNothing(JSON.parse(value.text) as Json)) by[column] = JSON.parse(value.text) as Json;
  }
  if ('table' in from) {
    const table = tools.tables.get(from.table);
    const asOf = asOfAt === undefined ? undefined : answers[asOfAt];
    const day = asOf && 'text' in asOf ? String(JSON.parse(asOf.text)) : journey.row.occurredAt;
    const row = table ? findRow(table, asKey(by), day) : undefined;
    if (row) journey.enriched[name] = row.values;
    return undefined;
  }
  const said = journey.answers?.[name];
  if (isJsonObject(said)) {
    journey.enriched[name] = said;
    return undefined;
  }
  if (Object.keys(by).length === 0) return undefined; // nothing to ask about
  try {
    const found = await tools.lookup(from.connection, from.lookup, by);
    if (found) journey.enriched[name] = found;
    return undefined;
  } catch (error) {
    return tools.failed(journey, error, from.connection);
  }
}

const isNothing = (value: Json): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Key columns of a table are text. */
const asKey = (by: JsonObject): Record<string, string> =>
  Object.fromEntries(Object.entries(by).map(([column, value]) => [column, typeof value === 'string' ? value : JSON.stringify(value)]));
