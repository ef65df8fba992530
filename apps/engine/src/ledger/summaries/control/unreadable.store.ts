import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row } from '../../../platform/database/index.js';
import { decodeCursor, page } from '../../../platform/http/index.js';

/** Events that a meter wants and cannot read. One that is corrected leaves the list. */
@Injectable()
export class UnreadableStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(query: { meter?: string | undefined; limit?: number | undefined; cursor?: string | undefined }) {
    const limit = query.limit ?? 50;
    const after = decodeCursor(query.cursor, ['count', 'count']);
    const rows = await this.db.query<Row>(
      `select u.*, v.meter, v.version as meter_version from usage_unreadable u join usage_meter_version v on v.id = u.version and v.rolls
       where ($1::text is null or v.meter = $1) and ($2::text is null or (u.version, u.seq) > ($2::bigint, $3::bigint)) order by u.version, u.seq limit $4`,
      [query.meter ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, next } = page(rows, limit, (row) => [row['version'] as string, row['seq'] as string]);
    return {
      next,
      items: items.map((row) => ({
        event: `ue_${row['seq'] as string}`,
        meter: row['meter'] as string,
        meterVersion: row['meter_version'] as number,
        subject: row['subject'] === '' ? null : (row['subject'] as string),
        reason: row['reason'] as string,
        said: row['said'] as string | null,
        from: (row['starts'] as Date).toISOString(),
      })),
    };
  }
}
