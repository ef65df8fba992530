import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Database, GroupCommit, type Row } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor, type Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import type { Logger } from '../../platform/telemetry/index.js';
import { LOGGER } from '../../platform/tokens.js';
import { AuditStore } from '../audit/audit.store.js';
import { conflictsOf } from '../access/segregation.js';
import { entityScope, refuseWiderEntities } from './entities.js';
import { refuseUnknownPermissions, refuseUnknownRoles, refuseWiderRights, rightsOf } from './rights.js';
import { hashOf } from './tokens.store.js';

export interface NewKey {
  name: string;
  /** What it may do: roles, or permissions, or, for a key of a service account, neither: then it has all that the account has. */
  roles?: string[] | undefined;
  permissions?: string[] | undefined;
  serviceAccountId?: string | undefined;
  /** None named: all. */
  legalEntities?: string[] | undefined;
  expiresAt?: string | null | undefined;
  value?: string;
}

const lastUseEveryMs = 60_000;
const prefixCharacters = 7;
const withAccount = `k.*, a.name as account_name, a.permissions as account_permissions, a.disabled_at as account_disabled_at`;
const from = 'api_key k left join service_account a on a.id = k.service_account_id';

/** API keys: a hash, rights, an end. Asked anew for each request, so a revoked key is refused at once. */
@Injectable()
export class KeyStore {
  private readonly lastUse = new Map<string, number>();
  /**
   * Requests at the same time share a question, and it begins after each of them came: whoever comes while one is asked goes with the next. So no
   * answer is older than its request, and hundreds of requests cost the database one look.
   */
  private readonly questions = new GroupCommit<Buffer, Row | undefined>({
    store: (hashes) => this.rowsOf(hashes),
    mayBeOneBadItem: () => false,
    itemsMax: 500,
    weigh: () => 1,
    weightMax: 500,
    patienceMs: 50,
    commitsMax: 4,
  });

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async callerOf(value: string): Promise<Caller | undefined> {
    const row = await this.questions.add(hashOf(value));
    if (!row) return undefined;
    this.noteUse(row['id'] as string);
    return {
      kind: 'api-key',
      id: row['id'] as string,
      name: row['account_name'] === null ? (row['name'] as string) : `${row['account_name'] as string} (${row['name'] as string})`,
      email: null,
      roles: row['permissions'] === null && row['service_account_id'] === null ? (row['roles'] as string[]) : [],
      permissions: rights(row),
      scope: entityScope(row['legal_entities'] as string[], rights(row)),
      hands: row['hands'] as string[],
    };
  }

  private async rowsOf(hashes: readonly Buffer[]): Promise<(Row | undefined)[]> {
    const wanted = hashes.map((hash) => hash.toString('hex'));
    const rows = await this.db.query<Row>(
      `select ${withAccount} from ${from} where k.key_hash = any($1::bytea[]) and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) and a.disabled_at is null`,
      [[...new Set(wanted)].map((hex) => `\\x${hex}`)],
    );
    const found = new Map(rows.map((row) => [(row['key_hash'] as Buffer).toString('hex'), row]));
    return wanted.map((hex) => found.get(hex));
  }

  async isLive(id: string): Promise<boolean> {
    const rows = await this.db.query(
      `select 1 as one from ${from} where k.id = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) and a.disabled_at is null`,
      [id],
    );
    return rows.length > 0;
  }

  /** Once a minute and process, beside the request: no caller waits for it. */
  private noteUse(id: string): void {
    const now = performance.now();
    if (now - (this.lastUse.get(id) ?? -Infinity) < lastUseEveryMs) return;
    this.lastUse.set(id, now);
    this.db.query('update api_key set last_used_at = now() where id = $1', [id]).catch((error: Error) => {
      this.lastUse.delete(id);
      this.log.warn({ event: 'key-use-not-noted', key: id, error: error.message });
    });
  }

