// What every connector owes without a network, and the pure parts: external ids, literals, sums, prices, queries, cursors.
import { describe, expect, it } from '@jest/globals';
import { readExact, writeExact } from '@waybill/sdk';
import { describeConnector } from '@waybill/sdk/conformance';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { literal } from './api.js';
import { externalIdOf } from './external-id.js';
import { netsuite } from './index.js';
import { referencesQuery, type References } from './references.js';
import { assertSums, priced, saleBody } from './sale.js';
import { accountOf, apiBaseOf } from './settings.js';
import { pageQuery } from './streams.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const settings = {
  accountId: '1234567_SB1',
  subsidiaryId: '3',
  clientId: 'a-consumer-key',
  certificateId: 'a-certificate',
  privateKey: '-----BEGIN PRIVATE KEY-----\nnot-a-key\n-----END PRIVATE KEY-----',
};
const row = {
  id: '5001',
  number: 'INV5001',
  key: 'wb-a',
  currency: 'USD',
  total: '561.07',
  open: '0.00',
  changedAt: '2026-11-22T21:14:21',
};

describeConnector(netsuite, {
  describe,
  it,
  expect: expect as never,
  ajv,
  settings,
  unpack: {
    deliveries: Object.keys(netsuite.streams).map((stream) => ({
      id: `${stream}/5001`,
      body: JSON.stringify(row),
      via: 'poll' as const,
      stream,
    })),
  },
});

describe('an external id', () => {
  it('leaves a posting key and an ordinary number as they are', () => {
    for (const text of ['wb-abcdefghijklmnopqrstuvwx23', 'CUST-1001', '42']) expect(externalIdOf(text)).toBe(text);
  });
  it('holds only what NetSuite takes, and no two texts meet', () => {
    const texts = [
      'a b',
      'a_20b',
      'a_b',
      'a|b',
      'ä',
      'a__b',
      'cus_123',
      'RED|PO|1337',
      '',
      '\u0000',
      '漢',
      'x'.repeat(300),
      `${'x'.repeat(299)}y`,
      `${'|'.repeat(100)}`,
      `${'|'.repeat(99)}_`,
    ];
    const ids = texts.map(externalIdOf);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{0,200}$/);
    expect(new Set(ids).size).toBe(texts.length);
    expect(externalIdOf('cus_123')).toBe('cus_5f123');
  });
});

describe('the account', () => {
  it('has a host of its own, lower case and with a hyphen, and one name however it is written', () => {
    expect(apiBaseOf(settings)).toBe('https://1234567-sb1.suitetalk.api.netsuite.com');
    for (const accountId of ['1234567_SB1', '1234567_sb1', '1234567-sb1'])
      expect(accountOf({ ...settings, accountId })).toBe('netsuite/1234567_SB1/3');
    expect(accountOf({ ...settings, subsidiaryId: '' })).toBe('netsuite/1234567_SB1');
  });
});

describe('queries', () => {
  it('take no text as SQL', () => {
    expect(literal("O'Brien' OR '1'='1")).toBe("'O''Brien'' OR ''1''=''1'");
    expect(literal('a\u0000b')).toBe("'ab'");
    const hostile = referencesQuery({
      references: [{ kind: 'customer', code: "x') UNION SELECT id FROM employee --", path: '/customer' }],
    });
    expect(hostile).toContain("IN ('x'') UNION SELECT id FROM employee --')");
  });
  it('ask for each kind once, with every code once', () => {
    const q = referencesQuery({
      references: [
        { kind: 'item', code: 'A', path: '' },
        { kind: 'item', code: 'A', path: '' },
        { kind: 'item', code: 'B', path: '' },
        { kind: 'customer', code: 'C', path: '' },
      ],
      period: { date: '2026-11-20', receivable: true },
    });
    expect(q.split(' UNION ALL ')).toHaveLength(3);
    expect(q).toContain("itemid IN ('A', 'B')");
    expect(q).toContain("arlocked = 'T'");
  });
  it('page by change and id, within a subsidiary', () => {
    const q = pageQuery('CustInvc', { from: { at: '2026-11-22T21:14:21', id: 17 }, subsidiaryId: '3', until: '2026-12-01T00:00:00' });
    expect(q).toContain("tl.subsidiary = '3'");
    expect(q).toMatch(/> '2026-11-22T21:14:21' OR \(.+ = '2026-11-22T21:14:21' AND t\.id > 17\)/);
    expect(q).toMatch(/ORDER BY TO_CHAR\(t\.lastmodifieddate, [^)]+\), t\.id$/);
  });
});

