import type { Billing } from './billing.js';
import { payInvoice } from './invoicing.js';
import { billWaiting, renew } from './subscriptions.js';

/** Something that is due at a moment. */
interface Due {
  at: number;
  run(): void;
}

/**
 * Moves the clock to `to` through everything that falls due on the way, in order of time: periods that end, payments that
 * are tried again. Each happens at its own moment, so documents carry the dates they would have had.
 */
export function advanceTo(billing: Billing, to: Date): { happened: number } {
  const end = Math.floor(to.getTime() / 1000);
  let happened = 0;
  for (let due = nextDue(billing, end); due && happened < 10_000; due = nextDue(billing, end)) {
    if (due.at > billing.now()) billing.clock.moveTo(new Date(due.at * 1000));
    due.run();
    happened += 1;
  }
  if (to > billing.clock.now()) billing.clock.moveTo(to);
  return { happened };
}

/** When something is due next, seconds since 1970. */
export const nextDueAt = (billing: Billing): number | undefined => nextDue(billing, Infinity)?.at;

function nextDue(billing: Billing, end: number): Due | undefined {
  let first: Due | undefined;
  const consider = (at: number | null, run: () => void): void => {
    if (at !== null && at <= end && (!first || at < first.at)) first = { at, run };
  };
  for (const subscription of billing.state.subscriptions)
    if (subscription.status !== 'canceled') consider(subscription.items.data[0]!.current_period_end, () => renew(billing, subscription));
  for (const bill of billing.state.waitingBills) consider(bill.dueAt, () => billWaiting(billing, bill));
  for (const invoice of billing.state.invoices)
    if (invoice.status === 'open') consider(invoice.next_payment_attempt, () => void payInvoice(billing, invoice));
  return first;
}
