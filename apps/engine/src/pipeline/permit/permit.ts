import { phaseOf, type Rule } from '../../catalog/index.js';
import type { EvaluationItem, EvaluationResult } from '../../platform/mapping-runtime/index.js';
import { onJourney } from '../expressions.js';
import { mappingException, stop, type Ending, type Journey, type StageResult } from '../journey.js';

export interface PermitTools {
  evaluate(items: EvaluationItem[]): Promise<EvaluationResult[]>;
  sentence(template: string, context: Record<string, unknown>): string;
  /** Hash of exactly what an approval binds: the output and the versions behind it. */
  approvalHash(journey: Journey): string;
}

/**
 * The rules of a flow, in order; the first that holds decides. Called before the mapping for rules on the record, and after it for
 * rules on the output: a record without a legal entity is held for that, not for what a mapping makes of it.
 */
export async function permit(journeys: readonly Journey[], phase: 'source' | 'output', tools: PermitTools): Promise<StageResult> {
  const open = new Set(journeys.filter((journey) => phase === 'output' || !journey.kept));
  const ended: StageResult = [];
  const rounds = Math.max(0, ...[...open].map((journey) => rulesOf(journey, phase).length));
  for (let round = 0; round < rounds && open.size > 0; round += 1) {
    const asked = [...open].filter((journey) => rulesOf(journey, phase)[round] !== undefined);
    const answers = await tools.evaluate(asked.map((journey) => onJourney(journey, condition(rulesOf(journey, phase)[round]!), phase)));
    asked.forEach((journey, index) => {
      const ending = decide(journey, rulesOf(journey, phase)[round]!, answers[index]!, phase, tools);
      if (!ending) return;
      open.delete(journey);
      ended.push(stop(journey, ending));
    });
  }
  return ended;
}

const rulesOf = (journey: Journey, phase: 'source' | 'output'): Rule[] =>
  journey.release.definition.permit.filter((rule) => [phase, 'both'].includes(phaseOf(rule)));
/** Something where it holds. A `when` gives the texts that it found: a rule that finds sentences can say them. */
const condition = (rule: Rule): string =>
  rule.when !== undefined
    ? `($found := (${rule.when}); $boolean($found) ? { "found": $found[$type($) = "string"] })`
    : `$not($boolean(${rule.unless}))`;

function decide(
  journey: Journey,
  rule: Rule,
  answer: EvaluationResult,
  phase: 'source' | 'output',
  tools: PermitTools,
): Ending | undefined {
  if ('failure' in answer) {
    // A rule that may be seen on either side need not make sense on the record.
    if (phase === 'source' && phaseOf(rule) === 'both') return undefined;
    return {
      to: 'exception',
      facts: {
        ...mappingException(journey, answer.failure, `rule ${rule.rule}`),
        fix: { kind: 'decision' },
        remedy: `Correct the rule ${rule.rule} of the flow ${journey.row.flow}, then replay.`,
      },
    };
  }
  if (!('text' in answer) || answer.text === 'false') return undefined;
  if (rule.then === 'skip') return { to: 'skipped', reason: `the rule ${rule.rule} says so` };
  const context = {
    source: journey.source,
    enriched: journey.enriched,
    output: journey.output ?? {},
    key: journey.row.key,
    found: foundOf(answer.text),
  };
  if ('hold' in rule.then) {
    const said = tools.sentence(rule.then.say, context);
    const table = Object.values(journey.release.definition.enrich).find((e) => 'table' in e);
    return {
      to: 'exception',
      facts: {
        category: rule.then.hold,
        code: 'POLICY_HOLD',
        cause: said,
        causeKey: `rule ${rule.rule} ${said}`,
        remedy: rule.then.hold === 'master-data' ? 'Add what is missing, then replay.' : 'Do what the rule says, then replay.',
        fix: rule.then.hold === 'master-data' && table ? tableFix(journey, rule) : { kind: 'decision' },
      },
    };
  }
  const hash = tools.approvalHash(journey);
  if (journey.row.approvedHash === hash) return undefined;
  const said = rule.then.say
    ? tools.sentence(rule.then.say, context)
    : `the rule ${rule.rule} asks for an approval by ${rule.then.approve}`;
  return {
    to: 'held',
    reason: said,
    approval: { role: rule.then.approve, rule: rule.rule, hash, content: journey.outputText ?? journey.sourceText },
  };
}

/** What a `when` found, as words: text, or many texts one after the other. */
function foundOf(answer: string): string {
  const { found } = JSON.parse(answer) as { found?: unknown };
  return (Array.isArray(found) ? found : [found]).filter((one) => typeof one === 'string').join(' ');
}

/** A rule that misses `$enriched.entity` misses a row of the table that `entity` comes from. */
function tableFix(journey: Journey, rule: Rule): { kind: 'table'; table: string; by: Record<string, string> } | { kind: 'source' } {
  const text = rule.when ?? rule.unless ?? '';
  const missed = Object.entries(journey.release.definition.enrich).find(
    ([name, from]) => 'table' in from && text.includes(`$enriched.${name}`) && journey.enriched[name] === undefined,
  );
  if (!missed || !('table' in missed[1])) return { kind: 'source' };
  const by = Object.fromEntries(Object.entries(missed[1].by).map(([column, expression]) => [column, valueAt(journey.source, expression)]));
  return { kind: 'table', table: missed[1].table, by };
}

/** The value of a plain path such as `customer_address.country`; anything else is left for the person to fill in. */
function valueAt(source: unknown, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined), source);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
