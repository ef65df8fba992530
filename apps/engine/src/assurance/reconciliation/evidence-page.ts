import type { PackedFile } from './evidence-archive.js';
import { acceptedAs } from './gaps-csv.js';
import type { Gap } from './gaps.store.js';

/** The page of an evidence pack: what an auditor prints. It stands alone, in the same words as the console. Pure. */
export interface EvidenceFacts {
  control: string;
  version: number;
  description: string;
  period: string;
  legalEntity: string;
  run: string;
  matched: number;
  /** Quantities of a meter, and no money. */
  ofUsage: boolean;
  erpCutOff: string | null;
  billingCutOff: string | null;
  ledgerCutOff: string | null;
  checkpoint: string;
  contentHash: string;
  preparedBy: string;
  preparedAt: string;
  comment: string | null;
  reviewedBy: string;
  reviewedAt: string;
  reviewComment: string | null;
  exportedBy: string;
  exportedAt: string;
  totals: { currency: string; billingRows: number; erpRows: number; billing: string; erp: string; difference: string; billingTax: string; erpTax: string }[];
  bars: { currency: string; kind: string; gaps: number; amount: string }[];
  quantities: { meter: string; unit: string | null; summaries: number; countedDays: number; ledger: string; billing: string; difference: string }[];
  quantityBars: { meter: string; kind: string; gaps: number; quantity: string }[];
} // prettier-ignore

/** Gaps that the page names; all of them are in the file beside it. */
export const gapsShown = 200;

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const text = (value: string | number | null): string => String(value ?? '').replace(/[&<>"']/g, (mark) => marks[mark]!);
const moment = (at: string | null): string => (at === null ? '' : `${at.slice(0, 16).replace('T', ' ')} UTC`);

interface Column {
  name: string;
  number?: true;
}
function table(caption: string, columns: readonly Column[], rows: readonly (readonly (string | number | null)[])[]): string {
  if (rows.length === 0) return '';
  const cell = (value: string | number | null, at: number) => `<td${columns[at]?.number ? ' class="n"' : ''}>${text(value)}</td>`;
  const head = columns.map(({ name, number }) => `<th scope="col"${number ? ' class="n"' : ''}>${text(name)}</th>`).join('');
  return `<table><caption>${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}\n</tbody></table>`;
}
const word = (name: string): Column => ({ name });
const number = (name: string): Column => ({ name, number: true });

export function evidencePage(facts: EvidenceFacts, gaps: { shown: readonly Gap[]; all: number }, files: readonly PackedFile[]): string {
  const title = `${facts.control}, ${facts.period}`;
  const signed = [
    ['prepared', facts.preparedBy, moment(facts.preparedAt), facts.comment],
    ['reviewed and locked', facts.reviewedBy, moment(facts.reviewedAt), facts.reviewComment],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${text(title)}</title>
<style>
body { font: 13px/1.45 system-ui, sans-serif; color: #111; max-width: 1000px; margin: 32px auto; padding: 0 24px; }
h1 { font-size: 20px; margin: 0 0 4px; }
p { margin: 4px 0; }
table { border-collapse: collapse; width: 100%; margin: 20px 0; }
caption { text-align: left; font-weight: 600; padding-bottom: 4px; }
th, td { text-align: left; vertical-align: top; padding: 3px 10px 3px 0; border-bottom: 1px solid #ccc; overflow-wrap: anywhere; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font-size: 11px; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; padding: 0; } table { page-break-inside: auto; } tr { page-break-inside: avoid; } thead { display: table-header-group; } }
</style>
</head>
<body>
<h1>${text(title)}</h1>
<p>${text(facts.description)}</p>
<p>Legal entity ${text(facts.legalEntity)}. Version ${facts.version} of the control, run ${text(facts.run)}, checkpoint ${text(facts.checkpoint)}.</p>
<p>${facts.ofUsage ? `${facts.matched} summaries of usage are the same on both sides. Billing was read from ${text(moment(facts.billingCutOff))}, the usage ledger at ${text(moment(facts.ledgerCutOff))}` : `${facts.matched} documents are the same on both sides. The ERP was read from ${text(moment(facts.erpCutOff))}, billing at ${text(moment(facts.billingCutOff))}`}.</p>
${table('Signed', [word('What'), word('By'), word('At'), word('Comment')], signed)}
${table(
  'Sums',
  [word('Currency'), number('Documents of billing'), number('Documents of the ERP'), number('Billing'), number('ERP'), number('Difference'), number('Tax of billing'), number('Tax of the ERP')],
  facts.totals.map((one) => [one.currency, one.billingRows, one.erpRows, one.billing, one.erp, one.difference, one.billingTax, one.erpTax]),
)}
${table('What leads from one sum to the other', [word('Currency'), word('Kind'), number('Gaps'), number('Amount')], facts.bars.map((bar) => [bar.currency, bar.kind, bar.gaps, bar.amount]))}
${table(
  'Quantities',
  [word('Meter'), word('Unit'), number('Summaries'), number('Days counted'), number('Ledger'), number('Billing'), number('Difference')],
  facts.quantities.map((one) => [one.meter, one.unit, one.summaries, one.countedDays, one.ledger, one.billing, one.difference]),
)}
${table('What leads from one quantity to the other', [word('Meter'), word('Kind'), number('Gaps'), number('Quantity')], facts.quantityBars.map((bar) => [bar.meter, bar.kind, bar.gaps, bar.quantity]))}
${table(
  gaps.all > gaps.shown.length ? `The first ${gaps.shown.length} of ${gaps.all} gaps; all of them are in gaps.csv` : 'Gaps',
  [word('Kind'), word('Number'), word(facts.ofUsage ? 'Unit' : 'Currency'), number('Difference'), word('What'), word('Accepted')],
  gaps.shown.map((gap) => [gap.kind, gap.number, gap.currency ?? gap.usage?.unit ?? '', gap.difference, gap.sentence, acceptedAs(gap)]),
)}
${table('Files', [word('File'), number('Bytes'), word('SHA-256')], files.map(({ name, bytes, sha256 }) => [name, bytes, sha256]))}
<p>Both signed the SHA-256 of <code>signed.json</code>: <code>${text(facts.contentHash)}</code>. The hash of every file stands in <code>manifest.json</code>; <code>sha256sum</code> says the same.</p>
<p>Exported by ${text(facts.exportedBy)} at ${text(moment(facts.exportedAt))}. The audit log holds this export, the signatures and every acceptance.</p>
</body>
</html>
`;
} // prettier-ignore
