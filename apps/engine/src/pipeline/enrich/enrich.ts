import { findRow, type MappingFailureFacts, type TableRows } from '@waybill/mapping-language';
import { isJsonObject, type Json, type JsonObject } from '@waybill/sdk';
import { TooManyDocuments, type HubQuestion } from '../../canon/index.js';
import { hubLookupOf, typeName, type Enrichment } from '../../catalog/index.js';
import type { EvaluationItem, EvaluationResult } from '../../platform/mapping-runtime/index.js';
import { onJourney } from '../expressions.js';
import { mappingException, stop, type Journey, type StageResult } from '../journey.js';

export interface EnrichTools {
  evaluate(items: EvaluationItem[]): Promise<EvaluationResult[]>;
  tables: ReadonlyMap<string, TableRows>;
  lookup(connection: string, lookup: string, by: JsonObject): Promise<JsonObject | null>;
  /** An answer for each question, in their order: contents of documents of the hub, or why there are none. */
  documents(questions: readonly HubQuestion[]): Promise<(JsonObject[] | TooManyDocuments)[]>;
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

/** What a look-up is asked for, once its expressions are evaluated. */
interface Asked {
  by: JsonObject;
  /** A date or an instant as text. */
  asOf: string;
}

/** Looks up what the record itself does not say: rows of tables, records of other systems, documents of the hub. What is not found is simply absent; rules and mappings decide what that means. */
export async function enrich(journeys: readonly Journey[], tools: EnrichTools): Promise<StageResult> {
  const items: EvaluationItem[] = [];
  const questions = journeys
    .filter((journey) => !journey.kept)
    .flatMap((journey) => Object.entries(journey.release.definition.enrich).map(([name, from]) => ask(journey, name, from, items)));
  const answers = await tools.evaluate(items);
  const asked = new Map(questions.map((question) => [question, askedFor(question, answers)]));
  const documents = await documentsFor(asked, tools);
  const ended = await Promise.all([...new Set(questions.map((q) => q.journey))].map((journey) => answerAll(questions.filter((q) => q.journey === journey), asked, documents, tools))); // prettier-ignore
  for (const journey of new Set(questions.map((q) => q.journey))) {
    if (Object.keys(journey.enriched).length > 0) journey.bodies.push({ stage: 'enrich', text: JSON.stringify(journey.enriched) });
  }
  return ended.filter((one) => one !== undefined);
}

type Documents = ReadonlyMap<Question, JsonObject[] | TooManyDocuments>;

/** One journey's questions in order; the first that fails ends its try. */
async function answerAll(
  questions: readonly Question[],
  asked: ReadonlyMap<Question, Asked | MappingFailureFacts>,
  documents: Documents,
  tools: EnrichTools,
): Promise<StageResult[number] | undefined> {
  for (const question of questions) {
    const wanted = asked.get(question)!;
    if ('message' in wanted) {
      return stop(question.journey, { to: 'exception', facts: mappingException(question.journey, wanted, `enrich ${question.name}`) });
    }
    const ended = await answer(question, wanted, documents, tools);
    if (ended) return ended;
  }
  return undefined;
}

function ask(journey: Journey, name: string, from: Enrichment, items: EvaluationItem[]): Question {
  const put = (expression: string) => items.push(onJourney(journey, expression, 'source')) - 1;
  const columns = Object.entries(from.by).map(([column, expression]) => ({ name: column, at: put(expression) }));
  return { journey, name, from, columns, asOfAt: 'asOf' in from && from.asOf !== undefined ? put(from.asOf) : undefined };
}

function askedFor({ journey, from, columns, asOfAt }: Question, answers: readonly EvaluationResult[]): Asked | MappingFailureFacts {
  const by: JsonObject = {};
  for (const { name: column, at } of columns) {
    const value = answers[at]!;
    if ('failure' in value) return value.failure;
    if ('text' in value && !isNothing(JSON.parse(value.text) as Json)) by[column] = JSON.parse(value.text) as Json;
  }
  const told = asOfAt === undefined ? undefined : answers[asOfAt];
  const asOf = told && 'text' in told ? String(JSON.parse(told.text)) : journey.row.occurredAt;
  if ('canonical' in from && !isDay(asOf)) {
    const message = `asOf is ${JSON.stringify(asOf)}, which is no date such as 2026-11-23`;
    return { code: 'MAPPING_ARGUMENT', category: 'transformation', message };
  }
  return { by, asOf };
}

/** All that a batch asks of the hub, at once. */
async function documentsFor(asked: ReadonlyMap<Question, Asked | MappingFailureFacts>, tools: EnrichTools): Promise<Documents> {
  const put = [...asked].flatMap(([question, wanted]) => {
    const { from } = question;
    if (!('canonical' in from) || 'message' in wanted) return [];
    const by = asKey(wanted.by);
    // Every field counts: what is not known of one is no document of another.
    if (Object.keys(from.by).some((field) => by[field] === undefined)) return [];
    const day = hubLookupOf(from.canonical).dated ? { day: wanted.asOf.slice(0, 10) } : {};
    const synthetic = question.journey.row.syntheticRun === null ? {} : { synthetic: true };
    return [{ question, to: { type: typeName(from.canonical), ...by, ...day, ...synthetic } as HubQuestion }];
  });
  if (put.length === 0) return new Map();
  const answers = await tools.documents(put.map(({ to }) => to));
  return new Map(put.map(({ question }, at) => [question, answers[at]!]));
}

async function answer(
  question: Question,
  { by, asOf }: Asked,
  documents: Documents,
  tools: EnrichTools,
): Promise<StageResult[number] | undefined> {
  const { journey, name, from } = question;
  if ('table' in from) {
    const table = tools.tables.get(from.table);
    const row = table ? findRow(table, asKey(by), asOf) : undefined;
    if (row) journey.enriched[name] = row.values;
    return undefined;
  }
  const said = journey.answers?.[name];
  if ('canonical' in from) {
    const found = isJsonObject(said) ? [said] : (documents.get(question) ?? []);
    if (found instanceof TooManyDocuments) {
      const failure = { code: 'ENRICH_TOO_MANY', category: 'transformation', message: found.message } as const;
      return stop(journey, { to: 'exception', facts: mappingException(journey, failure, `enrich ${name}`) });
    }
    if (found.length > 0) journey.enriched[name] = found;
    return undefined;
  }
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
const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d(T|$)/.test(text) && !Number.isNaN(Date.parse(text.slice(0, 10)));

/** Key columns of a table are text. */
const asKey = (by: JsonObject): Record<string, string> =>
  Object.fromEntries(Object.entries(by).map(([column, value]) => [column, typeof value === 'string' ? value : JSON.stringify(value)]));
