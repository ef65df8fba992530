import type { StreamRecord } from '@waybill/sdk';
import { decodeText, JsonRefused, readJson } from '../../platform/json/index.js';
import { isProblem } from '../../platform/problems/index.js';
import { binaryEvent, isBinaryMode, type AttributeHeaders } from '../events/binary-mode.js';
import { checkEvent, type CheckData, type CheckedEvent } from '../events/cloud-event.js';
import { Flaw } from '../events/flaw.js';
import { bareType, mediaTypes } from '../events/read-request.js';
import { limits } from './limits.js';

const contentType = 'content-type';
const nothing = Buffer.alloc(0);

/**
 * The event of a record (CloudEvents Kafka binding 1.0.2, 3; NATS binding 1.0.2, 3): structured when its content type says so, binary when it has
 * attributes in headers. A record that says neither, as simple tools write them, is read as the event itself. Never throws. Pure.
 */
export function readRecord({ headers, value }: StreamRecord, attributes: AttributeHeaders, check: CheckData): CheckedEvent | Flaw {
  try {
    if ((value?.length ?? 0) > limits.recordBytesMax)
      return new Flaw('USAGE_EVENT_TOO_LARGE', '', `The record has ${value!.length} bytes; ${limits.recordBytesMax / 1024} kB are read.`);
    const lower = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]));
    const type = bareType(lower[contentType]);
    if (type === mediaTypes.event || (type === '' && !isBinaryMode(lower, attributes))) return structured(value, check);
    if (type.startsWith('application/cloudevents') || !isBinaryMode(lower, attributes))
      return invalid(
        `A record of the type ${type.slice(0, 100)} is no event: let its content-type be ${mediaTypes.event}, or its headers begin with ${attributes.prefix}.`,
      );
    let facts = { escaped: true, written: true };
    const event = binaryEvent(lower, value ?? nothing, (bytes) => {
      const { value: data, ...found } = readJson(decodeText(bytes));
      facts = { ...found, escaped: true };
      return data;
    }, attributes); // prettier-ignore
    return checkEvent(event, check, facts);
  } catch (error) {
    if (error instanceof JsonRefused) return new Flaw(error.code, '', `The value cannot be read: ${error.message}.`);
    if (isProblem(error)) return new Flaw(error.code, error.more.path ?? '', error.message);
    throw error;
  }
}

function structured(value: Buffer | null, check: CheckData): CheckedEvent | Flaw {
  if (value === null || value.length === 0) return invalid('The record is empty.');
  const { value: event, ...facts } = readJson(decodeText(value));
  return checkEvent(event, check, facts);
}

const invalid = (detail: string): Flaw => new Flaw('USAGE_EVENT_INVALID', '', detail);
