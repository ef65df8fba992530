import { Inject, Injectable } from '@nestjs/common';
import type { TableRows } from '@waybill/mapping-language';
import type { JsonObject } from '@waybill/sdk';
import type { Release } from '../catalog/index.js';
import type { Journey, MessageRow } from './journey.js';
import { MessageStore } from './messages.store.js';
import { Pipeline } from './pipeline.store.js';
import { rehearse, type Tried } from './rehearse.js';

/** What one recorded record becomes with some tables. */
export interface Rehearsed {
  row: MessageRow;
  tried: Tried;
  /** Money of the document, where its output tells it. */
  money: { amount: string; currency: string } | undefined;
}

/** Records that are tried at once; between two batches the pipeline gets the mapping processes. */
const batchRows = 100;

/**
 * Recorded records through enrich, rules and mapping, each once with each set of tables. No other system is asked: what a look-up in one found is
 * taken as it was recorded. Nothing is stored, nothing is sent.
 */
@Injectable()
export class Rehearsal {
  constructor(
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(MessageStore) private readonly messages: MessageStore,
  ) {}

  /** A list for each set of tables, in the order of the rows. `release`: instead of the one that each came in under. */
  async run(rows: readonly MessageRow[], sets: readonly TableRows[][], release?: Release): Promise<Rehearsed[][]> {
    const results: Rehearsed[][] = sets.map(() => []);
    for (let at = 0; at < rows.length; at += batchRows) {
      const some = rows.slice(at, at + batchRows);
      const bodies = await this.messages.bodies(some.map(({ id }) => id));
      const loaded = await this.pipeline.load(some, []);
      for (const [index, tables] of sets.entries()) {
        const journeys = loaded.map((journey) => withoutSystems(journey, release ?? journey.release, bodies.get(journey.row.id)?.enrich));
        const tools = { ...this.pipeline.tools(tables, [], { signal: AbortSignal.timeout(60_000) }), lookup: noSystem };
        const tried = await rehearse(journeys, tools);
        results[index]!.push(...journeys.map((journey) => ({ row: journey.row, tried: tried.get(journey)!, money: moneyOf(journey) })));
      }
    }
    return results;
  }
}

const noSystem = () => Promise.reject(new Error('a rehearsal asks no other system'));

/** The same flow without its look-ups in other systems; what they found stands there already. */
function withoutSystems(journey: Journey, release: Release, recorded: string | undefined): Journey {
  const { enrich } = release.definition;
  const known = recorded === undefined ? {} : (JSON.parse(recorded) as JsonObject);
  const asked = Object.entries(enrich).filter(([, from]) => !('table' in from));
  const kept = Object.fromEntries(asked.flatMap(([name]) => (known[name] === undefined ? [] : [[name, known[name]]])));
  const definition = { ...release.definition, enrich: Object.fromEntries(Object.entries(enrich).filter(([, from]) => 'table' in from)) };
  return { ...journey, release: { ...release, definition }, enriched: kept, bodies: [] };
}

function moneyOf({ facts }: Journey): Rehearsed['money'] {
  return facts?.amount && facts.currency ? { amount: facts.amount, currency: facts.currency } : undefined;
}
