import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../../governance/index.js';
import { Database, type Row, type Scope, type Tx } from '../../platform/database/index.js';
import { decodeCursor, page, type Actor } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { Problem } from '../../platform/problems/index.js';
import type { KeptRefusal } from './kept-refusal.js';
import type { HeldStream } from './streams.store.js';

export interface RefusalFilter {
  limit?: number | undefined;
  cursor?: string | undefined;
  count?: boolean | undefined;
  connection?: string | undefined;
  stream?: string | undefined;
  state?: 'open' | 'answered' | undefined;
}

const shownCharactersMax = 400;
const columns = `r.*, r.received_at::text as received_text, a.note, a.answered_at, a.by as answered_by`;
const from = 'from usage_refusal r left join usage_refusal_answer a on a.refusal = r.id';
const matching = `($1::text is null or r.connection = $1) and ($2::text is null or r.stream = $2) and ($3::boolean is null or (a.refusal is null) = $3)`;

/** Records of streams that cannot go into the ledger. Whoever wrote them is not there to be told, so they are kept and shown. */
@Injectable()
export class StreamRefusals {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  /** In the transaction that moves the position. Gives how many were new: what is read again is kept once. */
  async keep(tx: Tx, { connection, stream }: HeldStream, kept: readonly KeptRefusal[]): Promise<number> {
    if (kept.length === 0) return 0;
    const rows = await tx.query(
      `insert into usage_refusal (id, connection, stream, position, raw, bytes, headers, code, path, detail, problems, received_at)
       select id, $1, $2, position, raw, bytes, headers, code, path, detail, problems, now() + place * interval '1 microsecond'
       from unnest($3::text[], $4::text[], $5::bytea[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
         with ordinality as t(id, position, raw, bytes, headers, code, path, detail, problems, place)
       on conflict (stream, position) do nothing returning id`,
      [
        connection,
        nameOf(connection, stream),
        kept.map(() => newId('urf')),
        kept.map(({ at }) => at),
        kept.map(({ raw }) => raw),
        kept.map(({ bytes }) => bytes),
        kept.map(({ headers }) => headers),
        kept.map(({ code }) => code),
        kept.map(({ path }) => path),
        kept.map(({ detail }) => detail),
        kept.map(({ problems }) => problems),
      ],
    );
    return rows.length;
  }

  async list(filter: RefusalFilter, scope: Scope) {
    // A refusal belongs to no legal entity; row-level security holds the same below.
    if (!scope.unassigned) return { items: [], next: null, ...(filter.count ? { count: 0 } : {}) };
    const db = this.db.seenBy(scope);
    const limit = filter.limit ?? 50;
    const after = decodeCursor(filter.cursor, ['timestamp', 'text']);
    const { connection, stream } = filter;
    if (stream !== undefined && connection === undefined)
      throw new Problem('REQUEST_INVALID', 'A stream is one of a connection: name the connection too.', { path: '/connection' });
    const values = [
      connection ?? null,
      stream === undefined ? null : nameOf(connection!, stream),
      filter.state === undefined ? null : filter.state === 'open',
    ];
    const rows = await db.query<Row>(
      `select ${columns}, substr(r.raw, 1, ${shownCharactersMax * 4}) as raw ${from} where ${matching} and ($4::timestamptz is null or (r.received_at, r.id) < ($4, $5)) order by r.received_at desc, r.id desc limit $6`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['received_text'] as string, row['id'] as string]);
    const [counted] = filter.count ? await db.query<{ n: number }>(`select count(*)::int as n ${from} where ${matching}`, values) : [];
    return { items: items.map((row) => shape(row, shownCharactersMax)), next, ...(counted ? { count: counted.n } : {}) };
  }

  async find(id: string, scope: Scope) {
    const row = await this.row(id, scope);
    const raw = row['raw'] as Buffer;
    return {
      ...shape(row, Infinity),
      headers: JSON.parse(row['headers'] as string) as Record<string, string>,
      base64: raw.toString('base64'),
      keptBytes: raw.length,
    };
  }

  /** Somebody has looked into it, and says what became of it. Once: the first answer stays. */
  async answer(id: string, note: string, { scope, actor }: { scope: Scope; actor: Actor }) {
    const row = await this.row(id, scope);
    await this.db.seenBy(scope).transaction(async (tx) => {
      const made = await tx.query(
        'insert into usage_refusal_answer (refusal, note, by, by_id) values ($1, $2, $3, $4) on conflict (refusal) do nothing returning refusal',
        [id, note, actor.name, actor.id],
      );
      if (made.length === 0) throw new Problem('CONFLICT', `${id} has been answered already.`);
      await this.audit.record(tx, actor, {
        action: 'usage-refusal.answered',
        object: { kind: 'usage-refusal', id },
        summary: `${actor.name} answered the refused record ${row['position'] as string} of ${row['stream'] as string}`,
        reason: note,
        after: { code: row['code'], note },
      });
    });
    return this.find(id, scope);
  }

  private async row(id: string, scope: Scope): Promise<Row> {
    const [row] = scope.unassigned ? await this.db.seenBy(scope).query<Row>(`select ${columns} ${from} where r.id = $1`, [id]) : [];
    if (!row) throw new Problem('NOT_FOUND', `There is no refused record ${id}.`);
    return row;
  }
}

/** As the column has it, whose pair with the position is unique. */
const nameOf = (connection: string, stream: string): string => `${connection}/${stream}`;

function shape(row: Row, charactersMax: number) {
  const raw = row['raw'] as Buffer;
  const text = textOf(raw);
  return {
    id: row['id'] as string,
    connection: row['connection'] as string,
    stream: (row['stream'] as string).slice((row['connection'] as string).length + 1),
    at: row['position'] as string,
    receivedAt: (row['received_at'] as Date).toISOString(),
    code: row['code'] as string,
    path: row['path'] as string,
    detail: row['detail'] as string,
    problems: JSON.parse(row['problems'] as string) as { code: string; path: string; detail: string }[],
    bytes: Number(row['bytes']),
    text: text === null ? null : text.slice(0, charactersMax),
    answer:
      row['answered_at'] instanceof Date
        ? { note: row['note'] as string, by: row['answered_by'] as string, at: row['answered_at'].toISOString() }
        : null,
  };
}

/** Null where the bytes are no text; a character that the cut went through does not make them so. */
function textOf(raw: Buffer): string | null {
  const text = raw.toString('utf8').replace(/\ufffd$/, '');
  return raw.subarray(0, Buffer.byteLength(text)).equals(Buffer.from(text, 'utf8')) ? text : null;
}
