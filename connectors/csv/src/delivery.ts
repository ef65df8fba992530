import { isJsonObject, rejected, type Delivery, type JsonObject, type SourceRecord } from '@waybill/sdk';
import { texts } from './settings.js';

export const rowStream = 'rows';

/** What is known of the file that a row lies in. */
export interface FileFacts {
  name: string;
  checksum: string;
  modifiedAt: string;
  begunAt: string;
  rows: number;
}

/** Of the checksum, what names a file: 128 bits. */
const fileOf = (checksum: string): string => checksum.slice(0, 32);

interface Kept {
  file: string;
  checksum: string;
  modifiedAt: string;
  begunAt: string;
  rows: number;
  row: number;
}

const keptOf = ({ name, checksum, modifiedAt, begunAt, rows }: FileFacts, row: number): Kept => ({ file: name, checksum, modifiedAt, begunAt, rows, row }); // prettier-ignore

/** A row is named by the content of its file and its number, so the same file under another name, or a second time, is the same rows. */
export function deliveryOf(file: FileFacts, row: number, values: Record<string, string>): Delivery {
  return {
    id: `${rowStream}/${fileOf(file.checksum)}/${row}`,
    body: JSON.stringify({ ...keptOf(file, row), values }),
    via: 'poll',
    stream: rowStream,
  };
}

/** What could not be read, with its bytes, so that a person sees it and nothing is lost. */
export function refusalOf(
  file: FileFacts,
  row: number,
  problem: { code: string; reason: string; remedy: string; bytes?: Buffer },
): Delivery {
  const { bytes, ...told } = problem;
  const text = bytes?.toString('utf8');
  const content = bytes === undefined ? {} : Buffer.from(text!, 'utf8').equals(bytes) ? { text } : { base64: bytes.toString('base64') };
  return {
    id: `${rowStream}/${fileOf(file.checksum)}/${row}${problem.bytes === undefined ? `/${problem.code}` : ''}`,
    body: JSON.stringify({ ...keptOf(file, row), problem: told, ...content }),
    via: 'poll',
    stream: rowStream,
  };
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The row of a delivery, as text by its columns. Throws `rejected` for one that could not be read. Pure. */
export function unpackRow(delivery: Delivery, settings: JsonObject): SourceRecord[] {
  const kept = parsed(delivery.body);
  const { file, checksum, modifiedAt, begunAt, row, rows, values, problem } = isJsonObject(kept) ? kept : {};
  if (typeof file !== 'string' || typeof checksum !== 'string' || typeof row !== 'number' || !isInstant(modifiedAt) || !isInstant(begunAt))
    throw refuse('row-unreadable', 'What is stored is no row of a file.', 'Let the file be read again.');
  const where = `Row ${row} of ${file}`;
  if (isJsonObject(problem)) {
    const { code, reason, remedy } = problem;
    throw refuse(`row-${String(code)}`, `${where} cannot be read: ${String(reason)}.`, String(remedy));
  }
  if (!isJsonObject(values)) throw refuse('row-unreadable', `${where} has no values.`, 'Let the file be read again.');
  return [
    {
      stream: rowStream,
      body: values,
      // What was begun later is newer, and in a file what stands further down.
      revision: `${begunAt} ${String(row).padStart(10, '0')}`,
      occurredAt: modifiedAt,
      delivery: { key: keyOf(values, settings) ?? keyMissing(where, settings) ?? `${fileOf(checksum)}/${row}`, file, row, checksum, rows },
    },
  ];
} // prettier-ignore

/** By the columns that name a record, where the connection has them. */
function keyOf(values: JsonObject, settings: JsonObject): string | undefined {
  const parts = texts(settings, 'keyColumns').map((name) => values[name]);
  if (parts.length === 0 || parts.some((part) => typeof part !== 'string' || part.trim() === '')) return undefined;
  return parts.map((part) => encodeURIComponent(String(part).trim())).join('/');
}

function keyMissing(where: string, settings: JsonObject): undefined {
  const names = texts(settings, 'keyColumns');
  if (names.length === 0) return undefined;
  throw refuse(
    'row-key-missing',
    `${where} has no value in ${names.join(', ')}, which name the record.`,
    'Let the source fill in the key.',
  );
}

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && instant.test(value) && Number.isFinite(Date.parse(value));
const refuse = (code: string, message: string, remedy: string) => rejected({ code, category: 'transformation', message, remedy });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
