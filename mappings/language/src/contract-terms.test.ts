// A billing document against the contract: what is agreed passes without a word, and each thing that is not is named once.
import { describe, expect, it } from '@jest/globals';
import { compile } from './compile.js';
import { contractDifferences } from './contract-terms.js';
import { isMappingFailure } from './failure.js';

const contract = {
  number: 'C-7',
  sourceId: '800',
  customer: { sourceId: 'cus_1' },
  currency: 'USD',
  startDate: '2026-02-01',
  endDate: '2026-12-31',
  status: 'active',
  pricingVersion: '2026-Q1',
  terms: [
    { product: 'seat', price: '19.99', from: '2026-02-01', to: '2026-12-31' },
    { product: 'seat', price: '17.99', from: '2026-06-01' },
    { product: 'api', price: '0.0005' },
  ],
};
const line = (fields: object) => ({
  id: '1',
  quantity: '3',
  amount: '59.97',
  servicePeriod: { from: '2026-03-01', to: '2026-03-31' },
  ...fields,
});
const invoice = (fields: object = {}) => ({
  customer: { sourceId: 'cus_1' },
  currency: 'USD',
  documentDate: '2026-04-01',
  pricingVersion: '2026-Q1',
  lines: [line({ product: 'seat', unitPrice: '19.99' })],
  ...fields,
});

describe('a document that agrees', () => {
  it.each<[string, object]>([
    ['by its unit price', invoice()],
    ['by another way of writing it', invoice({ lines: [line({ product: 'seat', unitPrice: '19.990' })] })],
    ['by quantity times price, rounded to the currency', invoice({ lines: [line({ product: 'api', quantity: '1203331', amount: '601.67' })] })],
    ['by one of two terms of the day', invoice({ lines: [line({ product: 'seat', unitPrice: '17.99', servicePeriod: { from: '2026-06-01', to: '2026-06-30' } })] })],
    ['giving back what was billed', invoice({ lines: [line({ product: 'seat', quantity: '1', amount: '-19.99', unitPrice: '-19.99' })] })],
    ['in a line that names no product', invoice({ lines: [line({ amount: '7.31' })] })],
    ['in a line for a part of a period', invoice({ lines: [line({ product: 'seat', prorated: true, unitPrice: '7.31', amount: '7.31' })] })],
    ['naming no price list', invoice({ pricingVersion: undefined })],
    ['on its first and on its last day', invoice({ lines: [line({ servicePeriod: { from: '2026-02-01', to: '2026-12-31' } })] })],
    ['billing usage to the last instant, in its zone', invoice({ zone: 'Europe/Berlin', lines: [line({ servicePeriod: undefined, usage: { meter: 'api', from: '2026-01-31T23:00:00Z', to: '2026-12-31T23:00:00Z' } })] })],
  ])('%s leaves nothing to say', (_, document) => expect(contractDifferences(document, contract)).toEqual([])); // prettier-ignore

  it('agrees with one of several contracts', () => {
    expect(contractDifferences(invoice(), [{ ...contract, currency: 'EUR' }, contract])).toEqual([]);
  });
  it('agrees with a contract that says nothing of prices', () => {
    expect(contractDifferences(invoice({ lines: [line({ product: 'else' })] }), { ...contract, terms: [] })).toEqual([]);
  });
});

describe('a document that differs', () => {
  it.each<[string, object, object | object[]]>([
    ['Contract C-7 is in USD, and the document in EUR.', invoice({ currency: 'EUR' }), contract],
    ['Contract C-7 is cancelled.', invoice(), { ...contract, status: 'cancelled' }],
    ['Contract C-7 is a draft.', invoice(), { ...contract, status: 'draft' }],
    ['Contract C-7 has the prices of 2026-Q1, and the document was rated by 2025.', invoice({ pricingVersion: '2025' }), contract],
    ['Contract C-7 starts on 2026-02-01, and the document bills from 2026-01-31.', invoice({ lines: [line({ servicePeriod: { from: '2026-01-31', to: '2026-02-27' } })] }), contract],
    ['Contract C-7 ends on 2026-12-31, and the document bills until 2027-01-01.', invoice({ lines: [line({ servicePeriod: { from: '2026-12-01', to: '2027-01-01' } })] }), contract],
    ['Contract C-7 starts on 2026-02-01, and the document bills from 2026-01-31.', invoice({ lines: [line({ servicePeriod: undefined, usage: { meter: 'api', from: '2026-01-31T23:00:00Z', to: '2026-02-28T00:00:00Z' } })] }), contract],
    ['Contract C-7 ends on 2026-03-31, and the document bills until 2026-04-01.', invoice({ lines: [line({ servicePeriod: undefined })] }), { ...contract, endDate: '2026-03-31' }],
    ['Product seat costs 19.99 by contract C-7, and 24.99 on the document.', invoice({ lines: [line({ product: 'seat', unitPrice: '24.99', amount: '74.97' })] }), contract],
    ['Product seat costs 19.99 or 17.99 by contract C-7, and 18.00 on the document.', invoice({ lines: [line({ product: 'seat', unitPrice: '18.00', amount: '54.00', servicePeriod: { from: '2026-06-01', to: '2026-06-30' } })] }), contract],
    ['Product api costs 0.0005 by contract C-7, and 601.68 for 1203331 on the document.', invoice({ lines: [line({ product: 'api', quantity: '1203331', amount: '601.68' })] }), contract],
    ['The contract C-7 has no price of product disk on 2026-03-01.', invoice({ lines: [line({ product: 'disk' })] }), contract],
    ['The contract 800 has no price of product disk on 2026-03-01.', invoice({ lines: [line({ product: 'disk' })] }), { ...contract, number: undefined }],
    ['There is no contract with the customer cus_1.', invoice(), []],
  ])('%s', (sentence, document, contracts) => expect(contractDifferences(document, contracts)).toEqual([sentence])); // prettier-ignore

  it('says of many contracts what the nearest says', () => {
    const far = { ...contract, number: 'C-8', currency: 'EUR', status: 'cancelled' };
    expect(contractDifferences(invoice({ pricingVersion: '2025' }), [far, contract])).toEqual([
      'Contract C-7 has the prices of 2026-Q1, and the document was rated by 2025.',
    ]);
  });
  it('says one cause once, and counts what is more than twenty', () => {
    const twice = invoice({ lines: [line({ product: 'disk' }), line({ product: 'disk' })] });
    expect(contractDifferences(twice, contract)).toHaveLength(1);
    const all = contractDifferences(invoice({ lines: Array.from({ length: 25 }, (_, at) => line({ product: `p${at}` })) }), contract)!;
    expect([all.length, all.at(-1)]).toEqual([21, 'There are 5 more differences.']);
  });
});

describe('in an expression', () => {
  const run = (source: string, input: unknown, enriched: unknown) =>
    compile(source).evaluate(input, { enriched, asOf: '2026-04-01', tables: {} });

  it('is false where the document agrees, and true where it does not', async () => {
    const rule = '$boolean($contractDifferences($, $enriched.contract))';
    expect(await run(rule, invoice(), { contract: [contract] })).toBe(false);
    expect(await run(rule, invoice({ currency: 'EUR' }), { contract: [contract] })).toBe(true);
    expect(await run(rule, invoice(), {})).toBe(true);
  });
  it('names itself when it is given something else', async () => {
    const error = await run('$contractDifferences("x", {})', {}, {}).catch((e: unknown) => e);
    expect(isMappingFailure(error) && error.facts).toMatchObject({ code: 'MAPPING_ARGUMENT', message: '$contractDifferences: the first argument is no document' });
  }); // prettier-ignore
});
