const pattern = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const [from, to] = [Date.UTC(1970, 0, 1), Date.UTC(2200, 0, 1)];

/** A moment: milliseconds since 1970, and the microseconds beyond them. */
export interface Instant {
  ms: number;
  micros: number;
}

/**
 * An RFC 3339 time between 1970 and 2200, or undefined. A leap second is the first of the next minute. What is finer than a microsecond is
 * cut off; the text itself is kept beside the event. Pure.
 */
export function readInstant(text: string): Instant | undefined {
  // It is asked for once to check it and once to keep it.
  if (text !== last.text) last = { text, instant: parse(text) };
  return last.instant;
}

let last: { text: string; instant: Instant | undefined } = { text: '', instant: undefined };

/** `2026-11-20T08:00:00Z`, with milliseconds or without, is what most senders write: read without an expression. */
function plain(text: string): Instant | undefined {
  if ((text.length !== 20 && text.length !== 24) || !separators.every(([at, sign]) => text.charCodeAt(at) === sign) || !text.endsWith('Z'))
    return undefined;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)];
  const millis = text.length === 20 ? 0 : text[19] === '.' ? digits(text, 20, 23) : NaN;
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour <= 23 && minute <= 59 && second <= 59))
    return undefined;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, millis);
  return ms >= from && ms < to ? { ms, micros: 0 } : undefined;
}

const separators = [
  [4, 45],
  [7, 45],
  [10, 84],
  [13, 58],
  [16, 58],
] as const;

/** The number in those places; NaN, which fits no comparison, when one of them is no digit. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

function parse(text: string): Instant | undefined {
  return plain(text) ?? general(text);
}

function general(text: string): Instant | undefined {
  const found = pattern.exec(text);
  if (!found) return undefined;
  const [year, month, day, hour, minute, second] = [+found[1]!, +found[2]!, +found[3]!, +found[4]!, +found[5]!, +found[6]!];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 60) return undefined;
  let ms = Date.UTC(year, month - 1, day, hour, minute, second);
  if (found[8] !== undefined) {
    const [hours, minutes] = [+found[9]!, +found[10]!];
    if (hours > 23 || minutes > 59) return undefined;
    ms -= (found[8] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  }
  const fraction = found[7] === undefined ? 0 : +found[7].slice(0, 6).padEnd(6, '0');
  ms += Math.floor(fraction / 1000);
  return ms >= from && ms < to ? { ms, micros: fraction % 1000 } : undefined;
}

const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysIn = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : days[month - 1]!;
