import { Inject, Injectable } from '@nestjs/common';
import type { TableRows } from '@waybill/mapping-language';
import type { JsonObject } from '@waybill/sdk';
import { documentFacts } from '../canon/index.js';
import type { Release } from '../catalog/index.js';
import type { Journey, MessageRow } from './journey.js';
import { MessageStore } from './messages.store.js';
import { Pipeline } from './pipeline.store.js';
import { rehearse, type Tried } from './rehearse.js';

/** What recorded records are tried with. */
export interface Trial {
  tables: TableRows[];
  /** Instead of the one that each came in under. */
  release?: Release | undefined;
}

/** What one recorded record becomes in a trial. */
export interface Rehearsed {
  row: MessageRow;
  tried: Tried;
  /** Money of the output, where it tells it; else of the document that it was made of. */
  money: { amount: string; currency: string } | undefined;
}

/** Records that are tried at once; between two batches the pipeline gets the mapping processes. */
const batchRows = 100;

/**
 * Recorded records through enrich, rules and mapping, each once in each trial, with the hub as it is now. No other system is asked: what a
 * look-up in one found is taken as it was recorded. Nothing is stored, nothing is sent.
 */
@Injectable()
export class Rehearsal {
  constructor(
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(MessageStore) private readonly messages: MessageStore,
  ) {}

  /** A list for each trial, in the order of the rows. */
  async run(rows: readonly MessageRow[], trials: readonly Trial[]): Promise<Rehearsed[][]> {
    const results: Rehearsed[][] = trials.map(() => []);
    for await (const batch of this.batches(rows, trials)) batch.forEach((some, index) => results[index]!.push(...some));
    return results;
  }

  /** The same a batch at a time, so that whoever counts many need not hold them. */
  async *batches(rows: readonly MessageRow[], trials: readonly Trial[]): AsyncGenerator<Rehearsed[][]> {
    for (let at = 0; at < rows.length; at += batchRows) {
      const some = rows.slice(at, at + batchRows);
      const bodies = await this.messages.bodies(some.map(({ id }) => id));
      const loaded = await this.pipeline.load(some, []);
      const batch: Rehearsed[][] = [];
      for (const { tables, release } of trials) {
        const journeys = loaded.map((journey) => withoutSystems(journey, release ?? journey.release, bodies.get(journey.row.id)?.enrich));
        const tools = { ...this.pipeline.tools(tables, [], { signal: AbortSignal.timeout(60_000) }), lookup: noSystem };
        const tried = await rehearse(journeys, tools);
        batch.push(journeys.map((journey) => ({ row: journey.row, tried: tried.get(journey)!, money: moneyOf(journey) })));
      }
      yield batch;
    }
  }
}

const noSystem = () => Promise.reject(new Error('a rehearsal asks no other system'));

/** The same flow without its look-ups in other systems; what they found stands there already. */
function withoutSystems(journey: Journey, release: Release, recorded: string | undefined): Journey {
  const { enrich } = release.definition;
  const known = recorded === undefined ? {} : (JSON.parse(recorded) as JsonObject);
  const asked = Object.entries(enrich).filter(([, from]) => 'connection' in from);
  const kept = Object.fromEntries(asked.flatMap(([name]) => (known[name] === undefined ? [] : [[name, known[name]]])));
  const definition = {
    ...release.definition,
    enrich: Object.fromEntries(Object.entries(enrich).filter(([, from]) => !('connection' in from))),
  };
  return { ...journey, release: { ...release, definition }, enriched: kept, bodies: [] };
}

function moneyOf({ output, facts }: Journey): Rehearsed['money'] {
  const told = output === undefined ? undefined : documentFacts(output);
  const { amount, currency } = told?.amount ? told : (facts ?? { amount: null, currency: null });
  return amount && currency ? { amount, currency } : undefined;
}
