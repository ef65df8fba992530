import { hashFields, type ConsentAsk } from '@waybill/sdk';
import { Problem } from '../../platform/problems/index.js';

export type Answered = { state: string; callback: Record<string, string> } & ({ code: string } | { error: string });

/**
 * What a vendor sent back (RFC 6749, 4.1.2). Refuses what names a thing twice, for two readers may read it differently. `error`: the vendor's code where it is one,
 * and no more: whoever can make a browser open an address writes the rest of it.
 */
export function answeredTo(search: string): Answered {
  const fields = [...new URLSearchParams(search)];
  const callback = Object.fromEntries(fields);
  const { state, code, error } = callback;
  if (Object.keys(callback).length !== fields.length) throw new Problem('CONSENT_ATTEMPT', 'The answer names something twice.');
  if (state === undefined || state === '') throw new Problem('CONSENT_ATTEMPT', 'The answer has no state.');
  if (error !== undefined) return { state, callback, error: /^[a-z_]{1,60}$/.test(error) ? error : '' };
  if (code === undefined || code === '') throw new Problem('CONSENT_ATTEMPT', 'The answer has no code.');
  return { state, callback, code };
}

/** A text that is equal where the same vendor is asked by the same client for the same. */
export const askedOf = ({ authorizeUrl, tokenUrl, client, scopes }: ConsentAsk): string =>
  hashFields([authorizeUrl, tokenUrl, client.by, client.id ?? '', ...scopes]).toString('hex');

/** Scopes that are wanted and were not given. `offline_access` and `refresh_token` ask for the refresh token itself, and answers need not name them. */
export const scopesLacking = (wanted: readonly string[], granted: readonly string[]): string[] =>
  wanted.filter((scope) => !granted.includes(scope) && scope !== 'offline_access' && scope !== 'refresh_token');
