import { Inject, Injectable } from '@nestjs/common';
import { hashFields } from '@waybill/sdk';
import type { UsageControl } from '../../../catalog/index.js';
import type { Tx } from '../../../platform/database/index.js';
import { Findings, type Finding } from '../findings.store.js';
import type { RunOf } from '../snapshot.store.js';
import { explainUsage } from './causes.js';
import { placeKey, UsageKnownStore } from './known.store.js';
import { compareUsage, usagePlacesOf, type UsageFound, type UsagePlace } from './matching.js';
import { UsageSnapshotStore } from './snapshot.store.js';
import { QuantityWaterfall } from './waterfall.js';

/** Says what differs between sealed usage and what billing counts, and why. */
@Injectable()
export class UsageJudging {
  constructor(
    @Inject(Findings) private readonly findings: Findings,
    @Inject(UsageSnapshotStore) private readonly snapshot: UsageSnapshotStore,
    @Inject(UsageKnownStore) private readonly known: UsageKnownStore,
  ) {}

  async judge(run: RunOf<UsageControl>, cutOffs: { billing: Date; ledger: Date }): Promise<void> {
    const { quantity: tolerance } = run.definition.tolerance;
    const waterfall = new QuantityWaterfall();
    await this.findings.writeDown<UsagePlace, UsageFound>(run, {
      places: usagePlacesOf(this.snapshot.rows(run)),
      compare: (place) => {
        waterfall.place(place);
        const found = compareUsage(place, tolerance[place.meter] ?? '0');
        return { found, matched: found.length === 0 ? place.summaries.length : 0 };
      },
      explain: (found) => this.explained(found, run, cutOffs.billing),
      bar: ({ told, difference, of }) => {
        if ('meter' in of) waterfall.gap(told.kind, { meter: of.meter, difference });
      },
      broken: () => waterfall.broken(),
      cutOffs,
      writeSums: (tx, id, entity) => writeSums(tx, { run: id, entity, ...waterfall.shown() }),
    });
  }

  private async explained(waiting: readonly UsageFound[], run: RunOf<UsageControl>, readAt: Date): Promise<Finding[]> {
    const asked = { definition: run.definition, readAt };
    const known = await this.known.summaries([...new Set(waiting.flatMap(({ summary }) => summary?.id ?? []))], asked);
    const usage = await this.known.usage(waiting.flatMap(({ kind, place }) => (kind === 'missing-in-ledger' ? [place] : [])), asked); // prettier-ignore
    return waiting.map((found): Finding => {
      const { place, summary, difference } = found;
      return {
        told: explainUsage(found, known.get(summary?.id ?? ''), usage.get(placeKey(place))),
        fingerprint: fingerprintOf(run.control, found),
        difference,
        type: 'usage-summary',
        number: summary?.id ?? null,
        also: [],
        of: { meter: place.meter, usage: shown(found) },
      };
    });
  }
}

/** The same gap in another run, until either side says something else. */
const fingerprintOf = (control: string, { kind, difference, summary, place: { meter, customer, day, counted } }: UsageFound): Buffer =>
  hashFields([control, 'usage', kind, meter, customer, day, difference, summary?.id ?? '', summary?.quantity ?? '', counted ?? '']);

const shown = ({ summary, place: { unit, customer, day, counted, summaries } }: UsageFound) => ({
  unit,
  customer,
  day,
  ledger: summary
    ? { summary: summary.id, kind: summary.kind, period: summary.period, quantity: summary.quantity, sentQuantity: summary.sentQuantity }
    : null,
  billing: counted === undefined ? null : { quantity: counted, summaries: summaries.length },
});

type Shown = ReturnType<QuantityWaterfall['shown']>;

async function writeSums(tx: Tx, { run, entity, totals, bars }: Shown & { run: string; entity: string }): Promise<void> {
  await tx.query(
    `insert into control_quantity_total (run_id, legal_entity, meter, unit, summaries, counted_days, ledger, billing)
     select $2, $3, meter, unit, summaries, "countedDays", ledger, billing
     from jsonb_to_recordset($1::jsonb) as g(meter text, unit text, summaries int, "countedDays" int, ledger numeric, billing numeric)`,
    [JSON.stringify(totals), run, entity],
  );
  await tx.query(
    `insert into control_quantity_bar (run_id, legal_entity, meter, kind, gaps, quantity)
     select $2, $3, meter, kind, gaps, quantity from jsonb_to_recordset($1::jsonb) as g(meter text, kind text, gaps int, quantity numeric)`,
    [JSON.stringify(bars), run, entity],
  );
}
