import type { ExceptionCategory } from '@waybill/sdk';
import type { Priority } from './priority.js';

/** A flow file, read: defaults filled in, durations in milliseconds. */
export interface FlowDefinition {
  flow: string;
  description: string;
  from: { connection: string; stream: string } | { canonical: string };
  accept?: string;
  key?: string;
  revision?: string;
  orderBy?: string;
  when?: string;
  enrich: Record<string, Enrichment>;
  map: string;
  produce?: string;
  permit: Rule[];
  to: { connection: string; operation: string } | { canonical: string };
  waitFor: Wait[];
  retry: { attempts: number; fromMs: number; toMs: number };
  blocks: 'document' | 'orderingKey';
  /** Left out by releases that are older than it. */
  priority?: Priority;
  /** Its service level: this share of its documents, in percent, is posted within this time of coming in. Left out: it promises nothing. */
  promise?: { withinMs: number; share: number };
  /** May a person correct single fields of a record that stopped, and who approves it? Left out: see `editsOf`. */
  edits?: Edits;
}

export type Edits = 'free' | 'never' | { approve: string };

export type Enrichment =
  | { table: string; by: Record<string, string>; asOf?: string }
  | { connection: string; lookup: string; by: Record<string, string> }
  /** Documents of the hub, by type and major version: `contract@1`. */
  | { canonical: string; by: Record<string, string>; asOf?: string };

export interface Rule {
  rule: string;
  when?: string;
  unless?: string;
  /** `source`: before the mapping; `output`: after it. Left out: see `phaseOf`. */
  on?: 'source' | 'output';
  then: 'skip' | { hold: ExceptionCategory; say: string } | { approve: string; say?: string };
}

export interface Wait {
  /** Canonical type and major version: `invoice@1`. */
  posted: string;
  /** JSONata on the canonical object: the source id of the document it waits for; nothing means that it need not wait. */
  key: string;
  withinMs: number;
}

export const isInbound = (from: FlowDefinition['from']): from is { connection: string; stream: string } => 'connection' in from;
export const isHub = (to: FlowDefinition['to']): to is { canonical: string } => 'canonical' in to;
/** Four eyes unless the flow says otherwise. */
export const editsOf = (flow: Pick<FlowDefinition, 'edits'>): Edits => flow.edits ?? { approve: 'finance-approver' };
export const priorityOf = (flow: Pick<FlowDefinition, 'priority'>): Priority => flow.priority ?? 'normal';
