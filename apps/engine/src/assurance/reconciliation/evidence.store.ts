import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { ControlStore, isOfUsage } from '../../catalog/index.js';
import { AuditStore } from '../../governance/index.js';
import { csvLine, Decimal } from '../../platform/csv/index.js';
import { Database, within, type Row } from '../../platform/database/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { CheckpointStore } from './checkpoints.store.js';
import { EvidenceArchive } from './evidence-archive.js';
import { evidenceContent, gapsShown, type EvidenceFacts } from './evidence-content.js';
import { evidencePage } from './evidence-page.js';
import { evidencePdf } from './evidence-pdf.js';
import { gapColumns } from './gaps-csv.js';
import { GapStore, type Gap } from './gaps.store.js';
import { ControlRunStore } from './runs.store.js';

export const evidenceFormat = 'waybill-evidence/1';
const gapsAtOnce = 200;
const rowsAtOnce = 5_000;

interface Pack {
  facts: EvidenceFacts;
  yaml: string;
  signed: string;
  caller: Caller;
  actor: Actor;
}

/** What a locked period was judged by, as one archive: both sides, the sums, the gaps with what was said to them, and all that fits on paper as a PDF and as a page. */
@Injectable()
export class EvidenceStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(ControlStore) private readonly controls: ControlStore,
    @Inject(ControlRunStore) private readonly runs: ControlRunStore,
    @Inject(CheckpointStore) private readonly checkpoints: CheckpointStore,
    @Inject(GapStore) private readonly gaps: GapStore,
  ) {}

  /** The audit log has its entry before the first byte leaves; the archive is made while it is read. */
  async begin(id: string, caller: Caller, actor: Actor): Promise<{ name: string; pieces: AsyncGenerator<Uint8Array> }> {
    const seen = within(caller.scope, 'c.legal_entities', 2);
    const { row, signed } = await this.db.transaction(async (tx) => {
      const [found] = await tx.query<Row>(`select c.*, r.rows_kept from checkpoint c join control_run r on r.id = c.run_id where c.id = $1 and ${seen.where}`, [id, ...seen.values]);
      if (!found) throw new Problem('NOT_FOUND', `There is no checkpoint ${id}.`);
      if (found['state'] !== 'locked' || found['rows_kept'] !== true)
        throw new Problem('CHECKPOINT_STATE', `The checkpoint is ${found['state'] as string}; there is evidence of one that is locked.`, { remedy: 'Let it be reviewed and locked, then ask again.' });
      const text = await this.checkpoints.signedText(found['run_id'] as string, tx);
      if (sha256(text) !== found['content_hash']) throw new Problem('CHECKPOINT_CHANGED', 'What was signed is not what the run says now.');
      await this.audit.record(tx, actor, {
        action: 'checkpoint.exported',
        object: { kind: 'checkpoint', id },
        summary: `${actor.name} exported the evidence of ${found['control'] as string} for ${found['period'] as string}`,
        after: { run: found['run_id'], contentHash: found['content_hash'] },
      });
      return { row: found, signed: text };
    });
    const { legalEntity, totals, bars, quantities, quantityBars, version, matched, erpCutOff, billingCutOff, ledgerCutOff } = await this.runs.find(row['run_id'] as string, caller.scope);
    const { yaml, definition } = await this.controls.version(row['control'] as string, version);
    const facts: EvidenceFacts = {
      control: row['control'] as string, version, description: definition.description, period: row['period'] as string, legalEntity, run: row['run_id'] as string, matched, ofUsage: isOfUsage(definition), erpCutOff, billingCutOff, ledgerCutOff,
      checkpoint: id, contentHash: row['content_hash'] as string, preparedBy: row['prepared_by'] as string, preparedAt: (row['prepared_at'] as Date).toISOString(), comment: row['comment'] as string | null,
      reviewedBy: row['reviewed_by'] as string, reviewedAt: (row['reviewed_at'] as Date).toISOString(), reviewComment: row['review_comment'] as string | null,
      exportedBy: actor.name, exportedAt: new Date().toISOString(), totals, bars, quantities, quantityBars,
    };
    return { name: `waybill-evidence-${facts.control}-${facts.period}-${id}.zip`, pieces: this.pack({ facts, yaml, signed, caller, actor }) };
  } // prettier-ignore

  private async *pack({ facts, yaml, signed, caller, actor }: Pack): AsyncGenerator<Uint8Array> {
    const archive = new EvidenceArchive(new Date(facts.reviewedAt));
    const { run, totals, bars, quantities, quantityBars } = facts;
    const kept: Gap[] = [];
    let all = 0;
    yield* archive.add('control.yaml', [yaml]);
    yield* archive.add('signed.json', [signed]);
    if (facts.ofUsage) {
      yield* archive.add('quantities.csv', [
        csvLine(['meter', 'unit', 'summaries', 'countedDays', 'ledger', 'billing', 'difference']),
        ...quantities.map((one) => csvLine([one.meter, one.unit ?? '', one.summaries, one.countedDays, ...[one.ledger, one.billing, one.difference].map((sum) => new Decimal(sum))])),
      ]);
      yield* archive.add('waterfall.csv', [
        csvLine(['meter', 'kind', 'gaps', 'quantity']),
        ...quantityBars.map(({ meter, kind, gaps, quantity }) => csvLine([meter, kind, gaps, new Decimal(quantity)])),
      ]);
    } else {
      yield* archive.add('totals.csv', [
        csvLine(['currency', 'billingDocuments', 'erpDocuments', 'billing', 'erp', 'difference', 'billingTax', 'erpTax']),
        ...totals.map((one) => csvLine([one.currency, one.billingRows, one.erpRows, ...[one.billing, one.erp, one.difference, one.billingTax, one.erpTax].map((sum) => new Decimal(sum))])),
      ]);
      yield* archive.add('waterfall.csv', [
        csvLine(['currency', 'kind', 'gaps', 'amount']),
        ...bars.map(({ currency, kind, gaps, amount }) => csvLine([currency, kind, gaps, new Decimal(amount)])),
      ]);
    }
    yield* archive.add('gaps.csv', this.gapLines(run, caller, (gap) => {
      all += 1;
      if (kept.length < gapsShown) kept.push(gap);
    }));
    if (facts.ofUsage) for (const side of ['ledger', 'billing'] as const) yield* archive.add(`${side}.csv`, this.usageLines(run, side));
    else for (const side of ['billing', 'erp'] as const) yield* archive.add(`${side}.csv`, this.sideLines(run, side));
    await this.refuseForgotten(run);
    const content = () => evidenceContent(facts, { shown: kept, all }, archive.files);
    yield* archive.add('evidence.pdf', [await evidencePdf(content(), new Date(facts.exportedAt))]);
    yield* archive.add('index.html', [evidencePage(content())]);
    const { totals: _, bars: __, quantities: ___, quantityBars: ____, ofUsage: _____, ledgerCutOff, ...rest } = facts;
    const said = facts.ofUsage ? { ...rest, ledgerCutOff } : rest;
    const manifest = `${JSON.stringify({ format: evidenceFormat, ...said, files: archive.files }, null, 2)}\n`;
    yield* archive.add('manifest.json', [manifest]);
    await this.db.transaction((tx) =>
      this.audit.record(tx, actor, {
        action: 'checkpoint.export-ended',
        object: { kind: 'checkpoint', id: facts.checkpoint },
        summary: `The evidence of ${facts.control} for ${facts.period} was given to ${actor.name} whole`,
        after: { manifest: sha256(manifest), files: archive.files.length },
      }),
    );
    yield* archive.end();
  } // prettier-ignore

  private async *gapLines(run: string, caller: Caller, each: (gap: Gap) => void): AsyncGenerator<string> {
    yield csvLine(gapColumns.map(([name]) => name));
    for (let cursor: string | undefined; ;) {
      const { items, next } = await this.gaps.list(run, { limit: gapsAtOnce, cursor }, caller);
      for (const gap of items) each(gap);
      yield items.map((gap) => csvLine(gapColumns.map(([, cell]) => cell(gap)))).join('');
      if (next === null) return;
      cursor = next;
    }
  } // prettier-ignore

  /** One side as it was read. `place` is the same on both for what is one document. */
  private async *sideLines(run: string, side: 'billing' | 'erp'): AsyncGenerator<string> {
    yield csvLine(['place', 'document', 'number', 'reference', 'key', 'type', 'currency', 'amount', 'tax', 'date', 'state', 'inPeriod']);
    for (let after = 0; ;) {
      const rows = await this.db.query<Row>(
        `select c.seq, c.place, c.document, c.number, c.reference, c.key, c.type, c.currency, c.amount::text as amount, c.tax::text as tax, c.date::text as date, c.live, c.date between r.starts and r.ends as inside
         from control_row c join control_run r on r.id = c.run_id where c.run_id = $1 and c.side = $2 and c.seq > $3 order by c.seq limit ${rowsAtOnce}`,
        [run, side, after],
      );
      const word = (row: Row, name: string) => (row[name] as string | null) ?? '';
      yield rows
        .map((row) =>
          csvLine([
            row['place'] as number, ...['document', 'number', 'reference', 'key', 'type', 'currency'].map((name) => word(row, name)), new Decimal(row['amount'] as string),
            row['tax'] === null ? '' : new Decimal(row['tax'] as string), word(row, 'date'), row['live'] ? 'live' : 'void', row['inside'] ? 'yes' : 'no',
          ]),
        )
        .join('');
      if (rows.length < rowsAtOnce) return;
      after = rows.at(-1)!['seq'] as number;
    }
  } // prettier-ignore

  /** One side of usage as it was read. Meter, customer and day are the same on both for what is one quantity. */
  private async *usageLines(run: string, side: 'ledger' | 'billing'): AsyncGenerator<string> {
    yield csvLine(['meter', 'customer', 'day', 'quantity', ...(side === 'ledger' ? ['summary', 'kind', 'period', 'sent', 'sentQuantity'] : [])]);
    for (let after = 0; ;) {
      const rows = await this.db.query<Row>(
        `select seq, meter, customer, day::text as day, trim_scale(quantity)::text as quantity, summary, kind, period, sent, trim_scale(sent_quantity)::text as sent_quantity
         from control_usage_row where run_id = $1 and side = $2 and seq > $3 order by seq limit ${rowsAtOnce}`,
        [run, side, after],
      );
      const word = (row: Row, name: string) => (row[name] as string | null) ?? '';
      yield rows
        .map((row) => {
          const sent = row['sent_quantity'] as string | null;
          const way = [...['summary', 'kind', 'period', 'sent'].map((name) => word(row, name)), sent === null ? '' : new Decimal(sent)];
          return csvLine([word(row, 'meter'), word(row, 'customer'), word(row, 'day'), new Decimal(row['quantity'] as string), ...(side === 'ledger' ? way : [])]);
        })
        .join('');
      if (rows.length < rowsAtOnce) return;
      after = rows.at(-1)!['seq'] as number;
    }
  } // prettier-ignore

  /** A period that was reopened and run anew meanwhile takes the copies away: what was read of them may be a part. */
  private async refuseForgotten(run: string): Promise<void> {
    const kept = await this.db.query('select 1 as one from control_run where id = $1 and rows_kept', [run]);
    if (kept.length === 0) throw new Error(`the copies of ${run} went away while its evidence was made`);
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
