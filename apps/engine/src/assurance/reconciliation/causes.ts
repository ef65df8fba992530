import { money } from '@waybill/sdk';
import type { Found, FoundKind } from './matching.js';
import type { UsageFoundKind } from './usage/matching.js';

/**
 * Why a difference is there and what to do about it, out of what the engine knows of the document. Pure. Words of messages and
 * exceptions are not repeated here: they may hold what is personal, change, and are erased where they stand; a list reads them beside the gap.
 */

/** What the engine knows of a document of billing on its way to the ERP. */
export interface Known {
  /** The posting of the document, where there is one. */
  posting: { state: string; amount: string | null; tax: string | null; date: string | null; number: string | null; messageId: string; afterCutOff: boolean } | undefined; // prettier-ignore
  /** The void of it that is in the books. */
  void: { number: string | null } | undefined;
  /** The newest message that would bring it there. */
  message: { id: string; state: string; flow: string; fresh: boolean } | undefined;
  exception: { id: string } | undefined;
}

/** What the engine knows of a document of the ERP that billing does not have. */
export interface KnownStranger {
  /** A posting of ours has its key or its id. */
  posting: { effect: string; title: string | null; messageId: string } | undefined;
  /** The document of billing that was posted under its key, and what is different with it. */
  document: { id: string; legalEntity: string | null; postingDate: string | null } | undefined;
}

export const explainedKinds = ['timing', 'rounding', 'left-out', 'taken-back'] as const;
export type GapKind = FoundKind | UsageFoundKind | (typeof explainedKinds)[number];
export const gapKinds: readonly GapKind[] = ['missing-in-erp', 'missing-in-billing', 'missing-in-ledger', 'amount', 'tax', 'date', 'currency', 'quantity', 'duplicate', 'counted-twice', 'voided', 'not-voided', 'timing', 'left-out', 'taken-back', 'rounding']; // prettier-ignore
export const isExplained = (kind: string): boolean => (explainedKinds as readonly string[]).includes(kind);

export interface Explanation {
  kind: GapKind;
  cause: string;
  /** Somebody changed the books behind the engine's back. */
  drift: boolean;
  sentence: string;
  remedy: string;
  link: { kind: 'message' | 'exception' | 'document' | 'summary'; id: string } | null;
}

export const again = 'Then run the control again.';
const underWay = ['ready', 'claimed', 'in_flight', 'in_doubt', 'waiting', 'blocked'];

export function explain(gap: Found, known: Known | undefined, stranger: KnownStranger | undefined): Explanation {
  const { kind, billing, erp } = gap;
  if (kind === 'missing-in-erp') return missing(nameOf(gap), billing!.id, known);
  if (kind === 'missing-in-billing') return unknown(gap, stranger);
  const link = linkOf(billing?.id, known);
  const say = (cause: string, drift: boolean, sentence: string, remedy: string, shown: GapKind = kind): Explanation => ({ kind: shown, cause, drift, sentence, remedy, link }); // prettier-ignore
  const name = nameOf(gap);
  switch (kind) {
    case 'duplicate':
      return say('doubled-in-erp', true, `${name} is in the ERP more than once: ${numberOf(erp)} stands beside what was posted${known?.posting?.number ? ` as ${known.posting.number}` : ''}.`, `Void ${numberOf(erp)} in the ERP. ${again}`); // prettier-ignore
    case 'voided':
      return say('voided-in-erp', true, `${name} was voided in the ERP (${numberOf(erp)}); billing still asks for it.`, `Void or credit it in billing too, or enter it again in the ERP under the number ${billing!.number ?? billing!.id}. ${again}`); // prettier-ignore
    case 'not-voided':
      return known?.void
        ? say('taken-back-otherwise', false, `${name} is void in billing; the ERP took it back as ${known.void.number ?? 'another document'}, because its month was closed.`, 'Nothing is to be done.', 'taken-back') // prettier-ignore
        : say('void-not-posted', false, `${name} is void in billing and still stands in the ERP as ${numberOf(erp)}. ${onTheWay(known)}`, `Replay its void, or void ${numberOf(erp)} in the ERP. ${again}`); // prettier-ignore
    case 'rounding':
      return say('within-tolerance', false, `${name} differs by ${gap.difference} ${gap.currency}, within the tolerance of the control.`, 'Nothing is to be done.'); // prettier-ignore
    case 'amount':
    case 'tax':
    case 'date':
    case 'currency':
      return differs(gap, known, say);
  }
}

