import { Inject, Injectable } from '@nestjs/common';
import type { JsonSchema } from '@waybill/sdk';
import { AuditStore, roles } from '../../governance/index.js';
import { Database, type Row, type Sql, type Tx } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { contentHash } from '../../platform/json/index.js';
import { Problem, type ProblemItem } from '../../platform/problems/index.js';
import { ConnectionStore } from '../connections/connections.store.js';
import { installedConnectors } from '../connections/installed.js';
import { MappingStore, type MappingVersion } from '../mappings/mappings.store.js';
import { SchemaBook } from '../schemas/schema-book.store.js';
import { TableStore } from '../tables/tables.store.js';
import { checkFlow, type FlowWorld } from './check-flow.js';
import { isHub, isInbound, type FlowDefinition } from './definition.js';
import { readFlowFile } from './flow-file.js';

/** A release as the pipeline runs it: immutable, so it is read once. */
export interface Release {
  id: string;
  flow: string;
  version: number;
  hash: string;
  definition: FlowDefinition;
  mapping: MappingVersion;
  accept: JsonSchema | undefined;
  produce: { name: string; schema: JsonSchema } | undefined;
}

/** `draining`: messages up to the mark go out, later ones wait; the sweeper pauses it when nothing under the mark moves. */
export type FlowState = 'on' | 'paused' | 'draining';

export interface FlowRecord {
  name: string;
  state: FlowState;
  yaml: string;
  definition: FlowDefinition;
  releaseId: string;
  version: number;
  hash: string;
  note: string | null;
  createdAt: string;
  createdBy: string;
  mappingName: string;
}

