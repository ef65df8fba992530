import { Controller, Inject } from '@nestjs/common';
import { isConnectorFailure, isTransportFailure, secretFields, type Limits } from '@waybill/sdk';
import type { Settings } from '../../config/index.js';
import { Database, type Row } from '../../platform/database/index.js';
import { In, Route, type Input } from '../../platform/http/index.js';
import { SETTINGS } from '../../platform/tokens.js';
import { ReleaseStore } from '../flows/releases.store.js';
import { catalogRoutes as routes } from '../routes.js';
import { ConnectionCalls, isResting } from './calls.store.js';
import { ConsentStore } from './consents.store.js';
import { connectorNamed, ConnectionStore, type ConnectionRecord } from './connections.store.js';
import { installedConnectors } from './installed.js';
import { limitNames, limitsInForce, type OwnLimits } from './limits.js';

@Controller()
export class ConnectionsController {
  constructor(
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(ConnectionCalls) private readonly calls: ConnectionCalls,
    @Inject(ConsentStore) private readonly consents: ConsentStore,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(Database) private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Route(routes.listConnectors)
  listConnectors() {
    const items = [...installedConnectors.values()].map((connector) => ({
      name: connector.name,
      title: connector.title,
      summary: connector.summary,
      vendorApi: connector.vendorApi,
      documentation: connector.documentation,
      settings: connector.settings,
      webhook: connector.webhook !== undefined,
      streams: Object.entries(connector.streams).map(([name, s]) => ({
        name,
        title: s.title,
        summary: s.summary,
        kind: s.kind,
        polls: s.poll !== undefined,
        becomes: s.becomes ?? null,
      })),
      operations: Object.entries(connector.operations).map(([name, o]) => ({
        name,
        title: o.title,
        summary: o.summary,
        kind: o.kind,
        document: o.document,
        effects: [...o.effects],
        idempotency: o.idempotency.mode,
        input: o.input,
      })),
      lookups: Object.entries(connector.lookups).map(([name, l]) => ({ name, title: l.title, summary: l.summary, by: l.by })),
      limits: { ...shownLimits(connector.limits, {}), scope: connector.limits.scope },
    }));
    return { items, next: null };
  }

  @Route(routes.listConnections)
  async list() {
    const all = await this.connections.all();
    return { items: await this.shapes(all), next: null };
  }

  @Route(routes.getConnection)
  async find(@In() input: Input<typeof routes.getConnection>) {
    return this.shape(await this.connections.find(input.params.name));
  }

  @Route(routes.putConnection)
  async put(@In() input: Input<typeof routes.putConnection>) {
    await this.connections.put(input.params.name, input.body, input.actor);
    return this.shape(await this.connections.find(input.params.name));
  }

  @Route(routes.checkConnection)
  async check(@In() input: Input<typeof routes.checkConnection>) {
    const { name } = input.params;
    try {
      const steps = await this.calls.call(name, (context, { connector }) => connector.check(context), {
        signal: AbortSignal.timeout(30_000),
      });
      return { ok: steps.every((step) => step.ok), steps };
    } catch (error) {
      if (!isConnectorFailure(error) && !isTransportFailure(error) && !isResting(error)) throw error;
      return { ok: false, steps: [{ name: 'Reach the system', ok: false, detail: error.message }] };
    }
  }

  @Route(routes.tryConnectionNow)
  async tryNow(@In() input: Input<typeof routes.tryConnectionNow>) {
    await this.connections.tryNow(input.params.name, input.body.reason, input.actor);
    return this.shape(await this.connections.find(input.params.name));
  }

  @Route(routes.pauseConnection)
  async pause(@In() input: Input<typeof routes.pauseConnection>) {
    await this.connections.setState(input.params.name, 'paused', input.actor);
    return this.shape(await this.connections.find(input.params.name));
  }

  @Route(routes.resumeConnection)
  async resume(@In() input: Input<typeof routes.resumeConnection>) {
    await this.connections.setState(input.params.name, 'on', input.actor);
    return this.shape(await this.connections.find(input.params.name));
  }

  private async shape(connection: ConnectionRecord) {
    return (await this.shapes([connection]))[0]!;
  }

  /** What stands around them is asked for all of them at once: a list of a thousand is a few questions. */
  private async shapes(connections: readonly ConnectionRecord[]) {
    const names = connections.map(({ name }) => name);
    const secretsSet = await this.connections.secretsSetOf(names);
    const rows = await this.db.query<Row>('select * from connection_health where connection = any($1)', [names]);
    const healthOf = new Map(rows.map((row) => [row['connection'] as string, row]));
    const flows = (await this.releases.flows()).map(({ name, definition: { from, to, enrich } }) => ({
      name,
      reaches: JSON.stringify([from, to, Object.values(enrich)]),
    }));
    const shaped = [];
    for (const connection of connections) {
      const { name } = connection;
      const set = secretsSet(name);
      const consent = await this.consents.shown(connection, set);
      const users = flows.filter(({ reaches }) => reaches.includes(`"connection":"${name}"`)).map((flow) => flow.name);
      shaped.push(this.shaped(connection, { set, consent, users, health: healthOf.get(name) }));
    }
    return shaped;
  }

  private shaped(
    connection: ConnectionRecord,
    {
      set,
      consent,
      users,
      health,
    }: {
      set: Record<string, string>;
      consent: Awaited<ReturnType<ConsentStore['shown']>>;
      users: string[];
      health: Row | undefined;
    },
  ) {
    const connector = connectorNamed(connection.connector);
    const secrets = Object.fromEntries(
      secretFields(connector.settings).map((field) => [field, set[field] ? { set: true, at: set[field] } : { set: false }]),
    );
    const base = this.settings.publicUrl ?? `http://localhost:${this.settings.port}`;
    const iso = (value: unknown) => (value instanceof Date ? value.toISOString() : null);
    return {
      name: connection.name,
      connector: connection.connector,
      description: connection.description,
      state: connection.state,
      system: connection.system,
      limits: {
        ...shownLimits(connector.limits, connection.limits),
        own: limitNames.filter((one) => connection.limits[one] !== undefined),
      },
      settings: { ...connection.settings, ...secrets },
      webhookUrl: connector.webhook ? `${base}/v1/hooks/${connection.name}` : null,
      consent,
      flows: users,
      health: {
        state: ((health?.['state'] as string | undefined) ?? 'unknown') as 'ok',
        since: iso(health?.['since']),
        detail: (health?.['detail'] as string | null) ?? null,
        lastSuccessAt: iso(health?.['last_success_at']),
      },
      updatedAt: connection.updatedAt,
      updatedBy: connection.updatedBy,
    };
  }
}

function shownLimits(usual: Limits, own: OwnLimits) {
  const { concurrency, perSecond = null, perDay = null } = limitsInForce(usual, own);
  return { concurrency, perSecond, perDay };
}
