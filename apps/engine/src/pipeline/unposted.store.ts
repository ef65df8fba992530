import { Inject, Injectable } from '@nestjs/common';
import { connectorNamed } from '../catalog/index.js';
import { Database, real, within, type Row, type Scope } from '../platform/database/index.js';
import { ageing, ageOf, type AgedRow } from './ageing.js';
import { hasNotEnded } from './message-filter.js';

const typeOf = (canonical: unknown): string | null => (typeof canonical === 'string' ? canonical.split('@')[0]! : null);

/**
 * What is not posted yet: documents on their way into books. A document is before the hub or behind it, so it is counted once, and once more for each
 * further ledger that it goes to.
 */
@Injectable()
export class UnpostedStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** The flows whose target posts, and those that bring into the hub what they read. */
  async flows(): Promise<string[]> {
    const rows = await this.db.query<Row>(
      `select f.name, f.source_type, r.definition->'to'->>'canonical' as hub, r.definition->'to'->>'operation' as operation, c.connector
       from flow f join release r on r.id = f.release_id left join connection c on c.name = f.target_connection`,
    );
    const posting = rows.filter(
      ({ connector, operation }) =>
        typeof connector === 'string' && connectorNamed(connector)?.operations?.[String(operation)]?.kind === 'financial-posting',
    );
    const read = new Set(posting.map((row) => typeOf(row['source_type'])));
    const feeding = rows.filter((row) => row['hub'] !== null && read.has(typeOf(row['hub'])));
    return [...posting, ...feeding].map((row) => row['name'] as string);
  }

  async ageing(scope: Scope) {
    const flows = await this.flows();
    const seen = within(scope, 'm.legal_entities', 1);
    const rows = await this.db.seenBy(scope).query<AgedRow & Row>(
      `select m.currency, ${ageOf('m.received_at')} as age, count(*)::int as n, sum(m.amount)::text as amount
       from message m where ${real('m')} and ${seen.where} and ${hasNotEnded} and m.flow = any($3) group by 1, 2`,
      [...seen.values, flows],
    );
    return ageing(rows);
  }
}
