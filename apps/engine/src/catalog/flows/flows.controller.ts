import { Controller, Inject } from '@nestjs/common';
import { stringify } from 'yaml';
import { Database, real, within, type Row, type Scope } from '../../platform/database/index.js';
import { In, Route, type Caller, type Input } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { ConnectionStore } from '../connections/connections.store.js';
import { PackInstaller } from '../packs/installer.store.js';
import { PackStore } from '../packs/packs.store.js';
import { catalogRoutes as routes } from '../routes.js';
import { isHub, isInbound, priorityOf } from './definition.js';
import { ReleaseStore, type FlowRecord } from './releases.store.js';

@Controller()
export class FlowsController {
  constructor(
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(PackStore) private readonly packs: PackStore,
    @Inject(PackInstaller) private readonly installer: PackInstaller,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(Database) private readonly db: Database,
  ) {}

  @Route(routes.listFlows)
  async list(@In() input: Input<typeof routes.listFlows>) {
    const counts = await this.counts(input.caller.scope);
    return { items: (await this.releases.flows()).map((flow) => shape(flow, counts.get(flow.name))), next: null };
  }

  @Route(routes.getFlow)
  async find(@In() input: Input<typeof routes.getFlow>) {
    const { name } = input.params;
    const flow = await this.releases.flow(name);
    const releases = (await this.releases.history(name)).map(version);
    return { ...(await this.shaped(flow, input.caller)), yaml: flow.yaml, definition: flow.definition, releases };
  }

  @Route(routes.putFlow)
  async put(@In() input: Input<typeof routes.putFlow>) {
    const { name } = input.params;
    const body = input.body as
      | {
          yaml?: string;
          definition?: Record<string, unknown>;
          note?: string;
          draft?: boolean;
          mappingVersion?: number;
          expectedVersion?: number;
        }
      | undefined;
    const yaml = input.text ?? body?.yaml ?? (body?.definition ? stringify({ flow: name, ...body.definition }) : undefined);
    if (yaml === undefined)
      throw new Problem('REQUEST_INVALID', 'The flow file is missing.', {
        remedy: 'Send it as `yaml`, as `definition`, or as a body of type application/yaml.',
      });
    const saved = await this.releases.put(
      name,
      yaml,
      {
        note: body?.note,
        draft: body?.draft ?? input.query.draft,
        mappingVersion: body?.mappingVersion,
        expectedVersion: body?.expectedVersion,
      },
      input.actor,
    );
    const made = saved ? { id: saved.id, version: saved.version, state: saved.state } : null;
    return { ...(await this.shaped(await this.releases.flow(name), input.caller)), made };
  }

  @Route(routes.checkFlow)
  async check(@In() input: Input<typeof routes.checkFlow>) {
    const { definition, problems } = await this.releases.check(input.body.yaml);
    return { ok: problems.length === 0, problems, definition: definition ?? null };
  }

  @Route(routes.pauseFlow)
  async pause(@In() input: Input<typeof routes.pauseFlow>) {
    await this.releases.setState(input.params.name, 'paused', input.actor);
    return this.shaped(await this.releases.flow(input.params.name), input.caller);
  }

  @Route(routes.drainFlow)
  async drain(@In() input: Input<typeof routes.drainFlow>) {
    await this.releases.setState(input.params.name, 'draining', input.actor);
    return this.shaped(await this.releases.flow(input.params.name), input.caller);
  }

  @Route(routes.resumeFlow)
  async resume(@In() input: Input<typeof routes.resumeFlow>) {
    await this.releases.setState(input.params.name, 'on', input.actor);
    return this.shaped(await this.releases.flow(input.params.name), input.caller);
  }

  @Route(routes.listPacks)
  async listPacks() {
    const known = new Map((await this.connections.all()).map((c) => [c.name, c.connector]));
    const flows = new Set((await this.releases.flows()).map((f) => f.name));
    const items = (await this.packs.list()).map((pack) => ({
      name: pack.name,
      title: pack.title,
      readme: pack.readme,
      connections: [...new Set([...pack.flows, ...pack.controls].flatMap((f) => f.connections))].map((name) => ({
        name,
        connector: known.get(name) ?? pack.name,
        exists: known.has(name),
      })),
      flows: pack.flows.map((f) => f.name),
      mappings: pack.mappings.map((m) => m.name),
      tables: pack.tables.map((t) => t.name),
      controls: pack.controls.map((c) => c.name),
      installed: pack.flows.some((f) => flows.has(f.name)),
    }));
    return { items, next: null };
  }

  @Route(routes.installPack)
  installPack(@In() input: Input<typeof routes.installPack>) {
    return this.installer.install(input.params.name, input.body, input);
  }

  private async shaped(flow: FlowRecord, { scope }: Caller) {
    return shape(flow, (await this.counts(scope, flow.name)).get(flow.name));
  }

  /** By state: live messages, and those that ended in the last day. */
  private async counts(scope: Scope, flow?: string): Promise<Map<string, { counts: Record<string, number>; last: Date | null }>> {
    const seen = within(scope, 'm.legal_entities', 2);
    const rows = await this.db
      .seenBy(scope)
      .query<Row>(
        `select flow, state, count(*)::int as n, max(received_at) as last from message m where ${real('m')} and ${seen.where} and ($1::text is null or flow = $1) and (settled_at is null or settled_at > now() - interval '24 hours') group by flow, state`,
        [flow ?? null, ...seen.values],
      );
    const found = new Map<string, { counts: Record<string, number>; last: Date | null }>();
    for (const row of rows) {
      const entry = found.get(row['flow'] as string) ?? { counts: {}, last: null };
      entry.counts[row['state'] as string] = row['n'] as number;
      const last = row['last'] as Date;
      if (!entry.last || last > entry.last) entry.last = last;
      found.set(row['flow'] as string, entry);
    }
    return found;
  }
}

const version = (row: Row) => ({
  version: row['version'] as number,
  hash: row['hash'] as string,
  note: row['note'] as string | null,
  createdAt: (row['created_at'] as Date).toISOString(),
  createdBy: row['created_by'] as string,
});

function shape(flow: FlowRecord, counted: { counts: Record<string, number>; last: Date | null } | undefined) {
  const { from, to } = flow.definition;
  return {
    name: flow.name,
    description: flow.definition.description,
    state: flow.state,
    priority: priorityOf(flow.definition),
    source: isInbound(from)
      ? { connection: from.connection, stream: from.stream, canonical: null }
      : { connection: null, stream: null, canonical: from.canonical },
    target: isHub(to)
      ? { connection: null, operation: null, canonical: to.canonical }
      : { connection: to.connection, operation: to.operation, canonical: null },
    mapping: flow.mappingName,
    release: { version: flow.version, hash: flow.hash, note: flow.note, createdAt: flow.createdAt, createdBy: flow.createdBy },
    approver: flow.approver,
    candidate: flow.candidate && {
      ...flow.candidate,
      share: flow.share && { percent: flow.share.percent, entities: flow.share.entities && [...flow.share.entities] },
    },
    counts: counted?.counts ?? {},
    lastMessageAt: counted?.last?.toISOString() ?? null,
  };
}
