import { Inject, Injectable } from '@nestjs/common';
import { isBreached } from '../exceptions/index.js';
import { seenApprovals } from '../governance/index.js';
import { Database, withinOne, type Row } from '../platform/database/index.js';
import type { Caller } from '../platform/http/index.js';
import { money, type Amounts } from './seen.js';

/** What waits for one person: exceptions that were given to them, and decisions that their roles make of what others made. */
@Injectable()
export class OwnWorkStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Null for a key: it owns nothing. */
  async of(caller: Caller) {
    const { id, kind, name, roles, hands, scope, permissions } = caller;
    if (kind !== 'user') return null;
    const db = this.db.seenBy(scope);
    const entity = withinOne(scope, 'e.held_entity', 2);
    const [given] = await db.query<Row>(
      `with given as (select e.opened_at, e.held_amount as amount, e.held_currency as currency, ${isBreached('now()')} as late from exception e
         where e.assignee_id = $1 and e.state in ('open','in-progress') and (e.snoozed_until is null or e.snoozed_until <= now()) and ${entity.where})
       select count(*)::int as n, count(*) filter (where late)::int as late, min(opened_at) as since,
         (select ${money('total')} from (select currency, sum(amount) as total from given where amount is not null group by currency) s) as amounts from given`,
      [id, ...entity.values],
    );
    const seen = seenApprovals(scope, 4);
    // As `ownPart`: whoever had a hand in it does not approve it.
    const [open] = permissions.has('approval.decide')
      ? await db.query<Row>(
          `select count(*)::int as n, min(a.requested_at) as since from approval a
           where a.state = 'open' and ($1::text[] @> array['admin'] or a.role = any($1::text[])) and not exists (select 1 from jsonb_array_elements(a.makers) m where m->'hands' ?| $2::text[] or (m->>'id' is null and m->>'name' = $3)) and ${seen.where}`,
          [roles, hands, name, ...seen.values],
        )
      : [];
    return {
      exceptions: {
        count: given!['n'] as number,
        overdue: given!['late'] as number,
        oldestAt: iso(given!['since']),
        amounts: given!['amounts'] as Amounts[],
      },
      approvals: { count: (open?.['n'] as number | undefined) ?? 0, oldestAt: iso(open?.['since']) },
    };
  }
}

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
