import type { ExceptionCategory } from '@waybill/sdk';
import { isTimeZone } from '../../platform/days/index.js';
import type { ProblemItem } from '../../platform/problems/index.js';

/** Days of the week as they are written, Monday first; ISO 8601 counts them from 1. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** A part of one day in which somebody works, in the zone of the working hours. */
export interface Shift {
  day: Weekday;
  /** `09:00`; the end is after it, `24:00` at the latest. */
  from: string;
  to: string;
}

/** A day on which nobody works, whatever day of the week it is. */
export interface FreeDay {
  /** `2026-12-25`. */
  day: string;
  name: string;
}

/** The hours in which the clock of a legal entity's exceptions runs. */
export interface WorkingHours {
  /** Name of the IANA database. */
  timeZone: string;
  shifts: Shift[];
  freeDays: FreeDay[];
  /** Hours of work that a category has here, instead of those of the installation. */
  hours: Partial<Record<ExceptionCategory, number>>;
}

/** Instead of a legal entity: every one that has no working hours of its own. */
export const anyEntity = '*';

export const limits = { shifts: 28, freeDays: 500, hours: 2_160 } as const;
/** Work there is in a week at least: with less, nothing would ever be due. */
export const weekMinutesMin = 60;

/** What is wrong with working hours whose form is right: the zone, the order of shifts, days named twice, too little work. */
export function hoursProblems({ timeZone, shifts, freeDays }: Pick<WorkingHours, 'timeZone' | 'shifts' | 'freeDays'>): ProblemItem[] {
  const problems: ProblemItem[] = [];
  const tell = (path: string, detail: string, remedy: string) => void problems.push({ code: 'WORKING_HOURS', path, detail, remedy });
  if (!isTimeZone(timeZone))
    tell('/timeZone', `must be a time zone such as Europe/Berlin, not ${JSON.stringify(timeZone)}`, 'Use a name of the IANA database.');
  shifts.forEach(({ day, from, to }, at) => {
    if (from >= to) tell(`/shifts/${at}/to`, `${day} ends at ${to}, which is not after ${from}`, 'A night is two shifts, one on each day: 22:00 to 24:00, and 00:00 to 06:00.');
    const other = shifts.findIndex((shift, n) => n < at && shift.day === day && shift.from < to && from < shift.to);
    if (other >= 0) tell(`/shifts/${at}`, `${day} ${from} to ${to} is in part also shift ${other + 1}`, 'Make one shift of both.');
  });
  const worked = shifts.reduce((sum, { from, to }) => sum + Math.max(0, minutesOf(to) - minutesOf(from)), 0);
  if (problems.length === 0 && worked < weekMinutesMin)
    tell('/shifts', `a week has ${worked} minutes of work; ${weekMinutesMin} are the least`, 'With less, nothing would ever be due.');
  const first = new Map<string, number>();
  freeDays.forEach(({ day }, at) => {
    if (first.has(day)) tell(`/freeDays/${at}/day`, `${day} stands there twice`, 'Keep one of them.');
    else first.set(day, at);
  });
  return problems;
} // prettier-ignore

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** In the order of the week and of the day, which is the order that the database counts in. */
export const inOrder = ({ shifts, freeDays, ...rest }: WorkingHours): WorkingHours => ({
  ...rest,
  shifts: [...shifts].sort((a, b) => weekdays.indexOf(a.day) - weekdays.indexOf(b.day) || (a.from < b.from ? -1 : 1)),
  freeDays: [...freeDays].sort((a, b) => (a.day < b.day ? -1 : 1)),
});
