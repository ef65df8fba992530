// The page of an evidence pack: everything that was signed stands there, and what people wrote is text, never markup.
import { describe, expect, it } from '@jest/globals';
import { evidenceContent, type EvidenceFacts } from './evidence-content.js';
import { evidencePage } from './evidence-page.js';
import type { Gap } from './gaps.store.js';

const facts: EvidenceFacts = {
  control: 'us-invoices', version: 3, description: 'Every invoice stands once', period: '2026-10', legalEntity: 'US', run: 'ctr_1', matched: 41, ofUsage: false, ledgerCutOff: null, erpCutOff: '2026-11-01T05:00:00.000Z', billingCutOff: '2026-11-01T05:00:02.000Z',
  checkpoint: 'chk_1', contentHash: 'ab'.repeat(32), preparedBy: 'Ada <script>alert(1)</script>', preparedAt: '2026-11-02T08:00:00.000Z', comment: null, reviewedBy: 'Grace', reviewedAt: '2026-11-02T09:00:00.000Z', reviewComment: 'Seen & right',
  exportedBy: 'Grace', exportedAt: '2026-11-03T09:00:00.000Z',
  totals: [{ currency: 'USD', billingRows: 42, erpRows: 41, billing: '100.00', erp: '90.00', difference: '-10.00', billingTax: '0', erpTax: '0' }], bars: [{ currency: 'USD', kind: 'missing-in-erp', gaps: 1, amount: '-10.00' }], quantities: [], quantityBars: [],
}; // prettier-ignore
const gap = { kind: 'missing-in-erp', number: 'INV-7', currency: 'USD', difference: '-10.00', sentence: 'INV-7 is not in the ERP.', accepted: { as: 'timing', reason: 'Comes tomorrow', by: 'Ada', at: '' }, explained: false } as unknown as Gap; // prettier-ignore

describe('the page', () => {
  const page = evidencePage(evidenceContent(facts, { shown: [gap], all: 1 }, [{ name: 'gaps.csv', bytes: 12, sha256: 'cd'.repeat(32) }]));
  it.each(['us-invoices, 2026-10', '-10.00', 'INV-7 is not in the ERP.', 'timing: Comes tomorrow (Ada)', 'Seen &amp; right', facts.contentHash, 'cd'.repeat(32), '2026-11-01 05:00 UTC', '41 documents'])('says %s', (words) =>
    expect(page).toContain(words),
  ); // prettier-ignore
  it('of usage says quantities with their unit, and nothing of money', () => {
    const quantities = [{ meter: 'api-calls', unit: 'call', summaries: 3, countedDays: 2, ledger: '100.5', billing: '93.25', difference: '-7.25' }];
    const usage = { ...facts, ofUsage: true, totals: [], bars: [], ledgerCutOff: '2026-11-01T05:00:04.000Z', quantities, quantityBars: [{ meter: 'api-calls', kind: 'quantity', gaps: 1, quantity: '-7.25' }] };
    const one = { ...gap, kind: 'quantity', currency: null, usage: { meter: 'api-calls', unit: 'call' }, difference: '-7.25' } as unknown as Gap;
    const shown = evidencePage(evidenceContent(usage, { shown: [one], all: 1 }, []));
    for (const words of ['41 summaries', '>call<', '100.5', '-7.25', 'the usage ledger at 2026-11-01 05:00 UTC']) expect(shown).toContain(words);
    for (const words of ['Currency', 'Tax of', 'documents are']) expect(shown).not.toContain(words);
  }); // prettier-ignore
  it('holds no markup that somebody wrote, and no script', () => expect(page).not.toMatch(/<script/i));
  it('says how many gaps there are when it does not name all', () =>
    expect(evidencePage(evidenceContent(facts, { shown: [gap], all: 900 }, []))).toContain('The first 1 of 900 gaps'));
});
