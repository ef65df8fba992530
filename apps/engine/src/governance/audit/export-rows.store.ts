import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row } from '../../platform/database/index.js';
import { asksOnlyForTime, auditCondition, auditValues, type AuditFilter } from './audit-filter.js';
import type { ExportedEntry, ExportedRow } from './export-lines.js';
import { pathsOf } from './merkle.js';
import { sealLine } from './seal.js';

const rowsAtOnce = 200;
const instant = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;

/** What an export is bound to: nothing that is written later comes in, and no transaction stays open while it is sent. */
export interface ExportMark {
  exportedAt: string;
  log: string | null;
  whole: boolean;
  /** Numbers of the log from and to; null when none. */
  firstSeq: number | null;
  lastSeq: number | null;
  lastSeal: { number: number; hash: string } | null;
}

/** Reads the log for an export: seals, and entries with their places in them. */
@Injectable()
export class ExportRows {
  constructor(@Inject(Database) private readonly db: Database) {}

  /**
   * Time first, then the sealer's lock, then the look: whoever sealed before that time held the lock before us, so we see it. A seal that is outside, older
   * than this time, and not in the export was therefore taken away.
   */
  async mark(filter: AuditFilter, whole: boolean): Promise<ExportMark> {
    return this.db.transaction(async (tx) => {
      const [clock] = await tx.query<{ at: string }>(`select to_char(clock_timestamp() at time zone 'utc', ${instant}) as at`);
      await tx.query("select 1 from leader where name = 'audit-sealer' for share");
      const [last] = await tx.query<Row>('select number, hash, body, last_seq from audit_seal order by number desc limit 1');
      const [range] = await tx.query<{ first_seq: string | null; last_seq: string | null }>(
        `select min(first_seq) as first_seq, max(last_seq) as last_seq from audit_seal where not $3 or
           (($1::timestamptz is null or sealed_at >= $1) and ($2::timestamptz is null or number <= greatest(
             (select max(number) from audit_seal where sealed_at < $2),
             (select max(s.seal) from audit_seal_entry s join audit_entry e on e.id = s.entry_id where e.at < $2 and s.seal in
               (select number from audit_seal where sealed_at >= $2 and sealed_at < $2::timestamptz + interval '1 day')))))`,
        [filter.from ?? null, filter.to ?? null, whole],
      );
      return {
        exportedAt: clock!.at,
        log: last ? (JSON.parse(last['body'] as string) as { log: string }).log : null,
        whole,
        firstSeq: numberOf(range?.first_seq),
        lastSeq: numberOf(range?.last_seq),
        lastSeal: last ? { number: Number(last['number']), hash: (last['hash'] as Buffer).toString('hex') } : null,
      };
    });
  }

  /** In the order of the log: each seal before the first of its entries; a whole export begins with the seal before. Last, what no seal covers. */
  async *read(filter: AuditFilter, mark: ExportMark): AsyncGenerator<ExportedRow | { line: string }> {
    const whole = asksOnlyForTime(filter);
    let seal: SealOfExport | undefined;
    if (mark.firstSeq !== null && mark.lastSeq !== null) {
      if (whole) yield* this.anchor(mark.firstSeq);
      for (let after = mark.firstSeq - 1; ;) {
        const rows = await this.page(whole ? {} : filter, after, mark.lastSeq);
        for (const row of rows) {
          const number = Number(row['seal']);
          if (seal?.number !== number) {
            seal = await this.seal(number);
            if (seal.line !== undefined) yield { line: seal.line };
          }
          yield placed(row, seal);
        }
        if (rows.length < rowsAtOnce) break;
        after = Number(rows.at(-1)!['seal_seq']);
      }
    }
    yield* this.unsealed(filter, mark);
  }

  private async *anchor(firstSeq: number): AsyncGenerator<{ line: string }> {
    const [row] = await this.db.query<Row>('select body, signature from audit_seal where last_seq < $1 order by number desc limit 1', [
      firstSeq,
    ]);
    if (row) yield { line: sealLine(row['body'] as string, row['signature'] as Buffer) };
  }

  private page(filter: AuditFilter, after: number, last: number): Promise<Row[]> {
    return this.db.query<Row>(
      `select s.seal_seq, s.seal, s.leaf as sealed_leaf, e.*, to_char(e.at at time zone 'utc', ${instant}) as at_text
       from audit_seal_entry s left join audit_entry e on e.id = s.entry_id
       where s.seal_seq > $7 and s.seal_seq <= $8 and (e.id is null and $10 or ${auditCondition}) order by s.seal_seq limit $9`,
      [...auditValues(filter), after, last, rowsAtOnce, asksOnlyForTime(filter)],
    );
  }

  private async seal(number: number): Promise<SealOfExport> {
    const [row] = await this.db.query<Row>('select body, signature, first_seq from audit_seal where number = $1', [number]);
    const leaves = await this.db.query<{ seal_seq: string; leaf: Buffer }>(
      'select seal_seq, leaf from audit_seal_entry where seal = $1 order by seal_seq',
      [number],
    );
    const paths = pathsOf(leaves.map(({ leaf }) => leaf));
    return {
      number,
      line: row && sealLine(row['body'] as string, row['signature'] as Buffer),
      paths: new Map(leaves.map(({ seal_seq }, i) => [seal_seq, paths[i]!.map((node) => node.toString('hex'))])),
    };
  }

  private async *unsealed(filter: AuditFilter, mark: ExportMark): AsyncGenerator<ExportedRow> {
    for (let after: [string, string] = ['-infinity', '']; ;) {
      const rows = await this.db.query<Row>(
        `select e.*, to_char(e.at at time zone 'utc', ${instant}) as at_text from audit_entry e
         where ${auditCondition} and e.at <= $7 and (e.at, e.id) > ($8::timestamptz, $9::text)
           and not exists (select 1 from audit_seal_entry s join audit_seal l on l.number = s.seal where s.entry_id = e.id and l.number <= $10)
         order by e.at, e.id limit $11`,
        [...auditValues(filter), mark.exportedAt, ...after, mark.lastSeal?.number ?? 0, rowsAtOnce],
      );
      for (const row of rows) yield { entry: entryOf(row), seq: null, seal: null, leaf: hex(row['leaf']), proof: [] };
      if (rows.length < rowsAtOnce) return;
      after = [rows.at(-1)!['at_text'] as string, rows.at(-1)!['id'] as string];
    }
  }
}

interface SealOfExport {
  number: number;
  line: string | undefined;
  paths: Map<string, string[]>;
}

function placed(row: Row, seal: SealOfExport): ExportedRow {
  const seq = row['seal_seq'] as string;
  return {
    entry: row['id'] === null ? null : entryOf(row),
    seq: Number(seq),
    seal: seal.number,
    leaf: hex(row['sealed_leaf']),
    proof: seal.paths.get(seq) ?? [],
  };
}

const entryOf = (row: Row): ExportedEntry => ({
  id: row['id'] as string,
  at: row['at_text'] as string,
  format: row['format'] as number,
  actorKind: row['actor_kind'] as string,
  actorId: row['actor_id'] as string,
  actorName: row['actor_name'] as string,
  action: row['action'] as string,
  objectKind: row['object_kind'] as string,
  objectId: row['object_id'] as string,
  summary: row['summary'] as string,
  reason: row['reason'] as string | null,
  before: row['before'],
  after: row['after'],
  requestId: row['request_id'] as string | null,
});

const hex = (bytes: unknown): string => (bytes as Buffer).toString('hex');
const numberOf = (text: string | null | undefined): number | null => (text == null ? null : Number(text));
