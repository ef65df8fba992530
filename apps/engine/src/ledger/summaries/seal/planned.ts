import { hashFields, money, type JsonObject } from '@waybill/sdk';
import type { Row } from '../../../platform/database/index.js';
import type { LatePolicy, MeterDefinition } from '../meters/definition.js';
import type { PartRow } from './members.js';
import type { Summary, SummaryKind } from './summary.js';

export type Part = Pick<PartRow, 'subject' | 'starts' | 'ends'>;

/** What a payer's usage of a period comes to at a roll: a row of `whole` with its parts. */
export interface Whole {
  meter: string;
  meterVersion: number;
  versionId: string;
  definition: MeterDefinition;
  period: string;
  starts: string;
  ends: string;
  grainKey: string;
  groupKey: string;
  customer: string;
  subscription: string | null;
  plan: string | null;
  region: string | null;
  legalEntity: string | null;
  dimensions: Record<string, string>;
  events: string;
  quantity: string;
  roll: string;
  parts: Part[];
}

/** The newest summary of a payer in a sealed period: what the period was told to come to. */
export interface Told extends Whole {
  id: string;
}

/** A summary that a seal would make. */
export interface Planned {
  kind: SummaryKind;
  /** Where it is billed, and where it was used. */
  period: string;
  starts: string;
  ends: string;
  quantity: string;
  whole: Whole;
  adjusts: Told | undefined;
}

export const wholeOf = (row: Row): Whole => ({
  meter: row['meter'] as string,
  meterVersion: row['meter_version'] as number,
  versionId: row['version'] as string,
  definition: row['definition'] as MeterDefinition,
  period: row['period'] as string,
  starts: (row['starts'] as Date).toISOString(),
  ends: (row['ends'] as Date).toISOString(),
  grainKey: row['grain_key'] as string,
  groupKey: row['group_key'] as string,
  customer: row['customer'] as string,
  subscription: row['subscription'] as string | null,
  plan: row['plan'] as string | null,
  region: row['region'] as string | null,
  legalEntity: row['legal_entity'] as string | null,
  dimensions: row['grouped'] as Record<string, string>,
  events: row['events'] as string,
  quantity: row['quantity_text'] as string,
  roll: row['roll'] as string,
  parts: row['parts'] as Part[],
});

/** The summaries of a period that is sealed for the first time. */
export const firstTime = (wholes: readonly Whole[]): Planned[] =>
  wholes
    .filter((whole) => whole.events !== '0')
    .map((whole) => ({
      kind: 'period',
      period: whole.period,
      starts: whole.starts,
      ends: whole.ends,
      quantity: whole.quantity,
      whole,
      adjusts: undefined,
    }));

/**
 * What came after a seal: for each payer the difference between what the period comes to now and what it was told to come to. A payer that is new in it has
 * nothing before; one whose usage went to somebody else has nothing now.
 */
export function differences(
  now: readonly Whole[],
  told: readonly Told[],
  into: { period: string; starts: string; ends: string; policy: LatePolicy },
): Planned[] {
  const before = new Map(told.map((one) => [one.grainKey, one]));
  const gone = told.filter(({ grainKey }) => !now.some((one) => one.grainKey === grainKey));
  const { policy, ...where } = into;
  return [...now, ...gone.map((one): Whole => ({ ...one, events: '0', quantity: '0', parts: [], roll: now[0]?.roll ?? one.roll }))].flatMap((whole) => {
    const old = before.get(whole.grainKey);
    const quantity = money.subtract(whole.quantity, old?.quantity ?? '0');
    if (money.equals(quantity, '0') && whole.events === (old?.events ?? '0')) return [];
    const kind = policy === 'credit-memo' && money.compare(quantity, '0') < 0 ? 'credit-request' : 'adjustment';
    return [{ kind, ...where, quantity, whole, adjusts: old }];
  });
} // prettier-ignore

/** Its parts, and those of what it adjusts, to be measured as the n-th. */
export function partRows({ whole, adjusts }: Pick<Planned, 'whole' | 'adjusts'>, n: number): PartRow[] {
  const of = (side: 'now' | 'before', one: Whole) =>
    one.parts.map((part): PartRow => ({ n, side, version: one.versionId, grouped: one.dimensions, roll: one.roll, ...part }));
  return [...of('now', whole), ...(adjusts ? of('before', adjusts) : [])];
}

export interface Measured {
  added: string;
  removed: string;
  digest: string;
}

/** The canonical object. It happened in the last second of its period: who books by that, books into the period. */
export function contentOf(id: string, { whole, ...planned }: Planned, { added, removed, digest }: Measured): JsonObject {
  const optional = {
    subscription: whole.subscription,
    plan: whole.plan,
    region: whole.region,
    legalEntity: whole.legalEntity,
    unit: whole.definition.unit ?? null,
    adjusts: planned.adjusts?.id ?? null,
  };
  const known = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)) as JsonObject;
  return {
    sourceSystem: 'waybill/usage',
    sourceId: id,
    sourceRevision: '1',
    correlationId: `cor_${hashFields([id]).toString('hex').slice(0, 26)}`,
    occurredAt: new Date(Date.parse(planned.ends) - 1_000).toISOString(),
    kind: planned.kind,
    customer: { sourceId: whole.customer },
    meter: whole.meter,
    meterVersion: whole.meterVersion,
    aggregate: whole.definition.aggregate,
    period: { from: planned.starts, to: planned.ends },
    usedIn: { from: whole.starts, to: whole.ends },
    quantity: planned.quantity,
    eventCount: Number(added) + Number(removed),
    digest: `sha256:${digest}`,
    ...known,
    ...(Object.keys(whole.dimensions).length > 0 ? { dimensions: whole.dimensions } : {}),
  };
}

/** As a list shows it before it is there. */
export function preview(planned: Planned, roll: string): Summary {
  const { whole, kind, period, starts, ends, quantity, adjusts } = planned;
  const added = Number(whole.events) - Number(adjusts?.events ?? 0);
  return {
    id: `open_${hashFields([whole.versionId, whole.period, whole.grainKey]).toString('hex').slice(0, 32)}`,
    state: kind === 'period' ? 'open' : 'adjustment',
    kind,
    meter: whole.meter,
    meterVersion: whole.meterVersion,
    aggregate: whole.definition.aggregate,
    period,
    usedIn: whole.period,
    from: starts,
    to: ends,
    customer: whole.customer,
    subscription: whole.subscription,
    plan: whole.plan,
    region: whole.region,
    legalEntity: whole.legalEntity,
    dimensions: whole.dimensions,
    quantity,
    unit: whole.definition.unit ?? null,
    eventCount: Math.abs(added),
    added: Math.max(0, added),
    removed: Math.max(0, -added),
    digest: null,
    roll,
    adjusts: adjusts?.id ?? null,
    canonicalId: null,
    sealedAt: null,
  };
}
