import type { Identity } from '../api/session.js';

/** Finance works on what stopped; everybody else begins with the whole picture. */
export function landingPage(identity: Identity | undefined): '/exceptions' | '/overview' {
  const roles = identity?.roles ?? [];
  return roles.length > 0 && roles.every((role) => role.startsWith('finance')) ? '/exceptions' : '/overview';
}
