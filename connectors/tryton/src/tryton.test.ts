// What every connector owes, without a network: settings, declarations, check, unpack, and the error table.
import { describe, expect, it } from '@jest/globals';
import { describeConnector } from '@waybill/sdk/conformance';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { errorRules, failureOfError, failureOfStatus } from './failures.js';
import { tryton } from './index.js';
import { priced } from './invoice-document.js';
import { date, decimal, plain } from './wire.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const settings = {
  baseUrl: 'http://127.0.0.1:1',
  database: 'tryton',
  username: 'engine',
  password: 'correct-horse',
  company: 'Acme US Inc',
};
const row = {
  id: 1,
  number: 'INV/2026/000001',
  state: 'posted',
  currency: 'USD',
  total: '108.88',
  changedAt: '2026-11-22T21:14:21.577297Z',
};

describeConnector(tryton, {
  describe,
  it,
  expect: expect as never,
  ajv,
  settings,
  unpack: {
    deliveries: [
      { id: '1.x', body: JSON.stringify(row), via: 'poll', stream: 'postings' },
      {
        id: 'documents/invoice/1/posted/108.88/2026-11-22',
        body: JSON.stringify({
          id: '1',
          number: 'INV/2026/000001',
          type: 'invoice',
          key: null,
          reference: 'BILL-1',
          currency: 'USD',
          total: '108.88',
          tax: '8.88',
          date: '2026-11-22',
          state: 'posted',
        }),
        via: 'poll',
        stream: 'documents',
      },
    ],
  },
});

describe('errors, as recorded from Tryton 6.0', () => {
  const classed = (error: unknown, writes = true) => {
    const { recovery, category, code, cause } = failureOfError(error, { what: 'test', writes }).facts;
    return [recovery, category, code, cause].filter((part) => part !== undefined).join(' | ');
  };
  const user = (words: string) => ['UserError', [words, '', null]];
  const cases: [unknown, string][] = [
    [user('The value "999999" for field "Party" in "Invoice" does not exist.'), 'rejected | master-data | reference-unknown | Party 999999 unknown'],
    [user('A value is required for field "Account" in "Invoice Line".'), 'rejected | master-data | value-missing | Account missing'],
    [user('The value for field "Account" in "Account Move Line" is not valid according to its domain.'), 'rejected | master-data | account-not-usable | account not usable on that line or date'],
    [user('To continue, you must create a period for the date "05/05/2023".'), 'rejected | posting-rejection | period-missing | no open period for 05/05/2023'],
    [user('You cannot create a journal-period in closed period "2023-05".'), 'rejected | posting-rejection | period-closed | period 2023-05 closed'],
    [user('To number the invoice "[O2]", you must set an accounting date after "11/10/2026" because the sequence "Invoices US 2026" has already been used for invoice "INV/2026/000002 [O1]".'), 'rejected | posting-rejection | number-out-of-order | invoice numbers are used up to 11/10/2026'],
    [user('To post move "13", you must balance all its lines debits and credits.'), 'rejected | posting-rejection | move-unbalanced'],
    [user('The number of digits in the value "Decimal(\'1.123456789\')" for field "Unit Price" in "Invoice Line" exceeds the limit of "4".'), 'rejected | transformation | too-many-digits'],
    [user('You cannot modify invoice "INV/2026/000001 [BILL-0001]" because it is posted, paid or cancelled.'), 'rejected | posting-rejection | document-final'],
    [user('The code on party must be unique.'), 'rejected | master-data | party-code-taken'],
    [user('You are not allowed to access "Invoice".'), 'misconfigured | access-denied'],
    [user('Something that no rule knows.'), 'rejected | posting-rejection | user-error'],
    [['could not obtain lock on row in relation "ir_sequence_strict"\n', ''], 'retryable | database-locked'],
    [['could not serialize access due to concurrent update\n', ''], 'retryable | database-locked'],
    [['connection to server at "127.0.0.1", port 55432 failed: Connection refused\n', ''], 'retryable | database-down'],
    [['server closed the connection unexpectedly\n', ''], 'in-doubt | database-lost'],
    [["'nosuch'", ''], 'misconfigured | call-not-understood'],
    [['Missing context argument', ''], 'misconfigured | call-not-understood'],
    [['ConcurrencyException', 'Records were modified in the meanwhile'], 'retryable | changed-meanwhile'],
    [['something unheard of', ''], 'in-doubt | server-error'],
  ]; // prettier-ignore
  it.each(cases)('%j', (error, expected) => expect(classed(error)).toBe(expected));
  it('is never in doubt for a read', () => {
    for (const [error] of cases) expect(classed(error, false)).not.toContain('in-doubt');
  });
  it('gives every rule a remedy, and a category exactly where it rejects', () => {
    for (const rule of errorRules)
      expect([rule.remedy.length > 10, rule.category !== undefined]).toEqual([true, rule.recovery === 'rejected']);
  });
  it('classes HTTP statuses', () => {
    const status = (code: number, writes = true) =>
      failureOfStatus({ status: code, headers: {}, text: '' }, { what: 'test', writes }).facts.recovery;
    expect([401, 403, 404, 405, 429, 500, 502].map((code) => status(code))).toEqual([
      'unauthorized',
      'misconfigured',
      'misconfigured',
      'misconfigured',
      'throttled',
      'in-doubt',
      'in-doubt',
    ]);
    expect(status(503, false)).toBe('retryable');
  });
});

describe('the wire', () => {
  it('tags and untags decimals, dates and instants', () => {
    expect(
      plain({
        a: [decimal('12.30'), date('2026-01-05')],
        at: { __class__: 'datetime', year: 2026, month: 1, day: 2, hour: 3, minute: 4, second: 5, microsecond: 678 },
      }),
    ).toEqual({
      a: ['12.30', '2026-01-05'],
      at: '2026-01-02T03:04:05.000678Z',
    });
  });
  it('sends quantity and price only where their product is the amount exactly', () => {
    const line = { description: 'Calls', account: '4020', quantity: '1234', unitPrice: '0.0125', amount: '15.43' };
    expect(priced(line, 1)).toEqual({ quantity: 1, unit_price: decimal('15.43'), description: 'Calls (1234 × 0.0125)' });
    expect(priced({ ...line, quantity: '4', unitPrice: '22.5', amount: '90.00' }, -1)).toEqual({
      quantity: -4,
      unit_price: decimal('22.5000'),
      description: 'Calls',
    });
    expect(priced({ ...line, quantity: '1', unitPrice: undefined, amount: '-3.00' }, 1)).toEqual({
      quantity: 1,
      unit_price: decimal('-3.00'),
      description: 'Calls',
    });
  });
});
