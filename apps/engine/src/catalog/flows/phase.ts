import { rootFields } from '@waybill/mapping-language';
import type { Rule } from './definition.js';

type Phase = 'source' | 'output' | 'both';

/**
 * When a rule is tried. `source`: before the mapping, on the source record. `output`: after it, on what the mapping made.
 * `both`: a skip may be seen on either. A rule that reads only `$source`, `$enriched` and the like needs no output, so it is
 * tried first: a record without a legal entity must be held for that, not for what its mapping makes of it.
 */
export function phaseOf(rule: Rule): Phase {
  let phase = known.get(rule);
  if (!phase) known.set(rule, (phase = find(rule)));
  return phase;
}

/** Rules never change: to parse each one once is enough. */
const known = new WeakMap<Rule, Phase>();

function find(rule: Rule): Phase {
  if (rule.on) return rule.on;
  if (rootFields(rule.when ?? rule.unless ?? 'true').length === 0) return 'source';
  return rule.then === 'skip' ? 'both' : 'output';
}
