import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Database, everything, type Row, type Scope, type Tx } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { conflictsOf } from '../access/segregation.js';
import { AuditStore } from '../audit/audit.store.js';
import { refuseWiderEntities } from './entities.js';
import { KeyStore } from './keys.store.js';
import { refuseWeakPassword } from './password-rules.js';
import { hashPassword } from './passwords.store.js';
import { refuseUnknownRoles } from './rights.js';
import { SessionStore } from './sessions.store.js';

/** What a list of users shows beside the row itself. */
const userFacts = `exists (select 1 from second_factor f where f.user_id = u.id) as second_factor,
  exists (select 1 from user_link l where l.user_id = u.id and l.ended_at is null and l.expires_at > now()) as link_open`;
const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

/** Users. There is always an administrator who is not disabled. */
@Injectable()
export class IdentityStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(SessionStore) private readonly sessions: SessionStore,
    @Inject(KeyStore) private readonly keys: KeyStore,
  ) {}

  /** By e-mail address, which no two have. */
  async listUsers(query: { limit?: number | undefined; cursor?: string | undefined; q?: string | undefined }) {
    const limit = query.limit ?? 50;
    const [after] = decodeCursor(query.cursor, ['text']) ?? [];
    const rows = await this.db.query<Row>(
      `with shown as (select * from user_account where ($1::text is null or strpos(lower(name), lower($1)) > 0 or strpos(lower(email), lower($1)) > 0)
           and ($2::text is null or email > $2) order by email limit $3),
         seen as (select user_id, max(last_seen_at) as at from session where user_id in (select id from shown) group by user_id)
       select u.*, ${userFacts}, seen.at as last_seen_at from shown u left join seen on seen.user_id = u.id order by u.email`,
      [query.q ?? null, after ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['email'] as string]);
    return { items: items.map(shapeUser), next };
  }

  async createUser(
    input: { email: string; name: string; roles: string[]; password: string; legalEntities?: string[] | undefined },
    giver: Scope,
    actor: Actor,
  ) {
    refuseUnknownRoles(input.roles);
    refuseWiderEntities(input.legalEntities ?? [], giver);
    refuseWeakPassword(input.password, input, '/password');
    const hash = await hashPassword(input.password);
    return this.db.transaction(async (tx) => {
      const row = await addUser(tx, { ...input, hash });
      const id = row['id'] as string;
      await this.audit.record(tx, actor, {
        action: 'user.created',
        object: { kind: 'user', id },
        summary: `${actor.name} made the user ${input.email} (${input.roles.join(', ')})`,
        after: { email: input.email, roles: input.roles },
      });
      return shapeUser(row);
    });
  }

  async changeUser(
    id: string,
    change: { roles?: string[] | undefined; disabled?: boolean | undefined; legalEntities?: string[] | undefined },
    giver: Scope,
    actor: Actor,
  ) {
    if (change.roles) refuseUnknownRoles(change.roles);
    refuseWiderEntities(change.legalEntities, giver);
    return this.db.transaction(async (tx) => {
      // Two who take the last two administrators from each other at the same time must see each other.
      await tx.query("select pg_advisory_xact_lock(hashtext('waybill-administrators'))");
      const [before] = await tx.query<Row>('select * from user_account where id = $1 for update', [id]);
      if (!before) throw new Problem('NOT_FOUND', `There is no user ${id}.`);
      // A role counts for all that its holder sees.
      if (change.roles) refuseWiderEntities(change.legalEntities ?? (before['legal_entities'] as string[]), giver);
      if (change.roles && before['roles_from'] === 'provider')
        throw new Problem('ROLES_FROM_PROVIDER', `The roles of ${before['email'] as string} come from the provider's groups.`, {
          path: '/roles',
        });
      const [row] = await tx.query<Row>(
        'update user_account set roles = coalesce($2, roles), disabled_at = case when $3::boolean is null then disabled_at when $3 then coalesce(disabled_at, now()) else null end, legal_entities = coalesce($4, legal_entities) where id = $1 returning *',
        [id, change.roles ?? null, change.disabled ?? null, change.legalEntities ?? null],
      );
      await refuseNoAdmin(tx);
      await this.sessions.endAll(tx, id);
      if (change.disabled) await this.sessions.forgetDevices(tx, id);
      const facts = (r: Row) => ({ roles: r['roles'], disabled: r['disabled_at'] !== null, legalEntities: r['legal_entities'] });
      await this.audit.record(tx, actor, {
        action: 'user.changed',
        object: { kind: 'user', id },
        summary: `${actor.name} changed the user ${row!['email'] as string}`,
        before: facts(before),
        after: facts(row!),
      });
      const [more] = await tx.query<Row>(`select ${userFacts} from user_account u where id = $1`, [id]);
      return shapeUser({ ...row!, ...more });
    });
  }

  /** First boot: an administrator, and a key when one was set. Later boots change nothing. Returns the password that was made up. */
  async bootstrap(
    input: { email: string; password: string | undefined; apiKey: string | undefined },
    actor: Actor,
  ): Promise<{ email: string; password?: string } | undefined> {
    if (input.apiKey && !(await this.keys.isKnown(input.apiKey)))
      await this.keys.create({ name: 'bootstrap', roles: ['admin'], value: input.apiKey }, actor);
    const [any] = await this.db.query('select 1 as one from user_account limit 1');
    if (any) return undefined;
    const password = input.password ?? randomBytes(12).toString('base64url');
    await this.createUser({ email: input.email, name: 'Administrator', roles: ['admin'], password }, everything, actor);
    return { email: input.email, ...(input.password ? {} : { password }) };
  }
}

