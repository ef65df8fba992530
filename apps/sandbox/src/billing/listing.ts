import type { Billing } from './billing.js';
import type { Form } from './form.js';
import { nested, optionalWhole, texts } from './parameters.js';
import { list } from './shapes.js';
import { invalid } from './stripe-error.js';

type Listed = { id: string; created: number };

/**
 * A page in Stripe's way: newest first; `starting_after` goes to older ones, `ending_before` to newer ones, and then the
 * page is the one next to the cursor; `created[gt|gte|lt|lte]` bounds it.
 */
export function pageOf<T extends Listed>(all: readonly T[], form: Form, url: string) {
  const limit = optionalWhole(form, 'limit') ?? 10;
  if (limit < 1 || limit > 100) throw invalid(`This value must be between 1 and 100.`, 'limit', 'parameter_invalid_integer');
  const created = nested(form, 'created');
  const bounds = {
    gt: optionalWhole(created, 'gt'),
    gte: optionalWhole(created, 'gte'),
    lt: optionalWhole(created, 'lt'),
    lte: optionalWhole(created, 'lte'),
  };
  const within = [...all].reverse().filter(({ created: at }) => at > (bounds.gt ?? -Infinity) && at >= (bounds.gte ?? -Infinity) && at < (bounds.lt ?? Infinity) && at <= (bounds.lte ?? Infinity)); // prettier-ignore
  const place = (name: 'starting_after' | 'ending_before'): number | undefined => {
    const id = form[name];
    if (id === undefined) return undefined;
    const at = within.findIndex((object) => object.id === id);
    if (at < 0) throw invalid(`No such object: '${String(id)}'`, name, 'resource_missing');
    return at;
  };
  const [after, before] = [place('starting_after'), place('ending_before')];
  if (before !== undefined) return list(within.slice(Math.max(0, before - limit), before), url, before > limit);
  const start = after === undefined ? 0 : after + 1;
  return list(within.slice(start, start + limit), url, start + limit < within.length);
}

/** Puts whole objects in the place of ids, for `expand[]=customer` and `expand[]=data.invoice`; two levels deep, as needed here. */
export function expanded(billing: Billing, object: object, form: Form): object {
  let result = object;
  for (const path of texts(form, 'expand')) result = put(billing, result, path.split('.').slice(0, 4));
  return result;
}

function put(billing: Billing, value: unknown, path: readonly string[]): object {
  const [name, ...rest] = path;
  if (Array.isArray(value)) return value.map((entry) => put(billing, entry, path));
  if (typeof value !== 'object' || value === null || name === undefined) return value as object;
  const at = (value as Record<string, unknown>)[name];
  const found = typeof at === 'string' ? billing.find(at) : undefined;
  const whole = found ? billing.shown(found) : at;
  if (whole === undefined) return value;
  return { ...value, [name]: rest.length > 0 ? put(billing, whole, rest) : whole };
}
