import type { Sample } from '../../api/build.js';

/** What a mapping is given beside the record, as a person may set it. Texts, as they are typed. */
export interface GivenTexts {
  asOf: string;
  flow: string;
  revision: string;
  /** JSON. */
  delivery: string;
}

/** As it was when the record was translated; of a sample of one's own, as a record that happens now would be. */
export function givenOf(recorded: Sample | undefined, flow: string | undefined, input: unknown, now: string): GivenTexts {
  const occurredAt = (input as { occurredAt?: unknown } | null | undefined)?.occurredAt;
  return {
    asOf: recorded?.occurredAt ?? (typeof occurredAt === 'string' ? occurredAt : now),
    flow: recorded?.flow ?? flow ?? '',
    revision: recorded?.revision ?? '0',
    delivery: JSON.stringify(recorded?.delivery ?? {}, null, 2),
  };
}

/** Undefined where it is not JSON, or not an object. */
export function deliveryOf(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text.trim() === '' ? '{}' : text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export const isInstant = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) && !Number.isNaN(Date.parse(text));
