import { money } from '@waybill/sdk';

/** The lineage of an id: what it was made of and what was made of it. Pure. */

/** What a trace may be asked for: an id by its kind, or any number that people read, of a document in its source or in a target. */
export const traceKinds = ['usage-event', 'usage-summary', 'document', 'message', 'number'] as const;
export type TraceKind = (typeof traceKinds)[number];

export const nodeKinds = ['usage-event', 'usage-summary', 'usage', 'document', 'delivery', 'entry', 'entry-lines'] as const;
export const relations = [
  'corrected-by',
  'counted-in',
  'adds-to',
  'reported-as',
  'billed-by',
  'posted-as',
  'paid-by',
  'credited-by',
  'booked-as',
  'made-of',
] as const;
export type Relation = (typeof relations)[number];

export interface TraceNode {
  /** An event, a summary, a canonical object or a message has its own; what is folded, or is the ERP's, has one that stands for its place. */
  id: string;
  kind: (typeof nodeKinds)[number];
  /** The canonical type of a document, the flow of a delivery, the meter of usage, the ledger of a journal entry, what its lines book. */
  of: string;
  title: string;
  detail: string | null;
  state: string | null;
  at: string | null;
  /** The end of a period that begins `at`. */
  until: string | null;
  quantity: { value: string; unit: string | null } | null;
  amount: { amount: string; currency: string } | null;
  /** Usage events behind it; of what is folded the summaries too. */
  events: number | null;
  summaries: number | null;
  /** Of lines of a journal entry: the lines, as many as there is room for. */
  lines: EntryLine[] | null;
  linesLeft: number | null;
  /** Of a delivery whose journal entry is not shown: why. */
  noEntry: string | null;
  /** Of a document: part of a synthetic transaction. */
  synthetic: boolean;
}

/** A line of the general ledger of an ERP. Debit and credit are in the currency of its books. */
export interface EntryLine {
  /** The ERP's. */
  id: string;
  account: string;
  name: string | null;
  debit: string;
  credit: string;
  currency: string;
}

/** What goes in at one end of an edge comes out at the other, or the difference is shown. */
export interface SumCheck {
  what: 'quantity' | 'amount';
  in: string;
  out: string;
  difference: string;
  ok: boolean;
  /** Why it may differ, as far as that is known. */
  because: string | null;
}

export interface TraceEdge {
  from: string;
  to: string;
  relation: Relation;
  check: SumCheck | null;
}

/** What a node does not say. */
export const plain = { detail: null, state: null, at: null, until: null, quantity: null, amount: null, events: null, summaries: null, lines: null, linesLeft: null, noEntry: null, synthetic: false }; // prettier-ignore

/** Nodes that one answer shows. */
export const nodesMax = 150;

export function sumCheck(what: SumCheck['what'], given: string, taken: string, because: string | null = null): SumCheck {
  const difference = money.subtract(taken, given);
  const ok = money.isZero(difference);
  return { what, in: given, out: taken, difference, ok, because: ok ? null : because };
}

export class Chain {
  private readonly nodes = new Map<string, TraceNode>();
  private readonly edges = new Map<string, TraceEdge>();
  /** What there was no room for; the same may be met on several ways. */
  private readonly left = new Set<string>();

  add(node: TraceNode): void {
    if (this.nodes.has(node.id)) return;
    if (this.nodes.size < nodesMax) this.nodes.set(node.id, node);
    else this.left.add(node.id);
  }

  join(from: string, to: string, relation: Relation, check: SumCheck | null = null): void {
    if (this.nodes.has(from) && this.nodes.has(to)) this.edges.set(JSON.stringify([from, to, relation]), { from, to, relation, check });
  }

  /** In the order of the trip from usage to cash, and by time where that says nothing. */
  shown() {
    const nodes = [...this.nodes.values()].sort(
      (a, b) => stageOf(a) - stageOf(b) || (a.at ?? '').localeCompare(b.at ?? '') || a.id.localeCompare(b.id),
    );
    const edges = [...this.edges.values()];
    return { nodes, edges, breaks: edges.filter(({ check }) => check?.ok === false).length, left: this.left.size };
  }
}

const trip = ['usage-event', 'usage-summary', 'usage', 'invoice', 'payment', 'credit-memo', 'delivery', 'entry', 'entry-lines'];
const stageOf = ({ kind, of }: TraceNode): number => {
  const at = trip.indexOf(kind === 'document' ? of : kind);
  return at < 0 ? trip.length : at;
};
