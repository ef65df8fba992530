import type { PackedFile } from './evidence-archive.js';
import { acceptedAs } from './gaps-csv.js';
import type { Gap } from './gaps.store.js';

/** What a locked period was judged by. */
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

/** Gaps that are named on paper; all of them are in the file beside it. */
export const gapsShown = 200;

type Cell = string | number | null;
export interface EvidenceTable {
  caption: string;
  columns: readonly { name: string; number?: true; hash?: true }[];
  rows: readonly (readonly Cell[])[];
}
/** What an auditor reads, in the same words as the console, whatever it is printed as. */
export interface EvidenceContent {
  title: string;
  lead: readonly string[];
  /** Only those that have rows. */
  tables: readonly EvidenceTable[];
  contentHash: string;
  exported: string;
}

const moment = (at: string | null): string => (at === null ? '' : `${at.slice(0, 16).replace('T', ' ')} UTC`);
const word = (name: string) => ({ name });
const number = (name: string) => ({ name, number: true as const });

/** Pure. */
export function evidenceContent(
  facts: EvidenceFacts,
  gaps: { shown: readonly Gap[]; all: number },
  files: readonly PackedFile[],
): EvidenceContent {
  const tables: EvidenceTable[] = [
    {
      caption: 'Signed',
      columns: [word('What'), word('By'), word('At'), word('Comment')],
      rows: [
        ['prepared', facts.preparedBy, moment(facts.preparedAt), facts.comment],
        ['reviewed and locked', facts.reviewedBy, moment(facts.reviewedAt), facts.reviewComment],
      ],
    },
    {
      caption: 'Sums',
      columns: [word('Currency'), number('Documents of billing'), number('Documents of the ERP'), number('Billing'), number('ERP'), number('Difference'), number('Tax of billing'), number('Tax of the ERP')],
      rows: facts.totals.map((one) => [one.currency, one.billingRows, one.erpRows, one.billing, one.erp, one.difference, one.billingTax, one.erpTax]),
    },
    {
      caption: 'What leads from one sum to the other',
      columns: [word('Currency'), word('Kind'), number('Gaps'), number('Amount')],
      rows: facts.bars.map((bar) => [bar.currency, bar.kind, bar.gaps, bar.amount]),
    },
    {
      caption: 'Quantities',
      columns: [word('Meter'), word('Unit'), number('Summaries'), number('Days counted'), number('Ledger'), number('Billing'), number('Difference')],
      rows: facts.quantities.map((one) => [one.meter, one.unit, one.summaries, one.countedDays, one.ledger, one.billing, one.difference]),
    },
    {
      caption: 'What leads from one quantity to the other',
      columns: [word('Meter'), word('Kind'), number('Gaps'), number('Quantity')],
      rows: facts.quantityBars.map((bar) => [bar.meter, bar.kind, bar.gaps, bar.quantity]),
    },
    {
      caption: gaps.all > gaps.shown.length ? `The first ${gaps.shown.length} of ${gaps.all} gaps; all of them are in gaps.csv` : 'Gaps',
      columns: [word('Kind'), word('Number'), word(facts.ofUsage ? 'Unit' : 'Currency'), number('Difference'), word('What'), word('Accepted')],
      rows: gaps.shown.map((gap) => [gap.kind, gap.number, gap.currency ?? gap.usage?.unit ?? '', gap.difference, gap.sentence, acceptedAs(gap)]),
    },
    {
      caption: 'Files',
      columns: [word('File'), number('Bytes'), { name: 'SHA-256', hash: true }],
      rows: files.map(({ name, bytes, sha256 }) => [name, bytes, sha256]),
    },
  ];
  return {
    title: `${facts.control}, ${facts.period}`,
    lead: [
      facts.description,
      `Legal entity ${facts.legalEntity}. Version ${facts.version} of the control, run ${facts.run}, checkpoint ${facts.checkpoint}.`,
      facts.ofUsage
        ? `${facts.matched} summaries of usage are the same on both sides. Billing was read from ${moment(facts.billingCutOff)}, the usage ledger at ${moment(facts.ledgerCutOff)}.`
        : `${facts.matched} documents are the same on both sides. The ERP was read from ${moment(facts.erpCutOff)}, billing at ${moment(facts.billingCutOff)}.`,
    ],
    tables: tables.filter(({ rows }) => rows.length > 0),
    contentHash: facts.contentHash,
    exported: `Exported by ${facts.exportedBy} at ${moment(facts.exportedAt)}. The audit log holds this export, the signatures and every acceptance.`,
  };
} // prettier-ignore
