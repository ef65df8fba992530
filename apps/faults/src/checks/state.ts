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
 * C-e, in the database: every leaf of the audit log is the SHA-256 of a zero byte and the entry's RFC 8785 text, with its time from format 2 on. What is sealed,
 * and whether all of it is still there, is checked by `auditVerifies`.
 */
export function auditLeaves(audit: Observation['audit']): Finding[] {
  return audit.flatMap(({ leaf, format, at, ...plain }) => {
    const made = createHash('sha256')
      .update(Buffer.from([0]))
      .update(canonicalize(format === 2 ? { ...plain, format, at } : plain))
      .digest('hex');
    return made === leaf ? [] : [finding('C-e', 'audit', `the audit entry ${String(plain['id'])} does not give its leaf`)];
  });
}
