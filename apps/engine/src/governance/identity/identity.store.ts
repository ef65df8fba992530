import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { Database, everything, type Row, type Scope, type Sql, type Tx } from '../../platform/database/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { isRole, permissionsOf, roles } from '../access/permissions.js';
import { conflictsOf } from '../access/segregation.js';
import { AuditStore } from '../audit/audit.store.js';
import { hashPassword, passwordFits } from './passwords.store.js';

const sessionHours = 12;
const idleMinutes = 30;
const failuresFree = 5;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

/** Users, sessions and API keys. Tokens are stored as hashes only. */
@Injectable()
export class IdentityStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  /** Signs in and returns the session token, or throws. Failures are counted in the database per account and per address. */
  async signIn(email: string, password: string, address: string, actor: Actor): Promise<{ token: string; caller: Caller }> {
    const subjects = [`account ${email.toLowerCase()}`, `address ${address}`];
    const blocked = await this.db.query<{ wait: number }>(
      'select ceil(extract(epoch from max(next_at) - now()))::int as wait from sign_in_failure where subject = any($1) and next_at > now()',
      [subjects],
    );
    const wait = blocked[0]?.wait ?? 0;
    if (wait > 0)
      throw new Problem('SIGN_IN_THROTTLED', `Too many failed sign-ins; the next try is possible in ${wait} s.`, {
        retryAfterSeconds: wait,
      });
    const [user] = await this.db.query<Row>('select * from user_account where email = $1', [email.toLowerCase()]);
    const fits = await passwordFits(password, user?.['password_hash'] as string | undefined);
    if (!user || !fits || user['disabled_at'] !== null) {
      await this.countFailure(subjects);
      throw new Problem('SIGN_IN_FAILED', 'E-mail or password is wrong.');
    }
    const token = randomBytes(32).toString('base64url');
    const sessionId = newId('ses');
    await this.db.transaction(async (tx) => {
      await tx.query('delete from sign_in_failure where subject = $1', [subjects[0]]);
      await tx.query(
        `insert into session (id, user_id, token_hash, expires_at) values ($1, $2, $3, now() + interval '${sessionHours} hours')`,
        [sessionId, user['id'], hashOf(token)],
      );
      const who: Actor = { ...actor, kind: 'user', id: user['id'] as string, name: user['name'] as string };
      await this.audit.record(tx, who, {
        action: 'session.started',
        object: { kind: 'user', id: who.id },
        summary: `${who.name} signed in`,
      });
    });
    return { token, caller: { ...callerOfUser(user), sessionId } };
  }

  private async countFailure(subjects: string[]): Promise<void> {
    await this.db.query(
      `insert into sign_in_failure (subject, failures, next_at) select s, 1, now() from unnest($1::text[]) s
       on conflict (subject) do update set
         failures = case when sign_in_failure.updated_at < now() - interval '1 hour' then 1 else sign_in_failure.failures + 1 end,
         next_at = now() + case when sign_in_failure.failures + 1 < $2 then interval '0' else least(interval '1 second' * power(2, sign_in_failure.failures + 1 - $2), interval '15 minutes') end,
         updated_at = now()`,
      [subjects, failuresFree],
    );
  }

  async callerOfSession(token: string): Promise<Caller | undefined> {
    const [row] = await this.db.query<Row>(
      `update session s set last_seen_at = now() from user_account u
       where s.token_hash = $1 and s.ended_at is null and s.expires_at > now() and s.last_seen_at > now() - interval '${idleMinutes} minutes'
         and u.id = s.user_id and u.disabled_at is null returning s.id as session_id, u.*`,
      [hashOf(token)],
    );
    return row ? { ...callerOfUser(row), sessionId: row['session_id'] as string } : undefined;
  }

  async callerOfKey(value: string): Promise<Caller | undefined> {
    const [row] = await this.db.query<Row>(
      'select * from api_key where key_hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())',
      [hashOf(value)],
    );
    if (!row) return undefined;
    const lastUsed = row['last_used_at'] as Date | null;
    if (!lastUsed || Date.now() - lastUsed.getTime() > 60_000)
      await this.db.query('update api_key set last_used_at = now() where id = $1', [row['id']]);
    const names = row['roles'] as string[];
    return {
      kind: 'api-key',
      id: row['id'] as string,
      name: row['name'] as string,
      email: null,
      roles: names,
      ...rightsOf(row),
      madeById: row['created_by_id'] as string | null,
    };
  }

  async signOut(caller: Caller, actor: Actor): Promise<void> {
    if (!caller.sessionId) return;
    await this.db.transaction(async (tx) => {
      await tx.query('update session set ended_at = now() where id = $1', [caller.sessionId]);
      await this.audit.record(tx, actor, {
        action: 'session.ended',
        object: { kind: 'user', id: caller.id },
        summary: `${caller.name} signed out`,
      });
    });
  }

  async changePassword(caller: Caller, current: string, next: string, actor: Actor): Promise<void> {
    if (caller.kind !== 'user') throw new Problem('FORBIDDEN', 'An API key has no password.');
    const [user] = await this.db.query<Row>('select password_hash from user_account where id = $1', [caller.id]);
    if (!(await passwordFits(current, user?.['password_hash'] as string | undefined)))
      throw new Problem('SIGN_IN_FAILED', 'The current password is wrong.', { path: '/current' });
    const hash = await hashPassword(next);
    await this.db.transaction(async (tx) => {
      await tx.query('update user_account set password_hash = $2 where id = $1', [caller.id, hash]);
      await tx.query('update session set ended_at = now() where user_id = $1 and ended_at is null and id <> $2', [
        caller.id,
        caller.sessionId ?? '',
      ]);
      await this.audit.record(tx, actor, {
        action: 'user.password-changed',
        object: { kind: 'user', id: caller.id },
        summary: `${caller.name} changed the password`,
      });
    });
  }

  async listUsers() {
    return (
      await this.db.query(
        'select u.id, u.email, u.name, u.roles, u.legal_entities, u.disabled_at, u.created_at, (select max(last_seen_at) from session s where s.user_id = u.id) as last_seen_at from user_account u order by email',
      )
    ).map(shapeUser);
  }

  async createUser(
    input: { email: string; name: string; roles: string[]; password: string; legalEntities?: string[] | undefined },
    giver: Scope,
    actor: Actor,
  ) {
    refuseUnknownRoles(input.roles);
    refuseWider(input.legalEntities ?? [], giver);
    const id = newId('usr');
    const hash = await hashPassword(input.password);
    return this.db.transaction(async (tx) => {
      const [row] = await tx.query<Row>(
        'insert into user_account (id, email, name, password_hash, roles, legal_entities) values ($1,$2,$3,$4,$5,$6) on conflict (email) do nothing returning *',
        [id, input.email.toLowerCase(), input.name, hash, input.roles, input.legalEntities ?? []],
      );
      if (!row) throw new Problem('EMAIL_TAKEN', `There is a user ${input.email} already.`, { path: '/email' });
      await this.audit.record(tx, actor, {
        action: 'user.created',
        object: { kind: 'user', id },
        summary: `${actor.name} made the user ${input.email} (${input.roles.join(', ')})`,
        after: { email: input.email, roles: input.roles, legalEntities: input.legalEntities ?? [] },
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
    refuseWider(change.legalEntities, giver);
    return this.db.transaction(async (tx) => {
      const [before] = await tx.query<Row>('select * from user_account where id = $1 for update', [id]);
      if (!before) throw new Problem('NOT_FOUND', `There is no user ${id}.`);
      const [row] = await tx.query<Row>(
        'update user_account set roles = coalesce($2, roles), disabled_at = case when $3::boolean is null then disabled_at when $3 then coalesce(disabled_at, now()) else null end, legal_entities = coalesce($4, legal_entities) where id = $1 returning *',
        [id, change.roles ?? null, change.disabled ?? null, change.legalEntities ?? null],
      );
      await refuseNoAdmin(tx);
      await tx.query('update session set ended_at = now() where user_id = $1 and ended_at is null', [id]);
      const facts = (r: Row) => ({ roles: r['roles'], disabled: r['disabled_at'] !== null, legalEntities: r['legal_entities'] });
      await this.audit.record(tx, actor, {
        action: 'user.changed',
        object: { kind: 'user', id },
        summary: `${actor.name} changed the user ${row!['email'] as string}`,
        before: facts(before),
        after: facts(row!),
      });
      return shapeUser(row!);
    });
  }

  async listKeys() {
    return (await this.db.query('select * from api_key order by created_at desc')).map(shapeKey);
  }

  async createKey(
    input: { name: string; roles: string[]; expiresAt?: string | null | undefined; value?: string; legalEntities?: string[] | undefined },
    giver: Scope,
    actor: Actor,
  ) {
    refuseUnknownRoles(input.roles);
    refuseWider(input.legalEntities ?? [], giver);
    const value = input.value ?? `wb_${randomBytes(30).toString('base64url')}`;
    const id = newId('key');
    return this.db.transaction(async (tx) => {
      const [row] = await tx.query<Row>(
        'insert into api_key (id, name, prefix, key_hash, roles, created_by, expires_at, created_by_id, legal_entities) values ($1,$2,$3,$4,$5,$6,$7,$8,$9) on conflict (key_hash) do nothing returning *',
        [
          id,
          input.name,
          value.slice(0, 7),
          hashOf(value),
          input.roles,
          actor.name,
          input.expiresAt ?? null,
          actor.id,
          input.legalEntities ?? [],
        ],
      );
      if (!row) throw new Problem('CONFLICT', 'This key exists already.');
      await this.audit.record(tx, actor, {
        action: 'api-key.created',
        object: { kind: 'api-key', id },
        summary: `${actor.name} made the API key ${input.name} (${input.roles.join(', ')})`,
        after: { name: input.name, roles: input.roles, expiresAt: input.expiresAt ?? null, legalEntities: input.legalEntities ?? [] },
      });
      return { ...shapeKey(row), value };
    });
  }

  async revokeKey(id: string, actor: Actor) {
    return this.db.transaction(async (tx) => {
      const [row] = await tx.query<Row>('update api_key set revoked_at = coalesce(revoked_at, now()) where id = $1 returning *', [id]);
      if (!row) throw new Problem('NOT_FOUND', `There is no API key ${id}.`);
      await this.audit.record(tx, actor, {
        action: 'api-key.revoked',
        object: { kind: 'api-key', id },
        summary: `${actor.name} revoked the API key ${row['name'] as string}`,
      });
      return shapeKey(row);
    });
  }

  /** First boot: an administrator, and a key when one was set. Later boots change nothing. Returns the password that was made up. */
  async bootstrap(
    input: { email: string; password: string | undefined; apiKey: string | undefined },
    actor: Actor,
  ): Promise<{ email: string; password?: string } | undefined> {
    if (input.apiKey && !(await this.callerOfKey(input.apiKey)) && !(await this.keyKnown(input.apiKey))) {
      await this.createKey({ name: 'bootstrap', roles: ['admin'], value: input.apiKey }, everything, actor);
    }
    const [any] = await this.db.query('select 1 as one from user_account limit 1');
    if (any) return undefined;
    const password = input.password ?? randomBytes(12).toString('base64url');
    await this.createUser({ email: input.email, name: 'Administrator', roles: ['admin'], password }, everything, actor);
    return { email: input.email, ...(input.password ? {} : { password }) };
  }

  private async keyKnown(value: string): Promise<boolean> {
    return (await this.db.query('select 1 as one from api_key where key_hash = $1', [hashOf(value)])).length > 0;
  }
}

function callerOfUser(row: Row): Caller {
  const names = row['roles'] as string[];
  return {
    kind: 'user',
    id: row['id'] as string,
    name: row['name'] as string,
    email: row['email'] as string,
    roles: names,
    ...rightsOf(row),
  };
}

/** What a user's or key's row allows: permissions of its roles, and the legal entities it is limited to; none named means all. */
function rightsOf(row: Row): Pick<Caller, 'permissions' | 'scope'> {
  const permissions = permissionsOf(row['roles'] as string[]);
  const entities = row['legal_entities'] as string[];
  return { permissions, scope: { entities: entities.length === 0 ? null : entities, unassigned: permissions.has('unassigned.read') } };
}

/** Nobody gives a wider scope than their own. */
function refuseWider(wanted: readonly string[] | undefined, giver: Scope): void {
  if (wanted === undefined || giver.entities === null) return;
  const beyond = wanted.find((entity) => !giver.entities!.includes(entity));
  if (wanted.length > 0 && beyond === undefined) return;
  throw new Problem('SCOPE_WIDER', `${beyond ?? 'Every legal entity'} is more than you see; you see ${giver.entities.join(', ')}.`, {
    path: '/legalEntities',
  });
}

function refuseUnknownRoles(names: string[]): void {
  const unknown = names.find((name) => !isRole(name));
  if (unknown !== undefined)
    throw new Problem('ROLE_UNKNOWN', `There is no role ${unknown}; there are ${Object.keys(roles).join(', ')}.`, { path: '/roles' });
}

async function refuseNoAdmin(tx: Sql & Partial<Tx>): Promise<void> {
  const rows = await tx.query("select 1 as one from user_account where 'admin' = any(roles) and disabled_at is null limit 1");
  if (rows.length === 0) throw new Problem('LAST_ADMIN', 'This would leave no administrator.');
}

const shapeUser = (row: Row) => ({
  id: row['id'] as string,
  email: row['email'] as string,
  name: row['name'] as string,
  roles: row['roles'] as string[],
  legalEntities: row['legal_entities'] as string[],
  conflicts: conflictsOf(row['roles'] as string[]),
  disabled: row['disabled_at'] !== null,
  createdAt: iso(row['created_at'])!,
  lastSeenAt: iso(row['last_seen_at']),
});

const shapeKey = (row: Row) => ({
  id: row['id'] as string,
  name: row['name'] as string,
  prefix: row['prefix'] as string,
  roles: row['roles'] as string[],
  legalEntities: row['legal_entities'] as string[],
  conflicts: conflictsOf(row['roles'] as string[]),
  createdAt: iso(row['created_at'])!,
  createdBy: row['created_by'] as string,
  expiresAt: iso(row['expires_at']),
  lastUsedAt: iso(row['last_used_at']),
  revokedAt: iso(row['revoked_at']),
});
