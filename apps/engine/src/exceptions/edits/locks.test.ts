// Of a record that stopped, words may be corrected; amounts, currency, identity and keys may not, and each says why.
import { describe, expect, it } from '@jest/globals';
import { editRecord, fieldsOf, lockOf, moneyIn, offendingOf } from './locks.js';

const record = {
  id: 'in_1',
  object: 'invoice',
  sourceId: 'in_1',
  number: 'US-7',
  customer: 'cus_1',
  currency: 'eur',
  total: '119.00',
  amount_due: 11_900,
  legalEntity: 'DE',
  customer_address: { country: 'XX', state: 'BY', postal_code: '80331' },
  customer_tax_ids: [{ type: 'eu_vat', value: 'DE1' }],
  taxId: 'DE1',
  lines: [{ id: 'il_1', type: 'item', taxCode: null, taxRate: '19', amount: '100.00', description: 'Calls', quantity: 3 }],
  'a/b': { 'c~d': 'x' },
};

describe('what is locked', () => {
  it.each([
    [['id'], 'identity'],
    [['sourceId'], 'identity'],
    [['number'], 'identity'],
    [['customer'], 'identity'],
    [['lines', '0', 'id'], 'identity'],
    [['object'], 'kind'],
    [['currency'], 'currency'],
    [['total'], 'amount'],
    [['amount_due'], 'number'],
    [['lines', '0', 'amount'], 'amount'],
    [['lines', '0', 'taxRate'], 'amount'],
    [['lines', '0', 'quantity'], 'number'],
    [['legalEntity'], 'legal-entity'],
  ])('%j: %s', (path, lock) => {
    const value = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], record);
    expect(lockOf(path, value as never)).toBe(lock);
  });
  it.each([
    ['customer_address', 'country'],
    ['customer_address', 'state'],
    ['customer_address', 'postal_code'],
    ['customer_tax_ids', '0', 'type'],
    ['taxId'],
    ['lines', '0', 'taxCode'],
    ['lines', '0', 'description'],
  ])('not: %s %s %s', (...path) => {
    const value = path.filter(Boolean).reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], record);
    expect(lockOf(path.filter(Boolean), value as never)).toBeUndefined();
  });
  it('what has an amount’s name is locked as soon as an amount would stand there', () => {
    expect(lockOf(['discount'], null)).toBeUndefined();
    expect(lockOf(['discount'], null, '10.00')).toBe('amount');
    expect(lockOf(['discountCode'], 'SUMMER', 'WINTER')).toBeUndefined();
  });
  it('every leaf has its place, and the money of an output is told by path', () => {
    expect(fieldsOf(record).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/customer_address/country', '/lines/0/taxCode', '/a~1b/c~0d', '/customer_tax_ids/0/value']),
    );
    expect([...moneyIn({ total: '1.50', lines: [{ price: '1.50', text: '1.50' }], currency: 'EUR', n: 2 })]).toEqual([['/total', '1.50'], ['/lines/0/price', '1.50'], ['/currency', 'EUR'], ['/n', '2']]); // prettier-ignore
  });
});

describe('editRecord', () => {
  it('corrects what is there, adds what is missing, and leaves the record that it was given alone', () => {
    const before = structuredClone(record);
    const {
      record: after,
      changes,
      problems,
    } = editRecord(record, [
      { path: '/customer_address/country', value: 'DE' },
      { path: '/lines/0/taxCode', value: 'DE19' },
      { path: '/lines/0/costCentre', value: '4711x' },
      { path: '/a~1b/c~0d', value: true },
    ]);
    expect(problems).toEqual([]);
    expect(changes).toEqual([
      { path: '/customer_address/country', before: 'XX', after: 'DE', absent: false },
      { path: '/lines/0/taxCode', before: null, after: 'DE19', absent: false },
      { path: '/lines/0/costCentre', before: null, after: '4711x', absent: true },
      { path: '/a~1b/c~0d', before: 'x', after: true, absent: false },
    ]);
    expect(after).toMatchObject({ customer_address: { country: 'DE' }, lines: [{ taxCode: 'DE19', amount: '100.00' }] });
    expect(record).toEqual(before);
  });
  it.each([
    ['/total', '1.00', 'EDIT_LOCKED', 'add up to what was billed'],
    ['/currency', 'usd', 'EDIT_LOCKED', 'another amount'],
    ['/id', 'in_2', 'EDIT_LOCKED', 'another document'],
    ['/lines/0/creditAmount', '5', 'EDIT_LOCKED', 'come from the source'],
    ['/lines', 'x', 'EDIT_INVALID', 'holds other fields'],
    ['/lines/9/taxCode', 'x', 'EDIT_INVALID', 'nothing at /lines/9'],
    ['/lines/-', 'x', 'EDIT_INVALID', 'cannot be added'],
    ['/__proto__', 'x', 'EDIT_INVALID', 'cannot be added'],
    ['/constructor/name', 'x', 'EDIT_INVALID', 'nothing at /constructor'],
    ['country', 'x', 'EDIT_INVALID', 'no JSON pointer'],
    ['', 'x', 'EDIT_INVALID', 'no JSON pointer'],
    ['/customer_address/country', 'XX', 'EDIT_INVALID', 'already'],
  ])('refuses %s = %j: %s', (path, value, code, words) => {
    const { changes, problems } = editRecord(record, [{ path, value }]);
    expect(changes).toEqual([]);
    expect(problems).toEqual([{ code, path: '/changes/0/path', detail: expect.stringContaining(words) }]);
  });
  it('refuses one field twice', () =>
    expect(
      editRecord(record, [
        { path: '/taxId', value: 'A' },
        { path: '/taxId', value: 'B' },
      ]).problems,
    ).toContainEqual(expect.objectContaining({ path: '/changes' })));
});

it('finds the fields that an exception speaks of', () => {
  const fields = fieldsOf(record);
  expect([...offendingOf(fields, { path: '/lines/0/tax_code', code: 'MAPPING_OUTPUT', looked: [] })]).toEqual(['/lines/0/taxCode']);
  expect([...offendingOf(fields, { path: null, code: 'x', looked: ['XX'] })]).toEqual(['/customer_address/country']);
});
