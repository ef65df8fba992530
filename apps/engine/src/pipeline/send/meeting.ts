import { money, type Operation, type PostingIdentity, type Receipt } from '@waybill/sdk';
import type { Ending, ExceptionFacts, Journey } from '../journey.js';

/** Where a flow's documents go. */
export interface Target {
  connection: string;
  operationName: string;
  operation: Operation;
  ledger: string;
  /** Calls that the connection takes at once. */
  concurrency: number;
  /** How long it may still work on a call after it was sent. */
  maxUpstreamSeconds: number;
}

/** A posting as the database has it. */
export interface PostingRow {
  id: string;
  state: 'in_flight' | 'in_doubt' | 'posted' | 'rejected' | 'waived';
  message_id: string;
  connection: string;
  attempt: number;
  external_key: string;
  document_id: string | null;
  document_number: string | null;
  receipt: Receipt | null;
  amount: string | null;
  currency: string | null;
  created_at: Date;
  /** Resolved by a person while nobody knew whether the target has it. */
  waived_in_doubt: boolean;
  /** Order of the message that wrote it last. */
  message_seq?: string;
}

export type Original = { ending: Ending } | { receipt: Receipt & { key: string } };
export type Taken = { ending: Ending } | { postingId: string; attempt: number };

const quietMarginMs = 2_000;
/** How long after the intent nothing may be concluded from a look-up: the target may still be working. */
export const quietMsOf = (target: Target): number => target.maxUpstreamSeconds * 1_000 + quietMarginMs;

export const identityOf = (journey: Journey, target: Target): PostingIdentity => ({
  ledger: target.ledger,
  effect: journey.row.effect,
  sourceSystem: journey.row.sourceSystem,
  kind: target.operation.document,
  sourceId: journey.row.key,
  effectNumber: 1,
});

/** The money that a posting moves: a write-off takes what it names, everything else the amount of its document. */
export function moneyOf({ row, facts, output }: Pick<Journey, 'row' | 'facts' | 'output'>): {
  amount: string | null;
  currency: string | null;
} {
  const { amount = null, currency = null } = facts ?? {};
  if (row.effect !== 'write-off') return { amount, currency };
  const named = output?.['writtenOff'];
  return money.isDecimal(named) ? { amount: named, currency } : { amount: null, currency: null };
}

export const endingOf = (result: Original | Taken | undefined): Ending | undefined =>
  result && 'ending' in result ? result.ending : undefined;

/** What a void, a write-off or an application finds of the document that it acts on. */
export function original(row: PostingRow | undefined, identity: PostingIdentity): Original {
  if (!row || row.state === 'rejected') return { ending: { to: 'superseded', reason: `${nothingTo(identity)}: the document was never posted in this ledger` } }; // prettier-ignore
  if (row.state === 'waived' && row.waived_in_doubt) return { ending: { to: 'exception', facts: unclearOriginal(row, identity) } };
  if (row.state === 'waived') return { ending: { to: 'superseded', reason: `${nothingTo(identity)}: the document was resolved without posting` } }; // prettier-ignore
  if (row.state !== 'posted')
    return { ending: { to: 'waiting', reason: 'waits until the posting of the document is known', dependsOn: row.external_key } };
  return { receipt: { ...(row.receipt ?? { documentId: row.document_id ?? '' }), key: row.external_key } };
}

/** A person ended the doubt about the original without a replay, so it may stand in the target: whoever knows must reverse it by hand. */
function unclearOriginal(row: PostingRow, { effect }: PostingIdentity): ExceptionFacts {
  return {
    category: 'posting-rejection',
    code: 'ORIGINAL_UNCLEAR',
    cause: `The document that it is to ${effect === 'void' ? 'reverse' : effect} was resolved by a person while it was unknown whether ${row.connection} has it.`,
    causeKey: `${row.connection} original unclear`,
    remedy: `Look in ${row.connection} for the external id ${row.external_key}; if the document is there, ${effect === 'void' ? 'reverse' : effect} it by hand; then resolve this.`,
    fix: { kind: 'target', connection: row.connection },
  };
}

const nothingTo = ({ effect }: PostingIdentity): string => `nothing to ${effect === 'void' ? 'reverse' : effect}`;

/** A message that meets the posting of its own identity. */
export function meet(row: PostingRow, journey: Journey, target: Target): Taken {
  const { amount, currency } = moneyOf(journey);
  const open = target.operation.writes === 'upsert' && row.state === 'posted';
  if (open && row.message_seq !== undefined && BigInt(row.message_seq) > BigInt(journey.row.seq))
    return { ending: { to: 'superseded', reason: `a later version is written in ${target.connection} already`, postingId: row.id } };
  // A doubt of its own that the target's memory of keys ends: the same call again, under the same key.
  if (row.state === 'in_doubt' && row.message_id === journey.row.id) return { postingId: row.id, attempt: row.attempt };
  if (row.state === 'rejected' || open) return { postingId: row.id, attempt: open ? row.attempt : row.attempt + 1 };
  if (row.state === 'waived')
    return { ending: { to: 'skipped', reason: 'a person resolved this document without posting', postingId: row.id } };
  if (row.state !== 'posted')
    return { ending: { to: 'waiting', reason: 'another message of the same document is being posted', dependsOn: row.external_key } };
  const known = row.document_number ?? row.document_id ?? '';
  if (row.amount !== null && amount !== null && (!money.equals(row.amount, amount) || row.currency !== currency)) {
    return {
      ending: {
        to: 'exception',
        facts: {
          category: 'duplicate',
          code: 'POSTED_DIFFERENTLY',
          cause: `It is posted as ${known} with ${row.amount} ${row.currency ?? ''}; this version says ${amount} ${currency ?? ''}.`,
          causeKey: `posted differently ${row.external_key}`,
          remedy: 'Compare both; correct it in the target or with a credit memo, then resolve.',
          fix: { kind: 'target', connection: target.connection },
        },
      },
    };
  }
  return {
    ending: { to: 'duplicate', reason: `already posted as ${known}; this version changes nothing there`, postingId: row.id, documentNumber: known },
  };
} // prettier-ignore
