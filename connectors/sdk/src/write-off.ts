import type { SendRequest } from './connector.js';
import { rejected } from './failure.js';
import * as money from './money.js';

const fact = { category: 'transformation', path: '/writtenOff' } as const;

/**
 * How much a write-off takes of its invoice, in the invoice's currency: what billing says, never what happens to be open when the write-off comes.
 * Payments and credit memos of the same invoice may come before it or after it, and each takes its own.
 */
export function writtenOffOf(request: SendRequest): string {
  const amount = request.document['writtenOff'];
  if (!money.isDecimal(amount))
    throw rejected({
      ...fact,
      code: 'no-write-off-amount',
      message: 'The write-off names no amount.',
      cause: 'a write-off without its amount',
      remedy:
        'Let the mapping give what billing wrote off as writtenOff, then replay; or write it off in the target by hand, then resolve this.',
    });
  if (money.compare(amount, '0') > 0) return amount;
  throw rejected({
    ...fact,
    code: 'write-off-of-nothing',
    message: `The write-off is over ${amount}: billing says that nothing of the invoice was left.`,
    cause: 'a write-off of nothing',
    remedy: 'Compare the invoice with billing, then resolve this.',
  });
}

/** Refuses what is not there to be written off. `open` is what the target's books hold open of the invoice, in the same currency. */
export function mustBeOpen(of: { amount: string; open: string; currency: string; number: string; target: string }): void {
  if (money.compare(of.amount, of.open) <= 0) return;
  throw rejected({
    code: 'write-off-too-large',
    category: 'posting-rejection',
    message: `A write-off of ${of.amount} ${of.currency} does not fit invoice ${of.number}, of which ${of.open} ${of.currency} is open in ${of.target}.`,
    path: '/writtenOff',
    cause: `a write-off is more than what is open in ${of.target}`,
    remedy: `Compare the invoice in ${of.target} with billing: a payment or a credit memo took more there, or the invoice was written off by hand. Correct it, then replay, or resolve this.`,
  });
}
