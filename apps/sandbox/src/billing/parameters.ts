import { money } from '@waybill/sdk';
import type { Form, FormValue } from './form.js';
import { invalid } from './stripe-error.js';

/** Reads decoded parameters; each function names the parameter that is wrong, as Stripe does. */
export const has = (form: Form, name: string): boolean => form[name] !== undefined && form[name] !== '';

export function text(form: Form, name: string): string {
  const value = form[name];
  if (typeof value !== 'string' || value === '') throw invalid(`Missing required param: ${name}.`, name, 'parameter_missing');
  return value;
}
export const optional = (form: Form, name: string): string | null => (has(form, name) ? text(form, name) : null);

export function oneOf<T extends string>(form: Form, name: string, choices: readonly T[], otherwise?: T): T {
  const value = has(form, name) ? text(form, name) : otherwise;
  if (!choices.includes(value as T)) throw invalid(`Invalid ${name}: must be one of ${choices.join(', ')}`, name);
  return value as T;
}

export function whole(form: Form, name: string): number {
  const value = text(form, name);
  if (!/^-?\d{1,15}$/.test(value)) throw invalid(`Invalid integer: ${value}`, name, 'parameter_invalid_integer');
  return Number(value);
}
export const optionalWhole = (form: Form, name: string): number | undefined => (has(form, name) ? whole(form, name) : undefined);

export function decimal(form: Form, name: string): string {
  const value = text(form, name);
  if (!money.isDecimal(value)) throw invalid(`Invalid decimal: ${value}`, name);
  return value;
}

export const flag = (form: Form, name: string): boolean => oneOf(form, name, ['true', 'false'] as const, 'false') === 'true';

export function nested(form: Form, name: string): Form {
  const value = form[name];
  return typeof value === 'object' && !Array.isArray(value) ? value : {};
}

export function many(form: Form, name: string): Form[] {
  const value: FormValue = form[name] ?? [];
  if (!Array.isArray(value)) throw invalid(`Invalid array`, name);
  return value.map((entry) => (typeof entry === 'object' && !Array.isArray(entry) ? entry : {}));
}

export function texts(form: Form, name: string): string[] {
  const value = form[name] ?? [];
  return (Array.isArray(value) ? value : [value]).filter((entry): entry is string => typeof entry === 'string');
}

export function metadata(form: Form): Record<string, string> {
  return Object.fromEntries(
    Object.entries(nested(form, 'metadata')).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
