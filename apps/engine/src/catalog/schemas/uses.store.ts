import { Inject, Injectable } from '@nestjs/common';
import { ConnectionStore } from '../connections/connections.store.js';
import type { FlowState } from '../flows/releases.store.js';
import { ReleaseStore } from '../flows/releases.store.js';
import { SchemaBook, type SchemaFacts } from './schema-book.store.js';
import { usesOf, type SchemaUse } from './uses.js';

/** Which schemas the flows are checked by, as they are live. */
@Injectable()
export class SchemaUses {
  constructor(
    @Inject(SchemaBook) private readonly book: SchemaBook,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
  ) {}

  /** Two queries, however many flows there are. */
  async all(): Promise<(SchemaUse & { state: FlowState })[]> {
    const connectors = new Map((await this.connections.all()).map(({ name, connector }) => [name, connector]));
    return (await this.releases.flows()).flatMap(({ definition, state }) =>
      usesOf(definition, { connectorOf: (name) => connectors.get(name), meant: (name) => this.book.find(name) })
        .map(({ kind, name, ...use }) => ({ ...use, kind, name, state })),
    );
  } // prettier-ignore

  async of({ kind, name }: Pick<SchemaFacts, 'kind' | 'name'>) {
    return (await this.all()).filter((use) => use.kind === kind && use.name === name);
  }

  /** The connectors that a connection uses. */
  async connectors(): Promise<Set<string>> {
    return new Set((await this.connections.all()).map(({ connector }) => connector));
  }
}
