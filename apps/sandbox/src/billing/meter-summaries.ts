import { money } from '@waybill/sdk';
import { createHash } from 'node:crypto';
import type { Billing } from './billing.js';
import type { Form } from './form.js';
import { has, oneOf, text, whole } from './parameters.js';
import { invalid } from './stripe-error.js';

const windowSeconds = { hour: 3_600, day: 86_400 } as const;
const minuteSeconds = 60;

/** What a meter counts of a customer between two instants, in one sum or by the hour or day of UTC; a window without events is left out. */
export function meterSummaries(billing: Billing, id: string, form: Form) {
  const meter = billing.get('meters', id);
  const customer = billing.get('customers', text(form, 'customer')).id;
  const [start, end] = [whole(form, 'start_time'), whole(form, 'end_time')];
  const size = has(form, 'value_grouping_window') ? windowSeconds[oneOf(form, 'value_grouping_window', ['hour', 'day'] as const)] : undefined;
  if (end <= start) throw invalid('end_time must be after start_time.', 'end_time');
  for (const [name, at] of [['start_time', start], ['end_time', end]] as const)
    if (at % (size ?? minuteSeconds) !== 0) throw invalid(`${name} must be aligned with ${size === undefined ? 'minute' : `${text(form, 'value_grouping_window')}`} boundaries.`, name);
  const windows = new Map<number, string[]>();
  for (const event of billing.state.meterEvents) {
    if (event.event_name !== meter.event_name || event.customer !== customer || event.timestamp < start || event.timestamp >= end) continue;
    const at = size === undefined ? start : Math.floor(event.timestamp / size) * size;
    windows.set(at, [...(windows.get(at) ?? []), event.value]);
  }
  return [...windows]
    .sort(([a], [b]) => a - b)
    .map(([at, values]) => ({
      id: `mtrusg_${createHash('sha256').update(`${meter.id}/${customer}/${at}/${size ?? end}`).digest('hex').slice(0, 24)}`,
      object: 'billing.meter_event_summary' as const,
      // A number of JSON, as Stripe has it.
      aggregated_value: Number(money.sum(values)),
      start_time: at,
      end_time: size === undefined ? end : at + size,
      livemode: false as const,
      meter: meter.id,
      created: at,
    }));
} // prettier-ignore
