import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../config/index.js';
import { Database, type Row, type Tx } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor, type Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { SETTINGS } from '../../platform/tokens.js';
import { permissionsOf } from '../access/permissions.js';
import { AuditStore } from '../audit/audit.store.js';
import { entityScope } from './entities.js';
import { hashOf, newToken } from './tokens.store.js';

/** Where a sign-in comes from, as its request says. */
export interface Origin {
  address: string;
  /** What the browser says that it is. */
  device: string | undefined;
}

export interface SignedIn {
  token: string;
  caller: Caller;
}

const deviceCharactersMax = 300;
const devicesMax = 20;
const deviceDays = 180;
/** A look at the session is written down at most so often: reading is free, writing is not. */
const seenEverySeconds = 20;

/** Sessions of users and the devices they have signed in from. Tokens are stored as hashes only. */
@Injectable()
export class SessionStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** A new session with a token of its own: a token from before the sign-in is never taken over. */
  async start(tx: Tx, user: Row, method: 'password' | 'provider', from: Origin, actor: Actor): Promise<SignedIn> {
    const token = newToken();
    const id = newId('ses');
    await tx.query(
      `insert into session (id, user_id, token_hash, expires_at, method, address, device) values ($1, $2, $3, now() + make_interval(hours => $4), $5, $6, $7)`,
      [id, user['id'], hashOf(token), this.settings.sessionHours, method, from.address, from.device?.slice(0, deviceCharactersMax) ?? null],
    );
    const who: Actor = { ...actor, kind: 'user', id: user['id'] as string, name: user['name'] as string };
    await this.audit.record(tx, who, {
      action: 'session.started',
      object: { kind: 'user', id: who.id },
      summary: `${who.name} signed in${method === 'provider' ? ' through the provider' : ''}`,
      after: { session: id, method, address: from.address },
    });
    return { token, caller: { ...callerOfUser(user), sessionId: id } };
  }

  /** The caller, while the session lives and its user may sign in. Asked anew for each request, so an end is an end at once. */
  async callerOf(token: string): Promise<Caller | undefined> {
    const [row] = await this.db.query<Row>(
      `select s.id as session_id, s.last_seen_at < now() - interval '${seenEverySeconds} seconds' as unseen, u.* from session s join user_account u on u.id = s.user_id
       where s.token_hash = $1 and s.ended_at is null and s.expires_at > now() and s.last_seen_at > now() - make_interval(mins => $2) and u.disabled_at is null`,
      [hashOf(token), this.settings.sessionIdleMinutes],
    );
    if (!row) return undefined;
    if (row['unseen'])
      await this.db.query('update session set last_seen_at = now() where id = $1 and ended_at is null', [row['session_id']]);
    return { ...callerOfUser(row), sessionId: row['session_id'] as string };
  }

  /** Without counting as a request: who only listens is idle. */
  async isLive(id: string): Promise<boolean> {
    const rows = await this.db.query(
      'select 1 as one from session s join user_account u on u.id = s.user_id where s.id = $1 and s.ended_at is null and s.expires_at > now() and u.disabled_at is null',
      [id],
    );
    return rows.length > 0;
  }

  /** Those that live, of one user or of everybody: by their sign-in, which does not move while somebody pages. */
  async list(
    query: { limit?: number | undefined; cursor?: string | undefined; user?: string | undefined; q?: string | undefined },
    caller: Caller,
  ) {
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, ['instant', 'text']);
    const rows = await this.db.query<Row>(
      `select s.*, u.name, u.email, to_char(s.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text
       from session s join user_account u on u.id = s.user_id
       where s.ended_at is null and s.expires_at > now() and s.last_seen_at > now() - make_interval(mins => $1) and ($2::text is null or s.user_id = $2)
         and ($3::text is null or strpos(lower(u.name), lower($3)) > 0 or strpos(lower(u.email), lower($3)) > 0 or strpos(s.address, $3) > 0)
         and ($4::timestamptz is null or (s.created_at, s.id) < ($4, $5)) order by s.created_at desc, s.id desc limit $6`,
      [this.settings.sessionIdleMinutes, query.user ?? null, query.q ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    const shown = items.map((row) => ({
      id: row['id'] as string,
      userId: row['user_id'] as string,
      user: row['name'] as string,
      email: row['email'] as string,
      method: row['method'] as string,
      address: row['address'] as string | null,
      device: row['device'] as string | null,
      startedAt: (row['created_at'] as Date).toISOString(),
      lastSeenAt: (row['last_seen_at'] as Date).toISOString(),
      expiresAt: (row['expires_at'] as Date).toISOString(),
      current: row['id'] === caller.sessionId,
    }));
    return { items: shown, next };
  }

  /** Ends one; of `userId` only when it is given. */
  async end(id: string, actor: Actor, userId?: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const [row] = await tx.query<Row>(
        `update session s set ended_at = now() from user_account u
         where s.id = $1 and u.id = s.user_id and s.ended_at is null and ($2::text is null or s.user_id = $2) returning u.id, u.name`,
        [id, userId ?? null],
      );
      if (!row) throw new Problem('NOT_FOUND', `There is no session ${id} under way.`);
      const own = row['id'] === actor.id;
      await this.audit.record(tx, actor, {
        action: 'session.ended',
        object: { kind: 'user', id: row['id'] as string },
        summary: own ? `${actor.name} ended a session` : `${actor.name} ended a session of ${row['name'] as string}`,
        before: { session: id },
      });
    });
  }

  /** In the transaction of what makes them invalid; one may be kept. Returns how many ended. */
  async endAll(tx: Tx, userId: string, but?: string): Promise<number> {
    const ended = await tx.query('update session set ended_at = now() where user_id = $1 and ended_at is null and id <> $2 returning id', [
      userId,
      but ?? '',
    ]);
    return ended.length;
  }

  async endOthers(caller: Caller, actor: Actor): Promise<number> {
    return this.db.transaction(async (tx) => {
      const ended = await this.endAll(tx, caller.id, caller.sessionId);
      await this.audit.record(tx, actor, {
        action: 'session.others-ended',
        object: { kind: 'user', id: caller.id },
        summary: `${caller.name} ended ${ended} other sessions`,
      });
      return ended;
    });
  }

  /** The device of this user that a cookie names. Its owner is not held up by those who guess from elsewhere. */
  async deviceOf(email: string, token: string | undefined): Promise<string | undefined> {
    if (token === undefined) return undefined;
    const [row] = await this.db.query<{ id: string }>(
      `select d.id from known_device d join user_account u on u.id = d.user_id
       where d.token_hash = $1 and u.email = $2 and d.last_used_at > now() - interval '${deviceDays} days'`,
      [hashOf(token), email.toLowerCase()],
    );
    return row?.id;
  }

  /** Remembers the device after a sign-in; returns the token of a new one. The oldest of more than twenty are forgotten. */
  async remember(tx: Tx, userId: string, known: string | undefined): Promise<string | undefined> {
    if (known !== undefined) {
      await tx.query('update known_device set last_used_at = now() where id = $1', [known]);
      return undefined;
    }
    const token = newToken();
    await tx.query('insert into known_device (id, user_id, token_hash) values ($1, $2, $3)', [newId('dev'), userId, hashOf(token)]);
    await tx.query(
      'delete from known_device where id in (select id from known_device where user_id = $1 order by last_used_at desc, id desc offset $2)',
      [userId, devicesMax],
    );
    return token;
  }

  /** After a new password by mail, or when the account is disabled: whoever held a device starts as a stranger. */
  async forgetDevices(tx: Tx, userId: string): Promise<void> {
    await tx.query('delete from known_device where user_id = $1', [userId]);
  }
}

export function callerOfUser(row: Row): Caller {
  const names = row['roles'] as string[];
  return {
    kind: 'user',
    id: row['id'] as string,
    name: row['name'] as string,
    email: row['email'] as string,
    roles: names,
    permissions: permissionsOf(names),
    scope: entityScope(row['legal_entities'] as string[], permissionsOf(names)),
    hands: [row['id'] as string],
  };
}
