import { Inject, Injectable } from '@nestjs/common';
import { ConnectionStore, type UsageControl } from '../../../catalog/index.js';
import { Database, type Row } from '../../../platform/database/index.js';
import type { KnownSummary, KnownUsage } from './causes.js';
import type { UsagePlace } from './matching.js';
import { kindsOf } from './snapshot.store.js';

export interface AskedOfUsage {
  definition: UsageControl;
  /** When billing was read. */
  readAt: Date;
}

/** What the engine knows of usage that differs; asked for many at once. */
@Injectable()
export class UsageKnownStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
  ) {}

  /** By the id of the summary. */
  async summaries(ids: readonly string[], { definition, readAt }: AskedOfUsage): Promise<Map<string, KnownSummary>> {
    if (ids.length === 0) return new Map();
    const { connection } = definition.billing;
    const { connector, record: { system } } = await this.connections.open(connection);
    const rows = await this.db.query<Row>(
      `select s.id, p.state as posting_state, p.message_id as posting_message, p.settled_at > $4::timestamptz - $5 * interval '1 millisecond' as counted_soon,
         m.id as message_id, m.state as message_state, m.flow, m.received_at > $4::timestamptz - $5 * interval '1 millisecond' as fresh, e.id as exception_id, e.category
       from usage_summary s
       left join posting p on p.ledger = $2 and p.effect = 'create' and p.source_system = 'waybill/usage' and p.kind = any($6) and p.source_id = s.id and p.effect_number = 1
       left join lateral (
         select m.* from flow f join message m on m.flow = f.name and m.key = s.id and m.source_system = 'waybill/usage'
         where f.target_connection = $3 and m.canonical_id = s.canonical_id order by m.seq desc limit 1) m on true
       left join lateral (
         select e.id, e.category from flow f join message x on x.flow = f.name and x.key = s.id and x.source_system = 'waybill/usage' join exception e on e.message_id = x.id and e.state <> 'resolved'
         where f.target_connection = $3 and x.canonical_id = s.canonical_id order by x.seq limit 1) e on true
       where s.id = any($1)`,
      [ids, system, connection, readAt, definition.settleMs, kindsOf(connector)],
    );
    return new Map(rows.map((row) => [row['id'] as string, knownOf(row)]));
  } // prettier-ignore

  /** By the place: summaries that say the same usage for another legal entity. */
  async usage(places: readonly UsagePlace[], { definition }: AskedOfUsage): Promise<Map<string, KnownUsage>> {
    if (places.length === 0) return new Map();
    const rows = await this.db.query<Row>(
      `select distinct on (g.meter, g.customer, g.day) g.meter, g.customer, g.day::text as day, s.id, s.legal_entity
       from unnest($1::text[], $2::text[], $3::date[]) as g(meter, customer, day)
       join usage_summary s on s.meter = g.meter and s.customer = g.customer and s.legal_entity is distinct from $4 and ((s.ends - interval '1 second') at time zone 'utc')::date = g.day
         and s.starts > g.day - interval '33 days' and s.starts < g.day + interval '2 days' and s.kind <> 'credit-request'
       order by g.meter, g.customer, g.day, s.id`,
      [
        places.map(({ meter }) => meter),
        places.map(({ customer }) => customer),
        places.map(({ day }) => day),
        definition.ledger.legalEntity,
      ],
    );
    return new Map(rows.map((row) => [placeKey(row as unknown as UsagePlace), { elsewhere: { id: row['id'] as string, legalEntity: row['legal_entity'] as string | null } }])); // prettier-ignore
  }
}

export const placeKey = ({ meter, customer, day }: Pick<UsagePlace, 'meter' | 'customer' | 'day'>): string =>
  JSON.stringify([meter, customer, day]);

const knownOf = (row: Row): KnownSummary => ({
  posting:
    row['posting_state'] === null
      ? undefined
      : { state: row['posting_state'] as string, messageId: row['posting_message'] as string, fresh: row['counted_soon'] === true },
  message:
    row['message_id'] === null
      ? undefined
      : {
          id: row['message_id'] as string,
          state: row['message_state'] as string,
          flow: row['flow'] as string,
          fresh: row['fresh'] === true,
        },
  exception: row['exception_id'] === null ? undefined : { id: row['exception_id'] as string, category: row['category'] as string },
});
