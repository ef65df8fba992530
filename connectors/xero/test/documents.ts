import type { JsonObject } from '@waybill/sdk';

/** Documents that the double's organisation takes. */
const head = { currency: 'USD', date: '2026-11-23' };
const lines = [
  {
    description: 'API calls',
    amount: '60.00',
    quantity: '6',
    unitPrice: '10.00',
    account: '200',
    item: 'API',
    taxType: 'OUTPUT',
    tax: '4.80',
  },
  { description: 'Support', amount: '40.00', quantity: '3', unitPrice: '13.33', account: '200', taxType: 'OUTPUT', tax: '3.20' },
];
const sale = (number: string): JsonObject => ({ ...head, contactNumber: 'CUST-1', number, lines, total: '108.00' });

export const documents = {
  invoice: (unique: string): JsonObject => ({ ...sale(`INV-${unique}`), dueDate: '2026-12-23', reference: 'Usage of November' }),
  'credit-memo': (unique: string): JsonObject => ({ ...sale(`CN-${unique}`), appliesTo: [{ invoice: 'OPEN-1', amount: '108.00' }] }),
  'credit-memo:alone': (unique: string): JsonObject => sale(`CN-${unique}`),
  payment: (unique: string): JsonObject => ({ ...head, invoice: 'OPEN-1', amount: '108.00', account: '200', reference: `P ${unique}` }),
  'payment:refund': (unique: string): JsonObject => ({
    ...head,
    contactNumber: 'CUST-1',
    creditNote: 'CREDIT-1',
    amount: '108.00',
    account: '200',
    reference: `R ${unique}`,
  }),
  'journal-entry': (unique: string): JsonObject => ({
    ...head,
    narration: `Usage ${unique}`,
    lines: [
      { account: '200', debit: '25.00', description: 'Accrued' },
      { account: '200', credit: '25.00' },
    ],
  }),
  customer: (unique: string): JsonObject => ({
    number: `CUST-${unique}`,
    name: `Carol ${unique}`,
    email: 'carol@example.com',
    address: { city: 'Springfield', country: 'US' },
  }),
};
