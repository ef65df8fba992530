import type { Severity } from './rules.js';

export interface Money {
  amount: string;
  currency: string;
}

/** Something that a rule found now. */
export interface Situation {
  /** What it is about, the same for as long as it lasts: a cause, a connection, a control. */
  subject: string;
  title: string;
  detail: string;
  /** Path in the console. */
  link: string;
  since: string;
  amounts: Money[];
}

/** A situation that lasts, as it is kept. */
export interface Alert extends Situation {
  id: string;
  rule: string;
  severity: Severity;
  openedAt: string;
  saidAt: string | null;
  acknowledgedAt: string | null;
}

export interface Step {
  begin: Situation[];
  /** With what is found of it now. */
  goOn: { alert: Alert; now: Situation }[];
  end: Alert[];
  /** Of those that go on, the ones that are said again. */
  repeat: Alert[];
}

/** What a look at the world means for the alerts that are there. Two situations of one subject are one: the first. */
export function step(open: readonly Alert[], found: readonly Situation[], rule: { repeatHours: number | null }, now: Date): Step {
  const bySubject = new Map<string, Situation>();
  for (const situation of found) if (!bySubject.has(situation.subject)) bySubject.set(situation.subject, situation);
  const known = new Set(open.map((alert) => alert.subject));
  const goOn = open.flatMap((alert) => {
    const still = bySubject.get(alert.subject);
    return still ? [{ alert, now: still }] : [];
  });
  const due = (alert: Alert): boolean =>
    rule.repeatHours !== null && alert.acknowledgedAt === null && alert.saidAt !== null && now.getTime() - Date.parse(alert.saidAt) >= rule.repeatHours * 3_600_000; // prettier-ignore
  return {
    begin: [...bySubject.values()].filter(({ subject }) => !known.has(subject)),
    goOn,
    end: open.filter((alert) => !bySubject.has(alert.subject)),
    repeat: goOn.map(({ alert }) => alert).filter(due),
  };
}
