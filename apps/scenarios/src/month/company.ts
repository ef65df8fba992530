import type { Dice } from '@waybill/faults';

/** How a customer pays. `declined-once`: the second attempt works; `never`: dunning ends, and it is given up. */
export type Pays = 'card' | 'declined-once' | 'never' | 'transfer' | 'late';

export interface Customer {
  id: string;
  name: string;
  country: 'US' | 'DE' | 'JP';
  state: string | undefined;
  currency: 'usd' | 'eur' | 'jpy';
  plan: 'starter' | 'growth';
  seats: number;
  pays: Pays;
  /** Its programs report usage under this name. */
  subject: string | undefined;
}

/** Where invoices of a country are booked. */
export const entityOf = (country: string): string => (country === 'US' ? 'US' : 'DE');

export const months = ['2026-08', '2026-09'] as const;
/** The day on which Germany changes its rate. */
export const taxChangesAt = '2026-09-15T00:00:00Z';

/** Minor units. Few enough that nothing needs an approval in yen. */
export const prices = {
  starter: { usd: '9900', eur: '9900', jpy: '990' },
  growth: { usd: '49900', eur: '44900', jpy: '4990' },
  seat: { usd: '1500', eur: '1450', jpy: '150' },
  call: { usd: '0.45', eur: '0.41', jpy: '0.07' },
} as const;
export const currencies = ['usd', 'eur', 'jpy'] as const;

/** Calls that are included. */
export const callsIncluded = 10_000;

/** The customers, and what is particular about each, by the dice alone. */
export function customersOf(count: number, dice: Dice): Customer[] {
  const countries = ['US', 'US', 'DE', 'DE', 'JP'] as const;
  return Array.from({ length: count }, (_, n): Customer => {
    const own = dice.fork(`customer/${n}`);
    const country = countries[n % countries.length]!;
    const roll = own.next();
    const pays: Pays = roll < 0.7 ? 'card' : roll < 0.8 ? 'declined-once' : roll < 0.85 ? 'never' : roll < 0.95 ? 'transfer' : 'late';
    const name = `Customer ${String(n + 1).padStart(4, '0')}`;
    return {
      id: `cus_${String(n + 1).padStart(4, '0')}`, name, country, pays,
      state: country === 'US' ? own.pick(['NY', 'CA']) : undefined,
      currency: country === 'US' ? 'usd' : country === 'DE' ? 'eur' : 'jpy',
      plan: own.chance(0.5) ? 'starter' : 'growth',
      seats: own.whole(1, 20),
      subject: n % 4 === 0 ? `program-${String(n + 1).padStart(4, '0')}` : undefined,
    };
  }); // prettier-ignore
}

const since = { validFrom: '2020-01-01', validTo: '' };

/** Rows that the packs' tables need for this company. */
export function tablesOf(customers: readonly Customer[], books: 'sandbox' | 'tryton'): Record<string, Record<string, string>[]> {
  const item = (product: string, itemCode: string, family: string, meter = '') => ({ product, itemCode, family, meter, ...since });
  const codes = books === 'sandbox' ? ['PLATFORM', 'SEATS', 'API-CALLS', 'ONBOARDING'] : ['SUB-PRO', 'SUB-PRO', 'USAGE-API', 'SUB-PRO'];
  return {
    item: [
      item('prod_platform', codes[0]!, 'subscription'),
      item('prod_seats', codes[1]!, 'subscription'),
      item('prod_calls', codes[2]!, 'usage', 'api-calls'),
      item('prod_services', codes[3]!, 'subscription'),
    ],
    'tax-code': [
      { entity: 'US', country: 'US', rate: '8.875', taxCode: 'SALES-8.875', account: '2200', ...since },
      { entity: 'DE', country: 'DE', rate: '19', taxCode: 'VAT-19', account: '2200', ...since },
      { entity: 'DE', country: 'DE', rate: '7', taxCode: 'VAT-7', account: '2200', ...since },
    ],
    'stripe-meter': [{ meter: 'api-calls', eventName: 'calls', ...since }],
    'usage-accounts': customers
      .filter(({ subject }) => subject !== undefined)
      .map(({ subject, id, plan, country }) => ({ subject: subject!, customer: id, subscription: '', plan, region: country, legalEntity: entityOf(country), ...since })),
  };
} // prettier-ignore
