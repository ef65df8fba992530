import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '@waybill/sdk';
import { Database, type Row, type Tx } from '../platform/database/index.js';
import { decodeCursor, page } from '../platform/http/index.js';
import { newId } from '../platform/ids/index.js';
import { contentHash } from '../platform/json/index.js';
import { Problem } from '../platform/problems/index.js';
import { documentFacts } from './facts.js';

/** Fields that differ between deliveries of the same business content. */
const deliveryFields = ['sourceRevision', 'correlationId', 'occurredAt'];

export interface Kept {
  objectId: string;
  version: number;
  /** False when the content is what was there already: nobody downstream needs to know. */
  changed: boolean;
}

/** The hub's copy of every business document, with all its versions. */
@Injectable()
export class CanonStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async keep(tx: Tx, input: { type: string; content: JsonObject; text: string; messageId: string }): Promise<Kept> {
    const { type, content, text, messageId } = input;
    const [system, sourceId] = [content['sourceSystem'] as string, content['sourceId'] as string];
    const hash = contentHash(Object.fromEntries(Object.entries(content).filter(([name]) => !deliveryFields.includes(name)))).toString(
      'hex',
    );
    await tx.query(
      'insert into canonical_object (id, type, source_system, source_id, version) values ($1,$2,$3,$4,0) on conflict do nothing',
      [newId('can'), type, system, sourceId],
    );
    const [object] = await tx.query<{ id: string; version: number }>(
      'select id, version from canonical_object where source_system = $1 and type = $2 and source_id = $3 for update',
      [system, type, sourceId],
    );
    const [last] = await tx.query<{ hash: string }>('select hash from canonical_version where object_id = $1 and version = $2', [
      object!.id,
      object!.version,
    ]);
    if (last?.hash === hash) return { objectId: object!.id, version: object!.version, changed: false };
    const version = object!.version + 1;
    await tx.query('insert into canonical_version (object_id, version, revision, content, hash, message_id) values ($1,$2,$3,$4,$5,$6)', [
      object!.id,
      version,
      content['sourceRevision'],
      text,
      hash,
      messageId,
    ]);
    await tx.query('update canonical_object set version = $2, title = $3, updated_at = now() where id = $1', [
      object!.id,
      version,
      documentFacts(content).title,
    ]);
    return { objectId: object!.id, version, changed: true };
  }

  async list(
    type: string,
    query: {
      limit?: number | undefined;
      cursor?: string | undefined;
      count?: boolean | undefined;
      sourceId?: string | undefined;
      sourceSystem?: string | undefined;
    },
  ) {
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, 2);
    const where = 'type = $1 and ($2::text is null or source_id = $2) and ($3::text is null or source_system = $3)';
    const values = [type, query.sourceId ?? null, query.sourceSystem ?? null];
    const rows = await this.db.query<Row>(
      `select *, to_char(updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text from canonical_object where ${where} and ($4::timestamptz is null or (updated_at, id) < ($4::timestamptz, $5::text)) order by updated_at desc, id desc limit $6`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    const count = query.count
      ? await this.db.query<{ n: number }>(`select count(*)::int as n from canonical_object where ${where}`, values)
      : undefined;
    return { items: items.map(shape), next, ...(count ? { count: count[0]!.n } : {}) };
  }

  async find(type: string, id: string) {
    const [row] = await this.db.query<Row>('select * from canonical_object where id = $1 and type = $2', [id, type]);
    if (!row) throw new Problem('NOT_FOUND', `There is no ${type} ${id}.`);
    const versions = await this.db.query<Row>(
      'select version, revision, content, hash, created_at, message_id from canonical_version where object_id = $1 order by version desc',
      [id],
    );
    const postings = await this.db.query<Row>(
      'select ledger, effect, state, document_number, message_id from posting where source_system = $1 and source_id = $2 and kind = $3 order by created_at',
      [row['source_system'], row['source_id'], type],
    );
    return {
      ...shape(row),
      content: JSON.parse((versions[0]?.['content'] as string) ?? 'null') as unknown,
      versions: versions.map((v) => ({
        version: v['version'] as number,
        revision: v['revision'] as string,
        hash: v['hash'] as string,
        createdAt: (v['created_at'] as Date).toISOString(),
        messageId: v['message_id'] as string,
      })),
      postings: postings.map((p) => ({
        ledger: p['ledger'] as string,
        effect: p['effect'] as string,
        state: p['state'] as string,
        documentNumber: p['document_number'] as string | null,
        messageId: p['message_id'] as string,
      })),
    };
  }
}

const shape = (row: Row) => ({
  id: row['id'] as string,
  type: row['type'] as string,
  sourceSystem: row['source_system'] as string,
  sourceId: row['source_id'] as string,
  version: row['version'] as number,
  title: row['title'] as string | null,
  updatedAt: (row['updated_at'] as Date).toISOString(),
});
