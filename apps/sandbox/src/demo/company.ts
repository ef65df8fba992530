/**
 * Northwind Metering: what it sells, where it collects tax, and to whom it sells. Ids are fixed, so tables can name them.
 * Prices and quantities are Stripe's: minor units and whole numbers. `meter`: the meter of the usage ledger that counts what the product bills.
 */
export const products = [
  { id: 'prod_platform', name: 'Platform', itemCode: 'PLATFORM', family: 'subscription', meter: '' },
  { id: 'prod_seats', name: 'Seats', itemCode: 'SEATS', family: 'subscription', meter: '' },
  { id: 'prod_api_calls', name: 'API calls', itemCode: 'API-CALLS', family: 'usage', meter: '' },
  { id: 'prod_batch_calls', name: 'Batch calls', itemCode: 'BATCH-CALLS', family: 'usage', meter: 'api-calls' },
  { id: 'prod_storage', name: 'Storage', itemCode: 'STORAGE', family: 'usage', meter: '' },
  { id: 'prod_onboarding', name: 'Onboarding', itemCode: 'ONBOARDING', family: 'services', meter: '' },
] as const;

export const meters = [
  { id: 'mtr_api_calls', event_name: 'api_calls', display_name: 'API calls' },
  { id: 'mtr_batch_calls', event_name: 'batch_calls', display_name: 'Calls by batch jobs' },
  { id: 'mtr_storage', event_name: 'storage_gb', display_name: 'Storage, GB month' },
] as const;

export const currencies = ['usd', 'eur', 'gbp'] as const;
export type DemoCurrency = (typeof currencies)[number];

/** Included calls, then overage in two steps; one unit price for all of the storage, by how much it is. */
export const apiCallTiers = [
  { up_to: '10000', unit_amount_decimal: '0', flat_amount: '0' },
  { up_to: '100000', unit_amount_decimal: '0.45', flat_amount: '0' },
  { up_to: 'inf', unit_amount_decimal: '0.29', flat_amount: '0' },
];
export const storageTiers = [
  { up_to: '100', unit_amount_decimal: '12', flat_amount: '0' },
  { up_to: 'inf', unit_amount_decimal: '9.5', flat_amount: '500' },
];
export const licensedPrices = {
  platform_starter: ['prod_platform', 9900],
  platform_growth: ['prod_platform', 49900],
  seats: ['prod_seats', 1500],
} as const;

/** Percent by country and state. The ERP's code for each is in the table `tax-code`. */
export const taxRates = [
  {
    id: 'txr_us_ny',
    country: 'US',
    state: 'NY',
    percentage: '8.875',
    display_name: 'Sales tax',
    tax_type: 'sales_tax',
    entity: 'US',
    taxCode: 'SALES-8.875',
  },
  {
    id: 'txr_us_ca',
    country: 'US',
    state: 'CA',
    percentage: '7.25',
    display_name: 'Sales tax',
    tax_type: 'sales_tax',
    entity: 'US',
    taxCode: 'SALES-7.25',
  },
  {
    id: 'txr_us_tx',
    country: 'US',
    state: 'TX',
    percentage: '8.25',
    display_name: 'Sales tax',
    tax_type: 'sales_tax',
    entity: 'US',
    taxCode: 'SALES-8.25',
  },
  // Registered last month; nobody has made the code in the ERP yet.
  {
    id: 'txr_us_wa',
    country: 'US',
    state: 'WA',
    percentage: '10.35',
    display_name: 'Sales tax',
    tax_type: 'sales_tax',
    entity: 'US',
    taxCode: 'SALES-10.35',
  },
  { id: 'txr_de', country: 'DE', state: null, percentage: '19', display_name: 'USt', tax_type: 'vat', entity: 'DE', taxCode: 'VAT-19' },
  { id: 'txr_gb', country: 'GB', state: null, percentage: '20', display_name: 'VAT', tax_type: 'vat', entity: 'DE', taxCode: 'VAT-GB-20' },
  {
    id: 'txr_at_reverse',
    country: 'AT',
    state: null,
    percentage: '0',
    display_name: 'Reverse charge',
    tax_type: 'vat',
    entity: 'DE',
    taxCode: 'VAT-0',
  },
] as const;

