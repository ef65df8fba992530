import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import type { ProviderSettings, Settings } from '../../config/index.js';
import { Database, type Row, type Tx } from '../../platform/database/index.js';
import { EgressClient } from '../../platform/egress/index.js';
import type { Actor } from '../../platform/http/index.js';
import { isProblem, Problem } from '../../platform/problems/index.js';
import type { Logger } from '../../platform/telemetry/index.js';
import { LOGGER, SETTINGS } from '../../platform/tokens.js';
import { AuditStore } from '../audit/audit.store.js';
import { boundTo } from '../secrets/envelope.js';
import { KEY_ENCRYPTION, type KeyEncryption } from '../secrets/key-encryption.js';
import { addUser } from './identity.store.js';
import { readIdentity, vouchesForEmail, type ProviderIdentity } from './provider-identity.js';
import { refuseUnknownRoles } from './rights.js';
import { SessionStore, type Origin, type SignedIn } from './sessions.store.js';

/** What the browser keeps, sealed, between leaving for the provider and coming back. */
interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
  until: number;
}

export const attemptMinutes = 10;
const metadataMs = 60 * 60_000;
const callMs = 10_000;

/**
 * Sign-in through an OpenID Connect provider: authorization code with PKCE, state and nonce. Its calls go through the one client for everything
 * outbound, so a provider inside needs its range in WAYBILL_EGRESS_ALLOW.
 */
@Injectable()
export class ProviderStore {
  private known: { at: number; configuration: Promise<oidc.Configuration> } | undefined;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(SessionStore) private readonly sessions: SessionStore,
    @Inject(EgressClient) private readonly egress: EgressClient,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(KEY_ENCRYPTION) private readonly keys: KeyEncryption,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  get title(): string | undefined {
    return this.settings.provider?.title;
  }

  /** Where the browser goes, and what it keeps meanwhile. */
  async begin(): Promise<{ address: string; attempt: string }> {
    const provider = this.provider();
    const configuration = await this.configuration(provider);
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    const address = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.callback(),
      scope: provider.scopes,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { address: address.href, attempt: await this.seal({ state, nonce, verifier, until: Date.now() + attemptMinutes * 60_000 }) };
  }

  /** `search`: what the provider put behind the question mark. `attempt`: what the browser kept. */
  async finish(search: string, attempt: string | undefined, from: Origin, actor: Actor): Promise<SignedIn> {
    const provider = this.provider();
    const { state, nonce, verifier } = await this.unseal(attempt);
    const configuration = await this.configuration(provider);
    const url = new URL(this.callback());
    url.search = search;
    if (url.searchParams.get('state') !== state) throw new Problem('PROVIDER_ATTEMPT', 'The answer belongs to another sign-in.');
    const claims = await this.ask(async () => {
      const tokens = await oidc.authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const told = tokens.claims()!;
      const whole = told['email'] !== undefined && told[provider.groupsClaim] !== undefined;
      if (whole || configuration.serverMetadata().userinfo_endpoint === undefined) return told as Record<string, unknown>;
      return { ...(await oidc.fetchUserInfo(configuration, tokens.access_token, told.sub)), ...told } as Record<string, unknown>;
    });
    const identity = readIdentity({ ...provider, issuer: configuration.serverMetadata().issuer, claims });
    refuseUnknownRoles(identity.roles);
    const started = await this.db.transaction(async (tx) => {
      const user = await this.userOf(tx, identity, vouchesForEmail(claims), actor);
      if (user['disabled_at'] !== null)
        throw new Problem('PROVIDER_REFUSED', `${user['email'] as string} is disabled here.`, { remedy: 'Ask an administrator.' });
      return (user['roles'] as string[]).length === 0 ? undefined : this.sessions.start(tx, user, 'provider', from, actor);
    });
    // Outside the transaction: that the last role was lost stays written down, and the sessions that were there have ended.
    if (!started) throw new Problem('PROVIDER_NO_ROLE', `${identity.email ?? identity.name} is in no group that has a role here.`);
    return started;
  }

  /** The user of this identity: known by issuer and subject, else by a vouched address, else new. */
  private async userOf(tx: Tx, identity: ProviderIdentity, vouched: boolean, actor: Actor): Promise<Row> {
    const { issuer, subject, roles } = identity;
    // Two first sign-ins of one person at the same time make one user.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [JSON.stringify([issuer, subject])]);
    const [known] = await tx.query<Row>('select * from user_account where provider_issuer = $1 and provider_subject = $2 for update', [
      issuer,
      subject,
    ]);
    if (known) return known['roles_from'] === 'provider' ? this.withRoles(tx, known, roles, actor) : known;
    if (identity.email === undefined) throw new Problem('PROVIDER_EMAIL', 'The provider gave no e-mail address that it has verified.');
    const [sameAddress] = await tx.query<Row>('select * from user_account where email = $1 for update', [identity.email]);
    if (sameAddress) return this.link(tx, sameAddress, identity, vouched, actor);
    if (roles.length === 0) throw new Problem('PROVIDER_NO_ROLE', `${identity.email} is in no group that has a role here.`);
    const row = await addUser(tx, { email: identity.email, name: identity.name, roles, hash: null });
    const [user] = await tx.query<Row>(
      "update user_account set roles_from = 'provider', provider_issuer = $2, provider_subject = $3 where id = $1 returning *",
      [row['id'], issuer, subject],
    );
    await this.audit.record(tx, actorOf(user!, actor), {
      action: 'user.joined',
      object: { kind: 'user', id: user!['id'] as string },
      summary: `${identity.name} came in through the provider (${roles.join(', ')})`,
      after: { email: identity.email, roles, issuer },
    });
    return user!;
  }

