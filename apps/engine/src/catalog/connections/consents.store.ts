import { Inject, Injectable } from '@nestjs/common';
import {
  consentAddress,
  isConnectorFailure,
  isTransportFailure,
  loginMark,
  redeemCode,
  scopesIn,
  type Consent,
  type ConsentAsk,
  type ConsentedAccount,
  type JsonObject,
  type Login,
} from '@waybill/sdk';
import { createHash, randomBytes } from 'node:crypto';
import type { Settings } from '../../config/index.js';
import { AuditStore, SecretStore } from '../../governance/index.js';
import { Database, type Row } from '../../platform/database/index.js';
import { EgressClient } from '../../platform/egress/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import { knownSecrets, type Logger } from '../../platform/telemetry/index.js';
import { LOGGER, SETTINGS } from '../../platform/tokens.js';
import { answeredTo, askedOf, scopesLacking } from './consent-answer.js';
import { ConnectionStore, connectorNamed, type ConnectionRecord, type OpenConnection } from './connections.store.js';
import { LoginStore } from './logins.store.js';

export const consentMinutes = 10;
const exchangeMs = 30_000;

/**
 * Letting connections in at the vendor's own page: OAuth 2.0, authorization code. An attempt belongs to one session and one connection, is found by a hash of its
 * state, is deleted by whoever uses it, and is over after ten minutes. Each vendor has a redirect URI of its own, so a code of one is never shown to another.
 * The calls go through the one client for everything outbound, and need no turn of the connection: it may be resting just because it is not connected.
 */
