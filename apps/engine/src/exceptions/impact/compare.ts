import type { Json, JsonObject } from '@waybill/sdk';
import type { Rehearsed } from '../../pipeline/index.js';
import { sumsOf, type Sum } from '../sums.js';

/** Fields that an answer shows, those that differ most often. */
const fieldsMax = 20;
const examplesMax = 5;

export interface ChangedField {
  /** JSON pointer; every place in a list is `*`. */
  path: string;
  before: Json | null;
  after: Json | null;
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Leaves in which two outputs differ; what one of them lacks counts as null. */
export function changedFields(before: Json | undefined, after: Json | undefined, path = ''): ChangedField[] {
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      changedFields(before[name], after[name], `${path}/${name}`),
    );
  if (Array.isArray(before) && Array.isArray(after))
    return Array.from({ length: Math.max(before.length, after.length) }).flatMap((_, at) =>
      changedFields(before[at], after[at], `${path}/*`),
    );
  return JSON.stringify(before ?? null) === JSON.stringify(after ?? null) ? [] : [{ path, before: before ?? null, after: after ?? null }];
}

export interface FlowImpact {
  flow: string;
  tried: number;
  unchanged: number;
  changed: number;
  worksNow: number;
  failsNow: number;
  before: Sum[];
  after: Sum[];
  fields: { path: string; count: number; before: Json | null; after: Json | null }[];
  examples: { messageId: string; title: string | null; what: string }[];
}

const goesOn = ({ tried }: Rehearsed): boolean => tried.failure === undefined;
const sum = (all: readonly Rehearsed[]): Sum[] =>
  sumsOf(all.filter(goesOn).flatMap(({ money }) => (money ? [{ amount_text: money.amount, currency: money.currency }] : [])));

/** What recorded payloads of one flow become with the table as it is, and as it would be. */
export function flowImpact(
  flow: string,
  before: readonly Rehearsed[],
  after: readonly Rehearsed[],
  titleOf: (messageId: string) => string | null,
): FlowImpact {
  const impact: FlowImpact = { flow, tried: before.length, unchanged: 0, changed: 0, worksNow: 0, failsNow: 0, before: sum(before), after: sum(after), fields: [], examples: [] }; // prettier-ignore
  const fields = new Map<string, { count: number; before: Json | null; after: Json | null }>();
  const tell = (messageId: string, what: string) => {
    if (impact.examples.length < examplesMax) impact.examples.push({ messageId, title: titleOf(messageId), what });
  };
  for (const [index, was] of before.entries()) {
    const is = after[index]!;
    const { id } = was.row;
    if (goesOn(was) && !goesOn(is)) {
      impact.failsNow += 1;
      tell(id, `would stop: ${is.tried.failure!.cause}`);
    } else if (!goesOn(was) && goesOn(is)) {
      impact.worksNow += 1;
      tell(id, 'would go on');
    } else {
      const differs = changedFields(was.tried.output, is.tried.output);
      if (differs.length === 0 && was.tried.stopped === is.tried.stopped) {
        impact.unchanged += 1;
        continue;
      }
      impact.changed += 1;
      const first = differs[0];
      tell(id, first ? `${first.path}: ${JSON.stringify(first.before)} becomes ${JSON.stringify(first.after)}` : `${was.tried.stopped ?? 'goes on'} becomes ${is.tried.stopped ?? 'goes on'}`); // prettier-ignore
      const once = new Map(differs.map((field) => [field.path, field]));
      for (const { path, ...example } of once.values()) fields.set(path, { ...example, ...fields.get(path), count: (fields.get(path)?.count ?? 0) + 1 }); // prettier-ignore
    }
  }
  impact.fields = [...fields].map(([path, field]) => ({ path, ...field })).sort((a, b) => b.count - a.count).slice(0, fieldsMax); // prettier-ignore
  return impact;
}
