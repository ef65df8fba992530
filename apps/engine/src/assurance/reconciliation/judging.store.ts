import { Inject, Injectable } from '@nestjs/common';
import { hashFields } from '@waybill/sdk';
import type { Tx } from '../../platform/database/index.js';
import { explain } from './causes.js';
import { Findings, type Finding } from './findings.store.js';
import { KnownStore } from './known.store.js';
import { compare, placesOf, type Found, type Place, type SideRow } from './matching.js';
import { SnapshotStore, type RunOf } from './snapshot.store.js';
import { Waterfall } from './waterfall.js';

/** Says what differs between the documents of billing and those of an ERP, and why. */
@Injectable()
export class Judging {
  constructor(
    @Inject(Findings) private readonly findings: Findings,
    @Inject(SnapshotStore) private readonly snapshot: SnapshotStore,
    @Inject(KnownStore) private readonly known: KnownStore,
  ) {}

  async judge(run: RunOf, cutOffs: { erp: Date; billing: Date }): Promise<void> {
    const { match, tolerance } = run.definition;
    const waterfall = new Waterfall();
    await this.findings.writeDown<Place, Found>(run, {
      places: placesOf(this.snapshot.rows(run)),
      compare: (place) => {
        waterfall.rows(place);
        const found = compare(place, { match, ...tolerance });
        return { found, matched: found.length === 0 && place.billing?.live === true && place.billing.within ? 1 : 0 };
      },
      explain: (found) => this.explained(found, run, cutOffs.erp),
      bar: ({ told, difference, of }) => {
        if ('currency' in of) waterfall.gap(told.kind, of.currency, difference);
      },
      broken: () => waterfall.broken(),
      cutOffs,
      writeSums: (tx, id, entity) => writeSums(tx, { run: id, entity, ...waterfall.shown() }),
    });
  }

  private async explained(waiting: readonly Found[], run: RunOf, erpCutOff: Date): Promise<Finding[]> {
    const asked = { definition: run.definition, erpCutOff };
    const ids = [...new Set(waiting.flatMap(({ billing }) => billing?.id ?? []))];
    const known = await this.known.documents(ids, asked);
    const strangers = await this.known.strangers(waiting.flatMap(({ kind, erp }) => (kind === 'missing-in-billing' && erp ? [erp] : [])), asked); // prettier-ignore
    return waiting.map((found): Finding => {
      const { billing, erp, currency, difference, also } = found;
      return {
        told: explain(found, known.get(billing?.id ?? ''), strangers.get(erp?.id ?? '')),
        fingerprint: fingerprintOf(run.control, found),
        difference,
        type: (billing ?? erp)!.type,
        number: billing?.number ?? erp?.reference ?? erp?.number ?? null,
        also,
        of: { currency, billing: shown(billing), erp: shown(erp) },
      };
    });
  }
}

/** The same gap in another run, until either side says something else. */
const fingerprintOf = (control: string, { kind, currency, difference, billing, erp }: Found): Buffer =>
  hashFields([control, kind, currency, difference, ...valuesOf(billing), ...valuesOf(erp)]);
const valuesOf = (row: SideRow | undefined): string[] =>
  row ? [row.side, row.id, row.amount, row.tax ?? '', row.date, String(row.live)] : ['', '', '', '', '', ''];

const shown = (row: SideRow | undefined) =>
  row ? { id: row.id, number: row.number, amount: row.amount, tax: row.tax, currency: row.currency, date: row.date, state: row.live ? 'live' : 'void' } : null; // prettier-ignore

type Shown = ReturnType<Waterfall['shown']>;

async function writeSums(tx: Tx, { run, entity, totals, bars }: Shown & { run: string; entity: string }): Promise<void> {
  await tx.query(
    `insert into control_total (run_id, legal_entity, currency, billing_rows, erp_rows, billing, erp, billing_tax, erp_tax)
     select $2, $3, currency, "billingRows", "erpRows", billing, erp, "billingTax", "erpTax"
     from jsonb_to_recordset($1::jsonb) as g(currency text, "billingRows" int, "erpRows" int, billing numeric, erp numeric, "billingTax" numeric, "erpTax" numeric)`,
    [JSON.stringify(totals), run, entity],
  );
  await tx.query(
    `insert into control_bar (run_id, legal_entity, currency, kind, gaps, amount)
     select $2, $3, currency, kind, gaps, amount from jsonb_to_recordset($1::jsonb) as g(currency text, kind text, gaps int, amount numeric)`,
    [JSON.stringify(bars), run, entity],
  );
}
