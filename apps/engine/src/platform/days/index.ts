/**
 * Days and instants that both JavaScript and PostgreSQL can hold. ISO 8601 has a year 0 and leap seconds, and lets a zone be a day away; a statement or a
 * comparison would choke on them, so they are refused at the door. Pure.
 */
const dayPattern = /^\d{4}-\d\d-\d\d$/;
const instantPattern = /^(\d{4}-\d\d-\d\d)[Tt ]([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?([Zz]|[+-](\d\d):?\d\d)$/;
/** PostgreSQL takes no zone that is further off. */
const zoneHoursMax = 15;

/** A day of the calendar, from the year 1 to 9999: `2026-02-30` is none. */
export const isDay = (text: string): boolean =>
  dayPattern.test(text) && text >= '0001' && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

/** An instant with its zone, which in UTC is within the years 1 to 9999. */
export function isInstant(text: string): boolean {
  const found = instantPattern.exec(text);
  if (!found || !isDay(found[1]!) || Number(found[5] ?? 0) > zoneHoursMax) return false;
  const at = Date.parse(text.replace(' ', 'T'));
  return !Number.isNaN(at) && isDay(dayOf(at));
}

const dayOf = (at: number): string => new Date(at).toISOString().replace(/T.*$/, '');
