import { erp } from '../load/company.js';
import type { World } from '../supervisor/world.js';

/** A document as the ERP's own API tells it. */
export interface ErpDocument {
  id: string;
  kind: string;
  number: string;
  entity: string;
  externalId: string | null;
  origin: string | null;
  currency: string;
  postingDate: string;
  total: string;
  status: 'posted' | 'voided';
  actsOn: string | null;
}

export interface InboxFact {
  deliveryId: string;
  via: string;
  state: string;
  raw: string;
  messages: number;
}

/** A posting with what the engine sent for it, and the way back to the deliveries. */
export interface PostingFact {
  id: string;
  state: string;
  effect: string;
  kind: string;
  sourceId: string;
  ledger: string;
  externalKey: string;
  documentId: string | null;
  /** The hub's version that it was posted of, as it was kept. */
  content: string | null;
  /** The raw delivery that the message came from, through the hub. */
  raw: string | null;
}

export interface LiveFact {
  what: string;
  id: string;
  state: string;
  reason: string | null;
  ageSeconds: number;
}

/** Everything that the checkers judge, read once, in the harness's own SQL and from the ERP's own API. */
export interface Observation {
  inbox: InboxFact[];
  erp: ErpDocument[];
  postings: PostingFact[];
  live: LiveFact[];
  exceptions: { id: string; key: string; code: string; cause: string }[];
  /** Every audit entry as columns, with its leaf in hex. */
  audit: Record<string, unknown>[];
}

export async function observe(world: World): Promise<Observation> {
  const sql = world.postgres.sql.bind(world.postgres);
  return {
    inbox: await sql<InboxFact>(
      `select i.delivery_id as "deliveryId", i.via, i.state, convert_from(i.raw, 'UTF8') as raw, coalesce(m.messages, 0)::int as messages
       from inbox i left join (select inbox_id, count(*) as messages from message group by 1) m on m.inbox_id = i.id`,
    ),
    erp: await erpDocuments(world),
    postings: await sql<PostingFact>(
      `select p.id, p.state, p.effect, p.kind, p.source_id as "sourceId", p.ledger, p.external_key as "externalKey", p.document_id as "documentId",
         v.content, (select convert_from(i.raw, 'UTF8') from message origin join inbox i on i.id = origin.inbox_id where origin.id = m.caused_by) as raw
       from posting p join message m on m.id = p.message_id left join canonical_version v on v.object_id = m.canonical_id and v.version = m.canonical_version`,
    ),
    live: await liveRows(world),
    exceptions: await sql(
      "select e.id, m.key, e.code, e.cause from exception e join message m on m.id = e.message_id where e.state = 'open'",
    ),
    audit: await sql(
      `select id, actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", action, object_kind as "objectKind", object_id as "objectId", summary, reason, before, after, request_id as "requestId", format,
         to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, encode(leaf, 'hex') as leaf from audit_entry`,
    ),
  };
}

/** Whatever has not ended: messages, deliveries that nobody unpacked, and postings whose end is not known. */
export function liveRows(world: World): Promise<LiveFact[]> {
  return world.postgres.sql<LiveFact>(
    `select 'message of ' || flow as what, key as id, state, reason, extract(epoch from now() - received_at)::int as "ageSeconds" from message
       where state in ('ready','claimed','in_flight','in_doubt','waiting','blocked','held')
     union all select 'delivery', delivery_id, state, problem, extract(epoch from now() - received_at)::int from inbox where state <> 'done'
     union all select 'posting', external_key, state, null, extract(epoch from now() - created_at)::int from posting where state in ('in_flight','in_doubt')`,
  );
}

async function erpDocuments(world: World): Promise<ErpDocument[]> {
  const all: ErpDocument[] = [];
  for (let after = ''; ;) {
    const page = (await erp(world, 'GET', `/erp/v1/documents?limit=1000${after}`)) as unknown as {
      items: ErpDocument[];
      next: string;
      more: boolean;
    };
    all.push(...page.items);
    if (!page.more) return all;
    after = `&after=${page.next}`;
  }
}
