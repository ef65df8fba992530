import { hash } from 'node:crypto';
import { canonicalText, quoted, sorted, WrittenNumber } from '../../platform/json/index.js';
import { eventKey, type Digest } from './event-key.js';
import { Flaw, flawsMax } from './flaw.js';
import { readInstant, type Instant } from './instant.js';
import { limits } from './limits.js';
import { isMediaType, isUri, isUriReference } from './uris.js';

/** An event that may go into the ledger, in the form of its row. */
export interface CheckedEvent {
  key: Digest;
  content: Digest;
  source: string;
  id: string;
  type: string;
  subject: string | null;
  /** Null: the event says no time, and happened when it was received. */
  occurredAt: Instant | null;
  /** Canonical JSON. */
  data: string | null;
  /** Canonical JSON of what has no column: other attributes, `data_base64`, and the time where its text says more than the column. */
  attributes: string | null;
}

/** Asked for each event; gives where the data does not fit the type. */
export type CheckData = (type: string, event: { data: unknown; binary: boolean }) => Flaw | undefined;

type Attributes = Record<string, unknown>;

/** Half characters and NUL, as canonical text writes them: an escape behind an even number of backslashes. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89ab-f])/;
const attributeName = /^[a-z0-9]+$/;
const inColumns = new Set(['specversion', 'id', 'source', 'type', 'subject', 'time', 'data']);
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Checks a CloudEvent of version 1.0 as JSON, and makes its row. An attribute that is null is one that is not there. `escaped`: its text was
 * written with escapes, and may hold what cannot be stored; `written`: it may hold numbers that a double does not. Pure.
 */
export function checkEvent(value: unknown, checkData: CheckData, { escaped = true, written = true } = {}): CheckedEvent | Flaw {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof WrittenNumber)
    return new Flaw('USAGE_EVENT_INVALID', '', 'An event is a JSON object.');
  const event = value as Attributes;
  const names = namesOf(event);
  const id = typeof event['id'] === 'string' ? event['id'] : null;
  const data = event['data'] ?? null;
  const binary = names.includes('data_base64');
  const flaws = flawsOf(event, names, written);
  if (flaws.length > 0) {
    const misfit = typeof event['type'] === 'string' ? checkData(event['type'], { data, binary }) : undefined;
    return Flaw.of(misfit ? [...flaws, misfit] : flaws, id);
  }

  const dataText = data === null ? null : canonicalText(data);
  const contentText = contentOf(event, names, dataText);
  if (contentText.length > limits.eventBytesMax || Buffer.byteLength(contentText) > limits.eventBytesMax)
    return new Flaw('USAGE_EVENT_TOO_LARGE', '', `The event is larger than ${limits.eventBytesMax / 1024} kB.`, id);
  if (escaped && unstorable.test(contentText))
    return new Flaw('USAGE_EVENT_INVALID', '', 'The event has a NUL or half a character in it.', id?.slice(0, 200) ?? null);
  const type = event['type'] as string;
  const misfit = checkData(type, { data, binary });
  if (misfit) return Flaw.of([misfit], id);

  const source = event['source'] as string;
  const time = (event['time'] ?? null) as string | null;
  const occurredAt = time === null ? null : readInstant(time)!;
  return {
    key: eventKey(source, id!),
    content: hash('sha256', contentText, 'binary'),
    source,
    id: id!,
    type,
    subject: (event['subject'] ?? null) as string | null,
    occurredAt,
    data: dataText,
    attributes: attributesOf(event, names, time, occurredAt),
  };
}

/** Events of one sender have the same attributes in the same order, so what was put in order for the last one is right for the next. */
let last: { keys: readonly string[]; names: readonly string[] } = { keys: [], names: [] };

/** Attributes that are not null, in the order of RFC 8785. */
function namesOf(event: Attributes): readonly string[] {
  const keys = Object.keys(event);
  for (const key of keys) if (event[key] === null) return sorted(keys.filter((name) => event[name] !== null));
  if (keys.length !== last.keys.length || keys.some((key, n) => key !== last.keys[n])) last = { keys, names: sorted([...keys]) };
  return last.names;
}

/** RFC 8785 text of the whole event; the data is in it as it was made already. */
function contentOf(event: Attributes, names: readonly string[], dataText: string | null): string {
  let text = '{';
  for (const name of names) text += `${text.length === 1 ? '' : ','}"${name}":${name === 'data' ? dataText! : valueText(event[name])}`;
  return `${text}}`;
}

const valueText = (value: unknown): string => (typeof value === 'string' ? quoted(value) : JSON.stringify(value));

function attributesOf(event: Attributes, names: readonly string[], time: string | null, occurredAt: Instant | null): string | null {
  let text = '';
  for (const name of names) if (!inColumns.has(name)) text += `${text === '' ? '{' : ','}"${name}":${valueText(event[name])}`;
  // The column alone would not show that the event said no time, or how it wrote it.
  if (occurredAt === null) text += `${text === '' ? '{' : ','}"time":null`;
  else if (!isPlain(time!, occurredAt)) text += `${text === '' ? '{' : ','}"time":${JSON.stringify(time)}`;
  return text === '' ? null : `${text}}`;
}

