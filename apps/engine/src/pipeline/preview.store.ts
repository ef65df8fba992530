import { Inject, Injectable } from '@nestjs/common';
import type { TableRows } from '@waybill/mapping-language';
import type { JsonObject } from '@waybill/sdk';
import { ReleaseStore, TableStore, type Release } from '../catalog/index.js';
import { accept } from './accept/accept.js';
import { onJourney } from './expressions.js';
import type { Journey } from './journey.js';
import { Pipeline } from './pipeline.store.js';
import { rehearse, type Tried } from './rehearse.js';

/** Runs a record through enrich, the rules and the mapping without storing or sending anything: for the mapping editor and for the preview of a replay. */
@Injectable()
export class Preview {
  constructor(
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
  ) {}

  /** With the tables as they are now, unless others are given. */
  async try(journey: Journey, given?: TableRows[], from: 'enrich' | 'accept' = 'enrich'): Promise<Tried> {
    const tables = given ?? (await this.tables.snapshot());
    const tools = this.pipeline.tools(tables, await this.releases.flows(), { signal: AbortSignal.timeout(20_000) });
    if (from === 'accept') {
      const [refused] = await accept([journey], tools);
      if (refused?.ending.to === 'exception')
        return { enriched: {}, failure: refused.ending.facts, ended: { stage: 'accept', ending: refused.ending } };
    }
    const tried = await rehearse([journey], tools);
    return tried.get(journey)!;
  }

  /** What expressions of a flow say of records, as text; null where they say nothing. */
  async evaluate(journeys: readonly Journey[], expressions: readonly string[]): Promise<(string | null)[][]> {
    const tools = this.pipeline.tools([], [], { signal: AbortSignal.timeout(20_000) });
    const items = journeys.flatMap((journey) => expressions.map((expression) => onJourney(journey, expression, 'source')));
    const answers = (await tools.evaluate(items)).map((answer) => ('text' in answer ? answer.text : null));
    return journeys.map((_, at) => answers.slice(at * expressions.length, (at + 1) * expressions.length));
  }

  /** A journey that no message stands behind. */
  sample(release: Release, source: JsonObject, occurredAt: string): Journey {
    const row = {
      id: '', seq: '0', flow: release.flow, releaseId: release.id, lane: 0, orderingKey: '', key: String(source['id'] ?? source['sourceId'] ?? 'sample'), revision: 'sample', effect: 'create', state: 'claimed', stage: null,
      epoch: 0, attempts: 0, failures: 0, unclear: 0, replayed: false, sourceSystem: String(source['sourceSystem'] ?? 'sample'), connection: null, stream: null, canonicalId: null, canonicalVersion: null,
      correlationId: 'sample', occurredAt, contentHash: '', runId: null, postingId: null, approvedHash: null, tables: null, crashes: 0, syntheticRun: null,
    } as const; // prettier-ignore
    return {
      row: { ...row },
      release,
      sourceText: JSON.stringify(source),
      source,
      delivery: {},
      partial: false,
      enriched: {},
      kept: false,
      stage: 'accept',
      tables: {},
      bodies: [],
    };
  }
}
