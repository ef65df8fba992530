import type { Dice } from '../random.js';
import { api } from '../load/company.js';
import type { UsageLoad } from '../load/usage.js';
import type { World } from '../supervisor/world.js';
import { until } from '../waiting.js';

/** What becomes of usage that comes too late: the words of the meter file. */
export type Policy = 'next-period' | 'credit-memo';

interface LateOptions {
  world: World;
  usage: UsageLoad;
  /** Before the seal. */
  events: number;
  policy: Policy;
  dice: Dice;
  count: (what: string, by?: number) => void;
  claim: (holds: boolean, sentence: string) => void;
}

interface Summary {
  id: string;
  kind: string;
  customer: string;
  quantity: string;
}
type Items<T> = { items: T[] };

const customers = 6;
/** Three days ago and the day after it, by UTC: periods that are over, whatever the hour. */
const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** A day is sealed, then a third of its events is corrected, a sixth cancelled, and as many come late; the next day is sealed too. */
export async function lateUsage({ world, usage, events, policy, dice, count, claim }: LateOptions): Promise<void> {
  const name = `late-${policy}-${dice.whole(0, 1e9)}`;
  const [day, next] = [dayBefore(3), dayBefore(2)] as const;
  // The API is killed meanwhile; whoever asks, asks again.
  const surely = <T>(what: string, work: () => Promise<T>) => until(what, 60_000, async () => (await work()) ?? true);
  const ask = <T>(path: string) => surely(path, () => api(world, 'GET', path)) as unknown as Promise<T>;
  const put = (method: string, path: string, body: unknown) => surely(path, () => api(world, method, path, body));
  const sealing = (period: string) => surely(`the seal of ${period}`, () => api(world, 'POST', `/v1/usage/periods/${period}/seal`, { meter: name }).catch((error: unknown) => {
    // Of a seal whose answer was lost the second try hears that it is there.
    if (String(error).includes('PERIOD_SEALED')) return true;
    throw error;
  })); // prettier-ignore
  const [source, type] = [`/faults-late/${name}`, `faults.${name}`];
  const subjectOf = (n: number) => `${name}-${n % customers}`;
  const unitsOf = (n: number) => (n % 13) + 2;
  const event = (n: number, on: string) => ({ specversion: '1.0', id: `e${n}`, source, type, subject: subjectOf(n), time: `${on}T10:00:00Z`, data: { units: unitsOf(n) } }); // prettier-ignore

  await put('PUT', '/v1/tables/usage-accounts', {
    title: 'Who pays for the usage of a subject',
    key: ['subject'],
    columns: ['customer', 'subscription', 'plan', 'region', 'legalEntity'].map((column) => ({ name: column, type: 'text' })),
  });
  await put('POST', '/v1/tables/usage-accounts/rows', {
    put: Array.from({ length: customers }, (_, n) => ({
      key: { subject: subjectOf(n) },
      values: { customer: `C-${subjectOf(n)}`, subscription: null, plan: null, region: null, legalEntity: 'DE' },
    })),
  });
  await put('PUT', `/v1/usage/meters/${name}`, {
    yaml: `meter: ${name}\nevents: [${type}]\naggregate: sum\nvalue: /units\nperiod: { every: day }\nlate: ${policy}\n`,
  });

  const numbers = Array.from({ length: events }, (_, n) => n);
  await usage.deliver(numbers.map((n) => event(n, day)));
  await usage.counted(60_000);
  await sealing(day);
  const sealed = await ask<Items<Summary>>(`/v1/usage/summaries?meter=${name}&period=${day}&limit=100`);
  const byCustomer = (all: readonly Summary[]) => new Map(all.map((one) => [one.customer, one]));
  const periods = byCustomer(sealed.items);
  const sums = new Map<string, number>();
  const add = (n: number, by: number) => sums.set(`C-${subjectOf(n)}`, (sums.get(`C-${subjectOf(n)}`) ?? 0) + by);
  for (const n of numbers) add(n, unitsOf(n));
  for (const [customer, sum] of sums)
    claim(periods.get(customer)?.quantity === String(sum), `${customer} was sealed with ${periods.get(customer)?.quantity}, not ${sum}`);

  // Late: what is known by now is sealed, so each of these is a difference.
  const differences = new Map<string, number>();
  const differ = (n: number, by: number) => differences.set(`C-${subjectOf(n)}`, (differences.get(`C-${subjectOf(n)}`) ?? 0) + by);
  const touched: number[] = [];
  for (const n of dice.shuffled(numbers).slice(0, Math.floor(events / 2))) {
    const cancelled = touched.length % 3 === 2;
    touched.push(n);
    differ(n, cancelled ? -unitsOf(n) : 5);
    await surely(`the correction of e${n}`, () =>
      api(world, 'POST', '/v1/usage/corrections', {
        kind: cancelled ? 'cancellation' : 'correction',
        source: `${source}/corrections`,
        id: `c${n}`,
        of: { source, id: `e${n}` },
        ...(cancelled ? {} : { data: { units: unitsOf(n) + 5 } }),
        reason: 'counted wrongly',
      }),
    );
  }
  const latecomers = Array.from({ length: Math.floor(events / 6) }, (_, n) => events + n);
  await usage.deliver(latecomers.map((n) => event(n, day)));
  for (const n of latecomers) differ(n, unitsOf(n));
  count('corrections', touched.length);
  count('late events', latecomers.length);
  await usage.counted(60_000);

  const proposed = byCustomer((await ask<Items<Summary>>(`/v1/usage/adjustments?meter=${name}`)).items);
  for (const [customer, by] of differences)
    claim(
      (proposed.get(customer)?.quantity ?? '0') === String(by),
      `for ${customer} ${proposed.get(customer)?.quantity} is proposed, the difference is ${by}`,
    );
  await sealing(next);
  const after = (await ask<Items<Summary>>(`/v1/usage/summaries?meter=${name}&limit=200`)).items;
  const adjusted = byCustomer(after.filter(({ kind }) => kind !== 'period'));
  for (const [customer, by] of differences) {
    const { quantity, kind, id } = adjusted.get(customer) ?? { quantity: '0', kind: 'none', id: '' };
    claim(quantity === String(by), `${customer} was adjusted by ${quantity}, not ${by}`);
    if (id === '') continue;
    const wanted = policy === 'credit-memo' && by < 0 ? 'credit-request' : 'adjustment';
    claim(kind === wanted, `the difference of ${by} for ${customer} became a ${kind}, not a ${wanted}`);
    const { ok } = await ask<{ ok: boolean }>(`/v1/usage/summaries/${id}/verify`);
    claim(ok, `the adjustment of ${customer} does not come to what its events say`);
  }
  for (const { id, customer, quantity } of sealed.items) {
    const now = after.find((one) => one.id === id);
    claim(now?.quantity === quantity, `what was sealed for ${customer} is ${now?.quantity ?? 'not there'} now, and was ${quantity}`);
  }
  await traced({ world, source, touched, claim, adjusted, customerOf: (n) => `C-${subjectOf(n)}`, periods });
  count('events traced', touched.length);
}