type Say = (cause: string, drift: boolean, sentence: string, remedy: string, shown?: GapKind) => Explanation;

/** Who changed it is known by what was sent: the books differ from it, or billing does. */
function differs(gap: Found, known: Known | undefined, say: Say): Explanation {
  const { kind, billing, erp } = gap;
  const [ours, theirs] = valuesOf(gap);
  const both = `billing says ${ours}, the ERP ${theirs} (${numberOf(erp)})`;
  const name = nameOf(gap);
  const posted = known?.posting?.state === 'posted' ? known.posting : undefined;
  if (!posted || erp!.key === null || erp!.key !== billing!.key)
    return say('booked-by-hand', false, `${name} was entered in the ERP by hand, and not as billing has it: ${both}.`, `Correct or void ${numberOf(erp)} in the ERP. ${again}`); // prettier-ignore
  const sent = { amount: posted.amount, tax: posted.tax, date: posted.date, currency: null }[
    kind as 'amount' | 'tax' | 'date' | 'currency'
  ];
  const same = (a: string | null, b: string | null) => (kind === 'date' ? a === b : a !== null && b !== null && money.isDecimal(a) && money.isDecimal(b) && money.equals(money.absolute(a), money.absolute(b))); // prettier-ignore
  const [ourValue, theirValue] =
    kind === 'amount' ? [billing!.amount, erp!.amount] : kind === 'tax' ? [billing!.tax, erp!.tax] : [billing!.date, erp!.date];
  if (sent !== null && kind !== 'currency' && same(sent, theirValue) && !same(sent, ourValue)) {
    if (kind === 'date') return say('dated-by-erp', false, `The ERP posted ${name} on another date: ${both}.`, 'Open the period of that date in the ERP, or accept it as timing.'); // prettier-ignore
    if (known!.message?.fresh && underWay.includes(known!.message.state)) return say('under-way', false, `${name} was changed in billing, and the change is under way: ${both}.`, `Wait until it is posted. ${again}`, 'timing'); // prettier-ignore
    return say('changed-in-billing', false, `${name} was changed in billing after it was posted: ${both}.`, `Issue a credit memo in billing, or correct ${numberOf(erp)} in the ERP. ${again}`); // prettier-ignore
  }
  return say('edited-in-erp', true, `${name} was changed in the ERP after it was posted: ${both}.`, `Set ${numberOf(erp)} back to ${ours} in the ERP, or correct it in billing. ${again}`); // prettier-ignore
}

function valuesOf({ kind, billing, erp }: Found): [string, string] {
  if (kind === 'date') return [billing!.date, erp!.date];
  if (kind === 'tax') return [`${billing!.tax} ${billing!.currency} of tax`, `${erp!.tax} ${erp!.currency}`];
  return [`${billing!.amount} ${billing!.currency}`, `${erp!.amount} ${erp!.currency}`];
}

function missing(name: string, documentId: string, known: Known | undefined): Explanation {
  const { posting } = known ?? {};
  const link = linkOf(documentId, known);
  const say = (kind: GapKind, cause: string, sentence: string, remedy: string, drift = false): Explanation => ({ kind, cause, drift, sentence, remedy, link }); // prettier-ignore
  if (posting?.state === 'posted' && posting.afterCutOff)
    return say('timing', 'after-cut-off', `${name} was posted after the ERP was read.`, 'The next run finds it.');
  if (posting?.state === 'posted')
    return say('missing-in-erp', 'deleted-in-erp', `${name} was posted${posting.number ? ` as ${posting.number}` : ''}, and is not in the ERP any more.`, `Find out who deleted it, and enter it again in the ERP under the same number; the engine posts a document once. ${again}`, true); // prettier-ignore
  return onItsWay({ name, to: 'the ERP', missing: 'missing-in-erp', link }, known);
}