  /** Newest first: those that have ended stay in the list. */
  async list(query: { limit?: number | undefined; cursor?: string | undefined; q?: string | undefined }) {
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, ['instant', 'text']);
    const rows = await this.db.query<Row>(
      `select ${withAccount}, to_char(k.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text from ${from}
       where ($1::text is null or strpos(lower(k.name), lower($1)) > 0 or strpos(lower(a.name), lower($1)) > 0 or strpos(k.prefix, $1) > 0)
         and ($2::timestamptz is null or (k.created_at, k.id) < ($2, $3)) order by k.created_at desc, k.id desc limit $4`,
      [query.q ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    return { items: items.map(shapeKey), next };
  }

  async isKnown(value: string): Promise<boolean> {
    return (await this.db.query('select 1 as one from api_key where key_hash = $1', [hashOf(value)])).length > 0;
  }

  /** `giver`: who makes it; nobody when the engine does so at first boot. */
  async create(input: NewKey, actor: Actor, giver?: Caller) {
    const { name, roles = [], permissions, serviceAccountId } = input;
    refuseUnknownRoles(roles);
    refuseUnknownPermissions(permissions ?? []);
    if (roles.length > 0 && permissions !== undefined)
      throw new Problem('REQUEST_INVALID', 'A key has roles or permissions, not both.', { path: '/permissions' });
    if (roles.length === 0 && permissions === undefined && serviceAccountId === undefined)
      throw new Problem('REQUEST_INVALID', 'A key needs roles or permissions.', { path: '/roles' });
    if (roles.length > 0 && serviceAccountId !== undefined)
      throw new Problem('REQUEST_INVALID', 'A key of a service account has permissions of the account, no roles.', { path: '/roles' });
    refusePast(input.expiresAt);
    return this.db.transaction(async (tx) => {
      let account: Row | undefined;
      if (serviceAccountId !== undefined) {
        [account] = await tx.query<Row>('select * from service_account where id = $1 for share', [serviceAccountId]);
        if (!account) throw new Problem('NOT_FOUND', `There is no service account ${serviceAccountId}.`, { path: '/serviceAccountId' });
        refuseWiderRights(
          permissions ?? [],
          { name: `The service account ${account['name'] as string}`, permissions: new Set(account['permissions'] as string[]) },
          '/permissions',
        );
      }
      const kept = permissions ?? (account ? (account['permissions'] as string[]) : null);
      const given = rightsOf({ roles, permissions: kept, account: null });
      if (giver) refuseWiderRights(given, giver, '/permissions');
      if (giver) refuseWiderEntities(input.legalEntities ?? [], giver.scope);
      const value = input.value ?? newValue();
      const id = newId('key');
      const [row] = await tx.query<Row>(
        `insert into api_key (id, name, prefix, key_hash, roles, permissions, service_account_id, created_by, expires_at, created_by_id, legal_entities, hands)
         values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) on conflict (key_hash) do nothing returning *`,
        [
          id,
          name,
          value.slice(0, prefixCharacters),
          hashOf(value),
          roles,
          kept,
          serviceAccountId ?? null,
          actor.name,
          input.expiresAt ?? null,
          actor.id,
          input.legalEntities ?? [],
          handsOf(id, giver?.hands ?? [actor.id], serviceAccountId === undefined ? [] : [serviceAccountId]),
        ],
      );
      if (!row) throw new Problem('CONFLICT', 'This key exists already.');
      const key = shapeKey({ ...row, account_name: account?.['name'] ?? null, account_permissions: account?.['permissions'] ?? null });
      await this.audit.record(tx, actor, {
        action: 'api-key.created',
        object: { kind: 'api-key', id: key.id },
        summary: `${actor.name} made the API key ${name}${account ? ` of ${account['name'] as string}` : ''} (${roles.join(', ') || key.permissions.join(', ')})`,
        after: {
          name,
          roles,
          permissions: key.permissions,
          serviceAccount: account?.['name'] ?? null,
          expiresAt: key.expiresAt,
          legalEntities: key.legalEntities,
        },
      });
      return { ...key, value };
    });
  }

  /** A successor with the same rights; the old key goes on until `oldUntil`, so that nothing stands still while the new one is rolled out. */
  async rotate(id: string, input: { oldUntil: string; expiresAt?: string | null | undefined }, actor: Actor, giver: Caller) {
    refusePast(input.expiresAt);
    return this.db.transaction(async (tx) => {
      const [old] = await tx.query<Row>(
        `select ${withAccount}, k.expires_at <= now() as expired from ${from} where k.id = $1 for update of k`,
        [id],
      );
      if (!old) throw new Problem('NOT_FOUND', `There is no API key ${id}.`);
      if (old['revoked_at'] !== null || old['expired'] === true || old['replaced_by'] !== null)
        throw new Problem('KEY_ENDED', `The key ${old['name'] as string} has ended or was rotated before.`);
      refuseWiderRights(rights(old), giver, '/id');
      refuseWiderEntities(old['legal_entities'] as string[], giver.scope);
      const value = newValue();
      const next = newId('key');
      const hands = handsOf(next, giver.hands, old['hands'] as string[]);
      const [row] = await tx.query<Row>(
        `insert into api_key (id, name, prefix, key_hash, roles, permissions, service_account_id, created_by, expires_at, created_by_id, legal_entities, hands)
         select $1, name, $2, $3, roles, permissions, service_account_id, $4, $5, $7, legal_entities, $8 from api_key where id = $6 returning *`,
        [next, value.slice(0, prefixCharacters), hashOf(value), actor.name, input.expiresAt ?? null, id, actor.id, hands],
      );
      const [ended] = await tx.query<Row>(
        'update api_key set replaced_by = $2, expires_at = least(expires_at, greatest($3::timestamptz, now())) where id = $1 returning expires_at',
        [id, row!['id'], input.oldUntil],
      );
      await this.audit.record(tx, actor, {
        action: 'api-key.rotated',
        object: { kind: 'api-key', id },
        summary: `${actor.name} made a successor of the API key ${old['name'] as string}; the old one ends ${(ended!['expires_at'] as Date).toISOString()}`,
        after: { successor: row!['id'], oldUntil: (ended!['expires_at'] as Date).toISOString() },
      });
      return { ...shapeKey({ ...old, ...row! }), value };
    });
  }

  async revoke(id: string, actor: Actor) {
    return this.db.transaction(async (tx) => {
      const [row] = await tx.query<Row>('update api_key set revoked_at = coalesce(revoked_at, now()) where id = $1 returning *', [id]);
      if (!row) throw new Problem('NOT_FOUND', `There is no API key ${id}.`);
      await this.audit.record(tx, actor, {
        action: 'api-key.revoked',
        object: { kind: 'api-key', id },
        summary: `${actor.name} revoked the API key ${row['name'] as string}`,
      });
      const [account] = await tx.query<Row>(
        'select name as account_name, permissions as account_permissions from service_account where id = $1',
        [row['service_account_id']],
      );
      return shapeKey({ ...row, account_name: null, account_permissions: null, ...account });
    });
  }
}

/** Whose hands a key is in, once and for all: its own, those that gave it, and those that its kin are in. */
const handsOf = (id: string, giver: readonly string[], kin: readonly string[]): string[] => [...new Set([id, ...giver, ...kin])].sort();

const newValue = (): string => `wb_${randomBytes(32).toString('base64url')}`;

function refusePast(expiresAt: string | null | undefined): void {
  if (expiresAt && !(Date.parse(expiresAt) > Date.now()))
    throw new Problem('REQUEST_INVALID', `The key would have ended at ${expiresAt}, before it begins.`, { path: '/expiresAt' });
}

const rights = (row: Row) =>
  rightsOf({
    roles: row['roles'] as string[],
    permissions: row['permissions'] as string[] | null,
    account: (row['account_permissions'] as string[] | null | undefined) ?? null,
  });

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

const shapeKey = (row: Row) => ({
  id: row['id'] as string,
  name: row['name'] as string,
  prefix: row['prefix'] as string,
  roles: row['roles'] as string[],
  permissions: [...rights(row)].sort(),
  legalEntities: row['legal_entities'] as string[],
  conflicts: conflictsOf(row['roles'] as string[]),
  serviceAccountId: row['service_account_id'] as string | null,
  serviceAccount: (row['account_name'] as string | null | undefined) ?? null,
  replacedBy: row['replaced_by'] as string | null,
  createdAt: iso(row['created_at'])!,
  createdBy: row['created_by'] as string,
  expiresAt: iso(row['expires_at']),
  lastUsedAt: iso(row['last_used_at']),
  revokedAt: iso(row['revoked_at']),
});
