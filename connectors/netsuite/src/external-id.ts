import { createHash } from 'node:crypto';

const lengthMax = 200;

/**
 * Any text as an external id of NetSuite, which takes letters, digits, `_` and `-` only (section_156334828635) and compares
 * without case. Every other byte becomes `_` and two hex digits, `_` itself too, so two texts meet only where they differ by
 * case alone. A text that becomes too long ends in its hash. A posting key comes out as it is. Pure.
 */
export function externalIdOf(text: string): string {
  const escaped = [...Buffer.from(text, 'utf8')].map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : `_${hex(byte)}`)).join('');
  if (escaped.length <= lengthMax) return escaped;
  const hash = createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 40);
  return `${escaped.slice(0, lengthMax - 42).replace(/_[0-9a-f]?$/, '')}__${hash}`; // `__` cannot come of escaping
}

const isPlain = (byte: number): boolean =>
  byte === 45 || (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
