import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '@waybill/sdk';
import { Database, realBook, within, type Row, type Scope, type Tx } from '../platform/database/index.js';
import { decodeCursor, page } from '../platform/http/index.js';
import { newId } from '../platform/ids/index.js';
import { contentHash } from '../platform/json/index.js';
import { Problem } from '../platform/problems/index.js';
import { actsOnWhatIsBooked } from './effect.js';
import { bookFacts, documentFacts, type BookFacts } from './facts.js';
import { referencesOf, referring } from './references.js';

/** Fields that differ between deliveries of the same business content. */
const deliveryFields = ['sourceRevision', 'correlationId', 'occurredAt'];

export interface Kept {
  objectId: string;
  version: number;
  /** False when the content is what was there already: nobody downstream needs to know. */
  changed: boolean;
}

export interface Arrival {
  type: string;
  content: JsonObject;
  text: string;
  messageId: string;
  /** Part of a synthetic transaction. Its source system is one of its own, so an object is synthetic from its first version to its last, or never. */
  synthetic?: boolean;
}

interface Known {
  id: string;
  version: number;
  hash: string | null;
}

/** What is written beside the newest version. */
interface Newest extends BookFacts {
  object_id: string;
  version: number;
  title: string | null;
  entities: string[];
  /** The date that is there already holds. */
  keepsDate: boolean;
}

const businessHash = (content: JsonObject): string =>
  contentHash(Object.fromEntries(Object.entries(content).filter(([name]) => !deliveryFields.includes(name)))).toString('hex');

