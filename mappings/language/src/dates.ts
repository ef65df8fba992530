/** Calendar dates and instants for mappings: pure functions of their arguments, no clock. */
export class DateError extends Error {}

const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const formats = new Map<string, Intl.DateTimeFormat>();

function inZone(at: Date, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    try {
      format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    } catch {
      throw new DateError(`${JSON.stringify(zone)} is not a time zone; use an IANA name such as Europe/Berlin`);
    }
    formats.set(zone, format);
  }
  return format.format(at);
}

function readInstant(value: unknown): Date {
  const at = typeof value === 'string' ? new Date(value) : undefined;
  if (!at || Number.isNaN(at.getTime()))
    throw new DateError(`${JSON.stringify(value) ?? 'nothing'} is not an instant such as 2026-11-23T04:00:00Z`);
  return at;
}

function readSeconds(value: unknown): Date {
  const seconds = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isSafeInteger(seconds))
    throw new DateError(`${JSON.stringify(value) ?? 'nothing'} is not a number of seconds since 1970`);
  return new Date(seconds * 1000);
}

function readDate(value: unknown): Date {
  const at = typeof value === 'string' && datePattern.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  if (!at || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== value)
    throw new DateError(`${JSON.stringify(value) ?? 'nothing'} is not a date such as 2026-11-23`);
  return at;
}

const text = (at: Date): string => at.toISOString().slice(0, 10);
const day = 86_400_000;

export const fromUnix = (seconds: unknown, zone = 'UTC'): string => inZone(readSeconds(seconds), zone);
export const instant = (seconds: unknown): string => readSeconds(seconds).toISOString().replace('.000Z', 'Z');
export const of = (value: unknown, zone = 'UTC'): string => inZone(readInstant(value), zone);
export const addDays = (date: unknown, days: number): string => text(new Date(readDate(date).getTime() + days * day));
export const daysBetween = (from: unknown, to: unknown): number => Math.round((readDate(to).getTime() - readDate(from).getTime()) / day);
export const startOfMonth = (date: unknown): string => `${text(readDate(date)).slice(0, 8)}01`;

export function endOfMonth(date: unknown): string {
  const at = readDate(date);
  return text(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)));
}

/** The same day `months` later; the last day of the month where that day does not exist. */
export function addMonths(date: unknown, months: number): string {
  const at = readDate(date);
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
  const last = Number(endOfMonth(text(first)).slice(8));
  return text(new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(at.getUTCDate(), last))));
}

export const max = (a: unknown, b: unknown): string => (readDate(a) >= readDate(b) ? (a as string) : (b as string));
export const min = (a: unknown, b: unknown): string => (readDate(a) <= readDate(b) ? (a as string) : (b as string));
