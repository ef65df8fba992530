import type { JsonObject } from '@waybill/sdk';

/** Documents that the double's company takes. */
const head = { currency: 'USD', date: '2026-11-23' };
const lines = [
  { description: 'API calls', amount: '60.00', quantity: '6', unitPrice: '10.00', item: '10', taxCode: 'TAX' },
  { description: 'Support', amount: '40.00', item: '10' },
];
const sale = (number: string): JsonObject => ({ ...head, number, customer: '1', lines, tax: '8.00', taxLines: [{ rate: '3', amount: '8.00', base: '100.00', percent: '8' }], total: '108.00' }); // prettier-ignore
/** Numbers take 21 characters. */
const short = (unique: string): string => unique.slice(-15);

export const documents = {
  invoice: (unique: string): JsonObject => ({
    ...sale(`INV-${short(unique)}`),
    dueDate: '2026-12-23',
    memo: 'Made of usage',
    email: 'ada@example.com',
  }),
  'credit-memo': (unique: string): JsonObject => ({ ...sale(`CM-${short(unique)}`), appliesTo: [{ invoice: 'OPEN-1', amount: '108.00' }] }),
  payment: (unique: string): JsonObject => ({ ...head, customer: '1', amount: '108.00', reference: `P-${short(unique)}`, depositTo: '20', appliesTo: [{ invoice: 'OPEN-1', amount: '108.00' }] }), // prettier-ignore
  'payment:refund': (unique: string): JsonObject => ({
    ...head,
    customer: '1',
    amount: '108.00',
    memo: `Refund ${unique}`,
    depositTo: '20',
  }),
  'journal-entry': (unique: string): JsonObject => ({
    ...head,
    number: `JE-${short(unique)}`,
    lines: [
      { account: '20', debit: '25.00', customer: '1', description: 'Usage of November' },
      { account: '21', credit: '25.00' },
    ],
  }),
  customer: (unique: string): JsonObject => ({ displayName: `C-${unique} Carol`, email: 'carol@example.com', currency: 'USD', address: { line1: '1 Main St', city: 'Springfield', country: 'US' } }), // prettier-ignore
};
