import { Problem } from '../../platform/problems/index.js';
import { isRole, permissions, permissionsOf, roles } from '../access/permissions.js';

export function refuseUnknownRoles(names: readonly string[]): void {
  const unknown = names.find((name) => !isRole(name));
  if (unknown !== undefined)
    throw new Problem('ROLE_UNKNOWN', `There is no role ${unknown}; there are ${Object.keys(roles).join(', ')}.`, { path: '/roles' });
}

export function refuseUnknownPermissions(names: readonly string[]): void {
  const unknown = names.find((name) => !Object.hasOwn(permissions, name));
  if (unknown !== undefined) throw new Problem('PERMISSION_UNKNOWN', `There is no permission ${unknown}.`, { path: '/permissions' });
}

/** What a key may: its own permissions, or what its roles hold, and never more than its service account has. */
export function rightsOf(key: {
  roles: readonly string[];
  permissions: readonly string[] | null;
  account: readonly string[] | null;
}): Set<string> {
  const own = key.permissions === null ? permissionsOf(key.roles) : new Set(key.permissions);
  const { account } = key;
  return account === null ? own : new Set([...own].filter((name) => account.includes(name)));
}

/** Nobody hands on what they do not have: a key that may manage access could otherwise make itself an administrator. */
export function refuseWiderRights(given: Iterable<string>, giver: { name: string; permissions: ReadonlySet<string> }, path: string): void {
  const missing = [...given].filter((name) => !giver.permissions.has(name));
  if (missing.length > 0) throw new Problem('RIGHTS_WIDER', `${giver.name} cannot give ${missing.join(', ')}.`, { path });
}
