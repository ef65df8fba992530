import { customers, products, taxRates } from './company.js';

export type TableRow = Record<string, string>;

const since = { validFrom: '2020-01-01', validTo: '' };

/**
 * The demo company's rows for the tables of the inbound pack, to be added to the rows that the pack comes with. Key columns
 * first, as in the pack's `tables.yaml`.
 */
export function demoTables(): Record<string, TableRow[]> {
  return {
    customer: customers.map(({ id, number }) => ({ customer: id, number, ...since })),
    item: products.map(({ id, itemCode, family }) => ({ product: id, itemCode, family, ...since })),
    'revenue-account': ['US', 'DE'].map((entity) => ({
      entity,
      family: 'services',
      account: '4030',
      treatment: 'immediate',
      deferredAccount: '',
      scheduleOwner: '',
      ...since,
    })),
    'tax-code': taxRates.map(({ entity, country, percentage, taxCode }) => ({
      entity,
      country,
      rate: percentage,
      taxCode,
      account: '2200',
      ...since,
    })),
  };
}
