import { Inject, Injectable } from '@nestjs/common';
import { tablesRead } from '@waybill/mapping-language';
import { ReleaseStore, type FlowRecord } from '../flows/releases.store.js';
import { Database } from '../../platform/database/index.js';

/** Which flows read a table: by a look-up of their own, or in their mapping. */
@Injectable()
export class TableReaders {
  constructor(
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(Database) private readonly db: Database,
  ) {}

  async of(table: string): Promise<FlowRecord[]> {
    return (await this.all()).filter(({ tables }) => tables.has(table)).map(({ flow }) => flow);
  }

  async names(): Promise<(table: string) => string[]> {
    const all = await this.all();
    return (table) => all.filter(({ tables }) => tables.has(table)).map(({ flow }) => flow.name);
  }

  /** The tables that the live release of a flow reads. */
  async readBy(flow: string): Promise<string[]> {
    return (await this.all()).filter((one) => one.flow.name === flow).flatMap(({ tables }) => [...tables].sort());
  }

  private async all(): Promise<{ flow: FlowRecord; tables: Set<string> }[]> {
    const live = await this.db.query<{ flow: string; source: string }>(
      'select f.name as flow, m.source from flow f join release r on r.id = f.release_id join mapping_version m on m.name = r.mapping_name and m.version = r.mapping_version',
    );
    const sources = new Map(live.map(({ flow, source }) => [flow, source]));
    return (await this.releases.flows()).map((flow) => ({
      flow,
      tables: new Set([
        ...Object.values(flow.definition.enrich).flatMap((e) => ('table' in e ? [e.table] : [])),
        ...tablesRead(sources.get(flow.name) ?? '1'),
      ]),
    }));
  }
}
