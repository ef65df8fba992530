import { seededAt } from '../random.js';

export const faultKinds = [
  /** 422 before anything is done. */
  'reject',
  /** 429 with Retry-After, before anything is done. */
  'throttle',
  /** 500 before anything is done. */
  'error500',
  /** Waits `afterMs`, then does what was asked. */
  'slow',
  /** Does what was asked, then says nothing: closes the connection, or hangs when `hang` is set. */
  'lost-answer',
  /** Says nothing now and does what was asked `afterMs` later. */
  'late-commit',
  /** Closes the connection before anything is done. */
  'reset',
  /** 503 to every call that matches, until the rule is taken away. */
  'down',
  /** A success that is none, before anything is done: 200 with a sign-in page, or `status` and `body`. */
  'nonsense',
  /** Does what was asked, and answers `status` and `body` instead of the truth. */
  'garbled',
  /** Lists do not show yet what was made in the last `afterMs`, as an index that lags. Strikes reads of the ERP. */
  'stale-read',
  /** The document is posted as asked, but the answer states a total that is one minor unit too high. */
  'misstated-total',
  /** An invoice or credit memo is booked one minor unit higher than it was asked for, as an ERP that rounds lines its own way. */
  'rounded',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface FaultRule {
  kind: FaultKind;
  /** Part of the matching calls, 0 to 1; default all. */
  share?: number;
  /** Prefix of the path; default every path but `/faults`. */
  path?: string;
  /** Default: every method for `down` and `throttle`, otherwise writes only. */
  methods?: string[];
  /** Only calls whose body contains this text. */
  contains?: string;
  /** After so many hits the rule rests. */
  times?: number;
  afterMs?: number;
  retryAfterSeconds?: number;
  /** For lost-answer and late-commit: keep the connection open without a word instead of closing it. */
  hang?: boolean;
  /** For nonsense and garbled: what is answered; default 200 and a sign-in page. */
  status?: number;
  body?: string;
}

export class FaultRuleError extends Error {}

const anyMethod: readonly FaultKind[] = ['down', 'throttle', 'slow'];
const readsOnly: readonly FaultKind[] = ['stale-read'];
const atLeastZero = ['times', 'afterMs', 'retryAfterSeconds'] as const;
const texts = ['contains', 'body'] as const;
const known = new Set(['kind', 'share', 'path', 'methods', 'hang', 'status', ...atLeastZero, ...texts]);
const rulesMax = 1_000;

/** Reads rules as a person wrote them and says everything that is wrong with the first bad one. */
export function readFaultRules(value: unknown): FaultRule[] {
  if (!Array.isArray(value) || value.length > rulesMax) throw new FaultRuleError(`rules must be a list of at most ${rulesMax} rules.`);
  return value.map((rule: FaultRule, at) => {
    const problems: string[] = [];
    if (typeof rule !== 'object' || rule === null) throw new FaultRuleError(`rules/${at} must be an object.`);
    if (!faultKinds.includes(rule.kind)) problems.push(`kind must be one of ${faultKinds.join(', ')}`);
    if (rule.share !== undefined && !(typeof rule.share === 'number' && rule.share >= 0 && rule.share <= 1))
      problems.push('share must be 0 to 1');
    for (const name of atLeastZero)
      if (rule[name] !== undefined && !(Number.isInteger(rule[name]) && rule[name] >= 0)) problems.push(`${name} must be a whole number`);
    for (const name of texts) if (rule[name] !== undefined && typeof rule[name] !== 'string') problems.push(`${name} must be text`);
    if (rule.status !== undefined && !(Number.isInteger(rule.status) && rule.status >= 200 && rule.status <= 599))
      problems.push('status must be 200 to 599');
    if (rule.path !== undefined && !String(rule.path).startsWith('/')) problems.push('path must begin with /');
    for (const name of Object.keys(rule)) if (!known.has(name)) problems.push(`${name} is not known`);
    if (problems.length > 0) throw new FaultRuleError(`rules/${at}: ${problems.join('; ')}.`);
    return rule;
  });
}

/**
 * Chooses faults. The choice for the n-th call that a rule sees depends on the seed, the rule's place and n alone, so the
 * same calls in the same order meet the same faults.
 */
export class FaultChooser {
  private readonly seen: number[];
  readonly hits: number[];

  constructor(
    readonly rules: readonly FaultRule[],
    readonly seed: string,
  ) {
    this.seen = rules.map(() => 0);
    this.hits = rules.map(() => 0);
  }

  choose(call: Call): FaultRule | undefined {
    for (const [at, rule] of this.rules.entries()) {
      if (!matches(rule, call) || this.hits[at]! >= (rule.times ?? Infinity)) continue;
      const place = (this.seen[at] = this.seen[at]! + 1);
      if (seededAt(this.seed, `${at}/${place}`) >= (rule.share ?? 1)) continue;
      this.hits[at] = this.hits[at]! + 1;
      return rule;
    }
    return undefined;
  }
}

interface Call {
  method: string;
  path: string;
  /** The body as it came. */
  text?: string | undefined;
}

function matches(rule: FaultRule, { method, path, text }: Call): boolean {
  if (!path.startsWith(rule.path ?? '/') || path.startsWith('/faults')) return false;
  if (rule.contains !== undefined && !(text ?? '').includes(rule.contains)) return false;
  if (rule.methods) return rule.methods.includes(method);
  return anyMethod.includes(rule.kind) || readsOnly.includes(rule.kind) === (method === 'GET');
}
