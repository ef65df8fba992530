import type { operations } from './schema.js';

type Bodies = NonNullable<operations['sendUsage']['requestBody']>['content'];
/** A usage event as it is sent: a CloudEvent 1.0. */
export type UsageEvent = Bodies['application/cloudevents+json'] & Record<string, unknown>;
/** The answer to a batch. */
export type BatchAnswer = operations['sendUsage']['responses']['202']['content']['application/json'];

/** What you hand over. Everything but the type has a default: a random id, now, and the source of the client. */
export type NewUsageEvent = Pick<UsageEvent, 'type'> &
  Partial<Pick<UsageEvent, 'id' | 'source' | 'subject' | 'time' | 'datacontenttype' | 'dataschema'>> & { data?: unknown } & Record<
    string,
    unknown
  >;

/** An event that waits, with the text that every try sends. */
export interface Waiting {
  event: UsageEvent;
  text: string;
  bytes: number;
}

/** Completes an event, once and for all. Throws a TypeError for what is no event at all: that is a mistake in the program. */
export function complete(
  given: NewUsageEvent,
  { source, id, now }: { source: string | undefined; id: () => string; now: () => Date },
): Waiting {
  const from = given.source ?? source;
  if (typeof given.type !== 'string' || given.type === '') throw new TypeError('A usage event needs a type.');
  if (typeof from !== 'string' || from === '') throw new TypeError('A usage event needs a source: give it one, or the client.');
  const event = { ...given, specversion: '1.0', id: given.id ?? id(), source: from, time: given.time ?? now().toISOString() } as UsageEvent;
  const text = JSON.stringify(event);
  return { event, text, bytes: new TextEncoder().encode(text).length };
}
