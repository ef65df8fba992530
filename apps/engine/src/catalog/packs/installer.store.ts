import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { isProblem } from '../../platform/problems/index.js';
import { ConnectionStore } from '../connections/connections.store.js';
import { ControlStore } from '../controls/controls.store.js';
import { ReleaseStore } from '../flows/releases.store.js';
import { CaseProver } from '../mappings/case-proof.store.js';
import { MappingStore } from '../mappings/mappings.store.js';
import { TableStore } from '../tables/tables.store.js';
import { PackStore, type Pack } from './packs.store.js';

interface Options {
  tableRows?: boolean | undefined;
  flows?: string[] | undefined;
  /** Only these; when flows are chosen and controls are not, none. */
  controls?: string[] | undefined;
}

/** Writes what a pack holds through the same doors that people use: checked, versioned, audited. */
@Injectable()
export class PackInstaller {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(PackStore) private readonly packs: PackStore,
    @Inject(MappingStore) private readonly mappings: MappingStore,
    @Inject(CaseProver) private readonly prover: CaseProver,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(ControlStore) private readonly controls: ControlStore,
  ) {}

  async install(name: string, options: Options, { actor, caller: { scope } }: { actor: Actor; caller: Caller }) {
    const pack = await this.packs.find(name);
    const tables = await this.makeTables(pack, options.tableRows ?? true, actor);
    const released: string[] = [];
    for (const mapping of pack.mappings) {
      const proven = await this.prover.prove(mapping.name, mapping.source, scope);
      await this.db.transaction(async (tx) => {
        const { version, unchanged } = await this.mappings.put(
          tx,
          mapping.name,
          { source: mapping.source, note: `pack ${name}` },
          actor,
          proven,
        );
        if (!unchanged)
          await this.releases.releaseForMapping(tx, { ...(await this.mappings.current(tx)).get(mapping.name)!, version }, actor);
      });
      released.push(mapping.name);
    }
    const known = new Set((await this.connections.all()).map((c) => c.name));
    const flows: string[] = [];
    const left: { flow: string; reason: string }[] = [];
    for (const flow of pack.flows.filter((f) => options.flows === undefined || options.flows.includes(f.name))) {
      const missing = flow.connections.filter((c) => !known.has(c));
      if (missing.length > 0) {
        left.push({ flow: flow.name, reason: `there is no connection ${missing.join(', ')}` });
        continue;
      }
      try {
        await this.releases.put(flow.name, flow.yaml, `pack ${name}`, actor);
        flows.push(flow.name);
      } catch (error) {
        if (!isProblem(error)) throw error;
        left.push({ flow: flow.name, reason: error.message });
      }
    }
    return { mappings: released, tables, flows, left, ...(await this.putControls(pack, known, options, actor)) };
  }

  private async putControls(pack: Pack, known: ReadonlySet<string>, { flows, controls: only }: Options, actor: Actor) {
    const wanted = only ?? (flows === undefined ? undefined : []);
    const controls: string[] = [];
    const controlsLeft: { control: string; reason: string }[] = [];
    for (const control of pack.controls.filter(({ name }) => wanted === undefined || wanted.includes(name))) {
      const missing = control.connections.filter((one) => !known.has(one));
      if (missing.length > 0) {
        controlsLeft.push({ control: control.name, reason: `there is no connection ${missing.join(', ')}` });
        continue;
      }
      try {
        await this.controls.put(control.name, { yaml: control.yaml, note: `pack ${pack.name}` }, actor);
        controls.push(control.name);
      } catch (error) {
        if (!isProblem(error)) throw error;
        controlsLeft.push({ control: control.name, reason: error.message });
      }
    }
    return { controls, controlsLeft };
  }

  /** Tables that are there keep their rows: they are the customer's now. */
  private async makeTables(pack: Pack, withRows: boolean, actor: Actor): Promise<string[]> {
    const known = await this.tables.shapes();
    const made: string[] = [];
    for (const table of pack.tables) {
      if (known.has(table.name)) continue;
      await this.tables.put(table.name, table, actor);
      if (withRows && table.csv) await this.tables.importCsv(table.name, table.csv, false, actor);
      made.push(table.name);
    }
    return made;
  }
}
