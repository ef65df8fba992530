import { Inject, Injectable } from '@nestjs/common';
import { Database, real, type Row, type Scope } from '../platform/database/index.js';
import { decodeCursor, page } from '../platform/http/index.js';

/** Deliveries that a connector did not understand, each with its sentence. They stay in the inbox, whole. */
@Injectable()
export class UnreadStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Newest first. A raw delivery belongs to no legal entity, so it is for whoever may see what belongs to none. */
  async list(query: { connection?: string | undefined; limit?: number | undefined; cursor?: string | undefined }, scope: Scope) {
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, ['instant', 'text']);
    if (!scope.unassigned) return { items: [], next: null };
    const rows = await this.db.seenBy(scope).query<Row>(
      `select id, connection, delivery_id, via, stream, received_at, problem, to_char(received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text
         from inbox i where state = 'failed' and ${real('i')} and erasure is null and ($1::text is null or connection = $1) and ($2::timestamptz is null or (received_at, id) < ($2::timestamptz, $3::text))
        order by received_at desc, id desc limit $4`,
      [query.connection ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['at_text'] as string, row['id'] as string]);
    return {
      next,
      items: items.map((row) => ({
        id: row['id'] as string,
        connection: row['connection'] as string,
        deliveryId: row['delivery_id'] as string,
        via: row['via'] as string,
        stream: row['stream'] as string | null,
        receivedAt: (row['received_at'] as Date).toISOString(),
        problem: row['problem'] as string,
      })),
    };
  }
}
