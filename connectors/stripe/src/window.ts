import type { ConnectorContext, JsonObject } from '@waybill/sdk';
import { itemsOf, read, type Pairs } from './api.js';

const pageSizeMax = 100; // docs.stripe.com/api/pagination
const pagesMax = 1000;

export interface WindowAsk {
  path: string;
  filters: Pairs;
  /** Seconds since 1970: `from` included, `to` not. */
  from: number;
  to: number;
  /** More items than this and the window is given up as too wide, unless it is one second and cannot be cut. */
  itemsMax: number;
}

export interface WindowAnswer {
  /** Oldest first. `undefined`: the window holds more than `itemsMax`. */
  items: JsonObject[] | undefined;
  /** Stripe's own clock, in seconds, so that nothing rests on ours. */
  now: number;
}

/**
 * Everything of one list that was created in a window. Stripe lists newest first, so the window is fixed before it is
 * paged: what is created meanwhile falls outside and moves nothing inside.
 */
export async function readWindow(context: ConnectorContext, ask: WindowAsk): Promise<WindowAnswer> {
  const items: JsonObject[] = [];
  const cuttable = ask.to - ask.from > 1;
  let now = Math.floor(context.now().getTime() / 1000);
  for (let page = 0, after: string | undefined; page < pagesMax; page += 1) {
    const answer = await read(context, {
      path: ask.path,
      what: `list ${ask.path}`,
      query: [
        ...ask.filters,
        ['created[gte]', ask.from],
        ['created[lt]', ask.to],
        ['limit', Math.min(pageSizeMax, ask.itemsMax)],
        ...(after === undefined ? [] : ([['starting_after', after]] as const)),
      ],
    });
    const date = Date.parse(answer.headers['date'] ?? '');
    if (Number.isFinite(date)) now = Math.floor(date / 1000);
    const found = itemsOf(answer.body);
    items.push(...found);
    after = String(found.at(-1)?.['id']);
    if (answer.body['has_more'] !== true || found.length === 0) break;
    if (cuttable && items.length >= ask.itemsMax) return { items: undefined, now };
  }
  return { items: items.reverse(), now };
}
