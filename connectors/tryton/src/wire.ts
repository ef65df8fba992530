import { isJsonObject, type Json, type JsonObject } from '@waybill/sdk';

/** Tryton's JSON tags what JSON has no type for. Amounts stay decimal text on both sides. */
export const decimal = (amount: string): JsonObject => ({ __class__: 'Decimal', decimal: amount });

/** `2026-10-31` as Tryton's date. */
export function date(day: string): JsonObject {
  const [year, month, of] = day.split('-').map(Number) as [number, number, number];
  return { __class__: 'date', year, month, day: of };
}

/** An instant as Tryton's datetime, which is UTC without saying so. */
export function datetime(at: Date): JsonObject {
  return {
    __class__: 'datetime', year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(),
    hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds(), microsecond: at.getUTCMilliseconds() * 1000,
  }; // prettier-ignore
}

const two = (n: Json | undefined, width = 2): string => String(n ?? 0).padStart(width, '0');

/** Tagged values as plain ones: decimals and dates as text, instants as ISO 8601 UTC with microseconds. */
export function plain(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (!isJsonObject(value)) return value ?? null;
  const { __class__: tag, year, month, day } = value;
  if (tag === 'Decimal') return value['decimal'] ?? null;
  if (tag === 'date') return `${two(year, 4)}-${two(month)}-${two(day)}`;
  if (tag === 'datetime')
    return `${two(year, 4)}-${two(month)}-${two(day)}T${two(value['hour'])}:${two(value['minute'])}:${two(value['second'])}.${two(value['microsecond'], 6)}Z`;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
