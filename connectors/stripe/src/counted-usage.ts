import {
  CountedUsageAsk,
  isConnectorFailure,
  isJsonObject,
  misconfigured,
  money,
  retryable,
  type ConnectorContext,
  type CountedUsage,
  type JsonObject,
  type Lookup,
} from '@waybill/sdk';
import { itemsOf, read, type Pairs } from './api.js';

const pageSize = 100; // docs.stripe.com/api/pagination
const pagesMax = 100;
const daySeconds = 86_400;

/** All pages of a list, its numbers as text. */
async function all(context: ConnectorContext, path: string, query: Pairs): Promise<JsonObject[]> {
  const items: JsonObject[] = [];
  for (let page = 0, after: string | undefined; page < pagesMax; page += 1) {
    const { body } = await read(context, {
      path,
      what: `list ${path}`,
      query: [...query, ['limit', pageSize], ...(after === undefined ? [] : ([['starting_after', after]] as const))],
      exact: true,
    });
    const found = itemsOf(body);
    items.push(...found);
    if (body['has_more'] !== true || found.length === 0) return items;
    after = String(found.at(-1)!['id']);
  }
  throw retryable({ code: 'list-without-end', message: `The list ${path} of Stripe has no end within ${pagesMax} pages.` });
}

/** Ids of the meters of that name: one that is archived gave its name to another, and what it counted stays counted. */
async function metersCalled(context: ConnectorContext, name: string): Promise<string[]> {
  const meters = (await all(context, '/v1/billing/meters', [])).filter((meter) => meter['event_name'] === name);
  for (const { id, default_aggregation: how } of meters) {
    const formula = isJsonObject(how) ? how['formula'] : undefined;
    if (formula !== 'sum')
      throw misconfigured({
        code: 'meter-adds-up-otherwise',
        message: `The meter ${name} (${String(id)}) of Stripe adds up by ${String(formula)}, and only sums can be compared.`,
        remedy: 'Leave the meter out of the control, or let Stripe sum it.',
      });
  }
  return meters.map(({ id }) => String(id));
}

/** What Stripe counts of one customer at one meter, by the day of UTC. */
async function summaries(context: ConnectorContext, meter: string, { customer, from, to }: { customer: string; from: number; to: number }) {
  try {
    return await all(context, `/v1/billing/meters/${encodeURIComponent(meter)}/event_summaries`, [
      ['customer', customer],
      ['start_time', from],
      ['end_time', to],
      ['value_grouping_window', 'day'],
    ]);
  } catch (error) {
    if (isConnectorFailure(error) && error.facts.code === 'resource_missing') return []; // a customer that Stripe does not know
    throw error;
  }
}

function quantityOf(summary: JsonObject): string {
  const quantity = summary['aggregated_value'];
  if (money.isDecimal(quantity)) return quantity;
  throw retryable({ code: 'quantity-unreadable', message: `Stripe counts ${String(quantity)}, which is no plain decimal number.` });
}

/** What controls of usage compare with: Stripe lists no single meter event, so its sums by day are what can be known. */
export const countedUsage: Lookup = {
  title: 'Counted usage',
  summary: 'What Stripe counts at a meter, by customer and day of UTC. Only meters that are sums.',
  by: CountedUsageAsk,
  async run(context, by) {
    const ask = by as unknown as CountedUsageAsk;
    const meters = await metersCalled(context, ask.meter);
    const [from, to] = [Date.parse(ask.from) / 1_000, Date.parse(ask.to) / 1_000 + daySeconds];
    const counted: CountedUsage['counted'] = [];
    for (const customer of ask.customers) {
      const days = new Map<string, string>();
      for (const meter of meters)
        for (const summary of await summaries(context, meter, { customer, from, to })) {
          const day = new Date(Number(summary['start_time']) * 1_000).toISOString().slice(0, 10);
          days.set(day, money.add(days.get(day) ?? '0', quantityOf(summary)));
        }
      counted.push(...[...days].map(([day, quantity]) => ({ customer, day, quantity })));
    }
    return { counted };
  },
};
