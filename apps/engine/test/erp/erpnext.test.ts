// ERPNext under everything that it does, by the engine's own posting rules: one document per key, and each end with a reason.
import { describe, expect, it, jest } from '@jest/globals';
import { erpnext } from '@waybill/connector-erpnext';
import { countOf, documents, double, settings, totalIn } from '@waybill/connector-erpnext/double';
import { erpConformance } from '@waybill/sdk/conformance';
import { startDouble } from '@waybill/sdk/double';
import { postingRules } from './posting-rules.js';
import { ajv } from './validator.js';

jest.setTimeout(180_000);
const alone = documents['credit-memo:alone'];
const operations = {
  invoice: { document: documents.invoice, writes: 2 },
  'invoice:void': { effect: 'void', after: 'invoice', document: documents.invoice, countsOriginal: true, inactiveCustomer: false },
  'credit-memo': { document: documents['credit-memo'], writes: 2 },
  'credit-memo:void': { effect: 'void', after: 'credit-memo:alone', document: alone, countsOriginal: true, inactiveCustomer: false },
  'credit-memo:alone': { document: alone, writes: 2 },
  payment: { document: documents.payment },
  'payment:refund': { effect: 'refund', document: documents['payment:refund'], writes: 2 },
  'payment:void': { effect: 'void', after: 'payment', document: documents.payment, countsOriginal: true, inactiveCustomer: false },
  'journal-entry': { document: documents['journal-entry'], writes: 2 },
  'journal-entry:void': { effect: 'void', after: 'journal-entry', document: documents['journal-entry'], countsOriginal: true, inactiveCustomer: false },
  customer: { document: documents.customer },
} as const; // prettier-ignore

erpConformance(erpnext, {
  describe, it, expect, ajv, settings, operations,
  rules: postingRules,
  now: () => new Date('2026-11-27T06:00:00Z'),
  target() {
    const running = startDouble(double);
    return { double: running, count: (document, key) => countOf(running.state, document, key), total: (document) => totalIn(running.state, document) };
  },
  skip: Object.fromEntries(
    Object.keys(operations).map((name) => [
      `${name}: a token that is over is renewed once, and the same request goes again`,
      'Key and secret are fixed; there is nothing to renew.',
    ]),
  ),
}); // prettier-ignore
