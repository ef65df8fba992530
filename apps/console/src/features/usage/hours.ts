/** Days and hours of a span, with what was counted in each. Pure. */

export interface Hour {
  /** Start of the hour, or of the day where a meter keeps no hours. */
  from: string;
  events: number;
}

export interface DayOfHours {
  /** `2026-10-25`, by the clock that is shown. */
  day: string;
  /** By the hour on that clock; undefined for what is not over yet, not in the span, or skipped by the clock. */
  hours: (number | undefined)[];
  total: number;
}

export interface Gap {
  from: string;
  /** Not included. */
  to: string;
  hours: number;
}

const hourMs = 3_600_000;

/** Every day of the span, newest first, each with 24 hours. An hour that the clock shows twice holds both; one that is not over is open. */
export function daysOf(hours: readonly Hour[], { from, to, now, timeZone }: { from: number; to: number; now: number; timeZone: string | undefined }): DayOfHours[] {
  const counted = new Map(hours.map((hour) => [Date.parse(hour.from), hour.events]));
  const clock = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' });
  const days = new Map<string, DayOfHours>();
  for (let at = from; at < Math.min(to, now); at += hourMs) {
    const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = `${parts['year']}-${parts['month']}-${parts['day']}`;
    const row = days.get(day) ?? { day, hours: Array.from({ length: 24 }, () => undefined), total: 0 };
    days.set(day, row);
    const hour = Number(parts['hour']);
    const events = counted.get(at) ?? 0;
    // The hour that runs counts what it has, and is no gap while it has nothing.
    if (at + hourMs <= now || events > 0) row.hours[hour] = (row.hours[hour] ?? 0) + events;
    row.total += events;
  }
  return [...days.values()].reverse();
} // prettier-ignore

/** Whole hours without an event between the first and the last that has one, the longest first. */
export function gapsOf(hours: readonly Hour[]): Gap[] {
  const starts = hours
    .filter(({ events }) => events > 0)
    .map(({ from }) => Date.parse(from))
    .sort((a, b) => a - b);
  return starts
    .flatMap((start, n) => {
      const next = starts[n + 1];
      const missing = next === undefined ? 0 : (next - start) / hourMs - 1;
      return missing > 0 ? [{ from: new Date(start + hourMs).toISOString(), to: new Date(next!).toISOString(), hours: missing }] : [];
    })
    .sort((a, b) => b.hours - a.hours);
}

/** 0 for nothing, 1 to 5 for ever more, by orders of magnitude: a busy hour must not make all the others look empty. */
export const levelOf = (events: number, most: number): number =>
  events === 0 ? 0 : Math.min(5, 1 + Math.floor((4.999 * Math.log1p(events)) / Math.log1p(most)));
