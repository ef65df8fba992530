import type { Account, MasterData, Period } from './master-data.js';

/** Every month from `firstYear` to `lastYear`, open. */
export function openMonths(entities: readonly string[], firstYear: number, lastYear: number): Period[] {
  const months: Period[] = [];
  for (let year = firstYear; year <= lastYear; year += 1)
    for (let month = 1; month <= 12; month += 1)
      for (const entity of entities) months.push({ entity, month: `${year}-${String(month).padStart(2, '0')}`, status: 'open' });
  return months;
}

const chart: readonly Omit<Account, 'entity'>[] = [
  { code: '1000', name: 'Bank', type: 'asset' },
  { code: '1060', name: 'Payments in clearing', type: 'asset' },
  { code: '1200', name: 'Accounts receivable', type: 'asset' },
  { code: '2200', name: 'Sales tax and VAT payable', type: 'liability' },
  { code: '2300', name: 'Customer balances', type: 'liability' },
  { code: '2400', name: 'Deferred revenue', type: 'liability' },
  { code: '4010', name: 'Subscription revenue', type: 'income' },
  { code: '4020', name: 'Usage revenue', type: 'income' },
  { code: '4030', name: 'Services revenue', type: 'income' },
  { code: '4900', name: 'Credits and allowances', type: 'income' },
  { code: '6100', name: 'Payment provider fees', type: 'expense' },
  { code: '6200', name: 'Bad debt', type: 'expense' },
];

/** An ERP as delivered: two companies with a chart of accounts, tax codes, items, currencies and open months; no customers. */
export function seedMasterData(): MasterData {
  const entities = [
    { code: 'US', name: 'Northwind Metering Inc.', currency: 'USD', country: 'US' },
    { code: 'DE', name: 'Northwind Metering GmbH', currency: 'EUR', country: 'DE' },
  ];
  const tax = (entity: string, code: string, name: string, rate: string) => ({ entity, code, name, rate, account: '2200' });
  return {
    entities,
    taxCodes: [
      tax('US', 'SALES-8.875', 'New York City sales tax', '8.875'),
      tax('US', 'SALES-7.25', 'California sales tax', '7.25'),
      tax('US', 'SALES-8.25', 'Texas sales tax', '8.25'),
      tax('US', 'SALES-0', 'Not taxable', '0'),
      tax('DE', 'VAT-19', 'Umsatzsteuer 19 %', '19'),
      tax('DE', 'VAT-7', 'Umsatzsteuer 7 %', '7'),
      tax('DE', 'VAT-0', 'Reverse charge', '0'),
      tax('DE', 'VAT-GB-20', 'VAT United Kingdom 20 %', '20'),
    ],
    accounts: entities.flatMap((entity) => chart.map((account) => ({ entity: entity.code, ...account }))),
    items: [
      { code: 'SUB-PRO', name: 'Subscription' },
      { code: 'PLATFORM', name: 'Platform subscription' },
      { code: 'SEATS', name: 'Seats' },
      { code: 'API-CALLS', name: 'API calls' },
      { code: 'BATCH-CALLS', name: 'Batch calls' },
      { code: 'STORAGE', name: 'Storage, GB month' },
      { code: 'ONBOARDING', name: 'Onboarding' },
      { code: 'SHIPPING', name: 'Shipping' },
    ],
    currencies: [
      { code: 'USD', decimals: 2 },
      { code: 'EUR', decimals: 2 },
      { code: 'GBP', decimals: 2 },
      { code: 'JPY', decimals: 0 },
      { code: 'KWD', decimals: 3 },
    ],
    periods: openMonths(entities.map((entity) => entity.code), 2025, 2028), // prettier-ignore
    customers: [],
  };
}
