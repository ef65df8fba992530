import type { TimelineEvent } from '../../api/build.js';

/** Runs that a page ended in the middle of are one event again, with what both pages say of them. */
export function joined(events: readonly TimelineEvent[]): TimelineEvent[] {
  const whole: TimelineEvent[] = [];
  for (const event of events) {
    const newer = whole.at(-1);
    const [a, b] = [newer?.fact, event.fact];
    if (newer && a?.code === 'runs' && b.code === 'runs' && a.run === b.run && a.state === b.state)
      whole[whole.length - 1] = {
        ...newer,
        id: event.id,
        by: newer.by === event.by ? newer.by : null,
        reason: null,
        fact: {
          ...a,
          count: a.count + b.count,
          firstAt: b.firstAt,
          read: a.read + b.read,
          added: a.added + b.added,
          error: a.error ?? b.error,
        },
      };
    else whole.push(event);
  }
  return whole;
}

/** By the day of their time, in the order that they have. */
export function byDay(events: readonly TimelineEvent[], dayOf: (at: string) => string): { day: string; events: TimelineEvent[] }[] {
  const days: { day: string; events: TimelineEvent[] }[] = [];
  for (const event of events) {
    const day = dayOf(event.at);
    const last = days.at(-1);
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  }
  return days;
}
