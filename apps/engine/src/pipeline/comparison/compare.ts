import { money, type Json } from '@waybill/sdk';
import type { Rehearsed } from '../rehearsal.store.js';
import { sumsOf, type Sum } from '../sums.js';
import { differences, type ChangeShape, type Difference } from './differences.js';

/** Groups of changed fields that an answer shows, those that differ most often. */
export const fieldsMax = 200;
/** Changed documents that an answer shows: those whose money moves before others, then the newest. */
export const documentsMax = 1_000;
/** Changes of one document that an answer shows. */
export const changesMax = 20;
/** Characters of a value that an answer shows. */
export const valueCharactersMax = 300;

/** Fields and examples of an impact. */
const impactFieldsMax = 20;
const examplesMax = 5;

export type Outcome = 'unchanged' | 'changed' | 'works-now' | 'fails-now';

/** What one recorded payload becomes with one release, and with another. */
export interface Compared {
  outcome: Outcome;
  differs: Difference[];
  before: Sum | undefined;
  after: Sum | undefined;
}

const goesOn = ({ tried }: Rehearsed): boolean => tried.failure === undefined;
/** Money of what goes on: neither stopped nor left out by a rule. */
const moneyOf = (one: Rehearsed): Sum | undefined =>
  goesOn(one) && one.tried.stopped?.startsWith('skipped') !== true && one.money
    ? { amount: one.money.amount, currency: one.money.currency }
    : undefined;
export const sameMoney = (a: Sum | undefined, b: Sum | undefined): boolean =>
  a && b ? a.currency === b.currency && money.equals(a.amount, b.amount) : a === b;

export function compareOne(was: Rehearsed, is: Rehearsed): Compared {
  const both = { before: moneyOf(was), after: moneyOf(is) };
  if (goesOn(was) !== goesOn(is)) return { outcome: goesOn(is) ? 'works-now' : 'fails-now', differs: [], ...both };
  const differs = differences(was.tried.output, is.tried.output);
  const same = differs.length === 0 && was.tried.stopped === is.tried.stopped && sameMoney(both.before, both.after);
  return { outcome: same ? 'unchanged' : 'changed', differs, ...both };
}

/** Sums per currency, kept while they are counted. */
class Sums {
  private all: Sum[] = [];

  add(one: Sum | undefined): void {
    if (one) this.all = sumsOf([...this.all, one].map(({ amount, currency }) => ({ amount_text: amount, currency })));
  }

  get list(): Sum[] {
    return this.all;
  }
}

export interface ComparedField {
  path: string;
  shape: ChangeShape;
  count: number;
  before: Json | null;
  after: Json | null;
}

export interface ComparedDocument {
  messageId: string;
  flow: string;
  title: string | null;
  receivedAt: string;
  outcome: Exclude<Outcome, 'unchanged'>;
  /** Why it stops, or is held or left out, with each; null where it goes on. */
  stops: { before: string | null; after: string | null };
  changes: { path: string; shape: ChangeShape; before: Json | null; after: Json | null }[];
  moreChanges: number;
  money: { before: Sum | null; after: Sum | null; delta: Sum | null };
}

export interface Counts {
  tried: number;
  unchanged: number;
  changed: number;
  worksNow: number;
  failsNow: number;
  movesMoney: number;
}

const noCounts = (): Counts => ({ tried: 0, unchanged: 0, changed: 0, worksNow: 0, failsNow: 0, movesMoney: 0 });
const countOf: Record<Outcome, keyof Counts> = { unchanged: 'unchanged', changed: 'changed', 'works-now': 'worksNow', 'fails-now': 'failsNow' }; // prettier-ignore

/** Counts recorded payloads one after the other, and keeps no more of them than an answer shows. */
export class Tally {
  private readonly counts = noCounts();
  private readonly perFlow = new Map<string, Counts>();
  private readonly before = new Sums();
  private readonly after = new Sums();
  private readonly fields = new Map<string, ComparedField>();
  /** Groups that found no room: an answer says that there are more. */
  private fieldsLost = false;
  private readonly moving: ComparedDocument[] = [];
  private readonly others: ComparedDocument[] = [];

  add(was: Rehearsed, is: Rehearsed, about: { flow: string; title: string | null; receivedAt: string }): void {
    const one = compareOne(was, is);
    const moves = !sameMoney(one.before, one.after);
    const flow = this.perFlow.get(about.flow) ?? noCounts();
    this.perFlow.set(about.flow, flow);
    for (const counts of [this.counts, flow]) {
      counts.tried += 1;
      counts[countOf[one.outcome]] += 1;
      if (moves) counts.movesMoney += 1;
    }
    this.before.add(one.before);
    this.after.add(one.after);
    if (one.outcome === 'unchanged') return;
    this.count(one.differs);
    const kept = moves ? this.moving : this.others;
    if (kept.length < documentsMax) kept.push(documentOf(was, is, one, about));
  }

