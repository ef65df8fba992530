import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../../../governance/index.js';
import { HubEntry, type Entering } from '../../../pipeline/index.js';
import { Database, within, type Row, type Scope, type Tx } from '../../../platform/database/index.js';
import type { Actor } from '../../../platform/http/index.js';
import { newId } from '../../../platform/ids/index.js';
import { Problem } from '../../../platform/problems/index.js';
import { meters as gauges } from '../../../platform/telemetry/index.js';
import { money } from '@waybill/sdk';
import type { MeterVersion } from '../meters/meters.store.js';
import { measures } from './members.js';
import { SealPlans, type SealPlan } from './plan.store.js';
import { contentOf, partRows, type Measured, type Planned } from './planned.js';

/** Summaries are measured from their events so many at a time: no statement runs long. */
const measuredAtOnce = 100;
const enteredAtOnce = 200;

export interface Sealed {
  id: string;
  summaries: number;
  adjustments: number;
}

/** A document that was made of a summary, and where it went. */
export interface Touched {
  /** The summary that was asked about, whose chain the document belongs to. */
  asked: string;
  summary: string;
  message: string;
  flow: string;
  state: string;
  documentNumber: string | null;
  reason: string | null;
}

type Measure = Measured & { n: number; events: string; quantity: string };

/**
 * Seals periods. The plan and the measures come first and need no lock: a roll divides what is in a summary from what is late, whatever arrives meanwhile.
 * Then one transaction writes the seal, its summaries with their parts, the canonical objects, the messages for every flow that begins at them, and the
 * entry of the audit log. Two who seal the same period meet at its unique key.
 */
@Injectable()
export class Seals {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SealPlans) private readonly plans: SealPlans,
    @Inject(HubEntry) private readonly hub: HubEntry,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  async seal(meter: MeterVersion, period: string, reason: string | undefined, actor: Actor): Promise<{ sealed: Sealed; plan: SealPlan }> {
    const plan = await this.plans.plan(meter, period);
    const all = [...plan.summaries, ...plan.adjustments];
    const measured = await this.measure(all);
    const made = all.map((planned, index) => {
      const id = newId('usm');
      return { id, planned, measure: measured[index]!, content: contentOf(id, planned, measured[index]!) };
    });
    const entering: Entering[] = [];
    for (let at = 0; at < made.length; at += enteredAtOnce)
      entering.push(await this.hub.prepare('usage-summary@1', made.slice(at, at + enteredAtOnce).map(({ id, content }) => ({ madeBy: id, content })))); // prettier-ignore
    const id = newId('usl');
    await this.db.transaction(async (tx) => {
      await this.insertSeal(tx, { id, plan, reason }, actor);
      const objects: string[] = [];
      for (const batch of entering) objects.push(...(await this.hub.enter(tx, batch)).map(({ objectId }) => objectId));
      await insertSummaries(
        tx,
        id,
        made.map((one, index) => ({ ...one, canonicalId: objects[index]! })),
      );
      await this.audit.record(tx, actor, {
        action: 'usage.sealed',
        object: { kind: 'usage-seal', id },
        summary: `${actor.name} sealed ${period} of the meter ${meter.meter}: ${plan.summaries.length} summaries, ${plan.adjustments.length} adjustments`,
        reason,
        after: {
          period,
          meterVersion: meter.version,
          roll: plan.roll,
          unattributed: plan.unattributed,
          digests: made.slice(0, 1_000).map((one) => [one.id, one.measure.digest]),
        },
      });
    });
    gauges.usageSealed.inc(made.length);
    return { sealed: { id, summaries: plan.summaries.length, adjustments: plan.adjustments.length }, plan };
  }

  /** What buckets and events say must be the same, to the last digit; else nothing is sealed. */
  async measure(all: readonly Planned[]): Promise<Measure[]> {
    const found: Measure[] = [];
    for (let at = 0; at < all.length; at += measuredAtOnce) {
      const piece = all.slice(at, at + measuredAtOnce);
      const rows = await this.db.query<Measure>(measures, [JSON.stringify(piece.flatMap((planned, n) => partRows(planned, n)))]);
      const byNumber = new Map(rows.map((row) => [row.n, row]));
      for (const [n, { whole, adjusts }] of piece.entries()) {
        const measure = byNumber.get(n);
        const change = BigInt(whole.events) - BigInt(adjusts?.events ?? 0);
        const same = measure?.events === whole.events && BigInt(measure.added) - BigInt(measure.removed) === change;
        if (!measure || !same || !money.equals(measure.quantity, whole.quantity))
          throw new Problem(
            'SUMMARY_DIFFERS',
            `The usage of ${whole.customer} in ${whole.period} by the meter ${whole.meter} is ${whole.quantity} of ${whole.events} events as counted, and ${measure?.quantity ?? 'nothing'} of ${measure?.events ?? '0'} by its events.`,
          );
        found.push(measure);
      }
    }
    return found;
  }

  async list(query: { meter?: string | undefined; period?: string | undefined }) {
    const rows = await this.db.query<Row>(
      `select z.*, v.version as meter_version from usage_seal z join usage_meter_version v on v.id = z.version
       where ($1::text is null or z.meter = $1) and ($2::text is null or z.period = $2) order by z.starts desc, z.meter limit 200`,
      [query.meter ?? null, query.period ?? null],
    );
    return rows.map((row) => ({
      id: row['id'] as string,
      meter: row['meter'] as string,
      meterVersion: row['meter_version'] as number,
      period: row['period'] as string,
      from: (row['starts'] as Date).toISOString(),
      to: (row['ends'] as Date).toISOString(),
      roll: row['roll'] as string,
      summaries: row['summaries'] as number,
      unattributed: Number(row['unattributed']),
      sealedAt: (row['sealed_at'] as Date).toISOString(),
      sealedBy: row['sealed_by'] as string,
      reason: row['reason'] as string | null,
    }));
  }

  /** The documents that summaries became, as far as the caller may see them: of an adjustment's whole chain. */
  async documents(summaries: readonly string[], scope: Scope): Promise<Touched[]> {
    if (summaries.length === 0) return [];
    const seen = within(scope, 'm.legal_entities', 2);
    return this.db.seenBy(scope).query<Touched>(
      `with chain as (select distinct s.id as asked, c.id, c.canonical_id from usage_summary s join usage_summary c on c.meter = s.meter and c.used_in = s.used_in and c.grain_key = s.grain_key where s.id = any($1))
       select c.asked, c.id as summary, m.id as message, m.flow, m.state, m.document_number as "documentNumber", m.reason
       from chain c join message m on m.canonical_id = c.canonical_id where ${seen.where} order by c.asked, c.id, m.seq`,
      [summaries, ...seen.values],
    );
  }

  private async insertSeal(tx: Tx, { id, plan, reason }: { id: string; plan: SealPlan; reason: string | undefined }, actor: Actor): Promise<void> {
    const { meter, period, starts, ends, roll } = plan;
    const made = await tx.query(
      `insert into usage_seal (id, meter, version, period, starts, ends, roll, summaries, unattributed, sealed_by, sealed_by_id, reason)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) on conflict (meter, period) do nothing returning id`,
      [id, meter.meter, meter.id, period, starts, ends, roll, plan.summaries.length, plan.unattributed, actor.name, actor.id, reason ?? null],
    );
    if (made.length === 0) throw new Problem('PERIOD_SEALED', `The period ${period} of the meter ${meter.meter} was sealed by somebody else just now.`); // prettier-ignore
    const [current] = await tx.query<{ rolls: boolean }>('select rolls from usage_meter_version where id = $1 for update', [meter.id]);
    if (!current!.rolls) throw new Problem('CONFLICT', `Another version of the meter ${meter.meter} was made the active one just now.`);
  } // prettier-ignore
}

