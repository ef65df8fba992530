import type { Scope } from '../../platform/database/index.js';
import { Problem } from '../../platform/problems/index.js';

/** What a user or key sees of rows that belong to legal entities; none named means all. */
export const entityScope = (entities: readonly string[], permissions: ReadonlySet<string>): Scope => ({
  entities: entities.length === 0 ? null : [...entities],
  unassigned: permissions.has('unassigned.read'),
});

/** Nobody gives a wider scope than their own. */
export function refuseWiderEntities(wanted: readonly string[] | undefined, giver: Scope): void {
  if (wanted === undefined || giver.entities === null) return;
  const beyond = wanted.find((entity) => !giver.entities!.includes(entity));
  if (wanted.length > 0 && beyond === undefined) return;
  throw new Problem('SCOPE_WIDER', `${beyond ?? 'Every legal entity'} is more than you see; you see ${giver.entities.join(', ')}.`, {
    path: '/legalEntities',
  });
}