const ids: References = { id: (kind, code) => `${kind}:${String(code)}`, taxType: () => '13', period: '202611' };
const invoice = {
  customer: 'CUST-1001', number: 'BILL-1', currency: 'USD', documentDate: '2026-11-20', postingDate: '2026-11-20',
  lines: [
    { item: 'PRO-PLAN', description: 'Pro plan', quantity: '10', unitPrice: '49.99', amount: '499.90', taxCodes: ['CA-9.5'] },
    { item: 'API-CALLS', description: 'API calls', quantity: '1234', unitPrice: '0.0125', amount: '15.43' },
  ],
  taxLines: [{ taxCode: 'CA-9.5', rate: '9.5', base: '499.90', amount: '47.49' }],
  subtotal: '515.33', taxTotal: '47.49', total: '562.82',
}; // prettier-ignore

describe('a document', () => {
  it('whose parts are not its totals is refused before anything is asked', () => {
    expect(() => assertSums(invoice)).not.toThrow();
    for (const wrong of [{ subtotal: '515.34' }, { taxTotal: '47.50' }, { total: '562.81' }])
      expect(() => assertSums({ ...invoice, ...wrong })).toThrow(/parts sum to/);
  });
  it('sends quantity and price only where their product is the amount exactly', () => {
    const text = (line: Parameters<typeof priced>[0]) => readExact(writeExact(priced(line)));
    expect(text(invoice.lines[0]!)).toEqual({ description: 'Pro plan', quantity: '10', rate: '49.99', amount: '499.90' });
    expect(text(invoice.lines[1]!)).toEqual({ description: 'API calls (1234 × 0.0125)', quantity: '1', rate: '15.43', amount: '15.43' });
  });
  it('overrides SuiteTax with the biller’s tax, on a line that carries its code', () => {
    const body = readExact(writeExact(saleBody(invoice, ids, { externalId: 'wb-a', settings }))) as Record<string, unknown>;
    expect(body).toMatchObject({
      externalId: 'wb-a',
      entity: { id: 'customer:CUST-1001' },
      subsidiary: { id: '3' },
      postingPeriod: { id: '202611' },
      otherRefNum: 'BILL-1',
      taxDetailsOverride: true,
      taxDetails: {
        items: [{ taxDetailsReference: 'line-1', taxType: { id: '13' }, taxBasis: '499.90', taxRate: '9.5', taxAmount: '47.49' }],
      },
    });
  });
  it('posts tax as lines where the account has no SuiteTax', () => {
    const body = readExact(
      writeExact(saleBody(invoice, ids, { externalId: 'wb-a', settings: { ...settings, taxPosting: 'lines' } })),
    ) as Record<string, unknown>;
    expect(body['taxDetails']).toBeUndefined();
    expect((body['item'] as { items: unknown[] }).items[2]).toMatchObject({
      item: { id: 'item:CA-9.5' },
      quantity: '1',
      rate: '47.49',
      amount: '47.49',
    });
  });
  it('keeps every digit of a large amount on the wire', () => {
    const large = '123456789012345678.91';
    const document = {
      ...invoice,
      lines: [{ item: 'PRO-PLAN', description: 'Large', quantity: '1', amount: large }],
      taxLines: [],
      subtotal: large,
      taxTotal: '0',
      total: large,
    };
    expect(writeExact(saleBody(document, ids, { externalId: 'wb-a', settings }))).toContain(`"amount":${large}`);
  });
});
