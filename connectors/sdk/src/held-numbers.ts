import { rejected } from './failure.js';

/** A number, or a string with whatever is in it. */
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Text in which a number may stand that is too long for a double. Most documents have none, and looking at each costs several times the parsing. */
const mayHoldLongNumbers = /\d{16}|[\d.]{17}|\d[eE][+-]?\d/;

/**
 * JSON as data, for streams whose records are handed on as they are. A number whose digits a double does not hold is refused, not rounded: an amount
 * that was rounded on its way looks like any other. Throws SyntaxError as JSON.parse does, and `number-too-large`.
 */
export function readHeld(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!mayHoldLongNumbers.test(text)) return value;
  for (const [found] of text.matchAll(token))
    if (!found.startsWith('"') && !isHeld(found))
      throw rejected({
        code: 'number-too-large',
        category: 'transformation',
        message: `The number ${found.slice(0, 60)} has more digits than can be carried exactly.`,
        remedy: 'Let the source send it as text.',
      });
  return value;
}

/** Fifteen significant digits go into a double and come out of it; more only where they happen to be its own. Whole numbers up to 2^53. */
function isHeld(written: string): boolean {
  const value = Number(written);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) return false;
  const [digits, exponent] = written.toLowerCase().split('e') as [string, string | undefined];
  const significant = digits.replace(/[-.]/g, '').replace(/^0+/, '');
  if (significant === '') return true;
  // So small that a double has no room for its digits.
  if (Math.abs(value) < 1e-290) return false;
  if (significant.replace(/0+$/, '').length <= 15) return true;
  return exponent === undefined && String(value) === digits.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}
