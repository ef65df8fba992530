import { Inject, Injectable } from '@nestjs/common';
import { Database, within, type Row, type Scope } from '../../../platform/database/index.js';
import { decodeCursor, page } from '../../../platform/http/index.js';
import { Problem } from '../../../platform/problems/index.js';
import { periodOf } from '../rollup/reading.js';
import { askMany } from './ask.store.js';
import { memberPage, measures, type PartRow } from './members.js';
import { wholes } from './paying.js';
import { openColumns, sealedColumns, shapeSummary, type Summary } from './summary.js';

export interface SummaryFilter {
  customer?: string | undefined;
  meter?: string | undefined;
  period?: string | undefined;
  state?: 'open' | 'sealed' | 'adjustment' | undefined;
}

/** Summaries that one question adds up. */
export const addedUpMax = 2_000;

interface Found {
  summary: Summary;
  parts: PartRow[];
}

/** What was used, by customer, meter and period: sealed summaries as they were fixed, open ones as the buckets are now. */
@Injectable()
export class SummaryStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(filter: SummaryFilter & { limit?: number | undefined; cursor?: string | undefined }, scope: Scope) {
    const limit = filter.limit ?? 50;
    const after = decodeCursor(filter.cursor, ['instant', 'text', 'text', 'text']);
    const ask = [
      ...[filter.customer ?? null, filter.meter ?? null, filter.period ?? null],
      ...[after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, after?.[3] ?? null, limit + 1],
    ];
    const rows = [
      ...(filter.state === 'open' ? [] : await this.sealed(filter, ask, scope)),
      ...(filter.state === undefined || filter.state === 'open' ? await this.open(ask, scope) : []),
    ].sort(byPlace);
    const { items, next } = page(rows, limit, (row) => [
      (row['starts'] as Date).toISOString(),
      ...(['meter', 'customer', 'id'] as const).map((name) => String(row[name])),
    ]);
    return { items: items.map(shapeSummary), next };
  }

  /** Everything of a period, billed there or later, for whoever adds it up. */
  async usedIn({ period, ...filter }: Pick<SummaryFilter, 'customer' | 'meter'> & { period: string }, scope: Scope): Promise<Summary[]> {
    const all: Summary[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await this.list({ ...filter, period, limit: 200, cursor }, scope);
      all.push(...items.filter(({ usedIn }) => usedIn === period));
      if (all.length > addedUpMax)
        throw new Problem('REQUEST_INVALID', `More than ${addedUpMax} summaries were used in ${period}.`, { path: '/customer', remedy: 'Name a customer or a meter.' }); // prettier-ignore
      cursor = next ?? undefined;
    } while (cursor !== undefined);
    return all;
  }

  private sealed({ state }: SummaryFilter, ask: unknown[], scope: Scope): Promise<Row[]> {
    const seen = within(scope, 's.legal_entities', 9);
    return this.db.seenBy(scope).query<Row>(
      `select ${sealedColumns} from usage_summary s join usage_meter_version v on v.id = s.version
       where ($1::text is null or s.customer = $1) and ($2::text is null or s.meter = $2) and ($3::text is null or s.period = $3 or s.used_in = $3)
         and ($11::text is null or ($11 = 'sealed') = (s.kind = 'period')) and ${laterThan('s')} and ${seen.where}
       order by s.starts desc, s.meter collate "C", s.customer collate "C", s.id collate "C" limit $8`,
      [...ask, ...seen.values, state ?? null],
    );
  }

  /** Buckets belong to nobody, so the database does not part them by legal entity; what they are summed to is parted here. */
  private open(ask: unknown[], scope: Scope): Promise<Row[]> {
    const seen = within(scope, legalEntities, 9);
    return askMany<Row>(
      this.db,
      `with ${wholes({ versions: 'm.active = v.version and ($2::text is null or v.meter = $2)', buckets: `${notSealed} and ($3::text is null or ${periodOf('b.starts')} = $3)` })}
       select ${openColumns} from whole w
       where w.events > 0 and ($1::text is null or w.customer = $1) and ($3::text is null or w.period = $3) and ${laterThan('w')} and ${seen.where}
       order by w.starts desc, w.meter collate "C", w.customer collate "C", w.id collate "C" limit $8`,
      [...ask, ...seen.values],
    );
  }

  async find(id: string, scope: Scope): Promise<Found> {
    return id.startsWith('open_') ? this.findOpen(id, scope) : this.findSealed(id, scope);
  }

  private async findSealed(id: string, scope: Scope): Promise<Found> {
    const db = this.db.seenBy(scope);
    const seen = within(scope, 's.legal_entities', 2);
    const [row] = await db.query<Row>(
      `select ${sealedColumns}, s.version as version_id from usage_summary s join usage_meter_version v on v.id = s.version where s.id = $1 and ${seen.where}`,
      [id, ...seen.values],
    );
    if (!row) throw new Problem('NOT_FOUND', `There is no summary ${id}.`);
    return { summary: shapeSummary(row), parts: await this.partsOf(id) };
  }

  /** Parts of a summary, and of the one that it adjusts. */
  async partsOf(id: string): Promise<PartRow[]> {
    return this.db.query<PartRow>(
      `select 1 as n, case when p.summary = $1 then 'now' else 'before' end as side, s.version, p.subject, p.starts, p.ends, s.grouped, s.roll
       from usage_summary a join usage_summary s on s.id in (a.id, a.adjusts) join usage_summary_part p on p.summary = s.id where a.id = $1`,
      [id],
    );
  }

  private async findOpen(id: string, scope: Scope): Promise<Found> {
    const seen = within(scope, legalEntities, 2);
    const [row] = await askMany<Row>(
      this.db,
      `with ${wholes({ versions: 'm.active = v.version', buckets: notSealed })}
       select ${openColumns}, w.version as version_id, p.parts from whole w join parts p using (version, period, grain_key) where w.id = $1 and w.events > 0 and ${seen.where}`,
      [id, ...seen.values],
    );
    if (!row) throw new Problem('NOT_FOUND', `There is no open summary ${id}.`, { remedy: 'Its period may be sealed by now; list the summaries of the period.' }); // prettier-ignore
    const parts = (row['parts'] as { subject: string; starts: string; ends: string }[]).map((part): PartRow => ({
      n: 1,
      side: 'now',
      version: row['version_id'] as string,
      grouped: row['grouped'] as Record<string, string>,
      roll: row['roll'] as string,
      ...part,
    }));
    return { summary: shapeSummary(row), parts };
  }

  /** The events that it is made of. Whoever sees the summary sees them: they belong to its legal entity by it. */
  async members(id: string, query: { limit?: number | undefined; cursor?: string | undefined }, scope: Scope) {
    const { parts } = await this.find(id, scope);
    const limit = query.limit ?? 50;
    const [after] = decodeCursor(query.cursor, ['count']) ?? ['0'];
    const rows = await this.db.query<Row>(memberPage, [JSON.stringify(parts), after, limit + 1]);
    const { items, next } = page(rows, limit, (row) => [row['seq'] as string]);
    return { items: items.map(member), next };
  }

  /** Counts and sums the members again, and makes their digest again. */
  async verify(id: string, scope: Scope) {
    const { summary, parts } = await this.find(id, scope);
    const [now] = await this.db.query<{ added: string; removed: string; digest: string; quantity: string }>(measures, [JSON.stringify(parts)]);
    const before = await this.wholeBefore(parts);
    const [change] = await this.db.query<{ quantity: string }>('select trim_scale($1::numeric - $2::numeric)::text as quantity', [now?.quantity ?? '0', before]);
    const found = { added: Number(now?.added ?? 0), removed: Number(now?.removed ?? 0), quantity: change!.quantity, digest: now?.digest ?? null };
    const differs = (['added', 'removed', 'quantity', ...(summary.digest === null ? [] : (['digest'] as const))] as const).filter((name) => found[name] !== summary[name]);
    return { ok: differs.length === 0, differs, found, summary };
  } // prettier-ignore

  private async wholeBefore(parts: readonly PartRow[]): Promise<string> {
    const before = parts.filter(({ side }) => side === 'before').map((part) => ({ ...part, side: 'now' }));
    const [measured] = await this.db.query<{ quantity: string }>(measures, [JSON.stringify(before)]);
    return measured?.quantity ?? '0';
  }
}

