/** A decoded form: text, or objects and lists of them. */
export type Form = { [name: string]: FormValue };
export type FormValue = string | Form | FormValue[];

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads Stripe's bracket notation: `items[0][price]=price_1`, `expand[]=customer`, `metadata[a]=b`.
 * Numbered brackets make lists. Throws on names that would reach an object's prototype.
 */
export function readForm(text: string): Form {
  const form: Form = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [/^[^[]*/.exec(name)![0], ...[...name.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1]!)];
    if (path.length > 8 || path.some((part) => forbidden.has(part))) throw new Error(`The parameter ${name} is not allowed.`);
    put(form, path, value);
  }
  return listed(form) as Form;
}

function put(form: Form, path: readonly string[], value: string): void {
  let at = form;
  path.forEach((part, depth) => {
    const name = part === '' ? String(Object.keys(at).length) : part;
    if (depth === path.length - 1) at[name] = value;
    else at = (typeof at[name] === 'object' ? at[name] : (at[name] = {})) as Form;
  });
}

function listed(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  const isList = entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name));
  return isList ? entries.map(([, item]) => listed(item)) : Object.fromEntries(entries.map(([name, item]) => [name, listed(item)]));
}
