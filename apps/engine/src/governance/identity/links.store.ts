import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../config/index.js';
import { Database, type Row, type Tx } from '../../platform/database/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Mailer } from '../../platform/mail/index.js';
import { Problem } from '../../platform/problems/index.js';
import type { Logger } from '../../platform/telemetry/index.js';
import { LOGGER, SETTINGS } from '../../platform/tokens.js';
import { permissionsOf } from '../access/permissions.js';
import { AuditStore } from '../audit/audit.store.js';
import { refuseWiderEntities } from './entities.js';
import { addUser, shapeUser } from './identity.store.js';
import { refuseWeakPassword } from './password-rules.js';
import { hashPassword } from './passwords.store.js';
import { refuseUnknownRoles, refuseWiderRights } from './rights.js';
import { SessionStore } from './sessions.store.js';
import { subjects, ThrottleStore } from './throttle.store.js';
import { hashOf, newToken } from './tokens.store.js';

type Purpose = 'invitation' | 'reset';

const lifeHours: Record<Purpose, number> = { invitation: 7 * 24, reset: 1 };

/** What becomes of a link: it was mailed, or, without a mail server, the administrator who asked for it hands it on. It is shown once. */
export interface HandedOut {
  mailed: boolean;
  link: string | null;
}

/** Invitations and new passwords: a link with a token that works once, for a while, and whose hash alone is kept. */
@Injectable()
export class LinkStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(SessionStore) private readonly sessions: SessionStore,
    @Inject(ThrottleStore) private readonly throttle: ThrottleStore,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async invite(input: { email: string; name: string; roles: string[]; legalEntities?: string[] | undefined }, actor: Actor, giver: Caller) {
    refuseUnknownRoles(input.roles);
    refuseWiderEntities(input.legalEntities ?? [], giver.scope);
    refuseWiderRights(permissionsOf(input.roles), giver, '/roles');
    const { user, token } = await this.db.transaction(async (tx) => {
      const row = await addUser(tx, { ...input, hash: null });
      await this.audit.record(tx, actor, {
        action: 'user.invited',
        object: { kind: 'user', id: row['id'] as string },
        summary: `${actor.name} invited ${input.email} (${input.roles.join(', ')})`,
        after: { email: input.email, roles: input.roles, legalEntities: input.legalEntities ?? [] },
      });
      return { user: row, token: await this.newLink(tx, row['id'] as string, 'invitation') };
    });
    return { user: shapeUser({ ...user, link_open: true }), ...(await this.handOut(user, 'invitation', token)) };
  }

  /** By an administrator: the invitation again, or a new password for somebody who has forgotten theirs. The link before is void. */
  async renew(userId: string, actor: Actor, giver: Caller): Promise<HandedOut> {
    const { user, purpose, token } = await this.db.transaction(async (tx) => {
      const [row] = await tx.query<Row>('select * from user_account where id = $1 for update', [userId]);
      if (!row) throw new Problem('NOT_FOUND', `There is no user ${userId}.`);
      if (row['disabled_at'] !== null)
        throw new Problem('CONFLICT', `${row['name'] as string} is disabled.`, { remedy: 'Enable the user first.' });
      if (row['roles_from'] === 'provider')
        throw new Problem('CONFLICT', `${row['name'] as string} signs in through the provider and has no password here.`, {
          remedy: 'Reset the password at the provider.',
        });
      // Whoever holds the link is that user: it is not for the hands of somebody who may do less.
      refuseWiderRights(permissionsOf(row['roles'] as string[]), giver, '/id');
      refuseWiderEntities(row['legal_entities'] as string[], giver.scope);
      const why: Purpose = row['password_hash'] === null ? 'invitation' : 'reset';
      await this.audit.record(tx, actor, {
        action: why === 'invitation' ? 'user.invited' : 'user.reset-begun',
        object: { kind: 'user', id: userId },
        summary:
          why === 'invitation'
            ? `${actor.name} invited ${row['email'] as string} again`
            : `${actor.name} let ${row['email'] as string} choose a new password`,
      });
      return { user: row, purpose: why, token: await this.newLink(tx, userId, why) };
    });
    return this.handOut(user, purpose, token);
  }

  /** By anybody, for an address that may be known here: the answer never says. The mail goes out beside it, so that time does not say either. */
  async forgotten(email: string, address: string): Promise<void> {
    await this.throttle.take([subjects.letterAddress(address)]);
    const mayWrite = await this.throttle.takeQuietly(subjects.letter(email));
    if (!mayWrite || !this.mailer.isOn) return;
    void this.writeForgotten(email).catch((error: Error) => this.log.warn({ event: 'reset-not-mailed', error: error.message }));
  }

  private async writeForgotten(email: string): Promise<void> {
    const begun = await this.db.transaction(async (tx) => {
      const [user] = await tx.query<Row>(
        "select * from user_account where email = $1 and disabled_at is null and roles_from = 'waybill' for update",
        [email.toLowerCase()],
      );
      if (!user) return undefined;
      const purpose: Purpose = user['password_hash'] === null ? 'invitation' : 'reset';
      const token = await this.newLink(tx, user['id'] as string, purpose);
      await this.audit.record(
        tx,
        { kind: 'engine', id: 'nobody', name: 'Somebody' },
        {
          action: 'user.reset-asked',
          object: { kind: 'user', id: user['id'] as string },
          summary: `Somebody asked for a new password of ${email.toLowerCase()}`,
        },
      );
      return { user, purpose, token };
    });
    if (begun) await this.post(begun.user, begun.purpose, begun.token);
  }

  /** Whom the link is for; LINK_INVALID when it is worth nothing. */
  async read(token: string) {
    const row = await openLink(this.db, token);
    return { purpose: row['purpose'] as Purpose, email: row['email'] as string, name: row['name'] as string };
  }

  /** Sets the password. Every session and known device of the user ends; the second factor stays. */
  async use(token: string, password: string, actor: Actor): Promise<{ email: string }> {
    const known = await openLink(this.db, token);
    refuseWeakPassword(password, { email: known['email'] as string, name: known['name'] as string }, '/password');
    const hash = await hashPassword(password);
    return this.db.transaction(async (tx) => {
      const row = await openLink(tx, token);
      const userId = row['user_id'] as string;
      // Of two that use it at the same moment the second waits for the row here, and finds it ended.
      const ended = await tx.query('update user_link set ended_at = now() where id = $1 and ended_at is null returning id', [row['id']]);
      if (ended.length === 0) throw spent();
      await tx.query('update user_account set password_hash = $2 where id = $1', [userId, hash]);
      await this.sessions.endAll(tx, userId);
      await this.sessions.forgetDevices(tx, userId);
      await this.throttle.succeeded(tx, [], [subjects.account(row['email'] as string)]);
      const invited = row['purpose'] === 'invitation';
      await this.audit.record(
        tx,
        { ...actor, kind: 'user', id: userId, name: row['name'] as string },
        {
          action: invited ? 'user.joined' : 'user.password-reset',
          object: { kind: 'user', id: userId },
          summary: `${row['name'] as string} ${invited ? 'accepted the invitation' : 'set a new password by a link'}`,
        },
      );
      return { email: row['email'] as string };
    });
  }

  private async newLink(tx: Tx, userId: string, purpose: Purpose): Promise<string> {
    const token = newToken();
    await tx.query('update user_link set ended_at = now() where user_id = $1 and ended_at is null', [userId]);
    await tx.query(
      'insert into user_link (id, user_id, purpose, token_hash, expires_at) values ($1, $2, $3, $4, now() + make_interval(hours => $5))',
      [newId('lnk'), userId, purpose, hashOf(token), lifeHours[purpose]],
    );
    return token;
  }

  private async handOut(user: Row, purpose: Purpose, token: string): Promise<HandedOut> {
    if (!this.mailer.isOn) return { mailed: false, link: this.address(token) };
    try {
      await this.post(user, purpose, token);
    } catch (error) {
      this.log.warn({ event: 'mail-failed', purpose, error: (error as Error).message });
      const problem = new Problem('MAIL_FAILED', `The mail to ${user['email'] as string} could not be sent; the user is there.`);
      problem.cause = error;
      throw problem;
    }
    return { mailed: true, link: null };
  }

  private post(user: Row, purpose: Purpose, token: string): Promise<void> {
    return this.mailer.send({
      to: { name: user['name'] as string, address: user['email'] as string },
      letter: purpose,
      facts: {
        name: user['name'] as string,
        link: this.address(token),
        environment: this.settings.environment,
        validFor: purpose === 'invitation' ? '7 days' : 'one hour',
      },
    });
  }

  /** The token stands behind the `#`: no server, proxy or referrer ever gets it. */
  private address(token: string): string {
    const base = (this.settings.publicUrl ?? `http://localhost:${this.settings.port}`).replace(/\/$/, '');
    return `${base}/welcome#${token}`;
  }
}

async function openLink(sql: Tx | Database, token: string): Promise<Row> {
  const [row] = await sql.query<Row>(
    `select l.*, u.email, u.name from user_link l join user_account u on u.id = l.user_id
     where l.token_hash = $1 and l.ended_at is null and l.expires_at > now() and u.disabled_at is null`,
    [hashOf(token)],
  );
  if (!row) throw spent();
  return row;
}

const spent = (): Problem => new Problem('LINK_INVALID', 'The link was used, replaced, or is too old.');