const legalEntities = "(case when w.legal_entity is null then '{}'::text[] else array[w.legal_entity] end)";
/** Of a period that is not sealed: the day that a bucket begins on says which period it is in. */
const notSealed = 'not exists (select 1 from usage_seal z where z.meter = v.meter and b.starts >= z.starts and b.starts < z.ends)';
const laterThan = (of: string): string =>
  `($4::text is null or ${of}.starts < $4::timestamptz or (${of}.starts = $4::timestamptz and (${of}.meter collate "C", ${of}.customer collate "C", ${of}.id collate "C") > ($5, $6, $7)))`;

function byPlace(a: Row, b: Row): number {
  const later = (b['starts'] as Date).getTime() - (a['starts'] as Date).getTime();
  if (later !== 0) return later;
  for (const name of ['meter', 'customer', 'id']) {
    const order = Buffer.compare(Buffer.from(a[name] as string), Buffer.from(b[name] as string));
    if (order !== 0) return order;
  }
  return 0;
}

const member = (row: Row) => ({
  event: `ue_${row['seq'] as string}`,
  effect: row['effect'] as 'added' | 'removed',
  kind: row['kind'] as string,
  source: row['source'] as string,
  id: row['id'] as string,
  type: row['type'] as string,
  subject: row['subject'] as string | null,
  occurredAt: (row['occurred_at'] as Date).toISOString(),
  receivedAt: (row['received_at'] as Date).toISOString(),
  value: row['said'] as string | null,
});
