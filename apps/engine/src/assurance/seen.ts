import { seenApprovals } from '../governance/index.js';
import { real, realBook, within, type Scope } from '../platform/database/index.js';

export interface Amounts {
  currency: string;
  amount: string;
}

/** Sums of rows with a `currency` as JSON, the largest first. */
export const money = (column: string): string =>
  `coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amount', ${column}::text) order by ${column} desc), '[]')`;

/**
 * What of each kind counts for a caller: what they see of it, and what is real, for a synthetic transaction counts nowhere. Conditions over the usual letters
 * (m, a, e, p, n; i for a delivery): `values` are $2 and $3 in each.
 */
export interface Parts {
  values: unknown[];
  message: string;
  approval: string;
  exception: string;
  posting: string;
  delivery: string;
  notice: string;
}

/** What hangs on a message is asked for it only when the caller does not see everything. */
export function partsOf(scope: Scope): Parts {
  const { where: message, values } = within(scope, 'm.legal_entities', 2);
  const ofMessage = (id: string) =>
    `(($2::text[] is null and $3::boolean) or exists (select 1 from message m where m.id = ${id} and ${message}))`;
  return {
    values,
    message: `${message} and ${real('m')}`,
    approval: seenApprovals(scope, 2).where,
    exception: ofMessage('e.message_id'),
    posting: `${ofMessage('p.message_id')} and ${realBook('p')}`,
    delivery: `(($2::text[] is null or true) and $3::boolean) and ${real('i')}`,
    notice: within(scope, 'n.legal_entities', 2).where,
  };
}