/** Flows and their releases. Saving a flow, or a mapping that it uses, makes a new release; messages keep the one they came in under. */
@Injectable()
export class ReleaseStore {
  private readonly releases = new Map<string, Release>();

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(MappingStore) private readonly mappings: MappingStore,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(SchemaBook) private readonly schemas: SchemaBook,
  ) {}

  async flows(sql: Sql = this.db): Promise<FlowRecord[]> {
    return (await sql.query<Row>('select f.name, f.state, r.* from flow f join release r on r.id = f.release_id order by f.name')).map(
      shape,
    );
  }

  async flow(name: string): Promise<FlowRecord> {
    const [row] = await this.db.query<Row>(
      'select f.name, f.state, r.* from flow f join release r on r.id = f.release_id where f.name = $1',
      [name],
    );
    if (!row) throw new Problem('NOT_FOUND', `There is no flow ${name}.`);
    return shape(row);
  }

  async history(name: string): Promise<Row[]> {
    return this.db.query<Row>(
      'select version, hash, note, created_at, created_by from release where flow = $1 order by version desc limit 100',
      [name],
    );
  }

  /** By an id that somebody gives. */
  async saved(id: string): Promise<Release> {
    const [row] = await this.db.query('select 1 from release where id = $1', [id]);
    if (!row) throw new Problem('NOT_FOUND', `There is no release ${id}.`);
    return this.release(id);
  }

  /** By id, from memory after the first time. */
  async release(id: string): Promise<Release> {
    const known = this.releases.get(id);
    if (known) return known;
    const [row] = await this.db.query<Row>(
      'select r.*, m.source, m.hash as mapping_hash from release r join mapping_version m on m.name = r.mapping_name and m.version = r.mapping_version where r.id = $1',
      [id],
    );
    if (!row) throw new Error(`release ${id} is gone`);
    const definition = row['definition'] as FlowDefinition;
    const release: Release = {
      id,
      flow: row['flow'] as string,
      version: row['version'] as number,
      hash: row['hash'] as string,
      definition,
      mapping: {
        name: row['mapping_name'] as string,
        version: row['mapping_version'] as number,
        source: row['source'] as string,
        hash: row['mapping_hash'] as string,
      },
      accept: await this.acceptSchema(definition),
      produce: await this.produceSchema(definition),
    };
    this.releases.set(id, release);
    return release;
  }

  /** Reads and checks a file; every problem at once, with lines. */
  async check(yaml: string, sql: Sql = this.db): Promise<{ definition: FlowDefinition | undefined; problems: ProblemItem[] }> {
    const { definition, problems, locate } = readFlowFile(yaml);
    if (!definition) return { definition, problems };
    const found = checkFlow(definition, await this.world(definition.flow, sql));
    return { definition, problems: found.map((problem) => ({ ...problem, ...locate(problem.path ?? '') })) };
  }

  async put(name: string, yaml: string, note: string | undefined, actor: Actor): Promise<void> {
    await this.db.transaction(async (tx) => {
      const { definition, problems } = await this.check(yaml, tx);
      if (definition && definition.flow !== name)
        problems.unshift({ code: 'FLOW_NAME', path: '/flow', detail: `the file says ${definition.flow}, the address says ${name}` });
      if (!definition || problems.length > 0)
        throw new Problem(
          'FLOW_INVALID',
          `The flow file of ${name} has ${problems.length} problem${problems.length === 1 ? '' : 's'}: ${problems[0]!.path ?? ''} ${problems[0]!.detail}.`,
          { problems },
        );
      const mapping = (await this.mappings.current(tx)).get(definition.map)!;
      const made = await this.makeRelease(tx, { yaml, definition, mapping, note }, actor);
      if (!made) return;
      await this.audit.record(tx, actor, {
        action: 'flow.saved',
        object: { kind: 'flow', id: name },
        summary: `${actor.name} released version ${made.version} of the flow ${name}`,
        reason: note,
        before: made.before,
        after: { version: made.version, hash: made.hash, yaml },
      });
    });
  }

  /** New releases of the live flows that use a mapping, in the transaction that saved it. */
  async releaseForMapping(tx: Tx, mapping: MappingVersion, actor: Actor): Promise<string[]> {
    const users = (await this.flows(tx)).filter((flow) => flow.definition.map === mapping.name);
    for (const flow of users) {
      const made = await this.makeRelease(
        tx,
        { yaml: flow.yaml, definition: flow.definition, mapping, note: `mapping ${mapping.name} version ${mapping.version}` },
        actor,
      );
      if (made)
        await this.audit.record(tx, actor, {
          action: 'flow.released',
          object: { kind: 'flow', id: flow.name },
          summary: `Version ${made.version} of the flow ${flow.name} is live with version ${mapping.version} of its mapping`,
          before: made.before,
          after: { version: made.version, hash: made.hash },
        });
    }
    return users.map((flow) => flow.name);
  }

  async setState(name: string, state: FlowState, actor: Actor): Promise<void> {
    await this.db.transaction(async (tx) => {
      const changed = await tx.query(
        `update flow set state = $2, drain_to = case when $2 = 'draining' then coalesce(pg_sequence_last_value(pg_get_serial_sequence('message', 'seq')::regclass), 0) end, updated_at = now()
         where name = $1 and state <> $2 returning name`,
        [name, state],
      );
      if (changed.length === 0) return void (await this.flow(name));
      const [action, did] = stateActs[state];
      await this.audit.record(tx, actor, {
        action,
        object: { kind: 'flow', id: name },
        summary: `${actor.name} ${did} the flow ${name}`,
      });
    });
  }

  private async makeRelease(
    tx: Tx,
    input: { yaml: string; definition: FlowDefinition; mapping: MappingVersion; note: string | undefined },
    actor: Actor,
  ) {
    const { definition, mapping } = input;
    const tables = [...(await this.tables.shapes(tx)).values()].map(({ name, key, columns }) => ({ name, key, columns }));
    const read = new Set([
      ...Object.values(definition.enrich).flatMap((e) => ('table' in e ? [e.table] : [])),
      ...tables.map((t) => t.name).filter((t) => mapping.source.includes(t)),
    ]);
    const hash = contentHash({
      definition,
      mapping: mapping.hash,
      accept: (await this.acceptSchema(definition)) ?? null,
      produce: (await this.produceSchema(definition)) ?? null,
      tables: tables.filter((table) => read.has(table.name)),
    }).toString('hex');
    const [last] = await tx.query<{ version: number; hash: string }>(
      'select version, hash from release where flow = $1 order by version desc limit 1',
      [definition.flow],
    );
    if (last?.hash === hash) return undefined;
    const id = newId('rel');
    const version = (last?.version ?? 0) + 1;
    await tx.query(
      'insert into release (id, flow, version, yaml, definition, mapping_name, mapping_version, hash, note, created_by, created_by_id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)',
      [
        id,
        definition.flow,
        version,
        input.yaml,
        JSON.stringify(definition),
        mapping.name,
        mapping.version,
        hash,
        input.note ?? null,
        actor.name,
        actor.id,
      ],
    );
    const { from, to } = definition;
    await tx.query(
      `insert into flow (name, release_id, source_connection, source_stream, source_type, target_connection) values ($1,$2,$3,$4,$5,$6)
       on conflict (name) do update set release_id = excluded.release_id, source_connection = excluded.source_connection, source_stream = excluded.source_stream, source_type = excluded.source_type, target_connection = excluded.target_connection, updated_at = now()`,
      [
        definition.flow,
        id,
        isInbound(from) ? from.connection : null,
        isInbound(from) ? from.stream : null,
        isInbound(from) ? null : from.canonical,
        isHub(to) ? null : to.connection,
      ],
    );
    return { version, hash, before: last };
  }

  private async world(except: string, sql: Sql): Promise<FlowWorld> {
    const [connections, mappings, tables, flows] = [
      await this.connections.all(),
      await this.mappings.current(sql),
      await this.tables.shapes(sql),
      await this.flows(sql),
    ];
    return {
      connections: new Map(connections.map((c) => [c.name, c])),
      connectors: installedConnectors,
      mappings: new Map([...mappings].map(([name, m]) => [name, m.source])),
      tables,
      hasSchema: (name) => this.schemas.find(name) !== undefined,
      roles: Object.keys(roles),
      waits: flows
        .filter((f) => f.name !== except)
        .flatMap(({ definition: { from, waitFor } }) =>
          isInbound(from) ? [] : waitFor.map((wait) => ({ produces: from.canonical, waitsFor: wait.posted })),
        ),
    };
  }

  private async acceptSchema({ from, accept }: FlowDefinition): Promise<JsonSchema | undefined> {
    if (accept !== undefined) return this.schemas.find(accept)?.schema;
    if (!isInbound(from)) return undefined; // the hub checked it when it was produced
    const connection = await this.connections.find(from.connection);
    return installedConnectors.get(connection.connector)?.streams[from.stream]?.schema;
  }

  private async produceSchema({ to, produce }: FlowDefinition): Promise<Release['produce']> {
    if (isHub(to)) return { name: to.canonical, schema: this.schemas.find(to.canonical)!.schema };
    const connection = await this.connections.find(to.connection);
    const operation = this.schemas.operation(connection.connector, to.operation);
    return operation
      ? { name: produce ?? operation.name, schema: produce ? this.schemas.find(produce)!.schema : operation.schema }
      : undefined;
  }
}

const stateActs: Record<FlowState, readonly [action: string, did: string]> = {
  on: ['flow.resumed', 'resumed'],
  paused: ['flow.paused', 'paused'],
  draining: ['flow.draining', 'began to drain'],
};

const shape = (row: Row): FlowRecord => ({
  name: row['name'] as string,
  state: row['state'] as FlowState,
  yaml: row['yaml'] as string,
  definition: row['definition'] as FlowDefinition,
  releaseId: row['id'] as string,
  version: row['version'] as number,
  hash: row['hash'] as string,
  note: row['note'] as string | null,
  createdAt: (row['created_at'] as Date).toISOString(),
  createdBy: row['created_by'] as string,
  mappingName: row['mapping_name'] as string,
});
