import { Inject, Injectable } from '@nestjs/common';
import { grantRefused, isConnectorFailure, isTransportFailure, retryable, type Login } from '@waybill/sdk';
import { SecretStore } from '../../governance/index.js';
import { Database, type Row, type Sql, type Tx } from '../../platform/database/index.js';
import { knownSecrets } from '../../platform/telemetry/index.js';
import { isGood, type LoginAsk } from './shared-log-in.js';

export interface Kept {
  madeFrom: string;
  login: Login;
}

export interface ShownLogin {
  keptAt: string | null;
  goodUntil: string | null;
  refusedAt: string | null;
  refusedBecause: string | null;
}

/**
 * The logins that connections share over all processes, sealed like every secret. A renewal happens under a lock and is stored in the same
 * transaction: whoever waits for the lock finds the new login, and a rotated refresh token is never used by two.
 *
 * The vendor has rotated before we commit. When the commit fails, this process keeps the new login and stores it at its next chance; when it dies in
 * that moment, the old refresh token is tried again, which vendors allow for a while for this very case (Xero 30 minutes, Intuit 24 hours).
 */
@Injectable()
export class LoginStore {
  private readonly unsaved = new Map<string, Kept>();
  /** The values of each connection that are hidden from the log. */
  private readonly hidden = new Map<string, readonly string[]>();

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SecretStore) private readonly secrets: SecretStore,
  ) {}

  /** Throws what `renew` throws, and `retryable` when the database does not answer: nothing was posted yet. */
  async current(connection: string, ask: LoginAsk, renew: (before: Login | undefined) => Promise<Login>): Promise<Login> {
    try {
      return usable(await this.read(connection, this.db), ask) ?? (await this.renewed(connection, ask, renew));
    } catch (error) {
      if (isConnectorFailure(error) || isTransportFailure(error)) throw error;
      throw retryable({
        code: 'login-not-kept',
        message: `The login of ${connection} could not be read or stored: ${(error as Error).message}`,
      });
    }
  }

  private async renewed(connection: string, ask: LoginAsk, renew: (before: Login | undefined) => Promise<Login>): Promise<Login> {
    let fresh: Login | undefined;
    try {
      return await this.db.transaction(async (tx) => {
        await this.lock(tx, connection);
        const kept = await this.read(connection, tx);
        const good = usable(kept, ask);
        if (good) return good;
        const unsaved = this.unsaved.get(connection);
        // A transaction that is tried again does not renew again, nor does one after a commit that failed: the vendor has rotated already.
        fresh ??= usable(unsaved, ask) ?? (await renew([unsaved, kept].find((one) => one?.madeFrom === ask.madeFrom)?.login));
        await this.write(tx, connection, { madeFrom: ask.madeFrom, login: fresh });
        tx.afterCommit(() => this.unsaved.delete(connection));
        return fresh;
      });
    } catch (error) {
      if (fresh) this.unsaved.set(connection, { madeFrom: ask.madeFrom, login: fresh });
      if (isConnectorFailure(error) && error.facts.code === grantRefused) await this.refused(connection, ask.madeFrom, error.message);
      throw error;
    }
  }

  /** In the transaction of a consent: its login instead of whatever is there. Whoever renews meanwhile waits, and finds the new one. */
  async replace(tx: Tx, connection: string, kept: Kept): Promise<void> {
    await this.lock(tx, connection);
    await this.write(tx, connection, kept);
    tx.afterCommit(() => this.unsaved.delete(connection));
  }

  /** What may be shown of the login of a connection. */
  async shown(connection: string): Promise<ShownLogin | undefined> {
    const [row] = await this.db.query<Row>('select * from connection_login where connection = $1', [connection]);
    const iso = (value: unknown) => (value instanceof Date ? value.toISOString() : null);
    return (
      row && {
        keptAt: iso(row['kept_at']),
        goodUntil: iso(row['good_until']),
        refusedAt: iso(row['refused_at']),
        refusedBecause: row['refused_because'] as string | null,
      }
    );
  }

  private lock(tx: Tx, connection: string): Promise<void> {
    return lockLogin(tx, connection);
  }

  /** For good: only a new consent helps. A process that still has older settings says nothing of the login that is there now. */
  private async refused(connection: string, madeFrom: string, why: string): Promise<void> {
    await this.db.query(
      `insert into connection_login (connection, made_from, refused_at, refused_because) values ($1, $2, now(), $3)
       on conflict (connection) do update set refused_at = excluded.refused_at, refused_because = excluded.refused_because
       where connection_login.made_from = excluded.made_from and connection_login.refused_at is null`,
      [connection, madeFrom, knownSecrets.hide(why).slice(0, 500)],
    );
  }

  private async read(connection: string, sql: Sql): Promise<Kept | undefined> {
    const { made, token, renewWith } = await this.secrets.open(ownerOf(connection), sql);
    if (made === undefined || token === undefined) return undefined;
    const { from, until } = JSON.parse(made) as { from: string; until?: string };
    this.replaced(connection, [token, renewWith]);
    return {
      madeFrom: from,
      login: { token, ...(until === undefined ? {} : { until }), ...(renewWith === undefined ? {} : { renewWith }) },
    };
  }

  /** Token and refresh token are secrets of their own, so that both are known to whatever hides secrets in logs and in the words of others. */
  private async write(tx: Tx, connection: string, { madeFrom, login }: Kept): Promise<void> {
    const owner = ownerOf(connection);
    const { token, until, renewWith } = login;
    if (renewWith === undefined) await this.secrets.remove(tx, owner, 'renewWith');
    await this.secrets.put(tx, owner, {
      made: JSON.stringify({ from: madeFrom, until }),
      token,
      ...(renewWith === undefined ? {} : { renewWith }),
    });
    await tx.query(
      `insert into connection_login (connection, made_from, good_until, kept_at) values ($1, $2, $3, now())
       on conflict (connection) do update set made_from = excluded.made_from, good_until = excluded.good_until, kept_at = excluded.kept_at, refused_at = null, refused_because = null`,
      [connection, madeFrom, until ?? null],
    );
    this.replaced(connection, [token, renewWith]);
  }

  /** What was there before is over. */
  private replaced(connection: string, now: readonly (string | undefined)[]): void {
    for (const value of this.hidden.get(connection) ?? []) if (!now.includes(value)) knownSecrets.forget(value);
    this.hidden.set(
      connection,
      now.filter((value) => value !== undefined),
    );
  }
}

const ownerOf = (connection: string): string => `login/${connection}`;

async function lockLogin(tx: Tx, connection: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 11))', [ownerOf(connection)]);
}

/** Tokens and all. A renewal that is under way ends before; in a transaction that holds the connection's row, as that of a consent does. */
export async function forgetLogin(tx: Tx, secrets: SecretStore, connection: string): Promise<void> {
  await lockLogin(tx, connection);
  await secrets.remove(tx, ownerOf(connection), 'made', 'token', 'renewWith');
  await tx.query('delete from connection_login where connection = $1', [connection]);
}

const usable = (kept: Kept | undefined, { madeFrom, refused }: LoginAsk): Login | undefined =>
  kept !== undefined && kept.madeFrom === madeFrom && kept.login.token !== refused && isGood(kept.login, new Date())
    ? kept.login
    : undefined;
