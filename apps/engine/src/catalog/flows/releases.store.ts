import { Inject, Injectable } from '@nestjs/common';
import { tablesRead } from '@waybill/mapping-language';
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
import type { Share } from './choosing.js';
import { readFlowFile } from './flow-file.js';
import { candidatesMax, candidateStates, type ReleaseState } from './release-life.js';
import { ReleaseLife } from './release-life.store.js';

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
  mappingVersion: number;
  /** The role that approves a release of it; null: saving goes live. */
  approver: string | null;
  /** The one that may take the place of the live one next: under way, else the newest. */
  candidate: ReleaseRef | null;
  /** The part of new messages that the candidate takes. */
  share: Share | null;
}

export interface ReleaseRef {
  id: string;
  version: number;
  state: ReleaseState;
}

/** What a save became: live, or a draft that waits to be. */
export interface Saved extends ReleaseRef {
  flow: string;
  hash: string;
  before: { version: number; hash: string } | undefined;
  /** False: a draft of the same content was there. */
  made: boolean;
}

export interface SaveOptions {
  note?: string | undefined;
  /** Not live, whoever may save: to be compared, shared and made live later. */
  draft?: boolean | undefined;
  /** Of mappings, by name; of one that is left out: the one that is live in the flow. */
  mappingVersions?: ReadonlyMap<string, number> | undefined;
  /** Of its mapping, whichever that is. */
  mappingVersion?: number | undefined;
  /** Of the live release that the file began from; 0: the flow was not there. */
  expectedVersion?: number | undefined;
}

