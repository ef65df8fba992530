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

/** A sum that is of that meter and of one day; whoever answers something else did not understand the question. */
function dayOf(summary: JsonObject, meter: string): { day: string; quantity: string } {
  const { aggregated_value: quantity, start_time, end_time } = summary;
  const [start, end] = [Number(start_time), Number(end_time)];
  if (summary['meter'] === meter && start % daySeconds === 0 && end - start === daySeconds && money.isDecimal(quantity))
    return { day: new Date(start * 1_000).toISOString().slice(0, 10), quantity };
  throw retryable({
    code: 'summary-unreadable',
    message: `Stripe was asked for the days of the meter ${meter}, and answered ${JSON.stringify(summary).slice(0, 200)}.`,
    remedy: 'Check the base address of the connection and any proxy before it.',
  });
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
          const { day, quantity } = dayOf(summary, meter);
          days.set(day, money.add(days.get(day) ?? '0', quantity));
        }
      counted.push(...[...days].map(([day, quantity]) => ({ customer, day, quantity })));
    }
    return { counted };
  },
};
