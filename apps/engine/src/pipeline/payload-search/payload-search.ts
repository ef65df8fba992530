/** The piece of JSON that recorded payloads are searched for, and over which time. Pure. */
import { unstorableAt } from '../../platform/http/index.js';
import { JsonRefused, parseExact, WrittenNumber } from '../../platform/json/index.js';
import { Problem } from '../../platform/problems/index.js';
import { daysMax, hoursUnlessTold, pieceDepthMax } from './limits.js';

/** Fields that the audit log names. */
const fieldsMax = 20;
/** A larger exponent is a number that `jsonb` does not hold. */
const exponentDigitsMax = 3;

export interface Piece {
  text: string;
  /** Its fields, for the audit log, which keeps for ever what it is told: `customer, lines[].sku`. Values are not for it. */
  fields: string;
}

/** Throws PAYLOAD_FILTER_INVALID with line and column. */
export function pieceOf(text: string): Piece {
  const value = readPiece(text);
  if (typeof value !== 'object' || value === null || value instanceof WrittenNumber) throw refused('It is one value, not an object.');
  if (Object.keys(value).length === 0) throw refused('It is empty, and every payload has that.');
  const unstorable = unstorableAt(value);
  if (unstorable !== undefined) throw refused(`${unstorable} has a NUL or half a character in it, which no payload here has.`);
  return { text, fields: fieldsOf(value) };
}

function readPiece(text: string): unknown {
  try {
    return parseExact(text, {
      depthMax: pieceDepthMax,
      inexact: (written) => {
        const [, digits = ''] = /[eE][+-]?0*(\d*)$/.exec(written) ?? [];
        if (digits.length > exponentDigitsMax) throw refused(`The number ${written.slice(0, 40)} is too large.`);
        return new WrittenNumber(written);
      },
    });
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    const { line, column } = placeOf(text, error.at);
    const what = error.message.replace(/ at character \d+/, '');
    throw refused(`Line ${line}, column ${column}: ${what}.`, { line, column });
  }
}

/** Lines and columns begin with 1. */
function placeOf(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

function refused(detail: string, place?: { line: number; column: number }): Problem {
  const [code, path] = ['PAYLOAD_FILTER_INVALID', '/payload'] as const;
  return new Problem(code, detail, { path, ...(place ? { problems: [{ code, path, detail, ...place }] } : {}) });
}

function fieldsOf(value: object): string {
  const found = new Set<string>();
  const visit = (part: unknown, path: string): void => {
    if (found.size > fieldsMax) return;
    if (Array.isArray(part)) part.forEach((item) => visit(item, `${path}[]`));
    else if (typeof part === 'object' && part !== null && !(part instanceof WrittenNumber) && Object.keys(part).length > 0)
      for (const [name, inner] of Object.entries(part)) visit(inner, path === '' ? name : `${path}.${name}`);
    else found.add(path);
  };
  visit(value, '');
  const names = [...found].slice(0, fieldsMax);
  return `${names.join(', ')}${found.size > fieldsMax ? ' and others' : ''}`.slice(0, 500);
}

export interface Span {
  from: string;
  to: string;
}

/** `now`: milliseconds since 1970. */
export function spanOf(asked: { from?: string | undefined; to?: string | undefined }, now: number): Span {
  const to = asked.to === undefined ? now : Date.parse(asked.to);
  const from = asked.from === undefined ? to - hoursUnlessTold * 3_600_000 : Date.parse(asked.from);
  if (from >= to)
    throw new Problem('REQUEST_INVALID', `The time ends, ${iso(to)}, before it begins, ${iso(from)}.`, {
      path: asked.from === undefined ? '/to' : '/from',
      remedy: 'Give a `from` before `to`.',
    });
  if (to - from > daysMax * 86_400_000)
    throw new Problem('PAYLOAD_RANGE_TOO_LONG', `From ${iso(from)} to ${iso(to)} are more than ${daysMax} days.`, { path: '/from' });
  return { from: iso(from), to: iso(to) };
}

const iso = (at: number): string => new Date(at).toISOString();
