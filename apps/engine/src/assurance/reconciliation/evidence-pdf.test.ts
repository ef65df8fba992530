// The PDF of an evidence pack: its words can be read out of it again, over as many pages as it takes, and the heads of its tables stand on each.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import type { EvidenceContent } from './evidence-content.js';
import { evidencePdf } from './evidence-pdf.js';

const hash = 'ab'.repeat(32);
const content: EvidenceContent = {
  title: 'us-invoices, 2026-10',
  lead: ['Every invoice stands once', 'Legal entity US.'],
  tables: [
    { caption: 'Signed', columns: [{ name: 'What' }, { name: 'By' }], rows: [['prepared', 'Łucja Müller <b>Ωmega</b>']] },
    {
      caption: 'Gaps',
      columns: [{ name: 'Kind' }, { name: 'Difference', number: true }, { name: 'What' }],
      rows: Array.from({ length: 200 }, (_, n) => ['missing-in-erp', `-${n}.50`, `INV-${n} is not in the ERP. ${'It was not sent yet. '.repeat(8)}`]),
    },
    { caption: 'Files', columns: [{ name: 'File' }, { name: 'SHA-256', hash: true }], rows: [['gaps.csv', 'cd'.repeat(32)]] },
  ],
  contentHash: hash,
  exported: 'Exported by Grace.',
}; // prettier-ignore
const at = new Date('2026-11-03T09:00:00.000Z');

describe('the PDF', () => {
  let pages: string[];
  beforeAll(async () => {
    const document = await getDocumentProxy(new Uint8Array(await evidencePdf(content, at)));
    pages = (await extractText(document)).text;
  });

  it('says everything, with the letters that people write names in', () => {
    const all = pages.join(' ').replace(/\s+/g, ' ');
    for (const words of ['us-invoices, 2026-10', 'Every invoice stands once', 'Łucja Müller <b>Ωmega</b>', '-199.50', 'INV-199 is not in the ERP.', 'cd'.repeat(32), `signed.json: ${hash}`, 'Exported by Grace.'])
      expect(all).toContain(words);
  }); // prettier-ignore

  it('goes on over pages, each with its number, the heads of its table and the hash that was signed', () => {
    expect(pages.length).toBeGreaterThan(5);
    pages.forEach((page, at) => expect(page).toContain(`${at + 1} / ${pages.length}`));
    for (const page of pages.slice(0, -1)) expect(page).toMatch(/Kind\s+Difference\s+What/);
    for (const page of pages) expect(page).toContain(hash);
  });

  it('has a title, and the time of the export', async () => {
    const { info } = await getMeta(new Uint8Array(await evidencePdf(content, at)));
    expect(info).toMatchObject({ Title: content.title, CreationDate: expect.stringContaining('20261103090000') });
  });
});
