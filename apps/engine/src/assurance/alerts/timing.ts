import type { AlertRule, QuietHours } from './rules.js';

const minuteMs = 60_000;
/** Waits before the second try, the third …; after the last one a notice has failed. */
const retryMinutes = [1, 5, 15, 60, 180];
export const triesMax = retryMinutes.length + 1;

/** When a notice goes out that is asked for now. */
export function dueAt(rule: Pick<AlertRule, 'digestMinutes' | 'quiet' | 'highBreaksQuiet' | 'severity'>, now: Date): Date {
  const gathered = new Date(now.getTime() + rule.digestMinutes * minuteMs);
  if (!rule.quiet || (rule.severity === 'high' && rule.highBreaksQuiet)) return gathered;
  return afterQuiet(rule.quiet, gathered);
}

/** The instant itself, or the end of the quiet hours that it is in. */
export function afterQuiet({ from, to, timeZone }: QuietHours, at: Date): Date {
  const now = minutesOfDay(at, timeZone);
  const [begins, ends] = [minutesOf(from), minutesOf(to)];
  const inside = begins < ends ? now >= begins && now < ends : now >= begins || now < ends;
  if (!inside) return at;
  const rounded = Math.floor(at.getTime() / minuteMs) * minuteMs;
  const away = (ends - now + 1_440) % 1_440;
  // Clocks that change in the night move the end by an hour: what the clock says there decides.
  for (const shift of [0, -60, 60, -30, 30]) {
    const candidate = new Date(rounded + (away + shift) * minuteMs);
    if (candidate.getTime() > at.getTime() && minutesOfDay(candidate, timeZone) === ends) return candidate;
  }
  return new Date(rounded + away * minuteMs);
}

/** When a notice that could not be delivered is tried again; undefined: never. */
export function retryAt(tries: number, now: Date): Date | undefined {
  const wait = retryMinutes[tries - 1];
  return wait === undefined ? undefined : new Date(now.getTime() + wait * minuteMs);
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function minutesOfDay(at: Date, timeZone: string): number {
  const text = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
  return minutesOf(text);
}
