import { useQuery } from '@tanstack/react-query';
import { rolesQuery } from '../../api/govern.js';
import { useIdentity } from '../../api/session.js';

/** Roles by their titles. */
export function useRoleChoices() {
  return (useQuery(rolesQuery).data?.items ?? []).map((role) => ({ value: role.name, label: role.title }));
}

/** Every permission that the person has: nobody gives more. */
export function usePermissionChoices() {
  const mine = useIdentity()?.permissions ?? [];
  const known = new Map(
    (useQuery(rolesQuery).data?.items ?? []).flatMap((role) => role.permissions.map((p) => [p.name, p.sentence] as const)),
  );
  return [...known].filter(([name]) => mine.includes(name)).map(([value, label]) => ({ value, label }));
}