  /** A user who was made here keeps the roles that were given here. */
  private async link(tx: Tx, user: Row, { issuer, subject, email }: ProviderIdentity, vouched: boolean, actor: Actor): Promise<Row> {
    if (!vouched || user['provider_subject'] !== null)
      throw new Problem('PROVIDER_EMAIL', `There is a user ${email} here whom the provider does not vouch for.`);
    const [linked] = await tx.query<Row>('update user_account set provider_issuer = $2, provider_subject = $3 where id = $1 returning *', [
      user['id'],
      issuer,
      subject,
    ]);
    await this.audit.record(tx, actorOf(linked!, actor), {
      action: 'user.linked',
      object: { kind: 'user', id: linked!['id'] as string },
      summary: `${linked!['name'] as string} signs in through the provider, too`,
      after: { issuer },
    });
    return linked!;
  }

  private async withRoles(tx: Tx, user: Row, roles: string[], actor: Actor): Promise<Row> {
    const before = user['roles'] as string[];
    if ([...before].sort().join() === roles.join()) return user;
    const [changed] = await tx.query<Row>('update user_account set roles = $2 where id = $1 returning *', [user['id'], roles]);
    await this.sessions.endAll(tx, user['id'] as string);
    await this.audit.record(tx, actorOf(user, actor), {
      action: 'user.changed',
      object: { kind: 'user', id: user['id'] as string },
      summary: `The groups of ${user['name'] as string} at the provider have changed`,
      before: { roles: before },
      after: { roles },
    });
    return changed!;
  }

  private provider(): ProviderSettings {
    if (!this.settings.provider) throw new Problem('PROVIDER_OFF', 'No OpenID Connect provider is set up.');
    return this.settings.provider;
  }

  private callback(): string {
    return `${this.settings.publicUrl!.replace(/\/$/, '')}/sign-in/provider`;
  }

  /** The provider's own description, read once an hour; a failure is not kept. */
  private configuration(provider: ProviderSettings): Promise<oidc.Configuration> {
    if (this.known && Date.now() - this.known.at < metadataMs) return this.known.configuration;
    const reading = this.ask(async () => {
      const found = await oidc.discovery(
        new URL(provider.issuer),
        provider.clientId,
        { [oidc.clockTolerance]: 60 },
        provider.clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(provider.clientSecret),
        {
          [oidc.customFetch]: (url, options) => this.fetch(url, options),
          execute: [
            // The signature of the ID token is checked, not only the encrypted way it came.
            oidc.enableNonRepudiationChecks,
            // The egress client lets plain http go to ranges only that the operator allowed.
            ...(provider.issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []),
          ],
        },
      );
      found.timeout = callMs / 1000;
      return found;
    });
    const kept = { at: Date.now(), configuration: reading };
    this.known = kept;
    reading.catch(() => {
      if (this.known === kept) this.known = undefined;
    });
    return reading;
  }

  private async fetch(url: string, { method, headers, body }: oidc.CustomFetchOptions): Promise<Response> {
    const answer = await this.egress.bind({}).request({
      method: method as 'GET' | 'POST',
      url,
      headers,
      timeoutMs: callMs,
      ...(body === undefined || body === null ? {} : { body: String(body as string | URLSearchParams) }),
    });
    const empty = [204, 205, 304].includes(answer.status);
    return new Response(empty ? null : answer.text, { status: answer.status, headers: answer.headers });
  }

  /** What went wrong at the provider, without its codes in a sentence for people; those are in the log. */
  private async ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isProblem(error)) throw error;
      const told = error as Error & { code?: string; error?: string; error_description?: string };
      this.log.warn({
        event: 'provider-sign-in-failed',
        error: told.message,
        code: told.code ?? null,
        told: told.error ?? null,
        cause: String((told.cause as Error | undefined)?.message ?? ''),
      });
      if (told instanceof oidc.AuthorizationResponseError) throw new Problem('PROVIDER_REFUSED', 'The provider did not sign you in.', {});
      const problem = new Problem('PROVIDER_FAILED', 'The provider did not answer as it must.');
      problem.cause = error;
      throw problem;
    }
  }

  /** Sealed for the browser, so that nothing is stored for whoever only presses the button. */
  private async seal(attempt: Attempt): Promise<string> {
    const { kekId, ...sealed } = await this.keys.wrap(Buffer.from(JSON.stringify(attempt), 'utf8'), attemptBound);
    return [kekId, ...[sealed.nonce, sealed.tag, sealed.ciphertext].map((part) => part.toString('base64url'))].join('.');
  }

  private async unseal(text: string | undefined): Promise<Attempt> {
    const [kekId = '', ...parts] = (text ?? '').split('.');
    const [nonce, tag, ciphertext] = parts.map((part) => Buffer.from(part, 'base64url'));
    if (nonce?.length === 12 && tag?.length === 16 && ciphertext !== undefined) {
      // Not ours, cut, or changed: like none.
      const opened = await this.keys.unwrap({ kekId, nonce, tag, ciphertext }, attemptBound).catch(() => undefined);
      const attempt = opened && (JSON.parse(opened.toString('utf8')) as Attempt);
      if (attempt && attempt.until > Date.now()) return attempt;
    }
    throw new Problem('PROVIDER_ATTEMPT', 'This browser has begun no sign-in, or too long ago.');
  }
}

const attemptBound = boundTo('provider', 'attempt');
const actorOf = (user: Row, actor: Actor): Actor => ({ ...actor, kind: 'user', id: user['id'] as string, name: user['name'] as string });
