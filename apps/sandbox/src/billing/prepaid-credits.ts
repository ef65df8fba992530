import type { Billing } from './billing.js';
import type { InvoiceLine, PretaxCredit } from './objects.js';

/**
 * Spends prepaid credits on metered lines, oldest grant first, before tax. Returns each line's credits, in order of the
 * lines. What is spent is gone until the invoice is voided.
 */
export function applyPrepaidCredits(
  billing: Billing,
  ask: { customer: string; currency: string; invoice: string; lines: readonly { amount: number; metered: boolean }[] },
): PretaxCredit[][] {
  const { creditGrants, creditLeft } = billing.state;
  const now = billing.now();
  const grants = creditGrants.filter(
    (grant) => grant.customer === ask.customer && grant.amount.monetary.currency === ask.currency && (grant.expires_at ?? Infinity) > now,
  );
  return ask.lines.map((line) => {
    const credits: PretaxCredit[] = [];
    let open = line.metered ? line.amount : 0;
    for (const grant of grants) {
      const amount = Math.min(open, creditLeft[grant.id] ?? 0);
      if (amount <= 0) continue;
      open -= amount;
      creditLeft[grant.id] = creditLeft[grant.id]! - amount;
      credits.push({ amount, credit_balance_transaction: transactionId(billing, grant.id), type: 'credit_balance_transaction' });
    }
    return credits;
  });
}

/** Gives back what a voided invoice had spent. */
export function returnPrepaidCredits(billing: Billing, lines: readonly Pick<InvoiceLine, 'pretax_credit_amounts'>[]): void {
  for (const { amount, credit_balance_transaction: transaction } of lines.flatMap((line) => line.pretax_credit_amounts)) {
    const grant = grantOf(billing, transaction);
    if (grant) billing.state.creditLeft[grant] = (billing.state.creditLeft[grant] ?? 0) + amount;
  }
}

/** A balance transaction's id ends with its grant's, so the grant is found without a list of transactions. */
const transactionId = (billing: Billing, grant: string): string => `${billing.id('cbtxn')}_${grant.split('_')[1]}`;
const grantOf = (billing: Billing, transaction: string): string | undefined =>
  billing.state.creditGrants.find((grant) => transaction.endsWith(`_${grant.id.split('_')[1]}`))?.id;
