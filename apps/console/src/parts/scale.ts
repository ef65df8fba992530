import { locale } from '../language/index.js';
import type { Zone } from './zone.js';

/** A round number at or above the value: the top of a scale. */
export function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const nice = [1, 2, 4, 5, 10].find((n) => n * power >= value) ?? 10;
  return Math.max(2, nice * power);
}

/** An instant below a chart, as fine as the steps of its axis are. */
export function axisLabel(at: string, zone: Zone, stepMs: number): string {
  const timeZone = zone === 'utc' ? 'UTC' : undefined;
  const options: Intl.DateTimeFormatOptions =
    stepMs >= 86_400_000
      ? { month: 'short', day: 'numeric' }
      : stepMs >= 3 * 3_600_000
        ? { month: 'short', day: 'numeric', hour: '2-digit', hourCycle: 'h23' }
        : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone }).format(new Date(at));
}
