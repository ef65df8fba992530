import { exceptionCategories, type ExceptionCategory } from '@waybill/sdk';

/**
 * The service-level clock of an exception. It starts when the message stopped, runs in plain hours, and stops when the exception has ended:
 * neither a snooze nor a replay that fails gives more time. How many hours a category has is a setting.
 */
export type ExceptionHours = Record<ExceptionCategory, number>;

export const dueStates = ['within', 'due-soon', 'breached'] as const;
export type DueState = (typeof dueStates)[number];

/** The last part of its time in which an exception is due soon: a quarter. */
const soonPart = 0.25;

export interface ClockSql {
  /** When `e` is due. */
  due: string;
  /** Its state at `at`, an SQL expression for an instant. */
  state(at: string): string;
  /** Is it over time at that instant? */
  breached(at: string): string;
}

/** The clock as SQL over an exception `e`. The hours are numbers of the settings, checked at boot, so they stand in the text. */
export function clockSql(hours: ExceptionHours): ClockSql {
  // Intervals that are written out are made once for a statement, not for each row.
  const after = (part: number) => {
    const interval = (category: number) => `interval '${Math.trunc(category) * 3_600 * part} seconds'`;
    const cases = exceptionCategories.map((category) => `when '${category}' then ${interval(hours[category])}`).join(' ');
    return `(e.opened_at + (case e.category ${cases} else ${interval(Math.max(...Object.values(hours)))} end))`;
  };
  const due = after(1);
  const breached = (at: string) => `(coalesce(e.closed_at, ${at}) > ${due})`;
  return {
    due,
    breached,
    state: (at) =>
      `(case when ${breached(at)} then 'breached' when e.closed_at is null and ${at} > ${after(1 - soonPart)} then 'due-soon' else 'within' end)`,
  };
}