/** Where it stopped, or how far it has come, of what was not posted. */
export function onItsWay(what: { name: string; to: string; missing: GapKind; link: Explanation['link'] }, known: Pick<Known, 'message' | 'exception'> | undefined): Explanation {
  const { name, to, link } = what;
  const { message, exception } = known ?? {};
  const say = (kind: GapKind, cause: string, sentence: string, remedy: string): Explanation => ({ kind, cause, drift: false, sentence, remedy, link });
  if (exception) return say(what.missing, 'stopped', `${name} stopped on its way to ${to}.`, `Open the exception: it says why, and what to do. ${again}`);
  if (!message) return say(what.missing, 'not-sent', `No flow has taken ${name} to ${to}.`, `Look whether the flow is on and wants it, and backfill the flow. ${again}`);
  const { state, flow } = message;
  if (state === 'skipped' || state === 'duplicate') return say('left-out', 'left-out', `${flow} leaves ${name} out.`, 'Nothing is to be done.');
  if (state === 'resolved') return say('left-out', 'resolved', `A person ended ${name} in ${flow} without posting.`, 'Nothing is to be done.');
  if (state === 'held') return say(what.missing, 'held', `${name} waits for an approval in ${flow}.`, `Decide the approval. ${again}`);
  if (underWay.includes(state) && message.fresh) return say('timing', 'under-way', `${name} is under way in ${flow}.`, 'The next run finds it.');
  if (underWay.includes(state)) return say(what.missing, 'delayed', `${name} has been under way in ${flow} for too long.`, `Open the message: it shows what it waits for. ${again}`);
  return say(what.missing, 'not-posted', `${name} is ${state} in ${flow} and not in ${to}.`, `Open the message and replay it. ${again}`);
} // prettier-ignore

function unknown(gap: Found, stranger: KnownStranger | undefined): Explanation {
  const { erp } = gap;
  const name = `${numberOf(erp)}${erp!.reference ? ` (${erp!.reference})` : ''}`;
  const { posting, document } = stranger ?? {};
  const say = (kind: GapKind, cause: string, sentence: string, remedy: string): Explanation => ({
    kind, cause, drift: false, sentence, remedy, link: posting ? { kind: 'message', id: posting.messageId } : document ? { kind: 'document', id: document.id } : null,
  }); // prettier-ignore
  if (posting?.effect === 'void') return say('taken-back', 'takes-back', `${name} takes back ${posting.title ?? 'an invoice'}, whose month was closed.`, 'Nothing is to be done.'); // prettier-ignore
  if (document) return say('missing-in-billing', 'elsewhere-in-billing', `${name} is in billing, but ${document.legalEntity ?? 'no legal entity'}, ${document.postingDate ?? 'without a date'}: not in this period of this control.`, `Correct the date or the legal entity on one side. ${again}`); // prettier-ignore
  if (posting) return say('missing-in-billing', 'gone-in-billing', `${name} was posted by Waybill, and billing's document is not of this control any more.`, `Open the message, and correct the document in billing or void ${numberOf(erp)} in the ERP. ${again}`); // prettier-ignore
  return say('missing-in-billing', 'entered-in-erp', `${name} was entered in the ERP by hand; billing does not know it.`, `Bill it in billing and void ${numberOf(erp)} in the ERP, or accept it with the reason. ${again}`); // prettier-ignore
}

const onTheWay = (known: Known | undefined): string =>
  known?.message ? `The message that would take it back is ${known.message.state}.` : '';
const nameOf = ({ billing, erp }: Found): string => `${typeNames[(billing ?? erp)!.type] ?? 'Document'} ${billing?.number ?? billing?.id ?? numberOf(erp)}`; // prettier-ignore
const numberOf = (erp: Found['erp']): string => erp?.number ?? erp?.id ?? '';
const typeNames: Record<string, string> = { invoice: 'Invoice', 'credit-memo': 'Credit memo', payment: 'Payment', refund: 'Refund' };

function linkOf(documentId: string | undefined, known: Known | undefined): Explanation['link'] {
  if (known?.exception) return { kind: 'exception', id: known.exception.id };
  const message = known?.message?.id ?? known?.posting?.messageId;
  if (message !== undefined) return { kind: 'message', id: message };
  return documentId === undefined ? null : { kind: 'document', id: documentId };
}
