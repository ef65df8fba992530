import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { locale, t } from '../language/index.js';
import classes from './parts.module.css';
import { useZone, zoneName, type Zone } from './zone.js';

export function formatInstant(at: string, zone: Zone, options: { seconds?: boolean; zoneShown?: boolean } = {}): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return new Intl.DateTimeFormat(locale(), {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: options.seconds === false ? undefined : '2-digit',
    hourCycle: 'h23',
    timeZone: zoneName(zone),
    timeZoneName: options.zoneShown === false ? undefined : 'short',
  }).format(date);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `3 hours ago`, in words; never the only form that is given. */
export function formatAge(at: string, now: number, style: 'long' | 'narrow' = 'long'): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style });
  for (const [unit, size] of steps) if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  return Math.abs(seconds) < 5 ? t('now') : words.format(Math.trunc(seconds), 'second');
}

/** Now, anew every `everyMs`, so that ages on a screen left open stay true. */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** An age with the absolute time, in the chosen zone, on hover and on focus. */
export function Ago({ at, focusable = false }: { at: string | null | undefined; focusable?: boolean }) {
  const { zone } = useZone();
  const now = useNow();
  if (!at) return <span className={classes.dim}>–</span>;
  const absolute = formatInstant(at, zone);
  return (
    <Tooltip label={absolute} openDelay={200} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at} className={classes.time} tabIndex={focusable ? 0 : undefined}>
        {formatAge(at, now)}
      </time>
    </Tooltip>
  );
}

/** The absolute time, with the age on hover. */
export function At({ at, seconds = true }: { at: string | null | undefined; seconds?: boolean }) {
  const { zone } = useZone();
  const now = useNow();
  if (!at) return <span className={classes.dim}>–</span>;
  return (
    <Tooltip label={`${formatAge(at, now)} · ${formatInstant(at, zone === 'utc' ? 'local' : 'utc')}`} openDelay={200}>
      <time dateTime={at} className={classes.time}>
        {formatInstant(at, zone, { seconds })}
      </time>
    </Tooltip>
  );
}

export const formatTimeOfDay = (at: string, zone: Zone): string =>
  new Intl.DateTimeFormat(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: zoneName(zone),
  }).format(new Date(at));

/** The time of a day that is said around it, with the whole of it on hover. */
export function TimeOfDay({ at }: { at: string }) {
  const { zone } = useZone();
  const now = useNow();
  return (
    <Tooltip label={`${formatAge(at, now)} · ${formatInstant(at, zone)}`} openDelay={200}>
      <time dateTime={at} className={classes.time}>
        {formatTimeOfDay(at, zone)}
      </time>
    </Tooltip>
  );
}

const oneDecimal = new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** `12.3 ms`, for what is measured. */
export const formatMilliseconds = (ms: number): string => `${oneDecimal.format(ms)} ms`;

/** `1.2 s`, `340 ms`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${oneDecimal.format(ms / 1000)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.round((ms % 60_000) / 1000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