/** Whoever was invited and never came is no administrator yet, and whoever is limited to legal entities cannot take the limit away. */
async function refuseNoAdmin(tx: Tx): Promise<void> {
  const rows = await tx.query(
    "select 1 as one from user_account where 'admin' = any(roles) and disabled_at is null and legal_entities = '{}' and (password_hash is not null or provider_subject is not null) limit 1",
  );
  if (rows.length === 0) throw new Problem('LAST_ADMIN', 'This would leave no administrator who sees every legal entity.');
}

export const shapeUser = (row: Row) => ({
  id: row['id'] as string,
  email: row['email'] as string,
  name: row['name'] as string,
  roles: row['roles'] as string[],
  legalEntities: row['legal_entities'] as string[],
  conflicts: conflictsOf(row['roles'] as string[]),
  disabled: row['disabled_at'] !== null,
  /** Has a password here; who was invited chooses one, who comes from a provider has none. */
  hasPassword: row['password_hash'] !== null,
  rolesFrom: row['roles_from'] as string,
  provider: row['provider_issuer'] as string | null,
  secondFactor: row['second_factor'] === true,
  linkOpen: row['link_open'] === true,
  createdAt: iso(row['created_at'])!,
  lastSeenAt: iso(row['last_seen_at']),
});

interface NewUser {
  email: string;
  name: string;
  roles: readonly string[];
  /** None named: all. */
  legalEntities?: readonly string[] | undefined;
  /** Null: no password yet, or never. */
  hash: string | null;
}

/** The row of a new user, or EMAIL_TAKEN. */
export async function addUser(tx: Tx, { email, name, roles, legalEntities = [], hash }: NewUser): Promise<Row> {
  const [row] = await tx.query<Row>(
    'insert into user_account (id, email, name, password_hash, roles, legal_entities) values ($1,$2,$3,$4,$5,$6) on conflict (email) do nothing returning *',
    [newId('usr'), email.toLowerCase(), name, hash, roles, legalEntities],
  );
  if (!row) throw new Problem('EMAIL_TAKEN', `There is a user ${email} already.`, { path: '/email' });
  return row;
}
