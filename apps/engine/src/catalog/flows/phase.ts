import { rootFields } from '@waybill/mapping-language';
import type { Rule } from './definition.js';

/**
 * When a rule is tried. `source`: before the mapping, on the source record. `output`: after it, on what the mapping made.
 * `both`: a skip may be seen on either. A rule that reads only `$source`, `$enriched` and the like needs no output, so it is
 * tried first: a record without a legal entity must be held for that, not for what its mapping makes of it.
 */
export function phaseOf(rule: Rule): 'source' | 'output' | 'both' {
  if (rule.on) return rule.on;
  if (rootFields(rule.when ?? rule.unless ?? 'true').length === 0) return 'source';
  return rule.then === 'skip' ? 'both' : 'output';
}
