import { Problem } from '../../platform/problems/index.js';

/** What a provider says of a person, read from its claims. */
export interface ProviderIdentity {
  issuer: string;
  subject: string;
  /** Undefined: none, or none that may be believed. */
  email: string | undefined;
  name: string;
  roles: string[];
}

interface Reading {
  issuer: string;
  claims: Record<string, unknown>;
  groupsClaim: string;
  rolesOfGroup: Record<string, readonly string[]>;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);

/** Providers leave `email_verified` away where every address is theirs (a directory); one that says false has not checked it. */
export function readIdentity({ issuer, claims, groupsClaim, rolesOfGroup }: Reading): ProviderIdentity {
  const subject = text(claims['sub']);
  if (subject === undefined) throw new Problem('PROVIDER_FAILED', 'The provider named no subject.');
  const email = claims['email_verified'] === false || claims['email_verified'] === 'false' ? undefined : text(claims['email']);
  const given = claims[groupsClaim];
  const groups = (Array.isArray(given) ? given : [given]).filter((group): group is string => typeof group === 'string');
  return {
    issuer,
    subject,
    email: email !== undefined && email.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(email) ? email.toLowerCase() : undefined,
    name: (text(claims['name']) ?? text(claims['preferred_username']) ?? email ?? subject).slice(0, 120),
    roles: [...new Set(groups.flatMap((group) => (Object.hasOwn(rolesOfGroup, group) ? [...rolesOfGroup[group]!] : [])))].sort(),
  };
}

/** May a user of this address that is here already be taken for this person? Only when the provider says outright that it has checked it. */
export const vouchesForEmail = (claims: Record<string, unknown>): boolean =>
  claims['email_verified'] === true || claims['email_verified'] === 'true';
