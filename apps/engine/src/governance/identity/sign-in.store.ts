import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row } from '../../platform/database/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { AuditStore } from '../audit/audit.store.js';
import { refuseWeakPassword } from './password-rules.js';
import { hashPassword, isOutdated, passwordFits } from './passwords.store.js';
import { SecondFactorStore } from './second-factor.store.js';
import { SessionStore, type Origin, type SignedIn } from './sessions.store.js';
import { subjects, ThrottleStore } from './throttle.store.js';

export interface Credentials {
  email: string;
  password: string;
  /** Of the second factor, when the user has one. */
  code?: string | undefined;
}

/** Sign-in with a password, and what a person changes about it. */
@Injectable()
export class SignInStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(SessionStore) private readonly sessions: SessionStore,
    @Inject(SecondFactorStore) private readonly secondFactor: SecondFactorStore,
    @Inject(ThrottleStore) private readonly throttle: ThrottleStore,
  ) {}

  /**
   * The session token, or a problem that is the same for a wrong password, an unknown user and a disabled one. Who comes with the cookie of a
   * device that has signed in before is counted for that device alone: others who guess from elsewhere do not lock the owner out.
   */
  async signIn(given: Credentials, from: Origin & { deviceToken: string | undefined }, actor: Actor) {
    const device = await this.sessions.deviceOf(given.email, from.deviceToken);
    const tried = device === undefined ? [subjects.address(from.address), subjects.account(given.email)] : [subjects.device(device)];
    await this.throttle.take(tried);
    const [user] = await this.db.query<Row>('select * from user_account where email = $1', [given.email.toLowerCase()]);
    const hash = user?.['password_hash'] as string | null | undefined;
    const fits = await passwordFits(given.password, hash);
    if (!user || !fits || user['disabled_at'] !== null) throw new Problem('SIGN_IN_FAILED', 'E-mail or password is wrong.');
    const needed = await this.secondFactor.isNeeded(user['id'] as string);
    if (needed && given.code === undefined) {
      // The password was right: asking for the code is no try. The account's own count stays, so that the code cannot be guessed this way.
      await this.db.transaction((tx) => this.throttle.succeeded(tx, tried, []));
      throw new Problem('SECOND_FACTOR_NEEDED', 'The password is right; the code of the second factor is missing.', { path: '/code' });
    }
    const fresh = isOutdated(hash) ? await hashPassword(given.password) : undefined;
    return this.db.transaction(async (tx) => {
      const used = needed ? await this.secondFactor.use(tx, user['id'] as string, given.code!) : undefined;
      if (needed && used === undefined)
        throw new Problem('SECOND_FACTOR_WRONG', 'The code is wrong, or it was used before.', { path: '/code' });
      const proven = device === undefined ? [subjects.account(given.email)] : tried;
      await this.throttle.succeeded(tx, tried, proven);
      if (fresh !== undefined) await tx.query('update user_account set password_hash = $2 where id = $1', [user['id'], fresh]);
      const deviceToken = await this.sessions.remember(tx, user['id'] as string, device);
      const started = await this.sessions.start(tx, user, 'password', from, actor);
      if (used === 'recovery')
        await this.audit.record(
          tx,
          { ...actor, kind: 'user', id: user['id'] as string, name: user['name'] as string },
          {
            action: 'second-factor.recovery-code-used',
            object: { kind: 'user', id: user['id'] as string },
            summary: `${user['name'] as string} signed in with a recovery code`,
          },
        );
      return { ...started, deviceToken };
    });
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

  /** Every session ends, also this one, whose token somebody may have copied; the answer brings a new one. */
  async changePassword(caller: Caller, current: string, next: string, from: Origin, actor: Actor): Promise<SignedIn> {
    await this.secondFactor.askPassword(caller, current);
    refuseWeakPassword(next, { email: caller.email ?? '', name: caller.name }, '/next');
    const hash = await hashPassword(next);
    return this.db.transaction(async (tx) => {
      const [user] = await tx.query<Row>('update user_account set password_hash = $2 where id = $1 returning *', [caller.id, hash]);
      await this.sessions.endAll(tx, caller.id);
      await tx.query('update user_link set ended_at = now() where user_id = $1 and ended_at is null', [caller.id]);
      await this.audit.record(tx, actor, {
        action: 'user.password-changed',
        object: { kind: 'user', id: caller.id },
        summary: `${caller.name} changed the password`,
      });
      return this.sessions.start(tx, user!, 'password', from, actor);
    });
  }
}
