import { Refusal } from './refusal.js';

/**
 * A page of a list that only grows at its end. `after` is the cursor of the page before, `next` the cursor for the page
 * after; it is given even at the end, so a poller goes on from there. `more` says whether there is more now.
 */
export function pageOf<T>(all: readonly T[], query: Record<string, string | undefined>): { items: T[]; next: string; more: boolean } {
  const limit = Number(query['limit'] ?? '100');
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new Refusal('FIELD_INVALID', `limit must be 1 to 1000, not ${query['limit']}.`, 'limit');
  const start = query['after'] === undefined ? 0 : Number(/^c(\d{1,12})$/.exec(query['after'])?.[1] ?? NaN);
  if (Number.isNaN(start)) throw new Refusal('FIELD_INVALID', `after is not a cursor: ${query['after']}.`, 'after');
  const items = all.slice(start, start + limit);
  return { items, next: `c${start + items.length}`, more: start + items.length < all.length };
}