  answer() {
    const listed = [...this.moving, ...this.others].slice(0, documentsMax);
    const differing = this.counts.changed + this.counts.worksNow + this.counts.failsNow;
    return {
      ...this.counts,
      before: this.before.list,
      after: this.after.list,
      moved: movedBetween(this.before.list, this.after.list),
      flows: [...this.perFlow].map(([flow, counts]) => ({ flow, ...counts })),
      fields: [...this.fields.values()].sort((a, b) => b.count - a.count).slice(0, fieldsMax),
      moreFields: this.fieldsLost || this.fields.size > fieldsMax,
      documents: listed.sort((a, b) => b.receivedAt.localeCompare(a.receivedAt) || b.messageId.localeCompare(a.messageId)),
      documentsLeftOut: differing - listed.length,
    };
  }

  /** A field counts once for a document, however many lines of it differ. */
  private count(differs: readonly Difference[]): void {
    for (const [key, { field, shape, before, after }] of new Map(differs.map((each) => [`${each.shape} ${each.field}`, each]))) {
      const known = this.fields.get(key);
      if (known) known.count += 1;
      else if (this.fields.size < 10 * fieldsMax)
        this.fields.set(key, { path: field, shape, count: 1, before: shown(before), after: shown(after) }); // prettier-ignore
      else this.fieldsLost = true;
    }
  }
}

function documentOf(
  was: Rehearsed,
  is: Rehearsed,
  one: Compared,
  about: { flow: string; title: string | null; receivedAt: string },
): ComparedDocument {
  // prettier-ignore
  const { before = null, after = null } = one;
  const currency = (after ?? before)?.currency;
  const comparable = currency !== undefined && (before === null || after === null || before.currency === after.currency);
  const delta = comparable ? { amount: money.subtract(after?.amount ?? '0', before?.amount ?? '0'), currency } : null;
  return {
    messageId: was.row.id,
    ...about,
    outcome: one.outcome as ComparedDocument['outcome'],
    stops: { before: stopOf(was), after: stopOf(is) },
    changes: one.differs
      .slice(0, changesMax)
      .map(({ path, shape, before: b, after: a }) => ({ path, shape, before: shown(b), after: shown(a) })),
    moreChanges: Math.max(0, one.differs.length - changesMax),
    money: { before, after, delta },
  };
}

/** What comes or goes, by currency; a currency in which nothing does is left out. */
export function movedBetween(before: readonly Sum[], after: readonly Sum[]): Sum[] {
  const of = (sums: readonly Sum[], currency: string) => sums.find((sum) => sum.currency === currency)?.amount ?? '0';
  return [...new Set([...before, ...after].map(({ currency }) => currency))]
    .map((currency) => ({ currency, amount: money.subtract(of(after, currency), of(before, currency)) }))
    .filter(({ amount }) => !money.isZero(amount));
}

const stopOf = ({ tried }: Rehearsed): string | null => tried.failure?.cause ?? tried.stopped ?? null;

/** A value as it stands; of a long one its text, cut. */
function shown(value: Json | null): Json | null {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > valueCharactersMax ? `${text.slice(0, valueCharactersMax)}…` : value;
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

/** What recorded payloads of one flow become with a table as it is, and as it would be: the sums, and a few examples. */
export function flowImpact(
  flow: string,
  before: readonly Rehearsed[],
  after: readonly Rehearsed[],
  titleOf: (messageId: string) => string | null,
): FlowImpact {
  const impact: FlowImpact = { flow, tried: before.length, unchanged: 0, changed: 0, worksNow: 0, failsNow: 0, before: [], after: [], fields: [], examples: [] }; // prettier-ignore
  const [was, is] = [new Sums(), new Sums()];
  const fields = new Map<string, { count: number; before: Json | null; after: Json | null }>();
  for (const [index, one] of before.entries()) {
    const other = after[index]!;
    const compared = compareOne(one, other);
    impact[countOf[compared.outcome] as 'changed'] += 1;
    was.add(compared.before);
    is.add(compared.after);
    if (compared.outcome === 'unchanged') continue;
    const { id } = one.row;
    if (impact.examples.length < examplesMax)
      impact.examples.push({ messageId: id, title: titleOf(id), what: whatOf(one, other, compared) });
    const once = new Map(compared.differs.map((each) => [each.field, each]));
    for (const [path, { before: b, after: a }] of once) fields.set(path, { before: b, after: a, ...fields.get(path), count: (fields.get(path)?.count ?? 0) + 1 }); // prettier-ignore
  }
  [impact.before, impact.after] = [was.list, is.list];
  impact.fields = [...fields].map(([path, field]) => ({ path, ...field })).sort((a, b) => b.count - a.count).slice(0, impactFieldsMax); // prettier-ignore
  return impact;
}

function whatOf(was: Rehearsed, is: Rehearsed, { outcome, differs }: Compared): string {
  if (outcome === 'fails-now') return `would stop: ${is.tried.failure!.cause}`;
  if (outcome === 'works-now') return 'would go on';
  const [first] = differs;
  if (first) return `${first.field}: ${JSON.stringify(first.before)} becomes ${JSON.stringify(first.after)}`;
  return `${was.tried.stopped ?? 'goes on'} becomes ${is.tried.stopped ?? 'goes on'}`;
}
