import type { WorkingHours } from '../../api/operate.js';
import { counted, listed, locale, t } from '../../language/index.js';

type Shift = WorkingHours['shifts'][number];
export type Weekday = Shift['day'];
/** A shift of a day that is known. */
type OfDay = Pick<Shift, 'from' | 'to'>;
type FreeDay = WorkingHours['freeDays'][number];

export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** The week that begins on Monday, 2 November 2026, lends its names. */
export const weekdayName = (day: Weekday, width: 'short' | 'long'): string =>
  new Intl.DateTimeFormat(locale(), { weekday: width, timeZone: 'UTC' }).format(Date.UTC(2026, 10, 2 + weekdays.indexOf(day)));

/** Instead of a legal entity: every one that has none of its own. */
export const anyEntity = '*';
export const entityWord = (legalEntity: string): string => (legalEntity === anyEntity ? t('Every other legal entity') : legalEntity);

const shift = /^(\d{1,2})(?::(\d{2}))?\s*(?:-|–|—)\s*(\d{1,2})(?::(\d{2}))?$/;
const two = (digits: string): string => digits.padStart(2, '0');

/** `9-12:30, 13:30–17:00`, as people write hours. Nothing is no work; undefined is not to be read. */
export function shiftsOf(text: string): OfDay[] | undefined {
  const parts = text.split(/[,;]/).map((part) => part.trim()).filter(Boolean); // prettier-ignore
  const found = parts.map((part) => {
    const [, hour = '', minute = '00', lastHour = '', lastMinute = '00'] = shift.exec(part) ?? [];
    const [from, to] = [`${two(hour)}:${minute}`, `${two(lastHour)}:${lastMinute}`];
    return hour && from < to && to <= '24:00' && minute < '60' && lastMinute < '60' ? { from, to } : undefined;
  });
  return found.every((one) => one !== undefined) ? found : undefined;
}

export const shiftsInWords = (shifts: readonly OfDay[]): string => shifts.map(({ from, to }) => `${from}–${to}`).join(', ');

const of = (shifts: readonly Shift[], day: Weekday): Shift[] => shifts.filter((shift) => shift.day === day);
/** What stands in the field of each day. */
export const weekOf = (shifts: readonly Shift[]): Record<Weekday, string> =>
  Object.fromEntries(weekdays.map((day) => [day, shiftsInWords(of(shifts, day))])) as Record<Weekday, string>;

/** `Mon–Fri 09:00–17:00`: days that follow each other with the same hours are told once. */
export function weekInWords(shifts: readonly Shift[]): string[] {
  const week = weekOf(shifts);
  const runs: { first: Weekday; last: Weekday; hours: string }[] = [];
  weekdays.forEach((day, at) => {
    const run = runs.at(-1);
    if (run && run.hours === week[day] && weekdays.indexOf(run.last) === at - 1) run.last = day;
    else if (week[day]) runs.push({ first: day, last: day, hours: week[day] });
  });
  const short = (day: Weekday) => weekdayName(day, 'short');
  return runs.map(({ first, last, hours }) => `${first === last ? short(first) : `${short(first)}–${short(last)}`} ${hours}`);
}

/** A line for each day, `2026-12-25 Christmas Day`; the numbers of the lines that are none. */
export function freeDaysOf(text: string): { freeDays: FreeDay[]; wrong: number[] } {
  const freeDays: FreeDay[] = [];
  const wrong: number[] = [];
  text.split('\n').forEach((line, at) => {
    if (line.trim() === '') return;
    const [, day = '', name = ''] = /^(\d{4}-\d\d-\d\d)(?:[\s,;:]+(.*))?$/.exec(line.trim()) ?? [];
    if (day && !freeDays.some((free) => free.day === day)) freeDays.push({ day, name: name.trim().slice(0, 80) || t('Free') });
    else wrong.push(at + 1);
  });
  return { freeDays, wrong };
}

export const freeDaysText = (freeDays: readonly FreeDay[]): string => freeDays.map(({ day, name }) => `${day} ${name}`).join('\n');
export const linesInWords = (lines: readonly number[]): string => listed(lines.map(String));

/** What a change did to what is open. */
export const recountedInWords = ({ recounted, left }: { recounted: number; left: number }): string =>
  [
    counted(recounted, '{{count}} open exception was counted again.', '{{count}} open exceptions were counted again.'),
    ...(left > 0 ? [t('The rest follows within a minute.')] : []),
  ].join(' ');
