import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '@waybill/sdk';
import { Database, realBook } from '../platform/database/index.js';
import { answering, candidatesMax, TooManyDocuments, type HubQuestion } from './hub-question.js';

/** What the hub holds of a document's customer, contract or subscription, for the pipeline: whole contents of the newest versions. What is synthetic is the customer or contract of synthetic documents alone. */
@Injectable()
export class HubAnswers {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** One answer for each question, in their order; an error in place of an answer is that question's alone. As many statements for a hundred as for one. */
  async answer(questions: readonly HubQuestion[]): Promise<(JsonObject[] | TooManyDocuments)[]> {
    const found = new Map<number, JsonObject[]>();
    for (const [column, from] of ways) {
      const asked = questions.flatMap((question, at) => (wayOf(question) === column ? [{ at, ...question }] : []));
      if (asked.length === 0) continue;
      const rows = await this.db.query<{ at: number; content: string }>(
        `select g.at, v.content from jsonb_to_recordset($1::jsonb) as g(at int, type text, "sourceSystem" text, "sourceId" text, number text, customer text, synthetic boolean)
         cross join lateral (select o.id, o.version from ${from} where o.type = g.type and (g."sourceSystem" is null or o.source_system = g."sourceSystem")
           and (g."sourceId" is null or o.source_id = g."sourceId") and (g.number is null or o.title = g.number) and (g.synthetic or ${realBook('o')}) limit $2) o
         join canonical_version v on v.object_id = o.id and v.version = o.version and v.erasure is null`,
        [JSON.stringify(asked), candidatesMax + 1],
      );
      for (const { at, content } of rows) found.set(at, [...(found.get(at) ?? []), JSON.parse(content) as JsonObject]);
    }
    return questions.map((question, at) => {
      const candidates = found.get(at) ?? [];
      return candidates.length > candidatesMax
        ? new TooManyDocuments(`more than ${candidatesMax} documents of the type ${question.type} fit`)
        : answering(question, candidates);
    });
  }
}

/** Where a question begins to look, the narrowest first: each has its index. */
const ways = [
  ['sourceId', 'canonical_object o'],
  ['number', 'canonical_object o'],
  ['customer', "canonical_reference r join canonical_object o on o.id = r.object_id and r.relation = 'customer' and r.target = g.customer"],
] as const;
const wayOf = (question: HubQuestion) => ways.map(([column]) => column).find((column) => question[column] !== undefined);
