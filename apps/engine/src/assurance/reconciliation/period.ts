/** Months that a control compares. Pure. */

export interface Period {
  /** `2026-10`. */
  name: string;
  /** First and last day. */
  starts: string;
  ends: string;
  /** The days around it in which partners of moved dates are looked for. */
  from: string;
  to: string;
}

/** How far a date may have moved over the edge of a period and still be found. */
export const marginDays = 31;
const dayMs = 86_400_000;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

export function monthOf(name: string): Period {
  const [year, month] = name.split('-').map(Number) as [number, number];
  const [starts, ends] = [Date.UTC(year, month - 1, 1), Date.UTC(year, month, 0)];
  return { name, starts: day(starts), ends: day(ends), from: day(starts - marginDays * dayMs), to: day(ends + marginDays * dayMs) };
}

/** The month of a day and those before it, newest first. */
export function monthsUntil(today: string, count: number): string[] {
  const [year, month] = today.split('-').map(Number) as [number, number];
  return Array.from({ length: count }, (_, back) => day(Date.UTC(year, month - 1 - back, 1)).slice(0, 7));
}
