import { parseExact } from '../../platform/json/index.js';
import { shownTime, type CheckedEvent } from './cloud-event.js';

type Shown = Pick<CheckedEvent, 'source' | 'id' | 'type' | 'subject' | 'occurredAt' | 'data' | 'attributes'>;

/** The CloudEvent that a checked event was made of, as JSON text; nothing of it is lost in the row. Pure. */
export function asCloudEvent({ source, id, type, subject, occurredAt, data, attributes }: Shown): string {
  const rest = attributes === null ? {} : (parseExact(attributes) as Record<string, unknown>);
  const event: Record<string, unknown> = { specversion: '1.0', id, source, type };
  if (subject !== null) event['subject'] = subject;
  if (occurredAt !== null) event['time'] = shownTime(occurredAt.ms);
  Object.assign(event, rest);
  if (event['time'] === null) delete event['time'];
  const text = JSON.stringify(event);
  return data === null ? text : `${text.slice(0, -1)},"data":${data}}`;
}
