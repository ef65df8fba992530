// Xero under everything that it does, by the engine's own posting rules: one document per key, and each end with a reason.
import { describe, expect, it, jest } from '@jest/globals';
import { xero } from '@waybill/connector-xero';
import { countOf, documents, double, settings, totalIn } from '@waybill/connector-xero/double';
import { erpConformance } from '@waybill/sdk/conformance';
import { startDouble } from '@waybill/sdk/double';
import { postingRules } from './posting-rules.js';
import { ajv } from './validator.js';

jest.setTimeout(180_000);
const alone = documents['credit-memo:alone'];

erpConformance(xero, {
  describe, it, expect, ajv, settings,
  rules: postingRules,
  now: () => new Date('2026-11-27T06:00:00Z'),
  target() {
    const running = startDouble(double);
    return { double: running, count: (document, key) => countOf(running.state, document, key), total: (document) => totalIn(running.state, document) };
  },
  operations: {
    invoice: { document: documents.invoice },
    'invoice:void': { effect: 'void', after: 'invoice', document: documents.invoice, countsOriginal: true },
    'credit-memo': { document: documents['credit-memo'], writes: 2 },
    'credit-memo:alone': { document: alone },
    'credit-memo:void': { effect: 'void', after: 'credit-memo:alone', document: alone, countsOriginal: true },
    payment: { document: documents.payment },
    'payment:void': { effect: 'void', after: 'payment', document: documents.payment, countsOriginal: true, inactiveCustomer: false },
    'payment:refund': { effect: 'refund', document: documents['payment:refund'] },
    'journal-entry': { document: documents['journal-entry'], inactiveCustomer: false },
    'journal-entry:void': { effect: 'void', after: 'journal-entry', document: documents['journal-entry'], countsOriginal: true, inactiveCustomer: false },
    customer: { document: documents.customer },
  },
}); // prettier-ignore
