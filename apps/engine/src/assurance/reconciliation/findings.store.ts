import { Inject, Injectable } from '@nestjs/common';
import type { ControlDefinition } from '../../catalog/index.js';
import { legalEntityOf } from '../../catalog/index.js';
import { Database, type Tx } from '../../platform/database/index.js';
import { failPoint } from '../../platform/failpoints/index.js';
import { newId } from '../../platform/ids/index.js';
import { isExplained, type Explanation } from './causes.js';
import { givenUp } from './runs.store.js';
import type { RunOf } from './snapshot.store.js';

/** Gaps that a run keeps one by one. What is more is in its sums and bars, and is told as a number. */
export const gapsMax = 10_000;
const explainedAtOnce = 500;

/** A gap as it is kept: money in its currency, or a quantity of its meter. */
export interface Finding {
  told: Explanation;
  fingerprint: Buffer;
  difference: string;
  type: string;
  number: string | null;
  also: readonly string[];
  of: { currency: string; billing: object | null; erp: object | null } | { meter: string; usage: object };
}

/** What a kind of control brings: its places in order, what differs in one, and why. */
export interface Work<Place, Found> {
  places: AsyncIterable<Place>;
  /** `matched`: how many in it are the same on both sides. */
  compare(place: Place): { found: Found[]; matched: number };
  explain(found: readonly Found[]): Promise<Finding[]>;
  /** Called once for each gap, also for those that are not kept. */
  bar(finding: Finding): void;
  /** Names of the sums that their bars do not explain. */
  broken(): string[];
  cutOffs: { erp?: Date; billing: Date; ledger?: Date };
  writeSums(tx: Tx, run: string, legalEntity: string): Promise<void>;
}

/** Goes through the places of a run and writes down what differs. Holds a few hundred gaps at a time, whatever the size of the sides. */
@Injectable()
export class Findings {
  constructor(@Inject(Database) private readonly db: Database) {}

  async writeDown<Place, Found>(run: RunOf<ControlDefinition>, work: Work<Place, Found>): Promise<void> {
    const counts = { matched: 0, gaps: 0, drift: 0, kept: 0, left: 0 };
    let waiting: Found[] = [];
    const flush = async () => {
      const findings = await work.explain(waiting);
      waiting = [];
      for (const one of findings) {
        work.bar(one);
        if (isExplained(one.told.kind)) continue;
        counts.gaps += 1;
        if (one.told.drift) counts.drift += 1;
      }
      const room = findings.slice(0, run.limits.gaps - counts.kept);
      counts.left += findings.length - room.length;
      if (room.length > 0) await this.write(run, room, counts.kept);
      counts.kept += room.length;
      await run.touch();
    };
    for await (const place of work.places) {
      const { found, matched } = work.compare(place);
      counts.matched += matched;
      waiting.push(...found);
      if (waiting.length >= explainedAtOnce) await flush();
    }
    await flush();
    const broken = work.broken();
    if (broken.length > 0) throw new Error(`the bars of ${broken.join(', ')} do not sum to the difference`);
    await failPoint('control.judged');
    const { erp = null, billing, ledger = null } = work.cutOffs;
    await this.db.transaction(async (tx) => {
      const ended = await tx.query(
        `update control_run r set state = 'done', ended_at = now(), erp_cut_off = $2, billing_cut_off = $3, ledger_cut_off = $4, matched = $5, gaps = $6, drift = $7, gaps_left = $8,
           open_gaps = (select count(*) from gap g where g.run_id = r.id and g.settled is null and not exists (select 1 from gap_acceptance a where a.control = r.control and a.fingerprint = g.fingerprint)) + $9
         where r.id = $1 and r.state = 'running' returning r.id`,
        [run.id, erp, billing, ledger, counts.matched, counts.gaps, counts.drift, counts.left, counts.left],
      );
      if (ended.length === 0) throw givenUp(run.id);
      await work.writeSums(tx, run.id, legalEntityOf(run.definition));
    });
  } // prettier-ignore

  private async write(run: RunOf<ControlDefinition>, findings: readonly Finding[], from: number): Promise<void> {
    // In one statement with the sign of life: a run that was given up meanwhile gets no gap, and one that gets gaps is not given up.
    const alive = await this.db.query(
      `with mine as (update control_run set touched_at = now() where id = $2 and state = 'running' returning id),
       written as (
       insert into gap (id, run_id, n, fingerprint, kind, cause, drift, settled, legal_entity, currency, meter, difference, type, number, sentence, remedy, also, billing, erp, usage, link_kind, link_id)
       select g.id, mine.id, n, decode(fingerprint, 'hex'), kind, cause, drift, settled, $3, currency, meter, difference, type, number, sentence, remedy, also, billing, erp, usage, link_kind, link_id
       from jsonb_to_recordset($1::jsonb) as g(id text, n int, fingerprint text, kind text, cause text, drift boolean, settled text, currency text, meter text, difference numeric, type text, number text,
         sentence text, remedy text, also text[], billing jsonb, erp jsonb, usage jsonb, link_kind text, link_id text), mine)
       select id from mine`,
      [
        JSON.stringify(
          findings.map(({ told, fingerprint, difference, type, number, also, of }, at) => ({
            id: newId('gap'),
            n: from + at + 1,
            fingerprint: fingerprint.toString('hex'),
            kind: told.kind,
            cause: told.cause,
            drift: told.drift,
            settled: isExplained(told.kind) ? 'explained' : null,
            difference,
            type,
            number,
            sentence: told.sentence,
            remedy: told.remedy,
            also,
            // What is left out is null in the row.
            ...of,
            link_kind: told.link?.kind ?? null,
            link_id: told.link?.id ?? null,
          })),
        ),
        run.id,
        legalEntityOf(run.definition),
      ],
    );
    if (alive.length === 0) throw givenUp(run.id);
  } // prettier-ignore
}
