import type { ConnectorContext } from './context.js';
import type { JsonObject } from './json.js';
import type { ClientAuthentication, OAuthGrant } from './oauth.js';

/** What the vendor's own page is asked for (RFC 6749, 4.1.1), by the settings of a connection. */
export interface ConsentAsk {
  /** Absolute address of the page. */
  authorizeUrl: string;
  /** Absolute address of the token endpoint. */
  tokenUrl: string;
  client: ClientAuthentication;
  scopes: readonly string[];
  /** More of the page's parameters. */
  parameters?: Record<string, string>;
}

/** What a consent brought back. */
export interface ConsentAnswer {
  /** What stood behind the question mark of the callback; each name once. */
  callback: Record<string, string>;
  /** The body of the token endpoint's answer. */
  answer: JsonObject;
  /** The access token. */
  token: string;
}

export interface ConsentedAccount {
  /** Open settings that name the account, such as a company's id: taken over where they are empty, and a consent for another account is refused. */
  settings: JsonObject;
  /** The account as people know it. */
  title: string;
  /** Scopes that were given, where they come by another way than `scope` of the answer. */
  scopes?: readonly string[];
}

/**
 * How a person lets a connection in at the vendor: OAuth 2.0, authorization code (RFC 6749, 4.1). The engine makes state and PKCE, takes the callback, and
 * keeps what comes of it, sealed.
 */
export interface Consent {
  /** The vendor takes PKCE (RFC 7636) of a client with a secret. */
  pkce: boolean;
  /** Settings that must be there before. */
  needs: readonly string[];
  /** The secret setting that holds the first refresh token; the consent writes it. */
  keptIn: string;
  /** Pure. Called with `needs` filled. */
  ask(settings: JsonObject): ConsentAsk;
  /** Pure. What calls use afterwards, with `keptIn` filled. */
  grant(settings: JsonObject): OAuthGrant;
  /** Which account it was. Called once, with the fresh token, before anything is kept; throws like `send`, and then nothing is kept. */
  account(context: Pick<ConnectorContext, 'settings' | 'http' | 'now'>, came: ConsentAnswer): Promise<ConsentedAccount>;
}

/** The address of the vendor's page. Pure. */
export function consentAddress(ask: ConsentAsk, of: { redirectUri: string; state: string; challenge?: string | undefined }): string {
  const address = new URL(ask.authorizeUrl);
  const { client } = ask;
  const parameters: Record<string, string> = {
    ...ask.parameters,
    response_type: 'code',
    client_id: client.id ?? '',
    redirect_uri: of.redirectUri,
    scope: ask.scopes.join(' '),
    state: of.state,
    ...(of.challenge === undefined ? {} : { code_challenge: of.challenge, code_challenge_method: 'S256' }),
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

/** Scopes that an answer names, RFC 6749, 5.1 and 3.3. Undefined: none are named, which means as asked for. */
export function scopesIn({ scope, scopes }: JsonObject): string[] | undefined {
  if (Array.isArray(scopes)) return scopes.filter((one) => typeof one === 'string');
  return typeof scope === 'string' && scope.trim() !== '' ? scope.trim().split(/\s+/) : undefined;
}