/** The hub's copy of every business document, with all its versions. */
@Injectable()
export class CanonStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  /**
   * Keeps what arrived, in the order given: a new version where the content changed. Several of one object in one batch become several
   * versions. As many statements for a hundred as for one.
   */
  async keep(tx: Tx, arrivals: readonly Arrival[]): Promise<Kept[]> {
    const identities = arrivals.map(({ type, content, synthetic = false }) => ({ type, system: content['sourceSystem'] as string, source_id: content['sourceId'] as string, synthetic })); // prettier-ignore
    const names = identities.map(({ type, system, source_id }) => JSON.stringify([system, type, source_id]));
    const ordered = [...new Map(names.map((name, index) => [name, identities[index]!])).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    const given = JSON.stringify(ordered.map(([, identity]) => ({ ...identity, id: newId('can') })));
    await tx.query(
      `insert into canonical_object (id, type, source_system, source_id, version, synthetic) select id, type, system, source_id, 0, synthetic
       from jsonb_to_recordset($1::jsonb) as g(id text, type text, system text, source_id text, synthetic boolean) on conflict do nothing`,
      [given],
    );
    const objects = await tx.query<Known & { type: string; system: string; source_id: string }>(
      `select o.id, o.version, o.type, o.source_system as system, o.source_id, (select v.hash from canonical_version v where v.object_id = o.id and v.version = o.version) as hash
       from jsonb_to_recordset($1::jsonb) as g(type text, system text, source_id text) join canonical_object o on o.source_system = g.system and o.type = g.type and o.source_id = g.source_id
       order by o.source_system, o.type, o.source_id for update of o`,
      [given],
    );
    const known = new Map(objects.map(({ type, system, source_id, ...object }) => [JSON.stringify([system, type, source_id]), object]));
    const fresh: { object_id: string; version: number; revision: unknown; content: string; hash: string; message_id: string }[] = [];
    const newest = new Map<string, Newest>();
    const kept = arrivals.map(({ content, text, messageId }, index): Kept => {
      const object = known.get(names[index]!)!;
      const hash = businessHash(content);
      if (object.hash === hash) return { objectId: object.id, version: object.version, changed: false };
      object.version += 1;
      object.hash = hash;
      const { title, legalEntity } = documentFacts(content);
      const before = newest.get(object.id);
      const entities = [...(before?.entities ?? []), ...(legalEntity === null ? [] : [legalEntity])];
      fresh.push({ object_id: object.id, version: object.version, revision: content['sourceRevision'], content: text, hash, message_id: messageId }); // prettier-ignore
      const facts = bookFacts(content);
      const actsOnIt = actsOnWhatIsBooked(arrivals[index]!.type, content);
      const postingDate = actsOnIt ? (before?.postingDate ?? facts.postingDate) : facts.postingDate;
      const keepsDate = actsOnIt && (before?.keepsDate ?? true);
      newest.set(object.id, { object_id: object.id, version: object.version, title, entities, ...facts, postingDate, keepsDate });
      return { objectId: object.id, version: object.version, changed: true };
    });
    if (fresh.length > 0)
      await tx.query(
        `with written as (insert into canonical_version (object_id, version, revision, content, hash, message_id)
           select * from jsonb_to_recordset($1::jsonb) as g(object_id text, version int, revision text, content text, hash text, message_id text))
         update canonical_object o set version = n.version, title = n.title, updated_at = now(), legal_entity = n."legalEntity",
           posting_date = case when n."keepsDate" then coalesce(o.posting_date, n."postingDate") else n."postingDate" end,
           total = n.total, tax = n.tax, currency = n.currency, status = n.status, kind = n.kind, legal_entities = case
           when n.entities <@ o.legal_entities then o.legal_entities else array(select distinct unnest(o.legal_entities || n.entities) order by 1) end
         from jsonb_to_recordset($2::jsonb) as n(object_id text, version int, title text, entities text[], "legalEntity" text, "postingDate" date, "keepsDate" boolean, total numeric, tax numeric,
           currency text, status text, kind text) where o.id = n.object_id`,
        [JSON.stringify(fresh), JSON.stringify([...newest.values()])],
      );
    await this.keepReferences(tx, arrivals, kept);
    return kept;
  }

  /** Those of the newest versions. A document that is new and speaks of no other costs nothing. */
  private async keepReferences(tx: Tx, arrivals: readonly Arrival[], kept: readonly Kept[]): Promise<void> {
    const newest = new Map(kept.flatMap((one, index) => (one.changed ? [[one.objectId, { ...one, ...arrivals[index]! }] as const] : [])));
    const changed = [...newest.values()].filter(({ type }) => referring.includes(type));
    const given = changed.flatMap(({ objectId, type, content }) => referencesOf(type, content).map((reference) => ({ object_id: objectId, ...reference })));
    const old = changed.filter(({ version }) => version > 1).map(({ objectId }) => objectId);
    if (old.length > 0) await tx.query('delete from canonical_reference where object_id = any($1)', [old]);
    if (given.length > 0)
      await tx.query(
        `insert into canonical_reference (object_id, relation, target, customer, starts, ends, quantity, amount, lines)
         select * from jsonb_to_recordset($1::jsonb) as g(object_id text, relation text, target text, customer text, starts timestamptz, ends timestamptz, quantity numeric, amount numeric, lines int)`,
        [JSON.stringify(given)],
      );
  } // prettier-ignore

  async list(
    type: string,
    query: {
      limit?: number | undefined;
      cursor?: string | undefined;
      count?: boolean | undefined;
      sourceId?: string | undefined;
      sourceSystem?: string | undefined;
    },
    scope: Scope,
  ) {
    const db = this.db.seenBy(scope);
    const seen = within(scope, 'o.legal_entities', 4);
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, ['instant', 'text']);
    const where = `o.type = $1 and ($2::text is null or o.source_id = $2) and ($3::text is null or o.source_system = $3) and ${realBook('o')} and ${seen.where}`;
    const values = [type, query.sourceId ?? null, query.sourceSystem ?? null, ...seen.values];
    const rows = await db.query<Row>(
      `select o.*, to_char(o.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text from canonical_object o where ${where} and ($6::timestamptz is null or (o.updated_at, o.id) < ($6::timestamptz, $7::text)) order by o.updated_at desc, o.id desc limit $8`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    const count = query.count
      ? await db.query<{ n: number }>(`select count(*)::int as n from canonical_object o where ${where}`, values)
      : undefined;
    return { items: items.map(shape), next, ...(count ? { count: count[0]!.n } : {}) };
  }

  async find(type: string, id: string, scope: Scope) {
    const db = this.db.seenBy(scope);
    const seen = within(scope, 'o.legal_entities', 3);
    const [row] = await db.query<Row>(`select * from canonical_object o where o.id = $1 and o.type = $2 and ${seen.where}`, [
      id,
      type,
      ...seen.values,
    ]);
    if (!row) throw new Problem('NOT_FOUND', `There is no ${type} ${id}.`);
    const versions = await db.query<Row>(
      'select version, revision, content, hash, created_at, message_id from canonical_version where object_id = $1 order by version desc',
      [id],
    );
    const ofPosting = within(scope, 'm.legal_entities', 4);
    const postings = await db.query<Row>(
      `select p.ledger, p.effect, p.state, p.document_number, p.message_id from posting p join message m on m.id = p.message_id
       where p.source_system = $1 and p.source_id = $2 and p.kind = $3 and ${ofPosting.where} order by p.created_at`,
      [row['source_system'], row['source_id'], type, ...ofPosting.values],
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
