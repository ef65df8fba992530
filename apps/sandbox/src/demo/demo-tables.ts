import { customers, products, taxRates } from './company.js';

export type TableRow = Record<string, string>;

const since = { validFrom: '2020-01-01', validTo: '' };

/**
 * The demo company's rows for the tables of the inbound pack, to be added to the rows that the pack comes with. Key columns
 * first, as in the pack's `tables.yaml`.
 */
export function demoTables(): Record<string, TableRow[]> {
  const account = (subject: string, id: string) => {
    const { plan, country, entity } = customers.find((who) => who.id === id)!;
    return { subject, customer: id, subscription: '', plan, region: country, legalEntity: entity ?? '', ...since };
  };
  return {
    'usage-accounts': [
      account('globex-production', 'cus_globex'),
      account('umbrella-production', 'cus_umbrella'),
      account('rainier-production', 'cus_rainier'),
    ],
    // What the ledger counts has a meter of its own at the billing platform, so that the lines of an invoice say the same quantity.
    'stripe-meter': [{ meter: 'api-calls', eventName: 'batch_calls', ...since }],
    customer: customers.map(({ id, number }) => ({ customer: id, number, ...since })),
    item: products.map(({ id, itemCode, family, meter }) => ({ product: id, itemCode, family, meter, ...since })),
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