/** Is the text what the column is shown as: UTC, `Z`, no fraction or milliseconds, no leap second? */
const isPlain = (time: string, { ms, micros }: Instant): boolean =>
  micros === 0 && time.length === (ms % 1000 === 0 ? 20 : 24) && time[10] === 'T' && time.endsWith('Z') && time[17] !== '6';
/** How a moment is shown: milliseconds only where there are any. */
export function shownTime(ms: number): string {
  const iso = new Date(ms).toISOString();
  return ms % 1000 === 0 ? `${iso.slice(0, 19)}Z` : iso;
}

/** What is wrong with the attributes and the numbers, in their order: an event that is refused is to be put right in one go. */
function flawsOf(event: Attributes, names: readonly string[], written: boolean): Flaw[] {
  const flaws: Flaw[] = [];
  for (const name of ['specversion', 'id', 'source', 'type'])
    if (event[name] === undefined || event[name] === null) flaws.push(invalid(`/${name}`, `A CloudEvent needs ${name}.`));
  let extensions = 0;
  for (const name of names) {
    if (name === 'data') continue;
    const value = event[name];
    const check = known[name];
    if (check === undefined) {
      extensions += 1;
      const flaw = flawOfExtension(name, value);
      if (flaw && flaws.length < flawsMax) flaws.push(flaw);
    } else if (typeof value !== 'string') flaws.push(invalid(`/${name}`, `${name} must be text.`));
    else {
      const sentence = check(value);
      if (sentence !== undefined) flaws.push(invalid(`/${name}`, `${name} ${sentence}`));
    }
  }
  if (extensions > limits.extensionsMax)
    flaws.push(invalid('', `An event may have ${limits.extensionsMax} extensions, not ${extensions}.`));
  if (event['data_base64'] != null && event['data'] != null)
    flaws.push(invalid('/data_base64', 'An event has data or data_base64, not both.'));
  const number = written ? flawOfNumbers(event['data'], '/data') : undefined;
  return number ? [...flaws, number] : flaws;
}

const invalid = (path: string, detail: string): Flaw => new Flaw('USAGE_EVENT_INVALID', path, detail);

/** At most so many bytes; most texts are so short that no character could make them longer. */
function length(value: string, most: number): string | undefined {
  if (value === '') return 'must not be empty.';
  return value.length * 3 > most && Buffer.byteLength(value) > most ? `must have ${most} bytes at most.` : undefined;
}

const known: Record<string, (value: string) => string | undefined> = Object.assign(Object.create(null), {
  specversion: (value: string) => (value === '1.0' ? undefined : `must be "1.0", not ${JSON.stringify(value.slice(0, 20))}.`),
  id: (value: string) => length(value, limits.idBytesMax),
  source: (value: string) =>
    length(value, limits.sourceBytesMax) ??
    (isUriReference(value) ? undefined : 'must be a URI reference, such as /gateways/eu-1 or https://example.org/meters.'),
  type: (value: string) => length(value, limits.typeBytesMax),
  subject: (value: string) => length(value, limits.subjectBytesMax),
  time: (value: string) =>
    readInstant(value) === undefined ? 'must be an RFC 3339 time between 1970 and 2200, such as 2026-11-27T08:00:00Z.' : undefined,
  datacontenttype: (value: string) =>
    length(value, limits.attributeBytesMax) ?? (isMediaType(value) ? undefined : 'must be a media type, such as application/json.'),
  dataschema: (value: string) => length(value, limits.attributeBytesMax) ?? (isUri(value) ? undefined : 'must be an absolute URI.'),
  data_base64: (value: string) => (base64.test(value) ? undefined : 'must be base64.'),
}) as Record<string, (value: string) => string | undefined>;

function flawOfExtension(name: string, value: unknown): Flaw | undefined {
  const path = `/${name}`;
  if (!attributeName.test(name) || name.length > limits.attributeNameMax)
    return invalid(
      path,
      `${JSON.stringify(name.slice(0, 80))} is no name of an attribute: only a to z and 0 to 9, ${limits.attributeNameMax} at most.`,
    );
  if (typeof value === 'boolean') return undefined;
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value + 0.5) < 2_147_483_648
      ? undefined
      : invalid(path, `${name} must be a whole number of 32 bits.`);
  if (typeof value !== 'string')
    return invalid(path, `${name} must be text, a whole number, true or false; what is structured belongs into data.`);
  return value.length * 3 > limits.attributeBytesMax && Buffer.byteLength(value) > limits.attributeBytesMax
    ? invalid(path, `${name} must have ${limits.attributeBytesMax} bytes at most.`)
    : undefined;
}

function flawOfNumbers(value: unknown, path: string): Flaw | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof WrittenNumber) {
    const exponent = Math.abs(Number(/[eE]([+-]?\d+)$/.exec(value.text)?.[1] ?? 0));
    return value.text.length > limits.numberCharactersMax || exponent > limits.exponentMax
      ? invalid(path, `A number may have ${limits.numberCharactersMax} characters and an exponent up to ${limits.exponentMax}.`)
      : undefined;
  }
  for (const [name, part] of Object.entries(value)) {
    const flaw = flawOfNumbers(part, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    if (flaw) return flaw;
  }
  return undefined;
}
