import { Inject, Injectable } from '@nestjs/common';
import { hashFields } from '@waybill/sdk';
import { Database, type Tx } from '../../platform/database/index.js';
import { failPoint } from '../../platform/failpoints/index.js';
import { newId } from '../../platform/ids/index.js';
import { explain, isExplained, type Explanation } from './causes.js';
import { KnownStore } from './known.store.js';
import { compare, placesOf, type Found, type SideRow } from './matching.js';
import { givenUp } from './runs.store.js';
import { SnapshotStore, type RunOf } from './snapshot.store.js';
import { Waterfall } from './waterfall.js';

/** Gaps that a run keeps one by one. What is more is in its sums and bars, and is told as a number. */
export const gapsMax = 10_000;
const explainedAtOnce = 500;

interface Told {
  found: Found;
  told: Explanation;
}

/** Goes through the places of a run, says what differs and why, and writes it down. Holds a few hundred gaps at a time, whatever the size of the sides. */
@Injectable()
export class Judging {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SnapshotStore) private readonly snapshot: SnapshotStore,
    @Inject(KnownStore) private readonly known: KnownStore,
  ) {}

  async judge(run: RunOf & { control: string }, cutOffs: { erp: Date; billing: Date }): Promise<void> {
    const { match, tolerance, billing } = run.definition;
    const waterfall = new Waterfall();
    const counts = { matched: 0, gaps: 0, drift: 0, kept: 0, left: 0 };
    let waiting: Found[] = [];
    const flush = async () => {
      const told = await this.explained(waiting, run, cutOffs.erp);
      waiting = [];
      for (const { found, told: one } of told) {
        waterfall.gap(one.kind, found.currency, found.difference);
        if (isExplained(one.kind)) continue;
        counts.gaps += 1;
        if (one.drift) counts.drift += 1;
      }
      const room = told.slice(0, run.limits.gaps - counts.kept);
      counts.left += told.length - room.length;
      if (room.length > 0) await this.write(run, room, counts.kept);
      counts.kept += room.length;
      await run.touch();
    };
    for await (const place of placesOf(this.snapshot.rows(run))) {
      waterfall.rows(place);
      const found = compare(place, { match, ...tolerance });
      if (found.length === 0 && place.billing?.live === true && place.billing.within) counts.matched += 1;
      waiting.push(...found);
      if (waiting.length >= explainedAtOnce) await flush();
    }
    await flush();
    const broken = waterfall.broken();
    if (broken.length > 0) throw new Error(`the bars of ${broken.join(', ')} do not sum to the difference`);
    await failPoint('control.judged');
    await this.db.transaction(async (tx) => {
      const { totals, bars } = waterfall.shown();
      const ended = await tx.query(
        `update control_run r set state = 'done', ended_at = now(), erp_cut_off = $2, billing_cut_off = $3, matched = $4, gaps = $5, drift = $6, gaps_left = $7,
           open_gaps = (select count(*) from gap g where g.run_id = r.id and g.settled is null and not exists (select 1 from gap_acceptance a where a.control = r.control and a.fingerprint = g.fingerprint)) + $8
         where r.id = $1 and r.state = 'running' returning r.id`,
        [run.id, cutOffs.erp, cutOffs.billing, counts.matched, counts.gaps, counts.drift, counts.left, counts.left],
      );
      if (ended.length === 0) throw givenUp(run.id);
      await writeSums(tx, { run: run.id, entity: billing.legalEntity, totals, bars });
    });
  } // prettier-ignore

  private async explained(waiting: readonly Found[], run: RunOf, erpCutOff: Date): Promise<Told[]> {
    const asked = { definition: run.definition, erpCutOff };
    const ids = [...new Set(waiting.flatMap(({ billing }) => billing?.id ?? []))];
    const known = await this.known.documents(ids, asked);
    const strangers = await this.known.strangers(waiting.flatMap(({ kind, erp }) => (kind === 'missing-in-billing' && erp ? [erp] : [])), asked); // prettier-ignore
    return waiting.map((found) => ({
      found,
      told: explain(found, known.get(found.billing?.id ?? ''), strangers.get(found.erp?.id ?? '')),
    }));
  }

  private async write(run: RunOf & { control: string }, gaps: readonly Told[], from: number): Promise<void> {
    // In one statement with the sign of life: a run that was given up meanwhile gets no gap, and one that gets gaps is not given up.
    const alive = await this.db.query(
      `with mine as (update control_run set touched_at = now() where id = $2 and state = 'running' returning id),
       written as (
       insert into gap (id, run_id, n, fingerprint, kind, cause, drift, settled, legal_entity, currency, difference, type, number, sentence, remedy, also, billing, erp, link_kind, link_id)
       select g.id, mine.id, n, decode(fingerprint, 'hex'), kind, cause, drift, settled, $3, currency, difference, type, number, sentence, remedy, also, billing, erp, link_kind, link_id
       from jsonb_to_recordset($1::jsonb) as g(id text, n int, fingerprint text, kind text, cause text, drift boolean, settled text, currency text, difference numeric, type text, number text,
         sentence text, remedy text, also text[], billing jsonb, erp jsonb, link_kind text, link_id text), mine)
       select id from mine`,
      [
        JSON.stringify(
          gaps.map(({ found, told }, at) => ({
            id: newId('gap'),
            n: from + at + 1,
            fingerprint: fingerprintOf(run.control, found).toString('hex'),
            kind: told.kind,
            cause: told.cause,
            drift: told.drift,
            settled: isExplained(told.kind) ? 'explained' : null,
            currency: found.currency,
            difference: found.difference,
            type: (found.billing ?? found.erp)!.type,
            number: found.billing?.number ?? found.erp?.reference ?? found.erp?.number ?? null,
            sentence: told.sentence,
            remedy: told.remedy,
            also: found.also,
            billing: shown(found.billing),
            erp: shown(found.erp),
            link_kind: told.link?.kind ?? null,
            link_id: told.link?.id ?? null,
          })),
        ),
        run.id,
        run.definition.billing.legalEntity,
      ],
    );
    if (alive.length === 0) throw givenUp(run.id);
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
