import { Inject, Injectable } from '@nestjs/common';
import { ConnectionStore, type DocumentControl } from '../../catalog/index.js';
import { Database, type Row } from '../../platform/database/index.js';
import type { Known, KnownStranger } from './causes.js';
import type { SideRow } from './matching.js';

export interface Asked {
  definition: DocumentControl;
  erpCutOff: Date;
}

/** What the engine knows of documents that differ; asked for many at once. */
@Injectable()
export class KnownStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
  ) {}

  /** By the id of the canonical object. */
  async documents(ids: readonly string[], { definition, erpCutOff }: Asked): Promise<Map<string, Known>> {
    if (ids.length === 0) return new Map();
    const { connection } = definition.erp;
    const { system } = await this.connections.find(connection);
    const rows = await this.db.query<Row>(
      `select o.id, p.state as posting_state, p.amount::text as posted_amount, p.receipt, p.document_number as posted_number, p.message_id as posting_message, p.settled_at >= $4 as after_cut_off,
         v.document_number as void_number, v.state as void_state, m.id as message_id, m.state as message_state, m.flow, m.received_at > $4::timestamptz - $5 * interval '1 millisecond' as fresh,
         e.id as exception_id
       from canonical_object o
       left join posting p on p.ledger = $2 and p.source_system = o.source_system and p.kind = o.type and p.source_id = o.source_id and p.effect_number = 1
         and p.effect = case when o.kind = 'refund' then 'refund' else 'create' end
       left join posting v on v.ledger = $2 and v.source_system = o.source_system and v.kind = o.type and v.source_id = o.source_id and v.effect_number = 1 and v.effect = 'void'
       left join lateral (
         select m.* from flow f join message m on m.flow = f.name and m.key = o.source_id and m.source_system = o.source_system
         where f.target_connection = $3 and m.canonical_id = o.id order by m.seq desc limit 1) m on true
       -- Of an earlier version too: the newer ones wait behind it.
       left join lateral (
         select e.id from flow f join message x on x.flow = f.name and x.key = o.source_id and x.source_system = o.source_system join exception e on e.message_id = x.id and e.state <> 'resolved'
         where f.target_connection = $3 and x.canonical_id = o.id order by x.seq limit 1) e on true
       where o.id = any($1)`,
      [ids, system, connection, erpCutOff, definition.settleMs],
    );
    return new Map(rows.map((row) => [row['id'] as string, knownOf(row)]));
  }

  /** By the id in the ERP. */
  async strangers(rows: readonly SideRow[], { definition }: Asked): Promise<Map<string, KnownStranger>> {
    if (rows.length === 0) return new Map();
    const { system } = await this.connections.find(definition.erp.connection);
    const found = await this.db.query<Row>(
      `select g.id, p.effect, p.message_id, coalesce(o.title, p.source_id) as title, o.id as object_id, o.legal_entity, o.posting_date::text as posting_date
       from unnest($1::text[], $2::text[]) as g(id, key)
       join posting p on p.external_key = g.key or (p.ledger = $3 and p.effect = 'void' and p.document_id = g.id)
       left join canonical_object o on o.source_system = p.source_system and o.type = p.kind and o.source_id = p.source_id
       where p.ledger = $3`,
      [rows.map(({ id }) => id), rows.map(({ key }) => key), system],
    );
    return new Map(found.map((row) => [row['id'] as string, strangerOf(row)]));
  }
}

interface PostedReceipt {
  totals?: { tax?: string };
  details?: { postingDate?: string | null; accountingDate?: string | null };
}

function knownOf(row: Row): Known {
  const receipt = (row['receipt'] ?? {}) as PostedReceipt;
  return {
    posting:
      row['posting_state'] === null
        ? undefined
        : {
            state: row['posting_state'] as string,
            amount: row['posted_amount'] as string | null,
            tax: receipt.totals?.tax ?? null,
            date: receipt.details?.postingDate ?? receipt.details?.accountingDate ?? null,
            number: row['posted_number'] as string | null,
            messageId: row['posting_message'] as string,
            afterCutOff: row['after_cut_off'] === true,
          },
    void: row['void_state'] === 'posted' ? { number: row['void_number'] as string | null } : undefined,
    message:
      row['message_id'] === null
        ? undefined
        : {
            id: row['message_id'] as string,
            state: row['message_state'] as string,
            flow: row['flow'] as string,
            fresh: row['fresh'] === true,
          },
    exception: row['exception_id'] === null ? undefined : { id: row['exception_id'] as string },
  };
}

function strangerOf(row: Row): KnownStranger {
  const creates = row['effect'] !== 'void';
  return {
    posting: { effect: row['effect'] as string, title: row['title'] as string | null, messageId: row['message_id'] as string },
    document:
      creates && row['object_id'] !== null
        ? { id: row['object_id'] as string, legalEntity: row['legal_entity'] as string | null, postingDate: row['posting_date'] as string | null } // prettier-ignore
        : undefined,
  };
}
