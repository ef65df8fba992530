import { money } from '@waybill/sdk';
import { again, onItsWay, type Explanation, type GapKind, type Known } from '../causes.js';
import type { SummaryRow, UsageFound, UsagePlace } from './matching.js';

/** Why a quantity differs and what to do about it, out of what the engine knows of the summary. Pure. */

/** What the engine knows of a summary on its way to billing. */
export interface KnownSummary extends Pick<Known, 'message'> {
  /** `fresh`: settled so short a time before billing was read that it may not be counted yet. */
  posting: { state: string; messageId: string; fresh: boolean } | undefined;
  exception: { id: string; category: string } | undefined;
}

/** What the ledger has of a quantity that no summary of the control says. */
export interface KnownUsage {
  /** Summaries of that customer, meter and day that belong to another legal entity, or to none. */
  elsewhere: { id: string; legalEntity: string | null } | undefined;
}

export function explainUsage({ kind, place, difference, summary }: UsageFound, known: KnownSummary | undefined, usage: KnownUsage | undefined): Explanation {
  const { counted = '0', unit, customer, meter, day } = place;
  const amount = (quantity: string): string => (unit === null ? quantity : `${quantity} ${unit}`);
  const link = summary ? linkOf(summary, known) : null;
  const say = (cause: string, sentence: string, remedy: string, more: { drift?: true; kind?: GapKind; link?: Explanation['link'] } = {}): Explanation => ({ kind, cause, drift: false, sentence, remedy, link, ...more });
  const name = summary ? nameOf(place, summary) : `Usage of ${meter} by ${customer} on ${day}`;
  switch (kind) {
    case 'missing-in-billing':
      if (known?.posting?.state === 'posted' && known.posting.fresh)
        return say('not-counted-yet', `${name}, ${amount(summary!.quantity)}, was sent, and billing has not counted it yet.`, 'The next run finds it.', { kind: 'timing' });
      if (known?.posting?.state === 'posted')
        return say('not-counted', `${name}, ${amount(summary!.quantity)}, was sent, and billing does not count it.`, `Look in billing whether its event was cancelled, or refused after it was taken, and report it again there; the engine sends a summary once. ${again}`);
      return stopped(`${name}, ${amount(summary!.quantity)},`, link, known);
    case 'missing-in-ledger':
      return usage?.elsewhere
        ? say('elsewhere-in-ledger', `${name}: billing counts ${amount(counted)}; the ledger has it, but for ${usage.elsewhere.legalEntity ?? 'no legal entity'}: not in this control.`, `Correct the legal entity of the customer in the table usage-accounts, or look at the control of ${usage.elsewhere.legalEntity ?? 'another legal entity'}. ${again}`, { link: { kind: 'summary', id: usage.elsewhere.id } })
        : say('reported-elsewhere', `${name}: billing counts ${amount(difference)} that the ledger did not send.`, `Find out who else reports to this meter in billing, and cancel it there; or accept it with the reason. ${again}`);
    case 'counted-twice':
      return say('counted-twice', `${name}: billing counts ${amount(counted)}, by ${amount(difference)} too much, which is the summary itself once more.`, `Look in billing whether its event stands there twice, and cancel one. ${again}`);
    case 'rounding':
      return say('within-tolerance', `${name}: billing counts ${amount(counted)}, which differs by ${amount(difference)}, within the tolerance of the control.`, 'Nothing is to be done.');
    case 'quantity':
      return sentOtherwise(summary!, difference)
        ? say('sent-otherwise', `${name} comes to ${amount(summary!.quantity)}, and was sent as ${amount(summary!.sentQuantity!)}.`, `Open the message: its mapping, or an edit, made another quantity of it. Correct that, and report the difference in billing. ${again}`)
        : say('counted-otherwise', `${name} was sent as ${amount(summary!.sentQuantity ?? summary!.quantity)}${place.summaries.length > 1 ? ` among ${place.summaries.length} summaries of that day` : ''}, and billing counts ${amount(counted)} on ${day}.`, `Find out in billing who else reports to this meter, or cancelled an event, and put it right there. ${again}`, { drift: true });
  }
} // prettier-ignore

/** The difference between what a summary comes to and what it was sent as; whatever else differs came about in billing. */
const sentOtherwise = ({ quantity, sentQuantity }: SummaryRow, difference: string): boolean =>
  sentQuantity !== null && money.equals(difference, money.subtract(sentQuantity, quantity));

/** What billing refused says so; whatever else stopped is told like a document. */
function stopped(name: string, link: Explanation['link'], known: KnownSummary | undefined): Explanation {
  const told = onItsWay({ name, to: 'billing', missing: 'missing-in-billing', link }, known);
  if (known?.exception?.category !== 'posting-rejection') return told;
  return { ...told, cause: 'refused', sentence: `Billing refused ${name.replace(/,$/, '')}.` };
}

const dayLength = '2026-10-03'.length;

/** An adjustment is what came, or was corrected, after the period that it adjusts had been sealed and sent. */
const nameOf = ({ meter, customer }: UsagePlace, { kind, period }: SummaryRow): string =>
  `${kind === 'adjustment' ? 'The adjustment of usage' : 'Usage'} of ${meter} by ${customer} ${period.length === dayLength ? 'on' : 'in'} ${period}`;

function linkOf(summary: SummaryRow, known: KnownSummary | undefined): Explanation['link'] {
  if (known?.exception) return { kind: 'exception', id: known.exception.id };
  const message = known?.message?.id ?? known?.posting?.messageId;
  return message === undefined ? { kind: 'summary', id: summary.id } : { kind: 'message', id: message };
}
