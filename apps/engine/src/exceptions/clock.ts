/**
 * The service-level clock of an exception. It starts when the message stopped, runs in the working hours of its legal entity (in plain hours where it has none),
 * and stops when the exception has ended: neither a snooze nor a replay that fails gives more time. When it is due is kept with it; the database writes that down
 * (`exception_due`), and again when hours change (`WorkingHoursStore`). What has ended keeps what it was judged by.
 */
export const dueStates = ['within', 'due-soon', 'breached'] as const;
export type DueState = (typeof dueStates)[number];

/** Is an exception `e` over its time at that instant, an SQL expression? */
export const isBreached = (at: string): string => `(coalesce(e.closed_at, ${at}) > e.due_at)`;

/** The state of the clock of an exception `e` at that instant. In the last quarter of its time it is due soon. */
export const dueState = (at: string): string =>
  `(case when ${isBreached(at)} then 'breached' when e.closed_at is null and ${at} > e.soon_at then 'due-soon' else 'within' end)`;
