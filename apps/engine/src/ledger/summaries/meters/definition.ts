export const aggregates = ['sum', 'count', 'max', 'min', 'average', 'unique', 'latest'] as const;
export type Aggregate = (typeof aggregates)[number];
export const windows = ['hour', 'day', 'month'] as const;
export type Window = (typeof windows)[number];
export const latePolicies = ['next-period', 'credit-memo'] as const;
/** What becomes of usage that comes, or is corrected, after its period was sealed. */
export type LatePolicy = (typeof latePolicies)[number];

/** A meter: how events become a quantity that can be billed. */
export interface MeterDefinition {
  meter: string;
  description: string;
  events: string[];
  /** JSON pointer into the event's data → what must stand there. */
  where: Record<string, string | number | boolean>;
  aggregate: Aggregate;
  /** JSON pointer of what is aggregated; absent for a count alone. */
  value?: string;
  /** Name of a dimension → JSON pointer. */
  groupBy: Record<string, string>;
  window: Window;
  unit?: string;
  period: { every: 'month' | 'day'; startsOn: number; timeZone: string };
  /** Undefined: as the installation says. */
  late?: LatePolicy;
  /** Undefined: as the installation says. */
  sealAfterMs?: number;
}

/** The columns of a version that the database reads events with. */
export interface MeterColumns {
  types: string[];
  matches: string;
  valuePath: string[] | null;
  /** Names of the dimensions, and where each stands, five at most. */
  dimensions: string[];
  paths: (string[] | null)[];
  aggregate: Aggregate;
  /** An hour or a day: accounts change with a day, so no bucket is longer. */
  grain: 'hour' | 'day';
  zone: string;
  every: 'month' | 'day';
  startsOn: number;
}

export const dimensionsMax = 5;

export function columnsOf(meter: MeterDefinition): MeterColumns {
  return {
    types: meter.events,
    matches: JSON.stringify(nested(meter.where)),
    valuePath: meter.value === undefined ? null : pathOf(meter.value),
    dimensions: Object.keys(meter.groupBy),
    paths: Array.from({ length: dimensionsMax }, (_, n) => Object.values(meter.groupBy).map(pathOf)[n] ?? null),
    aggregate: meter.aggregate,
    grain: meter.window === 'hour' ? 'hour' : 'day',
    zone: meter.period.timeZone,
    every: meter.period.every,
    startsOn: meter.period.startsOn,
  };
}

/** The names on a JSON pointer's way (RFC 6901). */
export const pathOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Equality at pointers, as one document that the data must contain. */
function nested(where: MeterDefinition['where']): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const [pointer, value] of Object.entries(where)) {
    const path = pathOf(pointer);
    const holder = path.slice(0, -1).reduce<Record<string, unknown>>((at, part) => (at[part] ??= {}) as Record<string, unknown>, whole);
    holder[path.at(-1)!] = value;
  }
  return whole;
}
