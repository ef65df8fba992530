import { Inject, Injectable } from '@nestjs/common';
import { tablesRead } from '@waybill/mapping-language';
import { ReleaseStore, type FlowRecord } from '../flows/releases.store.js';
import { MappingStore } from '../mappings/mappings.store.js';

/** Which flows read a table: by a look-up of their own, or in their mapping. */
@Injectable()
export class TableReaders {
  constructor(
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(MappingStore) private readonly mappings: MappingStore,
  ) {}

  async of(table: string): Promise<FlowRecord[]> {
    return (await this.all()).filter(({ tables }) => tables.has(table)).map(({ flow }) => flow);
  }

  async names(): Promise<(table: string) => string[]> {
    const all = await this.all();
    return (table) => all.filter(({ tables }) => tables.has(table)).map(({ flow }) => flow.name);
  }

  private async all(): Promise<{ flow: FlowRecord; tables: Set<string> }[]> {
    const sources = await this.mappings.current();
    return (await this.releases.flows()).map((flow) => ({
      flow,
      tables: new Set([
        ...Object.values(flow.definition.enrich).flatMap((e) => ('table' in e ? [e.table] : [])),
        ...tablesRead(sources.get(flow.mappingName)?.source ?? '1'),
      ]),
    }));
  }
}
