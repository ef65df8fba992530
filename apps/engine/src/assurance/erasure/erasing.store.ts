import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '@waybill/sdk';
import { Database, type Row, type Tx } from '../../platform/database/index.js';
import { erased, redact } from './redact.js';
import type { Found } from './subject.store.js';

/** What an erasure did, in rows. */
export interface ErasureCounts {
  documents: number;
  versions: number;
  messages: number;
  payloads: number;
  deliveries: number;
  cases: number;
}

/** Rows of one transaction: what is locked is somebody's wait. */
const chunkRows = 200;

/** What stands where a payload was: valid JSON, so that whoever reads payloads reads this too. */
export const markerOf = (erasure: string): string => JSON.stringify({ erased: erasure });

/** Takes what is personal out of rows, and leaves the rows. Each chunk is committed by itself; what was erased is not found again. */
@Injectable()
export class Erasing {
  constructor(@Inject(Database) private readonly db: Database) {}

  async erase(id: string, found: Found, goesOn: () => boolean): Promise<ErasureCounts> {
    const counts: ErasureCounts = { documents: 0, versions: 0, messages: 0, payloads: 0, deliveries: 0, cases: 0 };
    const each = async (ids: readonly string[], work: (tx: Tx, some: string[]) => Promise<void>) => {
      for (let at = 0; at < ids.length && goesOn(); at += chunkRows)
        await this.db.transaction((tx) => work(tx, ids.slice(at, at + chunkRows)));
    };
    await each(found.messages, async (tx, some) => {
      const { messages, payloads } = await eraseMessages(tx, id, some);
      counts.messages += messages;
      counts.payloads += payloads;
    });
    await each(found.objects, async (tx, some) => {
      counts.versions += await eraseVersions(tx, id, some);
      counts.documents += some.length;
    });
    await each(found.deliveries, async (tx, some) => {
      const rows = await tx.query(
        "update inbox set raw = convert_to($2, 'UTF8'), problem = case when problem is null then null else $3 end, erasure = $4 where id = any($1) and state <> 'new' and erasure is null returning id",
        [some, markerOf(id), erased, id],
      );
      counts.deliveries += rows.length;
    });
    await each(found.cases, async (tx, some) => {
      counts.cases += await eraseCases(tx, id, some);
    });
    return counts;
  }
}

/** Only what moves no more: between the search and now a person may have sent one again. */
async function eraseMessages(tx: Tx, id: string, some: readonly string[]): Promise<{ messages: number; payloads: number }> {
  const rows = await tx.query<{ id: string }>(
    `update message m set erasure = $2, customer = null, reason = case when reason is null then null else $3 end,
       title = case when exists (select 1 from canonical_object o where o.id = m.canonical_id and o.type = 'customer') then null else title end
     where id = any($1) and erasure is null and state in ('posted','skipped','duplicate','superseded','resolved') returning id`,
    [some, id, erased],
  );
  const ids = rows.map((row) => row.id);
  const bodies = await tx.query('update message_body set body = $2 where message_id = any($1) returning 1', [ids, markerOf(id)]);
  await tx.query('update message_history set reason = $2 where message_id = any($1) and reason is not null', [ids, erased]);
  await tx.query(
    `update attempt set exchanges = '[]', detail = case when detail is null then null else $2 end, vendor_words = case when vendor_words is null then null else $2 end where message_id = any($1)`,
    [ids, erased],
  );
  await tx.query(
    `update exception set cause = $2, cause_key = $2, remedy = $2, vendor_words = null, path = null, fix = '{"kind":"decision"}', resolution = case when resolution is null then null else $2 end where message_id = any($1)`,
    [ids, erased],
  );
  await tx.query('select erase_words_of_acts($1)', [ids]);
  await tx.query('update approval set content = $3, summary = $2, reason = case when reason is null then null else $2 end where message_id = any($1)', [ids, erased, markerOf(id)]); // prettier-ignore
  await tx.query(
    "update payload_edit set changes = '[]', reason = $2, payload = $3, enriched = null, output = $3, facts = null where message_id = any($1)",
    [ids, erased, markerOf(id)],
  );
  return { messages: ids.length, payloads: bodies.length };
}

/** A case without its sample proves nothing: it stays as a row that says what became of it, and is not run any more. */
async function eraseCases(tx: Tx, id: string, some: readonly string[]): Promise<number> {
  const rows = await tx.query(
    `update mapping_case set name = $2 || ' ' || id, input = $3, enriched = null, facts = '{"revision":"0"}', tables = null, expects = '{"kind":"whole","output":null}',
       reason = case when reason is null then null else $2 end, revision = revision + 1, erasure = $4 where id = any($1) and erasure is null returning id`,
    [some, erased, markerOf(id), id],
  );
  return rows.length;
}

/** The numbers stay in the documents of the hub: the books are made of them. */
async function eraseVersions(tx: Tx, id: string, some: readonly string[]): Promise<number> {
  const versions = await tx.query<Row>(
    'select object_id, version, content from canonical_version where object_id = any($1) and erasure is null for update',
    [some],
  );
  const given = versions.map((row) => ({
    object_id: row['object_id'] as string,
    version: row['version'] as number,
    content: JSON.stringify(redact(JSON.parse(row['content'] as string) as JsonObject)),
  }));
  await tx.query(
    `update canonical_version v set content = g.content, erasure = $2 from jsonb_to_recordset($1::jsonb) as g(object_id text, version int, content text)
     where v.object_id = g.object_id and v.version = g.version`,
    [JSON.stringify(given), id],
  );
  await tx.query("update canonical_object set title = null where id = any($1) and type = 'customer'", [some]);
  return versions.length;
}