export interface DemoCustomer {
  id: string;
  number: string;
  name: string;
  country: string;
  state?: string;
  currency: DemoCurrency;
  /** Legal entity that bills it; none where the company has no entity for the country. */
  entity?: 'US' | 'DE';
  plan: 'platform_starter' | 'platform_growth';
  seats: number;
  metered: boolean;
  /** Runs batch jobs, whose calls the product reports to the usage ledger and nobody else. */
  batch?: true;
  /** Absent: a card that works. `invoice`: pays by bank transfer when it pleases. */
  pays?: 'invoice' | 'declined-once' | 'declined';
  reverseCharge?: boolean;
  /** Blocked in the ERP though billing still sells to it. */
  blocked?: boolean;
}

/** People the story is about. */
const principals: Omit<DemoCustomer, 'number'>[] = [
  { id: 'cus_globex', name: 'Globex Corporation', country: 'US', state: 'NY', currency: 'usd', entity: 'US', plan: 'platform_growth', seats: 40, metered: true, batch: true, pays: 'invoice' },
  { id: 'cus_initech', name: 'Initech', country: 'US', state: 'TX', currency: 'usd', entity: 'US', plan: 'platform_growth', seats: 12, metered: true },
  { id: 'cus_umbrella', name: 'Umbrella GmbH', country: 'DE', currency: 'eur', entity: 'DE', plan: 'platform_growth', seats: 25, metered: true, batch: true, pays: 'invoice' },
  { id: 'cus_hooli', name: 'Hooli', country: 'US', state: 'CA', currency: 'usd', entity: 'US', plan: 'platform_growth', seats: 5, metered: true },
  { id: 'cus_vandelay', name: 'Vandelay Industries', country: 'US', state: 'NY', currency: 'usd', entity: 'US', plan: 'platform_starter', seats: 3, metered: false, blocked: true },
  { id: 'cus_pied_piper', name: 'Pied Piper', country: 'US', state: 'CA', currency: 'usd', entity: 'US', plan: 'platform_starter', seats: 6, metered: true, pays: 'declined-once' },
  { id: 'cus_duff', name: 'Duff Brewing', country: 'US', state: 'TX', currency: 'usd', entity: 'US', plan: 'platform_starter', seats: 2, metered: false, pays: 'declined' },
  { id: 'cus_rainier', name: 'Rainier Analytics', country: 'US', state: 'WA', currency: 'usd', entity: 'US', plan: 'platform_starter', seats: 4, metered: true, batch: true },
  { id: 'cus_nakatomi_br', name: 'Nakatomi do Brasil', country: 'BR', currency: 'usd', plan: 'platform_starter', seats: 3, metered: false },
  { id: 'cus_stark', name: 'Stark Maschinenbau GmbH', country: 'DE', currency: 'eur', entity: 'DE', plan: 'platform_growth', seats: 18, metered: true },
  { id: 'cus_donau', name: 'Donau Logistik GmbH', country: 'AT', currency: 'eur', entity: 'DE', plan: 'platform_starter', seats: 7, metered: true, reverseCharge: true },
  { id: 'cus_wonka', name: 'Wonka Ltd', country: 'GB', currency: 'gbp', entity: 'DE', plan: 'platform_growth', seats: 9, metered: true },
]; // prettier-ignore

/** The rest of the book: shorter names, the same life. */
const firsts = [
  'Acme',
  'Boreal',
  'Cedar',
  'Delta',
  'Ember',
  'Fjord',
  'Garnet',
  'Harbor',
  'Iris',
  'Juniper',
  'Kite',
  'Linden',
  'Mistral',
  'Nimbus',
  'Onyx',
  'Prairie',
  'Quarry',
  'Ridge',
];
const places = [
  { country: 'US', state: 'NY', currency: 'usd', entity: 'US', ending: 'Inc.' },
  { country: 'US', state: 'CA', currency: 'usd', entity: 'US', ending: 'LLC' },
  { country: 'DE', currency: 'eur', entity: 'DE', ending: 'GmbH' },
  { country: 'GB', currency: 'gbp', entity: 'DE', ending: 'Ltd' },
] as const;

const book = firsts.map((first, at): Omit<DemoCustomer, 'number'> => {
  const { ending, ...place } = places[at % places.length]!;
  const plan = at % 3 === 0 ? 'platform_growth' : 'platform_starter';
  return {
    id: `cus_${first.toLowerCase()}`,
    name: `${first} ${ending}`,
    ...place,
    plan,
    seats: 2 + ((at * 5) % 11),
    metered: at % 2 === 0,
  };
});

/** Numbers in order; the first three are those of the inbound pack's own examples: Globex 1001, Initech 1002, Umbrella 1003. */
export const customers: readonly DemoCustomer[] = [...principals, ...book].map((customer, at) => ({
  ...customer,
  number: `CUST-${1001 + at}`,
}));
