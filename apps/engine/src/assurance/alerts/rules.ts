import { exceptionCategories } from '@waybill/sdk';
import { isTimeZone } from '../../platform/days/index.js';
import type { ProblemItem } from '../../platform/problems/index.js';
import { sentenceProblem } from '../../platform/sentences/index.js';

/** What a rule can look at. Each says which fields narrow it, which limits it has, and what stands in them when they are left out. */
export const watches = {
  exceptions: {
    title: 'Exceptions of one cause',
    where: ['flow', 'category', 'legalEntity'],
    limits: { count: 1, minutes: 0 },
    may: ['amount', 'overdue'],
  },
  connections: { title: 'A connection that fails', where: ['connection'], limits: { minutes: 5 }, may: [] },
  delays: { title: 'Documents that wait to be sent', where: ['flow', 'legalEntity'], limits: { minutes: 15 }, may: [] },
  controls: { title: 'A control with gaps', where: ['control', 'legalEntity'], limits: {}, may: [] },
  synthetic: { title: 'A synthetic transaction that is late or wrong', where: ['legalEntity'], limits: {}, may: [] },
  approvals: { title: 'Approvals that wait', where: ['legalEntity'], limits: { count: 1, minutes: 240 }, may: [] },
  deliveries: { title: 'Deliveries that could not be read', where: ['connection'], limits: { count: 1 }, may: [] },
  credentials: { title: 'API keys that end soon', where: [], limits: { days: 14 }, may: [] },
  usage: { title: 'Usage that is not counted', where: [], limits: { minutes: 10 }, may: [] },
} as const satisfies Record<string, Watch>;

interface Watch {
  title: string;
  where: readonly (keyof Where)[];
  limits: Partial<Record<'count' | 'minutes' | 'days', number>>;
  may: readonly ('amount' | 'overdue')[];
}
export type WatchName = keyof typeof watches;
export const watchNames = Object.keys(watches) as WatchName[];

export interface Where {
  flow?: string;
  connection?: string;
  control?: string;
  category?: string;
  legalEntity?: string;
}

export interface Limits {
  /** At least so many. */
  count?: number;
  /** For at least so long. */
  minutes?: number;
  /** Within so many days. */
  days?: number;
  /** At least so much money, in one currency. */
  amount?: { amount: string; currency: string };
  /** Only when one is over the time of its clock. */
  overdue?: boolean;
}

/** From a time of day to another, in a zone; over midnight when the end is earlier. */
export interface QuietHours {
  from: string;
  to: string;
  timeZone: string;
}

export const severities = ['high', 'medium'] as const;
export type Severity = (typeof severities)[number];

export interface AlertRule {
  description: string;
  watch: WatchName;
  where: Where;
  limits: Limits;
  severity: Severity;
  /** Names of channels. */
  channels: string[];
  /** What comes within so many minutes goes out together; 0: at once. */
  digestMinutes: number;
  /** Said again after so many hours while it lasts and nobody has acknowledged it; null: once. */
  repeatHours: number | null;
  /** Say when it is over. */
  tellEnd: boolean;
  quiet: QuietHours | null;
  /** A high one goes out in quiet hours too. */
  highBreaksQuiet: boolean;
  /** Handlebars with the fields of `words.ts`; null: as Waybill says it. */
  subject: string | null;
  text: string | null;
}

/** What is wrong with a rule beyond its form. */
export function ruleProblems(rule: AlertRule, known: { channels: ReadonlySet<string> }): ProblemItem[] {
  const problems: ProblemItem[] = [];
  const tell = (path: string, detail: string, remedy?: string) => void problems.push({ code: 'ALERT_RULE_INVALID', path, detail, ...(remedy ? { remedy } : {}) }); // prettier-ignore
  const watch: Watch = watches[rule.watch];
  for (const field of Object.keys(rule.where) as (keyof Where)[])
    if (!watch.where.includes(field)) tell(`/where/${field}`, `${rule.watch} cannot be narrowed by ${field}`, watch.where.length > 0 ? `They can by ${watch.where.join(', ')}.` : 'Leave it out.'); // prettier-ignore
  const { category } = rule.where;
  if (category !== undefined && !(exceptionCategories as readonly string[]).includes(category)) tell('/where/category', `there is no category ${JSON.stringify(category)}`, `There are ${exceptionCategories.join(', ')}.`); // prettier-ignore
  const possible = [...Object.keys(watch.limits), ...watch.may];
  for (const field of Object.keys(rule.limits)) if (!possible.includes(field)) tell(`/limits/${field}`, `${rule.watch} have no limit ${field}`, possible.length > 0 ? `They have ${possible.join(', ')}.` : 'Leave it out.'); // prettier-ignore
  for (const [at, name] of rule.channels.entries()) if (!known.channels.has(name)) tell(`/channels/${at}`, `there is no channel ${JSON.stringify(name)}`); // prettier-ignore
  if (rule.quiet) {
    if (rule.quiet.from === rule.quiet.to) tell('/quiet/to', 'quiet hours that end when they begin are none');
    if (!isTimeZone(rule.quiet.timeZone)) tell('/quiet/timeZone', `must be a time zone such as Europe/Berlin, not ${JSON.stringify(rule.quiet.timeZone)}`); // prettier-ignore
  }
  for (const part of ['subject', 'text'] as const) {
    const template = rule[part];
    const wrong = template === null ? undefined : sentenceProblem(template);
    if (wrong !== undefined) tell(`/${part}`, wrong, 'Use fields such as {{title}}; the guide lists them.');
  }
  return problems;
}

/** With what is left out filled in. */
export const limitsOf = (rule: Pick<AlertRule, 'watch' | 'limits'>): Limits => ({ ...watches[rule.watch].limits, ...rule.limits });