@Injectable()
export class ConsentStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(LoginStore) private readonly logins: LoginStore,
    @Inject(SecretStore) private readonly secrets: SecretStore,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(EgressClient) private readonly egress: EgressClient,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** What a connection shows; null where its connector has no consent. */
  async shown(record: ConnectionRecord, secretsSet: Record<string, string>) {
    const { consent, name } = connectorNamed(record.connector);
    if (!consent) return null;
    const missing = consent.needs.filter((field) => record.settings[field] === undefined && secretsSet[field] === undefined);
    const wanted = missing.length > 0 ? [] : [...consent.ask(record.settings).scopes];
    const [row] = await this.db.query<Row>('select * from connection_consent where connection = $1', [record.name]);
    const granted = (row?.['scopes_granted'] ?? null) as string[] | null;
    const login = await this.logins.shown(record.name);
    return {
      redirectUri: this.redirectUri(name),
      missing,
      scopesWanted: wanted,
      given: row
        ? {
            at: (row['given_at'] as Date).toISOString(),
            by: row['given_by'] as string,
            account: row['account'] as string,
            scopesGranted: granted,
            scopesMissing: scopesLacking(wanted, granted ?? (row['scopes_wanted'] as string[])),
          }
        : null,
      login: login
        ? { renewedAt: login.keptAt, goodUntil: login.goodUntil, refusedAt: login.refusedAt, refusedBecause: login.refusedBecause }
        : null,
    };
  }

  /** Where the browser goes. */
  async begin(name: string, caller: Caller, actor: Actor): Promise<string> {
    const connection = await this.connections.open(name);
    const consent = consentOf(connection);
    const missing = consent.needs.filter((field) => connection.settings[field] === undefined);
    if (missing.length > 0) throw new Problem('CONSENT_SETTINGS', `${name} has no ${missing.join(' and no ')} yet.`);
    const session = sessionOf(caller);
    const ask = consent.ask(connection.settings);
    const [state, verifier, id] = [token(), token(), newId('cst')];
    await this.db.transaction(async (tx) => {
      await tx.query('delete from consent_attempt where expires_at < now() or (session_id = $1 and connection = $2)', [session, name]);
      await tx.query(
        "delete from secret s where s.owner like 'consent/%' and not exists (select 1 from consent_attempt a where s.owner = 'consent/' || a.id)",
      );
      await tx.query(
        `insert into consent_attempt (id, connection, session_id, state_hash, asked, expires_at) values ($1, $2, $3, $4, $5, now() + interval '${consentMinutes} minutes')`,
        [id, name, session, hashOf(state), askedOf(ask)],
      );
      if (consent.pkce) await this.secrets.put(tx, ownerOf(id), { verifier });
      await this.audit.record(tx, actor, {
        action: 'connection.consent-begun',
        object: { kind: 'connection', id: name },
        summary: `${actor.name} went to ${connection.connector.title} to connect ${name}`,
        after: { scopes: ask.scopes },
      });
    });
    const challenge = consent.pkce ? createHash('sha256').update(verifier).digest('base64url') : undefined;
    return consentAddress(ask, { redirectUri: this.redirectUri(connection.connector.name), state, challenge });
  }

  /** `search`: what the vendor put behind the question mark. `connector`: as the redirect URI names it. */
  async finish(
    came: { connector: string; search: string },
    caller: Caller,
    actor: Actor,
  ): Promise<{ connection: string; account: string }> {
    const answered = answeredTo(came.search);
    const attempt = await this.take(answered.state, sessionOf(caller));
    const connection = await this.connections.open(attempt.connection);
    const consent = consentOf(connection);
    const { name } = connection.record;
    const ask = consent.ask(connection.settings);
    if (came.connector !== connection.connector.name || attempt.asked !== askedOf(ask))
      throw new Problem('CONSENT_ATTEMPT', `${name} leads elsewhere than when the consent was begun.`);
    if ('error' in answered)
      throw new Problem(
        'CONSENT_REFUSED',
        `${connection.connector.title} gave no consent for ${name}${answered.error && ` (${answered.error})`}.`,
      );
    const { login, account, granted } = await this.redeem(connection, consent, { ask, attempt, answered });
    for (const [field, value] of Object.entries(account.settings)) {
      const own = connection.record.settings[field];
      if (own !== undefined && String(own).toLowerCase() !== String(value).toLowerCase())
        throw new Problem(
          'CONSENT_OTHER_ACCOUNT',
          `The consent is for ${account.title} (${field} ${String(value)}); ${name} leads to ${String(own)}.`,
        );
    }
    const secrets = { [consent.keptIn]: login.renewWith! };
    await this.db.transaction(async (tx) => {
      await this.connections.connect(tx, connection, { settings: account.settings, secrets }, actor);
      const madeFrom = loginMark(consent.grant({ ...connection.settings, ...account.settings, ...secrets }));
      await this.logins.replace(tx, name, { madeFrom, login });
      await tx.query(
        `insert into connection_consent (connection, account, scopes_wanted, scopes_granted, given_by, user_id) values ($1, $2, $3, $4, $5, $6)
         on conflict (connection) do update set account = excluded.account, scopes_wanted = excluded.scopes_wanted, scopes_granted = excluded.scopes_granted,
           given_at = now(), given_by = excluded.given_by, user_id = excluded.user_id`,
        [name, account.title, ask.scopes, granted ?? null, actor.name, actor.id],
      );
      await this.audit.record(tx, actor, {
        action: 'connection.connected',
        object: { kind: 'connection', id: name },
        summary: `${actor.name} connected ${name} to ${account.title}`,
        before: { settings: connection.record.settings },
        after: {
          settings: { ...connection.record.settings, ...account.settings },
          secretsSet: Object.keys(secrets),
          scopesWanted: ask.scopes,
          scopesGranted: granted ?? null,
        },
      });
    });
    return { connection: name, account: account.title };
  }

  /** The attempt that this state belongs to, in this session; it is over with that, whatever comes next. */
  private async take(state: string, session: string): Promise<{ connection: string; asked: string; verifier: string | undefined }> {
    const taken = await this.db.transaction(async (tx) => {
      const [row] = await tx.query<Row>(
        'delete from consent_attempt where state_hash = $1 and session_id = $2 returning *, expires_at > now() as good',
        [hashOf(state), session],
      );
      if (!row) return undefined;
      const owner = ownerOf(row['id'] as string);
      const { verifier } = await this.secrets.open(owner, tx);
      await this.secrets.remove(tx, owner, 'verifier');
      return row['good'] === true ? { connection: row['connection'] as string, asked: row['asked'] as string, verifier } : undefined;
    });
    if (!taken) throw new Problem('CONSENT_ATTEMPT', 'This session has begun no such consent, or too long ago, or it was used.');
    return taken;
  }

  /** The code for its first login, and whose account that is. Nothing is kept yet. */
  private async redeem(
    { record, connector, settings }: OpenConnection,
    consent: Consent,
    of: { ask: ConsentAsk; attempt: { verifier: string | undefined }; answered: { code: string; callback: Record<string, string> } },
  ): Promise<{ login: Login; account: ConsentedAccount; granted: readonly string[] | undefined }> {
    const context = { settings, http: this.egress.bind({ signal: AbortSignal.timeout(exchangeMs) }), now: () => new Date() };
    const { tokenUrl, client } = of.ask;
    const { code, callback } = of.answered;
    let redeemed: { login: Login; answer: JsonObject };
    let account: ConsentedAccount;
    try {
      redeemed = await redeemCode(context, {
        tokenUrl,
        client,
        code,
        redirectUri: this.redirectUri(connector.name),
        verifier: of.attempt.verifier,
      });
      for (const value of [redeemed.login.token, redeemed.login.renewWith]) if (value !== undefined) knownSecrets.remember(value);
      account = await consent.account(context, { callback, answer: redeemed.answer, token: redeemed.login.token });
    } catch (error) {
      throw this.told(error, record.name);
    }
    const { login, answer } = redeemed;
    if (login.renewWith === undefined)
      throw new Problem('CONSENT_FAILED', `${connector.title} gave no refresh token.`, {
        remedy: 'Look at the vendor whether the app may work while nobody is there (offline access); then connect again.',
      });
    return { login, account, granted: account.scopes ?? scopesIn(answer) };
  }

  private told(error: unknown, connection: string): unknown {
    if (!isConnectorFailure(error) && !isTransportFailure(error)) return error;
    const facts = isConnectorFailure(error) ? error.facts : undefined;
    const sentence = knownSecrets.hide(error.message);
    this.log.warn({ event: 'consent-failed', connection, code: facts?.code ?? 'transport', error: sentence });
    const problem = new Problem('CONSENT_FAILED', sentence, facts?.remedy === undefined ? {} : { remedy: facts.remedy });
    problem.cause = error;
    return problem;
  }

  /** One for each vendor. The vendor compares it letter by letter. */
  private redirectUri(connector: string): string {
    const base = this.settings.publicUrl ?? `http://localhost:${this.settings.port}`;
    return `${base.replace(/\/$/, '')}/consent/${connector}`;
  }
}

function consentOf({ connector, record }: OpenConnection): Consent {
  if (!connector.consent)
    throw new Problem('CONSENT_NONE', `${record.name} is a connection of ${connector.title}, which needs no consent.`);
  return connector.consent;
}

function sessionOf({ kind, sessionId }: Caller): string {
  if (kind !== 'user' || sessionId === undefined)
    throw new Problem('CONSENT_SESSION', 'A consent is begun and ended by a person who is signed in.');
  return sessionId;
}

const ownerOf = (attempt: string): string => `consent/${attempt}`;
const token = (): string => randomBytes(32).toString('base64url');
const hashOf = (state: string): Buffer => createHash('sha256').update(state).digest();
