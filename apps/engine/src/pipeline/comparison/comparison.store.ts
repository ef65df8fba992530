import { Inject, Injectable } from '@nestjs/common';
import { mappingProblems, MappingStore, notTriedOf, ReleaseStore, TableStore, type FlowRecord, type Release } from '../../catalog/index.js';
import { Database, real, within, type Row } from '../../platform/database/index.js';
import type { Caller } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { asClaimed } from '../as-claimed.js';
import { Rehearsal } from '../rehearsal.store.js';
import { Tally } from './compare.js';

/** Recorded payloads that a comparison tries when nobody says how many, and at most. */
export const payloads = { usual: 500, max: 5_000 };
/** Comparisons that one process makes at the same time; others are asked to come again. */
const atOnceMax = 2;
/** After so long a comparison answers with what it has tried: a mapping that is slow on everything would keep its caller waiting. */
const wholeMs = 100_000;

/** One flow's live release beside the one that might take its place. */
interface Pair {
  flow: FlowRecord;
  live: Release;
  then: Release;
}

/**
 * What a change of a mapping or of a flow does to recorded payloads, tried with both releases and the tables as they are now; within what the
 * caller sees. No other system is asked, nothing is stored, nothing is sent.
 */
@Injectable()
export class ComparisonStore {
  private running = 0;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(MappingStore) private readonly mappings: MappingStore,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(Rehearsal) private readonly rehearsal: Rehearsal,
  ) {}

  /** A source that is not saved, in the flows that use the mapping. */
  async ofMapping(name: string, asked: { source: string; flow?: string | undefined; newest?: number | undefined }, caller: Caller) {
    await this.mappings.find(name);
    const problems = mappingProblems(asked.source);
    if (problems.length > 0) throw new Problem('MAPPING_INVALID', `${name}: ${problems[0]!.detail}.`, { problems });
    const users = (await this.releases.flows()).filter(({ mappingName }) => mappingName === name);
    const chosen = users.filter((flow) => asked.flow === undefined || flow.name === asked.flow);
    if (asked.flow !== undefined && chosen.length === 0)
      throw new Problem('NOT_FOUND', `The flow ${asked.flow} does not use the mapping ${name}.`, { path: '/flow' });
    const pairs = await Promise.all(
      chosen.map(async (flow): Promise<Pair> => {
        const live = await this.releases.release(flow.releaseId);
        return { flow, live, then: { ...live, mapping: { ...live.mapping, source: asked.source } } };
      }),
    );
    return this.compare(pairs, asked.newest, caller);
  }

  /** A saved release, against the one that is live in its flow. */
  async ofRelease(id: string, newest: number | undefined, caller: Caller) {
    const then = await this.releases.saved(id);
    const flow = await this.releases.flow(then.flow);
    return this.compare([{ flow, live: await this.releases.release(flow.releaseId), then }], newest, caller);
  }

  private async compare(pairs: readonly Pair[], newest: number | undefined, caller: Caller) {
    if (this.running >= atOnceMax)
      throw new Problem('COMPARISONS_BUSY', `${atOnceMax} comparisons are under way in this process.`, { retryAfterSeconds: 10 });
    this.running += 1;
    try {
      const asked = newest ?? payloads.usual;
      const rows = await this.newest(pairs.map(({ flow }) => flow.name), asked, caller); // prettier-ignore
      const tally = new Tally();
      const endsAt = performance.now() + wholeMs;
      for (const pair of pairs) await this.tryAll(pair, rows.filter((row) => row['flow'] === pair.flow.name), tally, endsAt); // prettier-ignore
      const against = pairs.map(({ flow, live }) => ({ flow: flow.name, releaseId: live.id, version: live.version, mapping: { name: live.mapping.name, version: live.mapping.version } })); // prettier-ignore
      const notTried = [...new Set(pairs.flatMap(({ live, then }) => notTriedOf(live.definition, then.definition)))];
      return { triedAt: new Date().toISOString(), newest: asked, found: rows.length, against, notTried, ...tally.answer() };
    } finally {
      this.running -= 1;
    }
  }

  private async tryAll({ flow, live, then }: Pair, rows: readonly Row[], tally: Tally, endsAt: number): Promise<void> {
    const tables = await this.tables.snapshot();
    const known = new Map(rows.map((row) => [row['id'] as string, row]));
    const trials = [
      { tables, release: live },
      { tables, release: then },
    ];
    for await (const [before, after] of this.rehearsal.batches(rows.map(asClaimed), trials)) {
      for (const [index, was] of before!.entries()) {
        const row = known.get(was.row.id)!;
        const receivedAt = (row['received_at'] as Date).toISOString();
        tally.add(was, after![index]!, { flow: flow.name, title: row['title'] as string | null, receivedAt });
      }
      if (performance.now() > endsAt) return;
    }
  }

  private async newest(flows: readonly string[], count: number, caller: Caller): Promise<Row[]> {
    const seen = within(caller.scope, 'm.legal_entities', 3);
    return this.db.seenBy(caller.scope).query<Row>(
      `select m.* from unnest($1::text[]) as f(name) cross join lateral (select * from message m where m.flow = f.name and ${real('m')} and m.erasure is null and ${seen.where} order by m.received_at desc, m.id desc limit $2) m
         order by m.received_at desc, m.id desc limit $2`,
      [flows, count, ...seen.values],
    );
  }
}
