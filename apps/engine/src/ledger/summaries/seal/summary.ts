import type { MeterDefinition } from '../meters/definition.js';
import type { Row } from '../../../platform/database/index.js';

export type SummaryKind = 'period' | 'adjustment' | 'credit-request';

/** A summary as the API shows it; one that is open is computed from the buckets as they are now. */
export interface Summary {
  id: string;
  state: 'open' | 'sealed' | 'adjustment';
  kind: SummaryKind;
  meter: string;
  meterVersion: number;
  aggregate: string;
  period: string;
  usedIn: string;
  from: string;
  to: string;
  customer: string;
  subscription: string | null;
  plan: string | null;
  region: string | null;
  legalEntity: string | null;
  dimensions: Record<string, string>;
  quantity: string;
  unit: string | null;
  eventCount: number;
  added: number;
  removed: number;
  digest: string | null;
  roll: string;
  adjusts: string | null;
  canonicalId: string | null;
  sealedAt: string | null;
}

/** A row of `usage_summary s` beside its version `v`, in the names of `shape`. */
export const sealedColumns = `s.id, s.kind, s.meter, v.version as meter_version, v.definition, s.period, s.used_in, s.starts, s.ends, s.customer, s.subscription, s.plan, s.region, s.legal_entity,
  s.grouped, trim_scale(s.quantity)::text as quantity, s.added::text, s.removed::text, encode(s.digest, 'hex') as digest, s.roll, s.adjusts, s.canonical_id, s.sealed_at`;
/** The same of a row of `whole w`, which is open. */
export const openColumns = `w.id, null as kind, w.meter, w.meter_version, w.definition, w.period, w.period as used_in, w.starts, w.ends, w.customer, w.subscription, w.plan, w.region, w.legal_entity,
  w.grouped, trim_scale(w.quantity)::text as quantity, w.events::text as added, '0' as removed, null as digest, w.roll, null as adjusts, null as canonical_id, null as sealed_at`;

export function shapeSummary(row: Row): Summary {
  const definition = row['definition'] as MeterDefinition;
  const kind = row['kind'] as SummaryKind | null;
  const [added, removed] = [Number(row['added']), Number(row['removed'])];
  return {
    id: row['id'] as string,
    state: kind === null ? 'open' : kind === 'period' ? 'sealed' : 'adjustment',
    kind: kind ?? 'period',
    meter: row['meter'] as string,
    meterVersion: row['meter_version'] as number,
    aggregate: definition.aggregate,
    period: row['period'] as string,
    usedIn: row['used_in'] as string,
    from: (row['starts'] as Date).toISOString(),
    to: (row['ends'] as Date).toISOString(),
    customer: row['customer'] as string,
    subscription: row['subscription'] as string | null,
    plan: row['plan'] as string | null,
    region: row['region'] as string | null,
    legalEntity: row['legal_entity'] as string | null,
    dimensions: row['grouped'] as Record<string, string>,
    quantity: row['quantity'] as string,
    unit: definition.unit ?? null,
    eventCount: added + removed,
    added,
    removed,
    digest: row['digest'] as string | null,
    roll: row['roll'] as string,
    adjusts: row['adjusts'] as string | null,
    canonicalId: row['canonical_id'] as string | null,
    sealedAt: (row['sealed_at'] as Date | null)?.toISOString() ?? null,
  };
}
