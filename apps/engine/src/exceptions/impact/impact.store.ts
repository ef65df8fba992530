import { Inject, Injectable } from '@nestjs/common';
import { DraftStore, ReleaseStore, TableReaders, TableStore } from '../../catalog/index.js';
import { asClaimed, flowImpact, Rehearsal, sumsOf, type FlowImpact } from '../../pipeline/index.js';
import { Database, real, within, type Row } from '../../platform/database/index.js';
import type { Caller } from '../../platform/http/index.js';

/** Exceptions that are tried with a draft, those that name the table first. */
export const exceptionsMax = 1_000;
/** Recorded payloads of each flow that are tried with a draft, the newest. */
export const payloadsMax = 500;
/** Sentences that an answer gives for what would stop again. */
const sentencesMax = 5;

/** Stops before anything was sent: what tables have a part in. */
const stages = ['enrich', 'map', 'permit'];
let trials = 0;

/** What a draft of a table would do, tried with its rows on what was recorded; within what the caller sees. */
@Injectable()
export class ImpactStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(DraftStore) private readonly drafts: DraftStore,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(TableReaders) private readonly readers: TableReaders,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(Rehearsal) private readonly rehearsal: Rehearsal,
  ) {}

  async of(draftId: string, caller: Caller) {
    const { table, draft, hash } = await this.drafts.trial(draftId);
    trials -= 1;
    const trial = await this.tables.withChanges(table, draft.changes, trials);
    const now = await this.tables.snapshot();
    const then = now.map((one) => (one.name === table.name ? trial : one));
    const flows = await this.readers.of(table.name);
    const names = flows.map(({ name }) => name);
    const exceptions = await this.exceptions(table.name, names, then, caller);
    const impacts: FlowImpact[] = [];
    for (const { name, releaseId } of flows) {
      const rows = await this.newest(name, caller);
      const release = await this.releases.release(releaseId);
      const [before, after] = await this.rehearsal.run(rows.map(asClaimed), [
        { tables: now, release },
        { tables: then, release },
      ]);
      const titles = new Map(rows.map((row) => [row['id'] as string, row['title'] as string | null]));
      impacts.push(flowImpact(name, before!, after!, (id) => titles.get(id) ?? null));
    }
    return { draftId, contentHash: hash, tableVersion: table.version, triedAt: new Date().toISOString(), exceptions, flows: impacts };
  }

  private async exceptions(table: string, flows: readonly string[], then: Awaited<ReturnType<TableStore['snapshot']>>, caller: Caller) {
    const seen = within(caller.scope, 'm.legal_entities', 4);
    const rows = await this.db.seenBy(caller.scope).query<Row>(
      `select m.*, m.amount::text as amount_text, e.cause_key, count(*) over ()::int as matched from exception e join message m on m.id = e.message_id
       where e.state in ('open','in-progress') and e.flow = any($1) and e.stage = any($2) and m.state = 'exception' and m.erasure is null and ${seen.where}
       order by (e.fix->>'table' is not distinct from $3) desc, m.seq limit ${exceptionsMax}`,
      [flows, stages, table, ...seen.values],
    );
    const [tried = []] = await this.rehearsal.run(rows.map(asClaimed), [{ tables: then }]);
    const cleared = rows.filter((_, index) => tried[index]!.tried.failure === undefined);
    const sentences = new Map<string, number>();
    for (const { tried: one } of tried) if (one.failure) sentences.set(one.failure.cause, (sentences.get(one.failure.cause) ?? 0) + 1);
    return {
      matched: (rows[0]?.['matched'] as number | undefined) ?? 0,
      tried: rows.length,
      clears: cleared.length,
      money: sumsOf(cleared),
      outcomes: [...sentences].map(([sentence, count]) => ({ sentence, count })).sort((a, b) => b.count - a.count).slice(0, sentencesMax), // prettier-ignore
      causeKeys: [...new Set(cleared.map((row) => row['cause_key'] as string))].slice(0, 20),
    };
  }

  private async newest(flow: string, caller: Caller): Promise<Row[]> {
    const seen = within(caller.scope, 'm.legal_entities', 2);
    return this.db
      .seenBy(caller.scope)
      .query<Row>(
        `select m.* from message m where m.flow = $1 and ${real('m')} and m.erasure is null and ${seen.where} order by m.received_at desc, m.id desc limit ${payloadsMax}`,
        [flow, ...seen.values],
      );
  }
}
