import { Inject, Injectable } from '@nestjs/common';
import { AuditStore, ownPart, type Maker } from '../../governance/index.js';
import { Database, within, type Row, type Scope, type Tx } from '../../platform/database/index.js';
import type { Actor, Caller } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { contentText, textHash } from '../../platform/json/index.js';
import { Problem } from '../../platform/problems/index.js';
import { lockPeriod } from './gaps.store.js';

/** The sign-off of a period: one person prepares it, another reviews and locks it. It binds exactly what both were shown. */
@Injectable()
export class CheckpointStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  /** Newest first: what was reopened stays to be seen. */
  async of(control: string, period: string, scope: Scope) {
    const seen = within(scope, 'c.legal_entities', 3);
    const rows = await this.db.seenBy(scope).query<Row>(`select c.* from checkpoint c where c.control = $1 and c.period = $2 and ${seen.where} order by c.prepared_at desc limit 50`, [control, period, ...seen.values]); // prettier-ignore
    return rows.map(shape);
  }

  /** What is signed: sums, bars, gaps and what was said to each. The same result of another run has the same hash. */
  async hashOf(runId: string, sql: Pick<Tx, 'query'> = this.db): Promise<string> {
    return textHash(await this.signedText(runId, sql)).toString('hex');
  }

  /** The text whose hash is signed: canonical JSON. */
  async signedText(runId: string, sql: Pick<Tx, 'query'> = this.db): Promise<string> {
    const totals = await sql.query('select legal_entity, currency, billing_rows, erp_rows, trim_scale(billing)::text as billing, trim_scale(erp)::text as erp, trim_scale(billing_tax)::text as billing_tax, trim_scale(erp_tax)::text as erp_tax from control_total where run_id = $1 order by 1, 2', [runId]); // prettier-ignore
    const bars = await sql.query('select legal_entity, currency, kind, gaps, trim_scale(amount)::text as amount from control_bar where run_id = $1 order by 1, 2, 3', [runId]); // prettier-ignore
    const gaps = await sql.query(`select encode(g.fingerprint, 'hex') as gap, g.kind, a."as", a.reason, a.accepted_by_id from gap g join control_run r on r.id = g.run_id left join gap_acceptance a on a.control = r.control and a.fingerprint = g.fingerprint
      where g.run_id = $1 order by 1, 2`, [runId]); // prettier-ignore
    const quantities = await sql.query('select legal_entity, meter, unit, summaries, counted_days, trim_scale(ledger)::text as ledger, trim_scale(billing)::text as billing from control_quantity_total where run_id = $1 order by 1, 2', [runId]); // prettier-ignore
    const quantityBars = await sql.query('select legal_entity, meter, kind, gaps, trim_scale(quantity)::text as quantity from control_quantity_bar where run_id = $1 order by 1, 2, 3', [runId]); // prettier-ignore
    // A run of documents says nothing of quantities: what was signed before there were any has the hash that it had.
    return contentText({ totals, bars, gaps, ...(quantities.length > 0 ? { quantities, quantityBars } : {}) });
  }

  async prepare(runId: string, said: { contentHash: string; comment?: string | undefined }, caller: Caller, actor: Actor) {
    return this.db.transaction(async (tx) => {
      const run = await this.run(tx, runId, caller.scope);
      await this.refuseUnready(tx, run, said.contentHash);
      const [current] = await tx.query<Row>("select state from checkpoint where control = $1 and period = $2 and state in ('prepared', 'locked')", [run['control'], run['period']]); // prettier-ignore
      if (current?.['state'] === 'locked') throw new Problem('CHECKPOINT_LOCKED', `${String(run['period'])} of ${String(run['control'])} is signed off and locked.`); // prettier-ignore
      if (current) await tx.query("update checkpoint set state = 'void' where control = $1 and period = $2 and state = 'prepared'", [run['control'], run['period']]); // prettier-ignore
      const accepted = await tx.query<{ by: string; by_id: string; hands: string[] }>('select distinct a.accepted_by as by, a.accepted_by_id as by_id, a.hands from gap g join gap_acceptance a on a.control = $2 and a.fingerprint = g.fingerprint where g.run_id = $1', [runId, run['control']]); // prettier-ignore
      const makers: Maker[] = [
        { id: actor.id, name: actor.name, did: 'prepared this checkpoint', hands: caller.hands },
        ...accepted.map(({ by, by_id, hands }) => ({ id: by_id, name: by, did: 'accepted gaps of this run', hands })),
      ];
      const id = newId('chk');
      const [row] = await tx.query<Row>(
        `insert into checkpoint (id, control, period, run_id, legal_entities, content_hash, makers, comment, prepared_by, prepared_by_id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) returning *`,
        [id, run['control'], run['period'], runId, run['legal_entities'], said.contentHash, JSON.stringify(makers), said.comment ?? null, actor.name, actor.id], // prettier-ignore
      );
      await this.record(tx, actor, {
        did: 'prepared',
        id,
        run,
        reason: said.comment,
        after: { run: runId, contentHash: said.contentHash },
      });
      return shape(row!);
    });
  }

  /** Locks it, by somebody who had no hand in it. */
  async review(id: string, said: { contentHash: string; comment?: string | undefined }, caller: Caller, actor: Actor) {
    return this.db.transaction(async (tx) => {
      const row = await this.found(tx, id, caller.scope);
      if (row['state'] !== 'prepared') throw new Problem('CHECKPOINT_STATE', `The checkpoint is ${row['state'] as string}.`);
      const own = ownPart(row['makers'] as Maker[], caller, 'reviews it');
      if (own !== undefined) throw new Problem('CHECKPOINT_OWN', own);
      const run = await this.run(tx, row['run_id'] as string, caller.scope);
      await this.refuseUnready(tx, run, said.contentHash);
      if (said.contentHash !== row['content_hash']) throw changed('Something was said to its gaps after it was prepared.');
      const [after] = await tx.query<Row>(
        "update checkpoint set state = 'locked', reviewed_at = now(), reviewed_by = $2, reviewed_by_id = $3, review_comment = $4 where id = $1 returning *",
        [id, actor.name, actor.id, said.comment ?? null],
      );
      await this.record(tx, actor, { did: 'reviewed and locked', id, run, reason: said.comment, after: { contentHash: said.contentHash } });
      return shape(after!);
    });
  }

  async reopen(id: string, reason: string, caller: Caller, actor: Actor) {
    return this.db.transaction(async (tx) => {
      const row = await this.found(tx, id, caller.scope);
      if (row['state'] !== 'locked') throw new Problem('CHECKPOINT_STATE', `The checkpoint is ${row['state'] as string}.`);
      const [after] = await tx.query<Row>("update checkpoint set state = 'reopened', reopened_at = now(), reopened_by = $2, reopen_reason = $3 where id = $1 returning *", [id, actor.name, reason]); // prettier-ignore
      await this.record(tx, actor, { did: 'reopened', id, run: row, reason });
      return shape(after!);
    });
  }

  /** A run that has ended, has nothing open, says what was shown, is not overtaken by one that says something else, and saw the whole period. */
  private async refuseUnready(tx: Tx, run: Row, shown: string): Promise<void> {
    if (run['state'] !== 'done') throw new Problem('CHECKPOINT_STATE', `The run is ${run['state'] as string}.`);
    const open = run['open_gaps'] as number;
    if (open > 0) throw new Problem('GAPS_OPEN', `${open} gap${open === 1 ? ' is' : 's are'} open.`);
    if ((await this.hashOf(run['id'] as string, tx)) !== shown) throw changed('The result is not the one that was shown.');
    const [newer] = await tx.query<{ id: string }>("select id from control_run where control = $1 and period = $2 and state = 'done' and id <> $3 and started_at > $4 order by started_at desc limit 1", [run['control'], run['period'], run['id'], run['started_at']]); // prettier-ignore
    if (newer && (await this.hashOf(newer.id, tx)) !== shown) throw changed(`The run ${newer.id} came after it and found something else.`);
    const [early] = await tx.query<{ day: string; ends: string }>("select to_char(day, 'YYYY-MM-DD') as day, to_char(ends, 'YYYY-MM-DD') as ends from control_run where id = $1 and day <= ends", [run['id']]); // prettier-ignore
    if (early)
      throw new Problem(
        'CHECKPOINT_STATE',
        `${run['period'] as string} is not over on the day of the run, ${early.day}: its last day is ${early.ends}.`,
        {
          remedy: 'Run the control again when the period is over, and sign that run.',
        },
      );
  }

  private async run(tx: Tx, id: string, scope: Scope): Promise<Row> {
    const seen = within(scope, 'r.legal_entities', 2);
    const ask = () => tx.query<Row>(`select r.* from control_run r where r.id = $1 and ${seen.where}`, [id, ...seen.values]);
    const [run] = await ask();
    if (!run) throw new Problem('NOT_FOUND', `There is no run ${id} of a control.`);
    await lockPeriod(tx, run['control'] as string, run['period'] as string);
    return (await ask())[0]!;
  }

  private async found(tx: Tx, id: string, scope: Scope): Promise<Row> {
    const seen = within(scope, 'c.legal_entities', 2);
    const ask = () => tx.query<Row>(`select c.* from checkpoint c where c.id = $1 and ${seen.where}`, [id, ...seen.values]);
    const [row] = await ask();
    if (!row) throw new Problem('NOT_FOUND', `There is no checkpoint ${id}.`);
    await lockPeriod(tx, row['control'] as string, row['period'] as string);
    return (await ask())[0]!;
  }

  private record(tx: Tx, actor: Actor, { did, id, run, reason, after }: { did: string; id: string; run: Row; reason?: string | undefined; after?: unknown }) {
    return this.audit.record(tx, actor, {
      action: `checkpoint.${did.split(' ')[0]!}`,
      object: { kind: 'checkpoint', id },
      summary: `${actor.name} ${did} the checkpoint of ${run['control'] as string} for ${run['period'] as string}`,
      reason,
      after,
    });
  } // prettier-ignore
}

const changed = (sentence: string) => new Problem('CHECKPOINT_CHANGED', sentence);
const instant = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

const shape = (row: Row) => ({
  id: row['id'] as string,
  control: row['control'] as string,
  period: row['period'] as string,
  runId: row['run_id'] as string,
  state: row['state'] as string,
  contentHash: row['content_hash'] as string,
  comment: row['comment'] as string | null,
  preparedBy: row['prepared_by'] as string,
  preparedAt: instant(row['prepared_at'])!,
  reviewedBy: row['reviewed_by'] as string | null,
  reviewedAt: instant(row['reviewed_at']),
  reviewComment: row['review_comment'] as string | null,
  reopenedBy: row['reopened_by'] as string | null,
  reopenedAt: instant(row['reopened_at']),
  reopenReason: row['reopen_reason'] as string | null,
});
