/**
 * Arrays of parameters in PostgreSQL's binary form (array_recv: dimensions, flags, type of element, then length and bytes of each element).
 * The driver writes an array as a text literal in which every quote is escaped, and the server takes it apart again; for thousands of rows
 * a statement that costs more than the rows do. A Buffer goes to the server as it is. Pure.
 */

const oid = { bytea: 17, int4: 23, text: 25, timestamptz: 1184, jsonb: 3802 } as const;
const headBytes = 20;
/** Microseconds are counted from 2000 there, milliseconds from 1970 here. */
const epochMs = Date.UTC(2000, 0, 1);

type Text = string | null;

function begin(bytes: number, type: keyof typeof oid, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(headBytes + bytes);
  buffer.writeInt32BE(1, 0); // one dimension; an empty array of one dimension is read as empty
  buffer.writeInt32BE(1, 4); // there may be nulls
  buffer.writeInt32BE(oid[type], 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}

/** Three bytes for each UTF-16 unit are always enough; the buffer is cut to what was written. */
function texts(values: readonly Text[], type: 'text' | 'jsonb'): Buffer {
  const before = type === 'jsonb' ? 1 : 0;
  let most = 0;
  for (const value of values) most += 4 + (value === null ? 0 : before + value.length * 3);
  const buffer = begin(most, type, values.length);
  let at = headBytes;
  for (const value of values) {
    if (value === null) {
      at = buffer.writeInt32BE(-1, at);
      continue;
    }
    // jsonb_recv wants the version of its form before the text.
    if (before === 1) buffer[at + 4] = 1;
    const written = writeText(buffer, value, at + 4 + before) + before;
    buffer.writeInt32BE(written, at);
    at += 4 + written;
  }
  return buffer.subarray(0, at);
}

const shortMax = 100;

/** Short plain text is written faster here than by a call into the runtime. Returns the bytes. */
function writeText(buffer: Buffer, text: string, from: number): number {
  if (text.length > shortMax) return buffer.write(text, from);
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    if (c > 127) return buffer.write(text, from);
    buffer[from + at] = c;
  }
  return text.length;
}

function writeBytes(buffer: Buffer, text: string, from: number): number {
  for (let at = 0; at < text.length; at += 1) buffer[from + at] = text.charCodeAt(at);
  return text.length;
}

export const textArray = (values: readonly Text[]): Buffer => texts(values, 'text');
/** Each value is JSON text. */
export const jsonbArray = (values: readonly Text[]): Buffer => texts(values, 'jsonb');

/** Bytes, or texts with a character for each byte. */
export function byteaArray(values: readonly (Buffer | string)[]): Buffer {
  let bytes = 0;
  for (const value of values) bytes += 4 + value.length;
  const buffer = begin(bytes, 'bytea', values.length);
  let at = headBytes;
  for (const value of values) {
    at = buffer.writeInt32BE(value.length, at);
    at += typeof value === 'string' ? writeBytes(buffer, value, at) : value.copy(buffer, at);
  }
  return buffer;
}

export function int4Array(values: readonly number[]): Buffer {
  const buffer = begin(values.length * 8, 'int4', values.length);
  let at = headBytes;
  for (const value of values) {
    at = buffer.writeInt32BE(4, at);
    at = buffer.writeInt32BE(value, at);
  }
  return buffer;
}

/** Moments between 1715 and 2285, so that microseconds are exact in a double. */
export function timestamptzArray(values: readonly ({ ms: number; micros: number } | null)[]): Buffer {
  const buffer = begin(values.length * 12, 'timestamptz', values.length);
  let at = headBytes;
  for (const value of values) {
    if (value === null) {
      at = buffer.writeInt32BE(-1, at);
      continue;
    }
    const micros = (value.ms - epochMs) * 1000 + value.micros;
    const high = Math.floor(micros / 4_294_967_296);
    at = buffer.writeInt32BE(8, at);
    at = buffer.writeInt32BE(high, at);
    at = buffer.writeUInt32BE(micros - high * 4_294_967_296, at);
  }
  return buffer.subarray(0, at);
}
