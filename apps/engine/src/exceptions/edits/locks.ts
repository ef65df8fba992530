/**
 * What of a record a person may correct. Amounts, currency, identity and keys are locked: a document with other ones is another document, and comes
 * from its source as a new version. What is left are words: an address, a tax number, a code, a description, a day.
 */
import { money, type Json, type JsonObject } from '@waybill/sdk';
import type { ProblemItem } from '../../platform/problems/index.js';

export type Lock = 'number' | 'amount' | 'currency' | 'identity' | 'kind' | 'legal-entity';

/** Why a field is locked, as a sentence. */
export const lockWords: Record<Lock, string> = {
  number: 'A number is an amount, a quantity or an instant; those come from the source.',
  amount: 'Amounts, quantities and rates come from the source; what is posted must add up to what was billed.',
  currency: 'The currency comes from the source; with another one it would be another amount.',
  identity: 'It says which document this is, or whose; with another one it would be another document.',
  kind: 'It says what the document is and how it stands; that comes from the source.',
  'legal-entity': 'Which company books it is decided by the tables; correct them.',
};

const amountName =
  /amount|total|price|balance|paid|remaining|fee|cost|charge|refund|discount|credit|debit|quantity|qty|rate|percent|units?$|due$|tax$|net$|gross/i;
/** `id`, `sourceId`, `customer_id`, `ids`; not `taxId` and its kin, which are words that a customer gave. */
const idName = /^ids?$|[a-z0-9]Ids?$|_ids?$/;
const taxIdName = /(^|_)(tax|vat|gst|abn|ein|registration)_?ids?$/i;
const identityNames = new Set(['sourceSystem', 'sourceRevision', 'occurredAt', 'number', 'invoice', 'customer', 'customerNumber', 'account', 'subscription', 'charge', 'payment_intent']); // prettier-ignore
/** Only of the document itself: lines and addresses have a `type` and a `state` of their own. */
const kindNames = new Set(['object', 'type', 'kind', 'status', 'livemode']);

const isDecimal = (value: Json | undefined): boolean => typeof value === 'string' && money.isDecimal(value);

/** Why the field at this path is locked; nothing when a person may correct it. `next` is what they would write. */
export function lockOf(path: readonly string[], value: Json | undefined, next?: Json): Lock | undefined {
  const name = path.at(-1) ?? '';
  if (typeof value === 'number') return 'number';
  if (/currenc/i.test(name)) return 'currency';
  if (/^legal_?entity$/i.test(name)) return 'legal-entity';
  if ((idName.test(name) && !taxIdName.test(name)) || identityNames.has(name)) return 'identity';
  if (path.length === 1 && kindNames.has(name)) return 'kind';
  if (amountName.test(name) && (isDecimal(value) || isDecimal(next))) return 'amount';
  return undefined;
}

export interface Field {
  /** JSON pointer. */
  path: string;
  value: string | boolean | null | number;
  lock: Lock | null;
}

export const fieldsMax = 2_000;
export const changesMax = 20;
export const valueLengthMax = 1_000;

const pointer = (path: readonly string[]): string => path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
const parts = (path: string): string[] => path.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')); // prettier-ignore

/** The leaves of a record in their order, each with its lock; at most 2,000. */
export function fieldsOf(record: JsonObject): Field[] {
  const fields: Field[] = [];
  const visit = (value: Json, path: string[]) => {
    if (fields.length >= fieldsMax) return;
    if (typeof value !== 'object' || value === null) fields.push({ path: pointer(path), value, lock: lockOf(path, value) ?? null });
    else if (Array.isArray(value)) value.forEach((item, at) => visit(item, [...path, String(at)]));
    else for (const [name, item] of Object.entries(value)) if (item !== undefined) visit(item, [...path, name]);
  };
  visit(record, []);
  return fields;
}

/** Money of an output, by path: what an edit must leave as it is. */
export function moneyIn(output: JsonObject): Map<string, string> {
  const found = fieldsOf(output).filter(
    ({ lock, value }) => lock === 'currency' || lock === 'amount' || (lock === 'number' && value !== null),
  );
  return new Map(found.map(({ path, value }) => [path, String(value)]));
}

export interface EditChange {
  path: string;
  value: string | boolean | null;
}
export interface Edited {
  record: JsonObject;
  changes: { path: string; before: string | boolean | null; after: string | boolean | null; absent: boolean }[];
  problems: ProblemItem[];
}

const nameMax = 60;
const mayBeNamed = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** The record with single fields corrected, or what is wrong with the edit. A field that is not there may be added where its object is. */
export function editRecord(record: JsonObject, wanted: readonly EditChange[]): Edited {
  const copy = structuredClone(record);
  const problems: ProblemItem[] = [];
  const changes: Edited['changes'] = [];
  const twice = wanted.find(({ path }, at) => wanted.findIndex((other) => other.path === path) !== at);
  for (const [index, { path, value }] of wanted.entries()) {
    const tell = (code: string, detail: string) => void problems.push({ code, path: `/changes/${index}/path`, detail });
    const steps = parts(path);
    const name = steps.at(-1);
    if (!path.startsWith('/') || name === undefined) {
      tell('EDIT_INVALID', `${JSON.stringify(path)} is no JSON pointer to a field`);
      continue;
    }
    const parent = steps.slice(0, -1).reduce<Json | undefined>(step, copy);
    if (typeof parent !== 'object' || parent === null) {
      tell('EDIT_INVALID', `there is nothing at ${pointer(steps.slice(0, -1)) || '/'} that could hold ${name}`);
      continue;
    }
    const there = step(parent, name);
    if (typeof there === 'object' && there !== null) tell('EDIT_INVALID', `${path} holds other fields; correct one of them`);
    else if (there === undefined && (Array.isArray(parent) || !mayBeNamed.test(name) || name.length > nameMax || name === '__proto__'))
      tell('EDIT_INVALID', `${path} is not there, and cannot be added`);
    else {
      const lock = lockOf(steps, there, value);
      if (lock) tell('EDIT_LOCKED', `${path} is locked. ${lockWords[lock]}`);
      else if (there === value) tell('EDIT_INVALID', `${path} says ${JSON.stringify(value)} already`);
      else {
        changes.push({ path, before: (there ?? null) as string | boolean | null, after: value, absent: there === undefined });
        (parent as Record<string, Json>)[name] = value;
      }
    }
  }
  if (twice) problems.push({ code: 'EDIT_INVALID', path: '/changes', detail: `${twice.path} is corrected twice` });
  return { record: copy, changes, problems };
}

function step(at: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(at)) return /^(0|[1-9]\d{0,5})$/.test(name) ? at[Number(name)] : undefined;
  return typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? at[name] : undefined;
}

/** Fields that the exception speaks of: at its path, or holding what a look-up did not find. */
export function offendingOf(fields: readonly Field[], stop: { path: string | null; code: string; looked: readonly string[] }): Set<string> {
  const last = stop.path?.split('/').at(-1)?.replaceAll('_', '').toLowerCase();
  const here = fields.filter(
    ({ path, value }) =>
      path === stop.path ||
      (typeof value === 'string' && stop.looked.includes(value)) ||
      (last !== undefined && last !== '' && path.split('/').at(-1)!.replaceAll('_', '').toLowerCase() === last),
  );
  return new Set(here.map(({ path }) => path));
}