/** From each corrected event to the summary that it is in and to the one that takes it out. */
async function traced({
  world,
  source,
  touched,
  claim,
  ...of
}: {
  world: World;
  source: string;
  touched: readonly number[];
  claim: (holds: boolean, sentence: string) => void;
  adjusted: ReadonlyMap<string, Summary>;
  periods: ReadonlyMap<string, Summary>;
  customerOf: (n: number) => string;
}): Promise<void> {
  const rows = await world.postgres.sql<{ seq: string; id: string }>(
    "select seq, id from usage_event where source = $1 and kind = 'event'",
    [source],
  );
  const seqOf = new Map(rows.map(({ seq, id }) => [id, seq]));
  for (const n of touched) {
    const { chain, summaries } = (await until(`the trace of e${n}`, 60_000, () =>
      api(world, 'GET', `/v1/usage/trace/ue_${seqOf.get(`e${n}`)}`),
    )) as unknown as {
      chain: unknown[];
      summaries: { summary: string; effect: string }[];
    };
    const [period, adjustment] = [of.periods.get(of.customerOf(n))?.id, of.adjusted.get(of.customerOf(n))?.id];
    const has = (summary: string | undefined, effect: string) => summaries.some((one) => one.summary === summary && one.effect === effect);
    claim(chain.length === 2, `e${n} has a chain of ${chain.length}, not of two`);
    claim(has(period, 'added'), `e${n} does not lead to the summary that it was sealed in`);
    claim(adjustment === undefined || has(adjustment, 'removed'), `e${n} does not lead to the adjustment that takes it out`);
  }
}
