import { money } from '@waybill/sdk';
import type { Booking, Ending, ExceptionFacts, Journey } from '../journey.js';
import { moneyOf, type Target } from './meeting.js';

/** How a journey ends whose document the target has. A minor unit that the books hold more or less than the document says is never silent: a person looks. */
export function bookedEnding(journey: Journey, target: Target, booking: Booking, reason?: string): Ending {
  const facts = bookedDifferently(journey, target, booking);
  return facts
    ? { to: 'exception', facts, booked: booking }
    : { to: 'posted', hub: false, ...booking, ...(reason === undefined ? {} : { reason }) };
}

/** Compared is what creates a document, money paid back and what is written off, where the target tells its total in the same currency. Signs are the books' own. */
function bookedDifferently(journey: Journey, { connection, operation }: Target, { receipt }: Booking): ExceptionFacts | undefined {
  const compared = operation.kind === 'financial-posting' && ['create', 'refund', 'write-off'].includes(journey.row.effect);
  const { totals } = receipt;
  const { amount, currency } = moneyOf(journey);
  if (!compared || !totals || amount === null || totals.currency !== currency) return undefined;
  if (money.equals(money.absolute(totals.total), money.absolute(amount))) return undefined;
  const known = receipt.documentNumber ?? receipt.documentId;
  return {
    category: 'posting-rejection',
    code: 'BOOKED_DIFFERENTLY',
    cause: `${connection} says ${totals.total} ${totals.currency} for ${known}, the document says ${amount}.`,
    causeKey: `${connection} booked differently`,
    remedy: `Compare ${known} with the document. What is wrong in ${connection} is corrected there, or by a credit memo; then replay, which posts nothing a second time.`,
    fix: { kind: 'target', connection },
  };
}
