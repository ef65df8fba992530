import { money } from '@waybill/sdk';
import { Refusal } from './refusal.js';

export type Body = Record<string, unknown>;

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);

export function bodyOf(value: unknown): Body {
  if (!isBody(value)) throw new Refusal('FIELD_INVALID', 'The request needs a JSON object.');
  return value;
}

const wrong = (field: string, what: string, value: unknown): Refusal =>
  new Refusal('FIELD_INVALID', `${field} must be ${what}, not ${JSON.stringify(value) ?? 'missing'}.`, field);

export function textOf(body: Body, name: string, path = name): string {
  const value = body[name];
  if (typeof value !== 'string' || value.trim() === '' || value.length > 2000) throw wrong(path, 'text', value);
  return value;
}

export const optionalText = (body: Body, name: string, path = name): string | null =>
  body[name] === undefined || body[name] === null ? null : textOf(body, name, path);

export function dateOf(body: Body, name: string): string {
  const value = textOf(body, name);
  const parsed = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  if (!parsed || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== value)
    throw wrong(name, 'a date such as 2026-11-30', value);
  return value;
}

/** An amount: decimal text with at most the currency's decimals. A JSON number has already lost digits, so it is refused. */
export function amountOf(body: Body, name: string, decimals: number, path = name): string {
  const value = body[name];
  if (typeof value === 'number')
    throw new Refusal('AMOUNT_NOT_TEXT', `${path} must be decimal text such as "12.50", not the number ${value}.`, path);
  if (!money.isDecimal(value)) throw wrong(path, 'decimal text such as "12.50"', value);
  const rounded = money.round(value, decimals);
  if (!money.equals(rounded, value)) throw new Refusal('TOO_MANY_DECIMALS', `${path} ${value} has more than ${decimals} decimals.`, path);
  return rounded;
}

/** A quantity or unit price: decimal text of any precision. */
export function decimalOf(body: Body, name: string, path: string): string {
  const value = body[name];
  if (typeof value === 'number') throw new Refusal('AMOUNT_NOT_TEXT', `${path} must be decimal text, not the number ${value}.`, path);
  if (!money.isDecimal(value)) throw wrong(path, 'decimal text', value);
  return value;
}

export function listOf(body: Body, name: string, options: { min?: number; max?: number } = {}): Body[] {
  const value = body[name] ?? [];
  const { min = 0, max = 2000 } = options;
  if (!Array.isArray(value) || value.length < min || value.length > max || !value.every(isBody))
    throw wrong(name, `a list of ${min} to ${max} objects`, value);
  return value;
}

export function textsOf(body: Body, name: string, path: string): string[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value) || value.length > 10 || !value.every((v): v is string => typeof v === 'string' && v !== ''))
    throw wrong(path, 'a list of text', value);
  return value;
}