/**
 * Flows and their releases. Saving a flow, or a mapping that it uses, makes a new release: live at once, or a draft where the flow names who
 * approves or the caller asks for one. Messages keep the release they came in under.
 */
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
    @Inject(ReleaseLife) private readonly life: ReleaseLife,
  ) {}

  async flows(sql: Sql = this.db): Promise<FlowRecord[]> {
    return (await sql.query<Row>(`${flowsQuery} order by f.name`)).map(shape);
  }

  async flow(name: string, sql: Sql = this.db): Promise<FlowRecord> {
    const [row] = await sql.query<Row>(`${flowsQuery} where f.name = $1`, [name]);
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

  async put(name: string, yaml: string, options: SaveOptions, actor: Actor): Promise<Saved | undefined> {
    return this.db.transaction(async (tx) => {
      await this.life.lockFlow(tx, name);
      if (options.expectedVersion !== undefined) await this.refuseOutdated(tx, name, options.expectedVersion);
      const definition = await this.checked(name, yaml, tx);
      const mapping = await this.mappingFor(tx, definition, options.mappingVersion ?? options.mappingVersions?.get(definition.map));
      const saved = await this.makeRelease(tx, { yaml, definition, mapping, ...options }, actor);
      if (!saved?.made) return saved;
      const live = saved.state === 'live';
      await this.audit.record(tx, actor, {
        action: live ? 'flow.saved' : 'flow.release-drafted',
        object: { kind: 'flow', id: name },
        summary: `${actor.name} ${live ? 'released' : 'drafted'} version ${saved.version} of the flow ${name}`,
        reason: options.note,
        before: saved.before,
        after: { version: saved.version, hash: saved.hash, yaml },
      });
      return saved;
    });
  }

  private async refuseOutdated(tx: Tx, name: string, expected: number): Promise<void> {
    const [live] = await tx.query<{ version: number }>(
      'select r.version from flow f join release r on r.id = f.release_id where f.name = $1',
      [name],
    );
    if ((live?.version ?? 0) === expected) return;
    if (expected === 0)
      throw new Problem('CONFLICT', `There is a flow ${name} already.`, {
        path: '/expectedVersion',
        remedy: 'Give the new flow another name, or change the one that is there.',
      });
    throw new Problem('CONFLICT', `${name} is at release ${live?.version ?? 0}, not ${expected}: somebody saved in between.`, {
      path: '/expectedVersion',
    });
  }

  /**
   * New releases of the flows that use a mapping, in the transaction that saved it; which are live at once, and which wait as drafts. `except`: flows
   * that are saved themselves in a moment.
   */
  async releaseForMapping(
    tx: Tx,
    mapping: MappingVersion,
    options: { draft?: boolean | undefined; except?: ReadonlySet<string> | undefined },
    actor: Actor,
  ): Promise<Saved[]> {
    const users = (await this.flows(tx)).filter((flow) => flow.definition.map === mapping.name && !options.except?.has(flow.name));
    const all: Saved[] = [];
    for (const flow of users) {
      const note = `mapping ${mapping.name} version ${mapping.version}`;
      const saved = await this.makeRelease(
        tx,
        { yaml: flow.yaml, definition: flow.definition, mapping, note, draft: options.draft },
        actor,
      );
      if (!saved) continue;
      all.push(saved);
      if (!saved.made) continue;
      const live = saved.state === 'live';
      await this.audit.record(tx, actor, {
        action: live ? 'flow.released' : 'flow.release-drafted',
        object: { kind: 'flow', id: flow.name },
        summary: `Version ${saved.version} of the flow ${flow.name} is ${live ? 'live' : 'a draft'} with version ${mapping.version} of its mapping`,
        before: saved.before,
        after: { version: saved.version, hash: saved.hash },
      });
    }
    return all;
  }

  /** A file that may go live now: every problem of it at once. */
  async checked(name: string, yaml: string, sql: Sql): Promise<FlowDefinition> {
    const { definition, problems } = await this.check(yaml, sql);
    if (definition && definition.flow !== name)
      problems.unshift({ code: 'FLOW_NAME', path: '/flow', detail: `the file says ${definition.flow}, the address says ${name}` });
    if (!definition || problems.length > 0)
      throw new Problem(
        'FLOW_INVALID',
        `The flow file of ${name} has ${problems.length} problem${problems.length === 1 ? '' : 's'}: ${problems[0]!.path ?? ''} ${problems[0]!.detail}.`,
        { problems },
      );
    return definition;
  }

  /** A flow keeps the version of its mapping: another one comes by saving the mapping, or by naming it. */
  private async mappingFor(tx: Tx, definition: FlowDefinition, version: number | undefined): Promise<MappingVersion> {
    if (version !== undefined) return this.mappings.find(definition.map, version, tx);
    const [live] = await tx.query<{ name: string; version: number }>(
      'select r.mapping_name as name, r.mapping_version as version from flow f join release r on r.id = f.release_id where f.name = $1',
      [definition.flow],
    );
    if (live?.name === definition.map) return this.mappings.find(live.name, live.version, tx);
    return (await this.mappings.current(tx)).get(definition.map)!;
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
    input: { yaml: string; definition: FlowDefinition; mapping: MappingVersion } & Pick<SaveOptions, 'note' | 'draft'>,
    actor: Actor,
  ): Promise<Saved | undefined> {
    const { definition, mapping } = input;
    const flow = await this.life.lockFlow(tx, definition.flow);
    const hash = await this.hashOf(tx, definition, mapping);
    const [live] = flow
      ? await tx.query<{ version: number; hash: string }>('select version, hash from release where id = $1', [flow.releaseId])
      : [];
    if (live?.hash === hash) return undefined;
    const asDraft = input.draft === true || (flow !== undefined && flow.approver !== null);
    if (asDraft && !flow)
      throw new Problem(
        'RELEASE_FIRST',
        `There is no flow ${definition.flow} yet, so there is nothing that a draft would be compared with.`,
      );
    const candidates = asDraft
      ? await tx.query<ReleaseRef & { hash: string }>('select id, version, state, hash from release where flow = $1 and state = any($2)', [
          definition.flow,
          candidateStates,
        ])
      : [];
    const same = candidates.find((one) => one.hash === hash);
    if (same) return { ...same, flow: definition.flow, before: live, made: false };
    if (candidates.length >= candidatesMax)
      throw new Problem('RELEASE_TOO_MANY', `The flow ${definition.flow} has ${candidates.length} releases that are not live yet.`);
    const [last] = await tx.query<{ version: number }>('select version from release where flow = $1 order by version desc limit 1', [
      definition.flow,
    ]);
    const [id, version, state] = [newId('rel'), (last?.version ?? 0) + 1, asDraft ? ('draft' as const) : ('live' as const)];
    if (flow && !asDraft) await this.life.giveWay(tx, flow, { id, version }, { former: 'superseded', reason: undefined }, actor);
    await tx.query(
      `insert into release (id, flow, version, yaml, definition, mapping_name, mapping_version, hash, note, created_by, created_by_id, state, base_release_id)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
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
        state,
        flow?.releaseId ?? null,
      ],
    );
    await this.life.tell(tx, { id, flow: definition.flow, from: null, to: state, reason: input.note }, actor);
    if (asDraft) await this.mappings.markDraft(tx, mapping);
    else await this.life.takeEffect(tx, { id, definition, mapping });
    return { id, version, state, hash, flow: definition.flow, before: live, made: true };
  }

  /** Of everything that a release depends on. Two releases of one hash do the same. */
  async hashOf(sql: Sql, definition: FlowDefinition, mapping: MappingVersion): Promise<string> {
    const tables = [...(await this.tables.shapes(sql)).values()].map(({ name, key, columns }) => ({ name, key, columns }));
    const read = new Set([
      ...Object.values(definition.enrich).flatMap((e) => ('table' in e ? [e.table] : [])),
      ...tablesRead(mapping.source),
    ]);
    return contentHash({
      definition,
      mapping: mapping.hash,
      accept: (await this.acceptSchema(definition)) ?? null,
      produce: (await this.produceSchema(definition)) ?? null,
      tables: tables.filter((table) => read.has(table.name)),
    }).toString('hex');
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

/** A flow, its live release, and the candidate that is under way, or else the newest. Read with every batch that comes in: the index of candidates keeps it short. */
const flowsQuery = `select f.name, f.state as flow_state, f.approver, r.*, c.id as candidate_id, c.version as candidate_version, c.state as candidate_state, c.share_percent as candidate_percent, c.share_entities as candidate_entities
  from flow f join release r on r.id = f.release_id left join lateral (
    select id, version, state, share_percent, share_entities from release where flow = f.name and state in (${candidateStates.map((state) => `'${state}'`).join(',')})
    order by state in ('shadow','share') desc, version desc limit 1) c on true`;

const shape = (row: Row): FlowRecord => ({
  name: row['name'] as string,
  state: row['flow_state'] as FlowState,
  yaml: row['yaml'] as string,
  definition: row['definition'] as FlowDefinition,
  releaseId: row['id'] as string,
  version: row['version'] as number,
  hash: row['hash'] as string,
  note: row['note'] as string | null,
  createdAt: (row['created_at'] as Date).toISOString(),
  createdBy: row['created_by'] as string,
  mappingName: row['mapping_name'] as string,
  mappingVersion: row['mapping_version'] as number,
  approver: row['approver'] as string | null,
  candidate:
    row['candidate_id'] === null
      ? null
      : { id: row['candidate_id'] as string, version: row['candidate_version'] as number, state: row['candidate_state'] as ReleaseState },
  share:
    row['candidate_state'] === 'share'
      ? {
          releaseId: row['candidate_id'] as string,
          percent: row['candidate_percent'] as number | null,
          entities: row['candidate_entities'] as string[] | null,
        }
      : null,
});
