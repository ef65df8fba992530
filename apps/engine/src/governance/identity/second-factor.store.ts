import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Database, type Row, type Tx } from '../../platform/database/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { AuditStore } from '../audit/audit.store.js';
import { SecretStore } from '../secrets/secrets.store.js';
import { passwordFits } from './passwords.store.js';
import { SessionStore } from './sessions.store.js';
import { subjects, ThrottleStore } from './throttle.store.js';
import { hashOf } from './tokens.store.js';
import { enrolmentAddress, plainRecoveryCode, recoveryCode, recoveryCodesMax, secretText, stepOfCode } from './totp.js';

const owner = (userId: string): string => `user/${userId}`;

/** The second factor of a user: a secret that an authenticator app shares, sealed like every secret, and codes on paper for the day it is lost. */
@Injectable()
export class SecondFactorStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(SecretStore) private readonly secrets: SecretStore,
    @Inject(SessionStore) private readonly sessions: SessionStore,
    @Inject(ThrottleStore) private readonly throttle: ThrottleStore,
  ) {}

  async state(userId: string) {
    const [row] = await this.db.query<{ confirmed_at: Date | null; left: string; has_password: boolean }>(
      `select f.confirmed_at, u.password_hash is not null as has_password,
         (select count(*) from recovery_code c where c.user_id = u.id and c.used_at is null) as left
       from user_account u left join second_factor f on f.user_id = u.id where u.id = $1`,
      [userId],
    );
    const since = row?.confirmed_at ?? null;
    return {
      enrolled: since !== null,
      since: since?.toISOString() ?? null,
      recoveryCodesLeft: Number(row?.left ?? 0),
      hasPassword: row?.has_password === true,
    };
  }

  /** Does this user need a code to sign in? */
  async isNeeded(userId: string): Promise<boolean> {
    return (await this.db.query('select 1 as one from second_factor where user_id = $1', [userId])).length > 0;
  }

  /** Takes a code of the app or of the paper, once. The row's lock makes two requests with one code stand in line. */
  async use(tx: Tx, userId: string, code: string): Promise<'app' | 'recovery' | undefined> {
    const [row] = await tx.query<{ last_step: string }>('select last_step from second_factor where user_id = $1 for update', [userId]);
    if (!row) return undefined;
    const { totp } = await this.secrets.open(owner(userId), tx);
    const step = stepOfCode(totp!, code, await clock(tx), Number(row.last_step));
    if (step !== undefined) {
      await tx.query('update second_factor set last_step = $2 where user_id = $1', [userId, step]);
      return 'app';
    }
    const used = await tx.query(
      'update recovery_code set used_at = now() where user_id = $1 and code_hash = $2 and used_at is null returning 1 as one',
      [userId, hashOf(plainRecoveryCode(code))],
    );
    return used.length > 0 ? 'recovery' : undefined;
  }

  /** A new secret, not yet in force: a code of it confirms that the app has it. */
  async begin(caller: Caller, password: string): Promise<{ secret: string; address: string }> {
    await this.askPassword(caller, password);
    const secret = secretText(randomBytes(20));
    await this.db.transaction(async (tx) => {
      await this.refuseEnrolled(tx, caller.id);
      await this.secrets.put(tx, owner(caller.id), { totpToConfirm: secret });
    });
    return { secret, address: enrolmentAddress(secret, caller.email ?? caller.name) };
  }

  async confirm(caller: Caller, code: string, actor: Actor): Promise<string[]> {
    await this.throttle.take([subjects.person(caller.id)]);
    return this.db.transaction(async (tx) => {
      await this.refuseEnrolled(tx, caller.id);
      const { totpToConfirm } = await this.secrets.open(owner(caller.id), tx);
      if (totpToConfirm === undefined) throw new Problem('SECOND_FACTOR_STATE', 'No second factor was begun.');
      const step = stepOfCode(totpToConfirm, code, await clock(tx), 0);
      if (step === undefined)
        throw new Problem('SECOND_FACTOR_WRONG', 'The code does not belong to this secret and time.', { path: '/code' });
      await this.secrets.put(tx, owner(caller.id), { totp: totpToConfirm });
      await this.secrets.remove(tx, owner(caller.id), 'totpToConfirm');
      await tx.query('insert into second_factor (user_id, last_step) values ($1, $2)', [caller.id, step]);
      await this.sessions.endAll(tx, caller.id, caller.sessionId);
      await this.throttle.succeeded(tx, [], [subjects.person(caller.id)]);
      await this.audit.record(tx, actor, {
        action: 'second-factor.enrolled',
        object: { kind: 'user', id: caller.id },
        summary: `${caller.name} signs in with a second factor from now on`,
      });
      return this.newCodes(tx, caller.id);
    });
  }

  async renewCodes(caller: Caller, password: string, actor: Actor): Promise<string[]> {
    await this.askPassword(caller, password);
    return this.db.transaction(async (tx) => {
      await this.refuseNotEnrolled(tx, caller.id);
      await this.audit.record(tx, actor, {
        action: 'second-factor.codes-renewed',
        object: { kind: 'user', id: caller.id },
        summary: `${caller.name} made new recovery codes`,
      });
      return this.newCodes(tx, caller.id);
    });
  }

  async remove(caller: Caller, password: string, actor: Actor): Promise<void> {
    await this.askPassword(caller, password);
    await this.db.transaction(async (tx) => {
      await this.refuseNotEnrolled(tx, caller.id);
      await this.clear(tx, caller.id);
      await this.sessions.endAll(tx, caller.id, caller.sessionId);
      await this.audit.record(tx, actor, {
        action: 'second-factor.removed',
        object: { kind: 'user', id: caller.id },
        summary: `${caller.name} signs in without a second factor from now on`,
      });
    });
  }

  /** By an administrator, for somebody who has lost the device and the codes. */
  async reset(userId: string, actor: Actor): Promise<void> {
    await this.db.transaction(async (tx) => {
      const [user] = await tx.query<Row>('select name from user_account where id = $1', [userId]);
      if (!user) throw new Problem('NOT_FOUND', `There is no user ${userId}.`);
      await this.refuseNotEnrolled(tx, userId);
      await this.clear(tx, userId);
      await this.sessions.endAll(tx, userId);
      await this.audit.record(tx, actor, {
        action: 'second-factor.reset',
        object: { kind: 'user', id: userId },
        summary: `${actor.name} took the second factor from ${user['name'] as string}`,
      });
    });
  }

  /** Before what a stolen session must not do. */
  async askPassword(caller: Caller, password: string): Promise<void> {
    if (caller.kind !== 'user') throw new Problem('FORBIDDEN', 'An API key has no password and no second factor.');
    const [user] = await this.db.query<Row>('select password_hash from user_account where id = $1', [caller.id]);
    if (user?.['password_hash'] === null)
      throw new Problem('FORBIDDEN', `${caller.name} signs in through the provider and has no password here.`, {
        remedy: 'Set the password and the second factor at the provider.',
      });
    const subject = subjects.person(caller.id);
    await this.throttle.take([subject]);
    if (!(await passwordFits(password, user?.['password_hash'] as string | undefined)))
      throw new Problem('PASSWORD_WRONG', 'The current password is wrong.', { path: '/current' });
    await this.db.transaction((tx) => this.throttle.succeeded(tx, [], [subject]));
  }

  private async clear(tx: Tx, userId: string): Promise<void> {
    await tx.query('delete from recovery_code where user_id = $1', [userId]);
    await tx.query('delete from second_factor where user_id = $1', [userId]);
    await this.secrets.remove(tx, owner(userId), 'totp', 'totpToConfirm');
  }

  /** Shown once; the database keeps hashes. The old ones are worth nothing any more. */
  private async newCodes(tx: Tx, userId: string): Promise<string[]> {
    const codes = Array.from({ length: recoveryCodesMax }, () => recoveryCode(randomBytes(16)));
    await tx.query('delete from recovery_code where user_id = $1', [userId]);
    await tx.query('insert into recovery_code (user_id, code_hash) select $1, unnest($2::bytea[])', [
      userId,
      codes.map((code) => hashOf(plainRecoveryCode(code))),
    ]);
    return codes;
  }

  private async refuseEnrolled(tx: Tx, userId: string): Promise<void> {
    await tx.query('select 1 as one from user_account where id = $1 for update', [userId]);
    const rows = await tx.query('select 1 as one from second_factor where user_id = $1', [userId]);
    if (rows.length > 0) throw new Problem('SECOND_FACTOR_STATE', 'There is a second factor already.', { remedy: 'Remove it first.' });
  }

  private async refuseNotEnrolled(tx: Tx, userId: string): Promise<void> {
    const rows = await tx.query('select 1 as one from second_factor where user_id = $1 for update', [userId]);
    if (rows.length === 0) throw new Problem('SECOND_FACTOR_STATE', 'There is no second factor.');
  }
}

/** The database's time: every process judges a code by one clock. */
async function clock(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ now: Date }>('select clock_timestamp() as now');
  return row!.now.getTime();
}