interface Made {
  id: string;
  planned: Planned;
  measure: Measure;
  canonicalId: string;
}

async function insertSummaries(tx: Tx, seal: string, made: readonly Made[]): Promise<void> {
  await tx.query(
    `insert into usage_summary (id, seal, kind, meter, version, period, used_in, grain_key, starts, ends, customer, subscription, plan, region, legal_entity, grouped, group_key,
       quantity, added, removed, digest, roll, whole, whole_events, adjusts, canonical_id)
     select id, $2, kind, meter, version, period, used_in, grain_key, starts, ends, customer, subscription, plan, region, legal_entity, grouped, group_key,
       quantity, added, removed, decode(digest, 'hex'), roll, whole, whole_events, adjusts, canonical_id
     from jsonb_to_recordset($1::jsonb) as g(id text, kind text, meter text, version bigint, period text, used_in text, grain_key text, starts timestamptz, ends timestamptz, customer text,
       subscription text, plan text, region text, legal_entity text, grouped jsonb, group_key uuid, quantity numeric, added bigint, removed bigint, digest text, roll bigint,
       whole numeric, whole_events bigint, adjusts text, canonical_id text)`,
    [JSON.stringify(made.map(summaryRow)), seal],
  );
  const parts = made.flatMap(({ id, planned }) => planned.whole.parts.map((part) => ({ summary: id, ...part })));
  await tx.query(
    `insert into usage_summary_part (summary, subject, starts, ends)
     select summary, subject, starts, ends from jsonb_to_recordset($1::jsonb) as g(summary text, subject text, starts timestamptz, ends timestamptz)`,
    [JSON.stringify(parts)],
  );
}

const summaryRow = ({ id, planned: { kind, period, starts, ends, quantity, whole, adjusts }, measure, canonicalId }: Made) => ({
  id,
  kind,
  meter: whole.meter,
  version: whole.versionId,
  period,
  used_in: whole.period,
  grain_key: whole.grainKey,
  starts,
  ends,
  customer: whole.customer,
  subscription: whole.subscription,
  plan: whole.plan,
  region: whole.region,
  legal_entity: whole.legalEntity,
  grouped: whole.dimensions,
  group_key: whole.groupKey,
  quantity,
  added: measure.added,
  removed: measure.removed,
  digest: measure.digest,
  roll: whole.roll,
  whole: whole.quantity,
  whole_events: whole.events,
  adjusts: adjusts?.id ?? null,
  canonical_id: canonicalId,
});
