import type { JsonObject } from '@waybill/sdk';

/** Documents that the double's company takes. */
export const day = '2026-11-20';
const lines = [
  { description: 'Pro plan', quantity: '10', unitPrice: '49.99', amount: '499.90', account: '4110', item: 'PRO' },
  { description: 'API calls', quantity: '1234', unitPrice: '0.0125', amount: '15.43', account: '4110' },
];
export const sale = (number: string, more: JsonObject = {}): JsonObject => ({
  customer: 'CUST-1', number, currency: 'USD', documentDate: day, postingDate: day, dueDate: '2026-12-20', lines,
  taxLines: [{ taxCode: 'NY 8.875', account: '2310', base: '515.33', amount: '45.74' }],
  subtotal: '515.33', taxTotal: '45.74', total: '561.07', ...more,
}); // prettier-ignore

export const payment = (unique: string, more: JsonObject = {}): JsonObject => ({
  customer: 'CUST-1', invoice: 'OPEN-1', currency: 'USD', amount: '108.00', date: day, clearingAccount: '1250', reference: `pi_${unique}`, ...more,
}); // prettier-ignore

export const documents = {
  invoice: (unique: string): JsonObject => sale(`INV-${unique}`),
  'credit-memo': (unique: string): JsonObject => sale(`CN-${unique}`, { invoice: 'OPEN-1' }),
  'credit-memo:alone': (unique: string): JsonObject => sale(`CN-${unique}`),
  payment: (unique: string): JsonObject => payment(unique),
  'payment:refund': (unique: string): JsonObject => payment(unique, { amount: '7.10' }),
  'journal-entry': (unique: string): JsonObject => ({
    description: `Recognition ${unique}`,
    currency: 'USD',
    postingDate: day,
    lines: [
      { account: '1310', debit: '100.00', credit: '0', customer: 'CUST-1' },
      { account: '4110', debit: '0', credit: '100.00', description: 'November' },
    ],
  }),
  customer: (unique: string): JsonObject => ({ number: `C-${unique}`, name: `Carol ${unique}`, taxNumber: 'US-1', currency: 'USD' }),
};
