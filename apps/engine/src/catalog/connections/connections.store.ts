import { Inject, Injectable } from '@nestjs/common';
import { secretFields, type Connector, type JsonObject } from '@waybill/sdk';
import { Ajv } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { AuditStore, SecretStore } from '../../governance/index.js';
import { Database, type Row, type Tx } from '../../platform/database/index.js';
import { problemsOf, type Actor } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { GateStore } from './gate.store.js';
import { movedDestinations } from './destinations.js';
import { installedConnectors } from './installed.js';
import type { OwnLimits } from './limits.js';
import { forgetLogin } from './logins.store.js';

const ajv = new Ajv({ allErrors: true, strict: false, useDefaults: true, logger: false });
(addFormatsModule as unknown as (ajv: Ajv) => void)(ajv);

export interface ConnectionRecord {
  name: string;
  connector: string;
  description: string;
  settings: JsonObject;
  system: string;
  state: 'on' | 'paused';
  /** Set by an operator. */
  limits: OwnLimits;
  updatedAt: string;
  updatedBy: string;
}

/** A connection with its connector and its secrets, for the code that calls. */
export interface OpenConnection {
  record: ConnectionRecord;
  connector: Connector;
  settings: JsonObject;
}

@Injectable()
export class ConnectionStore {
  private readonly opened = new Map<string, { stamp: string; connection: OpenConnection }>();

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SecretStore) private readonly secrets: SecretStore,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(GateStore) private readonly gate: GateStore,
  ) {}

  async all(): Promise<ConnectionRecord[]> {
    return (await this.db.query<Row>('select * from connection order by name')).map(shape);
  }

  async find(name: string): Promise<ConnectionRecord> {
    const [row] = await this.db.query<Row>('select * from connection where name = $1', [name]);
    if (!row) throw new Problem('NOT_FOUND', `There is no connection ${name}.`);
    return shape(row);
  }

  /** With secrets, kept until the connection changes. */
  async open(name: string): Promise<OpenConnection> {
    const record = await this.find(name);
    const known = this.opened.get(name);
    if (known?.stamp === record.updatedAt) return { ...known.connection, record };
    const connector = connectorNamed(record.connector);
    const connection = { record, connector, settings: { ...record.settings, ...(await this.secrets.open(owner(name))) } };
    this.opened.set(name, { stamp: record.updatedAt, connection });
    return connection;
  }

  secretsSet(name: string): Promise<Record<string, string>> {
    return this.secrets.known(owner(name));
  }

  /** The same of several, for a list of them. */
  async secretsSetOf(names: readonly string[]): Promise<(name: string) => Record<string, string>> {
    const all = await this.secrets.knownOfAll(names.map(owner));
    return (name) => all.get(owner(name)) ?? {};
  }

  async put(
    name: string,
    input: {
      connector: string;
      description?: string | undefined;
      settings: Record<string, unknown>;
      system?: string | undefined;
      /** Left out: as they are. Null in a field, or no field: as the connector says. */
      limits?: { [Name in keyof OwnLimits]: number | null } | undefined;
    },
    actor: Actor,
  ): Promise<void> {
    const connector = connectorNamed(input.connector);
    const fields = secretFields(connector.settings);
    const given = Object.fromEntries(Object.entries(input.settings).filter(([, value]) => value !== null)) as JsonObject;
    const newSecrets = Object.fromEntries(
      fields.filter((field) => typeof given[field] === 'string' && given[field] !== '').map((field) => [field, given[field] as string]),
    );
    const kept = await this.secretsSet(name);
    const open = Object.fromEntries(Object.entries(given).filter(([field]) => !fields.includes(field)));
    const whole = { ...open, ...Object.fromEntries(Object.keys(kept).map((field) => [field, 'kept'])), ...newSecrets };
    const validate = ajv.compile(withoutId(connector.settings));
    if (!validate(whole)) {
      const problems = problemsOf(validate.errors ?? []).map((p) => ({ ...p, path: `/settings${p.path === '/' ? '' : (p.path ?? '')}` }));
      throw new Problem('CONNECTION_INVALID', `The settings of ${name} are not complete: ${problems[0]!.path} ${problems[0]!.detail}.`, {
        problems,
      });
    }
    const settings = Object.fromEntries(Object.entries(whole).filter(([field]) => !fields.includes(field))) as JsonObject;
    const system = input.system ?? connector.account?.({ ...settings, ...newSecrets }) ?? `${connector.name}/${name}`;
    await this.db.transaction(async (tx) => {
      const [before] = await tx.query<Row>('select * from connection where name = $1 for update', [name]);
      if (before && before['system'] !== system) await this.refuseMovedSystem(name, before['system'] as string, system);
      if (before && before['connector'] !== input.connector)
        throw new Problem(
          'CONNECTION_IN_USE',
          `${name} is a connection of ${before['connector'] as string}; a connection keeps its connector.`,
          { path: '/connector' },
        );
      const limits = input.limits
        ? Object.fromEntries(Object.entries(input.limits).filter(([, value]) => value !== null))
        : ((before?.['limits'] as OwnLimits | undefined) ?? {});
      await tx.query(
        `insert into connection (name, connector, description, settings, system, updated_by, limits) values ($1,$2,$3,$4,$5,$6,$7)
         on conflict (name) do update set description = excluded.description, settings = excluded.settings, system = excluded.system, limits = excluded.limits, updated_at = now(), updated_by = excluded.updated_by`,
        [name, input.connector, input.description ?? '', JSON.stringify(settings), system, actor.name, JSON.stringify(limits)],
      );
      const moved = before ? movedDestinations(connector.settings, before['settings'] as JsonObject, settings) : [];
      const forgotten = moved.length > 0 ? await this.forgetWhatIsNotGivenAgain(tx, name, { connector, moved, given: newSecrets }) : [];
      await this.secrets.put(tx, owner(name), newSecrets);
      const typed = connector.consent && newSecrets[connector.consent.keptIn] !== undefined;
      // A refresh token that somebody typed is of another consent than the one that is told of.
      if (typed || moved.length > 0) await tx.query('delete from connection_consent where connection = $1', [name]);
      if (typed) await tx.query('delete from connection_login where connection = $1', [name]);
      // No token goes to an address that it was not made for.
      if (moved.length > 0) await forgetLogin(tx, this.secrets, name);
      await this.audit.record(tx, actor, {
        action: before ? 'connection.changed' : 'connection.created',
        object: { kind: 'connection', id: name },
        summary: `${actor.name} ${before ? 'changed' : 'made'} the connection ${name} (${connector.title})`,
        before: before ? { settings: before['settings'], limits: before['limits'] } : undefined,
        after: { settings, limits, secretsSet: Object.keys(newSecrets), ...(forgotten.length > 0 ? { secretsForgotten: forgotten } : {}) },
      });
    });
  }

  /**
   * Whoever may write a connection must not learn its secrets by leading it to a server of their own: every secret is given again with the new address. What a consent
   * brought nobody can give; it is forgotten, and the connection is connected again. In the transaction that holds the row, so that no secret comes in between.
   */
  private async forgetWhatIsNotGivenAgain(
    tx: Tx,
    name: string,
    { connector, moved, given }: { connector: Connector; moved: readonly string[]; given: Record<string, string> },
  ): Promise<string[]> {
    const kept = Object.keys(await this.secrets.known(owner(name), tx)).filter((field) => given[field] === undefined);
    const consented = kept.filter((field) => field === connector.consent?.keptIn);
    const missing = kept.filter((field) => !consented.includes(field));
    if (missing.length > 0)
      throw new Problem(
        'CONNECTION_SECRETS_AGAIN',
        `${moved.map((field) => `/settings/${field}`).join(' and ')} of ${name} would lead its secrets to another server; ${missing.join(' and ')} must come with it.`,
        {
          problems: missing.map((field) => ({
            code: 'CONNECTION_SECRETS_AGAIN',
            path: `/settings/${field}`,
            detail: `is given again when /settings/${moved[0]!} leads to another server`,
          })),
        },
      );
    if (consented.length > 0) await this.secrets.remove(tx, owner(name), ...consented);
    return consented;
  }

  /**
   * In the transaction of a consent: the account that it named, and its first refresh token. `as` is the connection that the consent was begun for; refuses when it
   * was changed since.
   */
  async connect(tx: Tx, as: OpenConnection, came: { settings: JsonObject; secrets: Record<string, string> }, actor: Actor): Promise<void> {
    const { record, connector } = as;
    const { name } = record;
    const [row] = await tx.query<Row>('select * from connection where name = $1 for update', [name]);
    if (!row || shape(row).updatedAt !== record.updatedAt)
      throw new Problem('CONSENT_ATTEMPT', `${name} was changed while the consent was given.`);
    const settings = { ...record.settings, ...came.settings };
    const usual = (of: JsonObject): string => connector.account?.(of) ?? `${connector.name}/${name}`;
    const system = record.system === usual(record.settings) ? usual(settings) : record.system;
    if (system !== record.system) await this.refuseMovedSystem(name, record.system, system);
    await tx.query('update connection set settings = $2, system = $3, updated_at = now(), updated_by = $4 where name = $1', [
      name,
      JSON.stringify(settings),
      system,
      actor.name,
    ]);
    await this.secrets.put(tx, owner(name), came.secrets);
  }

  /** Postings carry the system's name for ever; under another name they could be posted twice. */
  private async refuseMovedSystem(name: string, from: string, to: string): Promise<void> {
    const used = await this.db.query(
      'select 1 as one from posting where ledger = $1 union all select 1 from message where source_system = $1 limit 1',
      [from],
    );
    if (used.length > 0)
      throw new Problem(
        'CONNECTION_IN_USE',
        `${name} leads to ${from}, where documents already came from or went to; with these settings it would lead to ${to}.`,
        { path: '/settings' },
      );
  }

  /** A connection that rests after failures, or because it asked for it, is called again now. */
  async tryNow(name: string, reason: string, actor: Actor): Promise<void> {
    await this.find(name);
    await this.db.transaction(async (tx) => {
      if (!(await this.gate.endRest(tx, name))) throw new Problem('CONNECTION_NOT_RESTING', `${name} does not rest.`);
      await this.audit.record(tx, actor, {
        action: 'connection.tried-now',
        object: { kind: 'connection', id: name },
        summary: `${actor.name} ended the rest of the connection ${name}`,
        reason,
      });
    });
  }

  async setState(name: string, state: 'on' | 'paused', actor: Actor): Promise<void> {
    await this.db.transaction(async (tx) => {
      const changed = await tx.query('update connection set state = $2 where name = $1 and state <> $2 returning name', [name, state]);
      if (changed.length === 0) return void (await this.find(name));
      await this.audit.record(tx, actor, {
        action: state === 'on' ? 'connection.resumed' : 'connection.paused',
        object: { kind: 'connection', id: name },
        summary: `${actor.name} ${state === 'on' ? 'resumed' : 'paused'} the connection ${name}`,
      });
    });
  }
}

export function connectorNamed(name: string): Connector {
  const connector = installedConnectors.get(name);
  if (!connector)
    throw new Problem('CONNECTOR_UNKNOWN', `There is no connector ${name}; there are ${[...installedConnectors.keys()].join(', ')}.`, {
      path: '/connector',
    });
  return connector;
}

const owner = (name: string): string => `connection/${name}`;
const withoutId = ({ $id: _, ...schema }: Connector['settings']) => schema;

const shape = (row: Row): ConnectionRecord => ({
  name: row['name'] as string,
  connector: row['connector'] as string,
  description: row['description'] as string,
  settings: row['settings'] as JsonObject,
  system: row['system'] as string,
  state: row['state'] as 'on' | 'paused',
  limits: row['limits'] as OwnLimits,
  updatedAt: (row['updated_at'] as Date).toISOString(),
  updatedBy: row['updated_by'] as string,
});
