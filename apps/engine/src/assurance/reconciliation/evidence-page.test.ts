// The page of an evidence pack: everything that was signed stands there, and what people wrote is text, never markup.
import { describe, expect, it } from '@jest/globals';
import { evidencePage, type EvidenceFacts } from './evidence-page.js';
import type { Gap } from './gaps.store.js';

const facts: EvidenceFacts = {
  control: 'us-invoices', version: 3, description: 'Every invoice stands once', period: '2026-10', legalEntity: 'US', run: 'ctr_1', matched: 41, erpCutOff: '2026-11-01T05:00:00.000Z', billingCutOff: '2026-11-01T05:00:02.000Z',
  checkpoint: 'chk_1', contentHash: 'ab'.repeat(32), preparedBy: 'Ada <script>alert(1)</script>', preparedAt: '2026-11-02T08:00:00.000Z', comment: null, reviewedBy: 'Grace', reviewedAt: '2026-11-02T09:00:00.000Z', reviewComment: 'Seen & right',
  exportedBy: 'Grace', exportedAt: '2026-11-03T09:00:00.000Z',
  totals: [{ currency: 'USD', billingRows: 42, erpRows: 41, billing: '100.00', erp: '90.00', difference: '-10.00', billingTax: '0', erpTax: '0' }], bars: [{ currency: 'USD', kind: 'missing-in-erp', gaps: 1, amount: '-10.00' }],
}; // prettier-ignore
const gap = { kind: 'missing-in-erp', number: 'INV-7', currency: 'USD', difference: '-10.00', sentence: 'INV-7 is not in the ERP.', accepted: { as: 'timing', reason: 'Comes tomorrow', by: 'Ada', at: '' }, explained: false } as unknown as Gap; // prettier-ignore

describe('the page', () => {
  const page = evidencePage(facts, { shown: [gap], all: 1 }, [{ name: 'gaps.csv', bytes: 12, sha256: 'cd'.repeat(32) }]);
  it.each(['us-invoices, 2026-10', '-10.00', 'INV-7 is not in the ERP.', 'timing: Comes tomorrow (Ada)', 'Seen &amp; right', facts.contentHash, 'cd'.repeat(32), '2026-11-01 05:00 UTC', '41 documents'])('says %s', (words) =>
    expect(page).toContain(words),
  ); // prettier-ignore
  it('holds no markup that somebody wrote, and no script', () => expect(page).not.toMatch(/<script/i));
  it('says how many gaps there are when it does not name all', () =>
    expect(evidencePage(facts, { shown: [gap], all: 900 }, [])).toContain('The first 1 of 900 gaps'));
});
