import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '@waybill/sdk';
import { ReleaseStore, TableStore, type Release } from '../catalog/index.js';
import { enrich } from './enrich/enrich.js';
import type { Ended, ExceptionFacts, Journey } from './journey.js';
import { map } from './map/map.js';
import { permit } from './permit/permit.js';
import { Pipeline } from './pipeline.store.js';

export interface Tried {
  enriched: JsonObject;
  output?: JsonObject;
  failure?: ExceptionFacts;
  /** What would end it before the target: skipped by a rule, held for approval, or a look-up that fails. */
  stopped?: string;
}

/** Runs a record through enrich, the rules and the mapping without storing or sending anything: for the mapping editor and for the preview of a replay. */
@Injectable()
export class Preview {
  constructor(
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
  ) {}

  async try(journey: Journey): Promise<Tried> {
    const tables = await this.tables.snapshot();
    const tools = this.pipeline.tools(tables, await this.releases.flows(), { signal: AbortSignal.timeout(20_000) });
    const stages: (() => Promise<Ended[]>)[] = [
      () => enrich([journey], tools),
      () => permit([journey], 'source', tools),
      () => map([journey], tools),
      () => permit([journey], 'output', tools),
    ];
    for (const stage of stages) {
      const [ended] = await stage();
      if (!ended) continue;
      const { ending } = ended;
      const result: Tried = { enriched: journey.enriched, ...(journey.output ? { output: journey.output } : {}) };
      return ending.to === 'exception'
        ? { ...result, failure: ending.facts }
        : { ...result, stopped: `${ending.to}: ${ending.reason ?? ''}` };
    }
    return { enriched: journey.enriched, ...(journey.output ? { output: journey.output } : {}) };
  }

  /** A journey that no message stands behind. */
  sample(release: Release, source: JsonObject, occurredAt: string): Journey {
    const row = {
      id: '', seq: '0', flow: release.flow, releaseId: release.id, lane: 0, orderingKey: '', key: String(source['id'] ?? source['sourceId'] ?? 'sample'), revision: 'sample', effect: 'create', state: 'claimed', stage: null,
      epoch: 0, attempts: 0, failures: 0, unclear: 0, replayed: false, sourceSystem: String(source['sourceSystem'] ?? 'sample'), connection: null, stream: null, canonicalId: null, canonicalVersion: null,
      correlationId: 'sample', occurredAt, contentHash: '', runId: null, postingId: null, approvedHash: null, tables: null, crashes: 0,
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
