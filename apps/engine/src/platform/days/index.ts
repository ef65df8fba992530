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

/** A zone of the IANA database. Offsets such as +02:00 are none: they know no summer, and PostgreSQL reads their sign the other way round. */
export function isTimeZone(name: string): boolean {
  if (name !== 'UTC' && !/^[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z0-9_+-]+){1,2}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false; // the one thing that this constructor refuses here is a zone that it does not know
  }
}
