import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { finding, type Finding } from './finding.js';
import type { LiveFact, Observation } from './observation.js';

/** C-d: nothing is under way any more, and nothing stopped for a person that the plan does not explain. */
export function nothingStuck(
  live: readonly LiveFact[],
  exceptions: Observation['exceptions'],
  explained: ReadonlySet<string> = new Set(),
): Finding[] {
  return [
    ...live.map(({ what, id, state, reason, ageSeconds }) =>
      finding('C-d', 'stuck', `${what} ${id} is ${state} after ${ageSeconds} s${reason === null ? '' : `: ${reason}`}`),
    ),
    ...exceptions
      .filter(({ key }) => !explained.has(key))
      .map(({ key, code, cause }) => finding('C-d', 'stuck', `${key} stopped with ${code}: ${cause}`)),
  ];
}

/**
 * C-e: every leaf of the audit log is the SHA-256 of a zero byte and the entry's RFC 8785 text. There is no seal over the leaves yet, so this finds
 * an entry that was changed and none that was taken away.
 */
export function auditLeaves(audit: Observation['audit']): Finding[] {
  return audit.flatMap(({ leaf, ...entry }) => {
    const made = createHash('sha256')
      .update(Buffer.from([0]))
      .update(canonicalize(entry))
      .digest('hex');
    return made === leaf ? [] : [finding('C-e', 'audit', `the audit entry ${String(entry['id'])} does not give its leaf`)];
  });
}
